/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtJsonKind:
 * @WT_JSON_KIND_NULL: `null`
 * @WT_JSON_KIND_BOOLEAN: `true` or `false`
 * @WT_JSON_KIND_INTEGER: a number without fraction and exponent that fits in 64 bits
 * @WT_JSON_KIND_DOUBLE: any other number
 * @WT_JSON_KIND_STRING: a string
 * @WT_JSON_KIND_ARRAY: an array
 * @WT_JSON_KIND_OBJECT: an object
 *
 * What a value is (RFC 8259, section 3).
 */
typedef enum
{
  WT_JSON_KIND_NULL,
  WT_JSON_KIND_BOOLEAN,
  WT_JSON_KIND_INTEGER,
  WT_JSON_KIND_DOUBLE,
  WT_JSON_KIND_STRING,
  WT_JSON_KIND_ARRAY,
  WT_JSON_KIND_OBJECT,
} WtJsonKind;

/**
 * WtJsonValue:
 *
 * A JSON value, with all that is in it. Reference-counted atomically: what nobody changes any more may be read by several
 * threads. Arrays and objects can be changed, by who made them; the others never change.
 *
 * JsonNode of json-glib takes three times as long to make and to free, and cannot be shared between threads.
 */
typedef struct _WtJsonValue WtJsonValue;

WtJsonValue *wt_json_value_new (WtJsonKind kind);
WtJsonValue *wt_json_value_new_boolean (gboolean boolean);
WtJsonValue *wt_json_value_new_integer (gint64 integer);
WtJsonValue *wt_json_value_new_double (double number);
WtJsonValue *wt_json_value_new_string (const char *string);
WtJsonValue *wt_json_value_new_string_len (const char *string, gsize length);
WtJsonValue *wt_json_value_ref (WtJsonValue *self);
void wt_json_value_unref (WtJsonValue *self);

gboolean wt_json_value_is (const WtJsonValue *self, WtJsonKind kind);
gboolean wt_json_value_is_number (const WtJsonValue *self);
WtJsonKind wt_json_value_get_kind (const WtJsonValue *self);
gboolean wt_json_value_get_boolean (const WtJsonValue *self);
gint64 wt_json_value_get_integer (const WtJsonValue *self);
double wt_json_value_get_double (const WtJsonValue *self);
const char *wt_json_value_get_string (const WtJsonValue *self);

guint wt_json_value_get_length (const WtJsonValue *self);
WtJsonValue *wt_json_value_get_element (const WtJsonValue *self, guint index);
void wt_json_value_append (WtJsonValue *self, WtJsonValue *element);

const char *wt_json_value_get_name (const WtJsonValue *self, guint index);
WtJsonValue *wt_json_value_get_member (const WtJsonValue *self, const char *name);
gboolean wt_json_value_has_member (const WtJsonValue *self, const char *name);
void wt_json_value_set_member (WtJsonValue *self, const char *name, WtJsonValue *member);
void wt_json_value_set_boolean (WtJsonValue *self, const char *name, gboolean boolean);
void wt_json_value_set_integer (WtJsonValue *self, const char *name, gint64 integer);
void wt_json_value_set_double (WtJsonValue *self, const char *name, double number);
void wt_json_value_set_string (WtJsonValue *self, const char *name, const char *string);
void wt_json_value_remove_member (WtJsonValue *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtJsonValue, wt_json_value_unref)

G_END_DECLS
