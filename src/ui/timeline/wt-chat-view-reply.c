/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view-private.h"

#include <glib/gi18n-lib.h>

#include "wt-attachment-words.h"

/* So far back the newest message that can be replied to is looked for. */
#define NEWEST_DEPTH 30

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

static void
on_reply_newest (WtChatView *self)
{
  GListModel *model = G_LIST_MODEL (self->timeline);
  guint n_messages = model != NULL ? g_list_model_get_n_items (model) : 0;

  for (guint i = 0; i < MIN (n_messages, NEWEST_DEPTH); i++)
    {
      g_autoptr (WtMessage) message = g_list_model_get_item (model, n_messages - 1 - i);

      if (!can_reply_to (message))
        continue;
      wt_chat_view_reply_to (self, message);
      return;
    }
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
  g_signal_connect_object (self->composer, "reply-newest", G_CALLBACK (on_reply_newest), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "sticker", G_CALLBACK (on_sticker), self,
                           G_CONNECT_SWAPPED);
}
