/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-conversation.h"
#include "wt-profile.h"
#include "wt-test-folder.h"
#include "wt-test.h"

G_BEGIN_DECLS

/* FALSE where there is no display: the program then exits with 77, which Meson counts as skipped. */
static inline gboolean
wt_ui_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_test_message ("no display");
      return FALSE;
    }
  adw_init ();
  return TRUE;
}

static inline WtAccountRecord *
wt_ui_test_make_account (const char *user_id)
{
  WtAccountRecord *record = wt_account_record_new ();

  record->url = g_strdup ("ws://127.0.0.1:9/ws");
  record->platform = g_strdup ("wheatear");
  record->user_id = g_strdup (user_id);
  record->nickname = g_strdup (user_id);
  record->enabled = TRUE;
  return record;
}

static inline WtConversationRecord *
wt_ui_test_make_conversation (gint64 id, WtConversationKind kind, const char *title)
{
  WtConversationRecord *record = wt_conversation_record_new ();

  record->id = id;
  record->account_id = 1;
  record->kind = kind;
  record->platform = g_strdup ("wheatear");
  record->peer_id = g_strdup_printf ("peer-%" G_GINT64_FORMAT, id);
  record->title = g_strdup (title);
  return record;
}

static inline void
wt_ui_test_on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* An open profile in a folder of its own; g_free() the folder's name after wt_ui_test_close_profile(). */
static inline WtProfile *
wt_ui_test_open_profile (char **folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  WtProfile *profile;

  *folder = g_dir_make_tmp ("wheatear-test-XXXXXX", &error);
  g_assert_no_error (error);
  profile = wt_profile_new (*folder);
  wt_profile_open_async (profile, NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  wt_profile_open_finish (profile, result, &error);
  g_assert_no_error (error);
  return profile;
}

static inline void
wt_ui_test_close_profile (WtProfile *profile, char *folder)
{
  wt_profile_close (profile);
  g_object_unref (profile);
  wt_test_remove_folder (folder);
  g_free (folder);
}

static inline WtSession *
wt_ui_test_save_account (WtProfile *profile,
                         const WtAccountRecord *record,
                         const char *key,
                         const char *target_key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WtSession *session;

  wt_profile_save_account_async (profile, record, key, target_key, NULL, wt_ui_test_on_done,
                                 &result);
  wt_test_wait_until (result != NULL);
  session = wt_profile_save_account_finish (profile, result, &error);
  g_assert_no_error (error);
  return session;
}

static inline WtSession *
wt_ui_test_add_account (WtProfile *profile, const char *user_id)
{
  g_autoptr (WtAccountRecord) record = wt_ui_test_make_account (user_id);

  return wt_ui_test_save_account (profile, record, "key", NULL);
}

static inline WtConversation *
wt_ui_test_add_conversation (WtSession *session, WtConversationKind kind, const char *peer_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WtConversation *conversation;

  wt_session_ensure_conversation_async (session, kind, NULL, peer_id, peer_id, NULL, NULL, NULL,
                                        wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  conversation = wt_session_ensure_conversation_finish (session, result, &error);
  g_assert_no_error (error);
  return conversation;
}

G_END_DECLS
