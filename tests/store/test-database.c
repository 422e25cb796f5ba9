/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "wt-schema.h"
#include "wt-store-test.h"
#include "wt-test.h"

/* A task that runs SQL, and what became of it. */
typedef struct
{
  char *sql;
  gboolean fails;
  gboolean defers;
  gboolean deferred_fails;
} Work;

typedef struct
{
  GPtrArray *log;
  int index;
  GError *error;
  gboolean done;
} Outcome;

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean running;
  gboolean open;
} Gate;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->sql);
  g_free (work);
}

static gboolean
run_deferred (WtDatabase *db, gpointer data, GError **error)
{
  const Work *work = data;

  if (!work->deferred_fails)
    return wt_database_exec (db, "INSERT INTO deferred VALUES (1)", error);

  g_set_error_literal (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED, "deferred");
  return FALSE;
}

static gpointer
run_work (WtDatabase *db, gpointer data, GError **error)
{
  const Work *work = data;

  if (work->sql != NULL && !wt_database_exec (db, work->sql, error))
    return NULL;
  if (work->defers)
    {
      Work *copy = g_memdup2 (work, sizeof *work);

      copy->sql = NULL;
      wt_database_defer (db, run_deferred, copy, work_free);
    }
  if (work->fails)
    g_set_error_literal (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED, "on purpose");

  return NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  wt_database_run_finish (WT_DATABASE (source), result, &outcome->error);
  outcome->done = TRUE;
  if (outcome->log != NULL)
    g_ptr_array_add (outcome->log, GINT_TO_POINTER (outcome->index));
}

static void
submit_with (WtDatabase *db,
             WtDatabaseFlags flags,
             const char *sql,
             gboolean fails,
             Outcome *outcome)
{
  Work *work = g_new0 (Work, 1);

  work->sql = g_strdup (sql);
  work->fails = fails;
  wt_database_run_with_flags_async (db, flags, run_work, work, work_free, NULL, NULL, submit_with,
                                    on_done, outcome);
}

static void
submit (WtDatabase *db, const char *sql, gboolean fails, Outcome *outcome)
{
  submit_with (db, WT_DATABASE_WRITE, sql, fails, outcome);
}

static gpointer
wait_at_gate (WtDatabase *db, gpointer data, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->running = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);

  return NULL;
}

/* Holds the database thread, so that what is submitted next is one group. */
static void
close_gate (WtDatabase *db, Gate *gate, Outcome *outcome)
{
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->cond);
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, wait_at_gate, gate, NULL, NULL, NULL,
                                    close_gate, on_done, outcome);
  g_mutex_lock (&gate->mutex);
  while (!gate->running)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static void
clear_gate (Gate *gate)
{
  g_mutex_clear (&gate->mutex);
  g_cond_clear (&gate->cond);
}

static int
count_commit (gpointer data)
{
  g_atomic_int_inc ((int *) data);
  return 0;
}

static gpointer
hook_commits (WtDatabase *db, gpointer data, GError **error)
{
  sqlite3_commit_hook (wt_database_get_handle (db), count_commit, data);
  return NULL;
}

static void
run_and_wait (WtDatabase *db, WtDatabaseFunc func, gpointer data, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wt_database_run_async (db, func, data, NULL, NULL, NULL, func, wt_store_test_on_ready, &result);
  wt_store_test_wait (&result);
  wt_database_run_finish (db, result, error);
}

static void
exec (WtDatabase *db, const char *sql)
{
  Outcome outcome = { 0 };

  submit (db, sql, FALSE, &outcome);
  wt_test_wait_until (outcome.done);
  g_assert_no_error (outcome.error);
}

static void
test_never_opened (void)
{
  WtDatabase *db = wt_database_new ("/nonexistent/wheatear.db");
  Outcome outcome = { 0 };

  g_assert_cmpstr (wt_database_get_path (db), ==, "/nonexistent/wheatear.db");
  g_assert_false (wt_database_get_read_only (db));
  submit (db, "SELECT 1", FALSE, &outcome);
  wt_test_wait_until (outcome.done);
  g_assert_error (outcome.error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED);
  g_clear_error (&outcome.error);
  g_assert_finalize_object (db);

  db = wt_database_new (":memory:");
  g_assert_finalize_object (db);
}

static void
test_open (WtStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *mode = wt_store_test_query_text (fixture->db, "PRAGMA journal_mode");
  struct stat info;

  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpint (wt_store_test_query (fixture->db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (wt_store_test_query (fixture->db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (wt_store_test_query (fixture->db, "PRAGMA application_id"), ==, 0x57686561);
  g_assert_cmpint (wt_store_test_query (fixture->db, "PRAGMA user_version"), ==, WT_SCHEMA_VERSION);

  /* A second time does nothing. */
  g_assert_true (wt_store_test_open (fixture->db, NULL));
}

static void
test_loose_mode_is_tightened (void)
{
  g_autofree char *folder = wt_store_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "wheatear.db", NULL);
  g_autoptr (WtDatabase) db = wt_database_new (path);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  wt_store_test_open (db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  wt_database_close (db);
  wt_store_test_remove_folder (folder);
}

static void
test_order (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) log = g_ptr_array_new ();
  Outcome outcomes[3000] = { 0 };

  exec (fixture->db, "CREATE TABLE t (n INTEGER)");
  for (int i = 0; i < (int) G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO t VALUES (%d)", i);

      outcomes[i].index = i;
      outcomes[i].log = log;
      submit (fixture->db, sql, FALSE, &outcomes[i]);
    }
  wt_test_wait_until (log->len == G_N_ELEMENTS (outcomes));

  for (guint i = 0; i < log->len; i++)
    g_assert_cmpint (GPOINTER_TO_INT (g_ptr_array_index (log, i)), ==, i);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM t"), ==, log->len);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM t WHERE n <> rowid - 1"),
                   ==, 0);
}

static void
test_group (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) log = g_ptr_array_new ();
  Outcome outcomes[100] = { 0 };
  Outcome held = { 0 };
  Gate gate = { 0 };
  int commits = 0;

  exec (fixture->db, "CREATE TABLE t (n INTEGER)");
  run_and_wait (fixture->db, hook_commits, &commits, NULL);

  close_gate (fixture->db, &gate, &held);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      outcomes[i].log = log;
      submit (fixture->db, "INSERT INTO t VALUES (1)", FALSE, &outcomes[i]);
    }
  g_atomic_int_set (&commits, 0);
  open_gate (&gate);
  wt_test_wait_until (log->len == G_N_ELEMENTS (outcomes));
  g_assert_cmpint (g_atomic_int_get (&commits), <=, 30);
  clear_gate (&gate);
}

static void
test_savepoints (WtStoreFixture *fixture, gconstpointer data)
{
  Outcome outcomes[4] = { 0 };
  Outcome held = { 0 };
  Gate gate = { 0 };

  exec (fixture->db, "CREATE TABLE t (n INTEGER UNIQUE)");
  close_gate (fixture->db, &gate, &held);
  submit (fixture->db, "INSERT INTO t VALUES (1)", FALSE, &outcomes[0]);
  submit (fixture->db, "INSERT INTO t VALUES (2)", TRUE, &outcomes[1]);
  submit (fixture->db, "INSERT INTO t VALUES (3); INSERT INTO t VALUES (1)", FALSE, &outcomes[2]);
  submit (fixture->db, "INSERT INTO t VALUES (4)", FALSE, &outcomes[3]);
  open_gate (&gate);
  wt_test_wait_until (outcomes[3].done);

  g_assert_no_error (outcomes[0].error);
  g_assert_error (outcomes[1].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED);
  g_assert_error (outcomes[2].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT);
  g_assert_no_error (outcomes[3].error);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT group_concat(n, '') FROM t"), ==, 14);
  g_clear_error (&outcomes[1].error);
  g_clear_error (&outcomes[2].error);
  clear_gate (&gate);
}

/* Three that wait for one transaction; the first two have no savepoint. */
static void
run_three (WtDatabase *db, const char *second, Outcome outcomes[3])
{
  Outcome held = { 0 };
  Gate gate = { 0 };

  memset (outcomes, 0, 3 * sizeof *outcomes);
  close_gate (db, &gate, &held);
  submit_with (db, WT_DATABASE_UNGUARDED, "INSERT INTO t VALUES (1)", FALSE, &outcomes[0]);
  submit_with (db, WT_DATABASE_UNGUARDED, second, FALSE, &outcomes[1]);
  submit (db, "INSERT INTO t VALUES (4)", FALSE, &outcomes[2]);
  open_gate (&gate);
  wt_test_wait_until (outcomes[2].done);
  clear_gate (&gate);
}

/* A task without a savepoint that fails: before it has written, half-way, and once more, when it has one after all. */
static void
test_unguarded (WtStoreFixture *fixture, gconstpointer data)
{
  static const char half[] = "INSERT INTO t VALUES (2); INSERT INTO t VALUES (1)";
  Outcome outcomes[3];

  exec (fixture->db, "CREATE TABLE t (n INTEGER UNIQUE)");
  run_three (fixture->db, "INSERT INTO t VALUES (1)", outcomes);
  g_assert_no_error (outcomes[0].error);
  g_assert_error (outcomes[1].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT);
  g_assert_no_error (outcomes[2].error);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT group_concat(n, '') FROM t"), ==, 14);
  g_clear_error (&outcomes[1].error);

  exec (fixture->db, "DELETE FROM t");
  run_three (fixture->db, half, outcomes);
  g_assert_error (outcomes[0].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED);
  g_assert_error (outcomes[1].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT);
  g_assert_no_error (outcomes[2].error);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT group_concat(n, '') FROM t"), ==, 4);
  g_clear_error (&outcomes[0].error);
  g_clear_error (&outcomes[1].error);

  exec (fixture->db, "DELETE FROM t");
  run_three (fixture->db, half, outcomes);
  g_assert_no_error (outcomes[0].error);
  g_assert_error (outcomes[1].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT);
  g_assert_no_error (outcomes[2].error);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT group_concat(n, '') FROM t"), ==, 14);
  g_clear_error (&outcomes[1].error);
}

static void
submit_deferring (WtDatabase *db, gboolean fails, gboolean deferred_fails, Outcome *outcome)
{
  Work *work = g_new0 (Work, 1);

  work->sql = g_strdup ("INSERT INTO t VALUES (1)");
  work->fails = fails;
  work->defers = TRUE;
  work->deferred_fails = deferred_fails;
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, run_work, work, work_free, NULL, NULL,
                                    submit_deferring, on_done, outcome);
}

static gpointer
count_deferred (WtDatabase *db, gpointer data, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (db, "SELECT count(*) FROM deferred", error);

  g_assert_cmpint (wt_database_step (db, statement, error), ==, SQLITE_ROW);
  *(gint64 *) data = sqlite3_column_int64 (statement, 0);
  return NULL;
}

static void
test_deferred (WtStoreFixture *fixture, gconstpointer data)
{
  Outcome outcomes[6] = { 0 };
  Outcome held = { 0 };
  Gate gate = { 0 };
  gint64 unsettled = -1;
  gint64 settled = -1;

  exec (fixture->db, "CREATE TABLE t (n INTEGER); CREATE TABLE deferred (n INTEGER)");
  close_gate (fixture->db, &gate, &held);
  submit_deferring (fixture->db, FALSE, FALSE, &outcomes[0]);
  submit_deferring (fixture->db, TRUE, FALSE, &outcomes[1]);
  submit_deferring (fixture->db, FALSE, FALSE, &outcomes[2]);
  wt_database_run_with_flags_async (fixture->db, WT_DATABASE_READ, count_deferred, &unsettled, NULL,
                                    NULL, NULL, count_deferred, on_done, &outcomes[3]);
  wt_database_run_with_flags_async (fixture->db, WT_DATABASE_READ | WT_DATABASE_SETTLED,
                                    count_deferred, &settled, NULL, NULL, NULL, count_deferred,
                                    on_done, &outcomes[4]);
  open_gate (&gate);
  wt_test_wait_until (outcomes[4].done);
  g_assert_cmpint (unsettled, ==, 0);
  g_assert_cmpint (settled, ==, 2);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM deferred"), ==, 2);
  g_assert_error (outcomes[1].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED);
  g_clear_error (&outcomes[1].error);

  submit_deferring (fixture->db, FALSE, TRUE, &outcomes[5]);
  wt_test_wait_until (outcomes[5].done);
  g_assert_error (outcomes[5].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED);
  g_assert_cmpstr (outcomes[5].error->message, ==, "deferred");
  g_clear_error (&outcomes[5].error);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM t"), ==, 2);
  clear_gate (&gate);
}

static void
test_reads_write_nothing (WtStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  struct stat before[2];
  struct stat after[2];

  exec (fixture->db, "CREATE TABLE t (n INTEGER)");
  g_assert_cmpint (g_stat (fixture->path, &before[0]), ==, 0);
  g_assert_cmpint (g_stat (log, &before[1]), ==, 0);
  for (int i = 0; i < 50; i++)
    {
      wt_store_test_call (result, wt_account_store_list_async, fixture->db);
      g_autoptr (GPtrArray) accounts = wt_account_store_list_finish (fixture->db, result, NULL);

      g_assert_cmpint (accounts->len, ==, 1);
      g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM t"), ==, 0);
    }
  g_assert_cmpint (g_stat (fixture->path, &after[0]), ==, 0);
  g_assert_cmpint (g_stat (log, &after[1]), ==, 0);
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpint (before[i].st_size, ==, after[i].st_size);
      g_assert_cmpint (before[i].st_mtim.tv_sec, ==, after[i].st_mtim.tv_sec);
      g_assert_cmpint (before[i].st_mtim.tv_nsec, ==, after[i].st_mtim.tv_nsec);
    }
}

static gpointer
break_constraint (WtDatabase *db, gpointer data, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (db, "INSERT INTO t VALUES (?1)", error);

  sqlite3_bind_text (statement, 1, "sk-secret", -1, SQLITE_STATIC);
  wt_database_step_done (db, statement, error);
  return NULL;
}

static gpointer
break_syntax (WtDatabase *db, gpointer data, GError **error)
{
  g_assert_null (wt_database_prepare (db, "SELECT FROM nowhere", error));
  return NULL;
}

static gpointer
break_match (WtDatabase *db, gpointer data, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT rowid FROM message_search WHERE message_search MATCH ?1", error);

  sqlite3_bind_text (statement, 1, "sk-secret \"", -1, SQLITE_STATIC);
  wt_database_step (db, statement, error);
  return NULL;
}

static void
test_errors (WtStoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    WtDatabaseFunc func;
    WtDatabaseError code;
  } cases[] = {
    { break_constraint, WT_DATABASE_ERROR_CONSTRAINT },
    { break_syntax, WT_DATABASE_ERROR_FAILED },
    { break_match, WT_DATABASE_ERROR_FAILED },
  };

  exec (fixture->db, "CREATE TABLE t (n TEXT UNIQUE); INSERT INTO t VALUES ('sk-secret')");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      run_and_wait (fixture->db, cases[i].func, NULL, &error);
      g_assert_error (error, WT_DATABASE_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, fixture->path));
      g_assert_null (strstr (error->message, "secret"));
    }
}

static void
test_close (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) log = g_ptr_array_new ();
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  Outcome outcomes[200] = { 0 };
  Outcome late = { 0 };
  g_autoptr (GError) error = NULL;

  exec (fixture->db, "CREATE TABLE t (n INTEGER)");
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      outcomes[i].log = log;
      submit (fixture->db, "INSERT INTO t VALUES (1)", FALSE, &outcomes[i]);
    }
  wt_database_close (fixture->db);
  wt_database_close (fixture->db);
  g_assert_cmpint (log->len, ==, 0);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));

  submit (fixture->db, "INSERT INTO t VALUES (1)", FALSE, &late);
  wt_test_wait_until (late.done && log->len == G_N_ELEMENTS (outcomes));
  g_assert_error (late.error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED);
  g_clear_error (&late.error);
  g_assert_false (wt_store_test_open (fixture->db, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED);

  wt_store_test_reopen (fixture);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM t"), ==, 200);
}

static void
test_cancel (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome held = { 0 };
  Outcome cancelled = { 0 };
  Gate gate = { 0 };
  Work *work = g_new0 (Work, 1);

  exec (fixture->db, "CREATE TABLE t (n INTEGER)");
  close_gate (fixture->db, &gate, &held);
  work->sql = g_strdup ("INSERT INTO t VALUES (1)");
  wt_database_run_async (fixture->db, run_work, work, work_free, NULL, cancellable, run_work,
                         on_done, &cancelled);
  g_cancellable_cancel (cancellable);
  open_gate (&gate);
  wt_test_wait_until (cancelled.done);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancelled.error);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM t"), ==, 0);
  clear_gate (&gate);
}

static gpointer
query_elsewhere (gpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  gint64 number = 0;

  g_main_context_push_thread_default (context);
  number = wt_store_test_query (data, "SELECT 42");
  g_main_context_pop_thread_default (context);

  return GINT_TO_POINTER ((int) number);
}

static void
test_contexts (WtStoreFixture *fixture, gconstpointer data)
{
  /* The main context is not iterated meanwhile. Each thread's context ends as soon as it has its answer. */
  for (guint i = 0; i < 200; i++)
    {
      GThread *thread = g_thread_new ("elsewhere", query_elsewhere, fixture->db);

      g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (thread)), ==, 42);
    }
}

static void
test_memory (void)
{
  WtDatabase *db = wt_database_new (":memory:");
  g_autoptr (GError) error = NULL;
  g_autoptr (WtConversationRecord) group = NULL;
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m1", "hello");
  g_autoptr (WtStoredMessage) stored = NULL;

  wt_store_test_open (db, &error);
  g_assert_no_error (error);
  group = wt_store_test_new_group (wt_store_test_add_account (db, "u"), "g");
  stored = wt_store_test_add (db, group, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->message->seq, ==, 1);
  g_assert_finalize_object (db);
  g_assert_false (g_file_test (":memory:", G_FILE_TEST_EXISTS));
}

static void
test_read_only (WtStoreFixture *fixture, gconstpointer data)
{
  WtDatabase *reader = wt_database_new_read_only (fixture->path);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.db", NULL);
  WtDatabase *nothing = wt_database_new_read_only (missing);
  Outcome outcome = { 0 };
  g_autoptr (GError) error = NULL;

  /* While the other one is open and writes. */
  wt_store_test_open (reader, &error);
  g_assert_no_error (error);
  wt_store_test_add_account (fixture->db, "uuid-2");
  {
    wt_store_test_call (result, wt_account_store_list_async, reader);
    g_autoptr (GPtrArray) accounts = wt_account_store_list_finish (reader, result, &error);

    g_assert_no_error (error);
    g_assert_cmpint (accounts->len, ==, 2);
  }
  submit (reader, "DELETE FROM account", FALSE, &outcome);
  wt_test_wait_until (outcome.done);
  g_assert_error (outcome.error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_READ_ONLY);
  g_clear_error (&outcome.error);
  g_assert_finalize_object (reader);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM account"), ==, 2);

  /* And after it was closed cleanly. */
  wt_database_close (fixture->db);
  reader = wt_database_new_read_only (fixture->path);
  wt_store_test_open (reader, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (reader);

  g_assert_false (wt_store_test_open (nothing, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
  g_assert_finalize_object (nothing);
}

static void
test_two_writers (WtStoreFixture *fixture, gconstpointer data)
{
  WtDatabase *other = wt_database_new (fixture->path);
  g_autoptr (GPtrArray) log = g_ptr_array_new ();
  Outcome outcomes[400] = { 0 };
  g_autoptr (GError) error = NULL;

  wt_store_test_open (other, &error);
  g_assert_no_error (error);
  exec (fixture->db, "CREATE TABLE t (n INTEGER)");
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      outcomes[i].log = log;
      submit (i % 2 == 0 ? fixture->db : other, "INSERT INTO t VALUES (1)", FALSE, &outcomes[i]);
    }
  wt_test_wait_until (log->len == G_N_ELEMENTS (outcomes));
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    g_assert_no_error (outcomes[i].error);
  g_assert_cmpint (wt_store_test_query (other, "SELECT count(*) FROM t"), ==, 400);
  g_assert_finalize_object (other);
}

static void
test_busy (WtStoreFixture *fixture, gconstpointer data)
{
  sqlite3 *other = NULL;
  Outcome outcomes[20] = { 0 };
  Outcome held = { 0 };
  Gate gate = { 0 };

  exec (fixture->db, "CREATE TABLE t (n INTEGER)");
  g_assert_cmpint (sqlite3_open (fixture->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  /* All of them after one wait, not each after its own. */
  close_gate (fixture->db, &gate, &held);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    submit (fixture->db, "INSERT INTO t VALUES (1)", FALSE, &outcomes[i]);
  open_gate (&gate);
  wt_test_wait_until (outcomes[G_N_ELEMENTS (outcomes) - 1].done);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_assert_error (outcomes[i].error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_BUSY);
      g_clear_error (&outcomes[i].error);
    }

  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  exec (fixture->db, "INSERT INTO t VALUES (1)");
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM t"), ==, 1);
  clear_gate (&gate);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/database/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                 \
              wt_store_test_tear_down)
  g_test_add_func ("/database/never-opened", test_never_opened);
  ADD ("open", test_open);
  g_test_add_func ("/database/loose-mode", test_loose_mode_is_tightened);
  ADD ("order", test_order);
  ADD ("group", test_group);
  ADD ("savepoints", test_savepoints);
  ADD ("unguarded", test_unguarded);
  ADD ("deferred", test_deferred);
  ADD ("reads-write-nothing", test_reads_write_nothing);
  ADD ("errors", test_errors);
  ADD ("close", test_close);
  ADD ("cancel", test_cancel);
  ADD ("contexts", test_contexts);
  g_test_add_func ("/database/memory", test_memory);
  ADD ("read-only", test_read_only);
  ADD ("two-writers", test_two_writers);
  ADD ("busy", test_busy);

  return g_test_run ();
}
