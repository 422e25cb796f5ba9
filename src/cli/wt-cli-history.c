/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-history.h"

#include <glib/gi18n-lib.h>

#include "wt-cli-archive.h"
#include "wt-cli-options.h"

#define DEFAULT_LIMIT 50
#define PAGE 256

typedef struct
{
  WtCliWho who;
  gboolean json;
  int limit;
  GStrv words;
} Options;

static void
options_clear (Options *self)
{
  wt_cli_who_clear (&self->who);
  g_clear_pointer (&self->words, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GOptionContext *
make_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "limit", 'n', 0, G_OPTION_ARG_INT, &self->limit,
      N_ ("Print the last so many messages (50); 0: all"), N_ ("N") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print one JSON value in a line"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words, NULL, NULL },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      _ ("CONVERSATION"), _ ("Print a stored conversation, named by its title or by its user's or "
                             "group's id. Nothing is changed; the window may be open."));

  wt_cli_options_add_account (context, &self->who);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static gboolean
print_conversation (WtCliArchive *archive,
                    WtCliLoop *loop,
                    const WtConversationRecord *conversation,
                    const Options *options,
                    GError **error)
{
  gint64 last = conversation->last_seq;
  gint64 next = options->limit > 0 ? MAX (last - options->limit + 1, 1) : 1;

  while (next <= last)
    {
      guint count = (guint) MIN (last - next + 1, PAGE);
      g_autoptr (GPtrArray) messages = wt_cli_archive_load (archive, loop, conversation, next,
                                                            count, error);

      if (messages == NULL)
        return FALSE;
      for (guint i = 0; i < messages->len; i++)
        {
          if (!wt_cli_archive_print (archive, conversation, g_ptr_array_index (messages, i), FALSE,
                                     options->json, error))
            return FALSE;
        }
      next += count;
    }
  return TRUE;
}

/**
 * wt_cli_history_run:
 * @loop: the program's loop
 * @arguments: (inout): the subcommand's command line
 * @error: return location for an error
 *
 * `wheatear-cli history`.
 *
 * Returns: whether it was printed
 */
gboolean
wt_cli_history_run (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { .limit = DEFAULT_LIMIT };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autofree char *name = NULL;
  g_autoptr (WtCliArchive) archive = NULL;
  const WtConversationRecord *conversation;

  if (!wt_cli_options_parse (context, arguments, error)
      || !wt_cli_options_check_range (options.limit, 0, "--limit", error)
      || !wt_cli_options_take_text (&options.who.account, error))
    return FALSE;
  name = wt_cli_options_take_single (options.words, _ ("CONVERSATION"), error);
  if (name == NULL)
    return FALSE;
  archive = wt_cli_archive_open (loop, options.who.profile, options.who.account, error);
  if (archive == NULL)
    return FALSE;
  conversation = wt_cli_archive_find (archive, name, error);
  return conversation != NULL && print_conversation (archive, loop, conversation, &options, error);
}
