/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdio.h>

G_BEGIN_DECLS

/**
 * WtCliColour:
 *
 * How a word is set off on a terminal.
 */
typedef enum
{
  WT_CLI_PLAIN,
  WT_CLI_GOOD,
  WT_CLI_BAD,
  WT_CLI_STRONG,
  WT_CLI_FAINT,
} WtCliColour;

gboolean wt_cli_output_line (const char *line, GError **error);
gboolean wt_cli_output_json (const char *json, GError **error);
void wt_cli_output_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

gboolean wt_cli_output_is_terminal (FILE *stream);
char *wt_cli_output_paint (const char *text, WtCliColour colour);
char *wt_cli_output_pad (const char *text, guint width);
guint wt_cli_output_get_width (const char *text);

G_END_DECLS
