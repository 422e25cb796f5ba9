/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-cli-loop.h"
#include "wt-database.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtCliArchive:
 * @database: the profile's database, read-only
 * @folder: (type filename): the profile's folder
 * @blobs: its pictures and files
 * @accounts: (element-type WtAccountRecord): its accounts, or the one that was asked for
 * @conversations: (element-type WtConversationRecord): their conversations
 *
 * A stored profile to read in, while the window may have it open.
 */
typedef struct
{
  WtDatabase *database;
  char *folder;
  WtBlobs *blobs;
  GPtrArray *accounts;
  GPtrArray *conversations;
} WtCliArchive;

WtCliArchive *
wt_cli_archive_open (WtCliLoop *loop, const char *folder, const char *account, GError **error);
void wt_cli_archive_close (WtCliArchive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliArchive, wt_cli_archive_close)

const WtConversationRecord *
wt_cli_archive_find (WtCliArchive *self, const char *name, GError **error);
const WtConversationRecord *wt_cli_archive_lookup (WtCliArchive *self, gint64 conversation_id);
const WtAccountRecord *wt_cli_archive_lookup_account (WtCliArchive *self, gint64 account_id);
GPtrArray *wt_cli_archive_load (WtCliArchive *self,
                                WtCliLoop *loop,
                                const WtConversationRecord *conversation,
                                gint64 first,
                                guint count,
                                GError **error);
gboolean wt_cli_archive_print (WtCliArchive *self,
                               const WtConversationRecord *conversation,
                               const WtMessageRecord *message,
                               gboolean is_named,
                               gboolean is_json,
                               GError **error);
gboolean wt_cli_archive_lookup_key (WtCliArchive *self,
                                    WtCliLoop *loop,
                                    const WtAccountRecord *account,
                                    gboolean own_folder,
                                    char **key,
                                    GError **error);

G_END_DECLS
