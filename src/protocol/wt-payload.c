/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-payload.h"

#include "wt-json-fields.h"
#include "wt-segment-private.h"

#define PATH "payload"
#define FILE_NAME "file_name"

/**
 * wt_payload_new:
 * @info: (transfer full): `message_info`
 * @segment: (transfer full): `message_segment`
 * @dim_api_key: the target's key; may be empty
 * @dim_platform: the target's platform; may be empty
 *
 * Returns: (transfer full): the payload of a `sys_std` envelope
 */
WtPayload *
wt_payload_new (WtMessageInfo *info,
                WtSegment *segment,
                const char *dim_api_key,
                const char *dim_platform)
{
  WtPayload *self = NULL;

  g_return_val_if_fail (info != NULL, NULL);
  g_return_val_if_fail (segment != NULL, NULL);
  g_return_val_if_fail (dim_api_key != NULL, NULL);
  g_return_val_if_fail (dim_platform != NULL, NULL);

  self = g_new0 (WtPayload, 1);
  self->info = info;
  self->segment = segment;
  self->dim_api_key = g_strdup (dim_api_key);
  self->dim_platform = g_strdup (dim_platform);

  return self;
}

/**
 * wt_payload_free:
 * @self: (transfer full): a payload
 *
 * Frees it with all it holds.
 */
void
wt_payload_free (WtPayload *self)
{
  g_clear_pointer (&self->info, wt_message_info_free);
  g_clear_pointer (&self->segment, wt_segment_unref);
  g_clear_pointer (&self->dim_api_key, g_free);
  g_clear_pointer (&self->dim_platform, g_free);
  g_clear_pointer (&self->dim_extra, wt_json_value_unref);
  g_clear_pointer (&self->extra, wt_json_value_unref);
  g_free (self);
}

static gboolean
read_dim (WtPayload *self, WtJson *document, WtJsonValue *object, GError **error)
{
  WtJsonValue *dim = wt_json_get_required_object (object, PATH, "message_dim", error);
  WtJsonRest rest = { dim };

  if (dim == NULL)
    return FALSE;

  self->dim_api_key = wt_json_take_required_text (document, &rest, PATH ".message_dim", "api_key",
                                                  TRUE, error);
  if (self->dim_api_key == NULL)
    return FALSE;
  self->dim_platform = wt_json_take_required_text (document, &rest, PATH ".message_dim", "platform",
                                                   TRUE, error);
  if (self->dim_platform == NULL)
    return FALSE;
  self->dim_extra = wt_json_rest_copy (&rest, document);

  return TRUE;
}

/* In the guide's dialect a file's name travels beside it (`wire.md` section 3). */
static void
adopt_file_name (WtPayload *self)
{
  g_autofree char *name = wt_message_info_dup_config (self->info, FILE_NAME);
  g_autoptr (WtSegment) named = NULL;

  if (name == NULL || *name == '\0')
    return;

  named = wt_segment_with_file_name (self->segment, name);
  if (named != NULL)
    {
      g_clear_pointer (&self->segment, wt_segment_unref);
      self->segment = g_steal_pointer (&named);
    }
}

/**
 * wt_payload_from_json:
 * @document: (nullable): the document that knows the lifted strings in @node
 * @node: (nullable): the `payload` of a `sys_std` envelope
 * @error: return location for `MISSING`, `TYPE` or `RANGE`; the message names the member's path
 *
 * Reads a payload as the guide's section on required members and `wire.md` section 3 have it: in any
 * dialect, unknown members kept. The first file without a name takes that of
 * `additional_config.file_name`.
 *
 * Returns: (transfer full) (nullable): the value; it keeps the frame's bytes alive where there are
 *   lifted pictures or files, and shares nothing else with @document
 */
WtPayload *
wt_payload_from_json (WtJson *document, WtJsonValue *node, GError **error)
{
  static const char *const known[] = { "message_info", "message_segment", "message_dim" };
  g_autoptr (WtPayload) self = NULL;
  WtJsonRest rest = { NULL };

  if (!wt_json_check_object (node, PATH, error))
    return NULL;

  self = g_new0 (WtPayload, 1);
  self->info = wt_message_info_from_json (document, wt_json_value_get_member (node, "message_info"),
                                          PATH ".message_info", error);
  if (self->info == NULL)
    return NULL;

  self->segment = wt_segment_from_json (
      document, wt_json_value_get_member (node, "message_segment"), PATH ".message_segment", error);
  if (self->segment == NULL || !read_dim (self, document, node, error))
    return NULL;

  rest.object = node;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    wt_json_rest_take (&rest, known[i]);
  self->extra = wt_json_rest_copy (&rest, document);
  adopt_file_name (self);

  return g_steal_pointer (&self);
}

static WtJsonValue *
write_info (const WtPayload *self, WtDialect dialect)
{
  WtJsonValue *node = wt_message_info_to_json (self->info);
  const char *name = wt_segment_get_file_name (self->segment);

  if (dialect != WT_DIALECT_GUIDE || name == NULL)
    return node;

  if (!wt_json_value_has_member (node, "additional_config"))
    wt_json_value_set_member (node, "additional_config", wt_json_value_new (WT_JSON_KIND_OBJECT));
  if (wt_json_value_is (wt_json_value_get_member (node, "additional_config"), WT_JSON_KIND_OBJECT))
    wt_json_value_set_string (wt_json_value_get_member (node, "additional_config"), FILE_NAME,
                              name);

  return node;
}

/**
 * wt_payload_to_json:
 * @self: a payload
 * @dialect: how segments are written
 * @document: (nullable): the document that the result is for; large contents are lifted into it
 *
 * Writes a payload. In the guide's dialect the first named file's name goes to
 * `additional_config.file_name`.
 *
 * Returns: (transfer full): an object, sharing nothing with @self but the bytes of lifted contents
 */
WtJsonValue *
wt_payload_to_json (const WtPayload *self, WtDialect dialect, WtJson *document)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  WtJsonValue *dim = wt_json_value_new (WT_JSON_KIND_OBJECT);

  wt_json_value_set_member (object, "message_info", write_info (self, dialect));
  wt_json_value_set_member (object, "message_segment",
                            wt_segment_to_json (self->segment, dialect, document));
  wt_json_value_set_string (dim, "api_key", self->dim_api_key);
  wt_json_value_set_string (dim, "platform", self->dim_platform);
  wt_json_put_rest (dim, self->dim_extra);
  wt_json_value_set_member (object, "message_dim", dim);
  wt_json_put_rest (object, self->extra);

  return g_steal_pointer (&object);
}
