/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-author.h"

#include <glib/gi18n-lib.h>

#include "wt-avatar.h"
#include "wt-conversation-store.h"
#include "wt-display-text.h"

#define MOST_OFFERED 4
#define MOST_NAME 60

struct _WtSearchAuthor
{
  GtkWidget parent_instance;

  /* owned */
  WtDatabase *database; /* nullable */
  GCancellable *cancellable;
  GPtrArray *offered; /* of WtMemberRecord */

  gint64 conversation_id; /* 0: all */
  gboolean filling;       /* what changes is not the user's typing */

  /* children */
  GtkWidget *entry;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (WtSearchAuthor, wt_search_author, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static const char *
get_name (const WtMemberRecord *member)
{
  if (!is_blank (member->cardname))
    return member->cardname;
  return !is_blank (member->nickname) ? member->nickname : member->user_id;
}

static GtkWidget *
make_row (const WtMemberRecord *member)
{
  g_autofree char *name = wt_display_text_line (get_name (member), MOST_NAME);
  g_autofree char *id = wt_display_text_line (member->user_id, MOST_NAME);
  g_autofree char *spoken = g_strdup_printf (_ ("Written by %s, %s"), name, id);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *avatar = wt_avatar_new (20);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *about = gtk_label_new (g_str_equal (name, id) ? NULL : id);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (about), 1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (about), 1);
  gtk_widget_set_hexpand (about, TRUE);
  gtk_widget_add_css_class (about, "dim-label");
  gtk_widget_add_css_class (about, "caption");
  wt_avatar_set_name (WT_AVATAR (avatar), name);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), about);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
clear_offer (WtSearchAuthor *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  gtk_widget_set_visible (self->list, FALSE);
}

/* What is already written as it is offered needs no offer. */
static gboolean
is_written (WtSearchAuthor *self, GPtrArray *members)
{
  return members->len == 1
         && g_str_equal (get_name (g_ptr_array_index (members, 0)),
                         gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSearchAuthor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = wt_conversation_store_find_members_finish (WT_DATABASE (source),
                                                                             result, &error);

  if (members == NULL || self->entry == NULL)
    return;

  clear_offer (self);
  if (is_written (self, members))
    return;
  self->offered = g_steal_pointer (&members);
  for (guint i = 0; i < self->offered->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         make_row (g_ptr_array_index (self->offered, i)));
  gtk_widget_set_visible (self->list, self->offered->len > 0);
}

static void
stop (WtSearchAuthor *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
offer (WtSearchAuthor *self)
{
  stop (self);
  if (self->database == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->cancellable = g_cancellable_new ();
  wt_conversation_store_find_members_async (
      self->database, self->conversation_id, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
      MOST_OFFERED, self->cancellable, on_found, g_object_ref (self));
}

static void
on_changed (WtSearchAuthor *self)
{
  if (self->filling)
    return;
  offer (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_activate (WtSearchAuthor *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
on_row_activated (WtSearchAuthor *self, GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (self->offered == NULL || index >= self->offered->len)
    return;
  wt_search_author_set_text (self, get_name (g_ptr_array_index (self->offered, index)));
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  clear_offer (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_entry_key (WtSearchAuthor *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || !gtk_widget_get_visible (self->list))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

static void
wt_search_author_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wt_search_author_parent_class)->map (widget);
  offer (WT_SEARCH_AUTHOR (widget));
}

static void
wt_search_author_dispose (GObject *object)
{
  WtSearchAuthor *self = WT_SEARCH_AUTHOR (object);

  stop (self);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (wt_search_author_parent_class)->dispose (object);
}

static void
wt_search_author_class_init (WtSearchAuthorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_search_author_dispose;
  widget_class->map = wt_search_author_map;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_SEARCH_AUTHOR, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", WT_TYPE_SEARCH_AUTHOR, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
wt_search_author_init (WtSearchAuthor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("Written by: name or user id"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Written By"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_entry_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("People who have written"), -1);
  gtk_widget_add_css_class (self->list, "search-authors");
  gtk_widget_set_visible (self->list, FALSE);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

GtkWidget *
wt_search_author_new (void)
{
  return g_object_new (WT_TYPE_SEARCH_AUTHOR, NULL);
}

/**
 * wt_search_author_set_place:
 * @self: an entry
 * @database: (nullable): where people are looked for; %NULL: nobody is offered
 * @conversation_id: the only conversation to look in, or 0
 */
void
wt_search_author_set_place (WtSearchAuthor *self, WtDatabase *database, gint64 conversation_id)
{
  g_return_if_fail (WT_IS_SEARCH_AUTHOR (self));

  g_set_object (&self->database, database);
  self->conversation_id = conversation_id;
}

/**
 * wt_search_author_get_text:
 * @self: an entry
 *
 * Returns: (transfer none): what stands in it
 */
const char *
wt_search_author_get_text (WtSearchAuthor *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_AUTHOR (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * wt_search_author_set_text:
 * @self: an entry
 * @text: (nullable): what is to stand in it; no signal tells
 */
void
wt_search_author_set_text (WtSearchAuthor *self, const char *text)
{
  g_return_if_fail (WT_IS_SEARCH_AUTHOR (self));

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  self->filling = FALSE;
}
