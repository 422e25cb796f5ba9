/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view-private.h"

#include <glib/gi18n-lib.h>

#include "wt-error-words.h"
#include "wt-sent-store.h"

/* So many messages of one's own the Up key goes back. */
#define MOST_SENT 50

/* One message on its way to the disk. */
typedef struct
{
  WtChatView *view;
  WtSession *session;
  WtConversation *conversation;
  guint id;
} Sending;

static void
sending_free (Sending *sending)
{
  g_clear_object (&sending->view);
  g_clear_object (&sending->session);
  g_clear_object (&sending->conversation);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* After who is written to. */
void
wt_chat_view_name_composer (WtChatView *self)
{
  wt_composer_set_recipient (self->composer, self->conversation != NULL
                                                 ? wt_conversation_get_title (self->conversation)
                                                 : NULL);
}

static void
fill_composition (WtChatView *self)
{
  WtComposition *composition = NULL;
  g_autoptr (GListModel) members = NULL;

  if (self->session != NULL)
    {
      composition = wt_chat_view_open_draft (self, self->session, self->conversation)->composition;
      members = wt_session_open_members (self->session, self->conversation);
    }
  wt_composer_set_composition (self->composer, composition);
  wt_composer_set_members (self->composer, members,
                           self->conversation != NULL
                               && wt_conversation_get_kind (self->conversation)
                                      == WT_CONVERSATION_GROUP);
}

static void
on_sent_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtChatView) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) texts = wt_sent_store_list_finish (WT_DATABASE (source), result, &error);

  if (texts != NULL && self->composer != NULL)
    wt_composer_set_sent (self->composer, (const char *const *) texts);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("what was sent here is not known: %s", error->message);
}

/* For the Up key. */
static void
list_sent (WtChatView *self)
{
  wt_sent_store_list_async (wt_profile_get_database (self->profile),
                            wt_conversation_get_id (self->conversation), MOST_SENT,
                            self->cancellable, on_sent_listed, g_object_ref (self));
}

/* With the conversation's draft, or nothing. */
void
wt_chat_view_fill_composer (WtChatView *self)
{
  const char *text = NULL;

  if (self->conversation != NULL)
    {
      gint64 id = wt_conversation_get_id (self->conversation);

      /* While texts are being stored the draft holds them, too. */
      text = wt_unsent_holds (self->unsent, id) ? wt_unsent_get_rest (self->unsent, id)
                                                : wt_conversation_get_draft (self->conversation);
    }

  self->filling = TRUE;
  wt_chat_view_forget_drafts (self);
  fill_composition (self);
  wt_chat_view_name_composer (self);
  wt_composer_set_text (self->composer, text);
  self->filling = FALSE;
  wt_composer_set_sent (self->composer, NULL);
  if (self->conversation != NULL)
    list_sent (self);
}

static void
on_failed (WtChatView *self, const GError *error)
{
  g_autofree char *reason = wt_error_words_sentence (error);
  /* Translators: %s is the reason */
  g_autofree char *words = g_strdup_printf (_ ("The message could not be stored. %s"), reason);

  wt_chat_view_report (self, words);
}

/* All messages of the conversation are settled: what failed goes back, and the draft holds only what is not sent. */
static void
settle (Sending *sending, GPtrArray *failed, const char *rest)
{
  WtChatView *self = sending->view;
  WtChatDraft *draft = wt_chat_view_lookup_draft (self, sending->conversation);
  g_autofree char *text = wt_unsent_join_texts (failed);

  for (guint i = failed->len; i > 0 && draft != NULL; i--)
    wt_composition_put_back (draft->composition, failed->pdata[i - 1]);
  wt_chat_view_save_attachments (self);
  if (self->conversation == sending->conversation)
    {
      if (*text != '\0')
        wt_composer_restore (self->composer, text);
      wt_chat_view_save_draft (self);
    }
  else
    {
      g_autofree char *joined = wt_unsent_join (text, rest);

      wt_chat_view_store_text (self, sending->session, sending->conversation, joined);
    }
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Sending) sending = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) failed = NULL;
  g_autofree char *rest = NULL;
  WtChatView *self = sending->view;
  gboolean stored = wt_session_send_finish (WT_SESSION (source), result, &error);

  if (wt_unsent_settle (self->unsent, wt_conversation_get_id (sending->conversation), sending->id,
                        stored, &failed, &rest))
    settle (sending, failed, rest);

  if (!stored)
    {
      on_failed (self, error);
    }
  else if (self->conversation == sending->conversation)
    {
      wt_chat_view_set_divider (self, 0);
      wt_timeline_view_scroll_to_bottom (self->view);
    }
}

static void
start_sending (WtChatView *self,
               WtSession *session,
               WtConversation *conversation,
               WtComposition *message)
{
  g_autoptr (WtSegment) segment = wt_composition_make_segment (message);
  Sending *sending;

  if (segment == NULL)
    return;

  sending = g_new0 (Sending, 1);
  sending->view = g_object_ref (self);
  sending->session = g_object_ref (session);
  sending->conversation = g_object_ref (conversation);
  sending->id = wt_unsent_hold (self->unsent, wt_conversation_get_id (conversation), message);
  wt_session_send_async (session, conversation, segment, NULL, on_sent, sending);
}

/* In the open conversation, without what the composer holds. */
void
wt_chat_view_send_message (WtChatView *self, WtComposition *message)
{
  if (self->session != NULL)
    start_sending (self, self->session, self->conversation, message);
}

static void
send_later (WtChatView *self, WtChatDraft *draft)
{
  g_autofree char *problem = wt_composition_dup_problem (draft->composition);
  g_autoptr (WtComposition) message = NULL;

  wt_composition_set_waiting (draft->composition, FALSE);
  if (problem != NULL)
    {
      wt_chat_view_report (self, problem);
      return;
    }

  message = wt_composition_take (draft->composition);
  start_sending (self, draft->session, draft->conversation, message);
  wt_unsent_set_rest (self->unsent, wt_conversation_get_id (draft->conversation), "");
}

/* Where another conversation is open by the time everything is read, it is sent all the same. */
void
wt_chat_view_on_busy (WtComposition *composition, GParamSpec *pspec, WtChatView *self)
{
  GHashTableIter iter;
  gpointer value;

  if (wt_composition_get_busy (composition) || !wt_composition_get_waiting (composition)
      || self->composer == NULL || wt_composer_get_composition (self->composer) == composition)
    return;

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((WtChatDraft *) value)->composition == composition)
      {
        send_later (self, value);
        return;
      }
}

static void
on_send (WtChatView *self)
{
  g_autoptr (WtComposition) message = NULL;

  if (self->session == NULL)
    return;

  message = wt_composer_take (self->composer);
  start_sending (self, self->session, self->conversation, message);
}

static void
on_page (WtChatView *self, int direction)
{
  wt_timeline_view_page (self->view, direction);
}

void
wt_chat_view_init_send (WtChatView *self)
{
  g_signal_connect_object (self->composer, "trouble", G_CALLBACK (wt_chat_view_report), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "send", G_CALLBACK (on_send), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "page", G_CALLBACK (on_page), self, G_CONNECT_SWAPPED);
}
