/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-attachment-usage.h"
#include "wt-export.h"
#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtUsageShare:
 *
 * So many files, and so many bytes.
 */
typedef struct
{
  guint64 bytes;
  guint count;
} WtUsageShare;

/**
 * WtUsage:
 * @kinds: by #WtUsageKind: what messages and stickers use, each file once
 * @holds: by #WtBlobHold: the same files by why they are kept
 * @unused: what nothing uses; it is removed by itself some minutes after nobody needs it any more
 * @parts: downloads that are not complete
 * @database: the database: messages, with what finds them again
 * @backups: copies of the database from before an update
 * @conversations: (element-type gint64 guint64): bytes by conversation; what several have counts for one
 *
 * What a profile takes on the disk.
 */
typedef struct
{
  WtUsageShare kinds[WT_USAGE_N_KINDS];
  WtUsageShare holds[WT_BLOB_HOLD_REMOTE + 1];
  WtUsageShare unused;
  WtUsageShare parts;
  WtUsageShare database;
  WtUsageShare backups;
  GHashTable *conversations;
} WtUsage;

void wt_usage_free (WtUsage *self);
guint64 wt_usage_get_total (const WtUsage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtUsage, wt_usage_free)

void wt_profile_measure_async (WtProfile *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
WtUsage *wt_profile_measure_finish (WtProfile *self, GAsyncResult *result, GError **error);

void wt_profile_clear_media_async (WtProfile *self,
                                   WtBlobHold least,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gssize wt_profile_clear_media_finish (WtProfile *self, GAsyncResult *result, GError **error);

void wt_profile_export_async (WtProfile *self,
                              WtConversation *conversation,
                              WtExportFormat format,
                              const char *folder,
                              WtExportProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
WtExportReport *wt_profile_export_finish (WtProfile *self, GAsyncResult *result, GError **error);
gint64 wt_profile_count_exported (WtProfile *self, WtConversation *conversation);

G_END_DECLS
