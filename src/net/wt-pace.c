/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-pace.h"

#include "wt-download.h"

#define CONNECT_SECONDS 15
#define STALL_SECONDS 30

/* A server that sends a byte now and then would hold a download for ever. */
#define LEAST_BYTES_PER_SECOND 1024
#define WINDOW_SECONDS 60

struct _WtPace
{
  WtClock *clock;
  WtPaceFunc func;
  gpointer data;
  guint timeout;
  const char *waits_for;
  gint64 waiting_since;
  gint64 waited_us; /* in the window */
  guint64 window_bytes;
};

static void
report (WtPace *self, const char *what)
{
  self->func (g_error_new_literal (WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_STALLED, what), self->data);
}

static gboolean
on_timeout (gpointer data)
{
  WtPace *self = data;

  self->timeout = 0;
  report (self, self->waits_for);
  return G_SOURCE_REMOVE;
}

static void
wait_for (WtPace *self, const char *waits_for, guint seconds)
{
  wt_pace_rest (self);
  self->waits_for = waits_for;
  self->timeout = wt_clock_add_timeout (self->clock, (guint64) seconds * 1000, on_timeout, self,
                                        NULL);
}

/**
 * wt_pace_new:
 * @clock: whose time counts
 * @func: (scope forever): called once in the main context when a wait is too long; then none is under way
 * @data: for @func
 *
 * Returns: (transfer full): a pace that waits for nothing yet
 */
WtPace *
wt_pace_new (WtClock *clock, WtPaceFunc func, gpointer data)
{
  WtPace *self = g_new0 (WtPace, 1);

  self->clock = g_object_ref (clock);
  self->func = func;
  self->data = data;
  return self;
}

/**
 * wt_pace_free:
 * @self: (transfer full): a pace
 */
void
wt_pace_free (WtPace *self)
{
  wt_pace_rest (self);
  g_clear_object (&self->clock);
  g_free (self);
}

/**
 * wt_pace_expect_connection:
 * @self: a pace
 *
 * Look-up, connection and TLS have 15 seconds together.
 */
void
wt_pace_expect_connection (WtPace *self)
{
  wait_for (self, "No connection in time", CONNECT_SECONDS);
}

/**
 * wt_pace_expect_answer:
 * @self: a pace
 *
 * The answer's whole header has 30 seconds, however its bytes drip.
 */
void
wt_pace_expect_answer (WtPace *self)
{
  wait_for (self, "No answer in time", STALL_SECONDS);
}

/**
 * wt_pace_expect_bytes:
 * @self: a pace
 *
 * Some bytes of the body have to come within 30 seconds.
 */
void
wt_pace_expect_bytes (WtPace *self)
{
  wait_for (self, "No more bytes came", STALL_SECONDS);
  self->waiting_since = wt_clock_get_monotonic (self->clock);
}

/**
 * wt_pace_count:
 * @self: a pace that expected bytes
 * @bytes: how many came
 *
 * Ends the wait for them. At least a kibibyte a second has to come on average over a minute of waiting; what the
 * own disk takes is not waiting.
 *
 * Returns: whether it was enough; if not, it has been told
 */
gboolean
wt_pace_count (WtPace *self, gsize bytes)
{
  guint64 window_bytes = self->window_bytes + bytes;
  guint64 least;

  wt_pace_rest (self);
  self->window_bytes = window_bytes;
  self->waited_us += wt_clock_get_monotonic (self->clock) - self->waiting_since;
  if (self->waited_us < WINDOW_SECONDS * G_USEC_PER_SEC)
    return TRUE;

  least = (guint64) self->waited_us * LEAST_BYTES_PER_SECOND / G_USEC_PER_SEC;
  self->window_bytes = 0;
  self->waited_us = 0;
  if (window_bytes >= least)
    return TRUE;
  report (self, "Too few bytes came");
  return FALSE;
}

/**
 * wt_pace_rest:
 * @self: a pace
 *
 * Nothing is expected.
 */
void
wt_pace_rest (WtPace *self)
{
  if (self->timeout != 0)
    wt_clock_remove_timeout (self->clock, self->timeout);
  self->timeout = 0;
}
