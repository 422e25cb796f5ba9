/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-store-test.h"
#include "wt-test.h"

static WtStoredMessage *
add (WtStoreFixture *fixture, const char *peer, const char *msg_id, const char *digest)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, peer);
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "你好 world");
  g_autoptr (GError) error = NULL;
  WtStoredMessage *stored = NULL;

  g_free (message->digest);
  message->digest = g_strdup (digest);
  stored = wt_store_test_add (fixture->db, group, message, NULL, &error);
  g_assert_no_error (error);

  return stored;
}

static WtStoredMessage *
add_outgoing (WtStoreFixture *fixture, const char *msg_id)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "mine");
  g_autoptr (GError) error = NULL;
  WtStoredMessage *stored = NULL;

  message->direction = WT_DIRECTION_OUT;
  message->delivery = WT_DELIVERY_QUEUED;
  stored = wt_store_test_add (fixture->db, group, message, NULL, &error);
  g_assert_no_error (error);

  return stored;
}

static GPtrArray *
load (WtStoreFixture *fixture, gint64 conversation_id, gint64 first, guint count)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *messages = NULL;

  wt_store_test_call (result, wt_message_store_load_async, fixture->db, conversation_id, first,
                      count);
  messages = wt_message_store_load_finish (fixture->db, result, &error);
  g_assert_no_error (error);

  return messages;
}

static gboolean
is_repeat (WtStoreFixture *fixture, const char *msg_id, const char *digest)
{
  g_autoptr (GError) error = NULL;
  gboolean repeat = FALSE;

  wt_store_test_call (result, wt_message_store_is_repeat_async, fixture->db, fixture->account_id,
                      msg_id, digest);
  repeat = wt_message_store_is_repeat_finish (fixture->db, result, &error);
  g_assert_no_error (error);

  return repeat;
}

static void
assert_equal (const WtMessageRecord *a, const WtMessageRecord *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpint (a->conversation_id, ==, b->conversation_id);
  g_assert_cmpint (a->seq, ==, b->seq);
  g_assert_cmpint (a->direction, ==, b->direction);
  g_assert_cmpstr (a->msg_id, ==, b->msg_id);
  g_assert_cmpstr (a->digest, ==, b->digest);
  g_assert_cmpstr (a->message_id, ==, b->message_id);
  g_assert_cmpstr (a->author_platform, ==, b->author_platform);
  g_assert_cmpstr (a->author_id, ==, b->author_id);
  g_assert_cmpstr (a->author_nickname, ==, b->author_nickname);
  g_assert_cmpstr (a->author_cardname, ==, b->author_cardname);
  g_assert_cmpint (a->peer_time, ==, b->peer_time);
  g_assert_cmpint (a->time, ==, b->time);
  g_assert_cmpint (a->delivery, ==, b->delivery);
  g_assert_cmpint (a->attempts, ==, b->attempts);
  g_assert_cmpint (a->acked_time, ==, b->acked_time);
  g_assert_cmpint (a->rtt, ==, b->rtt);
  g_assert_cmpstr (a->failure, ==, b->failure);
  g_assert_cmpstr (a->segments, ==, b->segments);
  g_assert_cmpstr (a->config, ==, b->config);
  g_assert_cmpstr (a->text, ==, b->text);
  g_assert_cmpint (a->mentions_me, ==, b->mentions_me);
  g_assert_cmpint (a->deleted, ==, b->deleted);
}

static void
test_round_trip (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m1", "你好\n世界");
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  message->author_cardname = g_strdup ("Card");
  message->config = g_strdup ("{\"k\":1}");
  message->failure = g_strdup ("none");
  message->mentions_me = TRUE;
  message->attempts = 3;
  message->acked_time = 7;
  message->rtt = 8;
  stored = wt_store_test_add (fixture->db, group, message, NULL, NULL);
  message->id = stored->message->id;
  message->conversation_id = stored->conversation->id;
  message->seq = 1;
  assert_equal (stored->message, message);
  g_assert_cmpint (stored->conversation->unread, ==, 1);
  g_assert_cmpint (stored->conversation->mentions, ==, 1);
  g_assert_cmpstr (stored->conversation->last_author, ==, "Card");
  g_assert_cmpstr (stored->conversation->last_text, ==, "你好\n世界");
  g_assert_cmpint (stored->conversation->last_time, ==, message->time);

  wt_store_test_reopen (fixture);
  messages = load (fixture, message->conversation_id, 1, 1);
  g_assert_cmpint (messages->len, ==, 1);
  assert_equal (g_ptr_array_index (messages, 0), message);
}

/* What each is stored as, and that it is what was said when it is read. */
static void
test_segments (WtStoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *json;
    const char *text;
    const char *segments;
  } cases[] = {
    { "{\"type\":\"text\",\"data\":\"a \\\"b\\\" 你\"}", "a \"b\" 你", NULL },
    { "{\"type\":\"text\",\"data\":\"\"}", "", NULL },
    { "{\"type\":\"text\",\"data\":\"a\",\"x\":1}", "a",
      "{\"v\":1,\"segment\":{\"type\":\"text\",\"text\":\"a\",\"extra\":{\"x\":1}}}" },
    { "{\"type\":\"seglist\",\"data\":[{\"type\":\"text\",\"data\":\"a\"}]}", "a", "[]" },
    { "{\"type\":\"seglist\",\"data\":[{\"type\":\"face\",\"data\":\"1\"}]}", "[Face: 1]",
      "{\"v\":1,\"segment\":{\"type\":\"seglist\",\"children\":[{\"type\":\"face\",\"text\":\"1\"}]"
      "}}" },
    { "{\"type\":\"seglist\",\"data\":[]}", "",
      "{\"v\":1,\"segment\":{\"type\":\"seglist\",\"children\":[]}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new_static (cases[i].json, strlen (cases[i].json));
      g_autoptr (WtJson) document = wt_json_parse (json, NULL);
      g_autoptr (WtSegment) said = wt_segment_from_json (document, wt_json_get_root (document),
                                                         "said", NULL);
      g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
      g_autofree char *msg_id = g_strdup_printf ("m%u", i);
      g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, NULL);
      g_autoptr (WtStoredMessage) stored = NULL;
      g_autoptr (WtSegment) read = NULL;
      g_autofree char *expected = wt_segment_to_storage (said);
      g_autofree char *found = NULL;
      g_autoptr (GPtrArray) messages = NULL;
      g_autoptr (GError) error = NULL;
      const WtMessageRecord *loaded;

      wt_message_record_set_segment (message, said);
      stored = wt_store_test_add (fixture->db, group, message, NULL, &error);
      g_assert_no_error (error);
      messages = load (fixture, stored->message->conversation_id, i + 1, 1);
      loaded = g_ptr_array_index (messages, 0);
      g_assert_cmpstr (loaded->text, ==, cases[i].text);
      g_assert_cmpstr (loaded->segments, ==, cases[i].segments);
      read = wt_message_record_dup_segment (loaded, &error);
      g_assert_no_error (error);
      found = wt_segment_to_storage (read);
      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_no_segments (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessageRecord) message = wt_message_record_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_message_record_dup_segment (message, &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING);
  g_clear_error (&error);

  message->text = g_strdup ("gone");
  message->deleted = TRUE;
  g_assert_null (wt_message_record_dup_segment (message, &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING);
  g_clear_error (&error);

  message->deleted = FALSE;
  message->segments = g_strdup ("[[");
  g_assert_null (wt_message_record_dup_segment (message, &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_SYNTAX);
}

static void
test_empty_message (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_message_record_new ();
  g_autoptr (WtStoredMessage) first = wt_store_test_add (fixture->db, group, message, NULL, NULL);
  g_autoptr (WtStoredMessage) second = wt_store_test_add (fixture->db, group, message, NULL, NULL);

  /* Without msg_id nothing tells whether it is the same. */
  g_assert_false (first->repeat);
  g_assert_false (second->repeat);
  g_assert_cmpint (second->message->seq, ==, 2);
  g_assert_null (second->conversation->last_text);
}

static void
test_long_text (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m1", NULL);
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GString) text = g_string_new ("x");
  gsize length = 0;

  while (text->len < 3 * 1024 * 1024)
    g_string_append (text, "麦");
  message->text = g_strdup (text->str);
  stored = wt_store_test_add (fixture->db, group, message, NULL, NULL);
  length = strlen (stored->conversation->last_text);
  g_assert_cmpint (length, <=, 512);
  g_assert_cmpint (length, >, 500);
  g_assert_true (g_utf8_validate (stored->conversation->last_text, -1, NULL));

  wt_store_test_call (result, wt_message_store_delete_async, fixture->db, stored->message->id);
  g_auto (GStrv) blobs = wt_message_store_delete_finish (fixture->db, result, NULL);
  g_assert_nonnull (blobs);
}

static void
test_dense (WtStoreFixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *msg_id = g_strdup_printf ("m%d", i);
      g_autoptr (WtStoredMessage) stored = add (fixture, i % 3 == 0 ? "a" : "b", msg_id, "d");

      /* Repeats take no position. */
      g_autoptr (WtStoredMessage) repeat = add (fixture, i % 3 == 0 ? "a" : "b", msg_id, "d");

      g_assert_true (repeat->repeat);
      g_assert_cmpint (repeat->message->seq, ==, stored->message->seq);
    }
  wt_store_test_reopen (fixture);
  g_assert_cmpint (wt_store_test_query (
                       fixture->db,
                       "SELECT count(*) FROM conversation AS c WHERE last_seq <>"
                       " (SELECT count(*) FROM message WHERE conversation_id = c.id) OR"
                       " last_seq <> (SELECT max(seq) FROM message WHERE conversation_id = c.id)"
                       " OR (SELECT min(seq) FROM message WHERE conversation_id = c.id) <> 1"),
                   ==, 0);
}

static void
test_repeats (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtStoredMessage) first = add (fixture, "g", "msg_001", "aa");
  g_autoptr (WtStoredMessage) repeat = add (fixture, "g", "msg_001", "aa");
  g_autoptr (WtStoredMessage) other = add (fixture, "g", "msg_001", "bb");
  g_autoptr (WtStoredMessage) later = NULL;
  g_autoptr (WtStoredMessage) elsewhere = NULL;
  g_autoptr (WtStoredMessage) outgoing = NULL;

  g_assert_false (first->repeat);
  g_assert_true (repeat->repeat);
  g_assert_cmpint (repeat->message->id, ==, first->message->id);
  g_assert_cmpint (repeat->conversation->unread, ==, 1);
  g_assert_false (other->repeat);
  g_assert_cmpint (other->message->seq, ==, 2);
  g_assert_cmpint (other->conversation->unread, ==, 2);

  wt_store_test_reopen (fixture);
  later = add (fixture, "g", "msg_001", "aa");
  g_assert_true (later->repeat);
  g_assert_cmpint (later->message->id, ==, first->message->id);

  /* What became another conversation since is not made for it, nor a new name taken. */
  elsewhere = add (fixture, "new", "msg_001", "aa");
  g_assert_true (elsewhere->repeat);
  g_assert_cmpint (elsewhere->conversation->id, ==, first->conversation->id);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM conversation"), ==, 1);

  /* Mine are others. */
  outgoing = add_outgoing (fixture, "msg_001");
  g_assert_false (outgoing->repeat);

  g_assert_true (is_repeat (fixture, "msg_001", "aa"));
  g_assert_true (is_repeat (fixture, "msg_001", "bb"));
  g_assert_false (is_repeat (fixture, "msg_001", "cc"));
  g_assert_false (is_repeat (fixture, "msg_002", "aa"));
  g_assert_false (is_repeat (fixture, NULL, NULL));
}

static void
test_by_conversation_id (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtStoredMessage) first = add (fixture, "g", "m1", "d");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m2", "second");
  g_autoptr (WtStoredMessage) second = NULL;
  g_autoptr (GError) error = NULL;

  message->conversation_id = first->conversation->id;
  second = wt_store_test_add (fixture->db, NULL, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->message->seq, ==, 2);

  message->conversation_id = 4711;
  g_assert_null (wt_store_test_add (fixture->db, NULL, message, NULL, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

static void
test_load (WtStoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 first;
    guint count;
    guint expected;
    gint64 expected_first;
  } cases[] = {
    { 1, 5, 5, 1 },  { 8, 5, 3, 8 }, { 11, 5, 0, 0 },           { 3, 0, 0, 0 },
    { -3, 2, 2, 1 }, { 0, 1, 1, 1 }, { G_MAXINT64, 100, 0, 0 }, { 1, G_MAXUINT, 10, 1 },
  };
  gint64 id = 0;

  for (int i = 0; i < 10; i++)
    {
      g_autofree char *msg_id = g_strdup_printf ("m%d", i);
      g_autoptr (WtStoredMessage) stored = add (fixture, "g", msg_id, "d");

      id = stored->conversation->id;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) messages = load (fixture, id, cases[i].first, cases[i].count);

      g_assert_cmpint (messages->len, ==, cases[i].expected);
      for (guint j = 0; j < messages->len; j++)
        {
          WtMessageRecord *message = g_ptr_array_index (messages, j);

          g_assert_cmpint (message->seq, ==, cases[i].expected_first + j);
        }
    }
}

static gboolean
set_delivery (WtStoreFixture *fixture, const WtMessageRecord *message, GError **error)
{
  wt_store_test_call (result, wt_message_store_set_delivery_async, fixture->db, message);

  return wt_message_store_set_delivery_finish (fixture->db, result, error);
}

static void
assert_pending (WtStoreFixture *fixture, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;

  wt_store_test_call (result, wt_message_store_list_pending_async, fixture->db,
                      fixture->account_id);
  messages = wt_message_store_list_pending_finish (fixture->db, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < messages->len; i++)
    {
      WtMessageRecord *message = g_ptr_array_index (messages, i);

      g_string_append_printf (ids, "%s ", message->msg_id);
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_delivery (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtStoredMessage) first = add_outgoing (fixture, "1");
  g_autoptr (WtStoredMessage) incoming = add (fixture, "g", "in", "d");
  g_autoptr (WtStoredMessage) second = add_outgoing (fixture, "2");
  g_autoptr (WtStoredMessage) third = add_outgoing (fixture, "3");
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  const char *newest = "SELECT last_delivery FROM conversation";

  g_assert_cmpint (incoming->message->seq, ==, 2);
  g_assert_cmpint (third->conversation->last_delivery, ==, WT_DELIVERY_QUEUED);
  g_assert_cmpint (third->conversation->unread, ==, 1);
  assert_pending (fixture, "1 2 3 ");

  first->message->delivery = WT_DELIVERY_ACKED;
  first->message->attempts = 2;
  first->message->acked_time = 123;
  first->message->rtt = 45;
  g_assert_true (set_delivery (fixture, first->message, NULL));
  g_assert_cmpint (wt_store_test_query (fixture->db, newest), ==, WT_DELIVERY_QUEUED);
  assert_pending (fixture, "2 3 ");

  third->message->delivery = WT_DELIVERY_SENT;
  third->message->attempts = 1;
  g_assert_true (set_delivery (fixture, third->message, NULL));
  g_assert_cmpint (wt_store_test_query (fixture->db, newest), ==, WT_DELIVERY_SENT);
  assert_pending (fixture, "2 3 ");

  second->message->delivery = WT_DELIVERY_FAILED;
  second->message->failure = g_strdup ("timeout");
  g_assert_true (set_delivery (fixture, second->message, NULL));

  wt_store_test_reopen (fixture);
  assert_pending (fixture, "3 ");
  messages = load (fixture, first->conversation->id, 1, 10);
  assert_equal (g_ptr_array_index (messages, 0), first->message);
  assert_equal (g_ptr_array_index (messages, 2), second->message);
  assert_equal (g_ptr_array_index (messages, 3), third->message);

  first->message->id = 999;
  g_assert_false (set_delivery (fixture, first->message, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

static GStrv
delete_message (WtStoreFixture *fixture, gint64 id, GError **error)
{
  wt_store_test_call (result, wt_message_store_delete_async, fixture->db, id);

  return wt_message_store_delete_finish (fixture->db, result, error);
}

static void
test_tombstone (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtStoredMessage) first = add (fixture, "g", "m1", "d");
  g_autoptr (WtStoredMessage) second = add (fixture, "g", "m2", "d");
  g_autoptr (WtStoredMessage) third = NULL;
  g_autoptr (WtStoredMessage) again = NULL;
  g_autoptr (WtStoredMessage) outgoing = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_auto (GStrv) blobs = delete_message (fixture, second->message->id, NULL);
  g_autoptr (GError) error = NULL;
  WtMessageRecord *tombstone = NULL;

  g_assert_cmpint (g_strv_length (blobs), ==, 0);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT unread FROM conversation"), ==, 1);
  g_assert_null (wt_store_test_query_text (fixture->db, "SELECT last_text FROM conversation"));

  messages = load (fixture, first->conversation->id, 1, 10);
  g_assert_cmpint (messages->len, ==, 2);
  tombstone = g_ptr_array_index (messages, 1);
  g_assert_true (tombstone->deleted);
  g_assert_cmpint (tombstone->seq, ==, 2);
  g_assert_null (tombstone->text);
  g_assert_null (tombstone->segments);
  g_assert_cmpstr (tombstone->author_id, ==, "alice");

  /* Its repeat is still one, the next gets the next position, and what waits is not sent. */
  again = add (fixture, "g", "m2", "d");
  g_assert_true (again->repeat);
  third = add (fixture, "g", "m3", "d");
  g_assert_cmpint (third->message->seq, ==, 3);
  outgoing = add_outgoing (fixture, "out");
  g_strfreev (delete_message (fixture, outgoing->message->id, NULL));
  assert_pending (fixture, "");

  /* A second time, too. */
  g_strfreev (g_steal_pointer (&blobs));
  blobs = delete_message (fixture, second->message->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT unread FROM conversation"), ==, 2);
  g_assert_null (delete_message (fixture, 999, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

static void
test_find (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtStoredMessage) first = add (fixture, "g", "m1", "a");
  g_autoptr (WtStoredMessage) same_id = add (fixture, "g", "m1", "b");
  g_autoptr (WtStoredMessage) other = add (fixture, "other", "m1", "c");
  static const char *const missing[] = { "business-m2", "", NULL };
  g_autoptr (WtMessageRecord) found = NULL;

  wt_store_test_call (result, wt_message_store_find_async, fixture->db, first->conversation->id,
                      "business-m1");
  found = wt_message_store_find_finish (fixture->db, result, NULL);
  g_assert_cmpint (found->id, ==, same_id->message->id);
  g_assert_cmpint (found->id, !=, other->message->id);

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autoptr (GError) error = NULL;

      wt_store_test_call (nothing, wt_message_store_find_async, fixture->db,
                          first->conversation->id, missing[i]);
      g_assert_null (wt_message_store_find_finish (fixture->db, nothing, &error));
      g_assert_no_error (error);
    }
}

static GPtrArray *
make_attachments (const char *first_blob, const char *second_blob)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  WtAttachmentRecord *picture = wt_attachment_record_new ();
  WtAttachmentRecord *file = wt_attachment_record_new ();

  picture->kind = g_strdup ("image");
  picture->blob = g_strdup (first_blob);
  picture->mime_type = g_strdup ("image/png");
  picture->size = G_GINT64_CONSTANT (5000000000);
  picture->width = 640;
  picture->height = 480;
  g_ptr_array_add (attachments, picture);
  file->position = 1;
  file->kind = g_strdup ("file");
  file->blob = g_strdup (second_blob);
  file->url = g_strdup ("https://example.org/a.pdf");
  file->name = g_strdup ("报告.pdf");
  file->state = WT_ATTACHMENT_REMOTE;
  g_ptr_array_add (attachments, file);

  return attachments;
}

static gint64
add_with_blobs (WtStoreFixture *fixture,
                const char *msg_id,
                const char *first_blob,
                const char *second_blob)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "text");
  g_autoptr (GPtrArray) attachments = make_attachments (first_blob, second_blob);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = wt_store_test_add (fixture->db, group, message, attachments,
                                                          &error);

  g_assert_no_error (error);
  return stored->message->id;
}

static void
test_attachments (WtStoreFixture *fixture, gconstpointer data)
{
  static const char *const blobs[] = { "aaa", "bbb", "ccc", "ddd", NULL };
  gint64 first = add_with_blobs (fixture, "m1", "aaa", "bbb");
  gint64 second = add_with_blobs (fixture, "m2", "aaa", NULL);
  gint64 third = add_with_blobs (fixture, "m3", "ccc", "ccc");
  g_autoptr (GPtrArray) attachments = NULL;
  g_auto (GStrv) unused = NULL;
  WtAttachmentRecord *attachment = NULL;

  wt_store_test_call (listed, wt_message_store_list_attachments_async, fixture->db, first);
  attachments = wt_message_store_list_attachments_finish (fixture->db, listed, NULL);
  g_assert_cmpint (attachments->len, ==, 2);
  attachment = g_ptr_array_index (attachments, 0);
  g_assert_cmpint (attachment->message_id, ==, first);
  g_assert_cmpstr (attachment->kind, ==, "image");
  g_assert_cmpstr (attachment->mime_type, ==, "image/png");
  g_assert_cmpint (attachment->size, ==, G_GINT64_CONSTANT (5000000000));
  g_assert_cmpint (attachment->width, ==, 640);
  g_assert_cmpint (attachment->height, ==, 480);
  attachment = g_ptr_array_index (attachments, 1);
  g_assert_cmpint (attachment->position, ==, 1);
  g_assert_cmpstr (attachment->blob, ==, "bbb");
  g_assert_cmpstr (attachment->url, ==, "https://example.org/a.pdf");
  g_assert_cmpstr (attachment->name, ==, "报告.pdf");
  g_assert_cmpint (attachment->state, ==, WT_ATTACHMENT_REMOTE);

  /* "aaa" is used by the second one still. */
  unused = delete_message (fixture, first, NULL);
  g_assert_cmpint (g_strv_length (unused), ==, 1);
  g_assert_cmpstr (unused[0], ==, "bbb");
  g_strfreev (g_steal_pointer (&unused));
  unused = delete_message (fixture, second, NULL);
  g_assert_cmpint (g_strv_length (unused), ==, 1);
  g_assert_cmpstr (unused[0], ==, "aaa");
  g_strfreev (g_steal_pointer (&unused));

  wt_store_test_call (asked, wt_message_store_list_unused_async, fixture->db, blobs);
  unused = wt_message_store_list_unused_finish (fixture->db, asked, NULL);
  g_assert_cmpint (g_strv_length (unused), ==, 3);
  g_assert_false (g_strv_contains ((const char *const *) unused, "ccc"));
  g_strfreev (g_steal_pointer (&unused));
  unused = delete_message (fixture, third, NULL);
  g_assert_cmpint (g_strv_length (unused), ==, 1);
}

/* A message whose attachments are refused is not stored at all, also not in the index. */
static void
test_all_or_nothing (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message ("m1", "你好");
  g_autoptr (GPtrArray) attachments = make_attachments ("aaa", "bbb");
  g_autoptr (GError) error = NULL;
  const char *indexed
      = "SELECT count(*) FROM message_search WHERE message_search MATCH '\"你 好\"'";

  ((WtAttachmentRecord *) g_ptr_array_index (attachments, 1))->position = 0;
  g_assert_null (wt_store_test_add (fixture->db, group, message, attachments, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM message"), ==, 0);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM conversation"), ==, 0);
  g_assert_cmpint (wt_store_test_query (fixture->db, indexed), ==, 0);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = wt_message_store_add_finish (WT_DATABASE (source), result,
                                                                    &error);
  gint64 *next = data;

  g_assert_no_error (error);
  g_assert_cmpint (stored->message->seq, ==, *next);
  g_assert_cmpint (stored->conversation->last_seq, ==, *next);
  (*next)++;
}

static void
test_many_at_once (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  gint64 next = 1;

  for (int i = 0; i < 1500; i++)
    {
      g_autofree char *msg_id = g_strdup_printf ("m%d", i);
      g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "load 负载");

      wt_message_store_add_async (fixture->db, group, message, NULL, NULL, on_added, &next);
    }
  wt_test_wait_until (next == 1501);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT unread FROM conversation"), ==, 1500);
  g_assert_cmpint (
      wt_store_test_query (
          fixture->db,
          "SELECT count(*) FROM message_search WHERE message_search MATCH '\"负 载\"'"),
      ==, 1500);
}

/* What somebody wrote into the file by hand is made harmless. */
static void
test_hostile_rows (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtStoredMessage) first = add (fixture, "g", "m1", "d");
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) conversations = NULL;
  WtMessageRecord *message = NULL;
  WtConversationRecord *conversation = NULL;

  wt_store_test_query_text (
      fixture->db, "UPDATE message SET direction = 77, delivery = -3, attempts = -1, author_id ="
                   " CAST (x'61ff62' AS TEXT), text = CAST (x'610062' AS TEXT) RETURNING NULL");
  wt_store_test_query_text (fixture->db,
                            "UPDATE conversation SET kind = 9, unread = -4, mentions = 1 << 40,"
                            " last_delivery = 99 RETURNING NULL");
  messages = load (fixture, first->conversation->id, 1, 1);
  message = g_ptr_array_index (messages, 0);
  g_assert_cmpint (message->direction, ==, WT_DIRECTION_IN);
  g_assert_cmpint (message->delivery, ==, WT_DELIVERY_RECEIVED);
  g_assert_cmpint (message->attempts, ==, 0);
  g_assert_true (g_utf8_validate (message->author_id, -1, NULL));
  g_assert_true (g_utf8_validate (message->text, -1, NULL));

  wt_store_test_call (listed, wt_conversation_store_list_async, fixture->db, fixture->account_id);
  conversations = wt_conversation_store_list_finish (fixture->db, listed, NULL);
  conversation = g_ptr_array_index (conversations, 0);
  g_assert_cmpint (conversation->kind, ==, WT_CONVERSATION_DIRECT);
  g_assert_cmpuint (conversation->unread, ==, 0);
  g_assert_cmpuint (conversation->mentions, ==, G_MAXUINT);
  g_assert_cmpint (conversation->last_delivery, ==, WT_DELIVERY_RECEIVED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/messages/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                 \
              wt_store_test_tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("segments", test_segments);
  ADD ("no-segments", test_no_segments);
  ADD ("empty-message", test_empty_message);
  ADD ("long-text", test_long_text);
  ADD ("dense", test_dense);
  ADD ("repeats", test_repeats);
  ADD ("by-conversation-id", test_by_conversation_id);
  ADD ("load", test_load);
  ADD ("delivery", test_delivery);
  ADD ("tombstone", test_tombstone);
  ADD ("find", test_find);
  ADD ("attachments", test_attachments);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("many-at-once", test_many_at_once);
  ADD ("hostile-rows", test_hostile_rows);

  return g_test_run ();
}
