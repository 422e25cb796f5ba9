/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-connection-private.h"

#include <glib/gi18n-lib.h>

/**
 * WtConnection:
 *
 * The state machine over a #WtTransport:
 *
 *   OFFLINE ─start→ RESOLVING → CONNECTING → (SECURING) → UPGRADING → CONFIRMING → ONLINE
 *   any attempt's end → WAITING ─timer, network change, retry_now→ RESOLVING …
 *   an end that retrying cannot mend → REFUSED ─start, retry_now, set_endpoint→ RESOLVING …
 *   any ─stop→ OFFLINE
 *
 * What changes together is all in place before the first notification; they come in the order `diagnosis`,
 * `retry-at`, `state`. A handler may call anything, and may drop the last reference. ONLINE is notified before the
 * frame that confirms it is emitted; after wt_connection_stop() no frame is.
 */
G_DEFINE_FINAL_TYPE (WtConnection, wt_connection, G_TYPE_OBJECT)

#define DEFAULT_CONFIRM_GRACE_MS 400
#define DEFAULT_PING_INTERVAL_MS 20000
#define DEFAULT_PONG_TIMEOUT_MS 10000

enum
{
  PROP_0,
  PROP_STATE,
  PROP_DIAGNOSIS,
  PROP_RETRY_AT,
  PROP_CONFIRM_GRACE,
  PROP_PING_INTERVAL,
  PROP_PONG_TIMEOUT,
  N_PROPS
};

enum
{
  FRAME,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Notifies what is not as it was told last. A handler that changes something comes here again itself. Private. */
void
wt_connection_announce (WtConnection *self)
{
  g_autoptr (WtConnection) keep G_GNUC_UNUSED = g_object_ref (self);

  if (self->told_diagnosis != self->diagnosis)
    {
      g_clear_pointer (&self->told_diagnosis, wt_diagnosis_unref);
      self->told_diagnosis = self->diagnosis != NULL ? wt_diagnosis_ref (self->diagnosis) : NULL;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIAGNOSIS]);
    }
  if (self->told_retry_at != self->retry_at)
    {
      self->told_retry_at = self->retry_at;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_AT]);
    }
  if (self->told_state != self->state)
    {
      self->told_state = self->state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

/* Emits #WtConnection::frame. */
void
wt_connection_emit_frame (WtConnection *self, GBytes *frame)
{
  g_signal_emit (self, signals[FRAME], 0, frame);
}

static void
wt_connection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtConnection *self = WT_CONNECTION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_DIAGNOSIS:
      g_value_set_boxed (value, self->diagnosis);
      break;
    case PROP_RETRY_AT:
      g_value_set_int64 (value, self->retry_at);
      break;
    case PROP_CONFIRM_GRACE:
      g_value_set_uint (value, self->confirm_grace);
      break;
    case PROP_PING_INTERVAL:
      g_value_set_uint (value, self->ping_interval);
      break;
    case PROP_PONG_TIMEOUT:
      g_value_set_uint (value, self->pong_timeout);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_uint (WtConnection *self, guint *member, const GValue *value, GParamSpec *pspec)
{
  if (*member == g_value_get_uint (value))
    return;
  *member = g_value_get_uint (value);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
wt_connection_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtConnection *self = WT_CONNECTION (object);

  switch (id)
    {
    case PROP_CONFIRM_GRACE:
      set_uint (self, &self->confirm_grace, value, pspec);
      break;
    case PROP_PING_INTERVAL:
      set_uint (self, &self->ping_interval, value, pspec);
      break;
    case PROP_PONG_TIMEOUT:
      set_uint (self, &self->pong_timeout, value, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_connection_dispose (GObject *object)
{
  WtConnection *self = WT_CONNECTION (object);

  self->wanted = FALSE;
  if (self->transport != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->transport, self);
      wt_connection_drop (self, WT_CLOSE_GOING_AWAY);
    }
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  self->state = WT_CONNECTION_OFFLINE;
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (wt_connection_parent_class)->dispose (object);
}

/* What methods called from handlers after dispose may still ask for. */
static void
wt_connection_finalize (GObject *object)
{
  WtConnection *self = WT_CONNECTION (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->endpoint, wt_endpoint_unref);
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_clear_pointer (&self->told_diagnosis, wt_diagnosis_unref);
  wt_backoff_clear (&self->backoff);

  G_OBJECT_CLASS (wt_connection_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * WtConnection:state:
   *
   * Where it stands.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, WT_TYPE_CONNECTION_STATE,
                                              WT_CONNECTION_OFFLINE, G_PARAM_READABLE | flags);
  /**
   * WtConnection:diagnosis: (nullable)
   *
   * Why the last attempt or connection ended; %NULL when online or stopped.
   */
  properties[PROP_DIAGNOSIS] = g_param_spec_boxed ("diagnosis", NULL, NULL, WT_TYPE_DIAGNOSIS,
                                                   G_PARAM_READABLE | flags);
  /**
   * WtConnection:retry-at:
   *
   * When the next attempt is due, in monotonic microseconds of the clock; 0 when none is.
   */
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0,
                                                  G_PARAM_READABLE | flags);
  /**
   * WtConnection:confirm-grace:
   *
   * How long a server has to refuse the key after a good handshake, in milliseconds.
   */
  properties[PROP_CONFIRM_GRACE] = g_param_spec_uint ("confirm-grace", NULL, NULL, 0, G_MAXUINT / 4,
                                                      DEFAULT_CONFIRM_GRACE_MS,
                                                      G_PARAM_READWRITE | flags);
  /**
   * WtConnection:ping-interval:
   *
   * How often the transport pings, in milliseconds.
   */
  properties[PROP_PING_INTERVAL] = g_param_spec_uint ("ping-interval", NULL, NULL, 0, G_MAXUINT / 4,
                                                      DEFAULT_PING_INTERVAL_MS,
                                                      G_PARAM_READWRITE | flags);
  /**
   * WtConnection:pong-timeout:
   *
   * How long after a ping something must have been heard, in milliseconds.
   */
  properties[PROP_PONG_TIMEOUT] = g_param_spec_uint ("pong-timeout", NULL, NULL, 0, G_MAXUINT / 4,
                                                     DEFAULT_PONG_TIMEOUT_MS,
                                                     G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wt_connection_class_init (WtConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_connection_get_property;
  object_class->set_property = wt_connection_set_property;
  object_class->dispose = wt_connection_dispose;
  object_class->finalize = wt_connection_finalize;
  install_properties (object_class);

  /**
   * WtConnection::frame:
   * @self: a connection
   * @frame: a text frame, in the order they came
   */
  signals[FRAME] = g_signal_new ("frame", WT_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
}

static void
wt_connection_init (WtConnection *self)
{
  wt_backoff_init (&self->backoff);
  self->uuid = g_uuid_string_random ();
  self->confirm_grace = DEFAULT_CONFIRM_GRACE_MS;
  self->ping_interval = DEFAULT_PING_INTERVAL_MS;
  self->pong_timeout = DEFAULT_PONG_TIMEOUT_MS;
}

/**
 * wt_connection_new:
 * @transport: what carries frames; used by nobody else
 * @clock: all its times
 *
 * Returns: (transfer full): a connection that is offline and has no endpoint
 */
WtConnection *
wt_connection_new (WtTransport *transport, WtClock *clock)
{
  WtConnection *self;

  g_return_val_if_fail (WT_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (WT_IS_CLOCK (clock), NULL);

  self = g_object_new (WT_TYPE_CONNECTION, NULL);
  self->transport = g_object_ref (transport);
  self->clock = g_object_ref (clock);
  self->watch = wt_network_watch_new (g_network_monitor_get_default (), clock);
  wt_connection_attach (self);
  return self;
}

/**
 * wt_connection_set_endpoint:
 * @self: a connection
 * @endpoint: (nullable): where to connect from now on
 *
 * When started, a different endpoint is connected to at once, whatever the state.
 */
void
wt_connection_set_endpoint (WtConnection *self, WtEndpoint *endpoint)
{
  g_return_if_fail (WT_IS_CONNECTION (self));

  if (endpoint == self->endpoint)
    {
      if (self->state == WT_CONNECTION_REFUSED)
        wt_connection_attempt (self);
      return;
    }
  if (wt_endpoint_equal (endpoint, self->endpoint) && self->state != WT_CONNECTION_REFUSED)
    return;
  if (endpoint != NULL)
    wt_endpoint_ref (endpoint);
  g_clear_pointer (&self->endpoint, wt_endpoint_unref);
  self->endpoint = endpoint;
  self->proven = FALSE;
  if (!self->wanted)
    return;
  wt_connection_drop (self, WT_CLOSE_NORMAL);
  wt_backoff_reset (&self->backoff);
  self->replaced = FALSE;
  wt_connection_attempt (self);
}

/**
 * wt_connection_start:
 * @self: a connection
 *
 * Connects, and stays connected until wt_connection_stop(). When refused, tries again; else when started, nothing.
 */
void
wt_connection_start (WtConnection *self)
{
  g_return_if_fail (WT_IS_CONNECTION (self));

  if (self->watch == NULL)
    return;
  self->wanted = TRUE;
  wt_network_watch_set_running (self->watch, TRUE);
  if (self->state == WT_CONNECTION_OFFLINE || self->state == WT_CONNECTION_REFUSED)
    wt_connection_attempt (self);
}

/**
 * wt_connection_retry_now:
 * @self: a connection
 *
 * When waiting or refused, tries at once; else nothing.
 */
void
wt_connection_retry_now (WtConnection *self)
{
  g_return_if_fail (WT_IS_CONNECTION (self));

  if (self->state == WT_CONNECTION_WAITING || self->state == WT_CONNECTION_REFUSED)
    wt_connection_attempt (self);
}

/**
 * wt_connection_stop:
 * @self: a connection
 *
 * Closes with 1000, after what was sent, and is offline at once; the close handshake goes on in the background.
 */
void
wt_connection_stop (WtConnection *self)
{
  g_return_if_fail (WT_IS_CONNECTION (self));

  self->wanted = FALSE;
  if (self->watch != NULL)
    wt_network_watch_set_running (self->watch, FALSE);
  wt_connection_drop (self, WT_CLOSE_NORMAL);
  self->state = WT_CONNECTION_OFFLINE;
  wt_connection_set_diagnosis (self, NULL);
  wt_connection_announce (self);
}

/**
 * wt_connection_send:
 * @self: a connection
 * @text: UTF-8, not more than %WT_PROTOCOL_MAX_BYTES
 * @error: return location for a #GError: %G_IO_ERROR_NOT_CONNECTED when not open, %G_IO_ERROR_MESSAGE_TOO_LARGE with
 *   the size in its message, %G_IO_ERROR_INVALID_DATA
 *
 * Sends one text frame. No signal is emitted before it returns.
 *
 * Returns: whether it was handed to the transport; that says nothing about its arrival
 */
gboolean
wt_connection_send (WtConnection *self, GBytes *text, GError **error)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (wt_connection_is_linked (self))
    return wt_transport_send (self->transport, text, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _ ("There is no connection."));
  return FALSE;
}

/**
 * wt_connection_network_changed:
 * @self: a connection
 *
 * Tells that the network may be another than before: after resuming, say. Waiting ends at once, though there is not
 * more than one attempt a second; so does being refused by what may have been another server than one's own (a TLS
 * fault or an HTTP answer, not a bad key). A link is checked, and must give a sign of life within
 * #WtConnection:pong-timeout. GNetworkMonitor's changes and jumps of the time of day come here by themselves.
 */
void
wt_connection_network_changed (WtConnection *self)
{
  g_return_if_fail (WT_IS_CONNECTION (self));

  wt_connection_check_link (self);
  wt_connection_reconsider (self);
}

/**
 * wt_connection_set_seed:
 * @self: a connection
 * @seed: where the backoff's chance begins
 *
 * Makes the waits repeatable, for tests.
 */
void
wt_connection_set_seed (WtConnection *self, guint32 seed)
{
  g_return_if_fail (WT_IS_CONNECTION (self));

  g_rand_set_seed (self->backoff.rand, seed);
}
