/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtDraftOptions:
 * @WT_DRAFT_PICTURE: it is a picture
 * @WT_DRAFT_AS_FILE: which is sent as a file
 * @WT_DRAFT_SCALED: a large picture is made smaller
 *
 * Stored on disk: never renumber.
 */
typedef enum
{
  WT_DRAFT_PICTURE = 1 << 0,
  WT_DRAFT_AS_FILE = 1 << 1,
  WT_DRAFT_SCALED = 1 << 2,
} WtDraftOptions;

/**
 * WtDraftAttachment:
 * @plain: (nullable): as it is
 * @small: (nullable): made smaller; one of the two is there
 *
 * Something attached to a message that is being written. Its contents are in the blob folder.
 */
typedef struct
{
  WtDraftOptions options;
  WtMedia *plain;
  WtMedia *small;
} WtDraftAttachment;

WtDraftAttachment *wt_draft_attachment_new (void);
WtDraftAttachment *wt_draft_attachment_copy (const WtDraftAttachment *self);
void wt_draft_attachment_free (WtDraftAttachment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtDraftAttachment, wt_draft_attachment_free)

GPtrArray *wt_draft_attachments_new (void);
GPtrArray *wt_draft_attachments_copy (GPtrArray *attachments);
gboolean wt_draft_attachments_equal (GPtrArray *one, GPtrArray *other);

void wt_draft_store_set_async (WtDatabase *db,
                               gint64 conversation_id,
                               GPtrArray *attachments,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean wt_draft_store_set_finish (WtDatabase *db, GAsyncResult *result, GError **error);

void wt_draft_store_list_async (WtDatabase *db,
                                gint64 conversation_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
GPtrArray *wt_draft_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
