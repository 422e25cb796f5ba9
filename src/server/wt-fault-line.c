/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-fault-line.h"

/* How long a frame waits for another to pass it, in milliseconds. */
#define REORDER_WAIT_MS 30
/* More delayed ACKs than this are sent early. */
#define MOST_DELAYED 100000

typedef struct
{
  GBytes *frame;
  gint64 due; /* monotonic µs */
} Delayed;

struct _WtFaultLine
{
  WtFaults *faults;
  WtClock *clock;
  WtFaultLineFunc func;
  gpointer data; /* borrowed: the owner frees the line first */

  GQueue delayed; /* Delayed, the first due first */
  guint delay_timeout;
  GBytes *held;
  guint held_timeout;
};

static void
delayed_free (gpointer data)
{
  Delayed *delayed = data;

  g_bytes_unref (delayed->frame);
  g_free (delayed);
}

static gboolean
release_held (WtFaultLine *self)
{
  g_autoptr (GBytes) held = g_steal_pointer (&self->held);

  if (self->held_timeout != 0)
    {
      wt_clock_remove_timeout (self->clock, self->held_timeout);
      self->held_timeout = 0;
    }
  return held == NULL || self->func (held, self->data);
}

static gboolean
on_held_too_long (gpointer data)
{
  WtFaultLine *self = data;

  self->held_timeout = 0;
  release_held (self);
  return G_SOURCE_REMOVE;
}

static gboolean
pass_reordered (WtFaultLine *self, GBytes *frame, gboolean is_ack)
{
  gboolean sent;

  if (self->held == NULL && (is_ack || !wt_faults_reorders_acks_only (self->faults))
      && wt_faults_happens (self->faults, WT_FAULT_REORDER))
    {
      self->held = g_bytes_ref (frame);
      self->held_timeout = wt_clock_add_timeout (self->clock, REORDER_WAIT_MS, on_held_too_long,
                                                 self, NULL);
      return TRUE;
    }
  sent = self->func (frame, self->data);
  return release_held (self) && sent;
}

static gboolean
pass (WtFaultLine *self, GBytes *frame, gboolean is_ack)
{
  gboolean twice = wt_faults_happens (self->faults, WT_FAULT_DUPLICATE);
  gboolean sent;

  if (wt_faults_happens (self->faults, WT_FAULT_MALFORMED))
    {
      g_autoptr (GBytes) malformed = wt_faults_make_malformed (self->faults);

      self->func (malformed, self->data);
    }
  sent = pass_reordered (self, frame, is_ack);
  if (twice)
    sent = pass_reordered (self, frame, is_ack) && sent;
  return sent;
}

static gboolean
on_delay_over (gpointer data)
{
  WtFaultLine *self = data;
  Delayed *first;

  self->delay_timeout = 0;
  while ((first = g_queue_peek_head (&self->delayed)) != NULL)
    {
      gint64 now = wt_clock_get_monotonic (self->clock);

      if (first->due > now)
        {
          self->delay_timeout = wt_clock_add_timeout (
              self->clock, (guint64) (first->due - now + 999) / 1000, on_delay_over, self, NULL);
          break;
        }
      g_queue_pop_head (&self->delayed);
      pass (self, first->frame, TRUE);
      delayed_free (first);
    }
  return G_SOURCE_REMOVE;
}

static void
delay (WtFaultLine *self, GBytes *frame, guint milliseconds)
{
  Delayed *delayed = g_new0 (Delayed, 1);

  delayed->frame = g_bytes_ref (frame);
  delayed->due = wt_clock_get_monotonic (self->clock) + (gint64) milliseconds * 1000;
  g_queue_push_tail (&self->delayed, delayed);
  if (self->delay_timeout == 0)
    self->delay_timeout = wt_clock_add_timeout (self->clock, milliseconds, on_delay_over, self,
                                                NULL);
}

/**
 * wt_fault_line_new:
 * @faults: what goes wrong
 * @clock: for what comes late
 * @func: what sends a frame; it must not free the line
 * @data: for @func
 *
 * Returns: (transfer full): a line
 */
WtFaultLine *
wt_fault_line_new (WtFaults *faults, WtClock *clock, WtFaultLineFunc func, gpointer data)
{
  WtFaultLine *self = g_new0 (WtFaultLine, 1);

  self->faults = wt_faults_ref (faults);
  self->clock = g_object_ref (clock);
  self->func = func;
  self->data = data;
  g_queue_init (&self->delayed);
  return self;
}

void
wt_fault_line_free (WtFaultLine *self)
{
  if (self->delay_timeout != 0)
    wt_clock_remove_timeout (self->clock, self->delay_timeout);
  if (self->held_timeout != 0)
    wt_clock_remove_timeout (self->clock, self->held_timeout);
  g_queue_clear_full (&self->delayed, delayed_free);
  g_clear_pointer (&self->held, g_bytes_unref);
  g_clear_pointer (&self->faults, wt_faults_unref);
  g_clear_object (&self->clock);
  g_free (self);
}

/**
 * wt_fault_line_push:
 * @self: a line
 * @frame: an envelope to send
 * @is_ack: whether it is an ACK
 *
 * Returns: %FALSE where it could not be sent; what is lost or late counts as sent
 */
gboolean
wt_fault_line_push (WtFaultLine *self, GBytes *frame, gboolean is_ack)
{
  guint late = is_ack ? wt_faults_get_ack_delay (self->faults) : 0;

  if (is_ack && wt_faults_happens (self->faults, WT_FAULT_DROP_ACK))
    return TRUE;
  if (late > 0 && g_queue_get_length (&self->delayed) < MOST_DELAYED)
    {
      delay (self, frame, late);
      return TRUE;
    }
  return pass (self, frame, is_ack);
}
