/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-json.h"

G_BEGIN_DECLS

/* Private to the protocol layer. Readers take the members they know; what
 * is left is what they do not know, or could not use, and is kept for the way back. */

WtJsonValue *wt_json_copy (WtJson *document, WtJsonValue *node, WtJson *target);
char *wt_json_dup_text (WtJson *document, WtJsonValue *node);
gboolean wt_json_get_number (WtJsonValue *node, double *value);

gboolean wt_json_check_object (WtJsonValue *node, const char *path, GError **error);
WtJsonValue *wt_json_get_required_object (WtJsonValue *object,
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
  WtJsonValue *object;
  const char *taken[WT_JSON_REST_MOST];
  guint n_taken;
} WtJsonRest;

WtJsonValue *wt_json_rest_get (const WtJsonRest *rest, const char *name);
void wt_json_rest_take (WtJsonRest *rest, const char *name);
WtJsonValue *wt_json_rest_copy (const WtJsonRest *rest, WtJson *document);
char *wt_json_take_text (WtJson *document, WtJsonRest *rest, const char *name);
char *wt_json_take_first_text (WtJson *document, WtJsonRest *rest, const char *const *names);
char *wt_json_take_required_text (WtJson *document,
                                  WtJsonRest *rest,
                                  const char *path,
                                  const char *name,
                                  gboolean may_be_empty,
                                  GError **error);

void wt_json_put_text (WtJsonValue *object, const char *name, const char *value);
void wt_json_put_object (WtJsonValue *object, const char *name, WtJsonValue *value);
void wt_json_put_rest (WtJsonValue *object, WtJsonValue *rest);
WtJsonValue *wt_json_copy_object (WtJsonValue *object);

G_END_DECLS
