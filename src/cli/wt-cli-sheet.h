/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtCliFormat:
 * @WT_CLI_FORMAT_JSONL: one JSON object in a line
 * @WT_CLI_FORMAT_MARKDOWN: a document to read
 */
typedef enum
{
  WT_CLI_FORMAT_JSONL,
  WT_CLI_FORMAT_MARKDOWN,
} WtCliFormat;

/**
 * WtCliSheet:
 *
 * One conversation's exported file, with its attachments in a folder beside it. Nothing that exists is written over.
 */
typedef struct _WtCliSheet WtCliSheet;

WtCliSheet *wt_cli_sheet_new (const char *folder,
                              WtCliFormat format,
                              WtBlobs *blobs,
                              const WtAccountRecord *account,
                              const WtConversationRecord *conversation,
                              GError **error);
void wt_cli_sheet_free (WtCliSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliSheet, wt_cli_sheet_free)

gboolean wt_cli_sheet_add (WtCliSheet *self, const WtMessageRecord *message, GError **error);
gboolean wt_cli_sheet_close (WtCliSheet *self, GError **error);
const char *wt_cli_sheet_get_path (WtCliSheet *self);
guint wt_cli_sheet_get_missing (WtCliSheet *self);

G_END_DECLS
