/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-profile.h"

#include "wt-chat-test.h"
#include "wt-ui-test.h"

/* In a folder of its own, with an account. Returns: (transfer full); so are @folder and @session. */
WtProfile *
wt_chat_profile_open (char **folder, WtSession **session)
{
  WtProfile *profile = wt_ui_test_open_profile (folder);
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();

  record->url = g_strdup ("ws://127.0.0.1:9/ws");
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me");
  record->nickname = g_strdup ("Me");
  record->target_platform = g_strdup ("desk");
  *session = g_object_ref (wt_ui_test_save_account (profile, record, "my-key", "peer-key"));
  return profile;
}

/* Takes @profile and @folder, which nothing else holds by now but what the main loop has still to do. */
void
wt_chat_profile_close (WtProfile *profile, char *folder)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  wt_ui_test_close_profile (profile, folder);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

WtConversation *
wt_chat_profile_add (WtSession *session, WtConversationKind kind, const char *peer_id)
{
  return wt_ui_test_add_conversation (session, kind, peer_id);
}

/* As if it had come in while the conversation was not open. Takes @segment. */
WtStoredMessage *
wt_chat_profile_store (WtProfile *profile,
                       WtConversation *conversation,
                       const char *author,
                       WtSegment *segment)
{
  static gint64 count;
  gint64 seq = wt_conversation_get_last_seq (conversation) + 1;
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (
      &(WtChatTestMessage){ .seq = seq,
                            .author = author,
                            .time = WT_CHAT_TEST_NOW + seq * WT_CHAT_TEST_MINUTE,
                            .delivery = author != NULL ? WT_DELIVERY_RECEIVED : WT_DELIVERY_ACKED,
                            .segment = segment });
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WtDatabase *database = wt_profile_get_database (profile);
  WtStoredMessage *stored;

  record->id = record->seq = 0;
  g_free (record->msg_id);
  record->msg_id = g_strdup_printf ("unique-%" G_GINT64_FORMAT, ++count);
  g_free (record->digest);
  record->digest = g_strdup (record->msg_id);
  record->author_platform = g_strdup ("desk");
  wt_message_store_add_async (database, wt_conversation_get_record (conversation), record, NULL,
                              NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  stored = wt_message_store_add_finish (database, result, &error);
  g_assert_no_error (error);
  wt_conversation_update (conversation, stored->conversation);
  return stored;
}
