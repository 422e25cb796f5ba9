/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-store-test.h"

#include <glib/gstdio.h>

#include "wt-test.h"

char *
wt_store_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("wt-store-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
wt_store_test_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        wt_store_test_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
wt_store_test_on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

GAsyncResult *
wt_store_test_wait (GAsyncResult **result)
{
  wt_test_wait_until (*result != NULL);
  return *result;
}

gboolean
wt_store_test_open (WtDatabase *db, GError **error)
{
  wt_store_test_call (result, wt_database_open_async, db);

  return wt_database_open_finish (db, result, error);
}

void
wt_store_test_set_up (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = wt_store_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "profile", "wheatear.db", NULL);
  fixture->db = wt_database_new (fixture->path);
  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);
  fixture->account_id = wt_store_test_add_account (fixture->db, "uuid-1");
}

void
wt_store_test_tear_down (WtStoreFixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->db));
  wt_store_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
  g_clear_pointer (&fixture->path, g_free);
}

void
wt_store_test_reopen (WtStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  /* Results that are still held keep the object, but not the file. */
  wt_database_close (fixture->db);
  g_clear_object (&fixture->db);
  fixture->db = wt_database_new (fixture->path);
  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);
}

gint64
wt_store_test_add_account (WtDatabase *db, const char *uuid)
{
  g_autoptr (WtAccountRecord) account = wt_account_record_new ();
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  account->uuid = g_strdup (uuid);
  account->label = g_strdup ("Test");
  account->url = g_strdup ("ws://127.0.0.1:18040/ws");
  wt_store_test_call (result, wt_account_store_save_async, db, account);
  id = wt_account_store_save_finish (db, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);

  return id;
}

WtConversationRecord *
wt_store_test_new_group (gint64 account_id, const char *peer_id)
{
  WtConversationRecord *conversation = wt_conversation_record_new ();

  conversation->account_id = account_id;
  conversation->kind = WT_CONVERSATION_GROUP;
  conversation->platform = g_strdup ("wheatear");
  conversation->peer_id = g_strdup (peer_id);

  return conversation;
}

WtMessageRecord *
wt_store_test_new_message (const char *msg_id, const char *text)
{
  WtMessageRecord *message = wt_message_record_new ();

  message->msg_id = g_strdup (msg_id);
  message->digest = g_strdup ("00ff");
  message->message_id = g_strdup_printf ("business-%s", msg_id);
  message->author_platform = g_strdup ("wheatear");
  message->author_id = g_strdup ("alice");
  message->author_nickname = g_strdup ("Alice");
  message->time = 1700000000000000;
  message->peer_time = 1600000000000000;
  message->text = g_strdup (text);

  return message;
}

WtStoredMessage *
wt_store_test_add (WtDatabase *db,
                   const WtConversationRecord *conversation,
                   const WtMessageRecord *message,
                   GPtrArray *attachments,
                   GError **error)
{
  wt_store_test_call (result, wt_message_store_add_async, db, conversation, message, attachments);

  return wt_message_store_add_finish (db, result, error);
}

static gpointer
query (WtDatabase *db, gpointer data, GError **error)
{
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  /* Not kept: the SQL is the test's, and may be gone before the database. */
  if (sqlite3_prepare_v2 (wt_database_get_handle (db), data, -1, &statement, NULL) != SQLITE_OK
      || sqlite3_step (statement) != SQLITE_ROW)
    wt_database_set_error (db, error);
  else
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);

  return text;
}

char *
wt_store_test_query_text (WtDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  char *text = NULL;

  wt_database_run_async (db, query, g_strdup (sql), g_free, g_free, NULL, query,
                         wt_store_test_on_ready, &result);
  wt_store_test_wait (&result);
  text = wt_database_run_finish (db, result, &error);
  g_assert_no_error (error);

  return text;
}

gint64
wt_store_test_query (WtDatabase *db, const char *sql)
{
  g_autofree char *text = wt_store_test_query_text (db, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}
