/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtExportFormat:
 * @WT_EXPORT_FORMAT_JSONL: one JSON object in a line
 * @WT_EXPORT_FORMAT_MARKDOWN: a document to read
 */
typedef enum
{
  WT_EXPORT_FORMAT_JSONL,
  WT_EXPORT_FORMAT_MARKDOWN,
} WtExportFormat;

/**
 * WtExportSheet:
 *
 * One conversation's exported file, with its attachments in a folder beside it. Nothing that exists is written over.
 */
typedef struct _WtExportSheet WtExportSheet;

WtExportSheet *wt_export_sheet_new (const char *folder,
                                    WtExportFormat format,
                                    WtBlobs *blobs,
                                    const WtAccountRecord *account,
                                    const WtConversationRecord *conversation,
                                    GError **error);
void wt_export_sheet_free (WtExportSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtExportSheet, wt_export_sheet_free)

gboolean wt_export_sheet_add (WtExportSheet *self, const WtMessageRecord *message, GError **error);
gboolean wt_export_sheet_close (WtExportSheet *self, GError **error);
const char *wt_export_sheet_get_path (WtExportSheet *self);
guint wt_export_sheet_get_missing (WtExportSheet *self);

G_END_DECLS
