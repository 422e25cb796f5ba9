/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-clock.h"

G_BEGIN_DECLS

/**
 * WtSeenTable:
 *
 * Which `msg_id`s were processed within the last hour: one table for all clients. Belongs to one thread.
 */
typedef struct _WtSeenTable WtSeenTable;

/* How long an id is remembered, in seconds. */
#define WT_SEEN_SECONDS 3600

WtSeenTable *wt_seen_table_new (WtClock *clock, guint most);
void wt_seen_table_free (WtSeenTable *self);
gboolean wt_seen_table_add (WtSeenTable *self, const char *msg_id);
guint wt_seen_table_get_size (WtSeenTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtSeenTable, wt_seen_table_free)

G_END_DECLS
