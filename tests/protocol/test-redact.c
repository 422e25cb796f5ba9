/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-envelope.h"

#include "wt-envelope-test.h"

/* Redaction. */

static void
test_redact (void)
{
  g_autofree char *body = wt_test_make_base64 (20000);
  g_autofree char *medium = wt_test_make_base64 (300);
  g_autofree char *text = g_strdup_printf (
      "{" STD ",'meta':{'sender_user':'SECRET1','target_user':'SECRET2','x-apikey':'SECRET3'},"
      "'apiKey':['SECRET4'],'payload':{'message_info':{'additional_config':{'token':'SECRET5',"
      "'url':'ws://h/ws?api_key=SECRET6&platform=p','inner':'{\\'api_key\\': \\'SECRET7\\'}',"
      "'key':'SECRET8','x_api_key':99887766,'headers':'x-apikey: SECRET9','file_key':'SECRET11',"
      "'python':'{\\u0027api_key\\u0027: \\u0027SECRET12\\u0027}','spaced':'api_key = "
      "SECRET13','end':'api_key='}},"
      "'message_segment':{'type':'seglist','data':[{'type':'image','data':'%s'},"
      "{'type':'text','data':'hello key'},{'type':'image','data':'%s'}]},"
      "'message_dim':{'api_key':'SECRET10','platform':'q'}}}",
      body, medium);
  g_autoptr (GBytes) frame = wt_test_bytes (text);
  g_autofree char *compact = wt_envelope_redact (frame, FALSE);
  g_autofree char *pretty = wt_envelope_redact (frame, TRUE);

  g_assert_null (strstr (compact, "SECRET"));
  g_assert_null (strstr (compact, "99887766"));
  g_assert_null (strstr (pretty, "SECRET"));
  g_assert_nonnull (strstr (compact, "\"api_key\":\"•••\""));
  g_assert_nonnull (strstr (compact, "\"sender_user\":\"•••\""));
  g_assert_nonnull (strstr (compact, "<20000 bytes>"));
  g_assert_nonnull (strstr (compact, "<300 bytes>"));
  g_assert_nonnull (strstr (compact, "hello key"));
  g_assert_nonnull (strstr (compact, "platform=p"));
  g_assert_nonnull (strstr (compact, "\"platform\":\"q\""));
  g_assert_nonnull (strstr (pretty, "\n  \"msg_id\": \"m\""));
  {
    g_autoptr (GBytes) bytes = g_bytes_new (compact, strlen (compact));
    g_autoptr (WtJson) document = wt_json_parse (bytes, NULL);

    g_assert_nonnull (document);
  }
}

static void
test_redact_long (void)
{
  g_autofree char *words = g_strnfill (1025, '.');
  g_autofree char *text = g_strdup_printf ("{'long':'%s','short':'%s','%s':1}", words, words + 1,
                                           words);
  g_autoptr (GBytes) frame = wt_test_bytes (text);
  g_autofree char *shown = wt_envelope_redact (frame, FALSE);

  g_assert_nonnull (strstr (shown, "\"long\":\"<1025 bytes>\""));
  g_assert_null (strstr (shown, words));
}

static void
test_redact_server (void)
{
  g_autoptr (GBytes) frame = wt_test_bytes (
      "{'meta':{'sender_user':'server','target_user':'SECRET','x':null}}");
  g_autofree char *text = wt_envelope_redact (frame, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"meta\":{\"sender_user\":\"server\",\"target_user\":\"•••\",\"x\":null}}");
}

static void
test_redact_anything (void)
{
  static const char *const frames[] = {
    "",
    "SECRET",
    "'SECRET'",
    "['SECRET']",
    "{'api_key':'SECRET'",
    "\377\376SECRET",
    "1",
    "{'api_key':'SECRET'} trailing SECRET",
  };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GBytes) frame = wt_test_bytes (frames[i]);
      g_autofree char *text = wt_envelope_redact (frame, TRUE);

      g_assert_null (strstr (text, "SECRET"));
      g_assert_nonnull (strstr (text, "bytes"));
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/envelope/redact/secrets", test_redact);
  g_test_add_func ("/envelope/redact/long", test_redact_long);
  g_test_add_func ("/envelope/redact/server", test_redact_server);
  g_test_add_func ("/envelope/redact/anything", test_redact_anything);

  return g_test_run ();
}
