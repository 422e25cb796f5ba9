/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-error.h"

#include <gio/gio.h>

#define STATUS_DONE 0
#define STATUS_FAILED 1
#define STATUS_USAGE 2

G_DEFINE_QUARK (wt_cli_error_quark, wt_cli_error)

/**
 * wt_cli_error_set:
 * @error: return location for an error
 * @code: its code
 * @format: words for the user
 * @...: for @format
 *
 * Returns: %FALSE, for `return wt_cli_error_set (...)`
 */
gboolean
wt_cli_error_set (GError **error, WtCliError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list list;

  va_start (list, format);
  message = g_strdup_vprintf (format, list);
  va_end (list);
  g_set_error_literal (error, WT_CLI_ERROR, (int) code, message);
  return FALSE;
}

/**
 * wt_cli_error_set_usage:
 * @error: return location for an error
 * @why: an error whose message is for the user, about something on the command line
 *
 * Returns: %FALSE
 */
gboolean
wt_cli_error_set_usage (GError **error, const GError *why)
{
  g_set_error_literal (error, WT_CLI_ERROR, WT_CLI_ERROR_USAGE, why->message);
  return FALSE;
}

/**
 * wt_cli_error_get_status:
 * @error: (nullable): how a subcommand ended
 *
 * Returns: the program's exit status
 */
int
wt_cli_error_get_status (const GError *error)
{
  if (error == NULL || g_error_matches (error, WT_CLI_ERROR, WT_CLI_ERROR_HELPED))
    return STATUS_DONE;
  /* Who reads has enough: that is no failure of ours. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return STATUS_DONE;
  if (error->domain == G_OPTION_ERROR || g_error_matches (error, WT_CLI_ERROR, WT_CLI_ERROR_USAGE))
    return STATUS_USAGE;
  return STATUS_FAILED;
}
