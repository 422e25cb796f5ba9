/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composer-tray.h"

#include <glib/gi18n-lib.h>

#include "wt-composer-item.h"

struct _WtComposerTray
{
  GtkWidget parent_instance;

  /* owned */
  WtComposition *composition; /* nullable */
  WtPictureLoader *loader;    /* nullable */

  double length; /* of the list, as last laid out */

  /* children */
  GtkWidget *scroller;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (WtComposerTray, wt_composer_tray, GTK_TYPE_WIDGET)

static void on_items_changed (WtComposerTray *self, guint position, guint removed, guint added);

enum
{
  SIGNAL_EMPTIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
get_item (WtComposerTray *self, guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (self->list);

  for (; child != NULL && position > 0; position--)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
find_item (WtComposerTray *self, WtComposerAttachment *attachment)
{
  return get_item (self, wt_composition_find (self->composition, attachment));
}

static void
on_remove (WtComposerTray *self, WtComposerItem *item)
{
  g_autoptr (WtComposerAttachment) attachment = g_object_ref (
      wt_composer_item_get_attachment (item));
  guint position = wt_composition_find (self->composition, attachment);
  gboolean focused = gtk_widget_get_focus_child (self->list) != NULL;
  GtkWidget *next;

  wt_composition_remove (self->composition, attachment);
  if (!focused)
    return;

  next = get_item (self, position);
  if (next == NULL)
    next = gtk_widget_get_last_child (self->list);
  if (next != NULL)
    gtk_widget_grab_focus (next);
  else
    g_signal_emit (self, signals[SIGNAL_EMPTIED], 0);
}

/* The item is made anew at its new place: the focus goes with it. */
static void
move (WtComposerTray *self, WtComposerAttachment *attachment, guint position)
{
  g_autoptr (WtComposerAttachment) held = g_object_ref (attachment);
  GtkWidget *item;

  wt_composition_move (self->composition, held, position);
  item = find_item (self, held);
  if (item != NULL)
    gtk_widget_grab_focus (item);
}

static void
on_move (WtComposerTray *self, int by, WtComposerItem *item)
{
  WtComposerAttachment *attachment = wt_composer_item_get_attachment (item);
  guint position = wt_composition_find (self->composition, attachment);

  if (by < 0 ? position > 0 : position != G_MAXUINT)
    move (self, attachment, by < 0 ? position - 1 : position + 1);
}

/* Of another conversation, or of nobody any more: not taken. */
static void
on_drop (WtComposerTray *self, WtComposerAttachment *dropped, WtComposerItem *item)
{
  guint position = wt_composition_find (self->composition, wt_composer_item_get_attachment (item));

  if (wt_composition_find (self->composition, dropped) != G_MAXUINT && position != G_MAXUINT)
    move (self, dropped, position);
}

static GtkWidget *
make_item (WtComposerTray *self, guint position)
{
  g_autoptr (WtComposerAttachment) attachment = g_list_model_get_item (
      wt_composition_get_attachments (self->composition), position);
  GtkWidget *item = wt_composer_item_new (attachment, self->loader);

  g_signal_connect_object (item, "remove", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "move", G_CALLBACK (on_move), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  return item;
}

static void
on_items_changed (WtComposerTray *self, guint position, guint removed, guint added)
{
  GtkWidget *before = position > 0 ? get_item (self, position - 1) : NULL;

  for (guint i = 0; i < removed; i++)
    gtk_box_remove (GTK_BOX (self->list), get_item (self, position));
  for (guint i = 0; i < added; i++)
    {
      GtkWidget *item = make_item (self, position + i);

      gtk_box_insert_child_after (GTK_BOX (self->list), item, before);
      before = item;
    }

  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->list) != NULL);
}

/* What was just attached shows. */
static void
on_length_changed (WtComposerTray *self, GtkAdjustment *adjustment)
{
  double length = gtk_adjustment_get_upper (adjustment);
  gboolean longer = length > self->length;

  self->length = length;
  if (longer)
    gtk_adjustment_set_value (adjustment, length);
}

static void
wt_composer_tray_dispose (GObject *object)
{
  WtComposerTray *self = WT_COMPOSER_TRAY (object);

  wt_composer_tray_set_composition (self, NULL);
  g_clear_object (&self->loader);
  self->list = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_composer_tray_parent_class)->dispose (object);
}

static void
wt_composer_tray_class_init (WtComposerTrayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_composer_tray_dispose;

  signals[SIGNAL_EMPTIED] = g_signal_new ("emptied", WT_TYPE_COMPOSER_TRAY, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "composertray");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wt_composer_tray_init (WtComposerTray *self)
{
  self->list = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  g_signal_connect_object (
      gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "changed",
      G_CALLBACK (on_length_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Attachments"), -1);
}

GtkWidget *
wt_composer_tray_new (void)
{
  return g_object_new (WT_TYPE_COMPOSER_TRAY, NULL);
}

/**
 * wt_composer_tray_set_composition:
 * @self: a tray
 * @composition: (nullable): whose attachments it shows
 */
void
wt_composer_tray_set_composition (WtComposerTray *self, WtComposition *composition)
{
  g_return_if_fail (WT_IS_COMPOSER_TRAY (self));
  g_return_if_fail (composition == NULL || WT_IS_COMPOSITION (composition));

  guint n_before = 0;

  if (self->composition == composition)
    return;
  if (self->composition != NULL)
    {
      GListModel *before = wt_composition_get_attachments (self->composition);

      n_before = g_list_model_get_n_items (before);
      g_signal_handlers_disconnect_by_func (before, on_items_changed, self);
    }

  g_set_object (&self->composition, composition);
  if (composition == NULL)
    {
      on_items_changed (self, 0, n_before, 0);
      return;
    }

  GListModel *now = wt_composition_get_attachments (composition);

  g_signal_connect_object (now, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  on_items_changed (self, 0, n_before, g_list_model_get_n_items (now));
}

/**
 * wt_composer_tray_set_loader:
 * @self: a tray
 * @loader: (nullable): for the thumbnails of what is attached from now on
 */
void
wt_composer_tray_set_loader (WtComposerTray *self, WtPictureLoader *loader)
{
  g_return_if_fail (WT_IS_COMPOSER_TRAY (self));

  g_set_object (&self->loader, loader);
}
