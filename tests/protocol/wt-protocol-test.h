/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "wt-envelope.h"
#include "wt-json-write.h"

G_BEGIN_DECLS

/* JSON in the test sources is written with ' for ". */
static inline char *
wt_test_quote (const char *text)
{
  char *quoted = g_strdup (text);

  return g_strdelimit (quoted, "'", '"');
}

static inline GBytes *
wt_test_bytes (const char *text)
{
  g_autofree char *quoted = wt_test_quote (text);

  return g_bytes_new (quoted, strlen (quoted));
}

static inline WtJson *
wt_test_parse (const char *text)
{
  g_autoptr (GBytes) bytes = wt_test_bytes (text);
  g_autoptr (GError) error = NULL;
  WtJson *document = wt_json_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);

  return document;
}

/* The canonical form: equal for equal values, however written. */
static inline char *
wt_test_canonical (GBytes *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtJson) document = wt_json_parse (text, &error);

  g_assert_no_error (error);
  return wt_json_write_text (document, wt_json_get_root (document), WT_JSON_CANONICAL);
}

static inline void
wt_test_assert_same_json (GBytes *a, GBytes *b)
{
  g_autofree char *first = wt_test_canonical (a);
  g_autofree char *second = wt_test_canonical (b);

  g_assert_cmpstr (first, ==, second);
}

static inline char *
wt_test_bytes_to_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

/* ASCII that looks like base64 and is unlike at each offset. */
static inline char *
wt_test_make_base64 (gsize length)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char *text = g_malloc (length + 1);
  guint32 state = 1;

  for (gsize i = 0; i < length; i++)
    {
      state = state * 1664525 + 1013904223;
      text[i] = letters[state >> 26];
    }
  text[length] = '\0';

  return text;
}

G_END_DECLS
