/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the protocol layer. */

/**
 * WtJsonStringFlags:
 * @WT_JSON_STRING_SLASH: has the escape `\/`
 * @WT_JSON_STRING_ESCAPE: has another escape of one letter
 * @WT_JSON_STRING_UNICODE: has an escape of the form `\uXXXX`
 * @WT_JSON_STRING_CONTROL: has a raw control character or NUL, which JSON forbids
 * @WT_JSON_STRING_WIDE: has bytes beyond ASCII, perhaps no UTF-8
 *
 * What the body of a JSON string is made of, beyond plain ASCII.
 */
typedef enum
{
  WT_JSON_STRING_SLASH = 1 << 0,
  WT_JSON_STRING_ESCAPE = 1 << 1,
  WT_JSON_STRING_UNICODE = 1 << 2,
  WT_JSON_STRING_CONTROL = 1 << 3,
  WT_JSON_STRING_WIDE = 1 << 4,
} WtJsonStringFlags;

const guint8 *wt_json_string_measure (const guint8 *text,
                                      const guint8 *end,
                                      WtJsonStringFlags *flags,
                                      const char **problem);
gboolean wt_json_string_is_sound (const guint8 *text, const guint8 *end, WtJsonStringFlags flags);
void wt_json_string_decode (const guint8 *text, const guint8 *end, GString *out);
gboolean wt_json_string_is_plain (const guint8 *text, gsize length);

G_END_DECLS
