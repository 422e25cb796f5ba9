/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-engine-private.h"

/* What the owner asks for, on its own thread, and what is done about it on the worker's. */

/* A call from the owner's thread: holds the engine, and runs on the worker's, unless the engine is closed by then. */
typedef struct _Call Call;
struct _Call
{
  WtEngine *engine;
  void (*run) (WtEngine *self, Call *call);
  void (*command) (WtConnection *connection); /* in place of @run */
  WtEndpoint *endpoint;
  WtOutgoing *outgoing;
  gint64 message_id;
  gsize longest;
};

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->engine);
  g_clear_pointer (&call->endpoint, wt_endpoint_unref);
  g_clear_pointer (&call->outgoing, wt_outgoing_free);
  g_free (call);
}

static gboolean
on_call (gpointer data)
{
  Call *call = data;
  WtEngine *self = call->engine;

  if (self->connection != NULL && call->command != NULL)
    call->command (self->connection);
  else if (self->connection != NULL)
    call->run (self, call);
  return G_SOURCE_REMOVE;
}

/* Takes what @arguments own. */
static void
invoke (WtEngine *self, Call arguments)
{
  arguments.engine = g_object_ref (self);
  wt_worker_invoke (self->worker, on_call, g_memdup2 (&arguments, sizeof arguments), call_free);
}

static void
do_start (WtEngine *self, Call *call)
{
  self->started = TRUE;
  wt_connection_set_endpoint (self->connection, call->endpoint);
  if (!wt_frame_queue_is_crowded (self->frames))
    wt_connection_start (self->connection);
}

static void
do_stop (WtEngine *self, Call *call)
{
  self->started = FALSE;
  wt_connection_stop (self->connection);
}

static void
do_send (WtEngine *self, Call *call)
{
  wt_outbox_add (self->outbox, g_steal_pointer (&call->outgoing));
}

static void
do_cancel (WtEngine *self, Call *call)
{
  wt_outbox_remove (self->outbox, call->message_id);
  wt_send_progress_end (self->progress, call->message_id);
}

static void
do_set_frame_tap (WtEngine *self, Call *call)
{
  self->longest = call->longest;
}

/**
 * wt_engine_start:
 * @self: an engine
 * @endpoint: where and as whom to connect
 *
 * Connects, and keeps connected.
 */
void
wt_engine_start (WtEngine *self, WtEndpoint *endpoint)
{
  g_return_if_fail (WT_IS_ENGINE (self));

  invoke (self, (Call){ .run = do_start, .endpoint = wt_endpoint_ref (endpoint) });
}

/**
 * wt_engine_retry_now:
 * @self: an engine
 *
 * Connects at once where it waits or was refused.
 */
void
wt_engine_retry_now (WtEngine *self)
{
  g_return_if_fail (WT_IS_ENGINE (self));

  invoke (self, (Call){ .command = wt_connection_retry_now });
}

/**
 * wt_engine_network_changed:
 * @self: an engine
 *
 * Tells that the network may be another than before, see wt_connection_network_changed().
 */
void
wt_engine_network_changed (WtEngine *self)
{
  g_return_if_fail (WT_IS_ENGINE (self));

  invoke (self, (Call){ .command = wt_connection_network_changed });
}

/**
 * wt_engine_stop:
 * @self: an engine
 *
 * Closes the connection in good order; what waits stays in the outbox.
 */
void
wt_engine_stop (WtEngine *self)
{
  g_return_if_fail (WT_IS_ENGINE (self));

  invoke (self, (Call){ .run = do_stop });
}

/**
 * wt_engine_send:
 * @self: an engine
 * @outgoing: (transfer full): a message that is stored
 *
 * Hands a message to the outbox.
 */
void
wt_engine_send (WtEngine *self, WtOutgoing *outgoing)
{
  g_return_if_fail (WT_IS_ENGINE (self));

  invoke (self, (Call){ .run = do_send, .outgoing = outgoing });
}

/**
 * wt_engine_cancel:
 * @self: an engine
 * @message_id: a message's row id
 *
 * Takes a message out of the outbox, for one that was deleted.
 */
void
wt_engine_cancel (WtEngine *self, gint64 message_id)
{
  g_return_if_fail (WT_IS_ENGINE (self));

  invoke (self, (Call){ .run = do_cancel, .message_id = message_id });
}

/**
 * wt_engine_set_frame_tap:
 * @self: an engine
 * @longest: the longest string in a frame that is shown whole, in bytes; 0: no frame is shown, as at first
 *
 * Has each frame, sent or received from now on, reported as %WT_ENGINE_FRAME, without keys; and each pong.
 */
void
wt_engine_set_frame_tap (WtEngine *self, gsize longest)
{
  g_return_if_fail (WT_IS_ENGINE (self));

  invoke (self, (Call){ .run = do_set_frame_tap, .longest = longest });
}
