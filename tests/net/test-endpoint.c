/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-endpoint.h"

#include "wt-log.h"

#include <string.h>

static WtEndpoint *
new_endpoint (const char *url)
{
  return wt_endpoint_new (url, WT_AUTH_HEADER, "key-of-mine", "wheatear", NULL, NULL);
}

static void
test_good_urls (void)
{
  static const struct
  {
    const char *typed;
    const char *url;
    const char *host;
    guint16 port;
    const char *path;
    gboolean tls;
    gboolean loopback;
  } rows[] = {
    { "ws://127.0.0.1:18040/ws", "ws://127.0.0.1:18040/ws", "127.0.0.1", 18040, "/ws", FALSE,
      TRUE },
    { "ws://192.168.1.5", "ws://192.168.1.5:18040/ws", "192.168.1.5", 18040, "/ws", FALSE, FALSE },
    { "wss://example.org", "wss://example.org:18044/ws", "example.org", 18044, "/ws", TRUE, FALSE },
    { "WSS://Example.ORG:443", "wss://example.org:443/ws", "example.org", 443, "/ws", TRUE, FALSE },
    { "ws://example.org.:80/", "ws://example.org:80/", "example.org", 80, "/", FALSE, FALSE },
    { "ws://localhost:1/a/b", "ws://localhost:1/a/b", "localhost", 1, "/a/b", FALSE, TRUE },
    { "ws://bot.localhost", "ws://bot.localhost:18040/ws", "bot.localhost", 18040, "/ws", FALSE,
      TRUE },
    { "ws://my_bot:65535", "ws://my_bot:65535/ws", "my_bot", 65535, "/ws", FALSE, FALSE },
    { "ws://[::1]:8090/ws", "ws://[::1]:8090/ws", "::1", 8090, "/ws", FALSE, TRUE },
    { "ws://[FE80::1%25eth0]", "ws://[fe80::1%25eth0]:18040/ws", "fe80::1%eth0", 18040, "/ws",
      FALSE, FALSE },
    { "ws://[::ffff:127.0.0.1]", "ws://[::ffff:127.0.0.1]:18040/ws", "::ffff:127.0.0.1", 18040,
      "/ws", FALSE, TRUE },
    { "wss://麦麦.example/ws", "wss://xn--0b7aa.example:18044/ws", "xn--0b7aa.example", 18044,
      "/ws", TRUE, FALSE },
    { "ws://h/机器人", "ws://h:18040/%E6%9C%BA%E5%99%A8%E4%BA%BA", "h", 18040,
      "/%E6%9C%BA%E5%99%A8%E4%BA%BA", FALSE, FALSE },
    { "ws://h/a%20b", "ws://h:18040/a%20b", "h", 18040, "/a%20b", FALSE, FALSE },
    { "ws://127.1.2.3", "ws://127.1.2.3:18040/ws", "127.1.2.3", 18040, "/ws", FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WtEndpoint) endpoint = wt_endpoint_new (rows[i].typed, WT_AUTH_HEADER, "k", "p",
                                                         NULL, &error);

      g_test_message ("%s", rows[i].typed);
      g_assert_no_error (error);
      g_assert_cmpstr (wt_endpoint_get_url (endpoint), ==, rows[i].url);
      g_assert_cmpstr (wt_endpoint_get_host (endpoint), ==, rows[i].host);
      g_assert_cmpuint (wt_endpoint_get_port (endpoint), ==, rows[i].port);
      g_assert_cmpstr (wt_endpoint_get_path (endpoint), ==, rows[i].path);
      g_assert_cmpint (wt_endpoint_get_is_tls (endpoint), ==, rows[i].tls);
      g_assert_cmpint (wt_endpoint_get_is_loopback (endpoint), ==, rows[i].loopback);
      g_assert_true (wt_endpoint_check_url (rows[i].typed, NULL));

      /* The normal form is its own normal form. */
      g_autoptr (WtEndpoint) again = new_endpoint (rows[i].url);
      g_assert_cmpstr (wt_endpoint_get_url (again), ==, rows[i].url);
    }
}

static void
test_bad_urls (void)
{
  static const struct
  {
    const char *typed;
    WtEndpointError code;
    const char *says;
  } rows[] = {
    { NULL, WT_ENDPOINT_ERROR_EMPTY, "ws://192.168.1.5:18040/ws" },
    { "", WT_ENDPOINT_ERROR_EMPTY, "ws://192.168.1.5:18040/ws" },
    { "http://h:8090/ws", WT_ENDPOINT_ERROR_SCHEME, "ws://h:8090/ws" },
    { "https://h", WT_ENDPOINT_ERROR_SCHEME, "wss://h:18044/ws" },
    { "http://h/", WT_ENDPOINT_ERROR_SCHEME, "ws://h:18040/ws" },
    { "ftp://h", WT_ENDPOINT_ERROR_SCHEME, "wss://" },
    { "192.168.1.5", WT_ENDPOINT_ERROR_SCHEME, "ws://192.168.1.5:18040/ws" },
    { "example.org:8090", WT_ENDPOINT_ERROR_SCHEME, "ws://example.org:8090/ws" },
    { "localhost:8090/x", WT_ENDPOINT_ERROR_SCHEME, "ws://localhost:8090/x" },
    { "ws:/h", WT_ENDPOINT_ERROR_SYNTAX, "two slashes" },
    { "wss:h", WT_ENDPOINT_ERROR_SYNTAX, "two slashes" },
    { "ws://", WT_ENDPOINT_ERROR_HOST, "no host" },
    { "ws:///ws", WT_ENDPOINT_ERROR_HOST, "no host" },
    { "ws://:8090/ws", WT_ENDPOINT_ERROR_HOST, "no host" },
    { "ws://::1/ws", WT_ENDPOINT_ERROR_HOST, "[::1]" },
    { "ws://[]/ws", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://[::1/ws", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://[::1]x/ws", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://[127.0.0.1]/ws", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://[", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://]", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://300.1.1.1", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://a..b", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://-a", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://a%41", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://.", WT_ENDPOINT_ERROR_HOST, "host" },
    { "ws://h:", WT_ENDPOINT_ERROR_PORT, "65535" },
    { "ws://h:0", WT_ENDPOINT_ERROR_PORT, "65535" },
    { "ws://h:65536", WT_ENDPOINT_ERROR_PORT, "65535" },
    { "ws://h:99999999999999999999", WT_ENDPOINT_ERROR_PORT, "65535" },
    { "ws://h:8o90", WT_ENDPOINT_ERROR_PORT, "65535" },
    { "ws://h:-1", WT_ENDPOINT_ERROR_PORT, "65535" },
    { "ws://h:80:90", WT_ENDPOINT_ERROR_PORT, "65535" },
    { "ws://h/%zz", WT_ENDPOINT_ERROR_PATH, "%" },
    { "ws://h/%", WT_ENDPOINT_ERROR_PATH, "%" },
    { "ws://me:hunter2@h/ws", WT_ENDPOINT_ERROR_CREDENTIALS, "field" },
    { "http://me:hunter2@h/ws", WT_ENDPOINT_ERROR_CREDENTIALS, "field" },
    { "me:hunter2@h/ws", WT_ENDPOINT_ERROR_CREDENTIALS, "field" },
    { "ws://h/ws?api_key=hunter2&platform=p", WT_ENDPOINT_ERROR_CREDENTIALS, "field" },
    { "ws://h?API_KEY=hunter2", WT_ENDPOINT_ERROR_CREDENTIALS, "field" },
    { "h:8090?token=hunter2", WT_ENDPOINT_ERROR_CREDENTIALS, "field" },
    { "ws://h/ws?platform=p", WT_ENDPOINT_ERROR_SYNTAX, "?" },
    { "ws://h/ws?", WT_ENDPOINT_ERROR_SYNTAX, "?" },
    { "ws://h/ws#top", WT_ENDPOINT_ERROR_SYNTAX, "#" },
    { "ws://h /ws", WT_ENDPOINT_ERROR_SYNTAX, "space" },
    { " ws://h/ws", WT_ENDPOINT_ERROR_SYNTAX, "space" },
    { "ws://h/ws\n", WT_ENDPOINT_ERROR_SYNTAX, "space" },
    { "ws://h/\xe2\x80\x8bws", WT_ENDPOINT_ERROR_SYNTAX, "space" },
    { "ws：//h/ws", WT_ENDPOINT_ERROR_SYNTAX, "full-width" },
    { "ws://192。168。1。5", WT_ENDPOINT_ERROR_SYNTAX, "full-width" },
    { "ws://h\\ws", WT_ENDPOINT_ERROR_SYNTAX, "backslash" },
    { "ws://h/\xff", WT_ENDPOINT_ERROR_SYNTAX, "address" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].typed);
      g_assert_false (wt_endpoint_check_url (rows[i].typed, &error));
      g_assert_error (error, WT_ENDPOINT_ERROR, (gint) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].says));
      g_assert_null (strstr (error->message, "hunter2"));
      g_assert_null (new_endpoint (rows[i].typed));
    }
}

static void
test_long_urls (void)
{
  g_autoptr (GString) url = g_string_new ("ws://h/");
  g_autoptr (GString) host = g_string_new ("ws://");

  while (url->len < 100000)
    g_string_append (url, "0123456789");
  g_assert_false (wt_endpoint_check_url (url->str, NULL));
  while (host->len < 300)
    g_string_append (host, "abcdefghi.");
  g_assert_false (wt_endpoint_check_url (host->str, NULL));
}

/* Whatever bytes are typed: an answer, no warning. */
static void
test_random_urls (void)
{
  static const char alphabet[] = "ws:/[]@?#%.0aZ:-\\ \xff\xe2";
  guint32 seed = g_test_rand_int () & G_MAXINT32;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 20000; i++)
    {
      char text[40] = "ws://";
      gint length = g_rand_int_range (rand, 0, 30);
      gint start = g_rand_boolean (rand) ? 5 : 0;

      for (gint j = 0; j < length; j++)
        text[start + j] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      text[start + length] = '\0';

      g_autoptr (GError) error = NULL;
      g_autoptr (WtEndpoint) endpoint = wt_endpoint_new (text, WT_AUTH_QUERY, "k", "p", NULL,
                                                         &error);

      g_assert_true ((endpoint == NULL) == (error != NULL));
      if (endpoint != NULL)
        {
          g_autoptr (GUri) uri = wt_endpoint_build_uri (endpoint);

          g_assert_cmpint (g_uri_get_port (uri), ==, wt_endpoint_get_port (endpoint));
        }
    }
}

static void
test_keys (void)
{
  static const struct
  {
    const char *key;
    gboolean any;
    gboolean header;
  } rows[] = {
    { "", TRUE, TRUE },
    { NULL, TRUE, TRUE },
    { "abc", TRUE, TRUE },
    { "a b", TRUE, TRUE },
    { "密钥", TRUE, FALSE },
    { "a\nb", FALSE, FALSE },
    { "a\rb", FALSE, FALSE },
    { "a\tb", FALSE, FALSE },
    { " a", FALSE, FALSE },
    { "a ", FALSE, FALSE },
    { "\xff", FALSE, FALSE },
    { "a\x7f", FALSE, FALSE },
    { "sk-A1_~!$&'()*+,;=", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WtEndpoint) header = wt_endpoint_new ("ws://h", WT_AUTH_HEADER, rows[i].key, "p",
                                                       NULL, &error);
      g_autoptr (WtEndpoint) query = wt_endpoint_new ("ws://h", WT_AUTH_QUERY, rows[i].key, "p",
                                                      NULL, NULL);

      g_test_message ("row %u", i);
      g_assert_cmpint (wt_endpoint_check_key (rows[i].key, NULL), ==, rows[i].any);
      g_assert_cmpint (query != NULL, ==, rows[i].any);
      g_assert_cmpint (header != NULL, ==, rows[i].header);
      if (header == NULL)
        {
          g_assert_error (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_KEY);
          g_assert_null (strstr (error->message, "密钥"));
        }
    }
}

static void
test_platforms (void)
{
  static const struct
  {
    const char *platform;
    gboolean any;
    gboolean header;
  } rows[] = {
    { NULL, FALSE, FALSE },   { "", FALSE, FALSE },        { "wheatear", TRUE, TRUE },
    { "a b", FALSE, FALSE },  { "a\n", FALSE, FALSE },     { "平台", TRUE, FALSE },
    { "\xff", FALSE, FALSE }, { "a:b-c_d.e", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WtEndpoint) header = wt_endpoint_new ("ws://h", WT_AUTH_HEADER, "k",
                                                       rows[i].platform, NULL, &error);

      g_test_message ("row %u", i);
      g_assert_cmpint (wt_endpoint_check_platform (rows[i].platform, NULL), ==, rows[i].any);
      g_assert_cmpint (header != NULL, ==, rows[i].header);
      if (header == NULL)
        g_assert_error (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_PLATFORM);
    }
}

static void
test_query (void)
{
  g_autoptr (WtEndpoint) endpoint = wt_endpoint_new ("ws://h:1/ws", WT_AUTH_QUERY, "a&b=c+密 d",
                                                     "p#?%", NULL, NULL);
  g_autoptr (WtEndpoint) header = new_endpoint ("ws://h:1/ws");
  g_autoptr (GUri) uri = wt_endpoint_build_uri (endpoint);
  g_autoptr (GUri) bare = wt_endpoint_build_uri (header);

  g_assert_cmpstr (g_uri_get_query (uri), ==,
                   "api_key=a%26b%3Dc%2B%E5%AF%86%20d&platform=p%23%3F%25");
  g_assert_cmpstr (wt_endpoint_get_url (endpoint), ==, "ws://h:1/ws");
  g_assert_null (g_uri_get_query (bare));
}

static void
test_tls_options (void)
{
  const char *fingerprint = "AA:bb:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:"
                            "AA:bb:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99";
  WtTlsOptions tls = { (char *) "/ca.pem", (char *) "", NULL, (char *) fingerprint, TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEndpoint) endpoint = wt_endpoint_new ("wss://h", WT_AUTH_HEADER, "k", "p", &tls,
                                                     &error);
  const WtTlsOptions *read = wt_endpoint_get_tls (endpoint);

  g_assert_no_error (error);
  g_assert_cmpstr (read->ca_file, ==, "/ca.pem");
  g_assert_null (read->certificate_file);
  g_assert_cmpstr (read->trusted_fingerprint, ==,
                   "aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899");
  g_assert_true (read->insecure);

  tls.trusted_fingerprint = (char *) "AA:BB";
  g_assert_null (wt_endpoint_new ("wss://h", WT_AUTH_HEADER, "k", "p", &tls, &error));
  g_assert_error (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_FINGERPRINT);
}

static void
test_equal (void)
{
  g_autoptr (WtEndpoint) a = new_endpoint ("ws://H");
  g_autoptr (WtEndpoint) b = new_endpoint ("ws://h:18040/ws");
  g_autoptr (WtEndpoint) c = wt_endpoint_new ("ws://h", WT_AUTH_HEADER, "other-key", "wheatear",
                                              NULL, NULL);
  g_autoptr (WtEndpoint) d = wt_endpoint_new ("ws://h", WT_AUTH_QUERY, "key-of-mine", "wheatear",
                                              NULL, NULL);

  g_assert_true (wt_endpoint_equal (a, b));
  g_assert_true (wt_endpoint_equal (NULL, NULL));
  g_assert_false (wt_endpoint_equal (a, NULL));
  g_assert_false (wt_endpoint_equal (a, c));
  g_assert_false (wt_endpoint_equal (a, d));
}

static void
test_redaction (void)
{
  WtEndpoint *endpoint = wt_endpoint_new ("ws://h", WT_AUTH_QUERY, "s3cret/key", "p", NULL, NULL);
  g_autofree char *redacted = wt_endpoint_redact (endpoint, "no s3cret/key and no s3cret%2Fkey");
  g_autofree char *logged = wt_log_redact ("s3cret/key");
  g_autofree char *later = NULL;

  g_assert_null (strstr (redacted, "s3cret"));
  g_assert_null (strstr (logged, "s3cret"));

  wt_endpoint_unref (endpoint);
  later = wt_log_redact ("s3cret/key");
  g_assert_cmpstr (later, ==, "s3cret/key");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/endpoint/good-urls", test_good_urls);
  g_test_add_func ("/net/endpoint/bad-urls", test_bad_urls);
  g_test_add_func ("/net/endpoint/long-urls", test_long_urls);
  g_test_add_func ("/net/endpoint/random-urls", test_random_urls);
  g_test_add_func ("/net/endpoint/keys", test_keys);
  g_test_add_func ("/net/endpoint/platforms", test_platforms);
  g_test_add_func ("/net/endpoint/query", test_query);
  g_test_add_func ("/net/endpoint/tls-options", test_tls_options);
  g_test_add_func ("/net/endpoint/equal", test_equal);
  g_test_add_func ("/net/endpoint/redaction", test_redaction);

  return g_test_run ();
}
