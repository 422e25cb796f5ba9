/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-shared-list.h"

#include "wt-shared-store.h"

struct _WtSharedList
{
  GObject parent_instance;

  /* owned */
  WtDatabase *database;
  WtConversation *conversation;
  GCancellable *cancellable;
  GPtrArray *items; /* of WtShared */
  char *kind;

  gboolean started;  /* somebody looks */
  gboolean complete; /* there is nothing older */
  gboolean loading;
  gboolean anew;    /* what is there has to be read again */
  gboolean reading; /* what is there is being read again, not a page more */
};

static void wt_shared_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtSharedList,
                               wt_shared_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wt_shared_list_model_init))

typedef enum
{
  PROP_COMPLETE = 1,
  PROP_LOADING,
} WtSharedListProperty;

static GParamSpec *properties[PROP_LOADING + 1];

static void load (WtSharedList *self);

static void
set_flag (WtSharedList *self, gboolean *flag, gboolean value, WtSharedListProperty id)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
append (WtSharedList *self, GPtrArray *records)
{
  guint before = self->items->len;

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (self->items, wt_shared_new (g_ptr_array_index (records, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, records->len);
}

/* Only what differs changes, so that the view stays where it is. */
static void
replace (WtSharedList *self, GPtrArray *records)
{
  guint old = self->items->len, now = records->len, head = 0, tail = 0;

  while (
      head < MIN (old, now)
      && wt_shared_equal (g_ptr_array_index (self->items, head), g_ptr_array_index (records, head)))
    head++;
  while (tail < MIN (old, now) - head
         && wt_shared_equal (g_ptr_array_index (self->items, old - 1 - tail),
                             g_ptr_array_index (records, now - 1 - tail)))
    tail++;

  if (old > head + tail)
    g_ptr_array_remove_range (self->items, head, old - head - tail);
  for (guint i = head; i < now - tail; i++)
    g_ptr_array_insert (self->items, (int) i,
                        wt_shared_new (g_steal_pointer (&g_ptr_array_index (records, i))));
  /* What is left is as it was. */
  g_ptr_array_set_free_func (records, (GDestroyNotify) wt_shared_record_free);
  if (old != head + tail || now != head + tail)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old - head - tail, now - head - tail);
}

/* What is about to be deleted is not there. */
static void
leave_out (WtSharedList *self, GPtrArray *records)
{
  WtVeil *veil = wt_conversation_get_veil (self->conversation);

  for (guint i = records->len; i > 0; i--)
    {
      const WtSharedRecord *record = g_ptr_array_index (records, i - 1);

      if (wt_veil_hides (veil, record->seq))
        g_ptr_array_remove_index (records, i - 1);
    }
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSharedList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = wt_shared_store_list_finish (WT_DATABASE (source), result,
                                                               &error);
  gboolean again = self->reading;

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (records == NULL)
    {
      g_warning ("what a conversation shares could not be read: %s", error->message);
      set_flag (self, &self->complete, TRUE, PROP_COMPLETE);
    }
  else
    {
      guint wanted = again ? MAX (self->items->len, WT_SHARED_LIST_PAGE) : WT_SHARED_LIST_PAGE;
      gboolean complete = records->len < MIN (wanted, WT_SHARED_STORE_MOST);

      leave_out (self, records);
      /* The objects take the rows. */
      g_ptr_array_set_free_func (records, NULL);
      if (again)
        replace (self, records);
      else
        append (self, records);
      set_flag (self, &self->complete, complete, PROP_COMPLETE);
    }
  set_flag (self, &self->loading, FALSE, PROP_LOADING);
  if (self->anew)
    load (self);
}

static void
load (WtSharedList *self)
{
  WtShared *last = self->items->len > 0 ? g_ptr_array_index (self->items, self->items->len - 1)
                                        : NULL;
  guint limit = WT_SHARED_LIST_PAGE;
  gint64 before = 0;
  int position = 0;

  self->reading = self->anew;
  self->anew = FALSE;
  if (self->reading)
    limit = MAX (self->items->len, WT_SHARED_LIST_PAGE);
  else if (last != NULL)
    {
      before = wt_shared_get_record (last)->attachment->message_id;
      position = wt_shared_get_record (last)->attachment->position;
    }
  set_flag (self, &self->loading, TRUE, PROP_LOADING);
  wt_shared_store_list_async (self->database, wt_conversation_get_id (self->conversation),
                              self->kind, before, position, limit, self->cancellable, on_listed,
                              g_object_ref (self));
}

static void
read_again (WtSharedList *self)
{
  if (!self->started)
    return;
  self->anew = TRUE;
  if (!self->loading)
    load (self);
}

static GType
wt_shared_list_get_item_type (GListModel *model)
{
  return WT_TYPE_SHARED;
}

static guint
wt_shared_list_get_n_items (GListModel *model)
{
  return WT_SHARED_LIST (model)->items->len;
}

static gpointer
wt_shared_list_get_item (GListModel *model, guint position)
{
  WtSharedList *self = WT_SHARED_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
wt_shared_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wt_shared_list_get_item_type;
  iface->get_n_items = wt_shared_list_get_n_items;
  iface->get_item = wt_shared_list_get_item;
}

static void
wt_shared_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtSharedList *self = WT_SHARED_LIST (object);

  switch ((WtSharedListProperty) id)
    {
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_shared_list_dispose (GObject *object)
{
  g_cancellable_cancel (WT_SHARED_LIST (object)->cancellable);

  G_OBJECT_CLASS (wt_shared_list_parent_class)->dispose (object);
}

static void
wt_shared_list_finalize (GObject *object)
{
  WtSharedList *self = WT_SHARED_LIST (object);

  g_clear_object (&self->database);
  g_clear_object (&self->conversation);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->kind, g_free);

  G_OBJECT_CLASS (wt_shared_list_parent_class)->finalize (object);
}

static void
wt_shared_list_class_init (WtSharedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_shared_list_get_property;
  object_class->dispose = wt_shared_list_dispose;
  object_class->finalize = wt_shared_list_finalize;

  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_shared_list_init (WtSharedList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * wt_shared_list_new:
 * @database: where it is stored
 * @conversation: where it was sent
 * @kind: a segment's type name: `image`, `file` or `voice`
 *
 * Returns: (transfer full): an empty list
 */
WtSharedList *
wt_shared_list_new (WtDatabase *database, WtConversation *conversation, const char *kind)
{
  g_return_val_if_fail (WT_IS_DATABASE (database), NULL);
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  WtSharedList *self = g_object_new (WT_TYPE_SHARED_LIST, NULL);

  self->database = g_object_ref (database);
  self->conversation = g_object_ref (conversation);
  self->kind = g_strdup (kind);
  g_signal_connect_object (conversation, "notify::last-seq", G_CALLBACK (read_again), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wt_shared_list_more:
 * @self: a list
 *
 * Loads a page more, unless one is on its way or there is no more.
 */
void
wt_shared_list_more (WtSharedList *self)
{
  g_return_if_fail (WT_IS_SHARED_LIST (self));

  self->started = TRUE;
  if (!self->loading && !self->complete)
    load (self);
}

/**
 * wt_shared_list_get_complete:
 * @self: a list
 *
 * Returns: whether there is nothing older
 */
gboolean
wt_shared_list_get_complete (WtSharedList *self)
{
  g_return_val_if_fail (WT_IS_SHARED_LIST (self), TRUE);

  return self->complete;
}

/**
 * wt_shared_list_get_loading:
 * @self: a list
 *
 * Returns: whether a page is on its way
 */
gboolean
wt_shared_list_get_loading (WtSharedList *self)
{
  g_return_val_if_fail (WT_IS_SHARED_LIST (self), FALSE);

  return self->loading;
}

/*< private >
 * wt_shared_list_on_changed:
 * @self: a list
 * @conversation_id: where a message was deleted, or a picture came
 */
void
wt_shared_list_on_changed (WtSharedList *self, gint64 conversation_id)
{
  if (conversation_id == wt_conversation_get_id (self->conversation))
    read_again (self);
}
