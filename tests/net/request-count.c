/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-count.h"

#include "wt-test.h"

/* libsoup 3.6's server ends a handshake under way too late: it touches the connection after that is freed. So a server
 * goes only when nothing is under way. */

/* It is answered, failed, or became a WebSocket. */
static void
on_gone (SoupServerMessage *message, guint *count)
{
  (*count)--;
  g_signal_handlers_disconnect_by_func (message, on_gone, count);
  g_object_unref (message);
}

static void
on_started (SoupServer *server, SoupServerMessage *message, guint *count)
{
  (*count)++;
  /* Else a newer libsoup frees it before it tells. */
  g_object_ref (message);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_gone), count);
  g_signal_connect (message, "finished", G_CALLBACK (on_gone), count);
}

/* Counts what is under way at a server, handshakes included. */
void
request_count_watch (guint *count, SoupServer *server)
{
  g_signal_connect (server, "request-started", G_CALLBACK (on_started), count);
}

/* Waits until nothing is, in a test that has closed the clients' sides. */
void
request_count_wait (guint *count)
{
  wt_test_wait_until (*count == 0);
}
