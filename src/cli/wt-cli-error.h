/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtCliError:
 * @WT_CLI_ERROR_USAGE: the command line cannot be understood: exit status 2
 * @WT_CLI_ERROR_FAILED: what was asked for did not happen: exit status 1
 * @WT_CLI_ERROR_REPORTED: the same, and the output says why already
 * @WT_CLI_ERROR_HELPED: only the help was asked for, and is printed: exit status 0
 * @WT_CLI_ERROR_INTERRUPTED: a signal ended it: exit status 1
 *
 * How a subcommand ends. The messages are words for the user.
 */
typedef enum
{
  WT_CLI_ERROR_USAGE = 1,
  WT_CLI_ERROR_FAILED,
  WT_CLI_ERROR_REPORTED,
  WT_CLI_ERROR_HELPED,
  WT_CLI_ERROR_INTERRUPTED,
} WtCliError;
#define WT_CLI_ERROR (wt_cli_error_quark ())
GQuark wt_cli_error_quark (void);

gboolean
wt_cli_error_set (GError **error, WtCliError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean wt_cli_error_set_usage (GError **error, const GError *why);
int wt_cli_error_get_status (const GError *error);

G_END_DECLS
