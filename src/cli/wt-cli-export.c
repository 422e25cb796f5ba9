/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-export.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "wt-cli-archive.h"
#include "wt-cli-error.h"
#include "wt-cli-options.h"
#include "wt-cli-output.h"
#include "wt-cli-progress.h"
#include "wt-escape.h"
#include "wt-export.h"

typedef struct
{
  WtCliWho who;
  gboolean all;
  char *format_name;
  char *output;
  GStrv words;

  WtExportFormat format;
} Options;

static void
options_clear (Options *self)
{
  wt_cli_who_clear (&self->who);
  g_clear_pointer (&self->format_name, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->words, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GOptionContext *
make_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &self->all, N_ ("Export every conversation"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_FILENAME, &self->format_name,
      N_ ("jsonl (as when it is left out) or markdown"), N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("The folder to write to; made where it does not exist"), N_ ("FOLDER") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words, NULL, NULL },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      _ ("[CONVERSATION]"), _ ("Write a stored conversation, or all, to files: one for each "
                               "conversation, with its pictures "
                               "and files in a folder beside it. No file is written over, and no "
                               "key is written. The profile "
                               "is not changed; the window may be open."));

  wt_cli_options_add_account (context, &self->who);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static gboolean
check (Options *self, char **name, GError **error)
{
  if (self->all == (self->words != NULL))
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             _ ("Say what to export: a CONVERSATION, or --all."));
  if (self->output == NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("--output is missing."));
  if (self->format_name == NULL || g_strcmp0 (self->format_name, "jsonl") == 0)
    self->format = WT_EXPORT_FORMAT_JSONL;
  else if (g_strcmp0 (self->format_name, "markdown") == 0)
    self->format = WT_EXPORT_FORMAT_MARKDOWN;
  else
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("--format is jsonl or markdown."));
  if (!wt_cli_options_take_text (&self->who.account, error))
    return FALSE;
  if (self->all)
    return TRUE;
  *name = wt_cli_options_take_single (self->words, _ ("CONVERSATION"), error);
  return *name != NULL;
}

static void
on_progress (gint64 done, gpointer data)
{
  wt_cli_progress_set (data, (guint) MIN (done, G_MAXINT));
}

static WtExportReport *
write_conversation (WtCliArchive *archive,
                    WtCliLoop *loop,
                    const WtConversationRecord *conversation,
                    const Options *options,
                    GError **error)
{
  g_autoptr (WtCliProgress) progress = wt_cli_progress_new (
      (guint) MIN (conversation->last_seq, G_MAXINT));
  g_autoptr (GAsyncResult) result = NULL;

  wt_export_async (archive->database, archive->blobs,
                   wt_cli_archive_lookup_account (archive, conversation->account_id), conversation,
                   options->format, options->output, on_progress, progress,
                   wt_cli_loop_get_cancellable (loop), wt_cli_loop_keep_result, &result);
  return wt_export_finish (archive->database, wt_cli_loop_await (loop, &result), error);
}

static gboolean
export_conversation (WtCliArchive *archive,
                     WtCliLoop *loop,
                     const WtConversationRecord *conversation,
                     const Options *options,
                     GError **error)
{
  g_autoptr (WtExportReport) report = write_conversation (archive, loop, conversation, options,
                                                          error);

  if (report == NULL)
    return FALSE;

  g_autofree char *shown = g_filename_display_name (report->path);
  g_autofree char *line = wt_escape_text (shown);

  if (report->n_missing > 0)
    wt_cli_output_note (ngettext ("%s: %u picture or file is missing or damaged, and was left out.",
                                  "%s: %u pictures or files are missing or damaged, and were left "
                                  "out.",
                                  report->n_missing),
                        shown, report->n_missing);
  return wt_cli_output_line (line, error);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  return wt_cli_error_set (error, WT_CLI_ERROR_FAILED, _ ("%s cannot be made: %s."), folder,
                           g_strerror (errno));
}

/**
 * wt_cli_export_run:
 * @loop: the program's loop
 * @arguments: (inout): the subcommand's command line
 * @error: return location for an error
 *
 * `wheatear-cli export`. Prints the files it wrote.
 *
 * Returns: whether all of it was written
 */
gboolean
wt_cli_export_run (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autofree char *name = NULL;
  g_autoptr (WtCliArchive) archive = NULL;

  if (!wt_cli_options_parse (context, arguments, error) || !check (&options, &name, error))
    return FALSE;
  archive = wt_cli_archive_open (loop, options.who.profile, options.who.account, error);
  if (archive == NULL)
    return FALSE;
  if (!options.all)
    {
      const WtConversationRecord *conversation = wt_cli_archive_find (archive, name, error);

      return conversation != NULL && make_folder (options.output, error)
             && export_conversation (archive, loop, conversation, &options, error);
    }
  if (!make_folder (options.output, error))
    return FALSE;
  for (guint i = 0; i < archive->conversations->len; i++)
    {
      if (!export_conversation (archive, loop, g_ptr_array_index (archive->conversations, i),
                                &options, error))
        return FALSE;
    }
  return TRUE;
}
