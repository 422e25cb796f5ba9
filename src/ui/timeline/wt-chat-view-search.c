/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-view-private.h"

#include "wt-error-words.h"
#include "wt-search-find.h"

/* Going to a message: one that was found, or the first of a day. */

static void
jump (WtChatView *self)
{
  gint64 seq = self->wanted_seq;

  self->wanted_seq = 0;
  wt_message_context_jump (self->context, seq);
}

static void
on_wanted_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtChatView) self = data;
  g_autoptr (GError) error = NULL;

  /* What cannot be read is said by the view; another conversation may be open by now. */
  wt_timeline_prepare_finish (WT_TIMELINE (source), result, &error);
  if (self->timeline == WT_TIMELINE (source) && self->prepared && self->wanted_seq > 0)
    jump (self);
}

/* The messages there are read first, so that none of them has to come in while one looks. */
static void
go_to (WtChatView *self, gint64 seq)
{
  self->wanted_seq = seq;
  if (self->prepared)
    wt_timeline_prepare_async (self->timeline, (guint) seq - 1, self->cancellable,
                               on_wanted_prepared, g_object_ref (self));
}

/* After the messages are shown for the first time. Returns: whether one was wanted */
gboolean
wt_chat_view_show_wanted (WtChatView *self)
{
  if (self->wanted_seq == 0)
    return FALSE;

  jump (self);
  return TRUE;
}

static void
on_day_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtChatView) self = data;
  g_autoptr (GError) error = NULL;
  gint64 seq = wt_search_store_find_date_finish (WT_DATABASE (source), result, &error);

  if (seq < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = wt_error_words_sentence (error);

      wt_chat_view_report (self, words);
    }
  if (seq < 0 || self->timeline == NULL)
    return;
  /* Nothing that late: the newest is the nearest. */
  if (seq == 0)
    wt_timeline_view_scroll_to_bottom (self->view);
  else
    go_to (self, seq);
}

static void
on_day (WtChatView *self, gint64 time)
{
  if (self->conversation == NULL || self->timeline == NULL)
    return;
  wt_search_store_find_date_async (wt_profile_get_database (self->profile),
                                   wt_conversation_get_id (self->conversation), time,
                                   self->cancellable, on_day_found, g_object_ref (self));
}

static void
on_go (WtChatView *self, gint64 seq)
{
  go_to (self, seq);
}

static void
on_words (WtChatView *self, const char *typed)
{
  wt_message_context_set_marks (self->context, typed);
}

static void
on_list (WtChatView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.find-as-list", NULL);
}

static void
make_bar (WtChatView *self)
{
  self->search = WT_SEARCH_BAR (wt_search_bar_new (self->profile));
  g_signal_connect_object (self->search, "go", G_CALLBACK (on_go), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "day", G_CALLBACK (on_day), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "words", G_CALLBACK (on_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "list", G_CALLBACK (on_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "closed", G_CALLBACK (wt_chat_view_focus_composer), self,
                           G_CONNECT_SWAPPED);
  gtk_box_prepend (GTK_BOX (self->box), GTK_WIDGET (self->search));
  wt_search_bar_set_conversation (self->search, self->conversation);
}

/**
 * wt_chat_view_get_search:
 * @self: a view
 *
 * Returns: (transfer none): searches in the open conversation; it is made when it is asked for
 */
WtSearchBar *
wt_chat_view_get_search (WtChatView *self)
{
  g_return_val_if_fail (WT_IS_CHAT_VIEW (self), NULL);

  if (self->search == NULL)
    make_bar (self);
  return self->search;
}

/**
 * wt_chat_view_show_message:
 * @self: a view
 * @conversation: a conversation, open or not
 * @seq: a message's position in it, 1…
 * @typed: (nullable): words that stand out until another conversation is opened
 *
 * Shows a message and has it stand out for a moment.
 */
void
wt_chat_view_show_message (WtChatView *self,
                           WtConversation *conversation,
                           gint64 seq,
                           const char *typed)
{
  g_return_if_fail (WT_IS_CHAT_VIEW (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));
  g_return_if_fail (seq > 0);

  if (self->conversation == conversation)
    {
      if (self->timeline != NULL)
        go_to (self, seq);
    }
  else
    {
      self->opening_seq = seq;
      wt_chat_view_set_conversation (self, conversation);
    }
  wt_message_context_set_marks (self->context, typed);
}
