/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-json.h"

G_BEGIN_DECLS

/* Private to the protocol layer. Readers take the members they know out of a copy of an object; what
 * is left is what they do not know, or could not use, and is kept for the way back. */

JsonNode *wt_json_copy (WtJson *document, JsonNode *node, WtJson *target);
char *wt_json_dup_text (WtJson *document, JsonNode *node);
gboolean wt_json_get_number (JsonNode *node, double *value);

gboolean wt_json_check_object (JsonNode *node, const char *path, GError **error);
JsonObject *wt_json_get_required_object (JsonObject *object,
                                         const char *path,
                                         const char *name,
                                         GError **error);

JsonObject *wt_json_rest_new (JsonObject *object);
JsonObject *wt_json_rest_finish (WtJson *document, JsonObject *rest);
char *wt_json_take_text (WtJson *document, JsonObject *rest, const char *name);
char *wt_json_take_first_text (WtJson *document, JsonObject *rest, const char *const *names);
char *wt_json_take_required_text (WtJson *document,
                                  JsonObject *rest,
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
