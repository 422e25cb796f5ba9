/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "wt-test-client.h"
#include "wt-test.h"

/* Certificates are made when the test runs: ones in the repository would expire. */
typedef struct
{
  char *folder;
  char *ca;
  char *other_ca;
  char *server;
  char *server_key;
  char *client;
  char *client_key;
  char *stranger;
  char *stranger_key;
} Certificates;

static Certificates certificates;

static char *
in_folder (const char *name)
{
  return g_build_filename (certificates.folder, name, NULL);
}

static void run (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
run (const char *format, ...)
{
  g_autofree char *command = NULL;
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;
  int status;

  va_start (arguments, format);
  command = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_spawn_command_line_sync (command, &output, &errors, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", command, errors);
}

static void
make_ca (const char *name)
{
  run ("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=%s -keyout %s/%s.key -out "
       "%s/%s.pem",
       name, certificates.folder, name, certificates.folder, name);
}

static void
make_certificate (const char *name, const char *ca, const char *extension)
{
  g_autofree char *extensions = in_folder ("extensions");
  const char *f = certificates.folder;

  g_assert_true (g_file_set_contents (extensions, extension, -1, NULL));
  run ("openssl req -newkey rsa:2048 -nodes -subj /CN=%s -keyout %s/%s.key -out %s/%s.csr", name, f,
       name, f, name);
  run ("openssl x509 -req -in %s/%s.csr -CA %s/%s.pem -CAkey %s/%s.key -CAcreateserial -days 2 "
       "-extfile %s -out %s/%s.pem",
       f, name, f, ca, f, ca, extensions, f, name);
}

static void
make_certificates (void)
{
  certificates.folder = g_dir_make_tmp ("wt-tls-XXXXXX", NULL);
  g_assert_nonnull (certificates.folder);
  make_ca ("ca");
  make_ca ("other-ca");
  make_certificate ("server", "ca",
                    "subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n");
  make_certificate ("client", "ca", "extendedKeyUsage=clientAuth\n");
  make_certificate ("stranger", "other-ca", "extendedKeyUsage=clientAuth\n");
  certificates.ca = in_folder ("ca.pem");
  certificates.other_ca = in_folder ("other-ca.pem");
  certificates.server = in_folder ("server.pem");
  certificates.server_key = in_folder ("server.key");
  certificates.client = in_folder ("client.pem");
  certificates.client_key = in_folder ("client.key");
  certificates.stranger = in_folder ("stranger.pem");
  certificates.stranger_key = in_folder ("stranger.key");
}

static void
remove_certificates (void)
{
  g_autoptr (GDir) folder = g_dir_open (certificates.folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = in_folder (name);

      g_remove (path);
    }
  g_rmdir (certificates.folder);
  g_clear_pointer (&certificates.folder, g_free);
  g_clear_pointer (&certificates.ca, g_free);
  g_clear_pointer (&certificates.other_ca, g_free);
  g_clear_pointer (&certificates.server, g_free);
  g_clear_pointer (&certificates.server_key, g_free);
  g_clear_pointer (&certificates.client, g_free);
  g_clear_pointer (&certificates.client_key, g_free);
  g_clear_pointer (&certificates.stranger, g_free);
  g_clear_pointer (&certificates.stranger_key, g_free);
}

static WtApiServer *
make_server (const char *client_ca)
{
  WtApiServer *server = wt_api_server_new ();
  g_autoptr (GError) error = NULL;

  wt_api_server_set_allow_all (server, TRUE);
  wt_api_server_set_tls (server, certificates.server, certificates.server_key, client_ca, &error);
  g_assert_no_error (error);
  wt_api_server_listen (server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  return server;
}

static void
test_tls (void)
{
  WtApiServer *server = make_server (NULL);
  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (certificates.ca, NULL);
  g_autoptr (GTlsDatabase) untrusted = g_tls_file_database_new (certificates.other_ca, NULL);
  WtTestLogin good = { .key = "k", .platform = "p", .tls_database = trusted, .deflate = TRUE };
  WtTestLogin bad = { .key = "k", .platform = "p", .tls_database = untrusted };
  g_autoptr (WtTestClient) in = wt_test_client_start (server, &good);
  g_autoptr (WtTestClient) out = NULL;
  g_autofree char *url = wt_api_server_get_url (server);
  g_autofree char *filler = g_strnfill (1 << 20, 'b');
  g_autofree char *segment = g_strdup_printf ("{\"type\":\"image\",\"data\":\"%s\"}", filler);
  g_autofree char *message = wt_test_make_message ("m", "k", "k", "p", segment);

  g_assert_true (g_str_has_prefix (url, "wss://127.0.0.1:"));
  g_assert_no_error (in->error);
  wt_test_client_send (in, message);
  wt_test_client_settle (in, server);
  wt_test_wait_until (wt_test_client_count_type (in, "sys_std") == 1);

  out = wt_test_client_start (server, &bad);
  g_assert_error (out->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);

  /* Several megabytes at once: what TLS has read ahead is not forgotten when a turn is over. */
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i);
      g_autofree char *next = wt_test_make_message (id, "k", "k", "p", segment);

      wt_test_client_send (in, next);
    }
  wt_test_wait_until (wt_test_client_count_type (in, "sys_std") == 6);
  wt_test_server_free (server);
}

static void
test_client_certificate (void)
{
  WtApiServer *server = make_server (certificates.ca);
  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (certificates.ca, NULL);
  g_autoptr (GTlsCertificate) mine = g_tls_certificate_new_from_files (
      certificates.client, certificates.client_key, NULL);
  g_autoptr (GTlsCertificate) strange = g_tls_certificate_new_from_files (
      certificates.stranger, certificates.stranger_key, NULL);
  WtTestLogin with = { .key = "k", .tls_database = trusted, .tls_certificate = mine };
  WtTestLogin without = { .key = "k", .tls_database = trusted };
  WtTestLogin stranger = { .key = "k", .tls_database = trusted, .tls_certificate = strange };
  g_autoptr (WtTestClient) one = wt_test_client_start (server, &with);
  g_autoptr (WtTestClient) two = wt_test_client_start (server, &without);
  g_autoptr (WtTestClient) three = wt_test_client_start (server, &stranger);

  g_assert_no_error (one->error);
  wt_test_client_settle (one, server);
  g_assert_nonnull (two->error);
  g_assert_nonnull (three->error);
  g_assert_cmpuint (wt_api_server_get_stats (server)->connections, ==, 1);
  wt_test_server_free (server);
}

static void
test_bad_files (void)
{
  const struct
  {
    const char *certificate;
    const char *key;
    const char *ca;
  } rows[] = {
    { "/nowhere/cert.pem", certificates.server_key, NULL },
    { certificates.server, "/nowhere/key.pem", NULL },
    { certificates.server_key, NULL, NULL },
    { certificates.server, certificates.server_key, "/nowhere/ca.pem" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WtApiServer) server = wt_api_server_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (
          wt_api_server_set_tls (server, rows[i].certificate, rows[i].key, rows[i].ca, &error));
      g_assert_nonnull (error);
    }
}

static void
test_restart (void)
{
  WtApiServer *server = make_server (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  wt_api_server_stop (server);
  g_assert_true (wt_api_server_listen (server, "127.0.0.1", 0, &error));
  url = wt_api_server_get_url (server);
  g_assert_true (g_str_has_prefix (url, "wss://"));
  wt_test_server_free (server);
}

/* What a client says first: TLS, version 1.2, a handshake of 512 bytes, which never come. */
static const guint8 half_a_hello[] = { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 };

static GSocketConnection *
connect_to (WtApiServer *server)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", wt_api_server_get_port (server), NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  /* Whether it is closed or reset is not the matter. */
  *(gboolean *) data = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) <= 0;
}

static gboolean
on_later (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Stopped amid a handshake, it lets go of the client, and never looks at it again. */
static void
test_stop_in_handshake (void)
{
  for (guint round = 0; round < 20; round++)
    {
      WtApiServer *server = make_server (NULL);
      g_autoptr (GSocketConnection) connection = connect_to (server);
      GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
      gboolean later = FALSE, over = FALSE;
      guint8 byte;

      g_assert_true (
          g_output_stream_write_all (output, half_a_hello, sizeof half_a_hello, NULL, NULL, NULL));
      /* At another place each time: before it is accepted, and after. */
      g_timeout_add (round, on_later, &later);
      wt_test_wait_until (later);
      wt_api_server_stop (server);
      g_input_stream_read_async (input, &byte, 1, G_PRIORITY_DEFAULT, NULL, on_read, &over);
      wt_test_wait_until (over);
      wt_test_server_free (server);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_certificates ();
  g_test_add_func ("/server/tls/encrypted", test_tls);
  g_test_add_func ("/server/tls/client-certificate", test_client_certificate);
  g_test_add_func ("/server/tls/bad-files", test_bad_files);
  g_test_add_func ("/server/tls/restart", test_restart);
  g_test_add_func ("/server/tls/stop-in-handshake", test_stop_in_handshake);
  result = g_test_run ();
  remove_certificates ();
  return result;
}
