/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-words.h"

#include "wt-frame-test.h"
#include "wt-ui-test.h"

/* Each rule says what is wrong, and what comes of it; none leaves a place for the detail open. */
static void
test_lints (void)
{
  for (guint rule = 0; rule < WT_LINT_N_RULES; rule++)
    {
      const WtLint with = { (WtLintRule) rule, (char *) "50% of %s" };
      const WtLint without = { (WtLintRule) rule, NULL };
      g_autofree char *words = wt_frame_words_lint (&with);
      g_autofree char *plain = wt_frame_words_lint (&without);

      g_assert_cmpstr (words, !=, "");
      g_assert_cmpstr (plain, !=, "");
      g_assert_null (strstr (plain, "%s"));
      g_assert_cmpstr (wt_frame_words_remedy ((WtLintRule) rule), !=, "");
      g_assert_cmpstr (wt_lint_rule_to_nick ((WtLintRule) rule), !=, "");
    }
}

static void
test_face (void)
{
  const WtLint lint = { WT_LINT_SEGMENT_KIND, (char *) "face" };
  g_autofree char *words = wt_frame_words_lint (&lint);

  g_assert_cmpstr (words, ==, "MaiBot rejects “face”");
}

static void
test_times (void)
{
  g_autofree char *fast = wt_frame_words_round_trip (3240);
  g_autofree char *slow = wt_frame_words_round_trip (1500000);
  g_autofree char *time = wt_frame_words_time (G_GINT64_CONSTANT (1700000000120456));
  g_autofree char *strange = wt_frame_words_time (G_MAXINT64);

  g_assert_cmpstr (fast, ==, "3.2 ms");
  g_assert_cmpstr (slow, ==, "1.5 s");
  g_assert_true (g_str_has_suffix (time, ":20.120"));
  g_assert_nonnull (strange);
}

static void
test_spoken (void)
{
  g_autoptr (WtFrame) received = wt_frame_test_make_message (FALSE, "msg_7",
                                                             "{\"type\":\"text\",\"data\":\"hi\"}");
  g_autoptr (WtFrame) sent = wt_frame_test_make_message (TRUE, "msg_8",
                                                         "{\"type\":\"face\",\"data\":\"1\"}");
  g_autoptr (WtFrame) bad = wt_frame_test_make (FALSE, "{\"type\":7}");
  g_autoptr (WtFrame) state = wt_frame_new_state (WT_CONNECTION_ONLINE, NULL, 1);
  g_autofree char *received_words = wt_frame_words_spoken (received);
  g_autofree char *sent_words = wt_frame_words_spoken (sent);
  g_autofree char *bad_words = wt_frame_words_spoken (bad);
  g_autofree char *state_words = wt_frame_words_spoken (state);

  g_assert_true (g_str_has_prefix (received_words, "Received message, hi, msg_7, "));
  g_assert_true (g_str_has_suffix (received_words, ":20.120, Not acknowledged yet"));
  g_assert_true (g_str_has_prefix (sent_words, "Sent message, "));
  g_assert_true (g_str_has_suffix (sent_words, "1 warning"));
  g_assert_true (g_str_has_prefix (bad_words, "Received broken frame, Not a message, "));
  g_assert_true (g_str_has_prefix (state_words, "Connection, Online, "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/frame-words/lints", test_lints);
  g_test_add_func ("/ui/frame-words/face", test_face);
  g_test_add_func ("/ui/frame-words/times", test_times);
  g_test_add_func ("/ui/frame-words/spoken", test_spoken);
  return g_test_run ();
}
