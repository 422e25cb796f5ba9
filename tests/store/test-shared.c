/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-shared-store.h"
#include "wt-store-test.h"

static WtAttachmentRecord *
make_attachment (int position, const char *kind, const char *blob)
{
  WtAttachmentRecord *attachment = wt_attachment_record_new ();

  attachment->position = position;
  attachment->kind = g_strdup (kind);
  attachment->blob = g_strdup (blob);
  attachment->name = g_strdup_printf ("%s.bin", blob);
  attachment->size = 5;
  return attachment;
}

/* A message with two pictures, a file between them, and nothing else. Returns its row id. */
static gint64
add (WtStoreFixture *fixture, const char *peer, guint number, WtDirection direction)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, peer);
  g_autofree char *id = g_strdup_printf ("%s-%u", peer, number);
  g_autofree char *first = g_strdup_printf ("%u-0", number);
  g_autofree char *file = g_strdup_printf ("%u-1", number);
  g_autofree char *second = g_strdup_printf ("%u-2", number);
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (id, "with pictures");
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  g_autoptr (GError) error = NULL;

  message->direction = direction;
  message->delivery = direction == WT_DIRECTION_OUT ? WT_DELIVERY_ACKED : WT_DELIVERY_RECEIVED;
  message->time = number;
  g_ptr_array_add (attachments, make_attachment (0, "image", first));
  g_ptr_array_add (attachments, make_attachment (1, "file", file));
  g_ptr_array_add (attachments, make_attachment (2, "image", second));

  g_autoptr (WtStoredMessage) stored = wt_store_test_add (fixture->db, group, message, attachments,
                                                          &error);

  g_assert_no_error (error);
  return stored->message->id;
}

static char *
list (WtStoreFixture *fixture, const char *kind, gint64 before, int position, guint limit)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = wt_store_test_query (fixture->db, "SELECT id FROM conversation WHERE peer_id = 'g'");

  wt_store_test_call (result, wt_shared_store_list_async, fixture->db, id, kind, before, position,
                      limit);
  page = wt_shared_store_list_finish (fixture->db, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < page->len; i++)
    {
      const WtSharedRecord *shared = g_ptr_array_index (page, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", shared->attachment->blob);
    }
  return g_string_free (text, FALSE);
}

#define assert_list(expected, ...)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *listed = list (fixture, __VA_ARGS__);                                         \
    g_assert_cmpstr (listed, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_pages (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 ids[4] = { 0 };

  for (guint i = 1; i <= 3; i++)
    {
      ids[i] = add (fixture, "g", i, i == 2 ? WT_DIRECTION_OUT : WT_DIRECTION_IN);
      add (fixture, "another", 10 * i, WT_DIRECTION_IN);
    }

  assert_list ("3-2 3-0 2-2 2-0 1-2 1-0", "image", 0, 0, 100);
  assert_list ("3-1 2-1 1-1", "file", 0, 0, 100);
  assert_list ("", "voice", 0, 0, 100);
  /* A page may end between two pictures of one message. */
  assert_list ("3-2 3-0 2-2", "image", 0, 0, 3);
  assert_list ("2-0 1-2", "image", ids[2], 2, 2);
  assert_list ("1-0", "image", ids[1], 2, 2);
  assert_list ("", "image", ids[1], 0, 2);
  assert_list ("", "image", 0, 0, 0);
}

static void
test_fields (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) page = NULL;
  gint64 id = add (fixture, "g", 7, WT_DIRECTION_OUT);
  const WtSharedRecord *shared;

  wt_store_test_call (result, wt_shared_store_list_async, fixture->db,
                      wt_store_test_query (fixture->db, "SELECT id FROM conversation"), "file", 0,
                      0, 5);
  page = wt_shared_store_list_finish (fixture->db, result, NULL);
  g_assert_cmpint (page->len, ==, 1);
  shared = g_ptr_array_index (page, 0);
  g_assert_cmpint (shared->attachment->message_id, ==, id);
  g_assert_cmpint (shared->attachment->position, ==, 1);
  g_assert_cmpstr (shared->attachment->name, ==, "7-1.bin");
  g_assert_cmpint (shared->attachment->size, ==, 5);
  g_assert_cmpint (shared->seq, ==, 1);
  g_assert_cmpint (shared->time, ==, 7);
  g_assert_cmpint (shared->direction, ==, WT_DIRECTION_OUT);
}

static void
test_deleted (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 id;
  g_auto (GStrv) unused = NULL;

  add (fixture, "g", 1, WT_DIRECTION_IN);
  id = add (fixture, "g", 2, WT_DIRECTION_IN);
  wt_store_test_call (result, wt_message_store_delete_async, fixture->db, id);
  unused = wt_message_store_delete_finish (fixture->db, result, NULL);
  g_assert_nonnull (unused);
  assert_list ("1-2 1-0", "image", 0, 0, 100);
}

/* Each attachment knows its conversation: that is what the index goes by. */
static void
test_conversation (WtStoreFixture *fixture, gconstpointer data)
{
  add (fixture, "g", 1, WT_DIRECTION_IN);
  g_assert_cmpint (wt_store_test_query (fixture->db,
                                        "SELECT count(*) FROM attachment WHERE conversation_id ="
                                        " (SELECT id FROM conversation)"),
                   ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/shared/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                   \
              wt_store_test_tear_down)
  ADD ("pages", test_pages);
  ADD ("fields", test_fields);
  ADD ("deleted", test_deleted);
  ADD ("conversation", test_conversation);

  return g_test_run ();
}
