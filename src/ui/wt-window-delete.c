/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

#include "wt-display-text.h"

#include <glib/gi18n-lib.h>

/* Deleting here, and the offer to undo it. */

#define SECONDS 8
#define TITLE_CHARACTERS 60

static void
clear_deletion (WtWindow *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->deletion_toast);
  g_autoptr (WtDeletion) deletion = g_steal_pointer (&self->deletion);

  if (deletion != NULL)
    g_signal_handlers_disconnect_by_data (deletion, self);
  if (toast != NULL)
    {
      g_signal_handlers_disconnect_by_data (toast, self);
      adw_toast_dismiss (toast);
    }
  if (deletion != NULL)
    wt_deletion_commit (deletion);
}

/* The toast goes by itself: it is not told to once more. */
static void
on_dismissed (WtWindow *self)
{
  g_signal_handlers_disconnect_by_data (self->deletion_toast, self);
  g_clear_object (&self->deletion_toast);
  clear_deletion (self);
}

static void
on_undo (WtWindow *self)
{
  g_autoptr (WtDeletion) deletion = g_steal_pointer (&self->deletion);
  WtConversation *conversation;

  if (deletion == NULL)
    return;
  g_signal_handlers_disconnect_by_data (deletion, self);
  conversation = wt_deletion_get_conversation (deletion);
  wt_deletion_undo (deletion);
  if (!wt_deletion_is_message (deletion))
    wt_window_open_conversation (self, conversation);
}

/**
 * wt_window_take_deletion:
 * @self: a window
 * @deletion: what can still be undone
 *
 * Says so, and carries it out when the offer to undo it has gone: after some seconds, with the next deletion, or when the window
 * closes.
 */
void
wt_window_take_deletion (WtWindow *self, WtDeletion *deletion)
{
  g_return_if_fail (WT_IS_WINDOW (self));
  g_return_if_fail (WT_IS_DELETION (deletion));

  clear_deletion (self);
  self->deletion = g_object_ref (deletion);
  self->deletion_toast = g_object_ref_sink (adw_toast_new (_ ("Deleted here")));
  adw_toast_set_button_label (self->deletion_toast, _ ("_Undo"));
  adw_toast_set_priority (self->deletion_toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (self->deletion_toast, SECONDS);
  g_signal_connect_object (self->deletion_toast, "button-clicked", G_CALLBACK (on_undo), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deletion_toast, "dismissed", G_CALLBACK (on_dismissed), self,
                           G_CONNECT_SWAPPED);
  /* Undone because somebody wrote there. */
  g_signal_connect_object (deletion, "ended", G_CALLBACK (clear_deletion), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->deletion_toast));
}

/**
 * wt_window_commit_deletion:
 * @self: a window
 *
 * Carries out what could be undone until now.
 */
void
wt_window_commit_deletion (WtWindow *self)
{
  g_return_if_fail (WT_IS_WINDOW (self));

  clear_deletion (self);
}

static WtConversation *
look_up (WtWindow *self, gint64 id)
{
  return self->profile != NULL
             ? wt_conversation_list_lookup (wt_profile_get_conversations (self->profile), id)
             : NULL;
}

/* What the question is about; its answer may come when the conversation is long gone. */
typedef struct
{
  WtWindow *window;
  gint64 id;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_clear_object (&question->window);
  g_free (question);
}

static void
on_answered (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  WtWindow *self = question->window;
  WtConversation *conversation = look_up (self, question->id);

  if (g_strcmp0 (response, "delete") != 0 || conversation == NULL
      || wt_conversation_get_hidden (conversation))
    return;

  g_autoptr (WtDeletion) deletion = wt_deletion_new_for_conversation (
      wt_profile_get_session (self->profile, wt_conversation_get_account (conversation)),
      conversation);

  if (self->conversation == conversation)
    wt_window_close_conversation (self);
  wt_window_take_deletion (self, deletion);
}

static char *
make_words (WtConversation *conversation)
{
  guint n = (guint) CLAMP (wt_conversation_get_last_seq (conversation), 0, G_MAXINT);

  return g_strdup_printf (
      ngettext ("Its %u message, its pictures and files, the draft and the key of its target are "
                "deleted on this computer only. The others keep theirs, and the chat comes back "
                "when somebody writes in it.",
                "Its %u messages, their pictures and files, the draft and the key of its target "
                "are deleted on this computer only. The others keep theirs, and the chat comes "
                "back when somebody writes in it.",
                n),
      n);
}

static void
delete_conversation (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  WtConversation *conversation = look_up (self, g_variant_get_int64 (parameter));
  Question *question;
  GtkWidget *dialog;

  if (conversation == NULL)
    return;

  g_autofree char *title = wt_display_text_line (wt_conversation_get_title (conversation),
                                                 TITLE_CHARACTERS);
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s” Here?"), title);
  g_autofree char *words = make_words (conversation);

  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, words);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Delete Here"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  question = g_new0 (Question, 1);
  question->window = g_object_ref (self);
  question->id = wt_conversation_get_id (conversation);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answered), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * wt_window_install_delete:
 * @widget_class: the window's class
 *
 * For its class_init.
 */
void
wt_window_install_delete (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.delete-conversation", "x",
                                   delete_conversation);
}
