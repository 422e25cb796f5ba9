/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-chat-view.h"
#include "wt-composer.h"
#include "wt-message-row.h"
#include "wt-search-bar.h"
#include "wt-text-scale.h"
#include "wt-timeline-view.h"
#include "wt-unsent.h"

G_BEGIN_DECLS

struct _WtChatView
{
  GtkWidget parent_instance;

  /* owned */
  WtProfile *profile;
  GSettings *settings;     /* nullable */
  WtTextScale *text_scale; /* nullable */
  WtUnsent *unsent;
  GHashTable *compositions; /* by conversation: what is attached and replied to there */
  WtMessageContext *context;
  GSignalGroup *conversation_signals;
  GSignalGroup *timeline_signals;

  /* owned while a conversation is open */
  WtConversation *conversation;
  WtSession *session; /* NULL when its account is gone */
  WtTimeline *timeline;
  GCancellable *cancellable;

  gint64 divider_seq; /* the message below the unread divider, or 0 */
  gint64 marked_seq;  /* read up to here, as far as we said */
  gint64 opening_seq; /* where the conversation that is opened next is to be shown, or 0 */
  gint64 wanted_seq;  /* the message that is gone to, or 0 */
  gboolean prepared;  /* the model is set */
  gboolean filling;   /* the composer's text is ours, not typed */
  guint draft_source;
  guint update_source;
  guint midnight_source;

  /* children */
  GtkWidget *box;
  WtSearchBar *search;
  GtkWidget *scrollbar;
  WtTimelineView *view;
  GtkWidget *jump;
  GtkWidget *jump_count;
  GtkWidget *nothing;
  WtComposer *composer;
  GtkWidget *drop_here;
};

/* wt-chat-view-rows.c: rows, the divider, and what was read */
void wt_chat_view_init_rows (WtChatView *self);
void wt_chat_view_set_divider (WtChatView *self, gint64 seq);
void wt_chat_view_mark_read (WtChatView *self);
void wt_chat_view_update_jump (WtChatView *self);
void wt_chat_view_refresh_days (WtChatView *self);
gboolean wt_chat_view_is_watched (WtChatView *self);

/* wt-chat-view.c */
void wt_chat_view_report_deletion (WtChatView *self, WtDeletion *deletion);

/* wt-chat-view-drop.c: files and pictures dropped anywhere */
void wt_chat_view_init_drop (WtChatView *self);

/* wt-chat-view-search.c: going to a message */
void wt_chat_view_init_search (WtChatView *self);
gboolean wt_chat_view_show_wanted (WtChatView *self);

/* wt-chat-view-reply.c: what a message is done with by the composer */
void wt_chat_view_init_reply (WtChatView *self);
void wt_chat_view_reply_to (WtChatView *self, WtMessage *message);
void wt_chat_view_add_sticker (WtChatView *self, const WtMedia *media);

/* wt-chat-view-send.c: drafts and sending */
void wt_chat_view_init_send (WtChatView *self);
void wt_chat_view_fill_composer (WtChatView *self);
void wt_chat_view_find_last_sent (WtChatView *self);
void wt_chat_view_clear_draft_timer (WtChatView *self);
void wt_chat_view_send_message (WtChatView *self, WtComposition *message);
void wt_chat_view_close_compositions (WtChatView *self);
void wt_chat_view_report (WtChatView *self, const char *words);

G_END_DECLS
