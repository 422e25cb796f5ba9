/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-queue.h"

/* So many are taken before anything else has its turn: some milliseconds. */
#define AT_ONCE 16

/* More than this is the peer's to keep: an unacknowledged message is its own still. */
#define MOST_FRAMES 100000
#define MOST_BYTES (256 * 1024 * 1024)

struct _WtFrameQueue
{
  WtFrameQueueFuncs funcs;
  gpointer data;

  GQueue frames; /* of GBytes */
  guint64 bytes; /* of them all */
  guint most_frames;
  guint64 most_bytes;
  GSource *taking; /* (nullable): while there is something to take */
  gboolean held;
  gboolean crowded;
};

/* Half of it gone is enough to go on: not so close to the limit that it is met again at once. */
static void
update_crowded (WtFrameQueue *self)
{
  guint share = self->crowded ? 2 : 1;
  gboolean crowded = self->frames.length > self->most_frames / share
                     || self->bytes > self->most_bytes / share;

  if (crowded == self->crowded)
    return;
  self->crowded = crowded;
  self->funcs.crowded (crowded, self->data);
}

static void
stop_taking (WtFrameQueue *self)
{
  if (self->taking == NULL)
    return;
  g_source_destroy (self->taking);
  g_clear_pointer (&self->taking, g_source_unref);
}

static gboolean
on_turn (gpointer data)
{
  WtFrameQueue *self = data;

  for (guint i = 0; i < AT_ONCE && !self->held && self->frames.length > 0; i++)
    {
      g_autoptr (GBytes) frame = g_queue_pop_head (&self->frames);

      self->bytes -= g_bytes_get_size (frame);
      self->funcs.take (frame, self->data);
    }
  update_crowded (self);
  if (!self->held && self->frames.length > 0)
    return G_SOURCE_CONTINUE;
  stop_taking (self);
  return G_SOURCE_REMOVE;
}

static void
go_on (WtFrameQueue *self)
{
  if (self->taking != NULL || self->held || self->frames.length == 0)
    return;

  self->taking = g_idle_source_new ();
  g_source_set_priority (self->taking, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->taking, "WtFrameQueue");
  g_source_set_callback (self->taking, on_turn, self, NULL);
  g_source_attach (self->taking, g_main_context_get_thread_default ());
}

/**
 * wt_frame_queue_new:
 * @funcs: what the queue calls, in the thread-default main context of where frames are pushed; copied. None of them may free it
 * @data: for @funcs; not owned
 *
 * Returns: (transfer full): an empty queue
 */
WtFrameQueue *
wt_frame_queue_new (const WtFrameQueueFuncs *funcs, gpointer data)
{
  WtFrameQueue *self = g_new0 (WtFrameQueue, 1);

  self->funcs = *funcs;
  self->data = data;
  self->most_frames = MOST_FRAMES;
  self->most_bytes = MOST_BYTES;
  g_queue_init (&self->frames);
  return self;
}

/**
 * wt_frame_queue_free:
 * @self: (transfer full): a queue
 *
 * What waits is forgotten: nobody has acknowledged it, so it may come again.
 */
void
wt_frame_queue_free (WtFrameQueue *self)
{
  stop_taking (self);
  g_queue_clear_full (&self->frames, (GDestroyNotify) g_bytes_unref);
  g_free (self);
}

/**
 * wt_frame_queue_set_limits:
 * @self: a queue
 * @frames: how many may wait; 100 000 at first
 * @bytes: how long they may be together; 256 MiB at first
 *
 * What is received beyond is taken nevertheless, but #WtFrameQueueFuncs.crowded is called with %TRUE, and with %FALSE once less
 * than half is left.
 */
void
wt_frame_queue_set_limits (WtFrameQueue *self, guint frames, guint64 bytes)
{
  g_return_if_fail (self != NULL);

  self->most_frames = frames;
  self->most_bytes = bytes;
}

/**
 * wt_frame_queue_push:
 * @self: a queue
 * @frame: what was received; it is taken in the order it came in, not before the main loop's next turn
 */
void
wt_frame_queue_push (WtFrameQueue *self, GBytes *frame)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (frame != NULL);

  g_queue_push_tail (&self->frames, g_bytes_ref (frame));
  self->bytes += g_bytes_get_size (frame);
  go_on (self);
  update_crowded (self);
}

/**
 * wt_frame_queue_set_held:
 * @self: a queue
 * @held: whether nothing is taken for now; may be called while one is taken
 */
void
wt_frame_queue_set_held (WtFrameQueue *self, gboolean held)
{
  g_return_if_fail (self != NULL);

  self->held = held;
  go_on (self);
}

/**
 * wt_frame_queue_is_crowded:
 * @self: a queue
 *
 * Returns: whether so much waits that nothing more should be received
 */
gboolean
wt_frame_queue_is_crowded (WtFrameQueue *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->crowded;
}
