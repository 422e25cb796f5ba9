/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-frame.h"

G_BEGIN_DECLS

/* All that return char * return (transfer full). */
char *wt_frame_words_title (WtFrame *frame);
const char *wt_frame_words_kind (WtFrame *frame);
const char *wt_frame_words_icon_name (WtFrame *frame);
char *wt_frame_words_time (gint64 time_us);
char *wt_frame_words_round_trip (gint64 round_trip_us);
char *wt_frame_words_ack (WtFrame *frame);
char *wt_frame_words_spoken (WtFrame *frame);
char *wt_frame_words_lint (const WtLint *lint);
const char *wt_frame_words_remedy (WtLintRule rule);

G_END_DECLS
