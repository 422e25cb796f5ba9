/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtCliParts:
 * @images: (nullable): pictures to send, by file
 * @files: (nullable): files to send
 * @text: (nullable): text to send
 *
 * What a message is put together from, in this order.
 */
typedef struct
{
  GStrv images;
  GStrv files;
  char *text;
} WtCliParts;

void wt_cli_parts_clear (WtCliParts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WtCliParts, wt_cli_parts_clear)

gboolean wt_cli_parts_take_text (WtCliParts *self, GStrv words, GError **error);
gboolean wt_cli_parts_check (const WtCliParts *self, GError **error);
GPtrArray *wt_cli_parts_store (const WtCliParts *self,
                               WtBlobs *blobs,
                               GCancellable *cancellable,
                               GError **error);
WtSegment *wt_cli_parts_make (const WtCliParts *self, GPtrArray *media, guint number);

G_END_DECLS
