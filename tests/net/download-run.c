/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-run.h"

#include "wt-test.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
look_again (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

DownloadRun *
download_run_new (void)
{
  DownloadRun *self = g_new0 (DownloadRun, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("wt-download-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "file.part", NULL);
  self->clock = wt_clock_new_manual (0, 0);
  self->own_host = "127.0.0.1";
  self->ticks = g_timeout_add (2, look_again, NULL);
  return self;
}

static void
forget (DownloadRun *self)
{
  if (self->download != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->download));
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->result, wt_download_result_free);
  g_clear_error (&self->error);
  self->done = FALSE;
  self->notified = 0;
}

void
download_run_free (DownloadRun *self)
{
  g_autofree char *note = g_strconcat (self->path, ".resume", NULL);

  g_source_remove (self->ticks);
  forget (self);
  g_unlink (note);
  g_unlink (self->path);
  /* Nothing else was left there. */
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  DownloadRun *self = data;

  self->result = wt_download_start_finish (WT_DOWNLOAD (source), result, &self->error);
  g_assert_true ((self->result == NULL) == (self->error != NULL));
  self->done = TRUE;
}

static void
on_received (DownloadRun *self)
{
  self->notified++;
}

static WtEndpoint *
make_own (DownloadRun *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  WtEndpoint *own;

  if (self->own_host == NULL || *self->own_host == '\0')
    return NULL;
  url = g_strdup_printf (strchr (self->own_host, ':') != NULL ? "%s://[%s]/ws" : "%s://%s/ws",
                         self->tls != NULL ? "wss" : "ws", self->own_host);
  own = wt_endpoint_new (url, WT_AUTH_HEADER, "key", "test", self->tls, &error);
  g_assert_no_error (error);
  return own;
}

void
download_run_start (DownloadRun *self, const char *url)
{
  g_autoptr (WtEndpoint) own = make_own (self);

  forget (self);
  self->cancellable = g_cancellable_new ();
  self->download = g_object_new (WT_TYPE_DOWNLOAD, "url", url, "path", self->path, "own", own,
                                 "clock", self->clock, NULL);
  if (self->limit > 0)
    {
      g_clear_object (&self->download);
      self->download = g_object_new (WT_TYPE_DOWNLOAD, "url", url, "path", self->path, "own", own,
                                     "clock", self->clock, "limit", self->limit, NULL);
    }
  g_signal_connect_swapped (self->download, "notify::received", G_CALLBACK (on_received), self);
  wt_download_start_async (self->download, self->cancellable, on_done, self);
}

/* The callback may come before the last reference goes: a cancelled look-up or connection has to end. */
void
download_run_wait (DownloadRun *self)
{
  wt_test_wait_until (self->done);
  wt_test_wait_until (G_OBJECT (self->download)->ref_count == 1);
}

void
download_run (DownloadRun *self, const char *url)
{
  download_run_start (self, url);
  download_run_wait (self);
}

void
download_run_server (DownloadRun *self, ReplyServer *server)
{
  g_autofree char *url = reply_server_get_url (server, "127.0.0.1", "/file.bin");

  download_run (self, url);
}

void
download_run_assert_sample (DownloadRun *self, guint64 size)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  GStatBuf status;

  g_assert_no_error (self->error);
  g_assert_nonnull (self->result);
  g_assert_cmpuint (self->result->size, ==, size);
  g_assert_cmpstr (self->result->path, ==, self->path);
  g_assert_cmpuint (wt_download_get_received (self->download), ==, size);
  g_assert_cmpint (wt_download_get_total (self->download), ==, (gint64) size);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, size);
  for (gsize i = 0; i < length; i++)
    if ((guint8) bytes[i] != reply_server_get_sample (i))
      g_error ("Byte %" G_GSIZE_FORMAT " is wrong", i);
  g_assert_cmpint (g_stat (self->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_false (download_run_has_note (self));
}

void
download_run_assert_error (DownloadRun *self, WtDownloadError code)
{
  g_assert_error (self->error, WT_DOWNLOAD_ERROR, (int) code);
}

/* -1: there is none. */
gint64
download_run_get_file_size (DownloadRun *self)
{
  GStatBuf status;

  return g_stat (self->path, &status) == 0 ? (gint64) status.st_size : -1;
}

gboolean
download_run_has_note (DownloadRun *self)
{
  g_autofree char *note = g_strconcat (self->path, ".resume", NULL);

  return g_file_test (note, G_FILE_TEST_EXISTS);
}
