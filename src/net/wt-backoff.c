/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-backoff.h"

/**
 * wt_backoff_init:
 * @self: to be initialised, and cleared with wt_backoff_clear()
 */
void
wt_backoff_init (WtBackoff *self)
{
  self->rand = g_rand_new ();
  self->failures = 0;
}

/**
 * wt_backoff_clear:
 * @self: a backoff
 */
void
wt_backoff_clear (WtBackoff *self)
{
  g_clear_pointer (&self->rand, g_rand_free);
}

/**
 * wt_backoff_reset:
 * @self: a backoff
 *
 * It went well for a while: begin with short waits again.
 */
void
wt_backoff_reset (WtBackoff *self)
{
  self->failures = 0;
}

/**
 * wt_backoff_get_ceiling:
 * @self: a backoff
 *
 * Returns: the longest that the next wait may be, in milliseconds: half a second, doubled with each failure, at most
 *   half a minute
 */
guint
wt_backoff_get_ceiling (const WtBackoff *self)
{
  guint doublings = MIN (self->failures, 6);

  return MIN ((guint) WT_BACKOFF_BASE_MS << doublings, WT_BACKOFF_MOST_MS);
}

/**
 * wt_backoff_next:
 * @self: a backoff
 *
 * Counts a failure. Full jitter: anything up to the ceiling, so that a thousand clients of a server that was
 * restarted do not come back at the same moment.
 *
 * Returns: how long to wait, in milliseconds
 */
guint
wt_backoff_next (WtBackoff *self)
{
  guint ceiling = wt_backoff_get_ceiling (self);

  self->failures++;
  return (guint) g_rand_int_range (self->rand, 0, (gint32) ceiling + 1);
}
