/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-settings.h"

#include "wt-install-paths.h"

#include <glib/gi18n-lib.h>

/* The header of the settings backends wants to be asked for. */
#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

static GSettingsSchema *
look_up_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, WT_APP_ID, TRUE);
  if (schema != NULL)
    return g_steal_pointer (&schema);

  g_autofree char *folder = wt_install_paths_beside ("../data");

  if (folder == NULL)
    return NULL;

  g_autoptr (GSettingsSchemaSource) built = g_settings_schema_source_new_from_directory (
      folder, source, TRUE, NULL);

  return built != NULL ? g_settings_schema_source_lookup (built, WT_APP_ID, FALSE) : NULL;
}

/**
 * wt_settings_open:
 * @folder: (nullable): a profile's folder, to keep the settings in its settings.ini; %NULL: the user's settings
 * @error: return location for a #GError
 *
 * Unlike g_settings_new(), a missing schema is an error here and not the program's end.
 *
 * Returns: (transfer full): the program's settings; %NULL with %G_IO_ERROR_NOT_FOUND where the schema is not installed
 */
GSettings *
wt_settings_open (const char *folder, GError **error)
{
  g_autoptr (GSettingsSchema) schema = look_up_schema ();
  g_autoptr (GSettingsBackend) backend = NULL;

  if (schema == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("The settings schema %s is not installed. Install the program, or set "
                      "GSETTINGS_SCHEMA_DIR to the “data” folder of the build."),
                   WT_APP_ID);
      return NULL;
    }
  if (folder != NULL)
    {
      g_autofree char *path = g_build_filename (folder, "settings.ini", NULL);

      backend = g_keyfile_settings_backend_new (path, "/io/github/wheatear_im/Wheatear/",
                                                "wheatear");
    }
  return g_settings_new_full (schema, backend, NULL);
}
