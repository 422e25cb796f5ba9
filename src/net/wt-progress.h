/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtProgress:
 * @received: bytes received so far
 * @taken: bytes sent that the peer's system has confirmed
 *
 * What a socket has carried. Private to the layer.
 */
typedef struct
{
  guint64 received;
  guint64 taken;
} WtProgress;

guint64 wt_progress_get_taken (GSocket *socket);
gboolean wt_progress_update (WtProgress *self, GSocket *socket);

G_END_DECLS
