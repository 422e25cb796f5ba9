/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-parting.h"

/* How long a connection may take for the close handshake, and what is before it. */
#define PARTING_MS 1000

struct _WtParting
{
  gatomicrefcount refs;

  /* owned; the connection's thread only, and whoever frees its main context */
  WtConnection *connection;
  WtTransport *transport;
  WtClock *clock;

  /* under the mutex */
  GMutex mutex;
  GCond ended;
  GSource *end;          /* while it goes on */
  gboolean nobody_waits; /* any more */
  gboolean is_over;
};

/**
 * wt_parting_new:
 *
 * Returns: (transfer full): a parting that has not begun
 */
WtParting *
wt_parting_new (void)
{
  WtParting *self = g_new0 (WtParting, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  return self;
}

/**
 * wt_parting_ref:
 * @self: a parting
 *
 * Returns: (transfer full): @self
 */
WtParting *
wt_parting_ref (WtParting *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * wt_parting_unref:
 * @self: (transfer full): a parting
 *
 * Gives up a reference. One that goes on holds itself.
 */
void
wt_parting_unref (WtParting *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  g_free (self);
}

/* Nothing is on the wire any more, or nobody waits for it, or the main context is freed. */
static void
finish (gpointer data)
{
  g_autoptr (WtParting) self = data;
  g_autoptr (GSource) end G_GNUC_UNUSED = NULL;

  g_signal_handlers_disconnect_by_data (self->transport, self);
  g_clear_object (&self->connection);
  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_mutex_lock (&self->mutex);
  end = g_steal_pointer (&self->end);
  self->is_over = TRUE;
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->mutex);
}

static gboolean
on_end (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Not at once: this is the transport's own emission. */
static void
on_closed (WtTransport *transport, WtDiagnosis *diagnosis, gpointer data)
{
  WtParting *self = data;

  g_source_set_ready_time (self->end, 0);
}

/**
 * wt_parting_begin:
 * @self: a parting, begun once
 * @connection: (transfer full): a connection that is stopped
 * @transport: (transfer full): what it is over
 * @clock: (transfer full): its clock
 * @context: the main context that they are used in
 *
 * Lets what was sent, and the close frame, leave. It is over when the transport is closed, about a second later, or when
 * @context is freed.
 */
void
wt_parting_begin (WtParting *self,
                  WtConnection *connection,
                  WtTransport *transport,
                  WtClock *clock,
                  GMainContext *context)
{
  g_return_if_fail (self->connection == NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean closing = wt_connection_is_closing (connection) && !self->nobody_waits;

  self->connection = connection;
  self->transport = transport;
  self->clock = clock;
  self->end = closing ? g_timeout_source_new (PARTING_MS) : g_idle_source_new ();
  g_source_set_priority (self->end, G_PRIORITY_DEFAULT);
  /* Not what owns the context: the source is in it, and would hold it for good where the thread ends first. */
  g_source_set_callback (self->end, on_end, wt_parting_ref (self), finish);
  g_signal_connect (transport, "closed", G_CALLBACK (on_closed), self);
  g_source_attach (self->end, context);
}

/**
 * wt_parting_wait:
 * @self: a parting, begun or about to be
 * @deadline: by g_get_monotonic_time()
 *
 * Blocks until it is over, or @deadline; from then on it does not wait for the peer any more. Not to be called on the
 * connection's thread.
 *
 * Returns: whether it is over
 */
gboolean
wt_parting_wait (WtParting *self, gint64 deadline)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!self->is_over)
    if (!g_cond_wait_until (&self->ended, &self->mutex, deadline))
      break;
  self->nobody_waits = TRUE;
  if (self->end != NULL)
    g_source_set_ready_time (self->end, 0);
  return self->is_over;
}
