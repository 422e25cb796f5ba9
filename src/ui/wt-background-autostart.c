/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-background-autostart.h"

#include "wt-install-paths.h"

#include <errno.h>
#include <glib/gstdio.h>

/**
 * wt_background_autostart_dup_path:
 *
 * Returns: (transfer full) (type filename): the file that desktops start the program by at login
 */
char *
wt_background_autostart_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", WT_APP_ID ".desktop", NULL);
}

/* As the Desktop Entry Specification has it: quoted for Exec first, then escaped as any string; GKeyFile does the latter. */
static char *
quote (const char *program)
{
  GString *quoted = g_string_new ("\"");

  for (const char *p = program; *p != '\0'; p++)
    {
      if (strchr ("\"`$\\", *p) != NULL)
        g_string_append_c (quoted, '\\');
      else if (*p == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

/**
 * wt_background_autostart_make:
 * @program: (type filename): what to start
 *
 * Returns: (transfer full): what is in that file
 */
char *
wt_background_autostart_make (const char *program)
{
  g_return_val_if_fail (program != NULL, NULL);

  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *quoted = quote (program);
  g_autofree char *command = g_strconcat (quoted, " --background", NULL);

  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                         G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Wheatear");
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, WT_APP_ID);
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  g_key_file_set_boolean (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TERMINAL, FALSE);
  return g_key_file_to_data (file, NULL, NULL);
}

static gboolean
write_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *program = wt_install_paths_self ();
  g_autofree char *contents = wt_background_autostart_make (program != NULL ? program : "wheatear");

  /* Where this fails the next does, too, and says why. */
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (path, contents, -1, error);
}

static gboolean
remove_file (const char *path, GError **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;

  int code = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

static void
set (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = wt_background_autostart_dup_path ();
  GError *error = NULL;

  if (GPOINTER_TO_INT (data) ? write_file (path, &error) : remove_file (path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * wt_background_autostart_set_async:
 * @on: whether the desktop starts the program at login, without a window
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is so
 * @data: for @callback
 *
 * For where no portal does it.
 */
void
wt_background_autostart_set_async (gboolean on,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, wt_background_autostart_set_async);
  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  g_task_run_in_thread (task, set);
}

/**
 * wt_background_autostart_set_finish:
 * @result: the result
 * @error: return location for a #GFileError or #GIOErrorEnum
 *
 * Returns: whether it is as was asked for
 */
gboolean
wt_background_autostart_set_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
