/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "wt-segment.h"

G_BEGIN_DECLS

void wt_protocol_fuzz_envelope (const guint8 *data, gsize length);
void wt_protocol_fuzz_storage (const guint8 *data, gsize length);
gboolean wt_protocol_fuzz_is_cut (WtSegment *segment, WtDialect dialect);

G_END_DECLS
