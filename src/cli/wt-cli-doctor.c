/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-doctor.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "wt-cli-archive.h"
#include "wt-cli-error.h"
#include "wt-cli-examination.h"
#include "wt-cli-options.h"
#include "wt-cli-output.h"
#include "wt-cli-words.h"

#define DEFAULT_TIMEOUT 10

typedef struct
{
  WtCliWho who;
  gboolean json;
  double timeout;
  GStrv words;
} Options;

static void
options_clear (Options *self)
{
  wt_cli_who_clear (&self->who);
  g_clear_pointer (&self->words, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *const step_names[] = {
  [WT_CONNECTION_RESOLVING] = "resolve",
  [WT_CONNECTION_CONNECTING] = "connect",
  [WT_CONNECTION_SECURING] = "tls",
  [WT_CONNECTION_UPGRADING] = "upgrade",
  [WT_CONNECTION_CONFIRMING] = "authentication",
  [WT_CONNECTION_ONLINE] = "ping",
};

static GOptionContext *
make_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print one JSON value"), NULL },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &self->timeout,
      N_ ("Wait so many seconds for the ping's ACK (10)"), N_ ("SECONDS") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words, NULL, NULL },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      NULL,
      _ ("Try a connection step by step: resolve, connect, TLS, upgrade, authentication, and one "
         "ping. Says what failed, and what to do about it."));

  wt_cli_options_add_server (context, &self->who);
  wt_cli_options_add_account (context, &self->who);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static gboolean
check (Options *self, GError **error)
{
  if (self->words != NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("“doctor” takes options only."));
  return wt_cli_who_check (&self->who, error)
         && wt_cli_options_check_range (self->timeout, 0.001, "--timeout", error);
}

static WtEndpoint *
make_stored_endpoint (const WtCliWho *who, WtCliLoop *loop, GError **error)
{
  g_autoptr (WtCliArchive) archive = wt_cli_archive_open (loop, who->profile, who->account, error);
  g_autofree char *key = NULL;

  if (archive == NULL)
    return NULL;

  const WtAccountRecord *record = g_ptr_array_index (archive->accounts, 0);
  g_autoptr (WtAccount) account = wt_account_new (record);

  if (!wt_cli_archive_lookup_key (archive, loop, record, who->profile != NULL, &key, error))
    return NULL;
  return wt_account_make_endpoint (account, key, error);
}

static WtEndpoint *
make_endpoint (const WtCliWho *who, WtCliLoop *loop, GError **error)
{
  if (who->account != NULL)
    return make_stored_endpoint (who, loop, error);

  g_autoptr (WtAccountRecord) record = wt_cli_who_make_record (who);
  g_autoptr (WtAccount) account = wt_account_new (record);

  return wt_account_make_endpoint (account, who->key, error);
}

/* What became of a step, in words. */
static char *
format_outcome (const WtCliExamination *examination, int step)
{
  switch (examination->outcomes[step])
    {
    case WT_CLI_STEP_PASSED:
      return wt_cli_output_paint (_ ("ok"), WT_CLI_GOOD);
    case WT_CLI_STEP_FAILED:
      return wt_cli_output_paint (_ ("failed"), WT_CLI_BAD);
    case WT_CLI_STEP_NOT_NEEDED:
      return g_strdup (_ ("not needed"));
    case WT_CLI_STEP_NOT_REACHED:
    default:
      return g_strdup (_ ("not reached"));
    }
}

static char *
get_sentence (const WtCliExamination *self)
{
  if (self->diagnosis != NULL)
    return wt_diagnosis_get_sentence (self->diagnosis);
  return g_strdup (_ ("The server answers pings, but does not acknowledge messages."));
}

static char *
get_remedy (const WtCliExamination *self)
{
  if (self->diagnosis != NULL)
    return wt_diagnosis_get_remedy (self->diagnosis);
  return g_strdup (
      _ ("It is no API server of this protocol, or one that is in trouble: check port and "
         "path of the address, and the server's log."));
}

static guint
get_widest_name (void)
{
  guint widest = 0;

  for (int step = WT_CLI_FIRST_STEP; step <= WT_CLI_LAST_STEP; step++)
    widest = MAX (widest, wt_cli_output_get_width (wt_cli_words_state ((WtConnectionState) step)));
  return widest;
}

static gboolean
print_step (const WtCliExamination *self, int step, guint width, GError **error)
{
  g_autofree char *name = wt_cli_output_pad (wt_cli_words_state ((WtConnectionState) step), width);
  g_autofree char *outcome = format_outcome (self, step);
  g_autofree char *span = wt_cli_words_milliseconds (self->spans[step]);
  gboolean is_timed = self->outcomes[step] == WT_CLI_STEP_PASSED
                      || self->outcomes[step] == WT_CLI_STEP_FAILED;
  g_autofree char *sentence = self->outcomes[step] == WT_CLI_STEP_FAILED ? get_sentence (self)
                                                                         : NULL;
  g_autofree char *safe = wt_cli_output_escape (sentence);
  g_autofree char *line = NULL;

  if (is_timed)
    line = g_strdup_printf ("  %s  %11s  %s%s%s", name, span, outcome, *safe != '\0' ? ": " : "",
                            safe);
  else
    line = g_strdup_printf ("  %s  %11s  %s", name, "-", outcome);
  return wt_cli_output_line (line, error);
}

static gboolean
print_text (const WtCliExamination *self, WtEndpoint *endpoint, GError **error)
{
  guint width = get_widest_name ();
  const char *fingerprint = self->diagnosis != NULL ? wt_diagnosis_get_fingerprint (self->diagnosis)
                                                    : NULL;

  if (!wt_cli_output_line (wt_endpoint_get_url (endpoint), error))
    return FALSE;
  for (int step = WT_CLI_FIRST_STEP; step <= WT_CLI_LAST_STEP; step++)
    {
      if (!print_step (self, step, width, error))
        return FALSE;
    }
  if (wt_cli_examination_is_passed (self))
    return TRUE;

  g_autofree char *remedy = get_remedy (self);
  g_autofree char *advice = g_strdup_printf (_ ("What to do: %s"), remedy);
  g_autofree char *certificate = g_strdup_printf (
      _ ("The certificate's fingerprint, for --trust: %s"), fingerprint != NULL ? fingerprint : "");

  return wt_cli_output_line (advice, error)
         && (fingerprint == NULL || wt_cli_output_line (certificate, error));
}

static void
add_step (JsonBuilder *builder, const WtCliExamination *self, int step)
{
  static const char *const outcomes[] = {
    [WT_CLI_STEP_NOT_REACHED] = "not-reached",
    [WT_CLI_STEP_NOT_NEEDED] = "not-needed",
    [WT_CLI_STEP_PASSED] = "ok",
    [WT_CLI_STEP_FAILED] = "failed",
  };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "step");
  json_builder_add_string_value (builder, step_names[step]);
  json_builder_set_member_name (builder, "outcome");
  json_builder_add_string_value (builder, outcomes[self->outcomes[step]]);
  json_builder_set_member_name (builder, "microseconds");
  json_builder_add_int_value (builder, self->spans[step]);
  json_builder_end_object (builder);
}

static void
add_failure (JsonBuilder *builder, const WtCliExamination *self)
{
  g_autofree char *sentence = get_sentence (self);
  g_autofree char *remedy = get_remedy (self);
  const char *fingerprint = self->diagnosis != NULL ? wt_diagnosis_get_fingerprint (self->diagnosis)
                                                    : NULL;

  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, self->diagnosis != NULL ? wt_diagnosis_kind_to_nick (
                                              wt_diagnosis_get_kind (self->diagnosis))
                                                                  : "no-ack");
  json_builder_set_member_name (builder, "sentence");
  json_builder_add_string_value (builder, sentence);
  json_builder_set_member_name (builder, "remedy");
  json_builder_add_string_value (builder, remedy);
  json_builder_set_member_name (builder, "fingerprint");
  json_builder_add_string_value (builder, fingerprint);
}

static gboolean
print_json (const WtCliExamination *self, WtEndpoint *endpoint, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "url");
  json_builder_add_string_value (builder, wt_endpoint_get_url (endpoint));
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, wt_cli_examination_is_passed (self));
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (int step = WT_CLI_FIRST_STEP; step <= WT_CLI_LAST_STEP; step++)
    add_step (builder, self, step);
  json_builder_end_array (builder);
  if (!wt_cli_examination_is_passed (self))
    add_failure (builder, self);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return wt_cli_output_json (text, error);
}

/**
 * wt_cli_doctor_run:
 * @loop: the program's loop
 * @arguments: (inout): the subcommand's command line
 * @error: return location for an error
 *
 * `wheatear-cli doctor`.
 *
 * Returns: whether every step was passed
 */
gboolean
wt_cli_doctor_run (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { .timeout = DEFAULT_TIMEOUT };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autoptr (WtEndpoint) endpoint = NULL;
  g_autoptr (WtCliExamination) examination = NULL;

  if (!wt_cli_options_parse (context, arguments, error) || !check (&options, error))
    return FALSE;
  endpoint = make_endpoint (&options.who, loop, error);
  if (endpoint == NULL)
    return FALSE;

  wt_cli_words_warn (endpoint);
  examination = wt_cli_examination_run (loop, endpoint, options.timeout);
  wt_cli_loop_settle ();
  if (!wt_cli_loop_check (loop, error))
    return FALSE;
  if (!(options.json ? print_json (examination, endpoint, error)
                     : print_text (examination, endpoint, error)))
    return FALSE;
  if (!wt_cli_examination_is_passed (examination))
    g_set_error_literal (error, WT_CLI_ERROR, WT_CLI_ERROR_REPORTED, "failed");
  return wt_cli_examination_is_passed (examination);
}
