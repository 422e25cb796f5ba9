/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "wt-database.h"
#include "wt-records.h"

G_BEGIN_DECLS

/* What wt_message_columns_read() reads, of a table or alias "m". */
#define WT_MESSAGE_COLUMNS                                                                         \
  "m.id, m.conversation_id, m.seq, m.direction, m.delivery, m.deleted, m.mentions_me, "            \
  "m.peer_time, m.time, m.attempts, m.acked_time, m.rtt, m.msg_id, m.digest, m.message_id, "       \
  "m.author_platform, m.author_id, m.author_nickname, m.author_cardname, m.failure, m.text, "      \
  "m.segments, m.config"

GPtrArray *wt_message_columns_new_array (void);
WtMessageRecord *wt_message_columns_read (sqlite3_stmt *statement);
WtAttachmentRecord *wt_message_columns_read_attachment (sqlite3_stmt *statement);
gint64 wt_message_columns_insert (WtDatabase *db,
                                  gint64 account_id,
                                  const WtMessageRecord *message,
                                  GError **error);
WtMessageRecord *wt_message_columns_find_repeat (WtDatabase *db,
                                                 gint64 account_id,
                                                 const WtMessageRecord *message,
                                                 GError **error);
WtMessageRecord *wt_message_columns_load (WtDatabase *db, gint64 message_id, GError **error);

G_END_DECLS
