/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-frame.h"

G_BEGIN_DECLS

/**
 * WtFramePairs:
 *
 * Finds the acknowledgement to each frame of a log, as they come.
 */
typedef struct _WtFramePairs WtFramePairs;

WtFramePairs *wt_frame_pairs_new (void);
void wt_frame_pairs_free (WtFramePairs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtFramePairs, wt_frame_pairs_free)

void wt_frame_pairs_take (WtFramePairs *self, WtFrame *frame);
void wt_frame_pairs_forget (WtFramePairs *self, WtFrame *frame);
void wt_frame_pairs_clear (WtFramePairs *self);

G_END_DECLS
