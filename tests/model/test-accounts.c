/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-api-server.h"
#include "wt-envelope.h"
#include "wt-profile.h"
#include "wt-test-folder.h"
#include "wt-test.h"

/* One profile, and two accounts in it, each on a server of its own. */

#define N 2

typedef struct
{
  char *folder;
  WtProfile *profile;
  GAsyncResult *result;
  WtApiServer *servers[N];
  guint16 ports[N];
  GString *received[N]; /* "[text] " of each message that the server was sent, as it came */
  WtSession *sessions[N];
  WtConversation *conversations[N];
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
  const WtPayload *payload = wt_envelope_get_payload (envelope);

  g_string_append_printf (data, "[%s] ", wt_segment_get_text (payload->segment));
}

static void
start_server (Fixture *fixture, guint i)
{
  g_autofree char *key = g_strdup_printf ("key-%u", i);
  g_autoptr (GError) error = NULL;

  fixture->servers[i] = wt_api_server_new ();
  wt_api_server_add_key (fixture->servers[i], key, "me");
  wt_api_server_add_key (fixture->servers[i], "peer-key", "peer");
  g_signal_connect (fixture->servers[i], "received", G_CALLBACK (on_received),
                    fixture->received[i]);
  wt_api_server_listen (fixture->servers[i], "127.0.0.1", fixture->ports[i], &error);
  g_assert_no_error (error);
  fixture->ports[i] = wt_api_server_get_port (fixture->servers[i]);
}

static void
add_account (Fixture *fixture, guint i)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autofree char *key = g_strdup_printf ("key-%u", i);
  g_autoptr (GError) error = NULL;

  record->url = g_strdup_printf ("ws://127.0.0.1:%u/ws", fixture->ports[i]);
  record->platform = g_strdup ("desk");
  /* The same person everywhere: the accounts are told apart by their server alone. */
  record->user_id = g_strdup ("me-id");
  record->nickname = g_strdup ("Me");
  record->enabled = TRUE;
  g_clear_object (&fixture->result);
  wt_profile_save_account_async (fixture->profile, record, key, "peer-key", NULL, keep_result,
                                 fixture);
  g_set_object (&fixture->sessions[i],
                wt_profile_save_account_finish (fixture->profile, wait (fixture), &error));
  g_assert_no_error (error);

  g_clear_object (&fixture->result);
  wt_session_ensure_conversation_async (fixture->sessions[i], WT_CONVERSATION_DIRECT, NULL,
                                        "peer-id", "Peer", NULL, NULL, NULL, keep_result, fixture);
  fixture->conversations[i] = wt_session_ensure_conversation_finish (fixture->sessions[i],
                                                                     wait (fixture), &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("wt-accounts-XXXXXX", NULL);
  fixture->profile = wt_profile_new (fixture->folder);
  wt_profile_open_async (fixture->profile, NULL, keep_result, fixture);
  wt_profile_open_finish (fixture->profile, wait (fixture), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N; i++)
    {
      fixture->received[i] = g_string_new (NULL);
      start_server (fixture, i);
      add_account (fixture, i);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  for (guint i = 0; i < N; i++)
    {
      g_clear_object (&fixture->conversations[i]);
      g_clear_object (&fixture->sessions[i]);
    }
  wt_profile_close (fixture->profile);
  g_clear_object (&fixture->profile);
  for (guint i = 0; i < N; i++)
    {
      if (fixture->servers[i] != NULL)
        wt_api_server_stop (fixture->servers[i]);
      g_clear_object (&fixture->servers[i]);
      g_string_free (fixture->received[i], TRUE);
    }
  wt_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static WtConnectionState
state (Fixture *fixture, guint i)
{
  return wt_session_get_state (fixture->sessions[i]);
}

static void
say (Fixture *fixture, guint i, const char *text)
{
  g_autoptr (WtSegment) segment = wt_segment_new_text (text);
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_session_send_async (fixture->sessions[i], fixture->conversations[i], segment, NULL,
                         keep_result, fixture);
  wt_session_send_finish (fixture->sessions[i], wait (fixture), &error);
  g_assert_no_error (error);
}

static void
peer_says (Fixture *fixture, guint i, const char *text)
{
  /* The same msg_id on both: what is a repeat is each account's own matter. */
  g_autofree char *envelope = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"m-%s\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":\"peer-key\","
      "\"platform\":\"desk\"},\"payload\":{\"message_info\":{\"platform\":\"desk\",\"message_id\":"
      "\"%s\",\"time\":1700000000.5,\"sender_info\":{\"user_info\":{\"platform\":\"desk\","
      "\"user_id\":\"peer-id\",\"user_nickname\":\"Peer\"}}},\"message_segment\":{\"type\":"
      "\"text\","
      "\"data\":\"%s\"},\"message_dim\":{\"api_key\":\"key-%u\",\"platform\":\"desk\"}}}",
      text, text, text, i);
  g_autoptr (GBytes) frame = g_bytes_new (envelope, strlen (envelope));
  g_autoptr (GHashTable) sent = wt_api_server_send (fixture->servers[i], "me", "desk", frame);

  g_assert_cmpuint (g_hash_table_size (sent), ==, 1);
}

static void
test_both_online (Fixture *fixture, gconstpointer data)
{
  wt_profile_start (fixture->profile);
  wt_test_wait_until (state (fixture, 0) == WT_CONNECTION_ONLINE
                      && state (fixture, 1) == WT_CONNECTION_ONLINE);
  say (fixture, 0, "to one");
  say (fixture, 1, "to two");
  peer_says (fixture, 0, "hello");
  peer_says (fixture, 1, "hello");
  wt_test_wait_until (g_str_equal (fixture->received[0]->str, "[to one] ")
                      && g_str_equal (fixture->received[1]->str, "[to two] "));
  wt_test_wait_until (wt_conversation_get_unread (fixture->conversations[0]) == 1
                      && wt_conversation_get_unread (fixture->conversations[1]) == 1);
  /* Two conversations with the same peer, one an account. */
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (wt_profile_get_conversations (fixture->profile))), ==,
      2);
}

static void
on_state (WtSession *session, GParamSpec *pspec, gpointer data)
{
  ++*(guint *) data;
}

static void
test_trouble_stays_with_one (Fixture *fixture, gconstpointer data)
{
  WtSession *other = fixture->sessions[1];
  guint changes = 0;

  wt_profile_start (fixture->profile);
  wt_test_wait_until (state (fixture, 0) == WT_CONNECTION_ONLINE
                      && state (fixture, 1) == WT_CONNECTION_ONLINE);
  g_signal_connect (other, "notify::state", G_CALLBACK (on_state), &changes);
  g_signal_connect (other, "notify::diagnosis", G_CALLBACK (on_state), &changes);

  wt_api_server_stop (fixture->servers[0]);
  g_clear_object (&fixture->servers[0]);
  wt_test_wait_until (state (fixture, 0) == WT_CONNECTION_WAITING);
  g_assert_nonnull (wt_session_get_diagnosis (fixture->sessions[0]));
  say (fixture, 0, "kept");
  say (fixture, 1, "through");
  peer_says (fixture, 1, "answer");
  wt_test_wait_until (g_str_equal (fixture->received[1]->str, "[through] "));
  wt_test_wait_until (wt_conversation_get_unread (fixture->conversations[1]) == 1);
  g_assert_cmpint (state (fixture, 1), ==, WT_CONNECTION_ONLINE);
  g_assert_null (wt_session_get_diagnosis (other));
  g_assert_cmpuint (changes, ==, 0);

  start_server (fixture, 0);
  wt_session_retry_now (fixture->sessions[0]);
  wt_test_wait_until (g_str_equal (fixture->received[0]->str, "[kept] "));
  g_assert_cmpuint (changes, ==, 0);
  g_signal_handlers_disconnect_by_data (other, &changes);
}

/* A refused key, then the account's end. */
static void
test_refused_and_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_copy (
      wt_account_get_record (wt_session_get_account (fixture->sessions[0])));
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_profile_save_account_async (fixture->profile, record, "wrong", NULL, NULL, keep_result,
                                 fixture);
  g_assert_nonnull (wt_profile_save_account_finish (fixture->profile, wait (fixture), &error));
  wt_profile_start (fixture->profile);
  wt_test_wait_until (state (fixture, 0) == WT_CONNECTION_REFUSED);
  wt_test_wait_until (state (fixture, 1) == WT_CONNECTION_ONLINE);

  g_clear_object (&fixture->result);
  wt_profile_remove_account_async (fixture->profile, wt_session_get_account (fixture->sessions[0]),
                                   NULL, keep_result, fixture);
  g_assert_true (wt_profile_remove_account_finish (fixture->profile, wait (fixture), &error));
  say (fixture, 1, "still here");
  wt_test_wait_until (g_str_equal (fixture->received[1]->str, "[still here] "));
  g_assert_cmpint (state (fixture, 1), ==, WT_CONNECTION_ONLINE);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/accounts/both-online", test_both_online);
  ADD ("/accounts/trouble-stays-with-one", test_trouble_stays_with_one);
  ADD ("/accounts/refused-and-removed", test_refused_and_removed);
  return g_test_run ();
}
