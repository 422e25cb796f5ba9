/* SPDX-License-Identifier: GPL-3.0-or-later */
/* O_PATH */
#define _GNU_SOURCE

#include "config.h"

#include "wt-file-manager.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <unistd.h>

#include "wt-sandbox.h"

#define FILE_MANAGER "org.freedesktop.FileManager1"
#define FILE_MANAGER_PATH "/org/freedesktop/FileManager1"

#define DESKTOP "org.freedesktop.portal.Desktop"
#define DESKTOP_PATH "/org/freedesktop/portal/desktop"
#define OPEN_URI "org.freedesktop.portal.OpenURI"

/* Where there is nobody to ask, the folder is opened by whatever opens folders. */
static void
open_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) file = data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              NULL);

  if (reply == NULL)
    open_folder (file);
}

static void
ask_file_manager (GDBusConnection *bus, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  const char *uris[] = { uri, NULL };

  g_dbus_connection_call (bus, FILE_MANAGER, FILE_MANAGER_PATH, FILE_MANAGER, "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, on_shown, g_object_ref (file));
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) file = data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
      G_DBUS_CONNECTION (source), NULL, result, NULL);

  if (reply == NULL)
    open_folder (file);
}

/* The portal knows the file by a descriptor: its name in the sandbox means nothing outside. */
static gboolean
ask_portal (GDBusConnection *bus, GFile *file)
{
  g_autoptr (GUnixFDList) list = NULL;
  const char *path = g_file_peek_path (file);
  int fd = path != NULL ? open (path, O_PATH | O_CLOEXEC) : -1;

  if (fd < 0)
    return FALSE;

  list = g_unix_fd_list_new_from_array (&fd, 1);
  g_dbus_connection_call_with_unix_fd_list (
      bus, DESKTOP, DESKTOP_PATH, OPEN_URI, "OpenDirectory",
      g_variant_new ("(sh@a{sv})", "", 0, g_variant_new ("a{sv}", NULL)), G_VARIANT_TYPE ("(o)"),
      G_DBUS_CALL_FLAGS_NONE, -1, list, NULL, on_asked, g_object_ref (file));
  return TRUE;
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) file = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    open_folder (file);
  else if (!wt_sandbox_has_portals () || !ask_portal (bus, file))
    ask_file_manager (bus, file);
}

/**
 * wt_file_manager_show:
 * @file: a file on this machine
 *
 * Shows it in the file manager, through the portal where there is one.
 */
void
wt_file_manager_show (GFile *file)
{
  g_return_if_fail (G_IS_FILE (file));

  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, g_object_ref (file));
}
