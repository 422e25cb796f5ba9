/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-demo.h"

#include "wt-ui-test.h"

#include <signal.h>

/* Stands in for the server: a shell script that gets the same arguments. */
static char *
write_script (const char *folder, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", body);
  char *path = g_build_filename (folder, "server", NULL);

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  return path;
}

typedef struct
{
  char *folder;
  char *script;
  WtDemo *demo;
  guint complete;
  guint ended;
} Fixture;

static void
on_complete (Fixture *fixture)
{
  fixture->complete++;
}

static void
on_ended (Fixture *fixture)
{
  fixture->ended++;
}

static void
set_up (Fixture *fixture, gconstpointer body)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("wheatear-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->script = write_script (fixture->folder, body);
  fixture->demo = wt_demo_new (fixture->script, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (fixture->demo, "complete", G_CALLBACK (on_complete), fixture);
  g_signal_connect_swapped (fixture->demo, "ended", G_CALLBACK (on_ended), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_strdup (wt_demo_get_folder (fixture->demo));

  /* Whatever happened, nothing is left behind. */
  wt_demo_stop (fixture->demo);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->demo);
  wt_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->script);
}

static gboolean
start (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wt_demo_start_async (fixture->demo, NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  return wt_demo_start_finish (fixture->demo, result, error);
}

static void
test_listening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtAccountRecord) record = NULL;
  g_autofree char *nested = g_build_filename (wt_demo_get_folder (fixture->demo), "a", "b", NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (wt_demo_get_folder (fixture->demo), &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_mkdir_with_parents (nested, 0700), ==, 0);

  g_assert_true (start (fixture, &error));
  g_assert_no_error (error);
  record = wt_demo_make_account (fixture->demo);
  g_assert_cmpstr (record->url, ==, "ws://127.0.0.1:1234/ws");
  wt_account_check_record (record, &error);
  g_assert_no_error (error);
  wt_test_wait_until (fixture->complete == 1);
  g_assert_true (wt_demo_get_complete (fixture->demo));
  g_assert_cmpuint (fixture->ended, ==, 0);
}

static void
test_no_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (start (fixture, &error));
  g_assert_error (error, WT_DEMO_ERROR, WT_DEMO_ERROR_ENDED);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_unlink (fixture->script);
  g_assert_false (start (fixture, &error));
  g_assert_nonnull (error);
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (start (fixture, &error));
  wt_test_wait_until (fixture->ended == 1);
}

/* The key is in no command line, where everybody on the machine could read it. */
static void
test_secret (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtAccountRecord) record = NULL;

  g_assert_true (start (fixture, &error));
  record = wt_demo_make_account (fixture->demo);
  g_assert_null (strstr (record->url, wt_demo_get_key (fixture->demo)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/demo/listening", Fixture,
              "echo listening ws://127.0.0.1:1234/ws; echo demo complete; exec sleep 60", set_up,
              test_listening, tear_down);
  g_test_add ("/ui/demo/no-start", Fixture, "echo broken >&2; exit 3", set_up, test_no_start,
              tear_down);
  g_test_add ("/ui/demo/missing", Fixture, "exit 0", set_up, test_missing, tear_down);
  g_test_add ("/ui/demo/ends", Fixture, "echo listening ws://127.0.0.1:1234/ws", set_up, test_ends,
              tear_down);
  g_test_add ("/ui/demo/secret", Fixture, "echo \"listening ws://127.0.0.1/$*\"; exec sleep 60",
              set_up, test_secret, tear_down);
  return g_test_run ();
}
