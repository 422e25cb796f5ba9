/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-envelope.h"
#include "wt-records.h"
#include "wt-route.h"

G_BEGIN_DECLS

/* What is stored of a received message. */
WtConversationRecord *wt_inbox_make_conversation (gint64 account_id, const WtRoute *route);
WtMessageRecord *
wt_inbox_make_message (WtEnvelope *envelope, const WtRoute *route, WtSegment *segment, gint64 time);

G_END_DECLS
