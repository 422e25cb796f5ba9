/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-tally.h"

#include <glib/gi18n-lib.h>

#include "wt-cli-words.h"

/**
 * wt_cli_tally_init:
 * @self: (out): a tally of nothing
 */
void
wt_cli_tally_init (WtCliTally *self)
{
  *self = (WtCliTally){ .round_trips = g_array_new (FALSE, FALSE, sizeof (gint64)) };
}

/**
 * wt_cli_tally_clear:
 * @self: a tally
 */
void
wt_cli_tally_clear (WtCliTally *self)
{
  g_clear_pointer (&self->round_trips, g_array_unref);
}

/**
 * wt_cli_tally_add_ack:
 * @self: a tally
 * @round_trip: from writing the message for the last time to its ACK, microseconds; -1 where it is not known
 * @attempts: how often it was written
 */
void
wt_cli_tally_add_ack (WtCliTally *self, gint64 round_trip, guint attempts)
{
  self->acked++;
  if (attempts > 1)
    self->resent++;
  if (round_trip >= 0)
    g_array_append_val (self->round_trips, round_trip);
}

/**
 * wt_cli_tally_get_lost:
 * @self: a tally
 *
 * Returns: how many messages were not acknowledged
 */
guint
wt_cli_tally_get_lost (const WtCliTally *self)
{
  return self->sent - self->acked;
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/**
 * wt_cli_tally_get_percentile:
 * @self: a tally
 * @percent: from 1 to 100
 *
 * Returns: the round trip that so many of a hundred messages did not exceed (nearest rank), microseconds; -1 where none is known
 */
gint64
wt_cli_tally_get_percentile (WtCliTally *self, guint percent)
{
  guint n = self->round_trips->len;
  guint rank = (guint) (((guint64) n * percent + 99) / 100);

  if (n == 0)
    return -1;
  g_array_sort (self->round_trips, compare);
  return g_array_index (self->round_trips, gint64, MAX (rank, 1) - 1);
}

/**
 * wt_cli_tally_summarize:
 * @self: a tally
 *
 * Returns: (transfer full): the tally in a line
 */
char *
wt_cli_tally_summarize (WtCliTally *self)
{
  g_autofree char *counts = g_strdup_printf (_ ("sent %u, acked %u, lost %u"), self->sent,
                                             self->acked, wt_cli_tally_get_lost (self));

  if (self->round_trips->len == 0)
    return g_steal_pointer (&counts);

  if (self->resent > 0)
    {
      g_autofree char *before = g_steal_pointer (&counts);

      /* TRANSLATORS: after the counts; round trips are those of the last time */
      counts = g_strdup_printf (_ ("%s, sent again %u"), before, self->resent);
    }

  g_autofree char *median = wt_cli_words_milliseconds (wt_cli_tally_get_percentile (self, 50));
  g_autofree char *worst = wt_cli_words_milliseconds (wt_cli_tally_get_percentile (self, 99));

  /* TRANSLATORS: after the counts: how long ACKs took, half of them and 99 of 100 of them at most */
  return g_strdup_printf (_ ("%s, round trip p50 %s, p99 %s"), counts, median, worst);
}
