/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-segment.h"
#include "wt-store-test.h"

static WtMedia *
new_remote (const char *url)
{
  WtMedia *media = wt_media_new ();

  media->url = g_strdup (url);
  return media;
}

static WtMedia *
new_stored (const char *blob)
{
  WtMedia *media = wt_media_new ();

  media->url = g_strdup ("http://host/a.png");
  media->blob = g_strdup (blob);
  media->mime_type = g_strdup ("image/png");
  media->size = 1234;
  media->width = 64;
  media->height = 32;
  return media;
}

/* Text, a picture and a file, both only addresses. */
static gint64
add_message (WtStoreFixture *fixture)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m1", "look");
  g_autoptr (WtMedia) picture = new_remote ("http://host/a.png");
  g_autoptr (WtMedia) file = new_remote ("http://host/b.txt");
  g_autoptr (WtSegment) text = wt_segment_new_text ("look");
  g_autoptr (WtSegment) first = wt_segment_new_media (WT_SEGMENT_IMAGE, picture);
  g_autoptr (WtSegment) second = wt_segment_new_media (WT_SEGMENT_FILE, file);
  WtSegment *const children[] = { text, first, second };
  g_autoptr (WtSegment) list = wt_segment_new_list (children, G_N_ELEMENTS (children));
  g_autoptr (WtStoredMessage) stored = NULL;

  g_free (message->segments);
  message->segments = wt_segment_to_storage (list);
  stored = wt_store_test_add (fixture->db, group, message, NULL, NULL);
  return stored->message->id;
}

static WtMessageRecord *
set_media (WtStoreFixture *fixture, gint64 id, guint position, const WtMedia *media, GError **error)
{
  wt_store_test_call (result, wt_message_store_set_media_async, fixture->db, id, position, media);

  return wt_message_store_set_media_finish (fixture->db, result, error);
}

static void
test_set (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 id = add_message (fixture);
  g_autoptr (WtMedia) picture = new_stored ("aaa");
  g_autoptr (WtMedia) file = new_stored ("bbb");
  g_autoptr (WtMessageRecord) first = NULL;
  g_autoptr (WtMessageRecord) second = NULL;
  g_autoptr (WtSegment) segment = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (GError) error = NULL;
  const WtMedia *media = NULL;
  const WtAttachmentRecord *attachment = NULL;

  second = set_media (fixture, id, 1, file, &error);
  g_assert_no_error (error);
  first = set_media (fixture, id, 0, picture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->text, ==, "look");

  /* Both are there: the later did not undo the earlier. */
  segment = wt_segment_from_storage (first->segments, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wt_segment_get_text (wt_segment_get_child (segment, 0)), ==, "look");
  media = wt_segment_get_media (wt_segment_get_child (segment, 1));
  g_assert_cmpstr (media->blob, ==, "aaa");
  g_assert_cmpint (media->width, ==, 64);
  media = wt_segment_get_media (wt_segment_get_child (segment, 2));
  g_assert_cmpstr (media->blob, ==, "bbb");

  wt_store_test_call (listed, wt_message_store_list_attachments_async, fixture->db, id);
  attachments = wt_message_store_list_attachments_finish (fixture->db, listed, NULL);
  g_assert_cmpint (attachments->len, ==, 2);
  attachment = g_ptr_array_index (attachments, 0);
  g_assert_cmpstr (attachment->kind, ==, "image");
  g_assert_cmpstr (attachment->blob, ==, "aaa");
  g_assert_cmpint (attachment->state, ==, WT_ATTACHMENT_STORED);
  g_assert_cmpint (attachment->height, ==, 32);
  attachment = g_ptr_array_index (attachments, 1);
  g_assert_cmpstr (attachment->kind, ==, "file");
}

static void
test_deleted (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 id = add_message (fixture);
  g_autoptr (WtMedia) picture = new_stored ("aaa");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) blobs = NULL;

  wt_store_test_call (deleted, wt_message_store_delete_async, fixture->db, id);
  blobs = wt_message_store_delete_finish (fixture->db, deleted, NULL);
  g_assert_null (set_media (fixture, id, 0, picture, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM attachment"), ==, 0);
  g_assert_cmpint (
      wt_store_test_query (fixture->db, "SELECT count(*) FROM message WHERE segments IS NOT NULL"),
      ==, 0);
}

static void
test_not_there (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 id = add_message (fixture);
  g_autoptr (WtMedia) picture = new_stored ("aaa");
  const struct
  {
    gint64 id;
    guint position;
  } cases[] = { { id, 2 }, { id, G_MAXUINT }, { id + 1, 0 }, { 0, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (set_media (fixture, cases[i].id, cases[i].position, picture, &error));
      g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
    }
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM attachment"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/media/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                    \
              wt_store_test_tear_down)
  ADD ("set", test_set);
  ADD ("deleted", test_deleted);
  ADD ("not-there", test_not_there);

  return g_test_run ();
}
