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

/**
 * WtChatDraft:
 * @composition: what is attached and replied to there
 * @kept: (nullable) (element-type WtDraftAttachment): what of it is on disk; %NULL until that was read
 *
 * What is not sent in one conversation. Its text is the conversation's.
 */
typedef struct
{
  WtConversation *conversation;
  WtSession *session;
  WtComposition *composition;
  GPtrArray *kept;
} WtChatDraft;

struct _WtChatView
{
  GtkWidget parent_instance;

  /* owned */
  WtProfile *profile;
  GSettings *settings;     /* nullable */
  GSettings *desktop;      /* nullable */
  WtTextScale *text_scale; /* nullable */
  WtUnsent *unsent;
  GHashTable *drafts; /* of #WtChatDraft by conversation */
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
  gboolean
      dragging; /* the mouse, from the message at drag_seq, or 0, and there at drag_x, drag_y */
  gint64 drag_seq;
  double drag_x;
  double drag_y;
  guint announce_first; /* the position of the first message that is not announced */
  guint announce_source;
  guint draft_source;
  guint update_source;
  guint below;     /* new messages below what is in view */
  gint64 calendar; /* what is said of times now, as a number */
  guint clock_source;

  /* children */
  GtkWidget *box;
  WtSearchBar *search; /* NULL until it is asked for */
  GtkWidget *scrollbar;
  WtTimelineView *view;
  GtkWidget *jump;
  GtkWidget *jump_count;
  GtkWidget *nothing;
  WtComposer *composer;
  GtkWidget *selection_bar;
  GtkWidget *selection_count;
  GtkWidget *drop_here;
};

/* wt-chat-view-rows.c: rows, the divider, and what was read */
void wt_chat_view_init_rows (WtChatView *self);
void wt_chat_view_set_divider (WtChatView *self, gint64 seq);
void wt_chat_view_mark_read (WtChatView *self);
void wt_chat_view_update_jump (WtChatView *self);
char *wt_chat_view_dup_jump_words (WtChatView *self);
void wt_chat_view_queue_update (WtChatView *self);
gboolean wt_chat_view_is_watched (WtChatView *self);

/* wt-chat-view.c */
void wt_chat_view_report_deletion (WtChatView *self, WtDeletion *deletion);

/* wt-chat-view-layout.c */
GtkWidget *wt_chat_view_make_timeline (WtChatView *self);
GtkWidget *wt_chat_view_clamp (GtkWidget *child);

/* wt-chat-view-drop.c: files and pictures dropped anywhere */
void wt_chat_view_init_drop (WtChatView *self);

/* wt-chat-view-keys.c */
void wt_chat_view_init_keys (WtChatView *self);

/* wt-chat-view-select.c: several messages */
void wt_chat_view_install_select (GtkWidgetClass *widget_class);
void wt_chat_view_init_select (WtChatView *self);
gboolean wt_chat_view_is_selecting (WtChatView *self);

/* wt-chat-view-announce.c: to a screen reader */
void wt_chat_view_announce (WtChatView *self, guint position);
void wt_chat_view_clear_announcement (WtChatView *self);

/* wt-chat-view-clock.c: what is said of times */
void wt_chat_view_init_clock (WtChatView *self);
void wt_chat_view_start_clock (WtChatView *self);
void wt_chat_view_stop_clock (WtChatView *self);
void wt_chat_view_check_clock (WtChatView *self);

/* wt-chat-view-drag.c */
void wt_chat_view_init_drag (WtChatView *self);

/* wt-chat-view-search.c: going to a message */
gboolean wt_chat_view_show_wanted (WtChatView *self);

/* wt-chat-view-reply.c: what a message is done with by the composer */
void wt_chat_view_init_reply (WtChatView *self);
void wt_chat_view_reply_to (WtChatView *self, WtMessage *message);
void wt_chat_view_add_sticker (WtChatView *self, const WtMedia *media);

/* wt-chat-view-drafts.c: what is written, attached and replied to, by conversation */
void wt_chat_view_init_drafts (WtChatView *self);
WtChatDraft *
wt_chat_view_open_draft (WtChatView *self, WtSession *session, WtConversation *conversation);
WtChatDraft *wt_chat_view_lookup_draft (WtChatView *self, WtConversation *conversation);
void wt_chat_view_forget_drafts (WtChatView *self);
void wt_chat_view_save_attachments (WtChatView *self);
void wt_chat_view_store_text (WtChatView *self,
                              WtSession *session,
                              WtConversation *conversation,
                              const char *text);
void wt_chat_view_clear_draft_timer (WtChatView *self);

/* wt-chat-view-send.c */
void wt_chat_view_init_send (WtChatView *self);
void wt_chat_view_fill_composer (WtChatView *self);
void wt_chat_view_name_composer (WtChatView *self);
void wt_chat_view_on_busy (WtComposition *composition, GParamSpec *pspec, WtChatView *self);
void wt_chat_view_send_message (WtChatView *self, WtComposition *message);
void wt_chat_view_report (WtChatView *self, const char *words);

G_END_DECLS
