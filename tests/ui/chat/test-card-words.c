/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-card-words.h"
#include "wt-chat-test.h"
#include "wt-raw-json.h"

static const struct
{
  const char *name;
  const char *json;
  const char *title;
  const char *subtitle;
  const char *url;
} cases[] = {
  { "command", "{\"type\":\"command\",\"data\":\"/clear all\"}", "Command: /clear all", NULL,
    NULL },
  { "command-object", "{\"type\":\"command\",\"data\":{\"name\":\"mute\",\"args\":{\"a\":1}}}",
    "Command: mute", NULL, NULL },
  { "command-dict", "{\"type\":\"dict\",\"data\":{\"type\":\"command\",\"data\":{\"name\":\"x\"}}}",
    "Command: x", NULL, NULL },
  { "notify-text", "{\"type\":\"notify\",\"data\":{\"text\":\"ann\\njoined\"}}",
    "Notice: ann joined", NULL, NULL },
  { "notify-event", "{\"type\":\"notify\",\"data\":{\"sub_type\":\"poke\",\"user_id\":5}}",
    "Notice: poke", NULL, NULL },
  { "notify-nothing", "{\"type\":\"notify\",\"data\":{}}", "Notice", NULL, NULL },
  { "music",
    "{\"type\":\"music\",\"data\":{\"title\":\"Song\",\"artist\":\"Ann\",\"url\":\"https://a.b/"
    "c\"}}",
    "Song", "Music · Ann", "https://a.b/c" },
  { "music-local",
    "{\"type\":\"music_card\",\"data\":{\"title\":\"Song\",\"url\":\"file:///etc/passwd\"}}",
    "Song", "Music", NULL },
  { "mini-app",
    "{\"type\":\"miniapp_card\",\"data\":{\"title\":\"T\",\"description\":\"D\",\"source_url\":"
    "\"x\"}}",
    "T", "Mini app · D", NULL },
  { "video", "{\"type\":\"videourl\",\"data\":\"https://a.b/v.mp4\"}", "Video", "https://a.b/v.mp4",
    "https://a.b/v.mp4" },
  { "video-script", "{\"type\":\"videourl\",\"data\":\"javascript:alert(1)\"}",
    "javascript:alert(1)", "Video", NULL },
  { "unknown", "{\"type\":\"nonsense\",\"data\":{\"a\":1}}", "Unknown content “nonsense”", NULL,
    NULL },
  { "unknown-text", "{\"type\":\"nonsense\",\"data\":\"hello\"}", "hello",
    "Unknown content “nonsense”", NULL },
  { "unknown-number", "{\"type\":\"nonsense\",\"data\":5}", "Unknown content “nonsense”", NULL,
    NULL },
  { "markup", "{\"type\":\"music\",\"data\":{\"title\":\"<b>&\\u202e\\u0007x\"}}", "<b>&x", "Music",
    NULL },
  { "dict-odd", "{\"type\":\"dict\",\"data\":[1,2]}", "Unknown content “dict”", NULL, NULL },
};

static void
test_words (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (WtSegment) sent = wt_chat_test_parse_segment (cases[i].json);
  g_autofree char *storage = wt_segment_to_storage (sent);
  g_autoptr (WtSegment) segment = wt_segment_from_storage (storage, NULL);
  g_autoptr (WtCardWords) words = wt_card_words_new (segment);

  g_assert_cmpstr (words->title, ==, cases[i].title);
  g_assert_cmpstr (words->subtitle, ==, cases[i].subtitle);
  g_assert_cmpstr (words->url, ==, cases[i].url);
}

/* However long. */
static void
test_long (void)
{
  g_autofree char *many = g_strnfill (1000000, 'x');
  g_autofree char *json = g_strdup_printf ("{\"type\":\"music\",\"data\":{\"title\":\"%s\"}}",
                                           many);
  g_autoptr (WtSegment) sent = wt_chat_test_parse_segment (json);
  g_autoptr (WtCardWords) words = wt_card_words_new (sent);

  g_assert_cmpuint (strlen (words->title), <, 200);
}

static void
test_redacted (void)
{
  g_autofree char *pretty = wt_raw_json_make_pretty (
      "{\"type\":\"x\",\"data\":{\"api_key\":\"sesame\",\"url\":\"https://a.b/?api_key=sesame\","
      "\"a\":[1,{\"b\":\"c\"}]}}");

  g_assert_null (strstr (pretty, "sesame"));
  g_assert_nonnull (strstr (pretty, "•••"));
  g_assert_nonnull (strstr (pretty, "\n"));
  g_assert_nonnull (strstr (pretty, "\"b\": \"c\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/card-words/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_words);
    }
  g_test_add_func ("/card-words/long", test_long);
  g_test_add_func ("/card-words/redacted", test_redacted);
  return g_test_run ();
}
