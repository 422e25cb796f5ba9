/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-json.h"

G_BEGIN_DECLS

/* Private to the protocol layer. */

/**
 * WtJsonStyle:
 * @WT_JSON_COMPACT: no white space, members in their order
 * @WT_JSON_PRETTY: indented by two spaces, for people
 * @WT_JSON_CANONICAL: as compact, members sorted, equal numbers written alike
 *
 * How JSON is written.
 */
typedef enum
{
  WT_JSON_COMPACT,
  WT_JSON_PRETTY,
  WT_JSON_CANONICAL,
} WtJsonStyle;

GBytes *wt_json_write (WtJson *document, WtJsonValue *node, WtJsonStyle style);
char *wt_json_write_text (WtJson *document, WtJsonValue *node, WtJsonStyle style);
char *wt_json_digest (WtJson *document, WtJsonValue *node);
void wt_json_append_string (GString *out, const char *text);
void wt_json_append_double (GString *out, double value);

G_END_DECLS
