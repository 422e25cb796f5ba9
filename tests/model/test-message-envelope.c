/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-envelope.h"

#include "wt-envelope.h"
#include "wt-model-test.h"
#include "wt-test.h"

static WtMessageEnvelope *
make (WtModelFixture *fixture, WtMessage *message, GError **error)
{
  wt_model_test_call (fixture, wt_message_envelope_make_async, fixture->session,
                      fixture->conversation, message);
  return wt_message_envelope_make_finish (fixture->session, fixture->result, error);
}

static WtMessage *
get_last (WtModelFixture *fixture)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  guint n_messages;

  wt_test_wait_until ((n_messages = g_list_model_get_n_items (G_LIST_MODEL (timeline))) > 0);
  return wt_model_test_get_message (timeline, n_messages - 1);
}

static const char *
sent_msg_id (gpointer envelope)
{
  return wt_envelope_get_envelope_type (envelope) == WT_ENVELOPE_STD
             ? wt_envelope_get_msg_id (envelope)
             : NULL;
}

/* It is the frame that goes out, but for what is hidden. */
static void
test_outgoing (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_model_test_write (fixture, "notes.bin", "\0\1\2\3\4\5\6", 7);
  g_autoptr (WtMedia) media = wt_model_test_import (fixture, path, WT_SEGMENT_FILE, 0, NULL);
  g_autoptr (WtSegment) segment = wt_segment_new_media (WT_SEGMENT_FILE, media);
  g_autoptr (WtMessage) message = NULL;
  g_autoptr (WtMessageEnvelope) envelope = NULL;
  g_autoptr (GBytes) frame = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GString) shown = NULL;
  g_autoptr (GError) error = NULL;

  wt_model_test_go_online (fixture);
  wt_model_test_send (fixture, segment);
  message = get_last (fixture);
  envelope = make (fixture, message, &error);
  g_assert_no_error (error);
  wt_test_wait_until (fixture->received->len > 0
                      && sent_msg_id (g_ptr_array_index (fixture->received, 0)) != NULL);
  frame = wt_envelope_to_bytes (g_ptr_array_index (fixture->received, 0), WT_DIALECT_GUIDE);
  expected = wt_envelope_redact (frame, FALSE);
  shown = g_string_new (envelope->json);
  g_assert_nonnull (strstr (shown->str, "<12 bytes>"));
  g_string_replace (shown, "<12 bytes>", "AAECAwQFBg==", 0);
  g_assert_cmpstr (shown->str, ==, expected);
  g_assert_cmpuint (envelope->size, >, 300);
  g_assert_true (envelope->has_target);
  g_assert_cmpstr (envelope->target_platform, ==, "desk");
  g_assert_null (strstr (envelope->json, "secret-key"));
  /* In the guide's dialect a file is text: what MaiBot drops. */
  g_assert_cmpuint (envelope->lints->len, ==, 1);
  g_assert_cmpint (((WtLint *) g_ptr_array_index (envelope->lints, 0))->rule, ==, WT_LINT_FILE);
}

static void
test_received (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = NULL;
  g_autoptr (WtMessageEnvelope) envelope = NULL;
  g_autoptr (GError) error = NULL;

  wt_model_test_go_online (fixture);
  wt_model_test_peer_says (fixture, "from-peer", "bob", "Bob",
                           "{\"type\":\"seglist\",\"data\":[{\"type\":\"text\",\"data\":\"hi\"},"
                           "{\"type\":\"voice\",\"data\":\"UklGRiQAAABXQVZF\"}]}");
  message = get_last (fixture);
  envelope = make (fixture, message, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (envelope->json, "\"msg_id\":\"from-peer\""));
  g_assert_nonnull (strstr (envelope->json, "\"user_nickname\":\"Bob\""));
  g_assert_nonnull (strstr (envelope->json, "\"group_id\":\"group-id\""));
  g_assert_nonnull (strstr (envelope->json, "\"data\":\"hi\""));
  g_assert_nonnull (strstr (envelope->json, "\"data\":\"<16 bytes>\""));
  g_assert_nonnull (strstr (envelope->json, "\"api_key\":\"•••\""));
  g_assert_null (strstr (envelope->json, "secret-key"));
  g_assert_cmpuint (envelope->lints->len, ==, 0);
}

static void
test_deleted (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (WtSegment) segment = wt_segment_new_text ("hello");
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (WtMessage) message = NULL;
  g_autoptr (WtMessageEnvelope) envelope = NULL;
  g_autoptr (GError) error = NULL;

  wt_model_test_send (fixture, segment);
  message = get_last (fixture);
  wt_session_delete_message (fixture->session, fixture->conversation, message);
  wt_test_wait_until (wt_message_get_deleted (message));
  envelope = make (fixture, message, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (envelope);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/message-envelope/" path, WtModelFixture, NULL, wt_model_test_set_up, func,         \
              wt_model_test_tear_down)
  ADD ("outgoing", test_outgoing);
  ADD ("received", test_received);
  ADD ("deleted", test_deleted);
  return g_test_run ();
}
