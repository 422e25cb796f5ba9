/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-session.h"

G_BEGIN_DECLS

/**
 * WtSessionWatch:
 *
 * Watches a list of #WtSession<!-- -->s and each of them, so that a widget can show all accounts' state in one place.
 *
 * Signals: `changed`: a session came or went, or its state, diagnosis, next attempt or account changed.
 */
#define WT_TYPE_SESSION_WATCH (wt_session_watch_get_type ())
G_DECLARE_FINAL_TYPE (WtSessionWatch, wt_session_watch, WT, SESSION_WATCH, GObject)

WtSessionWatch *wt_session_watch_new (GListModel *sessions);
GListModel *wt_session_watch_get_sessions (WtSessionWatch *self);
WtSession *wt_session_watch_get_worst (WtSessionWatch *self);

G_END_DECLS
