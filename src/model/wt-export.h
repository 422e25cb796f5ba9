/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-export-sheet.h"

G_BEGIN_DECLS

/**
 * WtExportProgress:
 * @done: how many messages were written
 * @data: the caller's
 *
 * Called in the thread that began the export.
 */
typedef void (*WtExportProgress) (gint64 done, gpointer data);

/**
 * WtExportReport:
 * @path: (type filename): the file, or where several were written the last of them; %NULL where there is none
 * @n_conversations: how many were written
 * @n_missing: pictures and files that were left out: missing or damaged
 *
 * What came of an export.
 */
typedef struct
{
  char *path;
  guint n_conversations;
  guint n_missing;
} WtExportReport;

void wt_export_report_free (WtExportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtExportReport, wt_export_report_free)

void wt_export_async (WtDatabase *database,
                      WtBlobs *blobs,
                      const WtAccountRecord *account,
                      const WtConversationRecord *conversation,
                      WtExportFormat format,
                      const char *folder,
                      WtExportProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data);
WtExportReport *wt_export_finish (WtDatabase *database, GAsyncResult *result, GError **error);

G_END_DECLS
