/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/resource.h>

#include "wt-store-test.h"
#include "wt-test.h"

/* What happens when nothing more can be written: nothing is claimed to be stored that is not, and
 * once there is room again, all goes on. */

typedef struct
{
  WtStoreFixture *fixture;
  GHashTable *claimed; /* msg_ids of what was said to be stored */
  guint done;
  guint failed;
} Load;

typedef struct
{
  Load *load;
  char *msg_id;
} Letter;

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  Letter *letter = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = wt_message_store_add_finish (WT_DATABASE (source), result,
                                                                    &error);

  if (stored != NULL)
    {
      g_hash_table_add (letter->load->claimed, g_steal_pointer (&letter->msg_id));
    }
  else
    {
      g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FULL);
      letter->load->failed++;
    }
  letter->load->done++;
  g_free (letter->msg_id);
  g_free (letter);
}

static void
send (Load *load, guint first, guint count, gsize length)
{
  WtStoreFixture *fixture = load->fixture;
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autofree char *text = g_strnfill (length, 'x');
  guint done = load->done;

  for (guint i = 0; i < count; i++)
    {
      Letter *letter = g_new0 (Letter, 1);
      g_autoptr (WtMessageRecord) message = NULL;

      letter->load = load;
      letter->msg_id = g_strdup_printf ("m%u", first + i);
      message = wt_store_test_new_message (letter->msg_id, text);
      wt_message_store_add_async (fixture->db, group, message, NULL, NULL, on_added, letter);
    }
  wt_test_wait_until (load->done == done + count);
}

static void
assert_claims_hold (Load *load)
{
  WtStoreFixture *fixture = load->fixture;
  g_autofree char *integrity = NULL;
  GHashTableIter iter;
  gpointer msg_id = NULL;

  wt_store_test_reopen (fixture);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM message"), ==,
                   g_hash_table_size (load->claimed));
  g_hash_table_iter_init (&iter, load->claimed);
  while (g_hash_table_iter_next (&iter, &msg_id, NULL))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM message WHERE msg_id = '%s'",
                                              (char *) msg_id);

      g_assert_cmpint (wt_store_test_query (fixture->db, sql), ==, 1);
    }
  g_assert_cmpint (wt_store_test_query (fixture->db,
                                        "SELECT last_seq - (SELECT count(*) FROM message)"
                                        " FROM conversation"),
                   ==, 0);
  integrity = wt_store_test_query_text (fixture->db, "PRAGMA integrity_check");
  g_assert_cmpstr (integrity, ==, "ok");
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM message_search"
                                                     " WHERE message_search MATCH 'xxx*'"),
                   ==, g_hash_table_size (load->claimed));
}

static void
set_up_load (Load *load, WtStoreFixture *fixture)
{
  load->fixture = fixture;
  load->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
test_page_limit (WtStoreFixture *fixture, gconstpointer data)
{
  Load load = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;

  set_up_load (&load, fixture);
  send (&load, 0, 50, 100);
  g_assert_cmpint (load.failed, ==, 0);

  g_free (wt_store_test_query_text (fixture->db, "PRAGMA max_page_count = 100"));
  send (&load, 1000, 300, 2000);
  g_assert_cmpint (load.failed, >, 0);

  /* Reading still works. */
  wt_store_test_call (result, wt_account_store_list_async, fixture->db);
  accounts = wt_account_store_list_finish (fixture->db, result, NULL);
  g_assert_cmpint (accounts->len, ==, 1);

  g_free (wt_store_test_query_text (fixture->db, "PRAGMA max_page_count = 1000000"));
  load.failed = 0;
  send (&load, 2000, 50, 2000);
  g_assert_cmpint (load.failed, ==, 0);
  assert_claims_hold (&load);
  g_hash_table_unref (load.claimed);
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static gboolean
probe (WtStoreFixture *fixture, GError **error)
{
  wt_store_test_call (result, wt_database_probe_async, fixture->db);
  return wt_database_probe_finish (fixture->db, result, error);
}

static void
on_trouble (WtDatabase *db, const GError *error, guint *n_troubles)
{
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FULL);
  (*n_troubles)++;
}

/* The log cannot grow: it is the COMMIT that fails. It is told, and can be found out when it is over. */
static void
test_file_limit (WtStoreFixture *fixture, gconstpointer data)
{
  Load load = { 0 };
  guint n_troubles = 0;

  signal (SIGXFSZ, SIG_IGN);
  set_up_load (&load, fixture);
  g_signal_connect (fixture->db, "trouble", G_CALLBACK (on_trouble), &n_troubles);
  send (&load, 0, 50, 100);
  g_assert_true (probe (fixture, NULL));
  g_assert_cmpuint (n_troubles, ==, 0);
  for (guint round = 0; round < 5; round++)
    {
      g_autoptr (GError) error = NULL;

      limit_files (400 * 1024);
      send (&load, 1000 + round * 1000, 200, 3000);
      limit_files (4 * 1024);
      g_assert_false (probe (fixture, &error));
      g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FULL);
      limit_files (RLIM_INFINITY);
      g_assert_cmpint (load.failed, >, 0);
      /* At most once for each that failed, the probe among them. */
      g_assert_cmpuint (n_troubles, >, 0);
      g_assert_cmpuint (n_troubles, <=, load.failed + 1);
      n_troubles = 0;
      g_assert_true (probe (fixture, NULL));

      load.failed = 0;
      send (&load, 100000 + round * 100, 20, 100);
      g_assert_cmpint (load.failed, ==, 0);
      g_assert_cmpuint (n_troubles, ==, 0);
    }
  g_signal_handlers_disconnect_by_func (fixture->db, on_trouble, &n_troubles);
  assert_claims_hold (&load);
  g_hash_table_unref (load.claimed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/full/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                     \
              wt_store_test_tear_down)
  ADD ("page-limit", test_page_limit);
  ADD ("file-limit", test_file_limit);

  return g_test_run ();
}
