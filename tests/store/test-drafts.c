/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-attachment-clear.h"
#include "wt-attachment-usage.h"
#include "wt-draft-store.h"
#include "wt-sticker-store.h"
#include "wt-store-test.h"

static WtMedia *
make_media (const char *blob, const char *type, const char *name)
{
  WtMedia *media = wt_media_new ();

  media->blob = g_strdup (blob);
  media->mime_type = g_strdup (type);
  media->name = g_strdup (name);
  media->size = 7;
  media->width = 30;
  media->height = 20;
  return media;
}

static void
append (GPtrArray *attachments, WtDraftOptions options, WtMedia *plain, WtMedia *small)
{
  WtDraftAttachment *attachment = wt_draft_attachment_new ();

  attachment->options = options;
  attachment->plain = plain;
  attachment->small = small;
  g_ptr_array_add (attachments, attachment);
}

/* A picture in two sizes, a picture to be sent as a file, one that is there in the smaller size only, and a file. */
static GPtrArray *
make_attachments (void)
{
  GPtrArray *attachments = wt_draft_attachments_new ();

  append (attachments, (WtDraftOptions) (WT_DRAFT_PICTURE | WT_DRAFT_SCALED),
          make_media ("b16", "image/png", "麦田.png"),
          make_media ("5a11", "image/png", "麦田.png"));
  append (attachments, (WtDraftOptions) (WT_DRAFT_PICTURE | WT_DRAFT_AS_FILE),
          make_media ("aaa", "image/gif", "a.gif"), NULL);
  append (attachments, (WtDraftOptions) (WT_DRAFT_PICTURE | WT_DRAFT_SCALED), NULL,
          make_media ("ccc", "image/jpeg", NULL));
  append (attachments, (WtDraftOptions) 0, make_media ("f11e", NULL, "notes.txt"), NULL);
  return attachments;
}

static gint64
add_group (WtStoreFixture *fixture)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtConversationRecord) stored = NULL;

  wt_store_test_call (result, wt_conversation_store_ensure_async, fixture->db, group);
  stored = wt_conversation_store_ensure_finish (fixture->db, result, NULL);
  return stored->id;
}

static void
set (WtStoreFixture *fixture, gint64 conversation, GPtrArray *attachments)
{
  g_autoptr (GError) error = NULL;

  wt_store_test_call (result, wt_draft_store_set_async, fixture->db, conversation, attachments);
  g_assert_true (wt_draft_store_set_finish (fixture->db, result, &error));
  g_assert_no_error (error);
}

static void
assert_kept (WtStoreFixture *fixture, gint64 conversation, GPtrArray *expected)
{
  g_autoptr (GPtrArray) kept = NULL;

  wt_store_test_call (result, wt_draft_store_list_async, fixture->db, conversation);
  kept = wt_draft_store_list_finish (fixture->db, result, NULL);
  g_assert_true (wt_draft_attachments_equal (kept, expected));
}

static void
test_kept (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 id = add_group (fixture);
  g_autoptr (GPtrArray) attachments = make_attachments ();
  g_autoptr (GPtrArray) none = wt_draft_attachments_new ();

  assert_kept (fixture, id, none);
  set (fixture, id, attachments);
  wt_store_test_reopen (fixture);
  assert_kept (fixture, id, attachments);

  /* One is removed, and the others move up. */
  g_ptr_array_remove_index (attachments, 1);
  set (fixture, id, attachments);
  assert_kept (fixture, id, attachments);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT max(position) FROM draft_attachment"),
                   ==, 2);
  set (fixture, id, none);
  assert_kept (fixture, id, none);
}

static void
test_equal (void)
{
  g_autoptr (GPtrArray) one = make_attachments ();
  g_autoptr (GPtrArray) other = wt_draft_attachments_copy (one);
  WtDraftAttachment *last = other->pdata[other->len - 1];

  g_assert_true (wt_draft_attachments_equal (one, other));
  last->options = WT_DRAFT_SCALED;
  g_assert_false (wt_draft_attachments_equal (one, other));
  last->options = (WtDraftOptions) 0;
  last->small = wt_media_copy (last->plain);
  g_assert_false (wt_draft_attachments_equal (one, other));
  g_ptr_array_set_size (other, (int) other->len - 1);
  g_assert_false (wt_draft_attachments_equal (one, other));
}

static void
test_no_conversation (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) attachments = make_attachments ();
  g_autoptr (GError) error = NULL;

  wt_store_test_call (result, wt_draft_store_set_async, fixture->db, 555, attachments);
  g_assert_false (wt_draft_store_set_finish (fixture->db, result, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

/* And with its account, by way of the conversation. */
static void
test_goes_with_conversation (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 id = add_group (fixture);
  g_autoptr (GPtrArray) attachments = make_attachments ();

  set (fixture, id, attachments);
  wt_store_test_call (result, wt_conversation_store_delete_async, fixture->db, id);
  g_assert_true (wt_conversation_store_delete_finish (fixture->db, result, NULL, NULL));
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM draft_attachment"), ==,
                   0);
}

static void
test_blob_is_used (WtStoreFixture *fixture, gconstpointer data)
{
  static const char *const blobs[] = { "5a11", "b16", "ddd", NULL };
  gint64 id = add_group (fixture);
  g_autoptr (GPtrArray) attachments = make_attachments ();
  g_autoptr (WtStickerRecord) sticker = wt_sticker_record_new ();
  g_auto (GStrv) unused = NULL;
  g_auto (GStrv) freed = NULL;

  set (fixture, id, attachments);
  wt_store_test_call (listed, wt_message_store_list_unused_async, fixture->db, blobs);
  unused = wt_message_store_list_unused_finish (fixture->db, listed, NULL);
  g_assert_cmpint (g_strv_length (unused), ==, 1);
  g_assert_cmpstr (unused[0], ==, "ddd");

  /* It is a sticker, too, and is one no more. */
  sticker->blob = g_strdup ("aaa");
  wt_store_test_call (saved, wt_sticker_store_save_async, fixture->db, sticker);
  g_assert_true (wt_sticker_store_save_finish (fixture->db, saved, NULL));
  wt_store_test_call (removed, wt_sticker_store_remove_async, fixture->db, "aaa");
  freed = wt_sticker_store_remove_finish (fixture->db, removed, NULL);
  g_assert_cmpint (g_strv_length (freed), ==, 0);
}

static WtStoredMessage *
receive (WtStoreFixture *fixture, const char *blob)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m1", "[a.gif]");
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  WtAttachmentRecord *attachment = wt_attachment_record_new ();

  attachment->kind = g_strdup ("image");
  attachment->blob = g_strdup (blob);
  g_ptr_array_add (attachments, attachment);
  return wt_store_test_add (fixture->db, group, message, attachments, NULL);
}

/* What somebody sent and the user is about to send on is the user's: not to be cleared, nor gone with the message. */
static void
test_held (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 id = add_group (fixture);
  g_autoptr (GPtrArray) attachments = make_attachments ();
  g_autoptr (WtStoredMessage) stored = receive (fixture, "aaa");
  g_autoptr (GHashTable) uses = NULL;
  g_autoptr (WtCleared) cleared = NULL;
  g_auto (GStrv) freed = NULL;
  const WtBlobUse *use;

  set (fixture, id, attachments);
  wt_store_test_call (listed, wt_attachment_usage_list_async, fixture->db, "aa");
  uses = wt_attachment_usage_list_finish (fixture->db, listed, NULL);
  use = g_hash_table_lookup (uses, "aaa");
  g_assert_cmpint (use->hold, ==, WT_BLOB_HOLD_OWN);
  g_assert_cmpint (use->kind, ==, WT_USAGE_PICTURES);
  g_assert_cmpint (use->conversation_id, ==, id);

  wt_store_test_call (result, wt_attachment_clear_async, fixture->db, WT_BLOB_HOLD_CARRIED, NULL);
  cleared = wt_attachment_clear_finish (fixture->db, result, NULL);
  g_assert_cmpuint (cleared->blobs->len, ==, 0);

  wt_store_test_call (deleted, wt_message_store_delete_async, fixture->db, stored->message->id);
  freed = wt_message_store_delete_finish (fixture->db, deleted, NULL);
  g_assert_cmpint (g_strv_length (freed), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/drafts/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                   \
              wt_store_test_tear_down)
  ADD ("kept", test_kept);
  g_test_add_func ("/drafts/equal", test_equal);
  ADD ("no-conversation", test_no_conversation);
  ADD ("goes-with-conversation", test_goes_with_conversation);
  ADD ("blob-is-used", test_blob_is_used);
  ADD ("held", test_held);

  return g_test_run ();
}
