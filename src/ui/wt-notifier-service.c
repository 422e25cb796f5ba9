/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-notifier-service.h"

#include "wt-sandbox.h"

/* The GNOME Shell's own, which GIO prefers, and everybody's. */
#define SHELL "org.gtk.Notifications"
#define SERVICE "org.freedesktop.Notifications"
#define SERVICE_PATH "/org/freedesktop/Notifications"

/* What is withdrawn before the desktop has answered to it stays for ever: GIO does not know its number yet. */
#define LEAVE_MILLISECONDS 200

struct _WtNotifierService
{
  GObject parent_instance;

  /* Owned. */
  GCancellable *cancellable;
  GHashTable *leaving; /* of ids: to be withdrawn */
  guint leave_source;
  guint shell_watch;
  guint service_watch;

  /* Borrowed, weak. */
  GApplication *application;

  gboolean portal;
  gboolean shell;
  gboolean service;
  gboolean markup;
};

G_DEFINE_FINAL_TYPE (WtNotifierService, wt_notifier_service, G_TYPE_OBJECT)

static void
on_capabilities (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtNotifierService) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  g_autofree const char **names = NULL;

  if (reply == NULL)
    {
      g_debug ("What the notification service can do is not known: %s", error->message);
      return;
    }
  g_variant_get (reply, "(^a&s)", &names);
  self->markup = g_strv_contains (names, "body-markup");
}

static void
on_service_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  WtNotifierService *self = data;

  self->service = TRUE;
  g_dbus_connection_call (bus, SERVICE, SERVICE_PATH, SERVICE, "GetCapabilities", NULL,
                          G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable,
                          on_capabilities, g_object_ref (self));
}

static void
on_service_vanished (GDBusConnection *bus, const char *name, gpointer data)
{
  WT_NOTIFIER_SERVICE (data)->service = FALSE;
}

static void
on_shell_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  WT_NOTIFIER_SERVICE (data)->shell = TRUE;
}

static void
on_shell_vanished (GDBusConnection *bus, const char *name, gpointer data)
{
  WT_NOTIFIER_SERVICE (data)->shell = FALSE;
}

static gboolean
withdraw_leaving (gpointer data)
{
  WtNotifierService *self = data;
  GHashTableIter iter;
  gpointer id;

  self->leave_source = 0;
  g_hash_table_iter_init (&iter, self->leaving);
  while (wt_notifier_service_get_available (self) && g_hash_table_iter_next (&iter, &id, NULL))
    g_application_withdraw_notification (self->application, id);
  g_hash_table_remove_all (self->leaving);
  return G_SOURCE_REMOVE;
}

static void
wt_notifier_service_dispose (GObject *object)
{
  WtNotifierService *self = WT_NOTIFIER_SERVICE (object);

  g_clear_handle_id (&self->leave_source, g_source_remove);
  withdraw_leaving (self);
  g_clear_weak_pointer (&self->application);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->shell_watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->service_watch, g_bus_unwatch_name);

  G_OBJECT_CLASS (wt_notifier_service_parent_class)->dispose (object);
}

static void
wt_notifier_service_finalize (GObject *object)
{
  WtNotifierService *self = WT_NOTIFIER_SERVICE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->leaving, g_hash_table_unref);

  G_OBJECT_CLASS (wt_notifier_service_parent_class)->finalize (object);
}

static void
wt_notifier_service_class_init (WtNotifierServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_notifier_service_dispose;
  object_class->finalize = wt_notifier_service_finalize;
}

static void
wt_notifier_service_init (WtNotifierService *self)
{
  self->cancellable = g_cancellable_new ();
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * wt_notifier_service_new:
 * @application: a registered application
 *
 * Returns: (transfer full): what shows notifications; known within moments
 */
WtNotifierService *
wt_notifier_service_new (GApplication *application)
{
  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);

  WtNotifierService *self = g_object_new (WT_TYPE_NOTIFIER_SERVICE, NULL);
  GDBusConnection *bus = g_application_get_dbus_connection (application);

  g_set_weak_pointer (&self->application, application);
  self->portal = bus != NULL && wt_sandbox_has_portals ();
  if (bus == NULL || self->portal)
    return self;
  self->shell_watch = g_bus_watch_name_on_connection (
      bus, SHELL, G_BUS_NAME_WATCHER_FLAGS_NONE, on_shell_appeared, on_shell_vanished, self, NULL);
  self->service_watch = g_bus_watch_name_on_connection (
      bus, SERVICE, G_BUS_NAME_WATCHER_FLAGS_AUTO_START, on_service_appeared, on_service_vanished,
      self, NULL);
  return self;
}

/**
 * wt_notifier_service_get_available:
 * @self: what shows notifications
 *
 * GIO warns on the terminal when nobody takes a notification: so ask first. In a sandbox the portal takes them.
 *
 * Returns: whether somebody does
 */
gboolean
wt_notifier_service_get_available (WtNotifierService *self)
{
  g_return_val_if_fail (WT_IS_NOTIFIER_SERVICE (self), FALSE);

  return self->application != NULL && (self->portal || self->shell || self->service);
}

/**
 * wt_notifier_service_get_markup:
 * @self: what shows notifications
 *
 * GIO sends a body as it is, also to a service that takes it for markup.
 *
 * Returns: whether bodies have to be escaped
 */
gboolean
wt_notifier_service_get_markup (WtNotifierService *self)
{
  g_return_val_if_fail (WT_IS_NOTIFIER_SERVICE (self), FALSE);

  return !self->portal && !self->shell && self->markup;
}

/**
 * wt_notifier_service_get_wants_files:
 * @self: what shows notifications
 *
 * The portal takes pictures as bytes only, the freedesktop service as files only.
 *
 * Returns: whether pictures have to be files
 */
gboolean
wt_notifier_service_get_wants_files (WtNotifierService *self)
{
  g_return_val_if_fail (WT_IS_NOTIFIER_SERVICE (self), FALSE);

  return !self->portal && !self->shell;
}

/**
 * wt_notifier_service_send:
 * @self: what shows notifications, available
 * @id: the notification's; one with the same is replaced
 * @notification: what to show
 */
void
wt_notifier_service_send (WtNotifierService *self, const char *id, GNotification *notification)
{
  g_return_if_fail (WT_IS_NOTIFIER_SERVICE (self));

  g_hash_table_remove (self->leaving, id);
  g_application_send_notification (self->application, id, notification);
}

/**
 * wt_notifier_service_withdraw:
 * @self: what shows notifications
 * @id: a notification's, shown or not
 *
 * Takes it away within moments.
 */
void
wt_notifier_service_withdraw (WtNotifierService *self, const char *id)
{
  g_return_if_fail (WT_IS_NOTIFIER_SERVICE (self));

  g_hash_table_add (self->leaving, g_strdup (id));
  if (self->leave_source == 0)
    self->leave_source = g_timeout_add (LEAVE_MILLISECONDS, withdraw_leaving, self);
}
