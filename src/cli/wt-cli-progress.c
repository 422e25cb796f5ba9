/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-progress.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "wt-cli-output.h"

#define BAR_WIDTH 30
/* Often enough to see it move. */
#define LEAST_BETWEEN (100 * G_TIME_SPAN_MILLISECOND)

struct _WtCliProgress
{
  guint total;
  gint64 started;
  gint64 drawn;
  gboolean shown;
  gboolean visible;
};

/**
 * wt_cli_progress_new:
 * @total: how much there is to do
 *
 * Returns: (transfer full): a bar, not drawn yet
 */
WtCliProgress *
wt_cli_progress_new (guint total)
{
  WtCliProgress *self = g_new0 (WtCliProgress, 1);

  self->total = total;
  self->started = g_get_monotonic_time ();
  self->visible = total > 1 && wt_cli_output_is_terminal (stderr);
  return self;
}

/**
 * wt_cli_progress_free:
 * @self: (transfer full): a bar; cleared
 */
void
wt_cli_progress_free (WtCliProgress *self)
{
  wt_cli_progress_clear (self);
  g_free (self);
}

/**
 * wt_cli_progress_draw:
 * @done: how much is done
 * @total: of how much; not 0
 * @seconds: since when
 *
 * Returns: (transfer full): the bar as a line
 */
char *
wt_cli_progress_draw (guint done, guint total, double seconds)
{
  guint filled = (guint) ((guint64) MIN (done, total) * BAR_WIDTH / total);
  g_autofree char *bar = g_strnfill (filled, '#');
  g_autofree char *rest = g_strnfill (BAR_WIDTH - filled, '.');
  double rate = seconds > 0 ? (double) done / seconds : 0;

  /* TRANSLATORS: a progress bar: how many messages of how many, and how many in a second */
  return g_strdup_printf (_ ("[%s%s] %u/%u, %.0f/s"), bar, rest, done, total, rate);
}

/**
 * wt_cli_progress_set:
 * @self: a bar
 * @done: how much is done
 */
void
wt_cli_progress_set (WtCliProgress *self, guint done)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->visible || now - self->drawn < LEAST_BETWEEN)
    return;

  g_autofree char *line = wt_cli_progress_draw (done, self->total,
                                                (double) (now - self->started) / G_USEC_PER_SEC);

  self->drawn = now;
  self->shown = TRUE;
  fprintf (stderr, "\r%s\033[K", line);
  fflush (stderr);
}

/**
 * wt_cli_progress_clear:
 * @self: a bar
 *
 * Takes it away, to write something else.
 */
void
wt_cli_progress_clear (WtCliProgress *self)
{
  if (!self->shown)
    return;
  self->shown = FALSE;
  self->drawn = 0;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
}
