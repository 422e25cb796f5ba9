/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments as the database holds them: what is read is written in a form that reads the same. */

#include "wt-fuzz.h"

#include "wt-segment.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  g_autofree char *text = g_strndup (length > 0 ? (const char *) data : "", length);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSegment) segment = wt_segment_from_storage (text, &error);
  g_autoptr (WtSegment) again = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;

  if (segment == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  plain = wt_segment_to_plain_text (segment);
  g_assert_true (g_utf8_validate (plain, -1, NULL));

  once = wt_segment_to_storage (segment);
  g_assert_true (g_utf8_validate (once, -1, NULL));
  again = wt_segment_from_storage (once, &error);
  g_assert_no_error (error);
  twice = wt_segment_to_storage (again);
  g_assert_cmpstr (once, ==, twice);

  return 0;
}
