/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */

#include <glib/gstdio.h>

#include "wt-api-server.h"
#include "wt-envelope.h"
#include "wt-profile.h"
#include "wt-test-folder.h"
#include "wt-test.h"

/* A profile in a folder of its own, one account in it, and the guide's server: all real but the network's far end. */
typedef struct
{
  char *folder;
  WtApiServer *server;
  guint16 port;
  GString *received; /* "[text] " of each message the server was sent, as it came */
  WtProfile *profile;
  WtSession *session;
  WtConversation *conversation;
  GAsyncResult *result;
  char *goodbye; /* what the server saw of the last connection's end */
  guint troubles;
} Fixture;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_set_object (&fixture->result, result);
}

static GAsyncResult *
wait (Fixture *fixture)
{
  wt_test_wait_until (fixture->result != NULL);
  return fixture->result;
}

static void
on_received (WtApiServer *server,
             const char *user,
             const char *platform,
             WtEnvelope *envelope,
             gpointer data)
{
  Fixture *fixture = data;
  const WtPayload *payload = wt_envelope_get_payload (envelope);

  g_string_append_printf (fixture->received, "[%s] ", wt_segment_get_text (payload->segment));
}

/* “LABEL UUID: gone (CODE REASON)” */
static void
on_log (WtApiServer *server, const char *line, gpointer data)
{
  Fixture *fixture = data;
  const char *gone = strstr (line, ": gone (");

  if (gone == NULL)
    return;
  g_free (fixture->goodbye);
  fixture->goodbye = g_strdup (gone + strlen (": "));
}

static void
start_server (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->server = wt_api_server_new ();
  wt_api_server_add_key (fixture->server, "my-secret-key", "me");
  wt_api_server_add_key (fixture->server, "peer-secret-key", "peer");
  g_signal_connect (fixture->server, "received", G_CALLBACK (on_received), fixture);
  g_signal_connect (fixture->server, "log", G_CALLBACK (on_log), fixture);
  g_assert_true (wt_api_server_listen (fixture->server, "127.0.0.1", fixture->port, &error));
  g_assert_no_error (error);
  fixture->port = wt_api_server_get_port (fixture->server);
}

static void
stop_server (Fixture *fixture)
{
  wt_api_server_stop (fixture->server);
  g_clear_object (&fixture->server);
}

static void
on_trouble (WtProfile *profile, const GError *error, gpointer data)
{
  Fixture *fixture = data;

  fixture->troubles++;
}

static void
open_profile (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->profile = wt_profile_new (fixture->folder);
  g_signal_connect (fixture->profile, "trouble", G_CALLBACK (on_trouble), fixture);
  g_clear_object (&fixture->result);
  wt_profile_open_async (fixture->profile, NULL, keep_result, fixture);
  wt_profile_open_finish (fixture->profile, wait (fixture), &error);
  g_assert_no_error (error);
  if (g_list_model_get_n_items (wt_profile_get_sessions (fixture->profile)) > 0)
    fixture->session = g_list_model_get_item (wt_profile_get_sessions (fixture->profile), 0);
  if (g_list_model_get_n_items (G_LIST_MODEL (wt_profile_get_conversations (fixture->profile))) > 0)
    fixture->conversation = g_list_model_get_item (
        G_LIST_MODEL (wt_profile_get_conversations (fixture->profile)), 0);
}

static void
close_profile (Fixture *fixture)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->conversation);
  g_clear_object (&fixture->session);
  wt_profile_close (fixture->profile);
  g_clear_object (&fixture->profile);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
add_account (Fixture *fixture, const char *key)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autofree char *url = g_strdup_printf ("ws://127.0.0.1:%u/ws", fixture->port);
  g_autoptr (GError) error = NULL;
  WtSession *session;

  record->url = g_strdup (url);
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me-id");
  record->nickname = g_strdup ("Me");
  record->enabled = TRUE;
  record->target_platform = g_strdup ("desk");
  g_clear_object (&fixture->result);
  wt_profile_save_account_async (fixture->profile, record, key, "peer-secret-key", NULL,
                                 keep_result, fixture);
  session = wt_profile_save_account_finish (fixture->profile, wait (fixture), &error);
  g_assert_no_error (error);
  g_set_object (&fixture->session, session);
}

static void
open_conversation (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_session_ensure_conversation_async (fixture->session, WT_CONVERSATION_DIRECT, NULL, "peer-id",
                                        "Peer", NULL, NULL, NULL, keep_result, fixture);
  fixture->conversation = wt_session_ensure_conversation_finish (fixture->session, wait (fixture),
                                                                 &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("wt-session-XXXXXX", NULL);
  fixture->received = g_string_new (NULL);
  start_server (fixture);
  open_profile (fixture);
  add_account (fixture, "my-secret-key");
  open_conversation (fixture);
}

/* The server lives in this thread: while the profile waits for the end of a connection it cannot answer. */
static void
part (Fixture *fixture)
{
  if (fixture->session == NULL || fixture->server == NULL)
    return;
  wt_session_stop (fixture->session);
  wt_test_wait_until (wt_api_server_get_n_connections (fixture->server) == 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  part (fixture);
  close_profile (fixture);
  if (fixture->server != NULL)
    stop_server (fixture);
  wt_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->goodbye);
  g_string_free (fixture->received, TRUE);
}

static void
send_text (Fixture *fixture, const char *text)
{
  g_autoptr (WtSegment) segment = wt_segment_new_text (text);
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_session_send_async (fixture->session, fixture->conversation, segment, NULL, keep_result,
                         fixture);
  wt_session_send_finish (fixture->session, wait (fixture), &error);
  g_assert_no_error (error);
}

static WtMessage *
get_message (Fixture *fixture, WtTimeline *timeline, guint position)
{
  WtMessage *message = g_list_model_get_item (G_LIST_MODEL (timeline), position);

  g_assert_nonnull (message);
  wt_test_wait_until (wt_message_get_loaded (message));
  return message;
}

static gboolean
all_acked (Fixture *fixture, WtTimeline *timeline)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr (WtMessage) message = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      if (!wt_message_get_loaded (message)
          || wt_message_get_delivery (message) != WT_DELIVERY_ACKED)
        return FALSE;
    }
  return TRUE;
}

static void
go_online (Fixture *fixture)
{
  wt_profile_start (fixture->profile);
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_ONLINE);
}

/* What somebody says: an envelope as the guide has it. */
static void
says (Fixture *fixture, const char *user_id, const char *msg_id, const char *segment)
{
  g_autofree char *text = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"%s\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":"
      "\"peer-secret-key\",\"platform\":\"desk\"},\"payload\":{\"message_info\":{\"platform\":"
      "\"desk\",\"message_id\":\"%s\",\"time\":1700000000.5,\"sender_info\":{\"user_info\":{"
      "\"platform\":\"desk\",\"user_id\":\"%s\",\"user_nickname\":\"Peer\"}}},"
      "\"message_segment\":%s,\"message_dim\":{\"api_key\":\"my-secret-key\",\"platform\":"
      "\"desk\"}}}",
      msg_id, msg_id, user_id, segment);
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));
  g_autoptr (GHashTable) sent G_GNUC_UNUSED = wt_api_server_send (fixture->server, "me", "desk",
                                                                  frame);

  g_assert_cmpuint (g_hash_table_size (sent), ==, 1);
}

static void
peer_says (Fixture *fixture, const char *msg_id, const char *segment)
{
  says (fixture, "peer-id", msg_id, segment);
}

static guint64
acks (Fixture *fixture)
{
  return wt_api_server_get_stats (fixture->server)->acks_received;
}

static void
test_send (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);

  send_text (fixture, "one");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 1);

  g_autoptr (WtMessage) message = get_message (fixture, timeline, 0);

  g_assert_cmpint (wt_message_get_delivery (message), ==, WT_DELIVERY_QUEUED);
  go_online (fixture);
  send_text (fixture, "two");
  wt_test_wait_until (all_acked (fixture, timeline));
  g_assert_cmpstr (fixture->received->str, ==, "[one] [two] ");
  g_assert_cmpint (wt_message_get_record (message)->rtt, >=, 0);
  g_assert_cmpuint (wt_message_get_record (message)->attempts, ==, 1);
  wt_test_wait_until (wt_conversation_get_record (fixture->conversation)->last_delivery
                      == WT_DELIVERY_ACKED);
}

static void
test_receive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);

  go_online (fixture);
  peer_says (fixture, "m1", "{\"type\":\"text\",\"data\":\"hello\"}");
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 1);
  wt_test_wait_until (acks (fixture) == 1);

  g_autoptr (WtMessage) message = get_message (fixture, timeline, 0);

  g_assert_cmpstr (wt_message_get_text (message), ==, "hello");
  g_assert_cmpstr (wt_message_get_author_name (message), ==, "Peer");
  g_assert_cmpuint (wt_conversation_get_unread (fixture->conversation), ==, 1);

  wt_session_mark_read (fixture->session, fixture->conversation, 1);
  wt_test_wait_until (wt_conversation_get_unread (fixture->conversation) == 0);

  /* The same again is a repeat: acknowledged, not shown; the same id with other content is another message. */
  peer_says (fixture, "m1", "{\"type\":\"text\",\"data\":\"hello\"}");
  wt_test_wait_until (acks (fixture) == 2);
  peer_says (fixture, "m1", "{\"type\":\"text\",\"data\":\"other\"}");
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 2);
  wt_test_wait_until (acks (fixture) == 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 2);
}

/* All at once, and more than are parsed before some are stored: each is taken, in order, and the connection kept. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 2400
  };
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);

  go_online (fixture);
  for (guint i = 1; i <= N; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i);
      g_autofree char *segment = g_strdup_printf ("{\"type\":\"text\",\"data\":\"%u\"}", i);

      peer_says (fixture, id, segment);
    }
  wt_test_wait_until (acks (fixture) == N);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == N);
  g_assert_cmpuint (wt_api_server_get_stats (fixture->server)->connections, ==, 1);
  for (guint i = 0; i < N; i += 199)
    {
      g_autoptr (WtMessage) message = get_message (fixture, timeline, i);
      g_autofree char *expected = g_strdup_printf ("%u", i + 1);

      g_assert_cmpstr (wt_message_get_text (message), ==, expected);
    }
}

static void
on_message (WtSession *session, WtConversation *conversation, WtMessage *message, gpointer data)
{
  g_string_append_printf (data, "%s ", wt_message_get_text (message));
}

/* Whoever says it: messages of several conversations are told in the order in which they came. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 300
  };
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GString) said = g_string_new (NULL);

  g_signal_connect (fixture->session, "message-received", G_CALLBACK (on_message), told);
  go_online (fixture);
  for (guint i = 1; i <= N; i++)
    {
      g_autofree char *user_id = g_strdup_printf ("peer-%u", i % 3);
      g_autofree char *id = g_strdup_printf ("m%u", i);
      g_autofree char *segment = g_strdup_printf ("{\"type\":\"text\",\"data\":\"%u\"}", i);

      says (fixture, user_id, id, segment);
      g_string_append_printf (said, "%u ", i);
    }
  wt_test_wait_until (told->len == said->len);
  g_assert_cmpstr (told->str, ==, said->str);
  g_signal_handlers_disconnect_by_data (fixture->session, told);
}

/* Put away, and back where somebody writes; not where the user does not want to hear of it. */
static void
test_unarchive (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    WtLevel level;
    gboolean archived;
  } cases[] = {
    { WT_LEVEL_NONE, TRUE },
    { WT_LEVEL_MENTIONS, TRUE },
    { WT_LEVEL_ALL, FALSE },
  };

  go_online (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *msg_id = g_strdup_printf ("m%u", i);

      wt_session_set_level (fixture->session, fixture->conversation, cases[i].level);
      wt_session_set_flags (fixture->session, fixture->conversation, TRUE, TRUE);
      peer_says (fixture, msg_id, "{\"type\":\"text\",\"data\":\"hello\"}");
      wt_test_wait_until (wt_conversation_get_unread (fixture->conversation) == i + 1);
      g_assert_true (wt_conversation_get_record (fixture->conversation)->archived
                     == cases[i].archived);
      g_assert_true (wt_conversation_get_record (fixture->conversation)->pinned);
    }
  close_profile (fixture);
  open_profile (fixture);
  g_assert_false (wt_conversation_get_record (fixture->conversation)->archived);
}

static void
test_repeat_after_restart (Fixture *fixture, gconstpointer data)
{
  go_online (fixture);
  peer_says (fixture, "m1", "{\"type\":\"text\",\"data\":\"hello\"}");
  wt_test_wait_until (acks (fixture) == 1);
  close_profile (fixture);
  open_profile (fixture);
  go_online (fixture);
  peer_says (fixture, "m1", "{\"type\":\"text\",\"data\":\"hello\"}");
  wt_test_wait_until (acks (fixture) == 2);
  g_assert_cmpint (wt_conversation_get_last_seq (fixture->conversation), ==, 1);
}

/* A key that a message came with is where the answer goes, although the account has another default. */
static void
test_reply_goes_to_sender (Fixture *fixture, gconstpointer data)
{
  go_online (fixture);
  peer_says (fixture, "m1", "{\"type\":\"text\",\"data\":\"hello\"}");
  wt_test_wait_until (wt_conversation_get_unread (fixture->conversation) == 1);
  g_assert_true (g_str_has_prefix (
      wt_conversation_get_record (fixture->conversation)->target_secret, "reply:"));
  send_text (fixture, "answer");
  wt_test_wait_until (g_str_equal (fixture->received->str, "[answer] "));
}

static void
test_no_target (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_copy (
      wt_account_get_record (wt_session_get_account (fixture->session)));
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);

  g_clear_object (&fixture->result);
  wt_profile_save_account_async (fixture->profile, record, NULL, "", NULL, keep_result, fixture);
  g_assert_nonnull (wt_profile_save_account_finish (fixture->profile, wait (fixture), NULL));
  go_online (fixture);
  send_text (fixture, "to whom?");

  g_autoptr (WtMessage) message = get_message (fixture, timeline, 0);

  wt_test_wait_until (wt_message_get_delivery (message) == WT_DELIVERY_FAILED);
  g_assert_cmpstr (wt_message_get_record (message)->failure, ==, "no-target");

  /* With a target, a retry sends it. */
  g_clear_object (&fixture->result);
  wt_profile_save_account_async (fixture->profile, record, NULL, "peer-secret-key", NULL,
                                 keep_result, fixture);
  g_assert_nonnull (wt_profile_save_account_finish (fixture->profile, wait (fixture), NULL));
  wt_session_retry (fixture->session, fixture->conversation, message);
  wt_test_wait_until (wt_message_get_delivery (message) == WT_DELIVERY_ACKED);
  g_assert_cmpstr (fixture->received->str, ==, "[to whom?] ");
}

static void
test_bad_key (Fixture *fixture, gconstpointer data)
{
  WtDiagnosis *diagnosis;

  g_clear_object (&fixture->conversation);
  add_account (fixture, "wrong-secret-key");
  wt_session_start (fixture->session);
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_REFUSED);
  diagnosis = wt_session_get_diagnosis (fixture->session);
  g_assert_cmpint (wt_diagnosis_get_kind (diagnosis), ==, WT_DIAGNOSIS_AUTHENTICATION);
}

/* The judge's case: ten unacknowledged messages, the program gone, the server down; both come back. */
static void
test_ten_survive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = NULL;

  go_online (fixture);
  wt_api_server_set_hold_acks (fixture->server, TRUE);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      send_text (fixture, text);
    }
  wt_test_wait_until (g_str_equal (fixture->received->str, "[0] [1] [2] [3] [4] "));
  stop_server (fixture);
  g_string_truncate (fixture->received, 0);
  for (guint i = 5; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      send_text (fixture, text);
    }
  close_profile (fixture);

  start_server (fixture);
  open_profile (fixture);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 10);
  go_online (fixture);
  wt_test_wait_until (all_acked (fixture, timeline));
  g_assert_cmpstr (fixture->received->str, ==, "[0] [1] [2] [3] [4] [5] [6] [7] [8] [9] ");
}

static void
test_connection_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);

  go_online (fixture);
  wt_api_server_set_hold_acks (fixture->server, TRUE);
  send_text (fixture, "a");
  send_text (fixture, "b");
  wt_test_wait_until (g_str_equal (fixture->received->str, "[a] [b] "));
  wt_api_server_disconnect_all (fixture->server, 1011, "cut");
  wt_test_wait_until (wt_session_get_state (fixture->session) != WT_CONNECTION_ONLINE);
  wt_api_server_set_hold_acks (fixture->server, FALSE);
  wt_test_wait_until (all_acked (fixture, timeline));
  /* Same ids: the server acknowledged the repeats and processed them once. */
  g_assert_cmpstr (fixture->received->str, ==, "[a] [b] ");
  g_assert_cmpuint (wt_api_server_get_stats (fixture->server)->repeats, ==, 2);
}

/* Whoever quits says so, after all that was written, and what was not acknowledged is there afterwards. */
static void
test_quit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = NULL;
  gint64 began;

  go_online (fixture);
  wt_api_server_set_hold_acks (fixture->server, TRUE);
  send_text (fixture, "sent");
  wt_test_wait_until (g_str_equal (fixture->received->str, "[sent] "));
  send_text (fixture, "last words");
  began = g_get_monotonic_time ();
  close_profile (fixture);
  /* The server lives in this thread and cannot have answered. */
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
  wt_test_wait_until (fixture->goodbye != NULL);
  g_assert_cmpstr (fixture->goodbye, ==, "gone (1000)");
  g_assert_cmpuint (wt_api_server_get_n_connections (fixture->server), ==, 0);

  wt_api_server_set_hold_acks (fixture->server, FALSE);
  open_profile (fixture);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 2);
  go_online (fixture);
  wt_test_wait_until (all_acked (fixture, timeline));
  g_assert_cmpstr (fixture->received->str, ==, "[sent] [last words] ");
}

/* Much on its way to a slow server: the goodbye comes after it, if it comes within the time. */
static void
test_quit_while_writing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  g_autoptr (WtTimeline) timeline = NULL;
  gint64 began;
  guint n = g_getenv ("WHEATEAR_TEST_VALGRIND") != NULL ? 2 : 8;

  go_online (fixture);
  wt_api_server_stall_all (fixture->server);
  for (guint i = 0; i < n; i++)
    send_text (fixture, text);
  began = g_get_monotonic_time ();
  close_profile (fixture);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);

  stop_server (fixture);
  start_server (fixture);
  open_profile (fixture);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, n);
  go_online (fixture);
  wt_test_wait_until (all_acked (fixture, timeline));
}

/* Tried again at once, not when the wait is over. */
static void
test_network_changed (Fixture *fixture, gconstpointer data)
{
  gint64 was;

  stop_server (fixture);
  wt_profile_start (fixture->profile);
  /* A network may have changed many times in a moment: only waits that are longer count. */
  wt_test_wait_until (wt_session_get_retry_at (fixture->session)
                      > g_get_monotonic_time () + 2 * G_USEC_PER_SEC);
  start_server (fixture);
  was = wt_session_get_retry_at (fixture->session);
  wt_profile_network_changed (fixture->profile);
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_ONLINE);
  g_assert_cmpint (g_get_monotonic_time (), <, was);
}

static void
test_hostile_frames (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  const char *const frames[] = {
    deep,
    "",
    "not json",
    "{\"msg_id\":\"a1\",\"type\":\"sys_std\"}",
    "{\"msg_id\":\"a2\",\"type\":\"custom_thing\",\"payload\":{}}",
    "{\"msg_id\":7,\"type\":\"sys_std\",\"payload\":{\"message_info\":null}}",
    "{\"type\":\"sys_ack\",\"msg_id\":\"x\",\"meta\":{\"acked_msg_id\":\"never\"},\"payload\":{}}",
  };
  guint before;

  go_online (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GBytes) frame = g_bytes_new (frames[i], strlen (frames[i]));
      g_autoptr (GHashTable) sent G_GNUC_UNUSED = wt_api_server_send (fixture->server, "me", "desk",
                                                                      frame);
    }
  peer_says (fixture, "m1", "{\"type\":\"text\",\"data\":\"\\ud83d lone, \\u0000 nul\"}");
  wt_test_wait_until (wt_conversation_get_unread (fixture->conversation) == 1);
  /* The three that have an id and are no ACK, and the message. */
  wt_test_wait_until (acks (fixture) == 4);
  g_assert_cmpint (wt_session_get_state (fixture->session), ==, WT_CONNECTION_ONLINE);
  g_object_get (fixture->session, "refused-frames", &before, NULL);
  g_assert_cmpuint (before, ==, 5);

  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (WtMessage) message = get_message (fixture, timeline, 0);

  g_assert_cmpstr (wt_message_get_text (message), ==, "\xef\xbf\xbd lone, \xef\xbf\xbd nul");
}

static void
test_picture (Fixture *fixture, gconstpointer data)
{
  gsize size = 8 * 1024 * 1024;
  g_autofree char *base64 = g_strnfill (size, 'A');
  g_autofree char *segment = g_strdup_printf ("{\"type\":\"image\",\"data\":\"%s\"}", base64);
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);

  go_online (fixture);
  peer_says (fixture, "m1", segment);
  peer_says (fixture, "m2", "{\"type\":\"text\",\"data\":\"after\"}");
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 2);

  g_autoptr (WtMessage) message = get_message (fixture, timeline, 0);
  const WtMedia *media = wt_segment_get_media (wt_message_get_segment (message));
  g_autofree char *path = wt_blobs_get_path (wt_profile_get_blobs (fixture->profile), media->blob);
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_size, ==, size / 4 * 3);
  g_assert_cmpint (wt_session_get_state (fixture->session), ==, WT_CONNECTION_ONLINE);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);

  send_text (fixture, "regretted");
  send_text (fixture, "kept");

  g_autoptr (WtMessage) message = get_message (fixture, timeline, 0);

  wt_session_delete_message (fixture->session, fixture->conversation, message);
  wt_test_wait_until (wt_message_get_deleted (message));
  go_online (fixture);
  wt_test_wait_until (g_str_equal (fixture->received->str, "[kept] "));
}

static gboolean
find_bytes (const char *path, const char *needle, const char *except)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (dir)) != NULL && !found)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        found = find_bytes (child, needle, except);
      else if (!g_str_equal (name, except) && g_file_get_contents (child, &contents, &length, NULL))
        found = memmem (contents, length, needle, strlen (needle)) != NULL;
    }
  g_dir_close (dir);
  return found;
}

static void
test_no_key_on_disk (Fixture *fixture, gconstpointer data)
{
  go_online (fixture);
  peer_says (fixture, "m1", "{\"type\":\"text\",\"data\":\"needle in the hay\"}");
  send_text (fixture, "answer");
  wt_test_wait_until (g_str_equal (fixture->received->str, "[answer] "));
  wt_test_wait_until (wt_conversation_get_unread (fixture->conversation) == 1);
  close_profile (fixture);
  g_assert_true (find_bytes (fixture->folder, "needle in the hay", ""));
  g_assert_true (find_bytes (fixture->folder, "my-secret-key", ""));
  g_assert_false (find_bytes (fixture->folder, "my-secret-key", "secrets.ini"));
  g_assert_false (find_bytes (fixture->folder, "peer-secret-key", "secrets.ini"));
  open_profile (fixture);
}

static void
test_remove_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccount) account = g_object_ref (wt_session_get_account (fixture->session));
  g_autoptr (GError) error = NULL;

  send_text (fixture, "hello");
  g_clear_object (&fixture->conversation);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->result);
  wt_profile_remove_account_async (fixture->profile, account, NULL, keep_result, fixture);
  wt_profile_remove_account_finish (fixture->profile, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (wt_profile_get_sessions (fixture->profile)), ==, 0);
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (wt_profile_get_conversations (fixture->profile))), ==,
      0);
}

static void
test_drafts_and_flags (Fixture *fixture, gconstpointer data)
{
  wt_session_set_draft (fixture->session, fixture->conversation, "half a sent");
  wt_session_set_level (fixture->session, fixture->conversation, WT_LEVEL_NONE);
  wt_session_set_flags (fixture->session, fixture->conversation, TRUE, FALSE);
  close_profile (fixture);
  open_profile (fixture);
  g_assert_cmpstr (wt_conversation_get_draft (fixture->conversation), ==, "half a sent");
  g_assert_cmpint (wt_conversation_get_record (fixture->conversation)->level, ==, WT_LEVEL_NONE);
  g_assert_true (wt_conversation_get_record (fixture->conversation)->pinned);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/send", test_send);
  ADD ("/session/receive", test_receive);
  ADD ("/session/burst", test_burst);
  ADD ("/session/order", test_order);
  ADD ("/session/unarchive", test_unarchive);
  ADD ("/session/repeat-after-restart", test_repeat_after_restart);
  ADD ("/session/reply-goes-to-sender", test_reply_goes_to_sender);
  ADD ("/session/no-target", test_no_target);
  ADD ("/session/bad-key", test_bad_key);
  ADD ("/session/ten-survive", test_ten_survive);
  ADD ("/session/connection-cut", test_connection_cut);
  ADD ("/session/quit", test_quit);
  ADD ("/session/quit-while-writing", test_quit_while_writing);
  ADD ("/session/network-changed", test_network_changed);
  ADD ("/session/hostile-frames", test_hostile_frames);
  ADD ("/session/picture", test_picture);
  ADD ("/session/delete", test_delete);
  ADD ("/session/no-key-on-disk", test_no_key_on_disk);
  ADD ("/session/remove-account", test_remove_account);
  ADD ("/session/drafts-and-flags", test_drafts_and_flags);
  return g_test_run ();
}
