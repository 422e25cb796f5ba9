/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-deletion.h"
#include "wt-profile.h"
#include "wt-test-folder.h"
#include "wt-test.h"

#define MOST_LOOKS 1000

/* What the user decides about a conversation, and deleting with a way back. An account that is never online. */
typedef struct
{
  char *folder;
  WtProfile *profile;
  WtSession *session;
  WtConversation *conversation;
} Fixture;

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static WtConversationList *
get_list (Fixture *fixture)
{
  return wt_profile_get_conversations (fixture->profile);
}

static const WtConversationRecord *
get_record (Fixture *fixture)
{
  return wt_conversation_get_record (fixture->conversation);
}

static void
open_profile (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->profile = wt_profile_new (fixture->folder);
  wt_profile_open_async (fixture->profile, NULL, on_done, &result);
  wt_test_wait_until (result != NULL);
  wt_profile_open_finish (fixture->profile, result, &error);
  g_assert_no_error (error);
}

static void
close_profile (Fixture *fixture)
{
  g_clear_object (&fixture->conversation);
  g_clear_object (&fixture->session);
  wt_profile_close (fixture->profile);
  g_clear_object (&fixture->profile);
}

static void
reopen_profile (Fixture *fixture)
{
  close_profile (fixture);
  open_profile (fixture);
  fixture->session = g_list_model_get_item (wt_profile_get_sessions (fixture->profile), 0);
  fixture->conversation = g_list_model_get_item (G_LIST_MODEL (get_list (fixture)), 0);
}

static void
add_account (Fixture *fixture)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  record->url = g_strdup ("ws://127.0.0.1:9/ws");
  record->platform = g_strdup ("wheatear");
  record->user_id = g_strdup ("me");
  wt_profile_save_account_async (fixture->profile, record, "key", NULL, NULL, on_done, &result);
  wt_test_wait_until (result != NULL);
  g_set_object (&fixture->session,
                wt_profile_save_account_finish (fixture->profile, result, &error));
  g_assert_no_error (error);
}

static void
send_text (Fixture *fixture, const char *words)
{
  g_autoptr (WtSegment) segment = wt_segment_new_text (words);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wt_session_send_async (fixture->session, fixture->conversation, segment, NULL, on_done, &result);
  wt_test_wait_until (result != NULL);
  wt_session_send_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("wheatear-test-XXXXXX", NULL);
  open_profile (fixture);
  add_account (fixture);
  wt_session_ensure_conversation_async (fixture->session, WT_CONVERSATION_GROUP, NULL, "field",
                                        "Field", NULL, NULL, NULL, on_done, &result);
  wt_test_wait_until (result != NULL);
  fixture->conversation = wt_session_ensure_conversation_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_profile (fixture);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static void
test_options (Fixture *fixture, gconstpointer data)
{
  wt_session_set_level (fixture->session, fixture->conversation, WT_LEVEL_MENTIONS);
  g_assert_cmpint (wt_conversation_get_dialect (fixture->conversation), ==,
                   wt_account_get_record (wt_session_get_account (fixture->session))->dialect);
  wt_session_set_dialect (fixture->session, fixture->conversation, WT_DIALECT_MAIBOT);
  wt_session_set_flags (fixture->session, fixture->conversation, FALSE, TRUE);
  wt_session_set_name (fixture->session, fixture->conversation, "  麦田 ");
  g_assert_cmpstr (wt_conversation_get_title (fixture->conversation), ==, "麦田");
  g_assert_cmpuint (wt_conversation_list_get_archived (get_list (fixture), WT_CONVERSATION_GROUP),
                    ==, 1);

  reopen_profile (fixture);
  g_assert_cmpint (get_record (fixture)->level, ==, WT_LEVEL_MENTIONS);
  g_assert_cmpint (wt_conversation_get_dialect (fixture->conversation), ==, WT_DIALECT_MAIBOT);
  g_assert_true (get_record (fixture)->archived);
  g_assert_cmpstr (get_record (fixture)->title, ==, "Field");
  g_assert_cmpstr (wt_conversation_get_title (fixture->conversation), ==, "麦田");
  wt_session_set_name (fixture->session, fixture->conversation, " ");
  g_assert_cmpstr (wt_conversation_get_title (fixture->conversation), ==, "Field");
}

/* Counted by level, unless archived or hidden. */
static void
test_counts (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    WtLevel level;
    gboolean archived;
    gboolean hidden;
    guint unread;
  } cases[] = {
    { WT_LEVEL_ALL, FALSE, FALSE, 5 },  { WT_LEVEL_MENTIONS, FALSE, FALSE, 2 },
    { WT_LEVEL_NONE, FALSE, FALSE, 0 }, { WT_LEVEL_ALL, TRUE, FALSE, 0 },
    { WT_LEVEL_ALL, FALSE, TRUE, 0 },   { WT_LEVEL_ALL, FALSE, FALSE, 5 },
  };
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (get_record (fixture));

  record->unread = 5;
  record->mentions = 2;
  wt_conversation_update (fixture->conversation, record);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      wt_session_set_level (fixture->session, fixture->conversation, cases[i].level);
      wt_session_set_flags (fixture->session, fixture->conversation, FALSE, cases[i].archived);
      wt_conversation_set_hidden (fixture->conversation, cases[i].hidden);
      g_assert_cmpuint (wt_conversation_list_get_unread (get_list (fixture), WT_CONVERSATION_GROUP),
                        ==, cases[i].unread);
    }
}

static void
set_target (Fixture *fixture, const char *key, const char *platform)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wt_session_set_target_async (fixture->session, fixture->conversation, key, platform, NULL,
                               on_done, &result);
  wt_test_wait_until (result != NULL);
  wt_session_set_target_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

static char *
look_up_key (Fixture *fixture, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *key;

  wt_secrets_lookup_async (wt_profile_get_secrets (fixture->profile), name, NULL, on_done, &result);
  wt_test_wait_until (result != NULL);
  key = wt_secrets_lookup_finish (wt_profile_get_secrets (fixture->profile), result, &error);
  g_assert_no_error (error);
  return key;
}

static void
test_target (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL, *found = NULL, *gone = NULL, *kept = NULL;

  set_target (fixture, "one", "qq");
  first = g_strdup (get_record (fixture)->target_secret);
  g_assert_nonnull (first);
  found = look_up_key (fixture, first);
  g_assert_cmpstr (found, ==, "one");

  set_target (fixture, NULL, "webui");
  g_assert_cmpstr (get_record (fixture)->target_secret, ==, first);
  g_assert_cmpstr (get_record (fixture)->target_platform, ==, "webui");

  set_target (fixture, "two", "qq");
  g_assert_cmpstr (get_record (fixture)->target_secret, !=, first);
  /* Forgotten after nothing names it any more. */
  for (guint i = 0; i < MOST_LOOKS && (i == 0 || gone != NULL); i++)
    {
      g_free (gone);
      gone = look_up_key (fixture, first);
    }
  g_assert_null (gone);

  reopen_profile (fixture);
  kept = look_up_key (fixture, get_record (fixture)->target_secret);
  g_assert_cmpstr (kept, ==, "two");
  set_target (fixture, "", NULL);
  g_assert_null (get_record (fixture)->target_secret);
  g_assert_null (get_record (fixture)->target_platform);
}

static void
test_undo_conversation (Fixture *fixture, gconstpointer data)
{
  WtDeletion *deletion = wt_deletion_new_for_conversation (fixture->session, fixture->conversation);

  g_assert_true (wt_conversation_get_hidden (fixture->conversation));
  wt_deletion_undo (deletion);
  g_assert_false (wt_conversation_get_hidden (fixture->conversation));
  wt_deletion_commit (deletion);
  g_assert_finalize_object (deletion);
  reopen_profile (fixture);
  g_assert_nonnull (fixture->conversation);
}

/* A crash: the deletion was never carried out. Whoever lets go of it carries it out. */
static void
test_commit_conversation (Fixture *fixture, gconstpointer data)
{
  WtDeletion *deletion = wt_deletion_new_for_conversation (fixture->session, fixture->conversation);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_list (fixture))), ==, 1);
  g_assert_finalize_object (deletion);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (get_list (fixture))) == 0);
  reopen_profile (fixture);
  g_assert_null (fixture->conversation);
}

/* Nothing that comes is lost with what is deleted. */
static void
test_message_undoes (Fixture *fixture, gconstpointer data)
{
  WtDeletion *deletion = wt_deletion_new_for_conversation (fixture->session, fixture->conversation);
  g_autoptr (WtMessage) message = wt_message_new (1);

  g_signal_emit_by_name (fixture->session, "message-received", fixture->conversation, message);
  g_assert_false (wt_conversation_get_hidden (fixture->conversation));
  g_assert_finalize_object (deletion);
  reopen_profile (fixture);
  g_assert_nonnull (fixture->conversation);
}

static void
test_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (WtMessage) message = NULL;
  WtDeletion *deletion;

  send_text (fixture, "oops");
  message = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  wt_test_wait_until (wt_message_get_loaded (message));

  deletion = wt_deletion_new_for_message (fixture->session, fixture->conversation, message);
  g_assert_true (wt_message_get_deleted (message));
  g_assert_null (wt_deletion_new_for_message (fixture->session, fixture->conversation, message));
  wt_deletion_undo (deletion);
  g_assert_false (wt_message_get_deleted (message));
  g_assert_cmpstr (wt_message_get_text (message), ==, "oops");
  g_assert_finalize_object (deletion);

  deletion = wt_deletion_new_for_message (fixture->session, fixture->conversation, message);
  g_clear_object (&message);
  g_clear_object (&timeline);
  g_assert_finalize_object (deletion);
  reopen_profile (fixture);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  message = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  wt_test_wait_until (wt_message_get_loaded (message));
  g_assert_true (wt_message_get_deleted (message));
}

static WtMessage *
get_message (WtTimeline *timeline, guint position)
{
  WtMessage *message = g_list_model_get_item (G_LIST_MODEL (timeline), position);

  wt_test_wait_until (wt_message_get_loaded (message));
  return message;
}

static void
assert_deleted (WtTimeline *timeline, guint first, guint n, gboolean deleted)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (WtMessage) message = get_message (timeline, i);

      g_assert_true (wt_message_get_deleted (message) == deleted);
      g_assert_true ((wt_message_get_text (message) == NULL) == deleted);
    }
}

/* Several at once, some of them never looked at; what is read again meanwhile does not come back by that. */
static void
test_messages (Fixture *fixture, gconstpointer data)
{
  static const gint64 seqs[] = { 2, 3, 90, 3, 0, 4000 };
  g_autoptr (WtTimeline) timeline = NULL;
  WtDeletion *deletion;

  for (guint i = 0; i < 100; i++)
    send_text (fixture, "wheat");
  reopen_profile (fixture);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  assert_deleted (timeline, 0, 10, FALSE);

  deletion = wt_deletion_new_for_messages (fixture->session, fixture->conversation, seqs,
                                           G_N_ELEMENTS (seqs));
  g_assert_cmpuint (wt_deletion_get_n_messages (deletion), ==, 4);
  assert_deleted (timeline, 1, 2, TRUE);
  assert_deleted (timeline, 0, 1, FALSE);
  assert_deleted (timeline, 3, 1, FALSE);
  assert_deleted (timeline, 89, 1, TRUE);
  g_clear_object (&timeline);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  assert_deleted (timeline, 1, 2, TRUE);
  g_assert_null (wt_deletion_new_for_messages (fixture->session, fixture->conversation, seqs, 3));

  wt_deletion_undo (deletion);
  g_assert_finalize_object (deletion);
  assert_deleted (timeline, 0, 100, FALSE);

  deletion = wt_deletion_new_for_messages (fixture->session, fixture->conversation, seqs,
                                           G_N_ELEMENTS (seqs));
  wt_deletion_commit (deletion);
  wt_deletion_undo (deletion);
  g_assert_finalize_object (deletion);
  g_clear_object (&timeline);
  reopen_profile (fixture);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  assert_deleted (timeline, 1, 2, TRUE);
  assert_deleted (timeline, 89, 1, TRUE);
  assert_deleted (timeline, 3, 86, FALSE);
}

static void
test_shared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtSharedList) list = wt_session_open_shared (fixture->session, fixture->conversation,
                                                          "file");
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (WtMessage) message = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("wheat", 5);
  g_autoptr (GAsyncResult) imported = NULL, sent = NULL;
  g_autoptr (WtMedia) media = NULL;
  g_autoptr (WtSegment) segment = NULL;

  wt_shared_list_more (list);
  wt_test_wait_until (wt_shared_list_get_complete (list));
  wt_session_import_bytes_async (fixture->session, bytes, "wheat.txt", WT_SEGMENT_FILE, 0, NULL,
                                 on_done, &imported);
  wt_test_wait_until (imported != NULL);
  media = wt_session_import_finish (fixture->session, imported, NULL);
  segment = wt_segment_new_media (WT_SEGMENT_FILE, media);
  wt_session_send_async (fixture->session, fixture->conversation, segment, NULL, on_done, &sent);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);

  g_autoptr (WtShared) shared = g_list_model_get_item (G_LIST_MODEL (list), 0);

  g_assert_cmpstr (wt_shared_get_media (shared)->name, ==, "wheat.txt");
  g_assert_cmpint (wt_shared_get_record (shared)->seq, ==, 1);
  wt_test_wait_until (sent != NULL);
  message = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  wt_test_wait_until (wt_message_get_loaded (message));

  WtDeletion *deletion = wt_deletion_new_for_message (fixture->session, fixture->conversation,
                                                      message);

  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0);
  wt_deletion_undo (deletion);
  g_assert_finalize_object (deletion);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  wt_session_delete_message (fixture->session, fixture->conversation, message);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0);
}

#define ADD(path, func) g_test_add ("/options/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("kept", test_options);
  ADD ("counts", test_counts);
  ADD ("target", test_target);
  ADD ("undo-conversation", test_undo_conversation);
  ADD ("commit-conversation", test_commit_conversation);
  ADD ("message-undoes", test_message_undoes);
  ADD ("message", test_message);
  ADD ("messages", test_messages);
  ADD ("shared", test_shared);
  return g_test_run ();
}
