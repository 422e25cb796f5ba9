/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtShared:
 *
 * A picture, file or recording as one of those of a conversation. Never changes.
 */
#define WT_TYPE_SHARED (wt_shared_get_type ())
G_DECLARE_FINAL_TYPE (WtShared, wt_shared, WT, SHARED, GObject)

WtShared *wt_shared_new (WtSharedRecord *record);
const WtSharedRecord *wt_shared_get_record (WtShared *self);
const WtMedia *wt_shared_get_media (WtShared *self);
gboolean wt_shared_equal (WtShared *self, const WtSharedRecord *record);

G_END_DECLS
