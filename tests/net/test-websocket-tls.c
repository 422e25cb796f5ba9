/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-websocket.h"

#include "polite-server.h"
#include "raw-server.h"
#include "recorder.h"
#include "wt-protocol-error.h"
#include "wt-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define UUID "0b1ae4ea-6f56-4d3c-9d9c-4f2f4d5c8a11"
#define NEW_KEY "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "

/* Where the certificates are; %NULL where there is no openssl to make them. */
static char *folder;

static gboolean
openssl (const char *arguments)
{
  g_autofree char *command = g_strconcat ("openssl ", arguments, NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *says = NULL;
  gint status = 0;

  g_assert_true (g_shell_parse_argv (command, NULL, &words, &error));
  g_assert_true (g_spawn_sync (folder, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &says,
                               &status, &error));
  if (g_spawn_check_wait_status (status, NULL))
    return TRUE;
  g_test_message ("%s: %s", command, says);
  return FALSE;
}

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_self_signed (const char *name, const char *subject, const char *alternative)
{
  g_autofree char *arguments = g_strdup_printf ("req -x509 " NEW_KEY
                                                "-keyout %s.key -out %s.pem -subj '/CN=%s' -days 2 "
                                                "-addext 'subjectAltName=%s'",
                                                name, name, subject, alternative);

  g_assert_true (openssl (arguments));
}

static void
make_signed (const char *name, const char *alternative, const char *validity)
{
  g_autofree char *extension = g_strdup_printf ("subjectAltName=%s\n", alternative);
  g_autofree char *request = g_strdup_printf (
      "req -new " NEW_KEY "-keyout %s.key -out %s.csr -subj '/CN=%s'", name, name, name);
  g_autofree char *sign = g_strdup_printf ("x509 -req -in %s.csr -CA ca.pem -CAkey ca.key "
                                           "-CAcreateserial -extfile %s.ext -out %s.pem %s",
                                           name, name, name, validity);
  g_autofree char *file = g_strconcat (name, ".ext", NULL);

  write_file (file, extension);
  g_assert_true (openssl (request));
  /* Newer ones have an option for it, older ones a negative count of days. */
  if (openssl (sign))
    return;
  g_autofree char *dated = g_strdup_printf (
      "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile %s.ext -out %s.pem "
      "-not_before 20200101000000Z -not_after 20200102000000Z",
      name, name, name);
  g_assert_true (openssl (dated));
}

static void
make_certificates (void)
{
  g_autofree char *program = g_find_program_in_path ("openssl");

  if (program == NULL)
    return;
  folder = g_dir_make_tmp ("wheatear-tls-XXXXXX", NULL);
  make_self_signed ("ca", "Test Authority", "DNS:ca.example");
  make_self_signed ("other-ca", "Other Authority", "DNS:ca.example");
  make_self_signed ("self", "127.0.0.1", "IP:127.0.0.1");
  make_self_signed ("other-self", "127.0.0.1", "IP:127.0.0.1");
  make_signed ("good", "IP:127.0.0.1,DNS:localhost", "-days 2");
  make_signed ("elsewhere", "DNS:elsewhere.example", "-days 2");
  make_signed ("client", "DNS:client.example", "-days 2");
  make_signed ("expired", "IP:127.0.0.1", "-days -1");
  write_file ("garbage.pem", "this is no certificate\n");
}

static void
remove_certificates (void)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static char *
find_file (const char *name, const char *extension)
{
  g_autofree char *file = g_strconcat (name, extension, NULL);

  return g_build_filename (folder, file, NULL);
}

static GTlsCertificate *
load (const char *name)
{
  g_autofree char *certificate = find_file (name, ".pem");
  g_autofree char *key = find_file (name, ".key");
  g_autoptr (GError) error = NULL;
  GTlsCertificate *result = g_tls_certificate_new_from_files (certificate, key, &error);

  g_assert_no_error (error);
  return result;
}

/* As openssl prints it, after the "=". */
static char *
read_fingerprint (const char *name)
{
  g_autofree char *command = g_strdup_printf (
      "openssl x509 -in %s/%s.pem -noout -fingerprint -sha256", folder, name);
  g_autofree char *says = NULL;

  g_assert_true (g_spawn_command_line_sync (command, &says, NULL, NULL, NULL));
  g_strchomp (says);
  return g_strdup (strchr (says, '=') + 1);
}

typedef struct
{
  const char *server; /* certificates, by name */
  const char *ca;
  const char *own;
  const char *fingerprint;
  gboolean insecure;
  gboolean wants_own;
  WtDiagnosisKind kind; /* WT_DIAGNOSIS_NONE: opened */
} Row;

static Recorder *
connect_to (const char *url, const Row *row)
{
  g_autofree char *ca = row->ca != NULL ? find_file (row->ca, ".pem") : NULL;
  g_autofree char *own = row->own != NULL ? find_file (row->own, ".pem") : NULL;
  g_autofree char *own_key = row->own != NULL ? find_file (row->own, ".key") : NULL;
  g_autofree char *fingerprint = row->fingerprint != NULL ? read_fingerprint (row->fingerprint)
                                                          : NULL;
  WtTlsOptions tls = { ca, own, own_key, fingerprint, row->insecure };
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEndpoint) endpoint = wt_endpoint_new (url, WT_AUTH_HEADER, "key", "p", &tls, &error);
  Recorder *client = recorder_new (WT_TRANSPORT (wt_websocket_new (WT_PROTOCOL_MAX_BYTES, 20)));

  g_assert_no_error (error);
  wt_transport_open (client->transport, endpoint, UUID);
  wt_test_wait_until (client->closed == 1 || client->opened == 1);
  return client;
}

/* SoupServer asks even where nothing is wrong. */
static gboolean
on_client_certificate (SoupServerMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer data)
{
  return errors == G_TLS_CERTIFICATE_NO_FLAGS;
}

static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_client_certificate), NULL);
}

static void
want_client_certificates (PoliteServer *server)
{
  g_autofree char *ca = find_file ("ca", ".pem");
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca, NULL);

  soup_server_set_tls_database (server->server, database);
  soup_server_set_tls_auth_mode (server->server, G_TLS_AUTHENTICATION_REQUIRED);
  g_signal_connect (server->server, "request-started", G_CALLBACK (on_request_started), NULL);
}

static void
check_row (const Row *row)
{
  g_autoptr (GTlsCertificate) certificate = load (row->server);
  PoliteServer *server = polite_server_new (certificate);
  g_autofree char *url = polite_server_get_url (server);
  g_autoptr (Recorder) client = NULL;

  g_test_message ("%s, CA %s, own %s, trusting %s%s", row->server, row->ca, row->own,
                  row->fingerprint, row->insecure ? ", insecure" : "");
  if (row->wants_own)
    want_client_certificates (server);

  client = connect_to (url, row);
  if (row->kind != WT_DIAGNOSIS_NONE)
    {
      g_assert_cmpuint (client->opened, ==, 0);
      g_test_message ("%s", wt_diagnosis_get_detail (client->diagnosis));
      recorder_assert_kind (client, row->kind);
      /* A server that just hangs up may have meant the client's certificate. */
      if (row->kind != WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE)
        g_assert_false (wt_diagnosis_can_retry (client->diagnosis));
    }
  else
    {
      if (client->diagnosis != NULL)
        g_test_message ("%s", wt_diagnosis_get_detail (client->diagnosis));
      g_assert_cmpuint (client->opened, ==, 1);
      g_assert_cmpstr (client->steps->str, ==, "resolving connecting securing upgrading opened ");
      wt_test_wait_until (server->peer != NULL);
      soup_websocket_connection_send_text (server->peer, "{}");
      wt_test_wait_until (client->frames->len == 1);
    }
  g_clear_pointer (&client, recorder_free);
  polite_server_free (server);
}

static void
check_rows (const Row *rows, gsize n_rows)
{
  if (folder == NULL)
    {
      g_test_skip ("no openssl");
      return;
    }
  for (gsize i = 0; i < n_rows; i++)
    check_row (&rows[i]);
}

static void
test_authorities (void)
{
  static const Row rows[] = {
    { "good", "ca", NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_NONE },
    { "good", NULL, NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER },
    { "good", "other-ca", NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER },
    { "self", NULL, NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_SELF_SIGNED },
    { "self", "ca", NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_SELF_SIGNED },
    { "self", "self", NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_NONE },
    { "expired", "ca", NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_EXPIRED },
    { "expired", NULL, NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_EXPIRED },
    { "elsewhere", "ca", NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_WRONG_HOST },
    { "elsewhere", NULL, NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER },
    { "good", "missing", NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_OTHER },
    { "good", "garbage", NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_TLS_OTHER },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

/* Exactly that one, whatever is wrong with it, and no other. */
static void
test_fingerprint (void)
{
  static const Row rows[] = {
    { "self", NULL, NULL, "self", FALSE, FALSE, WT_DIAGNOSIS_NONE },
    { "self", NULL, NULL, "other-self", FALSE, FALSE, WT_DIAGNOSIS_TLS_SELF_SIGNED },
    { "other-self", NULL, NULL, "self", FALSE, FALSE, WT_DIAGNOSIS_TLS_SELF_SIGNED },
    { "expired", NULL, NULL, "expired", FALSE, FALSE, WT_DIAGNOSIS_NONE },
    { "elsewhere", "ca", NULL, "elsewhere", FALSE, FALSE, WT_DIAGNOSIS_NONE },
    { "good", NULL, NULL, "ca", FALSE, FALSE, WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_insecure (void)
{
  static const Row rows[] = {
    { "self", NULL, NULL, NULL, TRUE, FALSE, WT_DIAGNOSIS_NONE },
    { "expired", NULL, NULL, NULL, TRUE, FALSE, WT_DIAGNOSIS_NONE },
    { "elsewhere", NULL, NULL, NULL, TRUE, FALSE, WT_DIAGNOSIS_NONE },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_client_certificate (void)
{
  static const Row rows[] = {
    { "good", "ca", "client", NULL, FALSE, TRUE, WT_DIAGNOSIS_NONE },
    { "good", "ca", NULL, NULL, FALSE, TRUE, WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE },
    { "good", "ca", "other-self", NULL, FALSE, TRUE, WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE },
    { "good", "ca", "client", NULL, FALSE, FALSE, WT_DIAGNOSIS_NONE },
    { "good", "ca", "missing", NULL, FALSE, TRUE, WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE },
    { "good", "ca", "garbage", NULL, FALSE, TRUE, WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

/* What the user is shown, and may trust with a click. */
static void
test_certificate_shown (void)
{
  g_autofree char *expected = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  Row row = { "self", NULL, NULL, NULL, FALSE, FALSE, WT_DIAGNOSIS_NONE };
  PoliteServer *server;
  Recorder *client;

  if (folder == NULL)
    {
      g_test_skip ("no openssl");
      return;
    }
  certificate = load ("self");
  expected = read_fingerprint ("self");
  server = polite_server_new (certificate);
  g_autofree char *url = polite_server_get_url (server);
  client = connect_to (url, &row);
  recorder_assert_kind (client, WT_DIAGNOSIS_TLS_SELF_SIGNED);
  g_assert_cmpstr (wt_diagnosis_get_fingerprint (client->diagnosis), ==, expected);
  g_assert_true (
      g_tls_certificate_is_same (wt_diagnosis_get_certificate (client->diagnosis), certificate));
  g_assert_nonnull (strstr (wt_diagnosis_get_detail (client->diagnosis), "CN=127.0.0.1"));
  g_assert_cmpuint (wt_diagnosis_get_code (client->diagnosis) & G_TLS_CERTIFICATE_UNKNOWN_CA, !=,
                    0);
  recorder_free (client);
  polite_server_free (server);
}

static void
answer_plainly (RawPeer *peer, gpointer data)
{
  char buffer[1024];

  raw_peer_read (peer, buffer, sizeof buffer);
  raw_peer_write_text (peer, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
}

/* wss:// typed for a port without encryption, and the reverse. */
static void
test_wrong_scheme (void)
{
  RawServer *raw = raw_server_new (answer_plainly, NULL);
  g_autofree char *raw_url = g_strdup_printf ("wss://127.0.0.1:%u/ws", raw_server_get_port (raw));
  Row row = { NULL };
  Recorder *client = connect_to (raw_url, &row);

  recorder_assert_kind (client, WT_DIAGNOSIS_TLS_OTHER);
  recorder_free (client);
  raw_server_free (raw);

  if (folder == NULL)
    return;
  g_autoptr (GTlsCertificate) certificate = load ("good");
  PoliteServer *server = polite_server_new (certificate);
  g_autofree char *url = polite_server_get_url (server);
  g_autofree char *plain = g_strconcat ("ws", strchr (url, ':'), NULL);

  client = connect_to (plain, &row);
  g_test_message ("%s", wt_diagnosis_kind_to_nick (recorder_get_kind (client)));
  g_assert_cmpuint (client->opened, ==, 0);
  recorder_free (client);
  polite_server_free (server);
}

int
main (int argc, char **argv)
{
  gint result;

  g_test_init (&argc, &argv, NULL);
  make_certificates ();

  g_test_add_func ("/net/websocket-tls/authorities", test_authorities);
  g_test_add_func ("/net/websocket-tls/fingerprint", test_fingerprint);
  g_test_add_func ("/net/websocket-tls/insecure", test_insecure);
  g_test_add_func ("/net/websocket-tls/client-certificate", test_client_certificate);
  g_test_add_func ("/net/websocket-tls/certificate-shown", test_certificate_shown);
  g_test_add_func ("/net/websocket-tls/wrong-scheme", test_wrong_scheme);

  result = g_test_run ();
  remove_certificates ();
  return result;
}
