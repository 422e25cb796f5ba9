/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtFrameQueue:
 *
 * What a socket has brought and nobody has looked at. libsoup reads until there is no more, which may be never: whoever parsed each
 * frame at once would let answers, the disk's results and other accounts wait for all of them. Here they are taken a few in each
 * turn of the main loop, and none while what comes after is held up.
 */
typedef struct _WtFrameQueue WtFrameQueue;

/**
 * WtFrameQueueFuncs:
 * @take: called with one frame after another
 * @crowded: so much waits that no more should be received, or that has ended
 */
typedef struct
{
  void (*take) (GBytes *frame, gpointer data);
  void (*crowded) (gboolean crowded, gpointer data);
} WtFrameQueueFuncs;

WtFrameQueue *wt_frame_queue_new (const WtFrameQueueFuncs *funcs, gpointer data);
void wt_frame_queue_free (WtFrameQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtFrameQueue, wt_frame_queue_free)

void wt_frame_queue_set_limits (WtFrameQueue *self, guint frames, guint64 bytes);
void wt_frame_queue_push (WtFrameQueue *self, GBytes *frame);
void wt_frame_queue_set_held (WtFrameQueue *self, gboolean held);
gboolean wt_frame_queue_is_crowded (WtFrameQueue *self);

G_END_DECLS
