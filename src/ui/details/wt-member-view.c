/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-member-view.h"

#include "wt-member-row.h"

#include <glib/gi18n-lib.h>

struct _WtMemberView
{
  GtkWidget parent_instance;

  /* owned */
  GtkFilterListModel *filtered;
  GtkFilter *filter;
  char *wanted; /* case folded */

  /* children */
  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (WtMemberView, wt_member_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_CHAT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
contains (const char *text, const char *wanted)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, wanted) != NULL;
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  WtMemberView *self = data;

  return *self->wanted == '\0' || contains (wt_member_get_cardname (item), self->wanted)
         || contains (wt_member_get_nickname (item), self->wanted)
         || contains (wt_member_get_user_id (item), self->wanted);
}

static void
on_search_changed (WtMemberView *self)
{
  g_free (self->wanted);
  self->wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* The entry keeps the key to itself: first it is emptied, then it is left, as the lists beside it are. */
static void
on_stop (WtMemberView *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "details.back", NULL);
}

static void
on_activate (WtMemberView *self, guint position)
{
  g_autoptr (WtMember) member = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  if (member != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, member);
}

static void
on_chat (WtMemberView *self, WtMember *member)
{
  g_signal_emit (self, signals[SIGNAL_CHAT], 0, member);
}

static void
on_setup (WtMemberView *self, GtkListItem *item)
{
  GtkWidget *row = wt_member_row_new ();

  g_signal_connect_object (row, "chat", G_CALLBACK (on_chat), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  wt_member_row_set_member (WT_MEMBER_ROW (gtk_list_item_get_child (item)),
                            gtk_list_item_get_item (item));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item)
{
  wt_member_row_set_member (WT_MEMBER_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
wt_member_view_dispose (GObject *object)
{
  WtMemberView *self = WT_MEMBER_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (wt_member_view_parent_class)->dispose (object);
}

static void
wt_member_view_finalize (GObject *object)
{
  g_clear_pointer (&WT_MEMBER_VIEW (object)->wanted, g_free);

  G_OBJECT_CLASS (wt_member_view_parent_class)->finalize (object);
}

static void
wt_member_view_class_init (WtMemberViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_member_view_dispose;
  object_class->finalize = wt_member_view_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WT_TYPE_MEMBER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_MEMBER);
  signals[SIGNAL_CHAT] = g_signal_new ("chat", WT_TYPE_MEMBER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_MEMBER);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_list (WtMemberView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (
      gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->filtered))));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  self->list = gtk_list_view_new (selection, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Members"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (on_activate), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
wt_member_view_init (WtMemberView *self)
{
  self->wanted = g_strdup ("");
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Name or ID"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filter the members"), -1);
  gtk_widget_add_css_class (self->entry, "details-filter");
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (on_search_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (on_stop), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), make_list (self));
}

/**
 * wt_member_view_new:
 * @members: of #WtMember
 *
 * Returns: (transfer floating): a view of them
 */
GtkWidget *
wt_member_view_new (GListModel *members)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (members), NULL);

  WtMemberView *self = g_object_new (WT_TYPE_MEMBER_VIEW, NULL);

  gtk_filter_list_model_set_model (self->filtered, members);
  return GTK_WIDGET (self);
}
