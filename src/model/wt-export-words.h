/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"

G_BEGIN_DECLS

const char *wt_export_words_delivery (WtDelivery delivery);
const char *wt_export_words_deleted (void);
char *wt_export_words_time (gint64 time);
const char *wt_export_words_title (const WtConversationRecord *conversation);
const char *wt_export_words_author (const WtMessageRecord *message);

G_END_DECLS
