/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-file-desk.h"
#include "wt-message-selection.h"
#include "wt-quote-finder.h"
#include "wt-picture-loader.h"
#include "wt-session.h"
#include "wt-voice-player.h"

G_BEGIN_DECLS

/**
 * WtMessageContext:
 *
 * What the rows of one open conversation need beyond their messages: the session that fetches and finds, and ways
 * to ask the view for what only it can do. One a chat view; its conversation changes.
 *
 * Signals: `jump` (gint64 seq): a message of this conversation is to be shown. `view` (#WtMessage, guint position): a picture is to be looked at
 * in full. `trouble` (char *words): something went wrong that the user should be told in passing.
 * Properties: `highlight` (read-only, int64): the seq of the message that was just jumped to, for a moment, else 0.
 * `marks` (nullable string): words that were searched for and stand out in the messages.
 */
#define WT_TYPE_MESSAGE_CONTEXT (wt_message_context_get_type ())
G_DECLARE_FINAL_TYPE (WtMessageContext, wt_message_context, WT, MESSAGE_CONTEXT, GObject)

WtMessageContext *wt_message_context_new (void);
void wt_message_context_set_conversation (WtMessageContext *self,
                                          WtSession *session,
                                          WtConversation *conversation);
WtSession *wt_message_context_get_session (WtMessageContext *self);
WtConversation *wt_message_context_get_conversation (WtMessageContext *self);
void wt_message_context_set_loader (WtMessageContext *self, WtPictureLoader *loader);
WtPictureLoader *wt_message_context_get_loader (WtMessageContext *self);
const char *wt_message_context_get_my_user_id (WtMessageContext *self);
WtQuoteFinder *wt_message_context_get_quotes (WtMessageContext *self);
WtVoicePlayer *wt_message_context_get_voices (WtMessageContext *self);
WtFileDesk *wt_message_context_get_files (WtMessageContext *self);
WtMessageSelection *wt_message_context_get_selection (WtMessageContext *self);
gint64 wt_message_context_get_highlight (WtMessageContext *self);
gboolean wt_message_context_get_unfolded (WtMessageContext *self, const char *key);
void wt_message_context_set_unfolded (WtMessageContext *self, const char *key, gboolean unfolded);
const char *wt_message_context_get_marks (WtMessageContext *self);
void wt_message_context_set_marks (WtMessageContext *self, const char *typed);
void wt_message_context_jump (WtMessageContext *self, gint64 seq);
void wt_message_context_view (WtMessageContext *self, WtMessage *message, guint position);
void wt_message_context_report (WtMessageContext *self, const char *words);

G_END_DECLS
