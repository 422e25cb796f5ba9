/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-sample-model.h"

enum
{
  SIGNAL_GREW,
  N_SIGNALS,
};

static guint item_signals[N_SIGNALS];

struct _WtSampleItem
{
  GObject parent_instance;

  guint number;
  int grown;
  int huge;
};

struct _WtSampleModel
{
  GObject parent_instance;

  GArray *numbers;     /* guint, by position */
  GHashTable *objects; /* number → WtSampleItem, borrowed */
  GHashTable *huge;    /* number → height */
  guint next_number;
};

G_DEFINE_FINAL_TYPE (WtSampleItem, wt_sample_item, G_TYPE_OBJECT)

static void
wt_sample_item_class_init (WtSampleItemClass *klass)
{
  item_signals[SIGNAL_GREW] = g_signal_new ("grew", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_sample_item_init (WtSampleItem *self)
{
}

guint
wt_sample_item_get_number (WtSampleItem *self)
{
  return self->number;
}

static int
height_of (guint number, int huge, int width)
{
  guint mixed = number * 2654435761u;

  if (huge > 0)
    return huge;
  return 30 + (int) (mixed >> 8) % 90 + (int) (mixed >> 16) % 5 * 12000 / MAX (width, 100);
}

int
wt_sample_item_get_height (WtSampleItem *self, int width)
{
  return MAX (1, height_of (self->number, self->huge, width) + self->grown);
}

void
wt_sample_item_grow (WtSampleItem *self, int by)
{
  self->grown += by;
  g_signal_emit (self, item_signals[SIGNAL_GREW], 0);
}

static GType
get_item_type (GListModel *model)
{
  return WT_TYPE_SAMPLE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return WT_SAMPLE_MODEL (model)->numbers->len;
}

static void
item_gone_cb (gpointer data, GObject *where)
{
  WtSampleModel *self = data;
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->objects);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == where)
      g_hash_table_iter_remove (&iter);
}

static gpointer
get_item (GListModel *model, guint position)
{
  WtSampleModel *self = WT_SAMPLE_MODEL (model);
  WtSampleItem *item = NULL;
  guint number = 0;

  if (position >= self->numbers->len)
    return NULL;

  number = g_array_index (self->numbers, guint, position);
  item = g_hash_table_lookup (self->objects, GUINT_TO_POINTER (number));
  if (item != NULL)
    return g_object_ref (item);

  item = g_object_new (WT_TYPE_SAMPLE_ITEM, NULL);
  item->number = number;
  item->huge = GPOINTER_TO_INT (g_hash_table_lookup (self->huge, GUINT_TO_POINTER (number)));
  g_hash_table_insert (self->objects, GUINT_TO_POINTER (number), item);
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WtSampleModel,
                               wt_sample_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
wt_sample_model_finalize (GObject *object)
{
  WtSampleModel *self = WT_SAMPLE_MODEL (object);
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->objects);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_object_weak_unref (value, item_gone_cb, self);
  g_clear_pointer (&self->objects, g_hash_table_unref);
  g_clear_pointer (&self->huge, g_hash_table_unref);
  g_clear_pointer (&self->numbers, g_array_unref);

  G_OBJECT_CLASS (wt_sample_model_parent_class)->finalize (object);
}

static void
wt_sample_model_class_init (WtSampleModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_sample_model_finalize;
}

static void
wt_sample_model_init (WtSampleModel *self)
{
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  self->objects = g_hash_table_new (NULL, NULL);
  self->huge = g_hash_table_new (NULL, NULL);
}

static void
insert_new (WtSampleModel *self, guint position, guint n)
{
  g_autofree guint *numbers = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    numbers[i] = self->next_number++;
  g_array_insert_vals (self->numbers, position, numbers, n);
}

WtSampleModel *
wt_sample_model_new (guint n_items)
{
  WtSampleModel *self = g_object_new (WT_TYPE_SAMPLE_MODEL, NULL);

  insert_new (self, 0, n_items);
  return self;
}

void
wt_sample_model_set_huge (WtSampleModel *self, guint number, int height)
{
  g_hash_table_insert (self->huge, GUINT_TO_POINTER (number), GINT_TO_POINTER (height));
}

void
wt_sample_model_insert (WtSampleModel *self, guint position, guint n)
{
  insert_new (self, position, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
}

void
wt_sample_model_remove (WtSampleModel *self, guint position, guint n)
{
  g_array_remove_range (self->numbers, position, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, 0);
}

/* New items take the place of old ones, as messages that of their placeholders. */
void
wt_sample_model_replace (WtSampleModel *self, guint position, guint n)
{
  g_array_remove_range (self->numbers, position, n);
  insert_new (self, position, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, n);
}

/* Says that everything changed, though only @prepended items came. */
void
wt_sample_model_reset (WtSampleModel *self, guint prepended)
{
  guint before = self->numbers->len;

  insert_new (self, 0, prepended);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->numbers->len);
}

int
wt_sample_model_get_height (WtSampleModel *self, guint position, int width)
{
  guint number = g_array_index (self->numbers, guint, position);
  WtSampleItem *item = g_hash_table_lookup (self->objects, GUINT_TO_POINTER (number));

  if (item != NULL)
    return wt_sample_item_get_height (item, width);
  return height_of (
      number, GPOINTER_TO_INT (g_hash_table_lookup (self->huge, GUINT_TO_POINTER (number))), width);
}

/* (transfer full) */
WtSampleItem *
wt_sample_model_get (WtSampleModel *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self), position);
}

guint
wt_sample_model_get_n_objects (WtSampleModel *self)
{
  return g_hash_table_size (self->objects);
}
