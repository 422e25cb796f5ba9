/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "wt-chaos-pipe.h"
#include "wt-chaos-steps.h"
#include "wt-profile.h"
#include "wt-test.h"

/* A client without a window, for a test to drive and to kill: wt-chaos-client FOLDER PORT [STEP [torn]].
 * It opens the profile (making its account where there is none), goes online, and says `ready`. Lines it takes:
 *
 *   send CONVERSATION NUMBER  stores and sends `out CONVERSATION NUMBER`; answers `stored CONVERSATION NUMBER`
 *   wake                      connects at once where it waits
 *   read                      marks everything read
 *   delete CONVERSATION TEXT  deletes the incoming message with that text; answers `deleted`
 *   quit                      ends in good order; answers `steps N`
 */

#define N_CONVERSATIONS 4
#define N_DIRECT 2

typedef struct
{
  WtProfile *profile;
  WtSession *session;
  WtConversation *conversations[N_CONVERSATIONS];
  GAsyncResult *result;
  gboolean quit;
} Client;

typedef struct
{
  guint conversation;
  guint number;
} Sending;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Client *client = data;

  g_set_object (&client->result, result);
}

static GAsyncResult *
wait (Client *client)
{
  wt_test_wait_until (client->result != NULL);
  return client->result;
}

static void
on_trouble (WtProfile *profile, const GError *error, gpointer data)
{
  wt_chaos_pipe_say ("trouble %s", error->message);
}

static void
open_profile (Client *client, const char *folder)
{
  g_autoptr (GError) error = NULL;

  client->profile = wt_profile_new (folder);
  g_signal_connect (client->profile, "trouble", G_CALLBACK (on_trouble), NULL);
  wt_profile_open_async (client->profile, NULL, keep_result, client);
  wt_profile_open_finish (client->profile, wait (client), &error);
  g_assert_no_error (error);
}

static void
find_account (Client *client, const char *port)
{
  GListModel *sessions = wt_profile_get_sessions (client->profile);
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autoptr (GError) error = NULL;
  WtSession *session;

  client->session = g_list_model_get_item (sessions, 0);
  if (client->session != NULL)
    return;

  record->url = g_strdup_printf ("ws://127.0.0.1:%s/ws", port);
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me-id");
  record->nickname = g_strdup ("Me");
  record->enabled = TRUE;
  record->target_platform = g_strdup ("desk");
  g_clear_object (&client->result);
  wt_profile_save_account_async (client->profile, record, "my-secret-key", "peer-secret-key", NULL,
                                 keep_result, client);
  session = wt_profile_save_account_finish (client->profile, wait (client), &error);
  g_assert_no_error (error);
  client->session = g_object_ref (session);
}

static void
find_conversation (Client *client, guint i)
{
  g_autofree char *id = g_strdup_printf ("peer-%u", i);
  g_autoptr (GError) error = NULL;

  g_clear_object (&client->result);
  wt_session_ensure_conversation_async (
      client->session, i < N_DIRECT ? WT_CONVERSATION_DIRECT : WT_CONVERSATION_GROUP, NULL, id,
      NULL, NULL, NULL, NULL, keep_result, client);
  client->conversations[i] = wt_session_ensure_conversation_finish (client->session, wait (client),
                                                                    &error);
  g_assert_no_error (error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Sending *sending = data;
  g_autoptr (GError) error = NULL;

  wt_session_send_finish (WT_SESSION (source), result, &error);
  g_assert_no_error (error);
  wt_chaos_pipe_say ("stored %u %u", sending->conversation, sending->number);
}

static void
send_number (Client *client, const char *words)
{
  Sending *sending = g_new0 (Sending, 1);
  g_autofree char *text = g_strdup_printf ("out %s", words);
  g_autoptr (WtSegment) segment = wt_segment_new_text (text);
  char *end = NULL;

  sending->conversation = (guint) strtoul (words, &end, 10);
  sending->number = (guint) strtoul (end, NULL, 10);
  g_assert_cmpuint (sending->conversation, <, N_CONVERSATIONS);
  wt_session_send_async (client->session, client->conversations[sending->conversation], segment,
                         NULL, on_sent, sending);
}

static WtMessage *
find_message (WtTimeline *timeline, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr (WtMessage) message = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      wt_test_wait_until (wt_message_get_loaded (message));
      if (!wt_message_get_outgoing (message)
          && g_strcmp0 (wt_message_get_text (message), text) == 0)
        return g_steal_pointer (&message);
    }
  return NULL;
}

static void
delete_message (Client *client, const char *words)
{
  char *end = NULL;
  guint i = (guint) strtoul (words, &end, 10);
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (client->session,
                                                              client->conversations[i]);
  g_autoptr (WtMessage) message = find_message (timeline, end + 1);

  if (message != NULL)
    {
      wt_session_delete_message (client->session, client->conversations[i], message);
      wt_test_wait_until (wt_message_get_deleted (message));
    }
  wt_chaos_pipe_say ("deleted");
}

static void
on_line (const char *line, gpointer data)
{
  Client *client = data;

  if (g_str_has_prefix (line, "send "))
    send_number (client, line + strlen ("send "));
  else if (g_str_equal (line, "wake"))
    wt_session_retry_now (client->session);
  else if (g_str_equal (line, "read"))
    {
      for (guint i = 0; i < N_CONVERSATIONS; i++)
        wt_session_mark_read (client->session, client->conversations[i],
                              wt_conversation_get_last_seq (client->conversations[i]));
    }
  else if (g_str_has_prefix (line, "delete "))
    delete_message (client, line + strlen ("delete "));
  else if (g_str_equal (line, "quit"))
    client->quit = TRUE;
  else
    g_error ("not understood: %s", line);
}

static void
on_delivery (WtSession *session, const WtMessageRecord *message, gpointer data)
{
  if (message->delivery == WT_DELIVERY_FAILED)
    wt_chaos_pipe_say ("failed %s %s", message->text, message->failure);
  else if (message->delivery == WT_DELIVERY_ACKED)
    wt_chaos_pipe_say ("delivered %s", message->text);
}

static void
on_arrived (WtSession *session, WtConversation *conversation, WtMessage *message, gpointer data)
{
  wt_chaos_pipe_say ("arrived");
}

/* No fault here is one that lasts: giving up is wrong. */
static void
on_state (WtSession *session, GParamSpec *pspec, gpointer data)
{
  WtDiagnosis *diagnosis = wt_session_get_diagnosis (session);

  if (wt_session_get_state (session) == WT_CONNECTION_REFUSED)
    wt_chaos_pipe_say ("refused %d",
                       diagnosis != NULL ? (int) wt_diagnosis_get_kind (diagnosis) : -1);
}

int
main (int argc, char **argv)
{
  Client client = { NULL };

  g_assert_cmpint (argc, >=, 3);
  g_set_prgname ("wt-chaos-client");
  wt_chaos_steps_start (argc > 3 ? g_ascii_strtoll (argv[3], NULL, 10) : 0, argc > 4);
  open_profile (&client, argv[1]);
  find_account (&client, argv[2]);
  for (guint i = 0; i < N_CONVERSATIONS; i++)
    find_conversation (&client, i);
  g_signal_connect (client.session, "delivery-changed", G_CALLBACK (on_delivery), NULL);
  g_signal_connect (client.session, "message-received", G_CALLBACK (on_arrived), NULL);
  g_signal_connect (client.session, "notify::state", G_CALLBACK (on_state), NULL);
  wt_profile_start (client.profile);
  wt_chaos_pipe_say ("ready");
  wt_chaos_pipe_listen (on_line, &client);
  while (!client.quit)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < N_CONVERSATIONS; i++)
    g_clear_object (&client.conversations[i]);
  g_clear_object (&client.result);
  g_clear_object (&client.session);
  wt_profile_close (client.profile);
  g_clear_object (&client.profile);
  wt_chaos_pipe_say ("steps %u", wt_chaos_steps_get_n ());
  return 0;
}
