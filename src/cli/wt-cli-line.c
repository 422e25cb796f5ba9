/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-line.h"

#include "wt-cli-output.h"
#include "wt-escape.h"
#include "wt-export-words.h"

/* A message as one line for eyes. */

/**
 * wt_cli_line_format:
 * @conversation: (nullable): to name it in the line
 * @message: a message
 *
 * Time, conversation and what was said, set apart by tabs: no peer's text can have one, so that none can look like another's line.
 *
 * Returns: (transfer full): a line that is safe on a terminal
 */
char *
wt_cli_line_format (const WtConversationRecord *conversation, const WtMessageRecord *message)
{
  g_autofree char *time = wt_export_words_time (message->time);
  g_autofree char *faint = wt_cli_output_paint (time, WT_CLI_FAINT);
  g_autofree char *author = wt_escape_text (wt_export_words_author (message));
  g_autofree char *strong = wt_cli_output_paint (author, WT_CLI_STRONG);
  g_autofree char *text = wt_escape_text (message->deleted ? wt_export_words_deleted ()
                                                           : message->text);
  const char *delivery = message->direction == WT_DIRECTION_OUT
                             ? wt_export_words_delivery (message->delivery)
                             : NULL;
  g_autoptr (GString) line = g_string_new (faint);

  if (conversation != NULL)
    {
      g_autofree char *title = wt_escape_text (wt_export_words_title (conversation));

      g_string_append_printf (line, "\t%s", title);
    }
  g_string_append_printf (line, "\t%s: %s", strong, text);
  if (delivery != NULL)
    g_string_append_printf (line, " (%s)", delivery);
  return g_string_free (g_steal_pointer (&line), FALSE);
}
