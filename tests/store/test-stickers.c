/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-sticker-store.h"
#include "wt-store-test.h"

static void
save (WtStoreFixture *fixture, const char *blob, gint64 used)
{
  g_autoptr (WtStickerRecord) record = wt_sticker_record_new ();
  g_autoptr (GError) error = NULL;

  record->blob = g_strdup (blob);
  record->mime_type = g_strdup ("image/gif");
  record->width = 120;
  record->height = 90;
  record->added = used;
  record->used = used;
  wt_store_test_call (result, wt_sticker_store_save_async, fixture->db, record);
  g_assert_true (wt_sticker_store_save_finish (fixture->db, result, &error));
  g_assert_no_error (error);
}

static void
assert_stickers (WtStoreFixture *fixture, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GPtrArray) stickers = NULL;

  wt_store_test_call (result, wt_sticker_store_list_async, fixture->db);
  stickers = wt_sticker_store_list_finish (fixture->db, result, NULL);
  for (guint i = 0; i < stickers->len; i++)
    {
      const WtStickerRecord *sticker = g_ptr_array_index (stickers, i);

      g_string_append_printf (names, "%s@%" G_GINT64_FORMAT " ", sticker->blob, sticker->added);
      g_assert_cmpstr (sticker->mime_type, ==, "image/gif");
      g_assert_cmpint (sticker->width, ==, 120);
      g_assert_cmpint (sticker->height, ==, 90);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static GStrv
remove_sticker (WtStoreFixture *fixture, const char *blob)
{
  wt_store_test_call (result, wt_sticker_store_remove_async, fixture->db, blob);

  return wt_sticker_store_remove_finish (fixture->db, result, NULL);
}

static gint64
add_message (WtStoreFixture *fixture, const char *msg_id, const char *blob)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "sticker");
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  WtAttachmentRecord *attachment = wt_attachment_record_new ();
  g_autoptr (WtStoredMessage) stored = NULL;

  attachment->kind = g_strdup ("emoji");
  attachment->blob = g_strdup (blob);
  g_ptr_array_add (attachments, attachment);
  stored = wt_store_test_add (fixture->db, group, message, attachments, NULL);

  return stored->message->id;
}

static void
test_order (WtStoreFixture *fixture, gconstpointer data)
{
  assert_stickers (fixture, "");
  save (fixture, "aaa", 1);
  save (fixture, "bbb", 2);
  save (fixture, "ccc", 3);
  assert_stickers (fixture, "ccc@3 bbb@2 aaa@1 ");
  /* Again: used, not added twice. */
  save (fixture, "aaa", 4);
  assert_stickers (fixture, "aaa@1 ccc@3 bbb@2 ");
  wt_store_test_reopen (fixture);
  assert_stickers (fixture, "aaa@1 ccc@3 bbb@2 ");
}

static void
test_remove (WtStoreFixture *fixture, gconstpointer data)
{
  g_auto (GStrv) unused = NULL;
  g_auto (GStrv) used = NULL;
  g_auto (GStrv) missing = NULL;

  save (fixture, "aaa", 1);
  save (fixture, "bbb", 2);
  add_message (fixture, "m1", "bbb");
  unused = remove_sticker (fixture, "aaa");
  g_assert_cmpint (g_strv_length (unused), ==, 1);
  g_assert_cmpstr (unused[0], ==, "aaa");
  used = remove_sticker (fixture, "bbb");
  g_assert_cmpint (g_strv_length (used), ==, 0);
  assert_stickers (fixture, "");
  missing = remove_sticker (fixture, "bbb");
  g_assert_nonnull (missing);
}

/* A sticker's blob is used like a message's. */
static void
test_blob_is_used (WtStoreFixture *fixture, gconstpointer data)
{
  static const char *const blobs[] = { "aaa", "bbb", "ccc", NULL };
  gint64 first = add_message (fixture, "m1", "aaa");
  gint64 second = add_message (fixture, "m2", "bbb");
  g_auto (GStrv) unused = NULL;
  g_auto (GStrv) freed = NULL;
  g_auto (GStrv) kept = NULL;

  save (fixture, "aaa", 1);
  wt_store_test_call (deleted, wt_message_store_delete_async, fixture->db, first);
  kept = wt_message_store_delete_finish (fixture->db, deleted, NULL);
  g_assert_cmpint (g_strv_length (kept), ==, 0);
  wt_store_test_call (deleted_too, wt_message_store_delete_async, fixture->db, second);
  freed = wt_message_store_delete_finish (fixture->db, deleted_too, NULL);
  g_assert_cmpint (g_strv_length (freed), ==, 1);

  wt_store_test_call (listed, wt_message_store_list_unused_async, fixture->db, blobs);
  unused = wt_message_store_list_unused_finish (fixture->db, listed, NULL);
  g_assert_cmpint (g_strv_length (unused), ==, 2);
  g_assert_cmpstr (unused[0], ==, "bbb");
  g_assert_cmpstr (unused[1], ==, "ccc");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/stickers/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                 \
              wt_store_test_tear_down)
  ADD ("order", test_order);
  ADD ("remove", test_remove);
  ADD ("blob-is-used", test_blob_is_used);

  return g_test_run ();
}
