/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <string.h>

#include "wt-draft-store.h"
#include "wt-search-find.h"
#include "wt-search-store.h"
#include "wt-shared-store.h"
#include "wt-store-test.h"

/* How SQLite answers what is asked for again and again: by an index, whatever the tables hold. */

#define CALL(finish, free_result, function, ...)                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) failure = NULL;                                                             \
    wt_store_test_call (answer, function, fixture->db, __VA_ARGS__);                               \
    gpointer value = finish (fixture->db, answer, &failure);                                       \
    g_assert_no_error (failure);                                                                   \
    g_clear_pointer (&value, free_result);                                                         \
  }                                                                                                \
  G_STMT_END

static void
nothing (gpointer data)
{
}

static void
free_page (gpointer data)
{
  wt_search_page_free (data);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static gboolean
mark_read (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_autoptr (WtConversationRecord) now = wt_conversation_store_mark_read_finish (db, result, error);

  return now != NULL;
}

static gboolean
found (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_autoptr (WtMessageRecord) message = wt_message_store_find_finish (db, result, error);

  return message != NULL;
}

static void
look_for (WtStoreFixture *fixture, gint64 conversation, const char *text)
{
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();

  filter->conversation_id = conversation;
  filter->text = g_strdup (text);
  CALL (wt_search_store_find_finish, free_page, wt_search_store_find_async, filter, 0, 20);
}

#define AS_POINTER(name) GINT_TO_POINTER ((int) name)

static gpointer
finish_mark_read (WtDatabase *db, GAsyncResult *result, GError **error)
{
  return AS_POINTER (mark_read (db, result, error));
}

static gpointer
finish_found (WtDatabase *db, GAsyncResult *result, GError **error)
{
  return AS_POINTER (found (db, result, error));
}

static gpointer
finish_date (WtDatabase *db, GAsyncResult *result, GError **error)
{
  return AS_POINTER (wt_search_store_find_date_finish (db, result, error));
}

static gpointer
finish_delivery (WtDatabase *db, GAsyncResult *result, GError **error)
{
  return AS_POINTER (wt_message_store_set_delivery_finish (db, result, error));
}

static gpointer
finish_draft (WtDatabase *db, GAsyncResult *result, GError **error)
{
  return AS_POINTER (wt_conversation_store_set_draft_finish (db, result, error));
}

static gpointer
finish_attached (WtDatabase *db, GAsyncResult *result, GError **error)
{
  return AS_POINTER (wt_draft_store_set_finish (db, result, error));
}

static gpointer
finish_repeat (WtDatabase *db, GAsyncResult *result, GError **error)
{
  return AS_POINTER (wt_message_store_is_repeat_finish (db, result, error));
}

/* What happens while one chats: each of these leaves its statements in the database's store of them. */
static void
live (WtStoreFixture *fixture)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m-1", "麦田 in the wind");
  g_autoptr (GPtrArray) attached = wt_draft_attachments_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = wt_store_test_add (fixture->db, group, message, NULL,
                                                          &error);
  gint64 id;

  g_assert_no_error (error);
  id = stored->conversation->id;
  CALL (wt_message_store_load_finish, free_array, wt_message_store_load_async, id, 1, 64);
  CALL (wt_message_store_list_pending_finish, free_array, wt_message_store_list_pending_async,
        fixture->account_id);
  CALL (finish_mark_read, nothing, wt_conversation_store_mark_read_async, id, 1);
  CALL (finish_draft, nothing, wt_conversation_store_set_draft_async, id, "half");
  CALL (finish_attached, nothing, wt_draft_store_set_async, id, attached);
  CALL (wt_draft_store_list_finish, free_array, wt_draft_store_list_async, id);
  CALL (finish_delivery, nothing, wt_message_store_set_delivery_async, stored->message);
  CALL (finish_repeat, nothing, wt_message_store_is_repeat_async, fixture->account_id, "m-1", "d");
  CALL (finish_found, nothing, wt_message_store_find_async, id, "other");
  CALL (wt_message_store_list_attachments_finish, free_array,
        wt_message_store_list_attachments_async, stored->message->id);
  CALL (wt_conversation_store_find_members_finish, free_array,
        wt_conversation_store_find_members_async, id, "a", 8);
  CALL (wt_conversation_store_list_members_finish, free_array,
        wt_conversation_store_list_members_async, id);
  CALL (wt_shared_store_list_finish, free_array, wt_shared_store_list_async, id, "image", 0, 0, 50);
  CALL (finish_date, nothing, wt_search_store_find_date_async, id, G_USEC_PER_SEC);
  look_for (fixture, 0, "麦田");
  look_for (fixture, id, "麦田");
  look_for (fixture, id, "wind");
}

/* Tables that grow with what people write. Those of SQLite's own full-text index are not asked directly. */
static gboolean
is_scan (const char *detail)
{
  static const char *const tables[] = { "message", "attachment", "draft_attachment", "conversation",
                                        "member" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *scan = g_strdup_printf ("SCAN %s", tables[i]);
      gsize length = strlen (scan);

      if (strncmp (detail, scan, length) == 0 && (detail[length] == '\0' || detail[length] == ' '))
        return TRUE;
    }
  return FALSE;
}

static guint
examine (sqlite3 *handle, const char *sql)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *plan = NULL;
  guint scans = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, question, -1, &plan, NULL), ==, SQLITE_OK);
  while (sqlite3_step (plan) == SQLITE_ROW)
    {
      const char *detail = (const char *) sqlite3_column_text (plan, 3);

      if (!is_scan (detail))
        continue;
      g_test_message ("%s\n    in %s", detail, sql);
      scans++;
    }
  sqlite3_finalize (plan);
  return scans;
}

typedef struct
{
  guint statements;
  guint scans;
} Examination;

static gpointer
examine_all (WtDatabase *db, gpointer data, GError **error)
{
  Examination *examination = data;
  sqlite3_stmt *statement = wt_database_prepare (db, "SELECT 1", error);
  sqlite3 *handle = sqlite3_db_handle (statement);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (statement = sqlite3_next_stmt (handle, NULL); statement != NULL;
       statement = sqlite3_next_stmt (handle, statement))
    {
      const char *sql = sqlite3_sql (statement);

      if (sql != NULL
          && (g_str_has_prefix (sql, "SELECT") || g_str_has_prefix (sql, "UPDATE")
              || g_str_has_prefix (sql, "DELETE") || g_str_has_prefix (sql, "WITH")))
        g_ptr_array_add (all, g_strdup (sql));
    }
  examination->statements = all->len;
  for (guint i = 0; i < all->len; i++)
    examination->scans += examine (handle, g_ptr_array_index (all, i));
  return g_strdup ("done");
}

static void
test_no_scan (WtStoreFixture *fixture, gconstpointer data)
{
  Examination examination = { 0, 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;

  live (fixture);
  wt_database_run_with_flags_async (fixture->db, WT_DATABASE_READ, examine_all, &examination, NULL,
                                    g_free, NULL, NULL, wt_store_test_on_ready, &result);
  done = wt_database_run_finish (fixture->db, wt_store_test_wait (&result), &error);
  g_assert_no_error (error);
  /* Fewer would mean that they are not kept, and that nothing was looked at. */
  g_assert_cmpuint (examination.statements, >, 15);
  g_assert_cmpuint (examination.scans, ==, 0);
}

/* The test of the test: a question that no index answers is seen. */
static gpointer
examine_bad (WtDatabase *db, gpointer data, GError **error)
{
  sqlite3 *handle = sqlite3_db_handle (wt_database_prepare (db, "SELECT 1", error));

  *(guint *) data = examine (handle, "SELECT id FROM message WHERE text = 'x'");
  return g_strdup ("done");
}

static void
test_sees_scan (WtStoreFixture *fixture, gconstpointer data)
{
  guint scans = 0;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;

  wt_database_run_with_flags_async (fixture->db, WT_DATABASE_READ, examine_bad, &scans, NULL,
                                    g_free, NULL, NULL, wt_store_test_on_ready, &result);
  done = wt_database_run_finish (fixture->db, wt_store_test_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scans, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/plans/no-scan", WtStoreFixture, NULL, wt_store_test_set_up, test_no_scan,
              wt_store_test_tear_down);
  g_test_add ("/store/plans/sees-scan", WtStoreFixture, NULL, wt_store_test_set_up, test_sees_scan,
              wt_store_test_tear_down);
  return g_test_run ();
}
