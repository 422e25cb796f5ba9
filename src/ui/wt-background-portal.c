/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-background-portal.h"

#include <glib/gi18n-lib.h>

#define DESKTOP "org.freedesktop.portal.Desktop"
#define DESKTOP_PATH "/org/freedesktop/portal/desktop"
#define BACKGROUND "org.freedesktop.portal.Background"
#define REQUEST "org.freedesktop.portal.Request"

/* Of a Response, when all is well. */
#define GRANTED 0

typedef struct
{
  GDBusConnection *bus;
  guint subscription;
  gboolean asked; /* to be started at login */
  gboolean starts;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  g_object_unref (request->bus);
  g_free (request);
}

/* The answer comes as a signal; it may never come, or come twice. */
static void
on_response (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer data)
{
  GTask *task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  gboolean background = FALSE;
  guint subscription = request->subscription;
  guint code;

  if (subscription == 0 || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get (parameters, "(u@a{sv})", &code, &results);
  g_variant_lookup (results, "background", "b", &background);
  g_variant_lookup (results, "autostart", "b", &request->starts);
  request->subscription = 0;
  if (code == GRANTED && background)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s",
                             _ ("The system does not allow it."));
  g_dbus_connection_signal_unsubscribe (bus, subscription);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  guint subscription = request->subscription;

  if (reply != NULL)
    return;
  request->subscription = 0;
  if (subscription != 0)
    {
      g_task_return_error (task, error);
      g_dbus_connection_signal_unsubscribe (request->bus, subscription);
    }
  else
    g_error_free (error);
}

static char *
make_request_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  return g_strdup_printf (DESKTOP_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
}

static GVariant *
make_options (const char *token, gboolean autostart)
{
  const char *const command[] = { "wheatear", "--background", NULL };
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "handle_token", "s", token);
  g_variant_dict_insert (&options, "reason", "s",
                         _ ("Messages arrive while the window is closed."));
  g_variant_dict_insert (&options, "autostart", "b", autostart);
  g_variant_dict_insert (&options, "dbus-activatable", "b", FALSE);
  g_variant_dict_insert_value (&options, "commandline", g_variant_new_strv (command, -1));
  return g_variant_dict_end (&options);
}

/**
 * wt_background_portal_request_async:
 * @bus: the session bus
 * @parent: the window's identifier for portals, perhaps empty
 * @autostart: whether the program is to be started at login, too
 * @cancellable: (nullable): a cancellable of the call
 * @callback: called when the desktop has decided
 * @data: for @callback
 *
 * Asks the Background portal.
 */
void
wt_background_portal_request_async (GDBusConnection *bus,
                                    const char *parent,
                                    gboolean autostart,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autofree char *token = g_strdup_printf ("wheatear%u", g_random_int ());
  g_autofree char *path = make_request_path (bus, token);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, wt_background_portal_request_async);
  g_task_set_task_data (task, request, request_free);
  request->bus = g_object_ref (bus);
  request->asked = autostart;
  /* Before the call: the answer may be faster than the call's own reply. */
  request->subscription = g_dbus_connection_signal_subscribe (
      bus, DESKTOP, REQUEST, "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_response,
      g_object_ref (task), g_object_unref);
  g_dbus_connection_call (bus, DESKTOP, DESKTOP_PATH, BACKGROUND, "RequestBackground",
                          g_variant_new ("(s@a{sv})", parent, make_options (token, autostart)),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, cancellable,
                          on_called, g_object_ref (task));
}

/**
 * wt_background_portal_request_finish:
 * @result: the result
 * @no_autostart: (out): that it is to be started at login was asked for, and refused
 * @error: return location for %G_IO_ERROR_PERMISSION_DENIED or why nobody could be asked
 *
 * Returns: whether the program may run in the background
 */
gboolean
wt_background_portal_request_finish (GAsyncResult *result, gboolean *no_autostart, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  Request *request = g_task_get_task_data (G_TASK (result));

  *no_autostart = request->asked && !request->starts;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wt_background_portal_set_status:
 * @bus: the session bus
 * @message: what the program does in the background, short
 *
 * Says it in the desktop's list of such programs. A portal too old for that does not mind.
 */
void
wt_background_portal_set_status (GDBusConnection *bus, const char *message)
{
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "message", "s", message);
  g_dbus_connection_call (bus, DESKTOP, DESKTOP_PATH, BACKGROUND, "SetStatus",
                          g_variant_new ("(@a{sv})", g_variant_dict_end (&options)), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}
