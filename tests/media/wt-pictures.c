/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures that make_pictures.py makes, in a folder of this test's own. */

#include "wt-pictures.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

/* Their memory is not the program's: GCC says it one way, clang the other. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED TRUE
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED TRUE
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED FALSE
#endif

static char *folder;

void
wt_test_pictures_make (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "media", "make_pictures.py", NULL);
  g_autoptr (GError) error = NULL;
  int status = 0;

  folder = g_dir_make_tmp ("wheatear-pictures-XXXXXX", &error);
  g_assert_no_error (error);

  char *arguments[] = { (char *) WT_TEST_PYTHON, script, folder, NULL };
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

void
wt_test_pictures_remove (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = wt_test_picture_path (name);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_clear_pointer (&folder, g_free);
}

char *
wt_test_picture_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

GBytes *
wt_test_picture_read (const char *name)
{
  g_autofree char *path = wt_test_picture_path (name);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length = 0;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

gboolean
wt_test_has_webp (void)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type ("image/webp", NULL);

  if (loader == NULL)
    return FALSE;
  gdk_pixbuf_loader_close (loader, NULL);
  return TRUE;
}

static gsize
read_status (const char *key)
{
  g_autofree char *text = NULL;
  const char *found;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  found = strstr (text, key);
  return found != NULL ? (gsize) g_ascii_strtoull (found + strlen (key), NULL, 10) * 1024 : 0;
}

gboolean
wt_test_memory_reset (gsize *now)
{
  FILE *file;

  if (IS_SANITIZED || g_getenv ("WHEATEAR_TEST_VALGRIND") != NULL)
    return FALSE;

  file = g_fopen ("/proc/self/clear_refs", "w");
  if (file == NULL)
    return FALSE;
  fputs ("5", file);
  if (fclose (file) != 0)
    return FALSE;

  *now = read_status ("VmRSS:");
  return *now > 0;
}

gsize
wt_test_memory_peak (void)
{
  return read_status ("VmHWM:");
}
