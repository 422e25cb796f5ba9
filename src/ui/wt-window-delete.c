/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

#include "wt-alert.h"
#include "wt-conversation-store.h"
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
    {
      wt_window_leave_toast (self);
      g_signal_handlers_disconnect_by_data (deletion, self);
    }
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
  wt_window_leave_toast (self);
  g_signal_handlers_disconnect_by_data (deletion, self);
  conversation = wt_deletion_get_conversation (deletion);
  wt_deletion_undo (deletion);
  if (wt_deletion_get_n_messages (deletion) == 0)
    wt_window_open_conversation (self, conversation);
}

static char *
make_title (WtDeletion *deletion)
{
  guint n = wt_deletion_get_n_messages (deletion);

  if (n == 0)
    return g_strdup (_ ("Chat deleted on this computer"));
  return g_strdup_printf (
      ngettext ("%u message deleted on this computer", "%u messages deleted on this computer", n),
      n);
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

  g_autofree char *title = make_title (deletion);

  clear_deletion (self);
  self->deletion = g_object_ref (deletion);
  self->deletion_toast = g_object_ref_sink (adw_toast_new (title));
  adw_toast_set_button_label (self->deletion_toast, _ ("Undo"));
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

/* With a sign that there are more where not all were counted. */
static char *
write_number (guint n)
{
  return g_strdup_printf (n >= WT_CONVERSATION_WEIGHT_MOST ? "%'u+" : "%'u", n);
}

static char *
make_words (WtConversation *conversation, const WtConversationWeight *weight)
{
  const WtConversationRecord *record = wt_conversation_get_record (conversation);
  g_autofree char *messages = write_number (weight->messages);
  g_autofree char *files = write_number (weight->attachments);
  g_autoptr (GString) words = g_string_new (_ ("On this computer only, this deletes:"));

  g_string_append (words, "\n");
  /* TRANSLATORS: one of a list of what is deleted; %s is a number */
  g_string_append_printf (words, ngettext ("%s message", "%s messages", weight->messages),
                          messages);
  if (weight->attachments > 0)
    {
      g_string_append (words, "\n");
      /* TRANSLATORS: one of a list of what is deleted; %s is a number */
      g_string_append_printf (
          words, ngettext ("%s picture or file", "%s pictures and files", weight->attachments),
          files);
    }
  if (record->draft != NULL)
    g_string_append_printf (words, "\n%s", _ ("what you have typed and not sent"));
  if (record->target_secret != NULL)
    g_string_append_printf (words, "\n%s", _ ("the key that its messages are routed to"));
  g_string_append_printf (
      words, "\n\n%s",
      _ ("Nobody else loses anything. The chat comes back when somebody writes in it."));
  return g_strdup (words->str);
}

static void
ask (Question *question, WtConversation *conversation, const WtConversationWeight *weight)
{
  g_autofree char *title = wt_display_text_line (wt_conversation_get_title (conversation),
                                                 TITLE_CHARACTERS);
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s” Here?"), title);
  g_autofree char *words = make_words (conversation, weight);
  GtkWidget *dialog = wt_alert_new (GTK_WINDOW (question->window), heading, words);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Delete Here"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answered), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_weighed (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  g_autofree WtConversationWeight *weight = wt_conversation_store_weigh_finish (
      WT_DATABASE (source), result, &error);
  WtConversation *conversation = look_up (question->window, question->id);

  if (weight == NULL || conversation == NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (question->window)))
    {
      if (error != NULL)
        g_warning ("what a conversation holds could not be counted: %s", error->message);
      question_free (question, NULL);
      return;
    }
  ask (question, conversation, weight);
}

static void
delete_conversation (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  WtConversation *conversation = look_up (self, g_variant_get_int64 (parameter));
  Question *question;

  if (conversation == NULL)
    return;

  question = g_new0 (Question, 1);
  question->window = g_object_ref (self);
  question->id = wt_conversation_get_id (conversation);
  wt_conversation_store_weigh_async (wt_profile_get_database (self->profile), question->id, NULL,
                                     on_weighed, question);
}

static void
delete_message (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  g_autoptr (WtDeletion) deletion = NULL;
  WtConversation *conversation;
  gint64 id, seq;

  g_variant_get (parameter, "(xx)", &id, &seq);
  conversation = look_up (self, id);
  if (conversation == NULL)
    return;
  deletion = wt_deletion_new_for_messages (
      wt_profile_get_session (self->profile, wt_conversation_get_account (conversation)),
      conversation, &seq, 1);
  if (deletion != NULL)
    wt_window_take_deletion (self, deletion);
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
  gtk_widget_class_install_action (widget_class, "win.delete-message", "(xx)", delete_message);
}
