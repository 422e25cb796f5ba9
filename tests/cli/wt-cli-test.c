/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-test.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wt-envelope.h"
#include "wt-test-folder.h"

static void
on_received (WtApiServer *server,
             const char *user,
             const char *platform,
             WtEnvelope *envelope,
             gpointer data)
{
  WtCliTest *self = data;
  const WtPayload *payload = wt_envelope_get_payload (envelope);
  g_autofree char *text = payload != NULL ? wt_segment_to_plain_text (payload->segment) : NULL;

  if (text != NULL)
    g_string_append_printf (self->received, "[%s]", text);
}

static void
on_acked (WtApiServer *server,
          const char *user,
          const char *platform,
          const char *msg_id,
          gpointer data)
{
  ((WtCliTest *) data)->acks++;
}

char *
wt_cli_test_write (WtCliTest *self, const char *name, const char *contents, gssize length)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
  return path;
}

void
wt_cli_test_set_up (WtCliTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("wt-test-cli-XXXXXX", &error);
  g_assert_no_error (error);
  self->temporary = g_build_filename (self->folder, "tmp", NULL);
  g_assert_cmpint (g_mkdir (self->temporary, 0700), ==, 0);
  self->profile = g_build_filename (self->folder, "profile", NULL);
  self->alice = wt_cli_test_write (self, "alice.key", ALICE "\n", -1);
  self->bob = wt_cli_test_write (self, "bob.key", BOB "\n", -1);
  self->received = g_string_new (NULL);
  self->server = wt_api_server_new ();
  wt_api_server_add_key (self->server, ALICE, "alice");
  wt_api_server_add_key (self->server, BOB, "bob");
  g_signal_connect (self->server, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->server, "acked", G_CALLBACK (on_acked), self);
  wt_api_server_listen (self->server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  self->url = wt_api_server_get_url (self->server);
}

void
wt_cli_test_tear_down (WtCliTest *self, gconstpointer data)
{
  /* Whatever the program was asked to do, no profile of one time stays behind. */
  g_assert_cmpuint (wt_cli_test_count_files (self->temporary), ==, 0);
  wt_api_server_stop (self->server);
  g_clear_object (&self->server);
  wt_test_remove_folder (self->folder);
  g_free (self->url);
  g_free (self->folder);
  g_free (self->temporary);
  g_free (self->profile);
  g_free (self->alice);
  g_free (self->bob);
  g_string_free (self->received, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
wt_cli_test_set_fault (WtCliTest *self, const char *fault)
{
  g_autoptr (WtFaults) faults = wt_faults_new (1);
  g_autoptr (GError) error = NULL;

  wt_faults_add (faults, fault, &error);
  g_assert_no_error (error);
  wt_api_server_set_faults (self->server, faults);
}

/* Bob writes to Alice, through the server. @author, @group and @segment are JSON. */
void
wt_cli_test_say (WtCliTest *self,
                 const char *msg_id,
                 const char *author,
                 const char *group,
                 const char *segment)
{
  g_autofree char *group_info = group != NULL ? g_strdup_printf (
                                    ",\"group_info\":{\"platform\":\"p\",\"group_id\":\"g%s\","
                                    "\"group_name\":%s}",
                                    msg_id, group)
                                              : g_strdup ("");
  g_autofree char *text = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"%s\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":\"" BOB
      "\",\"platform\":"
      "\"p\",\"timestamp\":1700000000.5},\"payload\":{\"message_info\":{\"platform\":\"p\","
      "\"message_id\":"
      "\"%s\",\"time\":1700000000.5,\"sender_info\":{\"user_info\":{\"platform\":\"p\",\"user_id\":"
      "\"bob-id\",\"user_nickname\":%s}%s}},\"message_segment\":%s,\"message_dim\":{\"api_key\":"
      "\"" ALICE "\",\"platform\":\"wheatear-cli\"}}}",
      msg_id, msg_id, author, group_info, segment);
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));
  g_autoptr (GHashTable) sent = wt_api_server_send (self->server, "alice", "wheatear-cli", frame);

  g_assert_cmpuint (g_hash_table_size (sent), >=, 1);
}

guint
wt_cli_test_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
append_all (GString *all, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_string_append (all, name);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        append_all (all, path);
      else if (g_file_get_contents (path, &contents, &length, NULL))
        g_string_append_len (all, contents, (gssize) length);
    }
}

/* The names and contents of all files below a folder, one after the other. */
char *
wt_cli_test_read_all (const char *folder, gsize *length)
{
  GString *all = g_string_new (NULL);

  append_all (all, folder);
  *length = all->len;
  return g_string_free (all, FALSE);
}

/* @data is a `GAsyncResult **`. */
void
wt_cli_test_keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object ((GAsyncResult **) data, result);
}

GSubprocessLauncher *
wt_cli_child_new_launcher (WtCliTest *test, GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  g_subprocess_launcher_setenv (launcher, "TMPDIR", test->temporary, TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", test->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", test->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent",
                                TRUE);
  g_subprocess_launcher_setenv (launcher, "WT_TEST_BOB", BOB, TRUE);
  g_subprocess_launcher_setenv (launcher, "TERM", "xterm", TRUE);
  if (test->loud)
    g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  return launcher;
}

static char *
dup_text (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return length > 0 ? g_strndup (text, length) : g_strdup ("");
}

static void
on_communicated (GObject *source, GAsyncResult *result, gpointer data)
{
  WtCliChild *self = data;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) errors = NULL;

  g_assert_true (g_subprocess_communicate_finish (self->process, result, &output, &errors, NULL));
  self->output_length = g_bytes_get_size (output);
  self->output = dup_text (output);
  self->errors = dup_text (errors);
  self->ended = TRUE;
}

WtCliChild *
wt_cli_child_start_with (WtCliTest *test, const char *input, const char *const *arguments)
{
  WtCliChild *self = g_new0 (WtCliChild, 1);
  g_autoptr (GSubprocessLauncher) launcher = wt_cli_child_new_launcher (
      test, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (input != NULL ? input : "",
                                          input != NULL ? strlen (input) : 0);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (all, (gpointer) g_getenv ("WT_TEST_CLI_PROGRAM"));
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (all, (gpointer) *arguments);
  g_ptr_array_add (all, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) all->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_async (self->process, bytes, NULL, on_communicated, self);
  return self;
}

static WtCliChild *
start_list (WtCliTest *test, const char *first, va_list list)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  for (const char *next = first; next != NULL; next = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer) next);
  g_ptr_array_add (arguments, NULL);
  return wt_cli_child_start_with (test, NULL, (const char *const *) arguments->pdata);
}

WtCliChild *
wt_cli_child_start (WtCliTest *test, const char *first, ...)
{
  WtCliChild *self;
  va_list list;

  va_start (list, first);
  self = start_list (test, first, list);
  va_end (list);
  return self;
}

/* To its end, whatever that is. */
WtCliChild *
wt_cli_child_run (WtCliTest *test, const char *first, ...)
{
  WtCliChild *self;
  va_list list;

  va_start (list, first);
  self = start_list (test, first, list);
  va_end (list);
  wt_cli_child_wait (self);
  return self;
}

/* Its exit status, or -1 where it was killed. */
int
wt_cli_child_wait (WtCliChild *self)
{
  wt_test_wait_until (self->ended);
  return g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process)
                                                    : -1;
}

void
wt_cli_child_free (WtCliChild *self)
{
  if (!self->ended)
    {
      g_subprocess_force_exit (self->process);
      wt_test_wait_until (self->ended);
    }
  g_clear_object (&self->process);
  g_free (self->output);
  g_free (self->errors);
  g_free (self);
}

/* Nothing in it that a terminal obeys, but tabs and line ends. */
void
wt_cli_assert_safe (const char *text, gsize length)
{
  g_assert_true (g_utf8_validate (text, (gssize) length, NULL));
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      GUnicodeType type = g_unichar_type (c);

      if (c == '\n' || c == '\t')
        continue;
      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
          || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_error ("U+%04X in “%s”", c, text);
    }
}
