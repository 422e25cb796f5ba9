/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-unsent.h"

#define CHAT 7
#define OTHER 8

static guint
hold (WtUnsent *unsent, gint64 conversation, const char *text)
{
  g_autoptr (WtComposition) message = wt_composition_new (NULL);

  wt_composition_set_text (message, text, NULL);
  return wt_unsent_hold (unsent, conversation, message);
}

static void
assert_draft (WtUnsent *unsent, gint64 conversation, const char *rest, const char *expected)
{
  g_autofree char *draft = wt_unsent_dup_draft (unsent, conversation, rest);

  g_assert_cmpstr (draft, ==, expected);
}

static void
assert_settled (WtUnsent *unsent,
                gint64 conversation,
                guint id,
                gboolean stored,
                const char *failed,
                const char *rest)
{
  g_autoptr (GPtrArray) messages = NULL;
  g_autofree char *got_failed = NULL;
  g_autofree char *got_rest = NULL;

  g_assert_true (wt_unsent_settle (unsent, conversation, id, stored, &messages, &got_rest));
  got_failed = wt_unsent_join_texts (messages);
  g_assert_cmpstr (got_failed, ==, failed);
  g_assert_cmpstr (got_rest, ==, rest);
  g_assert_false (wt_unsent_holds (unsent, conversation));
}

static void
assert_waiting (WtUnsent *unsent, gint64 conversation, guint id, gboolean stored)
{
  g_autoptr (GPtrArray) failed = NULL;
  g_autofree char *rest = NULL;

  g_assert_false (wt_unsent_settle (unsent, conversation, id, stored, &failed, &rest));
  g_assert_null (failed);
  g_assert_null (rest);
}

static void
test_stored (void)
{
  g_autoptr (WtUnsent) unsent = wt_unsent_new ();
  guint id = hold (unsent, CHAT, "one");

  g_assert_true (wt_unsent_holds (unsent, CHAT));
  g_assert_false (wt_unsent_holds (unsent, OTHER));
  assert_draft (unsent, CHAT, "typed", "one\ntyped");
  assert_draft (unsent, CHAT, NULL, "one");
  assert_draft (unsent, OTHER, "typed", "typed");
  assert_draft (unsent, OTHER, NULL, "");
  assert_settled (unsent, CHAT, id, TRUE, "", NULL);
  assert_draft (unsent, CHAT, "typed", "typed");
}

/* Order is kept, whatever order they are settled in. */
static void
test_failed (void)
{
  g_autoptr (WtUnsent) unsent = wt_unsent_new ();
  guint one = hold (unsent, CHAT, "one");
  guint two = hold (unsent, CHAT, "two");
  guint three = hold (unsent, CHAT, "three");

  assert_waiting (unsent, CHAT, three, FALSE);
  assert_waiting (unsent, CHAT, two, TRUE);
  assert_draft (unsent, CHAT, "rest", "one\nthree\nrest");
  assert_settled (unsent, CHAT, one, FALSE, "one\nthree", NULL);
}

static void
test_left (void)
{
  g_autoptr (WtUnsent) unsent = wt_unsent_new ();
  guint id = hold (unsent, CHAT, "one");

  wt_unsent_set_rest (unsent, CHAT, "first");
  wt_unsent_set_rest (unsent, CHAT, "typed");
  wt_unsent_set_rest (unsent, OTHER, "nothing waits there");
  g_assert_cmpstr (wt_unsent_get_rest (unsent, CHAT), ==, "typed");
  g_assert_null (wt_unsent_get_rest (unsent, OTHER));
  assert_settled (unsent, CHAT, id, FALSE, "one", "typed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unsent/stored", test_stored);
  g_test_add_func ("/unsent/failed", test_failed);
  g_test_add_func ("/unsent/left", test_left);
  return g_test_run ();
}
