/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-envelope.h"

#include "wt-golden.h"
#include "wt-protocol-test.h"

static void
check (const char *input_path, const char *suffix, const char *text)
{
  g_autofree char *stem = g_strndup (input_path, strlen (input_path) - strlen (".json"));
  g_autofree char *path = g_strconcat (stem, suffix, NULL);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("WT_UPDATE_GOLDEN") != NULL)
    {
      g_file_set_contents (path, line, -1, &error);
      g_assert_no_error (error);
      return;
    }

  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, expected);
}

static void
check_dialect (const char *path, WtEnvelope *envelope, WtDialect dialect)
{
  g_autofree char *suffix = g_strconcat (".", wt_dialect_to_string (dialect), NULL);
  g_autoptr (GBytes) output = wt_envelope_to_bytes (envelope, dialect);
  g_autofree char *text = wt_test_bytes_to_text (output);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) again = wt_envelope_parse (output, &error);
  g_autoptr (GBytes) again_output = NULL;

  check (path, suffix, text);

  /* What was written is read without complaint, and written the same. */
  g_assert_no_error (error);
  g_assert_no_error (wt_envelope_get_error (again));
  again_output = wt_envelope_to_bytes (again, dialect);
  g_assert_true (g_bytes_equal (again_output, output));
}

static void
test_readable (gconstpointer data)
{
  const char *path = data;
  g_autoptr (GBytes) frame = wt_golden_load (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, &error);

  g_assert_no_error (error);
  g_assert_no_error (wt_envelope_get_error (envelope));
  g_assert_cmpint (wt_envelope_wants_ack (envelope), ==,
                   !g_str_equal (wt_envelope_get_type_name (envelope), "sys_ack"));
  check_dialect (path, envelope, WT_DIALECT_GUIDE);
  check_dialect (path, envelope, WT_DIALECT_MAIBOT);
}

static const char *
name_code (int code)
{
  static const char *const names[] = { "?",       "TOO_LARGE", "TOO_DEEP", "SYNTAX",
                                       "MISSING", "TYPE",      "RANGE" };

  g_assert_cmpint (code, <, G_N_ELEMENTS (names));
  return names[code];
}

static void
test_refused (gconstpointer data)
{
  const char *path = data;
  g_autoptr (GBytes) frame = wt_golden_load (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, &error);
  const GError *reason = envelope != NULL ? wt_envelope_get_error (envelope) : error;
  g_autofree char *text = NULL;

  g_assert_nonnull (reason);
  g_assert_true (reason->domain == WT_PROTOCOL_ERROR);
  text = g_strdup_printf ("%s: %s (%s)", name_code (reason->code), reason->message,
                          envelope != NULL && wt_envelope_wants_ack (envelope) ? "ACKed"
                                                                               : "not ACKed");
  check (path, ".error", text);
}

static void
add_folder (const char *folder, GTestDataFunc function)
{
  g_autoptr (GPtrArray) paths = wt_golden_list (folder);

  g_assert_cmpuint (paths->len, >, 0);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *test = g_strdup_printf ("/golden/%s/%s", folder, name);

      g_test_add_data_func_full (test, g_strdup (path), function, g_free);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_folder ("accepted", test_readable);
  add_folder ("repaired", test_readable);
  add_folder ("refused", test_refused);

  return g_test_run ();
}
