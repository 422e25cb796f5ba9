/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-search.h"

#include <glib/gi18n-lib.h>

#include "wt-cli-archive.h"
#include "wt-cli-error.h"
#include "wt-cli-options.h"
#include "wt-search-store.h"

#define DEFAULT_LIMIT 50

typedef struct
{
  WtCliWho who;
  char *conversation;
  gboolean json;
  int limit;
  GStrv words;
} Options;

static void
options_clear (Options *self)
{
  wt_cli_who_clear (&self->who);
  g_clear_pointer (&self->conversation, g_free);
  g_clear_pointer (&self->words, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GOptionContext *
make_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "in", 0, 0, G_OPTION_ARG_FILENAME, &self->conversation,
      N_ ("Search in this conversation only"), N_ ("CONVERSATION") },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &self->limit, N_ ("Print so many messages at most (50)"),
      N_ ("N") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print one JSON value in a line"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words, NULL, NULL },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      _ ("TEXT"),
      _ ("Find stored messages with these words or beginnings of words, the newest first. "
         "Nothing is changed; the window may be open."));

  wt_cli_options_add_account (context, &self->who);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static char *
take_text (const Options *self, GError **error)
{
  g_autofree char *text = self->words != NULL ? g_strjoinv (" ", self->words) : NULL;

  if (text == NULL || *g_strstrip (text) == '\0')
    {
      wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("TEXT is missing."));
      return NULL;
    }
  return wt_cli_options_take_text (&text, error) ? g_steal_pointer (&text) : NULL;
}

static gboolean
print_message (WtCliArchive *archive,
               const WtMessageRecord *message,
               gboolean is_json,
               GError **error)
{
  const WtConversationRecord *conversation = wt_cli_archive_lookup (archive,
                                                                    message->conversation_id);

  /* It came into being after the list was made. */
  return conversation == NULL
         || wt_cli_archive_print (archive, conversation, message, TRUE, is_json, error);
}

static gboolean
search (WtCliArchive *archive,
        WtCliLoop *loop,
        const WtSearchQuery *query,
        const Options *options,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  wt_search_store_search_async (archive->database, query, wt_cli_loop_get_cancellable (loop),
                                wt_cli_loop_keep_result, &result);
  messages = wt_search_store_search_finish (archive->database, wt_cli_loop_await (loop, &result),
                                            error);
  for (guint i = 0; messages != NULL && i < messages->len; i++)
    {
      if (!print_message (archive, g_ptr_array_index (messages, i), options->json, error))
        return FALSE;
    }
  return messages != NULL;
}

/**
 * wt_cli_search_run:
 * @loop: the program's loop
 * @arguments: (inout): the subcommand's command line
 * @error: return location for an error
 *
 * `wheatear-cli search`.
 *
 * Returns: whether it was searched; finding nothing is no error
 */
gboolean
wt_cli_search_run (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { .limit = DEFAULT_LIMIT };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autofree char *text = NULL;
  g_autoptr (WtCliArchive) archive = NULL;
  WtSearchQuery query = { 0 };

  if (!wt_cli_options_parse (context, arguments, error)
      || !wt_cli_options_check_range (options.limit, 1, "--limit", error)
      || !wt_cli_options_take_text (&options.who.account, error)
      || !wt_cli_options_take_text (&options.conversation, error))
    return FALSE;
  text = take_text (&options, error);
  if (text == NULL)
    return FALSE;
  archive = wt_cli_archive_open (loop, options.who.profile, options.who.account, error);
  if (archive == NULL)
    return FALSE;
  if (options.conversation != NULL)
    {
      const WtConversationRecord *conversation = wt_cli_archive_find (archive, options.conversation,
                                                                      error);

      if (conversation == NULL)
        return FALSE;
      query.conversation_id = conversation->id;
    }
  if (options.who.account != NULL)
    query.account_id = ((const WtAccountRecord *) g_ptr_array_index (archive->accounts, 0))->id;
  query.text = text;
  query.limit = (guint) options.limit;
  return search (archive, loop, &query, &options, error);
}
