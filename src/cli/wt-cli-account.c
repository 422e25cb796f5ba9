/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-account.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "wt-cli-archive.h"
#include "wt-cli-error.h"
#include "wt-cli-find.h"
#include "wt-cli-line.h"
#include "wt-cli-options.h"
#include "wt-cli-output.h"
#include "wt-cli-profile.h"
#include "wt-escape.h"
#include "wt-json.h"

typedef struct
{
  WtCliWho who;
  char *label;
  char *cardname;
  char *target_file;
  char *target_env;
  char *target_platform;
  gboolean json;
  gboolean yes;
  GStrv words;
} Options;

static void
options_clear (Options *self)
{
  wt_cli_who_clear (&self->who);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->cardname, g_free);
  g_clear_pointer (&self->target_file, g_free);
  g_clear_pointer (&self->target_env, g_free);
  g_clear_pointer (&self->target_platform, g_free);
  g_clear_pointer (&self->words, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
add_profile_options (GOptionContext *context, Options *self)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->who.profile,
      N_ ("The folder it is stored in; otherwise the one the window uses"), N_ ("FOLDER") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words, NULL, NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/* account add */

static GOptionContext *
make_add_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "label", 0, 0, G_OPTION_ARG_FILENAME, &self->label, N_ ("What to call the account"),
      N_ ("NAME") },
    { "cardname", 0, 0, G_OPTION_ARG_FILENAME, &self->cardname, N_ ("One's name in groups"),
      N_ ("NAME") },
    { "target-file", 0, 0, G_OPTION_ARG_FILENAME, &self->target_file,
      N_ ("Read the key that messages go to by default from this file"), N_ ("FILE") },
    { "target-env", 0, 0, G_OPTION_ARG_FILENAME, &self->target_env,
      N_ ("Read it from this environment variable"), N_ ("VARIABLE") },
    { "target-platform", 0, 0, G_OPTION_ARG_FILENAME, &self->target_platform,
      N_ ("The platform they go to by default; otherwise one's own"), N_ ("PLATFORM") },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      _ ("[NAME]"),
      _ ("Store an account. Its key goes into the keyring, or, with --profile, into a "
         "file in that folder that only you can read."));

  wt_cli_options_add_server (context, &self->who);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_profile_options (context, self);
  return context;
}

static gboolean
check_add (Options *self, char **target_key, GError **error)
{
  if (self->words != NULL && self->label != NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             _ ("The account's name is given twice."));
  if (self->words != NULL)
    self->label = wt_cli_options_take_single (self->words, _ ("NAME"), error);
  if ((self->words != NULL && self->label == NULL)
      || !wt_cli_options_take_text (&self->label, error)
      || !wt_cli_options_take_text (&self->cardname, error)
      || !wt_cli_options_take_text (&self->target_platform, error))
    return FALSE;
  if (self->who.url == NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("--url is missing."));
  if (self->target_file != NULL && self->target_env != NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             _ ("Give the target's key once: --target-file or --target-env."));
  if (!wt_cli_who_check_server (&self->who, error))
    return FALSE;
  if (self->target_file == NULL && self->target_env == NULL)
    return TRUE;
  *target_key = wt_cli_options_read_secret (self->target_file, self->target_env, error);
  return *target_key != NULL;
}

static gboolean
is_name_taken (WtCliProfile *profile, const char *label)
{
  return label != NULL && *label != '\0'
         && wt_cli_profile_find_session (profile, label, NULL) != NULL;
}

/* Where the key is, said aloud where it is not in the keyring. */
static void
tell_place (WtCliProfile *profile)
{
  WtSecrets *secrets = wt_profile_get_secrets (profile->profile);
  const char *reason = wt_secrets_get_fallback_reason (secrets);

  if (wt_secrets_get_backend (secrets) == WT_SECRETS_KEYRING)
    return;
  if (reason != NULL)
    wt_cli_output_note ("%s", reason);
  wt_cli_output_note (_ ("The key is in %s/secrets.ini, which only you can read."),
                      wt_profile_get_folder (profile->profile));
}

static gboolean
add (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GOptionContext) context = make_add_context (&options);
  g_autofree char *target_key = NULL;
  g_autoptr (WtAccountRecord) record = NULL;
  g_autoptr (WtCliProfile) profile = NULL;
  WtSession *session;

  if (!wt_cli_options_parse (context, arguments, error)
      || !check_add (&options, &target_key, error))
    return FALSE;
  record = wt_cli_who_make_record (&options.who);
  record->label = g_strdup (options.label);
  record->cardname = g_strdup (options.cardname);
  record->target_platform = g_strdup (options.target_platform);
  profile = wt_cli_profile_open_stored (loop, options.who.profile, error);
  if (profile == NULL)
    return FALSE;
  if (is_name_taken (profile, options.label))
    return wt_cli_error_set (error, WT_CLI_ERROR_FAILED, _ ("There is an account “%s” already."),
                             options.label);
  session = wt_cli_profile_save_account (profile, loop, record, options.who.key, target_key, error);
  if (session == NULL)
    return FALSE;

  const WtAccountRecord *stored = wt_account_get_record (wt_session_get_account (session));
  g_autofree char *name = wt_escape_text (wt_cli_find_get_label (stored));
  g_autofree char *line = g_strdup_printf (_ ("Added account %u, “%s”."), (guint) stored->id, name);

  tell_place (profile);
  return wt_cli_output_line (line, error);
}

/* account list */

static GOptionContext *
make_list_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print one JSON value in a line"), NULL },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      NULL, _ ("Print the stored accounts: id, name, address, platform and user id, set apart by "
               "tabs. Nothing is changed; the window may be open."));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_profile_options (context, self);
  return context;
}

static char *
format_account (const WtAccountRecord *account)
{
  g_autofree char *name = wt_escape_text (wt_cli_find_get_label (account));
  g_autofree char *url = wt_escape_text (account->url);
  g_autofree char *platform = wt_escape_text (account->platform);
  g_autofree char *user_id = wt_escape_text (account->user_id);

  return g_strdup_printf ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s%s%s", account->id, name, url,
                          platform, user_id, account->enabled ? "" : "\t",
                          account->enabled ? "" : _ ("switched off"));
}

static char *
format_account_json (const WtAccountRecord *account)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  wt_json_value_set_integer (object, "id", account->id);
  wt_json_value_set_string (object, "name", wt_cli_find_get_label (account));
  wt_json_value_set_string (object, "url", account->url);
  wt_json_value_set_string (object, "platform", account->platform);
  wt_json_value_set_string (object, "user_id", account->user_id);
  wt_json_value_set_string (object, "nickname", account->nickname);
  wt_json_value_set_string (object, "dialect", wt_dialect_to_string (account->dialect));
  wt_json_value_set_boolean (object, "enabled", account->enabled);
  wt_json_value_set_boolean (object, "has_target", account->has_target);
  wt_json_value_set_boolean (object, "insecure", account->insecure);
  return wt_json_value_to_text (object);
}

static gboolean
list (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GOptionContext) context = make_list_context (&options);
  g_autoptr (WtCliArchive) archive = NULL;

  if (!wt_cli_options_parse (context, arguments, error))
    return FALSE;
  if (options.words != NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             _ ("“account list” takes options only."));
  archive = wt_cli_archive_open (loop, options.who.profile, NULL, error);
  if (archive == NULL)
    return FALSE;
  for (guint i = 0; i < archive->accounts->len; i++)
    {
      const WtAccountRecord *account = g_ptr_array_index (archive->accounts, i);
      g_autofree char *line = options.json ? format_account_json (account)
                                           : format_account (account);

      if (!(options.json ? wt_cli_output_json (line, error) : wt_cli_output_line (line, error)))
        return FALSE;
    }
  return TRUE;
}

/* account remove */

static GOptionContext *
make_remove_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &self->yes, N_ ("Do not ask first"), NULL },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      _ ("NAME"),
      _ ("Delete a stored account, by its name or id, with its conversations, messages and "
         "keys. Close the window before."));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_profile_options (context, self);
  return context;
}

static gboolean
ask (const WtAccountRecord *account, GError **error)
{
  g_autofree char *name = wt_escape_text (wt_cli_find_get_label (account));
  char answer[16] = "";

  if (!isatty (STDIN_FILENO))
    return TRUE;
  fprintf (stderr, _ ("Delete the account “%s” with all its messages? [y/N] "), name);
  fflush (stderr);
  if (fgets (answer, sizeof answer, stdin) != NULL && g_ascii_tolower (answer[0]) == 'y')
    return TRUE;
  return wt_cli_error_set (error, WT_CLI_ERROR_FAILED, "%s", _ ("Nothing was deleted."));
}

static gboolean
remove_account (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GOptionContext) context = make_remove_context (&options);
  g_autoptr (WtCliProfile) profile = NULL;
  g_autoptr (WtAccount) account = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *name = NULL;
  WtSession *session;

  if (!wt_cli_options_parse (context, arguments, error))
    return FALSE;
  name = wt_cli_options_take_single (options.words, _ ("NAME"), error);
  if (name == NULL || !wt_cli_profile_check_folder (options.who.profile, error))
    return FALSE;
  profile = wt_cli_profile_open_stored (loop, options.who.profile, error);
  session = profile != NULL ? wt_cli_profile_find_session (profile, name, error) : NULL;
  if (session == NULL)
    return FALSE;
  account = g_object_ref (wt_session_get_account (session));
  if (!options.yes && !ask (wt_account_get_record (account), error))
    return FALSE;
  wt_profile_remove_account_async (profile->profile, account, wt_cli_loop_get_cancellable (loop),
                                   wt_cli_loop_keep_result, &result);
  return wt_profile_remove_account_finish (profile->profile, wt_cli_loop_await (loop, &result),
                                           error);
}

/* account */

static const struct
{
  const char *name;
  const char *summary;
  gboolean (*run) (WtCliLoop *loop, GStrv *arguments, GError **error);
} actions[] = {
  { "add", N_ ("Store an account"), add },
  { "list", N_ ("Print the stored accounts"), list },
  { "remove", N_ ("Delete a stored account with all its messages"), remove_account },
};

static gboolean
print_help (GError **error)
{
  g_autoptr (GString) help = g_string_new (NULL);

  g_string_append_printf (help, "%s\n  wheatear-cli account %s\n\n", _ ("Usage:"),
                          _ ("ACTION [OPTION…]"));
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_string_append_printf (help, "  %-10s %s\n", actions[i].name, _ (actions[i].summary));
  g_string_append_printf (help, "\n%s", _ ("“wheatear-cli account ACTION --help” tells more."));
  if (wt_cli_output_line (help->str, error))
    g_set_error_literal (error, WT_CLI_ERROR, WT_CLI_ERROR_HELPED, "help");
  return FALSE;
}

/**
 * wt_cli_account_run:
 * @loop: the program's loop
 * @arguments: (inout): the subcommand's command line
 * @error: return location for an error
 *
 * `wheatear-cli account`.
 *
 * Returns: whether it was done
 */
gboolean
wt_cli_account_run (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  const char *action = (*arguments)[1];

  if (action == NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             _ ("Say what to do: account add, account list or account remove."));
  if (g_str_equal (action, "--help") || g_str_equal (action, "-h"))
    return print_help (error);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strconcat ("wheatear-cli account ", action, NULL);
      g_auto (GStrv) rest = NULL;

      if (!g_str_equal (action, actions[i].name))
        continue;
      rest = g_strdupv (*arguments + 1);
      g_set_prgname (name);
      return actions[i].run (loop, &rest, error);
    }
  return wt_cli_error_set (error, WT_CLI_ERROR_USAGE,
                           _ ("“account %s” is unknown: there is add, list and remove."), action);
}
