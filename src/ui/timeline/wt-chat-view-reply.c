/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view-private.h"

#include <glib/gi18n-lib.h>

#include "wt-attachment-words.h"

/* So far the next message that can be replied to is looked for. */
#define REPLY_DEPTH 30

static gboolean
can_reply_to (WtMessage *message)
{
  const WtMessageRecord *record = wt_message_get_record (message);

  return record != NULL && !wt_message_get_deleted (message) && record->message_id != NULL
         && *record->message_id != '\0';
}

/* What is written next is a reply to @message. */
void
wt_chat_view_reply_to (WtChatView *self, WtMessage *message)
{
  if (self->session == NULL || !can_reply_to (message))
    return;

  wt_composition_set_reply (wt_composer_get_composition (self->composer),
                            wt_message_get_record (message));
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/* To the next older (-1) or newer (1) message that can be replied to; past the newest, to none. */
static void
on_reply (WtChatView *self, int direction)
{
  GListModel *model = G_LIST_MODEL (self->timeline);
  WtComposition *composition = wt_composer_get_composition (self->composer);
  const WtMessageRecord *reply = wt_composition_get_reply (composition);
  gint64 n_messages = model != NULL ? g_list_model_get_n_items (model) : 0;
  gint64 position = reply != NULL ? reply->seq - 1 : n_messages;
  guint first, last;

  for (guint i = 0; i < REPLY_DEPTH && (direction < 0 || position < n_messages); i++)
    {
      g_autoptr (WtMessage) message = NULL;

      position += direction;
      if (position < 0)
        return;
      if (position >= n_messages)
        break;
      message = g_list_model_get_item (model, (guint) position);
      if (!can_reply_to (message))
        continue;
      wt_chat_view_reply_to (self, message);
      if (!wt_timeline_view_get_visible_range (self->view, &first, &last) || position < first
          || position > last)
        wt_message_context_jump (self->context, position + 1);
      return;
    }
  if (direction > 0)
    wt_composition_set_reply (composition, NULL);
}

/* At once, and as an answer if one was begun. */
static void
on_sticker (WtChatView *self, WtSticker *sticker)
{
  g_autoptr (WtComposition) message = NULL;
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (WtMedia) media = wt_sticker_dup_media (sticker);
  WtComposition *composition = wt_composer_get_composition (self->composer);

  if (self->session == NULL)
    return;

  message = wt_composition_new (self->session);
  pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_segment_unref);
  g_ptr_array_add (pieces, wt_segment_new_media (WT_SEGMENT_EMOJI, media));
  wt_composition_set_text (message, NULL, pieces);
  wt_composition_set_reply (message, wt_composition_get_reply (composition));
  wt_composition_set_reply (composition, NULL);
  wt_chat_view_send_message (self, message);
  wt_sticker_list_touch (wt_profile_get_stickers (self->profile), sticker);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtChatView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (wt_sticker_list_add_finish (WT_STICKER_LIST (source), result, &error))
    return;

  words = wt_attachment_words_sticker_failure (error);
  wt_chat_view_report (self, words);
}

/* A sticker that was received. */
void
wt_chat_view_add_sticker (WtChatView *self, const WtMedia *media)
{
  wt_sticker_list_add_media_async (wt_profile_get_stickers (self->profile), media, NULL, on_added,
                                   g_object_ref (self));
}

void
wt_chat_view_init_reply (WtChatView *self)
{
  g_signal_connect_object (self->composer, "reply", G_CALLBACK (on_reply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "sticker", G_CALLBACK (on_sticker), self,
                           G_CONNECT_SWAPPED);
}
