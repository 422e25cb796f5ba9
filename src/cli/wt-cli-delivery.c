/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-delivery.h"

#include <glib/gi18n-lib.h>

#include "wt-cli-error.h"
#include "wt-cli-output.h"
#include "wt-cli-progress.h"
#include "wt-cli-words.h"

/* How often the pace and the time left are looked at. */
#define TICK_MS 20
/* With no pace set, so many messages may be under way. */
#define MOST_UNDER_WAY 256

/* Messages on their way, from the first to the last ACK. */
typedef struct
{
  WtSession *session;           /* borrowed, as the next four */
  WtConversation *conversation; /* where they go */
  const WtCliParts *parts;
  const WtCliDeliveryOptions *options;
  GPtrArray *media;

  WtCliTally tally;
  WtCliProgress *progress;
  GHashTable
      *waiting; /* row ids of messages that are stored, and neither acknowledged nor failed */
  guint storing;
  gint64 started;
  gint64 moved; /* when a message was last handed over or acknowledged */

  gboolean was_online;
  gboolean hopeless;
  gboolean timed_out;
  WtDiagnosis *diagnosis; /* (nullable): why there was no connection at last */
  char *failure;          /* (nullable): why a message failed, in words */
  GError *error;          /* why a message could not be stored */
} Delivery;

static void
delivery_clear (Delivery *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  wt_cli_tally_clear (&self->tally);
  g_clear_pointer (&self->progress, wt_cli_progress_free);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_clear_pointer (&self->failure, g_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Delivery, delivery_clear)

static void pump (Delivery *self);

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  Delivery *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMessageRecord) message = wt_session_send_finish_record (WT_SESSION (source), result,
                                                                       &error);

  self->storing--;
  if (message != NULL)
    {
      g_hash_table_add (self->waiting, g_memdup2 (&message->id, sizeof message->id));
      return;
    }
  self->hopeless = TRUE;
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
}

static void
hand_over (Delivery *self)
{
  guint number = self->options->count > 1 ? self->tally.sent + 1 : 0;
  g_autoptr (WtSegment) segment = wt_cli_parts_make (self->parts, self->media, number);

  self->tally.sent++;
  self->storing++;
  self->moved = g_get_monotonic_time ();
  wt_session_send_async (self->session, self->conversation, segment, NULL, on_stored, self);
}

static guint
get_due (Delivery *self)
{
  double seconds = (double) (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;

  if (self->options->rate <= 0)
    return self->tally.acked + self->tally.failed + MOST_UNDER_WAY;
  return (guint) MIN (seconds * self->options->rate + 1, G_MAXINT);
}

/* Hands over what is due. */
static void
pump (Delivery *self)
{
  guint due = MIN (get_due (self), (guint) self->options->count);

  while (self->tally.sent < due && !self->hopeless)
    hand_over (self);
}

static void
on_delivery_changed (WtSession *session, const WtMessageRecord *message, gpointer data)
{
  Delivery *self = data;

  if (message->delivery != WT_DELIVERY_ACKED && message->delivery != WT_DELIVERY_FAILED)
    return;
  if (!g_hash_table_remove (self->waiting, &message->id))
    return;

  self->moved = g_get_monotonic_time ();
  if (message->delivery == WT_DELIVERY_ACKED)
    wt_cli_tally_add_ack (&self->tally, message->rtt, message->attempts);
  else
    {
      self->tally.failed++;
      g_free (self->failure);
      self->failure = g_strdup (wt_cli_words_failure (message->failure));
    }
  pump (self);
}

/* Whether to give up instead of trying again: at the first attempt for what hardly mends itself while one waits. */
static gboolean
is_hopeless (Delivery *self, WtConnectionState state, WtDiagnosis *diagnosis)
{
  switch (wt_diagnosis_get_kind (diagnosis))
    {
    case WT_DIAGNOSIS_MESSAGE_TOO_BIG:
      return TRUE;
    case WT_DIAGNOSIS_DNS:
    case WT_DIAGNOSIS_REFUSED:
    case WT_DIAGNOSIS_UNREACHABLE:
    case WT_DIAGNOSIS_TIMEOUT:
    case WT_DIAGNOSIS_PROXY:
      return state == WT_CONNECTION_REFUSED || !self->was_online;
    default:
      return state == WT_CONNECTION_REFUSED;
    }
}

static void
on_connection_changed (WtSession *session, GParamSpec *pspec, gpointer data)
{
  Delivery *self = data;
  WtConnectionState state = wt_session_get_state (session);
  WtDiagnosis *diagnosis = wt_session_get_diagnosis (session);

  if (state == WT_CONNECTION_ONLINE)
    self->was_online = TRUE;
  if (diagnosis == NULL)
    return;

  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  self->diagnosis = wt_diagnosis_ref (diagnosis);
  if (state == WT_CONNECTION_WAITING || state == WT_CONNECTION_REFUSED)
    self->hopeless = self->hopeless || is_hopeless (self, state, diagnosis);
}

static gboolean
on_tick (gpointer data)
{
  Delivery *self = data;
  gint64 patience = (gint64) (self->options->timeout * G_USEC_PER_SEC);
  gboolean all_sent = self->tally.sent >= (guint) self->options->count;

  pump (self);
  wt_cli_progress_set (self->progress, self->tally.acked);
  if ((all_sent || self->options->rate <= 0) && g_get_monotonic_time () - self->moved > patience)
    self->timed_out = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_over (gpointer data)
{
  Delivery *self = data;

  if (self->hopeless || self->timed_out)
    return TRUE;
  return self->tally.acked + self->tally.failed >= (guint) self->options->count;
}

static gboolean
is_stored (gpointer data)
{
  Delivery *self = data;

  return self->storing == 0;
}

/* Says why; returns FALSE. */
static gboolean
explain (Delivery *self, gboolean interrupted, gboolean is_kept, GError **error)
{
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (self->failure != NULL)
    wt_cli_output_note ("%s", self->failure);
  else if (interrupted)
    wt_cli_output_note ("%s", _ ("Interrupted."));
  else if (self->timed_out && (self->diagnosis == NULL || self->was_online))
    wt_cli_output_note (ngettext ("The server did not acknowledge it within %g second.",
                                  "The server did not acknowledge it within %g seconds.",
                                  (gulong) self->options->timeout),
                        self->options->timeout);
  if (self->diagnosis != NULL)
    wt_cli_words_note_remedy (self->diagnosis);
  if (is_kept && g_hash_table_size (self->waiting) > 0)
    wt_cli_output_note ("%s", _ ("What was not acknowledged stays queued, and is sent when the "
                                 "account is online again."));
  g_set_error_literal (error, WT_CLI_ERROR, WT_CLI_ERROR_REPORTED, "not acknowledged");
  return FALSE;
}

static gboolean
report (Delivery *self, GError **error)
{
  g_autofree char *summary = NULL;

  if (self->options->count > 1)
    summary = wt_cli_tally_summarize (&self->tally);
  else if (self->tally.acked > 0)
    {
      g_autofree char *span = wt_cli_words_milliseconds (
          wt_cli_tally_get_percentile (&self->tally, 100));

      summary = g_strdup_printf (self->tally.resent > 0 ? _ ("acked %s after it was sent again")
                                                        : _ ("acked after %s"),
                                 span);
    }
  return summary == NULL || wt_cli_output_line (summary, error);
}

static void
deliver (Delivery *self, WtCliLoop *loop)
{
  guint tick = g_timeout_add (TICK_MS, on_tick, self);

  self->started = g_get_monotonic_time ();
  self->moved = self->started;
  self->progress = wt_cli_progress_new ((guint) self->options->count);
  g_signal_connect (self->session, "delivery-changed", G_CALLBACK (on_delivery_changed), self);
  g_signal_connect (self->session, "notify", G_CALLBACK (on_connection_changed), self);
  wt_session_start (self->session);
  pump (self);
  wt_cli_loop_run (loop, is_over, self, -1);
  g_source_remove (tick);
  wt_cli_progress_clear (self->progress);
  /* The database answers each, and the answers come here. */
  while (!is_stored (self))
    g_main_context_iteration (NULL, TRUE);
}

/**
 * wt_cli_delivery_run:
 * @loop: the program's loop
 * @profile: the profile; its session goes online
 * @conversation: where the messages go
 * @parts: what is in them
 * @options: how many, how fast, how long
 * @error: return location for an error
 *
 * Sends, and waits for the ACKs. Prints a summary on standard output, and on standard error what went wrong.
 *
 * Returns: whether every message was acknowledged
 */
gboolean
wt_cli_delivery_run (WtCliLoop *loop,
                     WtCliProfile *profile,
                     WtConversation *conversation,
                     const WtCliParts *parts,
                     const WtCliDeliveryOptions *options,
                     GError **error)
{
  g_auto (Delivery) self = { 0 };

  self.session = profile->session;
  self.conversation = conversation;
  self.parts = parts;
  self.options = options;
  self.waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  wt_cli_tally_init (&self.tally);
  self.media = wt_cli_parts_store (parts, wt_profile_get_blobs (profile->profile),
                                   wt_cli_loop_get_cancellable (loop), error);
  if (self.media == NULL || !wt_cli_loop_check (loop, error))
    return FALSE;

  deliver (&self, loop);
  if (!report (&self, error))
    return FALSE;
  if (self.tally.acked >= (guint) options->count)
    return TRUE;
  return explain (&self, wt_cli_loop_is_interrupted (loop), profile->temporary == NULL, error);
}
