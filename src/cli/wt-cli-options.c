/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-options.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "wt-cli-error.h"
#include "wt-cli-output.h"
#include "wt-log.h"

#define DEFAULT_PLATFORM "wheatear-cli"
#define DEFAULT_USER_ID "cli-user"
/* More is no key. */
#define MOST_SECRET_BYTES (64 * 1024)

/**
 * wt_cli_who_clear:
 * @self: what was filled in
 */
void
wt_cli_who_clear (WtCliWho *self)
{
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->nickname, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->key_env, g_free);
  g_clear_pointer (&self->auth, g_free);
  g_clear_pointer (&self->dialect, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->certificate, g_free);
  g_clear_pointer (&self->certificate_key, g_free);
  g_clear_pointer (&self->trust, g_free);
}

/**
 * wt_cli_options_new_context:
 * @parameters: what follows the options in the usage line, translated
 * @summary: what the subcommand does, translated
 *
 * Returns: (transfer full): a context with `--help` alone, for wt_cli_options_parse()
 */
GOptionContext *
wt_cli_options_new_context (const char *parameters, const char *summary)
{
  GOptionContext *context = g_option_context_new (parameters);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  /* GLib's own help would leave the program from within. */
  g_option_context_set_help_enabled (context, FALSE);
  return context;
}

/**
 * wt_cli_options_add_server:
 * @context: a subcommand's options
 * @self: filled in by it
 *
 * Adds the options that say who connects, and where to.
 */
void
wt_cli_options_add_server (GOptionContext *context, WtCliWho *self)
{
  /* Texts are taken as file names are, as bytes: wt_cli_options_take_text() makes UTF-8 of them in any locale. */
  const GOptionEntry entries[] = {
    { "url", 'u', 0, G_OPTION_ARG_FILENAME, &self->url,
      N_ ("The server, as ws://localhost:18040/ws"), N_ ("URL") },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &self->key_file,
      N_ ("Read the API key from this file; -: from standard input"), N_ ("FILE") },
    { "key-env", 0, 0, G_OPTION_ARG_FILENAME, &self->key_env,
      N_ ("Read the API key from this environment variable"), N_ ("VARIABLE") },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key,
      N_ ("The API key itself: others on this computer can see it there"), N_ ("KEY") },
    { "platform", 0, 0, G_OPTION_ARG_FILENAME, &self->platform,
      N_ ("One's own platform (wheatear-cli)"), N_ ("PLATFORM") },
    { "user-id", 0, 0, G_OPTION_ARG_FILENAME, &self->user_id, N_ ("One's own user id (cli-user)"),
      N_ ("ID") },
    { "nickname", 0, 0, G_OPTION_ARG_FILENAME, &self->nickname, N_ ("One's name"), N_ ("NAME") },
    { "auth", 0, 0, G_OPTION_ARG_FILENAME, &self->auth,
      N_ ("How the key travels: header (the default) or query"), N_ ("WAY") },
    { "dialect", 0, 0, G_OPTION_ARG_FILENAME, &self->dialect,
      N_ ("How files are written: maibot (the default) or guide"), N_ ("DIALECT") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      N_ ("Trust the authorities in this file too (PEM)"), N_ ("FILE") },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate,
      N_ ("One's own certificate, for a server that asks for one (PEM)"), N_ ("FILE") },
    { "certificate-key", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate_key, N_ ("Its key (PEM)"),
      N_ ("FILE") },
    { "trust", 0, 0, G_OPTION_ARG_FILENAME, &self->trust,
      N_ ("Trust exactly the certificate with this SHA-256 fingerprint"), N_ ("FINGERPRINT") },
    { "insecure", 0, 0, G_OPTION_ARG_NONE, &self->insecure,
      N_ ("Do not verify the server's certificate: anybody in between can read along"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/**
 * wt_cli_options_add_account:
 * @context: a subcommand's options
 * @self: filled in by it
 *
 * Adds the options that say which stored account is meant.
 */
void
wt_cli_options_add_account (GOptionContext *context, WtCliWho *self)
{
  const GOptionEntry entries[] = {
    { "account", 'a', 0, G_OPTION_ARG_FILENAME, &self->account,
      N_ ("A stored account, by its name or id"), N_ ("NAME") },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->profile,
      N_ ("The folder it is stored in; otherwise the one the window uses"), N_ ("FOLDER") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
print_help (GOptionContext *context, GError **error)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

  if (wt_cli_output_line (g_strchomp (help), error))
    g_set_error_literal (error, WT_CLI_ERROR, WT_CLI_ERROR_HELPED, "help");
  return FALSE;
}

/**
 * wt_cli_options_parse:
 * @context: a subcommand's options
 * @arguments: (inout): its command line, the subcommand first; what is no option stays
 * @error: return location for a #GOptionError or %WT_CLI_ERROR_HELPED
 *
 * Returns: whether to go on
 */
gboolean
wt_cli_options_parse (GOptionContext *context, GStrv *arguments, GError **error)
{
  gboolean help = FALSE;
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  /* Help is given whatever else is wrong. */
  for (char **argument = *arguments; *argument != NULL && !g_str_equal (*argument, "--");
       argument++)
    {
      if (g_str_equal (*argument, "--help") || g_str_equal (*argument, "-h"))
        return print_help (context, error);
    }
  return g_option_context_parse_strv (context, arguments, error);
}

/**
 * wt_cli_options_take_text:
 * @text: (inout) (nullable): bytes from the command line; UTF-8 afterwards
 * @error: return location for %WT_CLI_ERROR_USAGE; does not repeat the text
 *
 * Returns: whether it is text
 */
gboolean
wt_cli_options_take_text (char **text, GError **error)
{
  if (*text == NULL || g_utf8_validate (*text, -1, NULL))
    return TRUE;

  char *converted = g_locale_to_utf8 (*text, -1, NULL, NULL, NULL);

  if (converted == NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             _ ("A text on the command line is not valid text."));
  g_free (*text);
  *text = converted;
  return TRUE;
}

/**
 * wt_cli_options_take_single:
 * @words: (nullable): what is left on the command line
 * @name: what it is to be, as in the usage line
 * @error: return location for %WT_CLI_ERROR_USAGE
 *
 * Returns: (transfer full) (nullable): the one word there has to be
 */
char *
wt_cli_options_take_single (GStrv words, const char *name, GError **error)
{
  guint n = words != NULL ? g_strv_length (words) : 0;
  g_autofree char *word = n == 1 ? g_strdup (words[0]) : NULL;

  if (n == 0)
    wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("%s is missing."), name);
  else if (n > 1)
    wt_cli_error_set (error, WT_CLI_ERROR_USAGE,
                      _ ("There is one %s only: put it in quotes if it has spaces."), name);
  else if (wt_cli_options_take_text (&word, error))
    return g_steal_pointer (&word);
  return NULL;
}

/**
 * wt_cli_options_check_range:
 * @value: a number from the command line
 * @least: the smallest it may be
 * @name: the option
 * @error: return location for %WT_CLI_ERROR_USAGE
 *
 * Returns: whether it can be used
 */
gboolean
wt_cli_options_check_range (double value, double least, const char *name, GError **error)
{
  if (value >= least && value <= 1e9)
    return TRUE;
  return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("%s has to be at least %g."), name, least);
}

static char *
read_file (const char *file, GError **error)
{
  gboolean is_input = g_str_equal (file, "-");
  FILE *stream = is_input ? stdin : fopen (file, "re");
  g_autofree char *text = g_malloc (MOST_SECRET_BYTES + 1);
  gsize length = 0;
  int code;

  if (stream != NULL)
    length = fread (text, 1, MOST_SECRET_BYTES, stream);
  code = stream == NULL || ferror (stream) ? errno : 0;
  if (stream != NULL && !is_input)
    fclose (stream);
  if (code != 0)
    {
      wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("The key file “%s” cannot be read: %s."),
                        file, g_strerror (code));
      return NULL;
    }
  text[length] = '\0';
  return g_steal_pointer (&text);
}

/**
 * wt_cli_options_read_secret:
 * @file: (nullable) (type filename): a file with a key in it, `-` for standard input
 * @variable: (nullable): an environment variable with a key in it
 * @error: return location for %WT_CLI_ERROR_USAGE; never with the key
 *
 * Returns: (transfer full) (nullable): the key, without white space around it; wt_log_redact() knows it from now on
 */
char *
wt_cli_options_read_secret (const char *file, const char *variable, GError **error)
{
  g_autofree char *secret = NULL;

  if (file != NULL)
    secret = read_file (file, error);
  else
    secret = g_strdup (g_getenv (variable));
  if (secret == NULL && file == NULL)
    wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("The environment variable %s is not set."),
                      variable);
  if (secret == NULL)
    return NULL;

  g_strstrip (secret);
  if (*secret == '\0')
    {
      wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("There is no key in %s."),
                        file != NULL ? file : variable);
      return NULL;
    }
  wt_log_add_secret (secret);
  return g_steal_pointer (&secret);
}

static gboolean
take_key (WtCliWho *self, GError **error)
{
  guint ways = (self->key != NULL) + (self->key_file != NULL) + (self->key_env != NULL);

  if (ways > 1)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             _ ("Give the key in one way: --key-file, --key-env or --key."));
  if (self->key != NULL)
    {
      wt_log_add_secret (self->key);
      wt_cli_output_note ("%s",
                          _ ("Warning: a key on the command line can be seen by others on this "
                             "computer; use --key-file or --key-env."));
      return TRUE;
    }
  if (ways == 0)
    return TRUE;
  self->key = wt_cli_options_read_secret (self->key_file, self->key_env, error);
  return self->key != NULL;
}

static gboolean
take_texts (WtCliWho *self, GError **error)
{
  char **texts[] = { &self->url,  &self->key,     &self->platform, &self->user_id, &self->nickname,
                     &self->auth, &self->dialect, &self->account,  &self->trust };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (!wt_cli_options_take_text (texts[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static void
set_default (char **text, const char *value)
{
  if (!is_blank (*text))
    return;
  g_free (*text);
  *text = g_strdup (value);
}

static gboolean
check_choices (const WtCliWho *self, GError **error)
{
  WtDialect dialect;

  if (self->auth != NULL && !g_str_equal (self->auth, "header")
      && !g_str_equal (self->auth, "query"))
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("--auth is header or query."));
  if (self->dialect != NULL && !wt_dialect_from_string (self->dialect, &dialect))
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("--dialect is maibot or guide."));
  return TRUE;
}

static const char *
find_server_option (const WtCliWho *self)
{
  const struct
  {
    gboolean given;
    const char *name;
  } options[] = {
    { self->url != NULL, "--url" },
    { self->key != NULL, "--key" },
    { self->key_file != NULL, "--key-file" },
    { self->key_env != NULL, "--key-env" },
    { self->platform != NULL, "--platform" },
    { self->user_id != NULL, "--user-id" },
    { self->nickname != NULL, "--nickname" },
    { self->auth != NULL, "--auth" },
    { self->dialect != NULL, "--dialect" },
    { self->ca_file != NULL, "--ca-file" },
    { self->certificate != NULL, "--certificate" },
    { self->certificate_key != NULL, "--certificate-key" },
    { self->trust != NULL, "--trust" },
    { self->insecure, "--insecure" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (options[i].given)
        return options[i].name;
    }
  return NULL;
}

/**
 * wt_cli_who_check_server:
 * @self: who connects, as given on the command line; completed
 * @error: return location for %WT_CLI_ERROR_USAGE
 *
 * Reads the key and checks that one can connect like this.
 *
 * Returns: whether one can
 */
gboolean
wt_cli_who_check_server (WtCliWho *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!take_key (self, error) || !take_texts (self, error) || !check_choices (self, error))
    return FALSE;
  set_default (&self->platform, DEFAULT_PLATFORM);
  set_default (&self->user_id, DEFAULT_USER_ID);

  g_autoptr (WtAccountRecord) record = wt_cli_who_make_record (self);
  g_autoptr (WtAccount) account = wt_account_new (record);
  g_autoptr (WtEndpoint) endpoint = wt_account_make_endpoint (account, self->key, &problem);

  return endpoint != NULL || wt_cli_error_set_usage (error, problem);
}

/**
 * wt_cli_who_check:
 * @self: who connects, as given on the command line; completed
 * @error: return location for %WT_CLI_ERROR_USAGE
 *
 * Returns: whether it is said who connects: by a server's address or by a stored account, not by both
 */
gboolean
wt_cli_who_check (WtCliWho *self, GError **error)
{
  const char *option = find_server_option (self);

  if (self->account != NULL)
    {
      if (option != NULL)
        return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("%s is not for a stored account."),
                                 option);
      return wt_cli_options_take_text (&self->account, error);
    }
  if (self->url == NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                             _ ("Say who connects: --url with --key-file or --key-env, or "
                                "--account."));
  if (self->profile != NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("--profile needs --account."));
  return wt_cli_who_check_server (self, error);
}

/* A stored account is used from other folders too. */
static char *
dup_path (const char *path)
{
  return path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
}

/**
 * wt_cli_who_make_record:
 * @self: who connects
 *
 * Returns: (transfer full): an account like this, not stored; without the key
 */
WtAccountRecord *
wt_cli_who_make_record (const WtCliWho *self)
{
  WtAccountRecord *record = wt_account_record_new ();
  WtDialect dialect = WT_DIALECT_MAIBOT;

  wt_dialect_from_string (self->dialect, &dialect);
  record->url = g_strdup (self->url);
  record->auth = g_strcmp0 (self->auth, "query") == 0 ? WT_AUTH_QUERY : WT_AUTH_HEADER;
  record->platform = g_strdup (self->platform);
  record->user_id = g_strdup (self->user_id);
  record->nickname = g_strdup (is_blank (self->nickname) ? self->user_id : self->nickname);
  record->dialect = dialect;
  record->enabled = TRUE;
  record->ca_file = dup_path (self->ca_file);
  record->certificate_file = dup_path (self->certificate);
  record->key_file = dup_path (self->certificate_key);
  record->trusted_fingerprint = g_strdup (self->trust);
  record->insecure = self->insecure;
  return record;
}
