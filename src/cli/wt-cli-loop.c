/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-loop.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#include "wt-cli-error.h"

static const int caught[] = { SIGINT, SIGTERM, SIGHUP };

struct _WtCliLoop
{
  GCancellable *cancellable;
  guint sources[G_N_ELEMENTS (caught)];
  gboolean interrupted;
};

static void
stop_catching (WtCliLoop *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (caught); i++)
    g_clear_handle_id (&self->sources[i], g_source_remove);
}

static gboolean
on_signal (gpointer data)
{
  WtCliLoop *self = data;

  self->interrupted = TRUE;
  stop_catching (self);
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * wt_cli_loop_new:
 *
 * Catches the signals, and has writing to a closed pipe fail instead of killing the program.
 *
 * Returns: (transfer full): the loop
 */
WtCliLoop *
wt_cli_loop_new (void)
{
  WtCliLoop *self = g_new0 (WtCliLoop, 1);

  signal (SIGPIPE, SIG_IGN);
  self->cancellable = g_cancellable_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (caught); i++)
    self->sources[i] = g_unix_signal_add (caught[i], on_signal, self);
  return self;
}

/**
 * wt_cli_loop_free:
 * @self: (transfer full): a loop
 */
void
wt_cli_loop_free (WtCliLoop *self)
{
  stop_catching (self);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/**
 * wt_cli_loop_get_cancellable:
 * @self: a loop
 *
 * Returns: (transfer none): cancelled by a signal
 */
GCancellable *
wt_cli_loop_get_cancellable (WtCliLoop *self)
{
  return self->cancellable;
}

/**
 * wt_cli_loop_is_interrupted:
 * @self: a loop
 *
 * Returns: whether a signal came
 */
gboolean
wt_cli_loop_is_interrupted (WtCliLoop *self)
{
  return self->interrupted;
}

/**
 * wt_cli_loop_check:
 * @self: a loop
 * @error: return location for %WT_CLI_ERROR_INTERRUPTED
 *
 * Returns: whether to go on
 */
gboolean
wt_cli_loop_check (WtCliLoop *self, GError **error)
{
  if (!self->interrupted)
    return TRUE;
  return wt_cli_error_set (error, WT_CLI_ERROR_INTERRUPTED, "%s", _ ("Interrupted."));
}

/**
 * wt_cli_loop_keep_result:
 * @source: (nullable): ignored
 * @result: what is waited for
 * @data: (out): a `GAsyncResult **`
 *
 * The #GAsyncReadyCallback for wt_cli_loop_await().
 */
void
wt_cli_loop_keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object ((GAsyncResult **) data, result);
}

/**
 * wt_cli_loop_await:
 * @self: a loop
 * @result: where wt_cli_loop_keep_result() puts it; free it
 *
 * Runs the loop until there is a result. What was started must heed the loop's cancellable or end by itself.
 *
 * Returns: (transfer none): the result
 */
GAsyncResult *
wt_cli_loop_await (WtCliLoop *self, GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
on_deadline (gpointer data)
{
  gboolean *passed = data;

  *passed = TRUE;
  return G_SOURCE_CONTINUE;
}

/**
 * wt_cli_loop_run:
 * @self: a loop
 * @condition: what is waited for; asked after whatever happened
 * @data: for @condition
 * @deadline: by g_get_monotonic_time(), or -1 for none
 *
 * Runs the loop until @condition holds, the deadline passes or a signal comes.
 *
 * Returns: whether @condition held
 */
gboolean
wt_cli_loop_run (WtCliLoop *self, WtCliCondition condition, gpointer data, gint64 deadline)
{
  gboolean passed = FALSE;
  guint timer = 0;
  gboolean held;

  if (deadline >= 0)
    {
      gint64 left = (deadline - g_get_monotonic_time () + 999) / 1000;

      timer = g_timeout_add ((guint) CLAMP (left, 0, G_MAXINT), on_deadline, &passed);
    }
  while (!(held = condition (data)) && !passed && !self->interrupted)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&timer, g_source_remove);
  return held;
}

/**
 * wt_cli_loop_settle:
 *
 * Handles what waits already, such as callbacks that hold the last references.
 */
void
wt_cli_loop_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
