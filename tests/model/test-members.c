/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-member-list.h"
#include "wt-model-test.h"
#include "wt-test.h"

#define TEXT "{\"type\":\"text\",\"data\":\"hello\"}"

static char *
describe (GListModel *members)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (WtMember) member = g_list_model_get_item (members, i);

      g_string_append_printf (text, "%s ", wt_member_get_name (member));
    }
  return g_string_free (text, FALSE);
}

static gboolean
are (GListModel *members, const char *expected)
{
  g_autofree char *text = describe (members);

  return g_str_equal (text, expected);
}

/* A mirror that is kept by the signal alone: what a view has. */
static void
on_changed (GListModel *members, guint position, guint removed, guint added, GPtrArray *mirror)
{
  g_assert_cmpuint (position + removed, <=, mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, (int) (position + i),
                        g_list_model_get_item (members, position + i));
}

static void
assert_mirrored (GListModel *members, GPtrArray *mirror)
{
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, mirror->len);
  for (guint i = 0; i < mirror->len; i++)
    {
      g_autoptr (WtMember) member = g_list_model_get_item (members, i);

      g_assert_true (g_ptr_array_index (mirror, i) == member);
    }
}

static void
test_live (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) members = wt_session_open_members (fixture->session,
                                                            fixture->conversation);
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) later = NULL;

  g_signal_connect (members, "items-changed", G_CALLBACK (on_changed), mirror);
  wt_model_test_go_online (fixture);
  wt_model_test_peer_says (fixture, "m1", "a", "Anna", TEXT);
  wt_model_test_peer_says (fixture, "m2", "b", "Ben", TEXT);
  wt_model_test_peer_says (fixture, "m3", "c", "Clara", TEXT);
  wt_test_wait_until (are (members, "Clara Ben Anna "));
  /* The one who writes is first; a new name is taken over; I am not among them. */
  wt_model_test_peer_says (fixture, "m4", "a", "Anne", TEXT);
  wt_model_test_peer_says (fixture, "m5", "me-id", "Me", TEXT);
  wt_test_wait_until (are (members, "Anne Clara Ben "));
  wt_model_test_peer_says (fixture, "m6", "c", "", TEXT);
  wt_test_wait_until (are (members, "Clara Anne Ben "));
  assert_mirrored (members, mirror);

  /* And from the database. */
  later = wt_session_open_members (fixture->session, fixture->conversation);
  wt_test_wait_until (are (later, "Clara Anne Ben "));
  wt_model_test_reopen (fixture);
  g_set_object (&later, NULL);
  later = wt_session_open_members (fixture->session, fixture->conversation);
  wt_test_wait_until (are (later, "Clara Anne Ben "));
}

static void
meet (WtMemberList *list, const char *platform, const char *id, const char *name, gint64 time)
{
  const WtMemberRecord record = { .platform = (char *) platform,
                                  .user_id = (char *) id,
                                  .nickname = (char *) name,
                                  .last_seen = time };

  wt_member_list_meet (list, &record);
}

static void
test_order (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) members = wt_session_open_members (fixture->session,
                                                            fixture->conversation);
  WtMemberList *list = WT_MEMBER_LIST (members);
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  g_signal_connect (members, "items-changed", G_CALLBACK (on_changed), mirror);
  /* The same id on another platform is somebody else, also mine. */
  meet (list, "desk", "1", NULL, 10);
  meet (list, "qq", "1", "One", 20);
  meet (list, "qq", "me-id", "Not me", 30);
  meet (list, "desk", "me-id", "Me", 40);
  meet (list, NULL, "", "Nobody", 50);
  g_assert_true (are (members, "Not me One 1 "));
  /* Older than what is known: nothing. */
  meet (list, "qq", "1", "Old", 5);
  g_assert_true (are (members, "Not me One 1 "));
  g_assert_nonnull (wt_member_list_lookup (list, "qq", "1"));
  g_assert_null (wt_member_list_lookup (list, "qq", "2"));

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 50));

      meet (list, "desk", id, NULL, g_rand_int_range (rand, 0, 1000));
    }
  assert_mirrored (members, mirror);
  for (guint i = 1; i < mirror->len; i++)
    g_assert_cmpint (wt_member_get_last_seen (g_ptr_array_index (mirror, i - 1)), >=,
                     wt_member_get_last_seen (g_ptr_array_index (mirror, i)));
}

static void
test_find_message (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessageRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  wt_model_test_go_online (fixture);
  wt_model_test_peer_says (fixture, "m1", "a", "Anna", TEXT);
  wt_test_wait_until (wt_conversation_get_last_seq (fixture->conversation) == 1);
  wt_model_test_call (fixture, wt_session_find_message_async, fixture->session,
                      fixture->conversation, "m1");
  found = wt_session_find_message_finish (fixture->session, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->seq, ==, 1);
  wt_model_test_call (fixture, wt_session_find_message_async, fixture->session,
                      fixture->conversation, "m2");
  g_assert_null (wt_session_find_message_finish (fixture->session, fixture->result, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/members/" name, WtModelFixture, NULL, wt_model_test_set_up, func,                  \
              wt_model_test_tear_down)
  ADD ("live", test_live);
  ADD ("order", test_order);
  ADD ("find-message", test_find_message);

  return g_test_run ();
}
