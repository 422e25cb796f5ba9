/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-connection-private.h"

/* What a connection does by itself: attempts, waits between them, and doubts about the link. Everything is in place
 * before wt_connection_announce(), whose handlers may call anything. */

#define STABLE_MS 60000
/* A network that comes up changes many times in a moment. */
#define LEAST_BETWEEN_ATTEMPTS_MS 1000

static void
clear_timer (WtConnection *self, guint *timer)
{
  guint id = *timer;

  *timer = 0;
  if (id != 0)
    wt_clock_remove_timeout (self->clock, id);
}

static void
set_timer (WtConnection *self, guint *timer, guint64 milliseconds, GSourceFunc func)
{
  clear_timer (self, timer);
  *timer = wt_clock_add_timeout (self->clock, milliseconds, func, self, NULL);
}

static void
clear_link_timers (WtConnection *self)
{
  clear_timer (self, &self->confirm_timer);
  clear_timer (self, &self->stable_timer);
  clear_timer (self, &self->silence_timer);
  self->checking = FALSE;
}

void
wt_connection_set_diagnosis (WtConnection *self, WtDiagnosis *diagnosis)
{
  if (diagnosis != NULL)
    wt_diagnosis_ref (diagnosis);
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  self->diagnosis = diagnosis;
}

gboolean
wt_connection_is_linked (WtConnection *self)
{
  return self->active
         && (self->state == WT_CONNECTION_CONFIRMING || self->state == WT_CONNECTION_ONLINE);
}

static void
forget_uuid (WtConnection *self)
{
  g_clear_pointer (&self->uuid, g_free);
  self->uuid = g_uuid_string_random ();
}

/* --- waiting --- */

static gboolean
on_retry (gpointer data)
{
  g_autoptr (WtConnection) self = g_object_ref (data);

  self->retry_timer = 0;
  wt_connection_attempt (self);
  return G_SOURCE_REMOVE;
}

void
wt_connection_wait (WtConnection *self, guint milliseconds)
{
  self->state = WT_CONNECTION_WAITING;
  self->retry_at = wt_clock_get_monotonic (self->clock) + (gint64) milliseconds * 1000;
  set_timer (self, &self->retry_timer, milliseconds, on_retry);
}

static guint
choose_delay (WtConnection *self, WtDiagnosis *diagnosis, gboolean was_linked)
{
  gboolean first_time = !self->replaced;

  if (wt_diagnosis_get_kind (diagnosis) != WT_DIAGNOSIS_REPLACED || !was_linked)
    return wt_backoff_next (&self->backoff);
  /* An old socket of ours ended, and the server closed the new one with it (wire.md, section 1). */
  self->replaced = TRUE;
  return first_time ? 0 : wt_backoff_next (&self->backoff);
}

/* The handshake may have succeeded, and its answer been lost. */
static gboolean
is_known_to_server (WtConnection *self, WtDiagnosis *diagnosis)
{
  WtDiagnosisKind kind = wt_diagnosis_get_kind (diagnosis);

  return self->state == WT_CONNECTION_UPGRADING
         && (kind == WT_DIAGNOSIS_TIMEOUT || kind == WT_DIAGNOSIS_CLOSED);
}

/* An endpoint that was right is right still: a proxy answers while its server restarts, say. */
static gboolean
may_mend_itself (WtConnection *self, WtDiagnosis *diagnosis)
{
  WtDiagnosisKind kind = wt_diagnosis_get_kind (diagnosis);

  if (kind == WT_DIAGNOSIS_NONE || wt_diagnosis_can_retry (diagnosis))
    return TRUE;
  return self->proven && (kind == WT_DIAGNOSIS_HTTP_STATUS || kind == WT_DIAGNOSIS_NOT_API_SERVER);
}

/* The attempt or the connection is over. */
static void
end (WtConnection *self, WtDiagnosis *diagnosis)
{
  gboolean was_linked = wt_connection_is_linked (self);

  self->active = FALSE;
  clear_link_timers (self);
  /* The server may hold a dead socket under the old name still (wire.md, section 1). */
  if (!wt_diagnosis_is_clean (diagnosis) && (was_linked || is_known_to_server (self, diagnosis)))
    forget_uuid (self);
  wt_connection_set_diagnosis (self, diagnosis);
  if (may_mend_itself (self, diagnosis))
    wt_connection_wait (self, choose_delay (self, diagnosis, was_linked));
  else
    self->state = WT_CONNECTION_REFUSED;
  wt_connection_announce (self);
}

/* --- linked --- */

static gboolean
on_stable (gpointer data)
{
  WtConnection *self = data;

  self->stable_timer = 0;
  self->replaced = FALSE;
  wt_backoff_reset (&self->backoff);
  return G_SOURCE_REMOVE;
}

static void
go_online (WtConnection *self)
{
  clear_timer (self, &self->confirm_timer);
  self->state = WT_CONNECTION_ONLINE;
  self->proven = TRUE;
  wt_connection_set_diagnosis (self, NULL);
  set_timer (self, &self->stable_timer, STABLE_MS, on_stable);
  wt_connection_announce (self);
}

static gboolean
on_confirmed (gpointer data)
{
  g_autoptr (WtConnection) self = g_object_ref (data);

  self->confirm_timer = 0;
  go_online (self);
  return G_SOURCE_REMOVE;
}

static gint64
get_silence_limit (WtConnection *self)
{
  guint milliseconds = self->checking ? self->pong_timeout
                                      : self->ping_interval + self->pong_timeout;

  return (gint64) milliseconds * 1000;
}

static gboolean on_silence (gpointer data);

/* One timer for many frames: it looks, when it is due, whether there was anything. */
static void
watch_silence (WtConnection *self)
{
  gint64 left = self->last_heard + get_silence_limit (self) - wt_clock_get_monotonic (self->clock);

  set_timer (self, &self->silence_timer, (guint64) MAX (left, 0) / 1000, on_silence);
}

static gboolean
on_silence (gpointer data)
{
  g_autoptr (WtConnection) self = g_object_ref (data);
  g_autoptr (WtDiagnosis) diagnosis = NULL;

  self->silence_timer = 0;
  if (wt_clock_get_monotonic (self->clock) - self->last_heard < get_silence_limit (self))
    {
      watch_silence (self);
      return G_SOURCE_REMOVE;
    }
  diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_NO_PONG, 0, NULL);
  forget_uuid (self);
  self->active = FALSE;
  wt_transport_close (self->transport, WT_CLOSE_GOING_AWAY, NULL);
  end (self, diagnosis);
  return G_SOURCE_REMOVE;
}

/* Whether another network may make a difference to what refused: a hotel's login page answers for everybody. */
static gboolean
is_of_the_network (WtDiagnosis *diagnosis)
{
  switch (diagnosis != NULL ? wt_diagnosis_get_kind (diagnosis) : WT_DIAGNOSIS_NONE)
    {
    case WT_DIAGNOSIS_TLS_EXPIRED:
    case WT_DIAGNOSIS_TLS_WRONG_HOST:
    case WT_DIAGNOSIS_TLS_SELF_SIGNED:
    case WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER:
    case WT_DIAGNOSIS_TLS_OTHER:
    case WT_DIAGNOSIS_PROXY:
    case WT_DIAGNOSIS_HTTP_STATUS:
    case WT_DIAGNOSIS_NOT_API_SERVER:
      return TRUE;
    default:
      return FALSE;
    }
}

/* The network changed between attempts. */
void
wt_connection_reconsider (WtConnection *self)
{
  gint64 since = (wt_clock_get_monotonic (self->clock) - self->last_attempt) / 1000;
  gboolean refused = self->state == WT_CONNECTION_REFUSED && is_of_the_network (self->diagnosis);

  if (self->state != WT_CONNECTION_WAITING && !refused)
    return;
  if (since >= LEAST_BETWEEN_ATTEMPTS_MS)
    {
      wt_connection_attempt (self);
      return;
    }
  if (!refused && self->retry_at <= self->last_attempt + LEAST_BETWEEN_ATTEMPTS_MS * 1000)
    return;
  wt_connection_wait (self, (guint) (LEAST_BETWEEN_ATTEMPTS_MS - since));
  wt_connection_announce (self);
}

void
wt_connection_check_link (WtConnection *self)
{
  if (!wt_connection_is_linked (self) || self->checking)
    return;
  self->checking = TRUE;
  self->last_heard = wt_clock_get_monotonic (self->clock);
  watch_silence (self);
  wt_transport_check (self->transport);
}

/* --- the transport's signals --- */

static void
on_step (WtTransport *transport, WtConnectionState step, WtConnection *self)
{
  if (!self->active || wt_connection_is_linked (self) || step <= self->state
      || step > WT_CONNECTION_UPGRADING)
    return;
  self->state = step;
  wt_connection_announce (self);
}

static void
on_opened (WtTransport *transport, WtConnection *self)
{
  if (!self->active || wt_connection_is_linked (self))
    return;
  self->state = WT_CONNECTION_CONFIRMING;
  self->last_heard = wt_clock_get_monotonic (self->clock);
  set_timer (self, &self->confirm_timer, self->confirm_grace, on_confirmed);
  watch_silence (self);
  wt_connection_announce (self);
}

static void
on_alive (WtTransport *transport, WtConnection *self)
{
  if (!wt_connection_is_linked (self))
    return;
  self->last_heard = wt_clock_get_monotonic (self->clock);
  self->checking = FALSE;
}

static void
on_frame (WtTransport *transport, GBytes *frame, WtConnection *self)
{
  if (!wt_connection_is_linked (self))
    return;
  on_alive (transport, self);
  if (self->state == WT_CONNECTION_CONFIRMING)
    go_online (self);
  if (wt_connection_is_linked (self))
    wt_connection_emit_frame (self, frame);
}

static void
on_ignored (WtTransport *transport, WtConnection *self)
{
  self->ignored++;
}

static void
on_closed (WtTransport *transport, WtDiagnosis *diagnosis, WtConnection *self)
{
  self->closing = FALSE;
  if (self->active)
    end (self, diagnosis);
  else if (wt_diagnosis_is_clean (diagnosis))
    self->parting = FALSE;
}

static void
on_network_changed (WtNetworkWatch *watch, WtConnection *self)
{
  wt_connection_network_changed (self);
}

/* --- attempts --- */

void
wt_connection_attempt (WtConnection *self)
{
  g_autoptr (WtConnection) keep G_GNUC_UNUSED = g_object_ref (self);
  g_autoptr (WtEndpoint) endpoint = NULL;

  clear_timer (self, &self->retry_timer);
  self->retry_at = 0;
  if (self->endpoint == NULL)
    {
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_BAD_URL, 0, NULL);

      wt_connection_set_diagnosis (self, diagnosis);
      self->state = WT_CONNECTION_REFUSED;
      wt_connection_announce (self);
      return;
    }
  if (self->parting)
    forget_uuid (self);
  self->parting = FALSE;
  self->closing = FALSE;
  self->active = TRUE;
  self->state = WT_CONNECTION_RESOLVING;
  self->last_attempt = wt_clock_get_monotonic (self->clock);
  endpoint = wt_endpoint_ref (self->endpoint);
  /* First: nothing is emitted from it, and a handler of the notifications may stop it. */
  wt_transport_open (self->transport, endpoint, self->uuid);
  wt_connection_announce (self);
}

/* Ends what is going on, without a word. */
void
wt_connection_drop (WtConnection *self, guint16 code)
{
  clear_link_timers (self);
  clear_timer (self, &self->retry_timer);
  self->retry_at = 0;
  if (!self->active)
    return;
  self->parting = self->state >= WT_CONNECTION_UPGRADING;
  self->active = FALSE;
  self->closing = TRUE;
  wt_transport_close (self->transport, code, NULL);
}

/* Listens to the transport and the network. */
void
wt_connection_attach (WtConnection *self)
{
  g_signal_connect_object (self->transport, "step", G_CALLBACK (on_step), self, 0);
  g_signal_connect_object (self->transport, "opened", G_CALLBACK (on_opened), self, 0);
  g_signal_connect_object (self->transport, "alive", G_CALLBACK (on_alive), self, 0);
  g_signal_connect_object (self->transport, "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (self->transport, "ignored", G_CALLBACK (on_ignored), self, 0);
  g_signal_connect_object (self->transport, "closed", G_CALLBACK (on_closed), self, 0);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_network_changed), self, 0);
}
