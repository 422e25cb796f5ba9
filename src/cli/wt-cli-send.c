/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-send.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-cli-delivery.h"
#include "wt-cli-error.h"
#include "wt-cli-find.h"
#include "wt-cli-options.h"
#include "wt-cli-output.h"
#include "wt-cli-words.h"
#include "wt-log.h"

/* Two missed ACKs and the answer to the third try fit in. */
#define DEFAULT_TIMEOUT 40
#define DIGEST_LENGTH 12

typedef struct
{
  WtCliWho who;
  WtCliParts parts;
  WtCliDeliveryOptions delivery;
  char *to;
  char *to_file;
  char *to_env;
  char *to_platform;
  char *group;
  char *group_name;
  GStrv words;
} Options;

static void
options_clear (Options *self)
{
  wt_cli_who_clear (&self->who);
  wt_cli_parts_clear (&self->parts);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->to_file, g_free);
  g_clear_pointer (&self->to_env, g_free);
  g_clear_pointer (&self->to_platform, g_free);
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->group_name, g_free);
  g_clear_pointer (&self->words, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GOptionContext *
make_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &self->to,
      N_ ("A conversation of the account (its title or its peer's id), or the key of whoever is to "
          "get it"),
      N_ ("KEY-OR-CONVERSATION") },
    { "to-file", 0, 0, G_OPTION_ARG_FILENAME, &self->to_file,
      N_ ("Read the key of whoever is to get it from this file"), N_ ("FILE") },
    { "to-env", 0, 0, G_OPTION_ARG_FILENAME, &self->to_env,
      N_ ("Read it from this environment variable"), N_ ("VARIABLE") },
    { "to-platform", 0, 0, G_OPTION_ARG_FILENAME, &self->to_platform,
      N_ ("The platform it goes to; otherwise one's own"), N_ ("PLATFORM") },
    { "group", 0, 0, G_OPTION_ARG_FILENAME, &self->group, N_ ("Write in the group with this id"),
      N_ ("ID") },
    { "group-name", 0, 0, G_OPTION_ARG_FILENAME, &self->group_name, N_ ("What the group is called"),
      N_ ("NAME") },
    { "image", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->parts.images,
      N_ ("Send this picture; any number of times"), N_ ("FILE") },
    { "file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->parts.files,
      N_ ("Send this file; any number of times"), N_ ("FILE") },
    { "count", 'n', 0, G_OPTION_ARG_INT, &self->delivery.count,
      N_ ("Send so many messages; {n} in the text is each one's number"), N_ ("N") },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &self->delivery.rate,
      N_ ("Of these, so many in a second; otherwise as fast as they are acknowledged"),
      N_ ("RATE") },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &self->delivery.timeout,
      N_ ("Give up after so many seconds without an ACK (30)"), N_ ("SECONDS") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words, NULL, NULL },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      _ ("[TEXT|-]"), _ ("Send a message, and wait until the server has acknowledged it. “-” reads "
                         "the text from standard input."));

  wt_cli_options_add_server (context, &self->who);
  wt_cli_options_add_account (context, &self->who);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static gboolean
take_target (Options *self, GError **error)
{
  guint ways = (self->to != NULL) + (self->to_file != NULL) + (self->to_env != NULL);

  if (ways != 1)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             ways == 0 ? _ ("Say who gets it: --to.")
                                       : _ ("Say once who gets it: --to, --to-file or --to-env."));
  if (self->to == NULL)
    self->to = wt_cli_options_read_secret (self->to_file, self->to_env, error);
  if (self->to == NULL || !wt_cli_options_take_text (&self->to, error)
      || !wt_cli_options_take_text (&self->to_platform, error)
      || !wt_cli_options_take_text (&self->group, error)
      || !wt_cli_options_take_text (&self->group_name, error))
    return FALSE;
  if (*self->to == '\0')
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("Say who gets it: --to."));
  if (self->group != NULL && *self->group == '\0')
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("The group's id is empty."));
  if (self->group == NULL && self->group_name != NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("--group-name needs --group."));
  return TRUE;
}

static gboolean
check (Options *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!wt_cli_who_check (&self->who, error) || !take_target (self, error)
      || !wt_cli_options_check_range (self->delivery.count, 1, "--count", error)
      || !wt_cli_options_check_range (self->delivery.rate, 0, "--rate", error)
      || !wt_cli_options_check_range (self->delivery.timeout, 0.001, "--timeout", error))
    return FALSE;
  if (self->to_platform != NULL && !wt_endpoint_check_platform (self->to_platform, &problem))
    return wt_cli_error_set_usage (error, problem);
  return wt_cli_parts_take_text (&self->parts, self->words, error)
         && wt_cli_parts_check (&self->parts, error);
}

/* A key is never stored as somebody's id. What stands for it is what an answer without a name gets too: see wt_route_new(). */
static char *
make_peer_id (const WtAccountRecord *account, const char *key)
{
  g_autofree char *digest = g_compute_hmac_for_string (
      G_CHECKSUM_SHA256, (const guchar *) account->uuid, strlen (account->uuid), key, -1);

  digest[DIGEST_LENGTH] = '\0';
  return g_strconcat ("sender-", digest, NULL);
}

static WtConversation *
make_conversation (Options *self, WtCliLoop *loop, WtCliProfile *profile, GError **error)
{
  const WtAccountRecord *account = wt_account_get_record (
      wt_session_get_account (profile->session));
  const char *to_platform = self->to_platform != NULL ? self->to_platform : account->platform;
  g_autofree char *peer_id = self->group != NULL ? g_strdup (self->group)
                                                 : make_peer_id (account, self->to);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) problem = NULL;

  wt_log_add_secret (self->to);
  if (!wt_endpoint_check_key (self->to, &problem))
    {
      wt_cli_error_set_usage (error, problem);
      return NULL;
    }
  wt_session_ensure_conversation_async (
      profile->session, self->group != NULL ? WT_CONVERSATION_GROUP : WT_CONVERSATION_DIRECT,
      self->group != NULL ? account->platform : to_platform, peer_id, self->group_name, self->to,
      to_platform, wt_cli_loop_get_cancellable (loop), wt_cli_loop_keep_result, &result);
  return wt_session_ensure_conversation_finish (profile->session, wt_cli_loop_await (loop, &result),
                                                error);
}

static GPtrArray *
list_conversations (WtCliProfile *profile, GPtrArray *records)
{
  GListModel *all = G_LIST_MODEL (wt_profile_get_conversations (profile->profile));
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);
  WtAccount *account = wt_session_get_account (profile->session);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (WtConversation) conversation = g_list_model_get_item (all, i);

      if (wt_conversation_get_account (conversation) != account)
        continue;
      g_ptr_array_add (records, (gpointer) wt_conversation_get_record (conversation));
      g_ptr_array_add (own, g_steal_pointer (&conversation));
    }
  return own;
}

/* Whether it was written to by its key before. */
static gboolean
is_known_key (Options *self, WtCliProfile *profile, GPtrArray *records)
{
  const WtAccountRecord *account = wt_account_get_record (
      wt_session_get_account (profile->session));
  g_autofree char *peer_id = make_peer_id (account, self->to);

  for (guint i = 0; i < records->len; i++)
    {
      const WtConversationRecord *conversation = g_ptr_array_index (records, i);

      if (g_strcmp0 (conversation->peer_id, peer_id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* One that the account has, or a new one for a key. */
static WtConversation *
find_conversation (Options *self, WtCliLoop *loop, WtCliProfile *profile, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) own = list_conversations (profile, records);
  g_autoptr (GError) problem = NULL;
  gssize index;

  if (self->who.account == NULL || self->group != NULL || self->to_file != NULL
      || self->to_env != NULL)
    return make_conversation (self, loop, profile, error);

  index = wt_cli_find_conversation (records, self->to, &problem);
  if (index < 0 && wt_cli_find_is_missing (problem))
    {
      if (!is_known_key (self, profile, records))
        wt_cli_output_note ("%s",
                            _ ("No conversation of the account goes by the name in --to: it is "
                               "taken as a key."));
      return make_conversation (self, loop, profile, error);
    }
  if (index < 0)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (self->to_platform != NULL)
    wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                      _ ("--to-platform is for a key: the conversation in --to has its own."));
  else
    return g_object_ref (g_ptr_array_index (own, (guint) index));
  return NULL;
}

static void
warn (WtCliProfile *profile)
{
  WtAccount *account = wt_session_get_account (profile->session);
  g_autoptr (WtEndpoint) endpoint = wt_account_make_endpoint (account, NULL, NULL);

  if (endpoint != NULL)
    wt_cli_words_warn (endpoint);
}

/**
 * wt_cli_send_run:
 * @loop: the program's loop
 * @arguments: (inout): the subcommand's command line
 * @error: return location for an error
 *
 * `wheatear-cli send`.
 *
 * Returns: whether every message was acknowledged
 */
gboolean
wt_cli_send_run (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { .delivery = { .count = 1, .timeout = DEFAULT_TIMEOUT } };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autoptr (WtCliProfile) profile = NULL;
  g_autoptr (WtConversation) conversation = NULL;

  if (!wt_cli_options_parse (context, arguments, error) || !check (&options, error))
    return FALSE;
  profile = wt_cli_profile_open (loop, &options.who, error);
  if (profile == NULL)
    return FALSE;
  conversation = find_conversation (&options, loop, profile, error);
  if (conversation == NULL)
    return FALSE;
  warn (profile);
  return wt_cli_delivery_run (loop, profile, conversation, &options.parts, &options.delivery,
                              error);
}
