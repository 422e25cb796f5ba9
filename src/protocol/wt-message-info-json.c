/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-message-info.h"

#include <math.h>

#include "wt-json-fields.h"

/* Beyond the year 30 000; catches milliseconds for seconds only where they are hopeless. */
#define END_OF_TIME 1e12

/* An optional object: null is taken and means absent; what is no object stays in @rest. */
static WtJsonValue *
take_object (WtJsonRest *rest, const char *name)
{
  WtJsonValue *member = wt_json_rest_get (rest, name);

  if (member == NULL)
    return NULL;

  if (wt_json_value_is (member, WT_JSON_KIND_OBJECT)
      || wt_json_value_is (member, WT_JSON_KIND_NULL))
    wt_json_rest_take (rest, name);
  return wt_json_value_is (member, WT_JSON_KIND_OBJECT) ? member : NULL;
}

static WtJsonValue *
take_object_copy (WtJson *document, WtJsonRest *rest, const char *name)
{
  WtJsonRest all = { take_object (rest, name) };
  WtJsonValue *copy = all.object != NULL ? wt_json_rest_copy (&all, document) : NULL;

  return all.object != NULL && copy == NULL ? wt_json_value_new (WT_JSON_KIND_OBJECT) : copy;
}

static WtUserInfo *
read_user (WtJson *document, WtJsonValue *object)
{
  WtJsonRest rest = { object };
  g_autoptr (WtUserInfo) self = wt_user_info_new (NULL, NULL, NULL, NULL);

  self->platform = wt_json_take_text (document, &rest, "platform");
  self->user_id = wt_json_take_text (document, &rest, "user_id");
  self->nickname = wt_json_take_text (document, &rest, "user_nickname");
  self->cardname = wt_json_take_text (document, &rest, "user_cardname");
  self->extra = wt_json_rest_copy (&rest, document);

  return g_steal_pointer (&self);
}

static WtGroupInfo *
read_group (WtJson *document, WtJsonValue *object)
{
  WtJsonRest rest = { object };
  g_autoptr (WtGroupInfo) self = wt_group_info_new (NULL, NULL, NULL);

  self->platform = wt_json_take_text (document, &rest, "platform");
  self->group_id = wt_json_take_text (document, &rest, "group_id");
  self->group_name = wt_json_take_text (document, &rest, "group_name");
  self->extra = wt_json_rest_copy (&rest, document);

  return g_steal_pointer (&self);
}

static WtParty *
take_party (WtJson *document, WtJsonRest *from, const char *name)
{
  WtJsonRest rest = { take_object (from, name) };
  WtJsonValue *user, *group;
  WtParty *self = NULL;

  if (rest.object == NULL)
    return NULL;

  user = take_object (&rest, "user_info");
  group = take_object (&rest, "group_info");
  self = wt_party_new (user != NULL ? read_user (document, user) : NULL,
                       group != NULL ? read_group (document, group) : NULL);
  self->extra = wt_json_rest_copy (&rest, document);

  return self;
}

/* A list of strings; one string is taken for a list of one. */
static GStrv
take_list (WtJson *document, WtJsonRest *rest, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *single = wt_json_take_text (document, rest, name);
  WtJsonValue *member = wt_json_rest_get (rest, name);

  if (single != NULL)
    {
      g_strv_builder_add (builder, single);
      return g_strv_builder_end (builder);
    }

  if (!wt_json_value_is (member, WT_JSON_KIND_ARRAY))
    return NULL;

  for (guint i = 0; i < wt_json_value_get_length (member); i++)
    {
      g_autofree char *text = wt_json_dup_text (document, wt_json_value_get_element (member, i));

      if (text == NULL)
        return NULL;
      g_strv_builder_add (builder, text);
    }
  wt_json_rest_take (rest, name);

  return g_strv_builder_end (builder);
}

static WtFormatInfo *
take_format (WtJson *document, WtJsonRest *from)
{
  WtJsonRest rest = { take_object (from, "format_info") };
  WtFormatInfo *self = NULL;

  if (rest.object == NULL)
    return NULL;

  self = g_new0 (WtFormatInfo, 1);
  self->content_format = take_list (document, &rest, "content_format");
  self->accept_format = take_list (document, &rest, "accept_format");
  self->extra = wt_json_rest_copy (&rest, document);

  return self;
}

static WtTemplateInfo *
take_template (WtJson *document, WtJsonRest *from)
{
  WtJsonRest rest = { take_object (from, "template_info") };
  WtTemplateInfo *self = NULL;
  WtJsonValue *is_default;

  if (rest.object == NULL)
    return NULL;

  self = g_new0 (WtTemplateInfo, 1);
  self->items = take_object_copy (document, &rest, "template_items");
  self->name = wt_json_take_text (document, &rest, "template_name");

  is_default = wt_json_rest_get (&rest, "template_default");
  if (wt_json_value_is (is_default, WT_JSON_KIND_BOOLEAN))
    {
      self->has_default = TRUE;
      self->is_default = wt_json_value_get_boolean (is_default);
      wt_json_rest_take (&rest, "template_default");
    }
  self->extra = wt_json_rest_copy (&rest, document);

  return self;
}

static gboolean
take_time (WtJsonRest *rest, const char *path, double *time, GError **error)
{
  WtJsonValue *member = wt_json_rest_get (rest, "time");

  if (member == NULL || wt_json_value_is (member, WT_JSON_KIND_NULL))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING, "%s.time is missing", path);
      return FALSE;
    }

  if (!wt_json_get_number (member, time))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_TYPE, "%s.time is not a number",
                   path);
      return FALSE;
    }

  if (!isfinite (*time) || *time < 0 || *time >= END_OF_TIME)
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_RANGE, "%s.time is out of range",
                   path);
      return FALSE;
    }

  wt_json_rest_take (rest, "time");
  return TRUE;
}

/**
 * wt_message_info_from_json:
 * @document: (nullable): the document that knows the lifted strings in @node
 * @node: (nullable): a `message_info`
 * @path: where it stands, for errors: `payload.message_info`
 * @error: return location for `MISSING`, `TYPE` or `RANGE`; the message names the member's path
 *
 * Reads the guide's `message_info`. `platform`, `message_id` and `time` are required; a number will
 * do for any string, a string for the time (`wire.md` section 2), which is from 0 to below 1e12.
 * Optional members that cannot be used are kept in `extra` and otherwise as if absent, as null is.
 *
 * Returns: (transfer full) (nullable): the value, sharing nothing with @node
 */
WtMessageInfo *
wt_message_info_from_json (WtJson *document, WtJsonValue *node, const char *path, GError **error)
{
  g_autoptr (WtMessageInfo) self = NULL;
  WtJsonRest rest = { NULL };
  g_autofree char *platform = NULL;
  g_autofree char *message_id = NULL;
  double time = 0;

  if (!wt_json_check_object (node, path, error))
    return NULL;

  rest.object = node;
  platform = wt_json_take_required_text (document, &rest, path, "platform", TRUE, error);
  if (platform == NULL)
    return NULL;
  message_id = wt_json_take_required_text (document, &rest, path, "message_id", TRUE, error);
  if (message_id == NULL || !take_time (&rest, path, &time, error))
    return NULL;

  self = wt_message_info_new (platform, message_id, time);
  self->sender = take_party (document, &rest, "sender_info");
  self->receiver = take_party (document, &rest, "receiver_info");
  self->format = take_format (document, &rest);
  self->template_info = take_template (document, &rest);
  self->additional_config = take_object_copy (document, &rest, "additional_config");
  self->extra = wt_json_rest_copy (&rest, document);

  return g_steal_pointer (&self);
}

static WtJsonValue *
write_user (const WtUserInfo *self)
{
  WtJsonValue *object = NULL;

  if (self == NULL)
    return NULL;

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  wt_json_put_text (object, "platform", self->platform);
  wt_json_put_text (object, "user_id", self->user_id);
  wt_json_put_text (object, "user_nickname", self->nickname);
  wt_json_put_text (object, "user_cardname", self->cardname);
  wt_json_put_rest (object, self->extra);

  return object;
}

static WtJsonValue *
write_group (const WtGroupInfo *self)
{
  WtJsonValue *object = NULL;

  if (self == NULL)
    return NULL;

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  wt_json_put_text (object, "platform", self->platform);
  wt_json_put_text (object, "group_id", self->group_id);
  wt_json_put_text (object, "group_name", self->group_name);
  wt_json_put_rest (object, self->extra);

  return object;
}

static WtJsonValue *
write_party (const WtParty *self)
{
  WtJsonValue *object = NULL;

  if (self == NULL)
    return NULL;

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  wt_json_put_object (object, "user_info", write_user (self->user));
  wt_json_put_object (object, "group_info", write_group (self->group));
  wt_json_put_rest (object, self->extra);

  return object;
}

static void
put_list (WtJsonValue *object, const char *name, const char *const *list)
{
  WtJsonValue *array = NULL;

  if (list == NULL)
    return;

  array = wt_json_value_new (WT_JSON_KIND_ARRAY);
  for (guint i = 0; list[i] != NULL; i++)
    wt_json_value_append (array, wt_json_value_new_string (list[i]));
  wt_json_value_set_member (object, name, array);
}

static WtJsonValue *
write_format (const WtFormatInfo *self)
{
  WtJsonValue *object = NULL;

  if (self == NULL)
    return NULL;

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  put_list (object, "content_format", (const char *const *) self->content_format);
  put_list (object, "accept_format", (const char *const *) self->accept_format);
  wt_json_put_rest (object, self->extra);

  return object;
}

static WtJsonValue *
write_template (const WtTemplateInfo *self)
{
  WtJsonValue *object = NULL;

  if (self == NULL)
    return NULL;

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  wt_json_put_object (object, "template_items", wt_json_copy_object (self->items));
  wt_json_put_text (object, "template_name", self->name);
  if (self->has_default)
    wt_json_value_set_boolean (object, "template_default", self->is_default);
  wt_json_put_rest (object, self->extra);

  return object;
}

/**
 * wt_message_info_to_json:
 * @self: a message's info
 *
 * Writes the guide's `message_info`, unknown members included; absent ones are left out.
 *
 * Returns: (transfer full): an object, sharing nothing with @self
 */
WtJsonValue *
wt_message_info_to_json (const WtMessageInfo *self)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  g_return_val_if_fail (self != NULL, NULL);

  wt_json_put_text (object, "platform", self->platform);
  wt_json_put_text (object, "message_id", self->message_id);
  wt_json_value_set_double (object, "time", self->time);
  wt_json_put_object (object, "sender_info", write_party (self->sender));
  wt_json_put_object (object, "receiver_info", write_party (self->receiver));
  wt_json_put_object (object, "format_info", write_format (self->format));
  wt_json_put_object (object, "template_info", write_template (self->template_info));
  wt_json_put_object (object, "additional_config", wt_json_copy_object (self->additional_config));
  wt_json_put_rest (object, self->extra);

  return g_steal_pointer (&object);
}
