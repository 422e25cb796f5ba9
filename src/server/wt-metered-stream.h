/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-meter.h"

G_BEGIN_DECLS

#define WT_TYPE_METERED_STREAM (wt_metered_stream_get_type ())
G_DECLARE_FINAL_TYPE (WtMeteredStream, wt_metered_stream, WT, METERED_STREAM, GIOStream)

WtMeteredStream *wt_metered_stream_new (GIOStream *base, GSocket *socket, WtMeter *meter);
WtMeter *wt_metered_stream_get_meter (WtMeteredStream *self);
gboolean wt_metered_stream_write_past (WtMeteredStream *self, gconstpointer bytes, gsize length);
void wt_metered_stream_shut_down (WtMeteredStream *self);

G_END_DECLS
