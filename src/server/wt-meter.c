/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-meter.h"

#include "wt-frame-scanner.h"

/* How much one peer may have read or written before the others get their turn: libsoup reads on until
 * there is nothing left, which a fast peer can put off for ever. */
#define TURN_BYTES (256 * 1024)
/* How often a throttled stream moves on, in milliseconds. */
#define THROTTLE_TICK_MS 50
/* What a queued frame costs besides its bytes. */
#define FRAME_OVERHEAD 64
#define OPCODE_MASK 0x0f
#define CONTROL_BIT 0x08

typedef struct
{
  WtFrameScanner scanner;
  gsize turn;        /* bytes since the stream last waited */
  gint64 since;      /* when the throttle's allowance began, monotonic µs */
  guint64 throttled; /* bytes since then */
} Side;

struct _WtMeter
{
  gatomicrefcount refs;

  Side sides[2];
  guint64 max_message;
  guint64 message; /* bytes of the incoming message so far, over all its fragments */
  gboolean too_big;
  gboolean discard;
  gboolean stalled;
  gboolean heard;
  guint rate;
  GQueue frames; /* sizes of the data frames that libsoup has not written yet */
  gsize queued;

  void (*too_big_func) (gpointer data);
  gpointer too_big_data; /* borrowed */
};

/**
 * wt_meter_new:
 * @max_message: the longest incoming message, in bytes on the wire
 *
 * Returns: (transfer full): a meter
 */
WtMeter *
wt_meter_new (guint64 max_message)
{
  WtMeter *self = g_new0 (WtMeter, 1);

  g_atomic_ref_count_init (&self->refs);
  g_queue_init (&self->frames);
  self->max_message = max_message;
  return self;
}

WtMeter *
wt_meter_ref (WtMeter *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
wt_meter_unref (WtMeter *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_queue_clear (&self->frames);
  g_free (self);
}

/**
 * wt_meter_set_too_big_func:
 * @self: a meter
 * @func: (nullable): called once, while the stream is being read, when the peer's message passes the limit;
 *   from then on everything read is thrown away
 * @data: for @func
 */
void
wt_meter_set_too_big_func (WtMeter *self, void (*func) (gpointer data), gpointer data)
{
  self->too_big_func = func;
  self->too_big_data = data;
}

/**
 * wt_meter_add_queued:
 * @self: a meter
 * @bytes: the size of one text frame that was just handed to libsoup
 */
void
wt_meter_add_queued (WtMeter *self, gsize bytes)
{
  gsize cost = bytes + FRAME_OVERHEAD;

  g_queue_push_tail (&self->frames, GSIZE_TO_POINTER (cost));
  self->queued += cost;
}

/**
 * wt_meter_get_queued:
 * @self: a meter
 *
 * Returns: bytes that wait to be written, frames counted whole until their last byte is gone
 */
gsize
wt_meter_get_queued (WtMeter *self)
{
  return self->queued;
}

/**
 * wt_meter_is_between_frames:
 * @self: a meter
 *
 * Returns: whether a frame written past libsoup would not end up inside another
 */
gboolean
wt_meter_is_between_frames (WtMeter *self)
{
  return wt_frame_scanner_is_between (&self->sides[WT_METER_WRITE].scanner);
}

/**
 * wt_meter_take_heard:
 * @self: a meter
 *
 * Returns: whether anything came from the peer since the last call
 */
gboolean
wt_meter_take_heard (WtMeter *self)
{
  gboolean heard = self->heard;

  self->heard = FALSE;
  return heard;
}

/**
 * wt_meter_stall:
 * @self: a meter
 *
 * From now on nothing is read or written, though the socket stays open: a half-open connection.
 */
void
wt_meter_stall (WtMeter *self)
{
  self->stalled = TRUE;
}

gboolean
wt_meter_is_stalled (WtMeter *self)
{
  return self->stalled;
}

/**
 * wt_meter_discard_input:
 * @self: a meter
 *
 * From now on what the peer sends is read and thrown away, so that it can see that it is being closed.
 */
void
wt_meter_discard_input (WtMeter *self)
{
  self->discard = TRUE;
}

/**
 * wt_meter_set_rate:
 * @self: a meter
 * @bytes_per_second: how fast each direction goes, or 0 for as fast as it can
 */
void
wt_meter_set_rate (WtMeter *self, guint bytes_per_second)
{
  self->rate = bytes_per_second;
}

static gsize
get_throttled_allowance (WtMeter *self, Side *side)
{
  gint64 now = g_get_monotonic_time ();
  guint64 earned;

  /* Start afresh every second, so that a quiet time earns no burst. */
  if (side->since == 0 || now - side->since > G_USEC_PER_SEC)
    {
      side->since = now - THROTTLE_TICK_MS * 1000;
      side->throttled = 0;
    }
  earned = (guint64) (now - side->since) * self->rate / G_USEC_PER_SEC;
  return earned > side->throttled ? (gsize) (earned - side->throttled) : 0;
}

/**
 * wt_meter_allow:
 * @self: a meter
 * @side: which end
 * @wanted: bytes to read or write
 *
 * Returns: how many of them may go now; 0: the stream would block
 */
gsize
wt_meter_allow (WtMeter *self, WtMeterSide side, gsize wanted)
{
  Side *end = &self->sides[side];

  if (self->stalled || end->turn >= TURN_BYTES)
    return 0;
  if (self->rate > 0)
    wanted = MIN (wanted, get_throttled_allowance (self, end));
  return wanted;
}

static void
on_read_header (guint8 first, guint64 length, gpointer data)
{
  WtMeter *self = data;

  if ((first & CONTROL_BIT) != 0)
    return;
  if ((first & OPCODE_MASK) != 0)
    self->message = 0;
  self->message = length > G_MAXUINT64 - self->message ? G_MAXUINT64 : self->message + length;
  if (self->message > self->max_message && !self->too_big)
    {
      self->too_big = TRUE;
      self->discard = TRUE;
      if (self->too_big_func != NULL)
        self->too_big_func (self->too_big_data);
    }
}

static void
on_written_frame (guint8 first, guint64 length, gpointer data)
{
  WtMeter *self = data;

  if ((first & CONTROL_BIT) == 0 && !g_queue_is_empty (&self->frames))
    self->queued -= GPOINTER_TO_SIZE (g_queue_pop_head (&self->frames));
}

/**
 * wt_meter_note:
 * @self: a meter
 * @side: which end
 * @bytes: (array length=length): what has been read or written
 * @length: how many bytes
 */
void
wt_meter_note (WtMeter *self, WtMeterSide side, gconstpointer bytes, gsize length)
{
  Side *end = &self->sides[side];

  end->turn += length;
  end->throttled += length;
  if (side == WT_METER_WRITE)
    {
      wt_frame_scanner_feed (&end->scanner, bytes, length, NULL, on_written_frame, self);
      return;
    }
  self->heard = TRUE;
  if (!self->discard)
    wt_frame_scanner_feed (&end->scanner, bytes, length, on_read_header, NULL, self);
}

/**
 * wt_meter_get_wait:
 * @self: a meter
 * @side: which end
 *
 * Called when the stream goes back to waiting.
 *
 * Returns: milliseconds to wait before trying again whatever the socket says, %WT_METER_NEVER, or
 *   %WT_METER_NOW to wait for the socket
 */
int
wt_meter_get_wait (WtMeter *self, WtMeterSide side)
{
  Side *end = &self->sides[side];
  gboolean turn_over = end->turn >= TURN_BYTES;

  end->turn = 0;
  if (self->stalled)
    return WT_METER_NEVER;
  if (self->rate > 0)
    return THROTTLE_TICK_MS;
  /* Not the socket's own source: what is left may already be in a buffer above it (TLS). */
  return turn_over ? 1 : WT_METER_NOW;
}

gboolean
wt_meter_discards_input (WtMeter *self)
{
  return self->discard;
}
