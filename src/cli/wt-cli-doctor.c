/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-doctor.h"

#include <glib/gi18n-lib.h>

#include "wt-cli-archive.h"
#include "wt-cli-error.h"
#include "wt-cli-options.h"
#include "wt-cli-output.h"
#include "wt-cli-words.h"
#include "wt-connection-check.h"
#include "wt-escape.h"
#include "wt-json.h"

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
format_outcome (WtStepOutcome outcome)
{
  switch (outcome)
    {
    case WT_STEP_PASSED:
      /* Translators: a step succeeded */
      return wt_cli_output_paint (_ ("ok"), WT_CLI_GOOD);
    case WT_STEP_FAILED:
      return wt_cli_output_paint (_ ("failed"), WT_CLI_BAD);
    case WT_STEP_SKIPPED:
      return g_strdup (_ ("not needed"));
    case WT_STEP_PENDING:
    case WT_STEP_RUNNING:
    default:
      return g_strdup (_ ("not reached"));
    }
}

static guint
get_widest_name (void)
{
  guint widest = 0;

  for (int step = WT_CONNECTION_FIRST_STEP; step <= (int) WT_CONNECTION_LAST_STEP; step++)
    widest = MAX (widest, wt_cli_output_get_width (wt_cli_words_state ((WtConnectionState) step)));
  return widest;
}

static gboolean
print_step (WtConnectionCheck *self, WtConnectionState state, guint width, GError **error)
{
  WtConnectionStep *step = wt_connection_check_get_step (self, state);
  WtStepOutcome outcome = wt_connection_step_get_outcome (step);
  g_autofree char *name = wt_cli_output_pad (wt_cli_words_state (state), width);
  g_autofree char *words = format_outcome (outcome);
  g_autofree char *span = wt_cli_words_milliseconds (wt_connection_step_get_span (step));
  gboolean is_timed = outcome == WT_STEP_PASSED || outcome == WT_STEP_FAILED;
  g_autofree char *sentence = outcome == WT_STEP_FAILED ? wt_diagnosis_get_sentence (
                                  wt_connection_check_get_diagnosis (self))
                                                        : NULL;
  g_autofree char *safe = wt_escape_text (sentence);
  g_autofree char *line = NULL;

  if (is_timed)
    line = g_strdup_printf ("  %s  %11s  %s%s%s", name, span, words, *safe != '\0' ? ": " : "",
                            safe);
  else
    line = g_strdup_printf ("  %s  %11s  %s", name, "-", words);
  return wt_cli_output_line (line, error);
}

static gboolean
print_text (WtConnectionCheck *self, GError **error)
{
  WtDiagnosis *diagnosis = wt_connection_check_get_diagnosis (self);
  guint width = get_widest_name ();

  if (!wt_cli_output_line (wt_endpoint_get_url (wt_connection_check_get_endpoint (self)), error))
    return FALSE;
  for (int step = WT_CONNECTION_FIRST_STEP; step <= (int) WT_CONNECTION_LAST_STEP; step++)
    {
      if (!print_step (self, (WtConnectionState) step, width, error))
        return FALSE;
    }
  if (diagnosis == NULL)
    return TRUE;

  const char *fingerprint = wt_diagnosis_get_fingerprint (diagnosis);
  g_autofree char *remedy = wt_diagnosis_get_remedy (diagnosis);
  g_autofree char *advice = g_strdup_printf (_ ("What to do: %s"), remedy);
  g_autofree char *certificate = g_strdup_printf (
      _ ("The certificate's fingerprint, for --trust: %s"), fingerprint != NULL ? fingerprint : "");

  return wt_cli_output_line (advice, error)
         && (fingerprint == NULL || wt_cli_output_line (certificate, error));
}

static WtJsonValue *
describe_step (WtConnectionStep *step)
{
  static const char *const outcomes[] = {
    [WT_STEP_PENDING] = "not-reached", [WT_STEP_RUNNING] = "not-reached", [WT_STEP_PASSED] = "ok",
    [WT_STEP_FAILED] = "failed",       [WT_STEP_SKIPPED] = "not-needed",
  };
  WtJsonValue *object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  wt_json_value_set_string (object, "step", step_names[wt_connection_step_get_state (step)]);
  wt_json_value_set_string (object, "outcome", outcomes[wt_connection_step_get_outcome (step)]);
  wt_json_value_set_integer (object, "microseconds", wt_connection_step_get_span (step));
  return object;
}

static void
add_failure (WtJsonValue *object, WtDiagnosis *diagnosis)
{
  g_autofree char *sentence = wt_diagnosis_get_sentence (diagnosis);
  g_autofree char *remedy = wt_diagnosis_get_remedy (diagnosis);

  wt_json_value_set_string (object, "kind",
                            wt_diagnosis_kind_to_nick (wt_diagnosis_get_kind (diagnosis)));
  wt_json_value_set_string (object, "sentence", sentence);
  wt_json_value_set_string (object, "remedy", remedy);
  wt_json_value_set_string (object, "fingerprint", wt_diagnosis_get_fingerprint (diagnosis));
}

static gboolean
print_json (WtConnectionCheck *self, GError **error)
{
  WtDiagnosis *diagnosis = wt_connection_check_get_diagnosis (self);
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  WtJsonValue *steps = wt_json_value_new (WT_JSON_KIND_ARRAY);
  g_autofree char *text = NULL;

  wt_json_value_set_string (object, "url",
                            wt_endpoint_get_url (wt_connection_check_get_endpoint (self)));
  wt_json_value_set_boolean (object, "ok", wt_connection_check_is_passed (self));
  wt_json_value_set_member (object, "steps", steps);
  for (int step = WT_CONNECTION_FIRST_STEP; step <= (int) WT_CONNECTION_LAST_STEP; step++)
    wt_json_value_append (
        steps, describe_step (wt_connection_check_get_step (self, (WtConnectionState) step)));
  if (diagnosis != NULL)
    add_failure (object, diagnosis);
  text = wt_json_value_to_text (object);
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
  g_autoptr (WtConnectionCheck) checked = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (!wt_cli_options_parse (context, arguments, error) || !check (&options, error))
    return FALSE;
  endpoint = make_endpoint (&options.who, loop, error);
  if (endpoint == NULL)
    return FALSE;

  wt_cli_words_warn (endpoint);
  checked = wt_connection_check_new (endpoint,
                                     (guint) MIN (options.timeout * 1000, (double) G_MAXINT));
  wt_connection_check_run_async (checked, wt_cli_loop_get_cancellable (loop),
                                 wt_cli_loop_keep_result, &result);
  wt_cli_loop_await (loop, &result);
  wt_connection_check_run_finish (checked, result, NULL);
  wt_cli_loop_settle ();
  if (!wt_cli_loop_check (loop, error))
    return FALSE;
  if (!(options.json ? print_json (checked, error) : print_text (checked, error)))
    return FALSE;
  if (!wt_connection_check_is_passed (checked))
    g_set_error_literal (error, WT_CLI_ERROR, WT_CLI_ERROR_REPORTED, "failed");
  return wt_connection_check_is_passed (checked);
}
