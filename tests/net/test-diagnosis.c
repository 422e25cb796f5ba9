/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-diagnosis.h"

#include "wt-endpoint.h"
#include "wt-log.h"

#include <libsoup/soup.h>
#include <string.h>

static void
test_words (void)
{
  g_autoptr (GHashTable) nicks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint kind = WT_DIAGNOSIS_NONE; kind <= WT_DIAGNOSIS_OTHER; kind++)
    {
      static const guint codes[] = { 0,   1000, 1006, 302,  401,  404,
                                     426, 429,  503,  0x7f, 4999, G_MAXUINT };
      const char *nick = wt_diagnosis_kind_to_nick (kind);

      g_test_message ("%s", nick);
      g_assert_true (g_hash_table_add (nicks, (gpointer) nick));
      for (guint i = 0; i < 2 * G_N_ELEMENTS (codes); i++)
        {
          g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (kind, codes[i / 2],
                                                                i % 2 == 0 ? NULL : "detail %s%n");
          g_autofree char *sentence = wt_diagnosis_get_sentence (diagnosis);
          g_autofree char *remedy = wt_diagnosis_get_remedy (diagnosis);

          g_assert_cmpuint (strlen (sentence), >, 8);
          g_assert_cmpuint (strlen (remedy), >, 8);
          if (i == 0)
            g_assert_true (g_hash_table_add (sentences, g_steal_pointer (&sentence)));
        }
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *domain;
    gint code;
    WtDiagnosisKind kind;
  } rows[] = {
    { "g-resolver-error-quark", G_RESOLVER_ERROR_NOT_FOUND, WT_DIAGNOSIS_DNS },
    { "g-resolver-error-quark", G_RESOLVER_ERROR_TEMPORARY_FAILURE, WT_DIAGNOSIS_DNS },
    { "g-io-error-quark", G_IO_ERROR_HOST_NOT_FOUND, WT_DIAGNOSIS_DNS },
    { "g-io-error-quark", G_IO_ERROR_CONNECTION_REFUSED, WT_DIAGNOSIS_REFUSED },
    { "g-io-error-quark", G_IO_ERROR_HOST_UNREACHABLE, WT_DIAGNOSIS_UNREACHABLE },
    { "g-io-error-quark", G_IO_ERROR_NETWORK_UNREACHABLE, WT_DIAGNOSIS_UNREACHABLE },
    { "g-io-error-quark", G_IO_ERROR_TIMED_OUT, WT_DIAGNOSIS_TIMEOUT },
    { "g-io-error-quark", G_IO_ERROR_PROXY_FAILED, WT_DIAGNOSIS_PROXY },
    { "g-io-error-quark", G_IO_ERROR_PROXY_NOT_ALLOWED, WT_DIAGNOSIS_PROXY },
    { "g-io-error-quark", G_IO_ERROR_CONNECTION_CLOSED, WT_DIAGNOSIS_CLOSED },
    { "g-io-error-quark", G_IO_ERROR_PARTIAL_INPUT, WT_DIAGNOSIS_CLOSED },
    { "g-io-error-quark", G_IO_ERROR_NO_SPACE, WT_DIAGNOSIS_OTHER },
    { "g-tls-error-quark", G_TLS_ERROR_CERTIFICATE_REQUIRED, WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE },
    { "g-tls-error-quark", G_TLS_ERROR_NOT_TLS, WT_DIAGNOSIS_TLS_OTHER },
    { "g-tls-error-quark", G_TLS_ERROR_HANDSHAKE, WT_DIAGNOSIS_TLS_OTHER },
    { "g-tls-error-quark", G_TLS_ERROR_EOF, WT_DIAGNOSIS_CLOSED },
    { "soup-websocket-error-quark", SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET,
      WT_DIAGNOSIS_NOT_API_SERVER },
    { "soup-websocket-error-quark", SOUP_WEBSOCKET_ERROR_BAD_HANDSHAKE,
      WT_DIAGNOSIS_NOT_API_SERVER },
    { "soup-websocket-error-quark", SOUP_WEBSOCKET_CLOSE_TOO_BIG, WT_DIAGNOSIS_MESSAGE_TOO_BIG },
    { "soup-websocket-error-quark", SOUP_WEBSOCKET_CLOSE_PROTOCOL_ERROR, WT_DIAGNOSIS_PROTOCOL },
    { "soup-websocket-error-quark", SOUP_WEBSOCKET_CLOSE_BAD_DATA, WT_DIAGNOSIS_PROTOCOL },
    { "soup-session-error-quark", SOUP_SESSION_ERROR_PARSING, WT_DIAGNOSIS_NOT_API_SERVER },
    { "wt_endpoint_error_quark", WT_ENDPOINT_ERROR_HOST, WT_DIAGNOSIS_BAD_URL },
    { "nobody-knows-this-domain", 77, WT_DIAGNOSIS_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (g_quark_from_string (rows[i].domain),
                                                      rows[i].code, "why");
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new_for_error (error);

      g_test_message ("%s %d", rows[i].domain, rows[i].code);
      g_assert_cmpstr (wt_diagnosis_kind_to_nick (wt_diagnosis_get_kind (diagnosis)), ==,
                       wt_diagnosis_kind_to_nick (rows[i].kind));
      g_assert_cmpstr (wt_diagnosis_get_detail (diagnosis), ==, "why");
      g_assert_false (wt_diagnosis_is_clean (diagnosis));
    }
}

static void
test_closes (void)
{
  static const struct
  {
    guint16 code;
    const char *reason;
    WtDiagnosisKind kind;
    gboolean retry;
  } rows[] = {
    { 1000, "Authentication failed: 认证失败", WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 1000, "认证失败", WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 1000, "AUTHENTICATION FAILED", WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 1000, "Invalid API key", WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 1000, "Unauthorized", WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 1000, "bye", WT_DIAGNOSIS_CLOSED, TRUE },
    { 1000, "", WT_DIAGNOSIS_REPLACED, TRUE },
    { 1000, NULL, WT_DIAGNOSIS_REPLACED, TRUE },
    { 1001, NULL, WT_DIAGNOSIS_GOING_AWAY, TRUE },
    { 1001, "restart", WT_DIAGNOSIS_GOING_AWAY, TRUE },
    { 1002, NULL, WT_DIAGNOSIS_PROTOCOL, TRUE },
    { 1003, NULL, WT_DIAGNOSIS_PROTOCOL, TRUE },
    { 1005, NULL, WT_DIAGNOSIS_CLOSED, TRUE },
    { 1006, NULL, WT_DIAGNOSIS_CLOSED, TRUE },
    { 1007, NULL, WT_DIAGNOSIS_PROTOCOL, TRUE },
    { 1008, NULL, WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 1008, "whatever", WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 1009, NULL, WT_DIAGNOSIS_MESSAGE_TOO_BIG, TRUE },
    { 1011, "oops", WT_DIAGNOSIS_CLOSED, TRUE },
    { 1012, NULL, WT_DIAGNOSIS_GOING_AWAY, TRUE },
    { 1013, NULL, WT_DIAGNOSIS_GOING_AWAY, TRUE },
    { 3000, NULL, WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 4401, NULL, WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 4000, "api key expired", WT_DIAGNOSIS_AUTHENTICATION, FALSE },
    { 4000, "whatever", WT_DIAGNOSIS_CLOSED, TRUE },
    { 0, NULL, WT_DIAGNOSIS_CLOSED, TRUE },
    { 1000, "\xff\xfe", WT_DIAGNOSIS_CLOSED, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new_for_close (rows[i].code, rows[i].reason,
                                                                      TRUE);

      g_test_message ("%u %s", rows[i].code, rows[i].reason);
      g_assert_cmpstr (wt_diagnosis_kind_to_nick (wt_diagnosis_get_kind (diagnosis)), ==,
                       wt_diagnosis_kind_to_nick (rows[i].kind));
      g_assert_cmpint (wt_diagnosis_can_retry (diagnosis), ==, rows[i].retry);
      g_assert_cmpuint (wt_diagnosis_get_code (diagnosis), ==, rows[i].code);
      g_assert_true (wt_diagnosis_is_clean (diagnosis));
    }
}

static void
test_retry (void)
{
  static const struct
  {
    WtDiagnosisKind kind;
    guint code;
    gboolean retry;
  } rows[] = {
    { WT_DIAGNOSIS_BAD_URL, 0, FALSE },
    { WT_DIAGNOSIS_DNS, 0, TRUE },
    { WT_DIAGNOSIS_REFUSED, 0, TRUE },
    { WT_DIAGNOSIS_TIMEOUT, 0, TRUE },
    { WT_DIAGNOSIS_TLS_EXPIRED, 0, FALSE },
    { WT_DIAGNOSIS_TLS_SELF_SIGNED, 0, FALSE },
    { WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE, 0, FALSE },
    { WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE, 1, TRUE },
    { WT_DIAGNOSIS_TLS_OTHER, 0, TRUE },
    { WT_DIAGNOSIS_TLS_OTHER, G_TLS_CERTIFICATE_REVOKED, FALSE },
    { WT_DIAGNOSIS_HTTP_STATUS, 404, FALSE },
    { WT_DIAGNOSIS_HTTP_STATUS, 426, FALSE },
    { WT_DIAGNOSIS_HTTP_STATUS, 500, TRUE },
    { WT_DIAGNOSIS_HTTP_STATUS, 503, TRUE },
    { WT_DIAGNOSIS_HTTP_STATUS, 429, TRUE },
    { WT_DIAGNOSIS_PROXY, 0, TRUE },
    { WT_DIAGNOSIS_PROXY, 407, FALSE },
    { WT_DIAGNOSIS_NOT_API_SERVER, 200, FALSE },
    { WT_DIAGNOSIS_SOCKET_IO, 400, FALSE },
    { WT_DIAGNOSIS_AUTHENTICATION, 401, FALSE },
    { WT_DIAGNOSIS_NO_PONG, 0, TRUE },
    { WT_DIAGNOSIS_NO_ACK, 0, TRUE },
    { WT_DIAGNOSIS_NO_KEY, 0, FALSE },
    { WT_DIAGNOSIS_OTHER, 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (rows[i].kind, rows[i].code, NULL);

      g_test_message ("%s %u", wt_diagnosis_kind_to_nick (rows[i].kind), rows[i].code);
      g_assert_cmpint (wt_diagnosis_can_retry (diagnosis), ==, rows[i].retry);
    }
}

/* A peer's words are shown in one line, without control characters, without keys, and not endlessly. */
static void
test_hostile_detail (void)
{
  g_autoptr (GString) reason = g_string_new ("one\ntwo\x1b[31m\u202ethree\xff the-key-1234 ");
  g_autoptr (WtDiagnosis) diagnosis = NULL;
  g_autoptr (WtDiagnosis) empty = wt_diagnosis_new (WT_DIAGNOSIS_OTHER, 0, " \n ");
  const char *detail;

  while (reason->len < 100000)
    g_string_append (reason, "麦穗");
  wt_log_add_secret ("the-key-1234");
  diagnosis = wt_diagnosis_new_for_close (1000, reason->str, TRUE);
  wt_log_remove_secret ("the-key-1234");

  detail = wt_diagnosis_get_detail (diagnosis);
  g_assert_true (g_utf8_validate (detail, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (detail, -1), ==, 300);
  g_assert_null (strpbrk (detail, "\n\x1b"));
  g_assert_null (strstr (detail, "\u202e"));
  g_assert_null (strstr (detail, "the-key"));
  g_assert_null (wt_diagnosis_get_detail (empty));
}

static void
test_boxed (void)
{
  g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new_closed (TRUE);
  g_auto (GValue) value = G_VALUE_INIT;

  g_assert_true (wt_diagnosis_is_clean (diagnosis));
  g_value_init (&value, WT_TYPE_DIAGNOSIS);
  g_value_set_boxed (&value, diagnosis);
  g_assert_true (g_value_get_boxed (&value) == diagnosis);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/diagnosis/words", test_words);
  g_test_add_func ("/net/diagnosis/errors", test_errors);
  g_test_add_func ("/net/diagnosis/closes", test_closes);
  g_test_add_func ("/net/diagnosis/retry", test_retry);
  g_test_add_func ("/net/diagnosis/hostile-detail", test_hostile_detail);
  g_test_add_func ("/net/diagnosis/boxed", test_boxed);

  return g_test_run ();
}
