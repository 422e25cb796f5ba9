/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtCliTally:
 * @sent: messages handed over
 * @acked: of those, acknowledged
 * @failed: of those, given up
 * @resent: of those acknowledged, sent more than once
 *
 * What became of the messages of a run.
 */
typedef struct
{
  guint sent;
  guint acked;
  guint failed;
  guint resent;

  GArray *round_trips; /* of gint64, microseconds */
} WtCliTally;

void wt_cli_tally_init (WtCliTally *self);
void wt_cli_tally_clear (WtCliTally *self);
void wt_cli_tally_add_ack (WtCliTally *self, gint64 round_trip, guint attempts);
guint wt_cli_tally_get_lost (const WtCliTally *self);
gint64 wt_cli_tally_get_percentile (WtCliTally *self, guint percent);
char *wt_cli_tally_summarize (WtCliTally *self);

G_END_DECLS
