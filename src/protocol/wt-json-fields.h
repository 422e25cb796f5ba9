/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-json.h"

G_BEGIN_DECLS

/* Private to the protocol layer. Readers take the members they know; what
 * is left is what they do not know, or could not use, and is kept for the way back. */

JsonNode *wt_json_copy (WtJson *document, JsonNode *node, WtJson *target);
char *wt_json_dup_text (WtJson *document, JsonNode *node);
gboolean wt_json_get_number (JsonNode *node, double *value);

gboolean wt_json_check_object (JsonNode *node, const char *path, GError **error);
JsonObject *wt_json_get_required_object (JsonObject *object,
                                         const char *path,
                                         const char *name,
                                         GError **error);

/* More than any object has that is known. */
#define WT_JSON_REST_MOST 24

/*
 * WtJsonRest:
 * @object: an object of a document
 * @taken: names of those of its members that were read
 *
 * What is left of an object. Begin with `{ object }`; there is nothing to free.
 */
typedef struct
{
  JsonObject *object;
  const char *taken[WT_JSON_REST_MOST];
  guint n_taken;
} WtJsonRest;

JsonNode *wt_json_rest_get (const WtJsonRest *rest, const char *name);
void wt_json_rest_take (WtJsonRest *rest, const char *name);
JsonObject *wt_json_rest_copy (const WtJsonRest *rest, WtJson *document);
char *wt_json_take_text (WtJson *document, WtJsonRest *rest, const char *name);
char *wt_json_take_first_text (WtJson *document, WtJsonRest *rest, const char *const *names);
char *wt_json_take_required_text (WtJson *document,
                                  WtJsonRest *rest,
                                  const char *path,
                                  const char *name,
                                  gboolean may_be_empty,
                                  GError **error);

void wt_json_put_text (JsonObject *object, const char *name, const char *value);
void wt_json_put_object (JsonObject *object, const char *name, JsonObject *value);
void wt_json_put_rest (JsonObject *object, JsonObject *rest);
JsonObject *wt_json_copy_object (JsonObject *object);
JsonNode *wt_json_object_node (JsonObject *object);

G_END_DECLS
