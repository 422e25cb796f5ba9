/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-segment.h"
#include "wt-sent-store.h"
#include "wt-store-test.h"

static void
add (WtStoreFixture *fixture,
     const char *peer,
     const char *id,
     WtDirection direction,
     WtSegment *segment)
{
  g_autoptr (WtSegment) owned = segment;
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, peer);
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (id, "plain");
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GError) error = NULL;

  message->direction = direction;
  message->delivery = direction == WT_DIRECTION_OUT ? WT_DELIVERY_ACKED : WT_DELIVERY_RECEIVED;
  wt_message_record_set_segment (message, owned);
  stored = wt_store_test_add (fixture->db, group, message, NULL, &error);
  g_assert_no_error (error);
}

static char *
list (WtStoreFixture *fixture, guint limit)
{
  gint64 id = wt_store_test_query (fixture->db, "SELECT id FROM conversation WHERE peer_id = 'g'");
  g_auto (GStrv) texts = NULL;
  g_autoptr (GError) error = NULL;

  wt_store_test_call (result, wt_sent_store_list_async, fixture->db, id, limit);
  texts = wt_sent_store_list_finish (fixture->db, result, &error);
  g_assert_no_error (error);
  return g_strjoinv ("|", texts);
}

static WtSegment *
make_mention (void)
{
  g_autoptr (WtSegment) reply = wt_segment_new_reply ("42");
  g_autoptr (WtSegment) mention = wt_segment_new_mention ("7", "Anna", "Annie");
  g_autoptr (WtSegment) text = wt_segment_new_text (" hello ");
  WtSegment *parts[] = { reply, mention, text };

  return wt_segment_new_list (parts, G_N_ELEMENTS (parts));
}

static void
test_list (WtStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *all = NULL;
  g_autofree char *two = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture, "g", "1", WT_DIRECTION_OUT, wt_segment_new_text ("first"));
  add (fixture, "g", "2", WT_DIRECTION_IN, wt_segment_new_text ("theirs"));
  add (fixture, "other", "3", WT_DIRECTION_OUT, wt_segment_new_text ("elsewhere"));
  add (fixture, "g", "4", WT_DIRECTION_OUT, wt_segment_new_text ("two\nlines"));
  add (fixture, "g", "5", WT_DIRECTION_OUT, wt_segment_new_face ("14"));
  add (fixture, "g", "6", WT_DIRECTION_OUT, make_mention ());

  all = list (fixture, 50);
  g_assert_cmpstr (all, ==, "@Annie hello|two\nlines|first");
  two = list (fixture, 3);
  g_assert_cmpstr (two, ==, "@Annie hello|two\nlines");

  wt_store_test_query (fixture->db,
                       "UPDATE message SET deleted = 1 WHERE msg_id = '4' RETURNING id");
  rest = list (fixture, 50);
  g_assert_cmpstr (rest, ==, "@Annie hello|first");
}

/* What another version wrote. */
static void
test_odd (WtStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *all = NULL;

  add (fixture, "g", "1", WT_DIRECTION_OUT, wt_segment_new_text ("first"));
  add (fixture, "g", "2", WT_DIRECTION_OUT, wt_segment_new_text ("second"));
  wt_store_test_query (fixture->db,
                       "UPDATE message SET segments = '{' WHERE msg_id = '2' RETURNING id");
  all = list (fixture, 50);
  g_assert_cmpstr (all, ==, "first");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/sent/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                     \
              wt_store_test_tear_down)
  ADD ("list", test_list);
  ADD ("odd", test_odd);

  return g_test_run ();
}
