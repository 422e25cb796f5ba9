/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The log hides the keys that it was told: the first line is the key, the rest is what is logged. */

#include "wt-fuzz.h"

#include <string.h>

#include "wt-log.h"

#define SHORTEST_KEY 4

static void
check_hidden (const char *key, const char *text)
{
  g_autofree char *escaped = g_uri_escape_string (key, NULL, FALSE);
  g_autofree char *message = g_strconcat (text, key, text, "?api_key=", escaped, NULL);
  g_autofree char *shown = NULL;

  wt_log_add_secret (key);
  shown = wt_log_redact (message);
  wt_log_remove_secret (key);

  g_assert_null (strstr (shown, key));
  g_assert_null (strstr (shown, escaped));
  if (g_utf8_validate (message, -1, NULL))
    g_assert_true (g_utf8_validate (shown, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  g_autofree char *all = g_strndup (length > 0 ? (const char *) data : "", length);
  char *end = strchr (all, '\n');

  if (end == NULL || end - all < SHORTEST_KEY)
    return 0;

  *end = '\0';
  /* A key made of the dots that hide it would be found in them. */
  if (g_utf8_validate (all, -1, NULL) && strstr (all, "•") == NULL)
    check_hidden (all, end + 1);

  return 0;
}
