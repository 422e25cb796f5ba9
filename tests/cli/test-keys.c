/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */

#include <glib/gstdio.h>
#include <string.h>

#include "wt-cli-test.h"
#include "wt-profile.h"

#define WRONG "key-that-nobody-has-secret"
#define TEXT(text) "{\"type\":\"text\",\"data\":\"" text "\"}"

/* After a day's use nothing that was written, printed or logged has any byte of a key in it, but the one file for keys. */
typedef struct
{
  WtCliTest test;
  GString *said; /* all that programs printed and the server logged, and the inspector showed */
} Fixture;

static void
on_log (WtApiServer *server, const char *line, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->said, "%s\n", line);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  wt_cli_test_set_up (&fixture->test, NULL);
  fixture->test.loud = TRUE;
  fixture->said = g_string_new (NULL);
  g_signal_connect (fixture->test.server, "log", G_CALLBACK (on_log), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wt_cli_test_tear_down (&fixture->test, NULL);
  g_string_free (fixture->said, TRUE);
}

static void
keep (Fixture *fixture, WtCliChild *child, int status)
{
  wt_cli_assert_status (child, status);
  g_string_append_len (fixture->said, child->output, (gssize) child->output_length);
  g_string_append (fixture->said, child->errors);
}

#define RUN(fixture, status, ...)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (WtCliChild) child_ = wt_cli_child_run (&(fixture)->test, __VA_ARGS__, "--profile",  \
                                                      (fixture)->test.profile, NULL);              \
    keep (fixture, child_, status);                                                                \
  }                                                                                                \
  G_STMT_END

/* The sender's key is in what arrives, and in what somebody says. */
static void
talk (Fixture *fixture)
{
  WtCliTest *test = &fixture->test;
  g_autoptr (WtCliChild) listener = wt_cli_child_start (test, "listen", "--account", "Work",
                                                        "--json", "--count", "3", "--profile",
                                                        test->profile, NULL);

  wt_test_wait_until (wt_api_server_get_n_connections (test->server) == 1);
  wt_cli_test_say (test, "1", "\"Bob\"", NULL, TEXT ("good morning"));
  wt_cli_test_say (test, "2", "\"Bob\"", "\"Friends\"",
                   "{\"type\":\"image\",\"data\":\"aGVsbG8=\"}");
  wt_cli_test_say (test, "3", "\"Bob\"", NULL,
                   "{\"type\":\"dict\",\"data\":{\"api_key\":\"" BOB "\"}}");
  keep (fixture, listener, 0);
  RUN (fixture, 0, "send", "--account", "Work", "--to", "Bob", "an answer");
  wt_cli_test_set_fault (test, "drop-ack=1");
  RUN (fixture, 1, "send", "--account", "Work", "--to", "Bob", "--timeout", "1", "kept for later");
  wt_api_server_set_faults (test->server, NULL);
}

static void
look (Fixture *fixture)
{
  g_autofree char *lines = g_build_filename (fixture->test.folder, "lines", NULL);
  g_autofree char *pages = g_build_filename (fixture->test.folder, "pages", NULL);

  RUN (fixture, 0, "account", "list", "--json");
  RUN (fixture, 0, "doctor", "--account", "Work");
  RUN (fixture, 0, "history", "Bob", "--json");
  RUN (fixture, 0, "search", "morning", "--json");
  RUN (fixture, 0, "export", "--all", "--format", "jsonl", "--output", lines);
  RUN (fixture, 0, "export", "--all", "--format", "markdown", "--output", pages);
}

static void
on_frame (WtSession *session, WtFrame *frame, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->said, "frame: %s\n", wt_frame_get_json (frame));
}

/* As the window does, with the inspector open. */
static void
use_as_window (Fixture *fixture)
{
  WtCliTest *test = &fixture->test;
  g_autoptr (WtProfile) profile = wt_profile_new (test->profile);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WtSession) session = NULL;
  g_autoptr (WtConversation) conversation = NULL;
  WtSecrets *secrets = wt_profile_get_secrets (profile);
  guint acks = test->acks;

  g_object_add_weak_pointer (G_OBJECT (secrets), (gpointer *) &secrets);
  wt_profile_open_async (profile, NULL, wt_cli_test_keep_result, &result);
  wt_test_wait_until (result != NULL);
  g_assert_true (wt_profile_open_finish (profile, result, NULL));
  session = g_list_model_get_item (wt_profile_get_sessions (profile), 0);
  conversation = g_list_model_get_item (G_LIST_MODEL (wt_profile_get_conversations (profile)), 0);
  g_signal_connect (session, "frame", G_CALLBACK (on_frame), fixture);
  wt_session_set_frame_tap (session, 4096);
  wt_profile_start (profile);
  wt_test_wait_until (wt_api_server_get_n_connections (test->server) == 1);
  wt_cli_test_say (test, "4", "\"Bob\"", NULL, TEXT ("while it is open"));
  wt_test_wait_until (test->acks > acks
                      && strstr (test->received->str, "[kept for later]") != NULL);
  wt_session_set_draft (session, conversation, "half a sent");
  wt_test_wait_until (strstr (fixture->said->str, "while it is open") != NULL);
  g_signal_handlers_disconnect_by_data (session, fixture);
  wt_profile_close (profile);

  /* A key that came with a message may be on its way into its file, which must not be written again later. */
  g_clear_object (&result);
  g_clear_object (&conversation);
  g_clear_object (&session);
  g_clear_object (&profile);
  wt_test_wait_until (secrets == NULL);
}

static void
assert_no_key (const char *where, const char *text, gsize length)
{
  const char *const keys[] = { ALICE, BOB, WRONG };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *base64 = g_base64_encode ((const guchar *) keys[i],
                                                 strlen (keys[i]) / 3 * 3);

      if (memmem (text, length, keys[i], strlen (keys[i])) != NULL)
        g_error ("%s has the key “%s” in it", where, keys[i]);
      if (memmem (text, length, base64, strlen (base64)) != NULL)
        g_error ("%s has the key “%s” in it, as base64", where, keys[i]);
    }
}

static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  WtCliTest *test = &fixture->test;
  g_autofree char *secrets = g_build_filename (test->profile, "secrets.ini", NULL);
  g_autofree char *wrong = wt_cli_test_write (test, "wrong.key", WRONG "\n", -1);
  g_autofree char *kept = NULL;
  g_autofree char *whole = NULL;
  gsize length;

  RUN (fixture, 0, "account", "add", "Work", "--url", test->url, "--key-file", test->alice,
       "--target-env", "WT_TEST_BOB", "--user-id", "alice-id");
  RUN (fixture, 0, "account", "add", "Wrong", "--url", test->url, "--key-file", wrong);
  talk (fixture);
  RUN (fixture, 1, "send", "--account", "Wrong", "--to", WRONG, "in vain");
  RUN (fixture, 0, "account", "remove", "Wrong");
  look (fixture);
  use_as_window (fixture);

  /* The one place, for its owner only; and the user's own files. */
  g_assert_true (g_file_get_contents (secrets, &kept, NULL, NULL));
  wt_cli_assert_says (kept, ALICE);
  g_assert_null (strstr (kept, WRONG));
  g_unlink (secrets);
  g_unlink (test->alice);
  g_unlink (test->bob);
  g_unlink (wrong);

  whole = wt_cli_test_read_all (test->folder, &length);
  g_assert_nonnull (memmem (whole, length, "half a sent", 11));
  g_assert_nonnull (memmem (whole, length, "while it is open", 16));
  assert_no_key ("a file", whole, length);
  wt_cli_assert_says (fixture->said->str, "DEBUG");
  wt_cli_assert_says (fixture->said->str, "sys_std");
  assert_no_key ("the output", fixture->said->str, fixture->said->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/keys/nowhere", Fixture, NULL, set_up, test_nowhere, tear_down);
  return g_test_run ();
}
