/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-connection-private.h"

/* What a connection says of itself. */

/**
 * wt_connection_get_state:
 * @self: a connection
 *
 * Returns: #WtConnection:state
 */
WtConnectionState
wt_connection_get_state (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), WT_CONNECTION_OFFLINE);

  return self->state;
}

/**
 * wt_connection_get_diagnosis:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): #WtConnection:diagnosis
 */
WtDiagnosis *
wt_connection_get_diagnosis (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), NULL);

  return self->diagnosis;
}

/**
 * wt_connection_get_retry_at:
 * @self: a connection
 *
 * Returns: #WtConnection:retry-at
 */
gint64
wt_connection_get_retry_at (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), 0);

  return self->retry_at;
}

/**
 * wt_connection_get_uuid:
 * @self: a connection
 *
 * Returns: the `x-uuid` of this or the next connection: kept across clean closes, a fresh one after a connection
 *   that died (wire.md, section 1)
 */
const char *
wt_connection_get_uuid (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), NULL);

  return self->uuid;
}

/**
 * wt_connection_is_open:
 * @self: a connection
 *
 * Returns: whether wt_connection_send() would hand a frame over: confirming or online
 */
gboolean
wt_connection_is_open (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), FALSE);

  return wt_connection_is_linked (self);
}

/**
 * wt_connection_is_closing:
 * @self: a connection
 *
 * Returns: whether the transport has still to end what wt_connection_stop() closed: what was sent and the close frame
 *   may not have left yet. #WtTransport::closed ends it.
 */
gboolean
wt_connection_is_closing (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), FALSE);

  return self->closing;
}

/**
 * wt_connection_get_endpoint:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): where it connects to
 */
WtEndpoint *
wt_connection_get_endpoint (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), NULL);

  return self->endpoint;
}

/**
 * wt_connection_get_ignored:
 * @self: a connection
 *
 * Returns: how many frames came that were not text
 */
guint64
wt_connection_get_ignored (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), 0);

  return self->ignored;
}

/**
 * wt_connection_get_taken:
 * @self: a connection
 *
 * Returns: how many bytes the peer's system has confirmed, see wt_transport_get_taken(); 0 while not open
 */
guint64
wt_connection_get_taken (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), 0);

  return wt_connection_is_open (self) ? wt_transport_get_taken (self->transport) : 0;
}

/**
 * wt_connection_get_saved:
 * @self: a connection
 *
 * Returns: see wt_transport_get_saved(); 0 while not open
 */
gint64
wt_connection_get_saved (WtConnection *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION (self), 0);

  return wt_connection_is_open (self) ? wt_transport_get_saved (self->transport) : 0;
}
