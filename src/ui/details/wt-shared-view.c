/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-shared-view.h"

#include "wt-shared-row.h"
#include "wt-thumbnail.h"

#include <glib/gi18n-lib.h>

/* More is loaded when so much of the view's height is left below. */
#define AHEAD 2.0

struct _WtSharedView
{
  GtkWidget parent_instance;

  /* owned */
  WtSharedList *list;
  WtMessageContext *context;

  gboolean pictures;

  /* children */
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (WtSharedView, wt_shared_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
load_more (WtSharedView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (self->scroller));
  double page = gtk_adjustment_get_page_size (adjustment);
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment)
                - page;

  if (left < AHEAD * page)
    wt_shared_list_more (self->list);
}

static void
update (WtSharedView *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;

  gtk_stack_set_visible_child (GTK_STACK (self->stack),
                               empty && wt_shared_list_get_complete (self->list) ? self->nothing
                                                                                 : self->scroller);

  /* What had the focus may be gone, or the offer to undo that. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    gtk_widget_child_focus (self->stack, GTK_DIR_TAB_FORWARD);
}

static void
on_activate (WtSharedView *self, guint position)
{
  g_autoptr (WtShared) shared = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (shared == NULL)
    return;
  if (self->pictures)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, shared);
  else
    wt_shared_row_activate (GTK_WIDGET (self), self->context, shared);
}

static void
on_setup (WtSharedView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, self->pictures ? wt_thumbnail_new ()
                                                : wt_shared_row_new (self->context));
}

static void
on_bind (WtSharedView *self, GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  if (self->pictures)
    wt_thumbnail_set_shared (WT_THUMBNAIL (child), gtk_list_item_get_item (item), self->context);
  else
    wt_shared_row_set_shared (WT_SHARED_ROW (child), gtk_list_item_get_item (item));
}

static void
on_unbind (WtSharedView *self, GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  if (WT_IS_THUMBNAIL (child))
    wt_thumbnail_set_shared (WT_THUMBNAIL (child), NULL, NULL);
  else
    wt_shared_row_set_shared (WT_SHARED_ROW (child), NULL);
}

static void
wt_shared_view_dispose (GObject *object)
{
  WtSharedView *self = WT_SHARED_VIEW (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wt_shared_view_parent_class)->dispose (object);
}

static void
wt_shared_view_class_init (WtSharedViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_shared_view_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WT_TYPE_SHARED_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_SHARED);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wt_shared_view_init (WtSharedView *self)
{
}

static GtkWidget *
make_view (WtSharedView *self, const char *label)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (
      gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->list))));
  GtkWidget *view;

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  if (self->pictures)
    {
      view = gtk_grid_view_new (selection, factory);
      gtk_grid_view_set_min_columns (GTK_GRID_VIEW (view), 3);
      gtk_grid_view_set_max_columns (GTK_GRID_VIEW (view), 3);
      gtk_grid_view_set_single_click_activate (GTK_GRID_VIEW (view), TRUE);
      gtk_widget_add_css_class (view, "thumbnails");
    }
  else
    {
      view = gtk_list_view_new (selection, factory);
      gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
      gtk_widget_add_css_class (view, "navigation-sidebar");
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (view, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);
  return view;
}

static void
fill (WtSharedView *self, const char *label, const char *nothing, const char *icon_name)
{
  GtkAdjustment *adjustment;

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), make_view (self, label));
  self->nothing = adw_status_page_new ();
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nothing), nothing);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->nothing), icon_name);
  gtk_widget_add_css_class (self->nothing, "compact");

  self->stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), self->scroller);
  gtk_stack_add_child (GTK_STACK (self->stack), self->nothing);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (load_more), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (load_more), self, G_CONNECT_SWAPPED);
}

/**
 * wt_shared_view_new:
 * @list: what was sent
 * @context: knows session and conversation
 * @kind: `image`, `file` or `voice`: what it is a list of
 *
 * Returns: (transfer floating): a view
 */
GtkWidget *
wt_shared_view_new (WtSharedList *list, WtMessageContext *context, const char *kind)
{
  g_return_val_if_fail (WT_IS_SHARED_LIST (list), NULL);
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (context), NULL);

  WtSharedView *self = g_object_new (WT_TYPE_SHARED_VIEW, NULL);

  self->list = g_object_ref (list);
  self->context = g_object_ref (context);
  self->pictures = g_strcmp0 (kind, "image") == 0;
  if (self->pictures)
    fill (self, _ ("Pictures"), _ ("No Pictures Yet"), "image-x-generic-symbolic");
  else if (g_strcmp0 (kind, "voice") == 0)
    fill (self, _ ("Recordings"), _ ("No Recordings Yet"), "audio-input-microphone-symbolic");
  else
    fill (self, _ ("Files"), _ ("No Files Yet"), "text-x-generic-symbolic");
  g_signal_connect_object (list, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::complete", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  wt_shared_list_more (list);
  update (self);
  return GTK_WIDGET (self);
}
