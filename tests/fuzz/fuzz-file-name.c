/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any name becomes one of a plain, visible file, and stays it. */

#include "wt-fuzz.h"

#include <string.h>

#include "wt-file-name.h"

#define MOST_BYTES 255

static void
check_character (gunichar c)
{
  g_assert_false (g_unichar_iscntrl (c));
  /* Bidirectional controls. */
  g_assert_false (c >= 0x202a && c <= 0x202e);
  g_assert_false (c >= 0x2066 && c <= 0x2069);
  g_assert_true (c >= 0x80 || strchr ("/\\:*?\"<>|", (int) c) == NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  g_autofree char *name = g_strndup (length > 0 ? (const char *) data : "", length);
  g_autofree char *safe = wt_file_name_make_safe (name, NULL);
  g_autofree char *again = wt_file_name_make_safe (safe, NULL);

  g_assert_cmpstr (safe, ==, again);
  g_assert_true (g_utf8_validate (safe, -1, NULL));
  g_assert_cmpuint (strlen (safe), >, 0);
  g_assert_cmpuint (strlen (safe), <=, MOST_BYTES);
  g_assert_cmpint (safe[0], !=, '.');
  g_assert_cmpint (safe[0], !=, '-');
  g_assert_cmpint (safe[0], !=, ' ');
  for (const char *at = safe; *at != '\0'; at = g_utf8_next_char (at))
    check_character (g_utf8_get_char (at));

  return 0;
}
