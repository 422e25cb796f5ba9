/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-envelope.h"

G_BEGIN_DECLS

/* What becomes of the pictures and files in a received message. */
WtSegment *
wt_inbox_media_keep (WtSegment *segment, WtBlobs *blobs, GPtrArray *attachments, GError **error);
void wt_inbox_media_keep_async (WtEnvelope *envelope,
                                WtBlobs *blobs,
                                GAsyncReadyCallback callback,
                                gpointer data);
WtSegment *
wt_inbox_media_keep_finish (GAsyncResult *result, GPtrArray **attachments, GError **error);

G_END_DECLS
