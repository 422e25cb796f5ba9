/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-inbox.h"

#include <glib/gstdio.h>

#include "wt-store-test.h"
#include "wt-test.h"

/* A real database and a clock moved by hand: what waits for the disk. */
typedef struct
{
  WtStoreFixture store;
  WtClock *clock;
  WtBlobs *blobs;
  WtInbox *inbox;
  GString *acked; /* "m1 m2 ": in order */
  guint stored;
  guint troubles;
  GString *crowded; /* 'c' and 'f', as told */
} Fixture;

static void
on_acknowledge (const char *msg_id, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->acked, "%s ", msg_id);
}

static void
on_stored (WtStoredMessage *stored, const char *reply_key, gpointer data)
{
  Fixture *fixture = data;

  fixture->stored++;
  wt_stored_message_free (stored);
}

static void
on_refused (const GError *error, gpointer data)
{
  g_assert_not_reached ();
}

static void
on_trouble (const GError *error, gpointer data)
{
  Fixture *fixture = data;

  fixture->troubles++;
}

static void
on_crowded (gboolean crowded, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (wt_inbox_is_crowded (fixture->inbox) == crowded);
  g_string_append_c (fixture->crowded, crowded ? 'c' : 'f');
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const WtInboxFuncs funcs = { on_acknowledge, on_stored, on_refused, on_trouble, on_crowded };

  wt_store_test_set_up (&fixture->store, NULL);
  fixture->clock = wt_clock_new_manual (1000000, 50000000);
  fixture->blobs = wt_blobs_new (fixture->store.folder);
  fixture->inbox = wt_inbox_new (fixture->store.db, fixture->blobs, fixture->clock,
                                 fixture->store.account_id, "me", "salt", &funcs, fixture);
  fixture->acked = g_string_new (NULL);
  fixture->crowded = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wt_inbox_close (fixture->inbox);
  g_object_unref (fixture->inbox);
  g_object_unref (fixture->blobs);
  g_object_unref (fixture->clock);
  wt_store_test_tear_down (&fixture->store, NULL);
  g_string_free (fixture->acked, TRUE);
  g_string_free (fixture->crowded, TRUE);
}

static void
receive_at (Fixture *fixture, guint number, gsize length, const char *time)
{
  g_autofree char *said = g_strnfill (length, 'x');
  g_autofree char *text = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"m%u\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":\"server\"},"
      "\"payload\":{\"message_info\":{\"platform\":\"desk\",\"message_id\":\"i%u\",\"time\":%s,"
      "\"sender_info\":{\"user_info\":{\"platform\":\"desk\",\"user_id\":\"peer\"}}},"
      "\"message_segment\":{\"type\":\"text\",\"data\":\"%s\"},"
      "\"message_dim\":{\"api_key\":\"key\",\"platform\":\"desk\"}}}",
      number, number, time, said);
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, &error);

  g_assert_no_error (error);
  wt_inbox_receive (fixture->inbox, envelope);
}

static void
receive (Fixture *fixture, guint number, gsize length)
{
  receive_at (fixture, number, length, "17.5");
}

/* No page more than there are: as on a full disk. */
static void
fill_disk (Fixture *fixture)
{
  g_free (wt_store_test_query_text (fixture->store.db, "PRAGMA max_page_count = 1"));
}

static void
empty_disk (Fixture *fixture)
{
  g_free (wt_store_test_query_text (fixture->store.db, "PRAGMA max_page_count = 1000000"));
}

/* Of many that cannot be stored only one is told of, in each attempt; nothing is acknowledged, and all is in the end. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  fill_disk (fixture);
  for (guint i = 0; i < 50; i++)
    {
      receive (fixture, i, 20000);
      g_string_append_printf (expected, "m%u ", i);
    }
  for (guint round = 1; round <= 3; round++)
    {
      wt_test_wait_until (fixture->troubles > 0);
      /* The others of this round have come back too when a question behind them is answered. */
      fill_disk (fixture);
      g_assert_cmpuint (fixture->troubles, ==, 1);
      g_assert_cmpuint (wt_inbox_get_n_waiting (fixture->inbox), >, 0);
      fixture->troubles = 0;
      wt_clock_advance (fixture->clock, 2000);
    }
  wt_test_wait_until (fixture->troubles > 0);
  g_assert_cmpuint (fixture->stored, <, 50);

  empty_disk (fixture);
  wt_clock_advance (fixture->clock, 2000);
  wt_test_wait_until (wt_inbox_get_n_waiting (fixture->inbox) == 0);
  g_assert_cmpstr (fixture->acked->str, ==, expected->str);
  g_assert_cmpuint (fixture->stored, ==, 50);
  g_assert_cmpstr (fixture->crowded->str, ==, "");
}

/* A peer's clock may say what it likes: messages stand in the order in which they came, at the time of our own. */
static void
test_clocks (Fixture *fixture, gconstpointer data)
{
  static const char *const clocks[] = { "50",           "0",      "999999999999.5", "86450",
                                        "253402300800", "1e-300", "\"13\"",         "51" };
  g_autofree char *order = NULL;
  g_autofree char *times = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    receive_at (fixture, i, 5, clocks[i]);
  wt_test_wait_until (fixture->stored == G_N_ELEMENTS (clocks));
  order = wt_store_test_query_text (
      fixture->store.db,
      "SELECT group_concat (msg_id, ' ') FROM (SELECT msg_id FROM message ORDER BY seq)");
  times = wt_store_test_query_text (fixture->store.db,
                                    "SELECT min (time) || ' ' || max (time) FROM message");
  last = wt_store_test_query_text (fixture->store.db, "SELECT last_time FROM conversation");
  g_assert_cmpstr (order, ==, "m0 m1 m2 m3 m4 m5 m6 m7");
  g_assert_cmpstr (times, ==, "50000000 50000000");
  g_assert_cmpstr (last, ==, "50000000");
}

/* The owner is told once when too many wait, and once when half of them are stored. */
static void
test_crowded (Fixture *fixture, gconstpointer data)
{
  const gsize *limits = data;

  wt_inbox_set_limits (fixture->inbox, (guint) limits[0], limits[1]);
  fill_disk (fixture);
  for (guint i = 0; i < 10; i++)
    receive (fixture, i, 20000);
  g_assert_cmpstr (fixture->crowded->str, ==, "");
  for (guint i = 10; i < 12; i++)
    receive (fixture, i, 20000);
  g_assert_cmpstr (fixture->crowded->str, ==, "c");
  wt_test_wait_until (fixture->troubles > 0);
  g_assert_cmpstr (fixture->crowded->str, ==, "c");

  empty_disk (fixture);
  wt_clock_advance (fixture->clock, 2000);
  wt_test_wait_until (wt_inbox_get_n_waiting (fixture->inbox) == 0);
  g_assert_cmpstr (fixture->crowded->str, ==, "cf");
  g_assert_cmpuint (fixture->stored, ==, 12);

  for (guint i = 20; i < 30; i++)
    receive (fixture, i, 10);
  wt_test_wait_until (wt_inbox_get_n_waiting (fixture->inbox) == 0);
  g_assert_cmpstr (fixture->crowded->str, ==, "cf");
}

int
main (int argc, char *argv[])
{
  static const gsize by_number[] = { 10, G_MAXSIZE };
  static const gsize by_bytes[] = { G_MAXUINT, 10 * 20500 };

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/inbox/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/inbox/clocks", Fixture, NULL, set_up, test_clocks, tear_down);
  g_test_add ("/inbox/crowded/number", Fixture, by_number, set_up, test_crowded, tear_down);
  g_test_add ("/inbox/crowded/bytes", Fixture, by_bytes, set_up, test_crowded, tear_down);
  return g_test_run ();
}
