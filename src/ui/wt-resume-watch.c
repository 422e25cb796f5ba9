/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-resume-watch.h"

#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define LOGIND_MANAGER "org.freedesktop.login1.Manager"

struct _WtResumeWatch
{
  GObject parent_instance;

  /* Owned. */
  GCancellable *cancellable;
  GDBusConnection *bus; /* NULL until it is there, if ever */
  guint subscription;
};

G_DEFINE_FINAL_TYPE (WtResumeWatch, wt_resume_watch, G_TYPE_OBJECT)

enum
{
  SIGNAL_RESUMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_prepare_for_sleep (GDBusConnection *bus,
                      const char *sender,
                      const char *path,
                      const char *interface,
                      const char *signal,
                      GVariant *parameters,
                      gpointer data)
{
  g_autoptr (WtResumeWatch) self = g_weak_ref_get (data);
  gboolean goes_to_sleep = TRUE;

  if (self == NULL || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &goes_to_sleep);
  if (!goes_to_sleep)
    g_signal_emit (self, signals[SIGNAL_RESUMED], 0);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtResumeWatch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);
  GWeakRef *weak;

  if (bus == NULL)
    {
      g_debug ("Nobody tells when the computer wakes up: %s", error->message);
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  /* The program can do without it. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  self->bus = g_steal_pointer (&bus);
  self->subscription = g_dbus_connection_signal_subscribe (
      self->bus, LOGIND, LOGIND_MANAGER, "PrepareForSleep", LOGIND_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_prepare_for_sleep, weak, weak_ref_free);
}

static void
wt_resume_watch_dispose (GObject *object)
{
  WtResumeWatch *self = WT_RESUME_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  self->subscription = 0;
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (wt_resume_watch_parent_class)->dispose (object);
}

static void
wt_resume_watch_finalize (GObject *object)
{
  WtResumeWatch *self = WT_RESUME_WATCH (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (wt_resume_watch_parent_class)->finalize (object);
}

static void
wt_resume_watch_class_init (WtResumeWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_resume_watch_dispose;
  object_class->finalize = wt_resume_watch_finalize;

  signals[SIGNAL_RESUMED] = g_signal_new ("resumed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_resume_watch_init (WtResumeWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * wt_resume_watch_new:
 *
 * Returns: (transfer full): a watch; it emits in the main context that is the thread's default now
 */
WtResumeWatch *
wt_resume_watch_new (void)
{
  WtResumeWatch *self = g_object_new (WT_TYPE_RESUME_WATCH, NULL);

  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus, g_object_ref (self));
  return self;
}
