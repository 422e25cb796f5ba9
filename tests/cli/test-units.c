/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-cli-find.h"
#include "wt-cli-frames.h"
#include "wt-escape.h"
#include "wt-export-markdown.h"
#include "wt-cli-output.h"
#include "wt-cli-progress.h"
#include "wt-cli-tally.h"

static const struct
{
  const char *text;
  const char *shown;
  const char *json;
} escapes[] = {
  { "", "", "" },
  { "plain 你好 é", "plain 你好 é", "plain 你好 é" },
  { "a\nb\tc\r", "a\\nb\\tc\\r", "a\\u000ab\\u0009c\\u000d" },
  { "\033[31mred\007", "\\x1b[31mred\\x07", "\\u001b[31mred\\u0007" },
  { "\302\233"
    "2J",
    "\\x9b2J", "\\u009b2J" },
  { "\177", "\\x7f", "\\u007f" },
  { "\342\200\256txt.exe", "\\u202etxt.exe", "\\u202etxt.exe" },
  { "\342\201\246x\342\201\251", "\\u2066x\\u2069", "\\u2066x\\u2069" },
  { "\342\200\250", "\\u2028", "\\u2028" },
  { "a\342\200\213b", "a\\u200bb", "a\\u200bb" },
  { "\363\240\201\201", "\\U000e0041", "\\udb40\\udc41" },
  { "\xff", "\357\277\275", "\357\277\275" },
  /* A joiner between emoji is wanted, one between letters hides something. */
  { "👩\342\200\215💻", "👩\342\200\215💻", "👩\342\200\215💻" },
  { "a\342\200\215b", "a\\u200db", "a\\u200db" },
};

static void
test_escape (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    {
      g_autofree char *shown = wt_escape_text (escapes[i].text);
      g_autofree char *json = wt_escape_json (escapes[i].text);

      g_assert_cmpstr (shown, ==, escapes[i].shown);
      g_assert_cmpstr (json, ==, escapes[i].json);
    }
}

static void
test_escape_everything (void)
{
  for (gunichar c = 1; c < 0x110000; c++)
    {
      char text[8] = "";

      /* Between them there is nothing that is obeyed. */
      if (c == 0x20000)
        c = 0xe0000;
      if (c == 0xe2000)
        break;
      if (!g_unichar_validate (c))
        continue;
      g_unichar_to_utf8 (c, text);

      g_autofree char *shown = wt_escape_text (text);
      GUnicodeType type = g_unichar_type (g_utf8_get_char (shown));

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT)
        g_error ("U+%04X is shown as it is", c);
    }
}

static void
test_pad (void)
{
  g_autofree char *padded = wt_cli_output_pad ("连接", 6);

  g_assert_cmpstr (padded, ==, "连接  ");
  g_assert_cmpuint (wt_cli_output_get_width ("é连"), ==, 3);
  g_assert_cmpuint (wt_cli_output_get_width ("e\314\201"), ==, 1);
}

static void
test_tally (void)
{
  WtCliTally tally;
  g_autofree char *summary = NULL;

  wt_cli_tally_init (&tally);
  g_assert_cmpint (wt_cli_tally_get_percentile (&tally, 50), ==, -1);
  tally.sent = 103;
  for (gint64 i = 100; i > 0; i--)
    wt_cli_tally_add_ack (&tally, i * 1000, 1);
  g_assert_cmpint (wt_cli_tally_get_percentile (&tally, 50), ==, 50000);
  g_assert_cmpint (wt_cli_tally_get_percentile (&tally, 99), ==, 99000);
  g_assert_cmpint (wt_cli_tally_get_percentile (&tally, 100), ==, 100000);
  summary = wt_cli_tally_summarize (&tally);
  g_assert_cmpstr (summary, ==, "sent 103, acked 100, lost 3, round trip p50 50.0 ms, p99 99.0 ms");

  /* What was sent again is told: its round trip is not the whole time. */
  g_autofree char *again = NULL;

  wt_cli_tally_add_ack (&tally, 1000, 2);
  again = wt_cli_tally_summarize (&tally);
  g_assert_cmpstr (
      again, ==, "sent 103, acked 101, lost 2, sent again 1, round trip p50 50.0 ms, p99 99.0 ms");
  wt_cli_tally_clear (&tally);
}

static void
test_progress (void)
{
  g_autofree char *none = wt_cli_progress_draw (0, 10, 0);
  g_autofree char *half = wt_cli_progress_draw (5, 10, 2.5);
  g_autofree char *more = wt_cli_progress_draw (20, 10, 1);

  g_assert_cmpstr (none, ==, "[..............................] 0/10, 0/s");
  g_assert_cmpstr (half, ==, "[###############...............] 5/10, 2/s");
  g_assert_true (g_str_has_prefix (more, "[##############################]"));
}

static const struct
{
  const char *text;
  const char *markdown;
} markdowns[] = {
  { "plain", "plain" },
  { "# no heading", "\\# no heading" },
  { "a\nb", "a\\\nb" },
  { "a\n\nb", "a\n\nb" },
  { "- no list\n1. none\n2) none", "\\- no list\\\n1\\. none\\\n2\\) none" },
  { "    no code", "\302\240\302\240\302\240\302\240no code" },
  { "<script>x</script> & `y`", "\\<script\\>x\\</script\\> \\& \\`y\\`" },
  { "![x](http://e)", "\\!\\[x\\](http://e)" },
  { "> no quote", "\\> no quote" },
  { "---", "\\---" },
  { "\033[1m", "\\\\x1b\\[1m" },
  { "crlf\r\nend", "crlf\\\nend" },
};

static void
test_markdown (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (markdowns); i++)
    {
      g_autofree char *markdown = wt_export_markdown_escape (markdowns[i].text);

      g_assert_cmpstr (markdown, ==, markdowns[i].markdown);
    }

  g_autofree char *link = wt_export_markdown_link ("a]b", "x files/(1).png", TRUE);

  g_assert_cmpstr (link, ==, "![a\\]b](x%20files/%281%29.png)");
}

static void
test_frames (void)
{
  g_autoptr (WtCliFrames) frames = wt_cli_frames_new ();

  g_assert_false (wt_cli_frames_take_received (frames, "<3 bytes that are no message>"));
  g_assert_false (wt_cli_frames_take_received (frames, "[1]"));
  g_assert_false (wt_cli_frames_take_received (frames, "{\"type\":\"sys_ack\",\"msg_id\":\"x\"}"));
  g_assert_true (wt_cli_frames_take_received (frames, "{\"type\":\"x\"}"));
  g_assert_cmpuint (wt_cli_frames_get_unacked (frames), ==, 0);
  g_assert_true (
      wt_cli_frames_take_received (frames, "{\"type\":\"x\",\"msg_id\":\"1\",\"payload\":{}}"));
  g_assert_false (wt_cli_frames_take_received (
      frames, "{\"type\":\"x\",\"msg_id\":\"1\",\"meta\":{\"timestamp\":2},\"payload\":{}}"));
  g_assert_true (wt_cli_frames_take_received (
      frames, "{\"type\":\"x\",\"msg_id\":1,\"payload\":{\"other\":1}}"));
  g_assert_cmpuint (wt_cli_frames_get_unacked (frames), ==, 1);
  wt_cli_frames_take_sent (frames, "{\"type\":\"sys_ack\",\"meta\":{\"acked_msg_id\":\"1\"}}");
  g_assert_cmpuint (wt_cli_frames_get_unacked (frames), ==, 0);
}

static void
add_conversation (GPtrArray *conversations, gint64 id, const char *peer_id, const char *title)
{
  WtConversationRecord *record = wt_conversation_record_new ();

  record->id = id;
  record->peer_id = g_strdup (peer_id);
  record->title = g_strdup (title);
  g_ptr_array_add (conversations, record);
}

static void
test_find (void)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_conversation_record_free);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (wt_cli_find_conversation (all, "x", NULL), ==, -1);
  add_conversation (all, 11, "bob", "Bob");
  add_conversation (all, 12, "carol", "Friend");
  add_conversation (all, 13, "dave", "Friend");
  add_conversation (all, 14, "erin", NULL);
  g_assert_cmpint (wt_cli_find_conversation (all, "Bob", NULL), ==, 0);
  g_assert_cmpint (wt_cli_find_conversation (all, "carol", NULL), ==, 1);
  g_assert_cmpint (wt_cli_find_conversation (all, "#13", NULL), ==, 2);
  g_assert_cmpint (wt_cli_find_conversation (all, "erin", NULL), ==, 3);
  g_assert_cmpint (wt_cli_find_conversation (all, "13", NULL), ==, -1);
  g_assert_cmpint (wt_cli_find_conversation (all, "Friend", &error), ==, -1);
  g_assert_false (wt_cli_find_is_missing (error));
  g_assert_nonnull (strstr (error->message, "#12 (carol), #13 (dave)"));
  g_clear_error (&error);
  g_assert_cmpint (wt_cli_find_conversation (all, "perhaps-a-key", &error), ==, -1);
  g_assert_true (wt_cli_find_is_missing (error));
  g_assert_null (strstr (error->message, "perhaps-a-key"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/escape/table", test_escape);
  g_test_add_func ("/cli/escape/everything", test_escape_everything);
  g_test_add_func ("/cli/pad", test_pad);
  g_test_add_func ("/cli/tally", test_tally);
  g_test_add_func ("/cli/progress", test_progress);
  g_test_add_func ("/cli/markdown", test_markdown);
  g_test_add_func ("/cli/frames", test_frames);
  g_test_add_func ("/cli/find", test_find);
  return g_test_run ();
}
