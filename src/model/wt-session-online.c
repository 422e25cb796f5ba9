/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

/* Going online and offline. */

static void
start_engine (WtSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEndpoint) endpoint = wt_account_make_endpoint (self->account, self->api_key, &error);

  if (endpoint == NULL)
    {
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_BAD_URL, 0,
                                                            error->message);

      wt_session_set_connection (self, WT_CONNECTION_REFUSED, diagnosis, 0);
      return;
    }
  wt_engine_start (self->engine, endpoint);
  wt_session_load_pending (self);
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = wt_secrets_lookup_finish (WT_SECRETS (source), result, &error);

  if (!self->started || g_cancellable_is_cancelled (self->cancellable))
    return;

  if (key == NULL)
    {
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_NO_KEY, 0,
                                                            error != NULL ? error->message : NULL);

      wt_session_set_connection (self, WT_CONNECTION_REFUSED, diagnosis, 0);
      return;
    }
  g_free (self->api_key);
  self->api_key = g_steal_pointer (&key);
  start_engine (self);
}

static void
look_up_key (WtSession *self)
{
  g_autofree char *name = wt_account_dup_key_name (self->account);

  wt_secrets_lookup_async (self->secrets, name, self->cancellable, on_key, g_object_ref (self));
}

/**
 * wt_session_start:
 * @self: a session
 *
 * Goes online and stays so: connects again whenever the connection is lost. On a session that is started: takes over
 * a changed account, with a new connection.
 */
void
wt_session_start (WtSession *self)
{
  g_return_if_fail (WT_IS_SESSION (self));

  self->started = TRUE;
  look_up_key (self);
}

/**
 * wt_session_retry_now:
 * @self: a session
 *
 * Connects at once where it waits or was refused.
 */
void
wt_session_retry_now (WtSession *self)
{
  g_return_if_fail (WT_IS_SESSION (self));

  if (!self->started || self->api_key == NULL)
    wt_session_start (self);
  else
    wt_engine_retry_now (self->engine);
}

/**
 * wt_session_network_changed:
 * @self: a session
 *
 * Tells that the network may be another than before: after resuming, say. A session that waits tries at once; a link is
 * checked, so that a dead one is found soon.
 */
void
wt_session_network_changed (WtSession *self)
{
  g_return_if_fail (WT_IS_SESSION (self));

  if (self->started)
    wt_engine_network_changed (self->engine);
}

/**
 * wt_session_stop:
 * @self: a session
 *
 * Goes offline in good order; what is queued stays queued.
 */
void
wt_session_stop (WtSession *self)
{
  g_return_if_fail (WT_IS_SESSION (self));

  self->started = FALSE;
  wt_engine_stop (self->engine);
  wt_session_set_connection (self, WT_CONNECTION_OFFLINE, NULL, 0);
}

/**
 * wt_session_set_frame_tap:
 * @self: a session
 * @longest: the longest string in a frame that is shown whole, in bytes; 0: frames are not shown, as at first
 *
 * Has #WtSession::frame emitted for each frame and pong from now on.
 */
void
wt_session_set_frame_tap (WtSession *self, gsize longest)
{
  g_return_if_fail (WT_IS_SESSION (self));

  wt_engine_set_frame_tap (self->engine, longest);
}
