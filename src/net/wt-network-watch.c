/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-network-watch.h"

/**
 * WtNetworkWatch:
 *
 * Tells when connections made before may be dead: the network changed, or the machine slept. Sleep shows as a
 * jump of the time of day against monotonic time, which stands still meanwhile; setting the clock forward looks
 * the same, and a needless check does no harm.
 *
 * Signals: `changed`, in the thread-default main context of the thread that made it, whatever thread the
 * monitor speaks in.
 */
struct _WtNetworkWatch
{
  GObject parent_instance;

  GNetworkMonitor *monitor;
  WtClock *clock;
  gulong handler;
  gulong connectivity_handler;
  guint tick;
  gint64 offset; /* real minus monotonic time at the last tick */
};

G_DEFINE_FINAL_TYPE (WtNetworkWatch, wt_network_watch, G_TYPE_OBJECT)

#define TICK_MS 10000
#define LEAST_JUMP_US (5 * G_USEC_PER_SEC)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the monitor's handler needs, in whatever thread. */
typedef struct
{
  GWeakRef watch;
  GMainContext *context;
} Relay;

static void
relay_clear (gpointer data)
{
  Relay *relay = data;

  g_weak_ref_clear (&relay->watch);
  g_clear_pointer (&relay->context, g_main_context_unref);
}

static void
relay_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, relay_clear);
}

static void
relay_unref_closure (gpointer data, GClosure *closure)
{
  relay_unref (data);
}

static gboolean
on_relayed (gpointer data)
{
  Relay *relay = data;
  g_autoptr (WtNetworkWatch) self = g_weak_ref_get (&relay->watch);

  if (self != NULL && self->tick != 0)
    g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, gpointer data)
{
  Relay *relay = data;
  g_autoptr (GSource) source = NULL;

  /* Without any network there is nothing to try; its return is told as well. */
  if (!available)
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_relayed, g_atomic_rc_box_acquire (relay), relay_unref);
  g_source_attach (source, relay->context);
}

/* Somebody logged in at a hotel's page: the network is the one it was, and only now leads anywhere. */
static void
on_connectivity (GNetworkMonitor *monitor, GParamSpec *pspec, gpointer data)
{
  if (g_network_monitor_get_connectivity (monitor) == G_NETWORK_CONNECTIVITY_FULL)
    on_network_changed (monitor, TRUE, data);
}

static gboolean
on_tick (gpointer data)
{
  g_autoptr (WtNetworkWatch) self = g_object_ref (data);
  gint64 offset = wt_clock_get_real (self->clock) - wt_clock_get_monotonic (self->clock);
  gboolean jumped = offset - self->offset >= LEAST_JUMP_US;

  self->offset = offset;
  if (jumped)
    g_signal_emit (self, signals[CHANGED], 0);
  return self->tick != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
wt_network_watch_dispose (GObject *object)
{
  WtNetworkWatch *self = WT_NETWORK_WATCH (object);

  if (self->clock != NULL)
    wt_network_watch_set_running (self, FALSE);
  if (self->monitor != NULL && self->handler != 0)
    g_signal_handler_disconnect (self->monitor, self->handler);
  self->handler = 0;
  if (self->monitor != NULL && self->connectivity_handler != 0)
    g_signal_handler_disconnect (self->monitor, self->connectivity_handler);
  self->connectivity_handler = 0;
  g_clear_object (&self->monitor);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (wt_network_watch_parent_class)->dispose (object);
}

static void
wt_network_watch_class_init (WtNetworkWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_network_watch_dispose;

  signals[CHANGED] = g_signal_new ("changed", WT_TYPE_NETWORK_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_network_watch_init (WtNetworkWatch *self)
{
}

/**
 * wt_network_watch_new:
 * @monitor: (nullable): the system's network monitor
 * @clock: the times of day and since start
 *
 * Returns: (transfer full): a watch that does not run yet
 */
WtNetworkWatch *
wt_network_watch_new (GNetworkMonitor *monitor, WtClock *clock)
{
  WtNetworkWatch *self = g_object_new (WT_TYPE_NETWORK_WATCH, NULL);
  Relay *relay;

  self->clock = g_object_ref (clock);
  if (monitor == NULL)
    return self;

  relay = g_atomic_rc_box_new0 (Relay);
  g_weak_ref_init (&relay->watch, self);
  relay->context = g_main_context_ref_thread_default ();
  self->monitor = g_object_ref (monitor);
  self->handler = g_signal_connect_data (
      monitor, "network-changed", G_CALLBACK (on_network_changed), relay, relay_unref_closure, 0);
  self->connectivity_handler = g_signal_connect_data (
      monitor, "notify::connectivity", G_CALLBACK (on_connectivity),
      g_atomic_rc_box_acquire (relay), relay_unref_closure, 0);
  return self;
}

/**
 * wt_network_watch_set_running:
 * @self: a watch
 * @running: whether anybody wants to know
 */
void
wt_network_watch_set_running (WtNetworkWatch *self, gboolean running)
{
  g_return_if_fail (WT_IS_NETWORK_WATCH (self));

  if (running == (self->tick != 0))
    return;
  if (running)
    {
      self->offset = wt_clock_get_real (self->clock) - wt_clock_get_monotonic (self->clock);
      self->tick = wt_clock_add_timeout (self->clock, TICK_MS, on_tick, self, NULL);
      return;
    }
  wt_clock_remove_timeout (self->clock, self->tick);
  self->tick = 0;
}
