/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-cli-account.h"
#include "wt-cli-doctor.h"
#include "wt-cli-error.h"
#include "wt-cli-export.h"
#include "wt-cli-generate.h"
#include "wt-cli-history.h"
#include "wt-cli-listen.h"
#include "wt-cli-output.h"
#include "wt-cli-search.h"
#include "wt-cli-send.h"
#include "wt-cli-words.h"
#include "wt-log.h"
#include "wt-version.h"

static const struct
{
  const char *name;
  const char *summary;
  gboolean (*run) (WtCliLoop *loop, GStrv *arguments, GError **error);
} commands[] = {
  { "send", N_ ("Send a message, or many"), wt_cli_send_run },
  { "listen", N_ ("Print what arrives"), wt_cli_listen_run },
  { "doctor", N_ ("Find out why there is no connection"), wt_cli_doctor_run },
  { "account", N_ ("Add, list or remove stored accounts"), wt_cli_account_run },
  { "history", N_ ("Print a stored conversation"), wt_cli_history_run },
  { "search", N_ ("Find stored messages"), wt_cli_search_run },
  { "export", N_ ("Write stored conversations to files"), wt_cli_export_run },
  { "generate", N_ ("Make a profile with made-up messages, for trials"), wt_cli_generate_run },
};

static gboolean
print_help (GError **error)
{
  g_autoptr (GString) help = g_string_new (NULL);

  g_string_append_printf (help, "%s\n  wheatear-cli %s\n\n", _ ("Usage:"), _ ("COMMAND [OPTION…]"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (help, "  %-10s %s\n", commands[i].name, _ (commands[i].summary));
  g_string_append_printf (help, "\n  %-10s %s\n  %-10s %s\n", "--help", _ ("Show this help"),
                          "--version", _ ("Print the version"));
  g_string_append_printf (help, "\n%s", _ ("“wheatear-cli COMMAND --help” tells more."));
  return wt_cli_output_line (help->str, error);
}

static gboolean
run_command (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  const char *command = (*arguments)[0];

  if (command == NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("Say what to do."));
  if (g_str_equal (command, "--help") || g_str_equal (command, "-h")
      || g_str_equal (command, "help"))
    return print_help (error);
  if (g_str_equal (command, "--version"))
    {
      g_autofree char *line = g_strconcat ("wheatear-cli ", wt_version_get (), NULL);

      return wt_cli_output_line (line, error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *name = g_strconcat ("wheatear-cli ", command, NULL);

      if (!g_str_equal (command, commands[i].name))
        continue;
      g_set_prgname (name);
      return commands[i].run (loop, arguments, error);
    }
  return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("“%s” is no command."), command);
}

/* Others can read a command line for as long as the program runs; keys are taken out of it as soon as they were read. */
static void
hide_keys (int argc, char **argv)
{
  static const char *const options[] = { "--key", "--to", "-t" };

  for (int i = 1; i < argc; i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (options); j++)
        {
          gsize length = strlen (options[j]);

          if (g_str_equal (argv[i], options[j]) && i + 1 < argc)
            memset (argv[i + 1], '*', strlen (argv[i + 1]));
          else if (g_str_has_prefix (argv[i], options[j]) && argv[i][length] == '=')
            memset (argv[i] + length + 1, '*', strlen (argv[i] + length + 1));
        }
    }
}

static void
on_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_autofree char *redacted = wt_log_redact (message);

  wt_cli_output_note ("%s", redacted);
}

static void
complain (const GError *error)
{
  g_autofree char *words = NULL;
  g_autofree char *redacted = NULL;

  /* The output says it already, or nobody is there to read it. */
  if (g_error_matches (error, WT_CLI_ERROR, WT_CLI_ERROR_REPORTED)
      || g_error_matches (error, WT_CLI_ERROR, WT_CLI_ERROR_HELPED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return;
  words = wt_cli_words_error (error);
  redacted = wt_log_redact (words);
  wt_cli_output_note ("%s", redacted);
  if (wt_cli_error_get_status (error) == 2 && g_get_prgname () != NULL)
    wt_cli_output_note (_ ("“%s --help” tells more."), g_get_prgname ());
}

/**
 * wt_cli_main:
 * @argc: how many arguments there are
 * @argv: the command line, the program's name first; keys in it are written over
 *
 * The program, once the locale is set.
 *
 * Returns: its exit status: 0; 1 where something did not work; 2 where the command line cannot be understood
 */
int
wt_cli_main (int argc, char **argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_autoptr (WtCliLoop) loop = wt_cli_loop_new ();
  g_autoptr (GError) error = NULL;

  for (int i = 1; i < argc; i++)
    g_strv_builder_add (builder, argv[i]);
  arguments = g_strv_builder_end (builder);
  hide_keys (argc, argv);
  g_set_prgname ("wheatear-cli");
  g_log_set_handler (NULL, G_LOG_LEVEL_MESSAGE, on_message, NULL);
  run_command (loop, &arguments, &error);
  if (error != NULL)
    complain (error);
  return wt_cli_error_get_status (error);
}
