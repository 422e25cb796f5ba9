/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-listen.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "wt-cli-error.h"
#include "wt-cli-frames.h"
#include "wt-cli-line.h"
#include "wt-cli-options.h"
#include "wt-cli-output.h"
#include "wt-cli-profile.h"
#include "wt-cli-words.h"

/* How long the last ACKs may take once enough was printed. */
#define LAST_ACKS_SECONDS 5

typedef struct
{
  WtCliWho who;
  gboolean json;
  int count;
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

typedef struct
{
  WtSession *session;
  const Options *options;
  WtCliFrames *frames;
  guint reader; /* watches whether anybody reads standard output */
  guint printed;
  WtConnectionState told;
  gboolean was_online;
  GError *error; /* why to stop */
} Listening;

static void
listening_clear (Listening *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->reader, g_source_remove);
  g_clear_pointer (&self->frames, wt_cli_frames_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listening, listening_clear)

static GOptionContext *
make_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &self->json,
      N_ ("Print the envelopes as they come, one JSON value in a line, without keys, and with "
          "“<N bytes>” in place of pictures and files"),
      NULL },
    { "count", 'n', 0, G_OPTION_ARG_INT, &self->count, N_ ("End after so many"), N_ ("N") },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &self->timeout, N_ ("End after so many seconds"),
      N_ ("SECONDS") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words, NULL, NULL },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      NULL, _ ("Print the messages that arrive, and acknowledge them. Connects again whenever the "
               "connection is lost; what happens to it is told on standard error."));

  wt_cli_options_add_server (context, &self->who);
  wt_cli_options_add_account (context, &self->who);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static gboolean
check (Options *self, GError **error)
{
  if (self->words != NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("“listen” takes options only."));
  return wt_cli_who_check (&self->who, error)
         && wt_cli_options_check_range (self->count, 0, "--count", error)
         && wt_cli_options_check_range (self->timeout, 0, "--timeout", error);
}

static gboolean
is_enough (Listening *self)
{
  return self->options->count > 0 && self->printed >= (guint) self->options->count;
}

static void
on_message (WtSession *session, WtConversation *conversation, WtMessage *message, gpointer data)
{
  Listening *self = data;
  g_autofree char *line = NULL;

  if (self->error != NULL || is_enough (self))
    return;
  line = wt_cli_line_format (wt_conversation_get_record (conversation),
                             wt_message_get_record (message));
  if (wt_cli_output_line (line, &self->error))
    self->printed++;
}

static void
on_frame (WtSession *session, WtFrame *frame, gpointer data)
{
  Listening *self = data;
  const char *text = wt_frame_get_json (frame);

  if (text == NULL)
    return;
  if (wt_frame_get_outgoing (frame))
    wt_cli_frames_take_sent (self->frames, text);
  else if (wt_cli_frames_take_received (self->frames, text) && self->error == NULL
           && !is_enough (self) && wt_cli_output_json (text, &self->error))
    self->printed++;
}

static void
tell_waiting (WtSession *session)
{
  WtDiagnosis *diagnosis = wt_session_get_diagnosis (session);
  g_autofree char *sentence = diagnosis != NULL ? wt_diagnosis_get_sentence (diagnosis) : NULL;
  gint64 left = wt_session_get_retry_at (session) - g_get_monotonic_time ();

  wt_cli_output_note (_ ("%s Trying again in %.1f seconds."),
                      sentence != NULL ? sentence : _ ("Not connected."),
                      (double) MAX (left, 0) / G_USEC_PER_SEC);
}

static void
on_connection_changed (WtSession *session, GParamSpec *pspec, gpointer data)
{
  Listening *self = data;
  WtConnectionState state = wt_session_get_state (session);

  if (state == self->told)
    return;
  self->told = state;
  if (state == WT_CONNECTION_ONLINE)
    {
      self->was_online = TRUE;
      wt_cli_output_note ("%s", _ ("Online."));
    }
  else if (state == WT_CONNECTION_WAITING)
    tell_waiting (session);
  else if (state == WT_CONNECTION_REFUSED && self->error == NULL)
    {
      if (wt_session_get_diagnosis (session) != NULL)
        wt_cli_words_note_remedy (wt_session_get_diagnosis (session));
      g_set_error_literal (&self->error, WT_CLI_ERROR, WT_CLI_ERROR_REPORTED, "refused");
    }
}

static void
on_refused_frame (WtSession *session, GParamSpec *pspec, gpointer data)
{
  wt_cli_output_note ("%s", _ ("Something arrived that is no message, or a broken one."));
}

static gboolean
on_reader_gone (gint fd, GIOCondition condition, gpointer data)
{
  Listening *self = data;

  self->reader = 0;
  if (self->error == NULL)
    g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "nobody reads");
  return G_SOURCE_REMOVE;
}

static gboolean
is_over (gpointer data)
{
  Listening *self = data;

  return self->error != NULL || is_enough (self);
}

static gboolean
is_acknowledged (gpointer data)
{
  Listening *self = data;

  return wt_cli_frames_get_unacked (self->frames) == 0;
}

static void
start (Listening *self)
{
  self->frames = wt_cli_frames_new ();
  self->reader = g_unix_fd_add (STDOUT_FILENO, G_IO_ERR, on_reader_gone, self);
  g_signal_connect (self->session, "notify::state", G_CALLBACK (on_connection_changed), self);
  if (self->options->json)
    {
      g_signal_connect (self->session, "frame", G_CALLBACK (on_frame), self);
      /* Texts whole: a program reads them. */
      wt_session_set_frame_tap (self->session, G_MAXSIZE);
    }
  else
    g_signal_connect (self->session, "message-received", G_CALLBACK (on_message), self);
  g_signal_connect (self->session, "notify::refused-frames", G_CALLBACK (on_refused_frame), self);
  wt_session_start (self->session);
}

static gboolean
finish (Listening *self, GError **error)
{
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (self->options->timeout <= 0 || is_enough (self))
    return TRUE;

  WtDiagnosis *diagnosis = wt_session_get_diagnosis (self->session);

  if (!self->was_online && diagnosis != NULL)
    wt_cli_words_note_remedy (diagnosis);
  if (self->options->count > 0)
    return wt_cli_error_set (error, WT_CLI_ERROR_FAILED,
                             _ ("The time is up after %u of %d messages."), self->printed,
                             self->options->count);
  return self->was_online
         || wt_cli_error_set (error, WT_CLI_ERROR_FAILED, "%s",
                              _ ("The time is up, and there was no connection."));
}

static gboolean
listen_on (WtCliLoop *loop, WtSession *session, const Options *options, GError **error)
{
  g_auto (Listening) self = { 0 };
  gint64 now = g_get_monotonic_time ();
  gint64 deadline = options->timeout > 0 ? now + (gint64) (options->timeout * G_USEC_PER_SEC) : -1;

  self.session = session;
  self.options = options;
  start (&self);
  wt_cli_loop_run (loop, is_over, &self, deadline);
  /* What was printed is not to come again. */
  if (self.error == NULL)
    wt_cli_loop_run (loop, is_acknowledged, &self,
                     g_get_monotonic_time () + LAST_ACKS_SECONDS * G_USEC_PER_SEC);
  /* A signal is how one ends it. */
  if (self.error == NULL && wt_cli_loop_is_interrupted (loop))
    return TRUE;
  return finish (&self, error);
}

/**
 * wt_cli_listen_run:
 * @loop: the program's loop
 * @arguments: (inout): the subcommand's command line
 * @error: return location for an error
 *
 * `wheatear-cli listen`.
 *
 * Returns: whether it ended as it was meant to
 */
gboolean
wt_cli_listen_run (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autoptr (WtCliProfile) profile = NULL;

  if (!wt_cli_options_parse (context, arguments, error) || !check (&options, error))
    return FALSE;
  profile = wt_cli_profile_open (loop, &options.who, error);
  if (profile == NULL)
    return FALSE;

  WtAccount *account = wt_session_get_account (profile->session);
  g_autoptr (WtEndpoint) endpoint = wt_account_make_endpoint (account, NULL, NULL);

  if (endpoint != NULL)
    wt_cli_words_warn (endpoint);
  return listen_on (loop, profile->session, &options, error);
}
