/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-session.h"

G_BEGIN_DECLS

/* WtSessionMending: what the user can do about a connection that is not there. */
typedef enum
{
  WT_SESSION_MENDING_NONE,
  WT_SESSION_MENDING_RETRY,
  WT_SESSION_MENDING_EDIT,
  WT_SESSION_MENDING_TRUST,
} WtSessionMending;

const char *wt_session_words_state (WtConnectionState state);
const char *wt_session_words_style (WtConnectionState state);
char *wt_session_words_countdown (gint64 retry_at, gint64 now);
WtSessionMending wt_session_words_mending (WtConnectionState state, WtDiagnosis *diagnosis);
const char *wt_session_words_action (WtSessionMending mending);
const char *wt_session_words_mending_label (WtSessionMending mending);
gboolean wt_session_words_is_connecting (WtConnectionState state);

G_END_DECLS
