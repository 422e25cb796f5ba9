/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "wt-json-value.h"
#include "wt-protocol-error.h"

G_BEGIN_DECLS

/**
 * WtJson:
 *
 * A JSON document read from a peer, or about to be written to one. Strings longer than
 * %WT_JSON_LIFT_BYTES (base64 pictures and files) are *lifted*: the tree holds a short unguessable
 * token in their place, the bytes stay a slice of the frame, and nothing copies them. Immutable once
 * read, atomically reference-counted.
 */
typedef struct _WtJson WtJson;

#define WT_JSON_LIFT_BYTES 16384

WtJson *wt_json_parse (GBytes *text, GError **error);
WtJson *wt_json_new (WtJsonValue *root);
WtJson *wt_json_ref (WtJson *self);
void wt_json_unref (WtJson *self);
WtJsonValue *wt_json_get_root (WtJson *self);
char *wt_json_lift (WtJson *self, GBytes *string);
GBytes *wt_json_get_lifted (WtJson *self, const char *token);
GBytes *wt_json_to_bytes (WtJson *self);

WtJsonValue *wt_json_value_from_text (const char *text, GError **error);
char *wt_json_value_to_text (WtJsonValue *self);
char *wt_json_make_valid (const char *text, gssize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtJson, wt_json_unref)

G_END_DECLS
