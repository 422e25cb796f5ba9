/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes have a type, and their first 4 KiB decide it. */

#include "wt-fuzz.h"

#include <string.h>

#include "wt-sniff.h"

#define HEAD_LENGTH 4096

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  const char *type = wt_sniff_mime_type (data, length);
  const char *extension;

  g_assert_nonnull (type);
  g_assert_nonnull (strchr (type, '/'));
  extension = wt_sniff_get_extension (type);
  g_assert_cmpuint (strlen (extension), >, 0);
  g_assert_null (strpbrk (extension, "./\\"));
  g_assert_cmpstr (type, ==, wt_sniff_mime_type (data, MIN (length, HEAD_LENGTH)));
  if (wt_sniff_is_picture (type))
    g_assert_true (g_str_has_prefix (type, "image/"));

  return 0;
}
