/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtFrameScanner:
 *
 * Follows the frames in one direction of a WebSocket by their headers, without keeping what is in them.
 * All zeros is its initial state.
 */
typedef struct
{
  guint8 header[14];
  guint header_length;
  guint64 left;
  gboolean in_payload;
} WtFrameScanner;

/**
 * WtFrameFunc:
 * @first: the frame's first byte: FIN, reserved bits, opcode
 * @length: of its payload on the wire, in bytes
 * @data: the caller's data
 *
 * A frame's header, or its end, was passed.
 */
typedef void (*WtFrameFunc) (guint8 first, guint64 length, gpointer data);

void wt_frame_scanner_feed (WtFrameScanner *self,
                            const guint8 *bytes,
                            gsize length,
                            WtFrameFunc on_header,
                            WtFrameFunc on_end,
                            gpointer data);
gboolean wt_frame_scanner_is_between (const WtFrameScanner *self);

G_END_DECLS
