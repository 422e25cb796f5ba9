/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-server-finder.h"

#include "wt-connection-check.h"

#define TLS_PORT 18044
/* For each port, whatever it is that listens there. */
#define LONGEST_MS 6000
#define ACK_MS 2000

struct _WtServerFinder
{
  GObject parent_instance;

  /* owned */
  GArray *ports;             /* of guint16 */
  GCancellable *cancellable; /* NULL while it does not search */
  GSource *deadline;

  guint left; /* ports that are not known about yet */
};

G_DEFINE_FINAL_TYPE (WtServerFinder, wt_server_finder, G_TYPE_OBJECT)

enum
{
  FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const guint16 usual_ports[] = { 8090, 18040, 18000, TLS_PORT };

static void
clear_deadline (WtServerFinder *self)
{
  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
}

/* A server that asks for a key lets everyone in first, and then says that there was none (wire.md, section 1); one that asks for
 * none acknowledges. Whatever ends the handshake itself is something else. */
static gboolean
is_api_server (WtConnectionCheck *check)
{
  WtDiagnosis *diagnosis = wt_connection_check_get_diagnosis (check);

  if (diagnosis == NULL)
    return wt_connection_check_is_passed (check);
  return wt_diagnosis_get_kind (diagnosis) == WT_DIAGNOSIS_AUTHENTICATION
         && wt_connection_step_get_outcome (
                wt_connection_check_get_step (check, WT_CONNECTION_UPGRADING))
                == WT_STEP_PASSED;
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtServerFinder) self = data;
  g_autoptr (GError) error = NULL;
  WtConnectionCheck *check = WT_CONNECTION_CHECK (source);

  wt_connection_check_run_finish (check, result, &error);
  /* Of an earlier search? */
  if (self->cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  if (error == NULL && is_api_server (check))
    g_signal_emit (self, signals[FOUND], 0,
                   wt_endpoint_get_url (wt_connection_check_get_endpoint (check)));
  if (--self->left == 0)
    wt_server_finder_stop (self);
}

static void
try_port (WtServerFinder *self, guint16 port)
{
  gboolean tls = port == TLS_PORT;
  g_autofree char *url = g_strdup_printf ("%s:%u/ws", tls ? "wss://localhost" : "ws://127.0.0.1",
                                          port);
  /* Its certificate is looked at when there is a key to lose. */
  const WtTlsOptions options = { .insecure = TRUE };
  g_autoptr (WtEndpoint) endpoint = wt_endpoint_new (url, WT_AUTH_HEADER, NULL, "wheatear",
                                                     tls ? &options : NULL, NULL);
  g_autoptr (WtConnectionCheck) check = wt_connection_check_new (endpoint, ACK_MS);

  wt_connection_check_run_async (check, self->cancellable, on_checked, g_object_ref (self));
}

static gboolean
on_deadline (gpointer data)
{
  wt_server_finder_stop (data);
  return G_SOURCE_REMOVE;
}

static void
wt_server_finder_dispose (GObject *object)
{
  wt_server_finder_stop (WT_SERVER_FINDER (object));

  G_OBJECT_CLASS (wt_server_finder_parent_class)->dispose (object);
}

static void
wt_server_finder_finalize (GObject *object)
{
  g_array_unref (WT_SERVER_FINDER (object)->ports);

  G_OBJECT_CLASS (wt_server_finder_parent_class)->finalize (object);
}

static void
wt_server_finder_class_init (WtServerFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_server_finder_dispose;
  object_class->finalize = wt_server_finder_finalize;

  /**
   * WtServerFinder::found:
   * @self: a finder
   * @url: the server's address
   *
   * Something there behaves like an API server. Once for each in a search, in no order.
   */
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wt_server_finder_init (WtServerFinder *self)
{
  self->ports = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_array_append_vals (self->ports, usual_ports, G_N_ELEMENTS (usual_ports));
}

/**
 * wt_server_finder_new:
 *
 * Returns: (transfer full): a finder that looks at the usual ports, once it is started
 */
WtServerFinder *
wt_server_finder_new (void)
{
  return g_object_new (WT_TYPE_SERVER_FINDER, NULL);
}

/**
 * wt_server_finder_set_ports:
 * @self: a finder that does not search
 * @ports: (array length=n_ports): the ports to look at in place of the usual ones
 * @n_ports: how many
 */
void
wt_server_finder_set_ports (WtServerFinder *self, const guint16 *ports, gsize n_ports)
{
  g_return_if_fail (WT_IS_SERVER_FINDER (self));
  g_return_if_fail (self->cancellable == NULL);

  g_array_set_size (self->ports, 0);
  g_array_append_vals (self->ports, ports, (guint) n_ports);
}

/**
 * wt_server_finder_start:
 * @self: a finder
 *
 * Looks at all ports at the same time, for some seconds at most. Nothing happens while it searches already.
 */
void
wt_server_finder_start (WtServerFinder *self)
{
  g_return_if_fail (WT_IS_SERVER_FINDER (self));

  if (self->cancellable != NULL || self->ports->len == 0)
    return;
  self->cancellable = g_cancellable_new ();
  self->left = self->ports->len;
  self->deadline = g_timeout_source_new (LONGEST_MS);
  g_source_set_callback (self->deadline, on_deadline, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
  for (guint i = 0; i < self->ports->len; i++)
    try_port (self, g_array_index (self->ports, guint16, i));
}

/**
 * wt_server_finder_stop:
 * @self: a finder
 *
 * Nothing is found any more.
 */
void
wt_server_finder_stop (WtServerFinder *self)
{
  g_return_if_fail (WT_IS_SERVER_FINDER (self));

  clear_deadline (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/**
 * wt_server_finder_is_searching:
 * @self: a finder
 *
 * Returns: whether something may still be found
 */
gboolean
wt_server_finder_is_searching (WtServerFinder *self)
{
  g_return_val_if_fail (WT_IS_SERVER_FINDER (self), FALSE);

  return self->cancellable != NULL;
}
