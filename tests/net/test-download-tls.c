/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-run.h"
#include "request-count.h"
#include "wt-certificate.h"
#include "wt-test.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

/* Where the certificate is; %NULL where there is no openssl to make it. */
static char *folder;

static void
make_certificate (void)
{
  const char *const command[] = { "openssl",
                                  "req",
                                  "-x509",
                                  "-newkey",
                                  "ec",
                                  "-pkeyopt",
                                  "ec_paramgen_curve:prime256v1",
                                  "-nodes",
                                  "-days",
                                  "2",
                                  "-subj",
                                  "/CN=127.0.0.1",
                                  "-addext",
                                  "subjectAltName=IP:127.0.0.1",
                                  "-keyout",
                                  "key.pem",
                                  "-out",
                                  "cert.pem",
                                  NULL };
  g_autofree char *program = g_find_program_in_path ("openssl");
  g_autoptr (GError) error = NULL;
  gint status = 0;

  if (program == NULL)
    return;
  folder = g_dir_make_tmp ("wt-download-tls-XXXXXX", NULL);
  g_spawn_sync (folder, (char **) command, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
remove_certificate (void)
{
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;

  if (folder == NULL)
    return;
  certificate = g_build_filename (folder, "cert.pem", NULL);
  key = g_build_filename (folder, "key.pem", NULL);
  g_unlink (certificate);
  g_unlink (key);
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  guint *requests = data;
  guint8 body[10];

  (*requests)++;
  if (g_strcmp0 (path, "/elsewhere") == 0)
    {
      GUri *uri = soup_server_message_get_uri (message);
      g_autofree char *target = g_strdup_printf ("https://127.0.0.1:%d/", g_uri_get_port (uri));

      soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, target);
      return;
    }
  if (g_strcmp0 (path, "/down") == 0)
    {
      soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "http://127.0.0.1:9/");
      return;
    }
  for (guint i = 0; i < sizeof body; i++)
    body[i] = reply_server_get_sample (i);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, (const char *) body,
                                    sizeof body);
}

static SoupServer *
start_server (guint *requests)
{
  g_autofree char *certificate_path = g_build_filename (folder, "cert.pem", NULL);
  g_autofree char *key_path = g_build_filename (folder, "key.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (certificate_path,
                                                                              key_path, &error);
  g_autoptr (SoupServer) server = NULL;

  g_assert_no_error (error);
  server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server, NULL, on_request, requests, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  return g_steal_pointer (&server);
}

/* Downloads from the server under a name of its, with its authority or without. */
static gboolean
check_row (guint i)
{
  enum
  {
    NOTHING,
    AUTHORITY,
    FINGERPRINT,
  };
  static const struct
  {
    const char *name;
    const char *own_host;
    int trust;
    const char *host;
    const char *path;
    WtDownloadError code;
    guint requests;
  } rows[] = {
    { "authority", "127.0.0.1", AUTHORITY, "127.0.0.1", "/", 0, 1 },
    { "fingerprint", "127.0.0.1", FINGERPRINT, "127.0.0.1", "/", 0, 1 },
    { "untrusted", "127.0.0.1", NOTHING, "127.0.0.1", "/", WT_DOWNLOAD_ERROR_TLS, 0 },
    { "host-not-in-certificate", "localhost", AUTHORITY, "localhost", "/", WT_DOWNLOAD_ERROR_TLS,
      0 },
    { "fingerprint-whatever-the-name", "localhost", FINGERPRINT, "localhost", "/", 0, 1 },
    { "not-the-own-host", "localhost", AUTHORITY, "127.0.0.1", "/", WT_DOWNLOAD_ERROR_TLS, 0 },
    { "fingerprint-not-the-own-host", "localhost", FINGERPRINT, "127.0.0.1", "/",
      WT_DOWNLOAD_ERROR_TLS, 0 },
    { "redirect-to-another-host", "localhost", FINGERPRINT, "localhost", "/elsewhere",
      WT_DOWNLOAD_ERROR_TLS, 1 },
    { "downgrade", "127.0.0.1", AUTHORITY, "127.0.0.1", "/down", WT_DOWNLOAD_ERROR_SCHEME, 1 },
  };
  g_autoptr (DownloadRun) run = NULL;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *certificate_path = NULL;
  g_autofree char *fingerprint = NULL;
  WtTlsOptions tls = { 0 };
  g_autoslist (GUri) uris = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  guint requests = 0;
  guint under_way = 0;

  if (i >= G_N_ELEMENTS (rows))
    return FALSE;
  g_test_message ("%s", rows[i].name);
  run = download_run_new ();
  server = start_server (&requests);
  request_count_watch (&under_way, server);
  uris = soup_server_get_uris (server);
  url = g_strdup_printf ("https://%s:%d%s", rows[i].host, g_uri_get_port (uris->data),
                         rows[i].path);
  run->own_host = rows[i].own_host;
  run->tls = rows[i].trust != NOTHING ? &tls : NULL;
  certificate_path = g_build_filename (folder, "cert.pem", NULL);
  certificate = g_tls_certificate_new_from_file (certificate_path, &error);
  g_assert_no_error (error);
  fingerprint = wt_certificate_compute_fingerprint (certificate);
  if (rows[i].trust == AUTHORITY)
    tls.ca_file = certificate_path;
  else if (rows[i].trust == FINGERPRINT)
    tls.trusted_fingerprint = fingerprint;
  download_run (run, url);
  if (rows[i].code == 0)
    {
      download_run_assert_sample (run, 10);
      g_assert_cmpstr (run->result->mime_type, ==, "image/png");
    }
  else
    download_run_assert_error (run, rows[i].code);
  g_assert_cmpuint (requests, ==, rows[i].requests);
  g_clear_pointer (&run, download_run_free);
  request_count_wait (&under_way);
  soup_server_disconnect (server);
  return TRUE;
}

static void
test_tls (void)
{
  if (folder == NULL)
    {
      g_test_skip ("There is no openssl");
      return;
    }
  for (guint i = 0; check_row (i); i++)
    continue;
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  make_certificate ();
  g_test_add_func ("/download-tls/trust", test_tls);
  status = g_test_run ();
  remove_certificate ();
  return status;
}
