/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view-private.h"

#include <glib/gi18n-lib.h>

#include "wt-error-words.h"
#include "wt-transcript.h"

/* The selection mode: a bar in the composer's place says how many messages are selected, and what can be done with them. */

static WtMessageSelection *
get_selection (WtChatView *self)
{
  return wt_message_context_get_selection (self->context);
}

/* In order, without those that are about to be deleted. */
static GArray *
list_shown (WtChatView *self)
{
  WtVeil *veil = wt_conversation_get_veil (self->conversation);
  GArray *seqs = wt_message_selection_list (get_selection (self));

  for (guint i = seqs->len; i > 0; i--)
    if (wt_veil_hides (veil, g_array_index (seqs, gint64, i - 1)))
      g_array_remove_index (seqs, i - 1);
  return seqs;
}

static void
on_transcript (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtChatView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wt_transcript_make_finish (WT_DATABASE (source), result, &error);

  if (text != NULL && *text != '\0')
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
      wt_chat_view_report (self, _ ("The messages are copied"));
    }
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = wt_error_words_sentence (error);

      wt_chat_view_report (self, words);
    }
}

static void
copy_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtChatView *self = WT_CHAT_VIEW (widget);
  g_autoptr (GArray) seqs = NULL;

  if (self->conversation == NULL || !wt_chat_view_is_selecting (self))
    return;

  seqs = list_shown (self);
  wt_transcript_make_async (wt_profile_get_database (self->profile),
                            wt_conversation_get_id (self->conversation), seqs, self->cancellable,
                            on_transcript, g_object_ref (self));
  wt_message_selection_clear (get_selection (self));
}

static void
delete_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtChatView *self = WT_CHAT_VIEW (widget);
  g_autoptr (GArray) seqs = NULL;
  g_autoptr (WtDeletion) deletion = NULL;

  if (self->session == NULL || !wt_chat_view_is_selecting (self))
    return;

  seqs = list_shown (self);
  wt_message_selection_clear (get_selection (self));
  deletion = wt_deletion_new_for_messages (self->session, self->conversation,
                                           (const gint64 *) (gpointer) seqs->data, seqs->len);
  if (deletion != NULL)
    wt_chat_view_report_deletion (self, deletion);
}

/* Of very many, the newest. */
static void
select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtChatView *self = WT_CHAT_VIEW (widget);
  gint64 n_messages = self->prepared ? g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) : 0;
  gint64 first = MAX (1, n_messages - WT_MESSAGE_SELECTION_MOST + 1);

  if (n_messages == 0)
    return;

  wt_message_selection_set_range (get_selection (self), first, n_messages);
  if (first > 1)
    {
      g_autofree char *words = g_strdup_printf (_ ("Only the newest %d messages are selected"),
                                                WT_MESSAGE_SELECTION_MOST);

      wt_chat_view_report (self, words);
    }
}

static void
end_selection (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wt_message_selection_clear (get_selection (WT_CHAT_VIEW (widget)));
}

static gboolean
has_focus_inside (WtChatView *self, GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static void
begin (WtChatView *self)
{
  if (!has_focus_inside (self, GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_widget_set_visible (self->selection_bar, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->composer), FALSE);
}

static void
end (WtChatView *self)
{
  gboolean in_bar = has_focus_inside (self, self->selection_bar);

  gtk_widget_set_visible (GTK_WIDGET (self->composer), TRUE);
  if (in_bar)
    gtk_widget_grab_focus (GTK_WIDGET (self->composer));
  gtk_widget_set_visible (self->selection_bar, FALSE);
}

static void
on_changed (WtChatView *self)
{
  guint size = wt_message_selection_get_size (get_selection (self));
  gboolean shown = gtk_widget_get_visible (self->selection_bar);
  g_autofree char *words = NULL;

  if (size > 0 && !shown)
    begin (self);
  else if (size == 0 && shown)
    end (self);
  if (size == 0)
    return;

  words = g_strdup_printf (ngettext ("%u selected", "%u selected", size), size);
  gtk_label_set_text (GTK_LABEL (self->selection_count), words);
}

static void
add_button (GtkWidget *bar, const char *icon, const char *words, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (bar), button);
}

/* Whether messages are selected. */
gboolean
wt_chat_view_is_selecting (WtChatView *self)
{
  return wt_message_selection_get_size (get_selection (self)) > 0;
}

/* For the class. */
void
wt_chat_view_install_select (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "chat.copy-selected", NULL, copy_selected);
  gtk_widget_class_install_action (widget_class, "chat.delete-selected", NULL, delete_selected);
  gtk_widget_class_install_action (widget_class, "chat.select-all", NULL, select_all);
  gtk_widget_class_install_action (widget_class, "chat.end-selection", NULL, end_selection);
}

/* With the context and the composer made. */
void
wt_chat_view_init_select (WtChatView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  /* As much as the composer leaves below the last message. */
  gtk_widget_set_margin_top (bar, 8);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_widget_add_css_class (bar, "selection");
  gtk_widget_set_visible (bar, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Selected Messages"), -1);

  add_button (bar, "window-close-symbolic", _ ("Cancel"), "chat.end-selection");
  self->selection_count = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->selection_count), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->selection_count), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->selection_count, TRUE);
  gtk_box_append (GTK_BOX (bar), self->selection_count);
  add_button (bar, "edit-select-all-symbolic", _ ("Select All"), "chat.select-all");
  add_button (bar, "edit-copy-symbolic", _ ("Copy"), "chat.copy-selected");
  add_button (bar, "user-trash-symbolic", _ ("Delete Here"), "chat.delete-selected");

  self->selection_bar = bar;
  gtk_box_append (GTK_BOX (self->box), bar);
  g_signal_connect_object (get_selection (self), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
}
