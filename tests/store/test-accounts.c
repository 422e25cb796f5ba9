/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-store-test.h"

static WtAccountRecord *
make_account (const char *uuid, int position)
{
  WtAccountRecord *account = wt_account_record_new ();

  account->uuid = g_strdup (uuid);
  account->label = g_strdup ("麦田");
  account->url = g_strdup ("wss://example.org:18044/ws");
  account->auth = 1;
  account->platform = g_strdup ("wheatear");
  account->user_id = g_strdup ("me");
  account->nickname = g_strdup ("Me");
  account->cardname = NULL;
  account->dialect = WT_DIALECT_MAIBOT;
  account->has_target = TRUE;
  account->target_platform = g_strdup ("maibot");
  account->enabled = TRUE;
  account->position = position;
  account->colour = 5;
  account->remote_pictures = WT_REMOTE_NEVER;
  account->ca_file = g_strdup ("/ca.pem");
  account->certificate_file = g_strdup ("/c.pem");
  account->key_file = g_strdup ("/k.pem");
  account->trusted_fingerprint = g_strdup ("aa:bb");
  account->insecure = TRUE;

  return account;
}

static gint64
save (WtDatabase *db, const WtAccountRecord *account, GError **error)
{
  wt_store_test_call (result, wt_account_store_save_async, db, account);

  return wt_account_store_save_finish (db, result, error);
}

static GPtrArray *
list (WtDatabase *db)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *accounts = NULL;

  wt_store_test_call (result, wt_account_store_list_async, db);
  accounts = wt_account_store_list_finish (db, result, &error);
  g_assert_no_error (error);

  return accounts;
}

static void
assert_equal (const WtAccountRecord *a, const WtAccountRecord *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpstr (a->uuid, ==, b->uuid);
  g_assert_cmpstr (a->label, ==, b->label);
  g_assert_cmpstr (a->url, ==, b->url);
  g_assert_cmpint (a->auth, ==, b->auth);
  g_assert_cmpstr (a->platform, ==, b->platform);
  g_assert_cmpstr (a->user_id, ==, b->user_id);
  g_assert_cmpstr (a->nickname, ==, b->nickname);
  g_assert_cmpstr (a->cardname, ==, b->cardname);
  g_assert_cmpint (a->dialect, ==, b->dialect);
  g_assert_cmpint (a->has_target, ==, b->has_target);
  g_assert_cmpstr (a->target_platform, ==, b->target_platform);
  g_assert_cmpint (a->enabled, ==, b->enabled);
  g_assert_cmpint (a->position, ==, b->position);
  g_assert_cmpint (a->colour, ==, b->colour);
  g_assert_cmpint (a->remote_pictures, ==, b->remote_pictures);
  g_assert_cmpstr (a->ca_file, ==, b->ca_file);
  g_assert_cmpstr (a->certificate_file, ==, b->certificate_file);
  g_assert_cmpstr (a->key_file, ==, b->key_file);
  g_assert_cmpstr (a->trusted_fingerprint, ==, b->trusted_fingerprint);
  g_assert_cmpint (a->insecure, ==, b->insecure);
}

static void
test_records (void)
{
  g_autoptr (WtAccountRecord) empty = wt_account_record_new ();
  g_autoptr (WtAccountRecord) copy_of_empty = wt_account_record_copy (empty);
  g_autoptr (WtAccountRecord) full = make_account ("u", 1);
  g_autoptr (WtAccountRecord) copy_of_full = wt_account_record_copy (full);
  g_autoptr (WtConversationRecord) conversation = wt_conversation_record_new ();
  g_autoptr (WtConversationRecord) other = wt_conversation_record_copy (conversation);
  g_autoptr (WtMessageRecord) message = wt_message_record_new ();
  g_autoptr (WtMessageRecord) same = wt_message_record_copy (message);
  g_autoptr (WtMemberRecord) member = wt_member_record_new ();
  g_autoptr (WtAttachmentRecord) attachment = wt_attachment_record_new ();
  g_autoptr (WtAttachmentRecord) second = wt_attachment_record_copy (attachment);

  assert_equal (empty, copy_of_empty);
  assert_equal (full, copy_of_full);
  g_assert_true (full->uuid != copy_of_full->uuid);
  g_assert_cmpint (same->rtt, ==, -1);
  g_assert_null (other->title);
  g_assert_null (member->nickname);
  g_assert_null (second->blob);
  wt_account_record_free (NULL);
  wt_conversation_record_free (NULL);
  wt_message_record_free (NULL);
  wt_member_record_free (NULL);
  wt_attachment_record_free (NULL);
  wt_stored_message_free (NULL);
}

static void
test_save_and_list (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) account = make_account ("uuid-2", -1);
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  account->id = save (fixture->db, account, &error);
  g_assert_no_error (error);
  g_assert_cmpint (account->id, >, fixture->account_id);

  accounts = list (fixture->db);
  g_assert_cmpint (accounts->len, ==, 2);
  assert_equal (g_ptr_array_index (accounts, 0), account);

  g_clear_pointer (&account->label, g_free);
  account->dialect = WT_DIALECT_GUIDE;
  account->insecure = FALSE;
  account->position = 9;
  g_assert_cmpint (save (fixture->db, account, &error), ==, account->id);
  g_assert_no_error (error);

  wt_store_test_reopen (fixture);
  g_clear_pointer (&accounts, g_ptr_array_unref);
  accounts = list (fixture->db);
  assert_equal (g_ptr_array_index (accounts, 1), account);
}

static void
test_save_errors (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) account = make_account ("uuid-1", 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (save (fixture->db, account, &error), ==, 0);
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT);
  g_clear_error (&error);

  g_clear_pointer (&account->uuid, g_free);
  g_assert_cmpint (save (fixture->db, account, &error), ==, 0);
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT);
  g_clear_error (&error);

  account->uuid = g_strdup ("uuid-3");
  account->id = 12345;
  g_assert_cmpint (save (fixture->db, account, &error), ==, 0);
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

static void
test_delete (WtStoreFixture *fixture, gconstpointer data)
{
  static const char *const tables[] = { "conversation", "message", "member", "attachment" };
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "group");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m1", "你好");
  g_autoptr (WtAttachmentRecord) attachment = wt_attachment_record_new ();
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  gint64 other = wt_store_test_add_account (fixture->db, "uuid-2");

  group->target_secret = g_strdup ("conversation/x/target");
  attachment->blob = g_strdup ("c0ffee");
  g_ptr_array_add (attachments, attachment);
  stored = wt_store_test_add (fixture->db, group, message, attachments, &error);
  g_assert_no_error (error);

  wt_store_test_call (deleted, wt_account_store_delete_async, fixture->db, fixture->account_id);
  names = wt_account_store_delete_finish (fixture->db, deleted, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_strv_length (names), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *) names, "account/uuid-1/key"));
  g_assert_true (g_strv_contains ((const char *const *) names, "account/uuid-1/target"));
  g_assert_true (g_strv_contains ((const char *const *) names, "conversation/x/target"));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_assert_cmpint (wt_store_test_query (fixture->db, sql), ==, 0);
    }
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM message_search"
                                                     " WHERE message_search MATCH '\"你 好\"'"),
                   ==, 0);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT id FROM account"), ==, other);

  /* Its row id is not used again, and it is gone. */
  g_assert_cmpint (wt_store_test_add_account (fixture->db, "uuid-3"), >, other);
  wt_store_test_call (again, wt_account_store_delete_async, fixture->db, fixture->account_id);
  g_assert_null (wt_account_store_delete_finish (fixture->db, again, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

static void
test_order (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 second = wt_store_test_add_account (fixture->db, "uuid-2");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_val (ids, second);
  g_array_append_val (ids, fixture->account_id);
  wt_store_test_call (ordered, wt_account_store_order_async, fixture->db, ids);
  g_assert_true (wt_account_store_order_finish (fixture->db, ordered, &error));
  g_assert_no_error (error);

  wt_store_test_reopen (fixture);
  accounts = list (fixture->db);
  g_assert_cmpint (((WtAccountRecord *) g_ptr_array_index (accounts, 0))->id, ==, second);
  g_assert_cmpint (((WtAccountRecord *) g_ptr_array_index (accounts, 1))->position, ==, 1);
}

static void
add_file (WtStoreFixture *fixture, gint64 account, const char *msg_id, const char *blob)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (account, "group");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "麦子");
  g_autoptr (WtAttachmentRecord) attachment = wt_attachment_record_new ();
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GError) error = NULL;

  attachment->blob = g_strdup (blob);
  attachment->size = 1000;
  g_ptr_array_add (attachments, attachment);
  stored = wt_store_test_add (fixture->db, group, message, attachments, &error);
  g_assert_no_error (error);
}

static void
test_measure (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 other = wt_store_test_add_account (fixture->db, "uuid-2");
  g_autofree WtAccountContents *contents = NULL;

  /* One file twice, and one that another account has as well. */
  add_file (fixture, fixture->account_id, "m1", "c0ffee");
  add_file (fixture, fixture->account_id, "m2", "c0ffee");
  add_file (fixture, fixture->account_id, "m3", "decaf0");
  add_file (fixture, other, "m4", "decaf0");
  wt_store_test_call (result, wt_account_store_measure_async, fixture->db, fixture->account_id);
  contents = wt_account_store_measure_finish (fixture->db, result, NULL);
  g_assert_nonnull (contents);
  g_assert_cmpint (contents->chats, ==, 1);
  g_assert_cmpint (contents->messages, ==, 3);
  g_assert_cmpint (contents->files, ==, 1);
  g_assert_cmpint (contents->bytes, ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/accounts/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                 \
              wt_store_test_tear_down)
  g_test_add_func ("/accounts/records", test_records);
  ADD ("save-and-list", test_save_and_list);
  ADD ("save-errors", test_save_errors);
  ADD ("delete", test_delete);
  ADD ("order", test_order);
  ADD ("measure", test_measure);

  return g_test_run ();
}
