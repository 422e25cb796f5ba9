/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-store-test.h"
#include "wt-test.h"
#include "wt-timeline-private.h"

/* A long history, walked through from end to end: what is in memory depends on what is looked at, not on what there is. Twenty
 * thousand messages; with --long and WHEATEAR_TEST_LONG a million. Nothing is timed. */

#define MESSAGES 20000
#define LONG_MESSAGES 1000000
/* As a view asks for it */
#define STEP 20
/* A dozen pages are kept, and those that are still on their way from the disk. */
#define MOST_MESSAGES (16 * WT_TIMELINE_PAGE)

static gboolean is_long;

typedef struct
{
  WtStoreFixture store;
  WtConversation *conversation;
  WtTimeline *timeline;
  guint n;
  guint most;
} Fixture;

typedef struct
{
  gint64 account_id;
  guint from;
  guint to;
} Fill;

/* Past the full-text index, which is not asked here. */
static gpointer
fill (WtDatabase *db, gpointer data, GError **error)
{
  const Fill *task = data;
  g_autofree char *sql = g_strdup_printf (
      "INSERT OR IGNORE INTO conversation (id, account_id, kind, platform, peer_id)"
      " VALUES (1, %" G_GINT64_FORMAT ", 1, 'p', 'g');"
      "WITH RECURSIVE n (i) AS (SELECT %u UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
      " INSERT INTO message (account_id, conversation_id, seq, direction, delivery, mentions_me,"
      " peer_time, time, attempts, acked_time, rtt, msg_id, digest, author_id, text, segments)"
      " SELECT %" G_GINT64_FORMAT
      ", 1, i, 0, 0, 0, 0, i * 60000000, 0, 0, -1, 'm' || i, '', 'carol',"
      " 'number ' || i, '{\"type\":\"text\",\"data\":\"straw\"}' FROM n;"
      "UPDATE conversation SET last_seq = %u, read_seq = %u WHERE id = 1",
      task->account_id, task->from, task->to, task->account_id, task->to, task->to);

  return wt_database_exec (db, sql, error) ? db : NULL;
}

/* In portions that a slow disk writes within the deadline. */
static void
fill_all (Fixture *fixture)
{
  Fill task = { .account_id = fixture->store.account_id };

  while (task.to < fixture->n)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      task.from = task.to + 1;
      task.to = MIN (task.to + MESSAGES, fixture->n);
      wt_database_run_async (fixture->store.db, fill, &task, NULL, NULL, NULL, fill,
                             wt_store_test_on_ready, &result);
      wt_database_run_finish (fixture->store.db, wt_store_test_wait (&result), &error);
      g_assert_no_error (error);
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) account_record = wt_account_record_new ();
  g_autoptr (WtAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  wt_store_test_set_up (&fixture->store, NULL);
  fixture->n = is_long ? LONG_MESSAGES : MESSAGES;
  fill_all (fixture);

  wt_store_test_call (listed, wt_conversation_store_list_async, fixture->store.db,
                      fixture->store.account_id);
  records = wt_conversation_store_list_finish (fixture->store.db, listed, &error);
  g_assert_no_error (error);
  account_record->id = fixture->store.account_id;
  account_record->uuid = g_strdup ("uuid");
  account = wt_account_new (account_record);
  fixture->conversation = wt_conversation_new (account, g_ptr_array_index (records, 0));
  fixture->timeline = wt_timeline_new (fixture->store.db, fixture->conversation);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer timeline = fixture->timeline;

  g_object_add_weak_pointer (G_OBJECT (timeline), &timeline);
  g_object_unref (fixture->timeline);
  wt_test_wait_until (timeline == NULL);
  g_object_unref (fixture->conversation);
  wt_store_test_tear_down (&fixture->store, NULL);
}

/* What a view does that comes by: it holds a screenful, and lets go of it. */
static void
look_at (Fixture *fixture, guint position)
{
  g_autoptr (GPtrArray) screen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *expected = g_strdup_printf ("number %u", position + 1);
  WtMessage *message;

  for (guint i = 0; i < STEP && position + i < fixture->n; i++)
    g_ptr_array_add (screen,
                     g_list_model_get_item (G_LIST_MODEL (fixture->timeline), position + i));
  message = g_ptr_array_index (screen, 0);
  wt_test_wait_until (wt_message_get_loaded (message));
  g_assert_cmpstr (wt_message_get_text (message), ==, expected);
  fixture->most = MAX (fixture->most, g_hash_table_size (fixture->timeline->live));
}

static void
test_walk (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)), ==, fixture->n);
  g_assert_cmpuint (g_hash_table_size (fixture->timeline->live), ==, 0);

  for (guint i = 0; i < fixture->n; i += STEP)
    look_at (fixture, i);
  for (guint i = 0; i < 400; i++)
    look_at (fixture, (fixture->n - STEP) / 400 * (400 - i));
  g_assert_cmpuint (fixture->most, >, STEP);
  g_assert_cmpuint (fixture->most, <=, MOST_MESSAGES);
  g_assert_cmpuint (g_hash_table_size (fixture->timeline->live), <=, MOST_MESSAGES);
}

/* Without looking at what is between: Home, End, a day in the middle. */
static void
test_jump (Fixture *fixture, gconstpointer data)
{
  const guint places[] = { fixture->n - STEP, 0, fixture->n / 2, fixture->n - STEP, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    look_at (fixture, places[i]);
  g_assert_cmpuint (fixture->most, <=, 5 * (STEP + WT_TIMELINE_PAGE));
}

int
main (int argc, char **argv)
{
  is_long = argc > 1 && strcmp (argv[1], "--long") == 0 && g_getenv ("WHEATEAR_TEST_LONG") != NULL;
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/model/scale/walk", Fixture, NULL, set_up, test_walk, tear_down);
  g_test_add ("/model/scale/jump", Fixture, NULL, set_up, test_jump, tear_down);
  return g_test_run ();
}
