/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-log.h"

static void
assert_redacted (const char *text, const char *expected)
{
  g_autofree char *redacted = wt_log_redact (text);

  g_assert_cmpstr (redacted, ==, expected);
}

static void
test_redact (void)
{
  wt_log_add_secret ("s3cret/key");
  wt_log_add_secret ("s3cret/key-longer");
  wt_log_add_secret ("abc");
  wt_log_add_secret (NULL);

  assert_redacted ("the s3cret/key is", "the ••• is");
  assert_redacted ("s3cret/key-longer", "•••");
  assert_redacted ("ws://h/ws?api_key=s3cret%2Fkey&platform=p", "ws://h/ws?api_key=•••&platform=p");
  assert_redacted ("abc", "abc");
  assert_redacted (NULL, "");

  wt_log_remove_secret ("s3cret/key-longer");
  wt_log_add_secret ("s3cret/key");
  wt_log_remove_secret ("s3cret/key");
  assert_redacted ("s3cret/key", "•••");
  wt_log_remove_secret ("s3cret/key");
  wt_log_remove_secret ("never added");
  assert_redacted ("s3cret/key", "s3cret/key");
}

static void
test_writer (void)
{
  if (g_test_subprocess ())
    {
      wt_log_init ();
      wt_log_add_secret ("hunter2hunter2");
      g_message ("key is hunter2hunter2, said once");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout_unmatched ("*hunter2*");
  g_test_trap_assert_stderr_unmatched ("*hunter2*");
  g_test_trap_assert_stderr ("*said once*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/redact", test_redact);
  g_test_add_func ("/log/writer", test_writer);
  return g_test_run ();
}
