/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a strict server drops. */

#include "wt-lint.h"

#include <string.h>

#include "wt-json-fields.h"

/* A message with a thousand wrong parts is wrong, not a thousand times as wrong. */
#define MOST_LINTS 16
#define MOST_DETAIL_BYTES 120

/**
 * wt_lint_rule_to_nick:
 * @rule: a rule
 *
 * Returns: (transfer none): its name in exports: never changed
 */
const char *
wt_lint_rule_to_nick (WtLintRule rule)
{
  static const char *const nicks[] = {
    [WT_LINT_NOT_MESSAGE] = "not-message",   [WT_LINT_NO_ENVELOPE] = "no-envelope",
    [WT_LINT_REFUSED] = "refused",           [WT_LINT_TOO_LARGE] = "too-large",
    [WT_LINT_NO_TIME] = "no-time",           [WT_LINT_NO_MESSAGE_ID] = "no-message-id",
    [WT_LINT_PLATFORM] = "platform",         [WT_LINT_NO_SENDER] = "no-sender",
    [WT_LINT_SENDER_FIELD] = "sender-field", [WT_LINT_NO_GROUP_NAME] = "no-group-name",
    [WT_LINT_NO_ROUTE] = "no-route",         [WT_LINT_ROUTING_CONFIG] = "routing-config",
    [WT_LINT_SEGMENT_KIND] = "segment-kind", [WT_LINT_SEGMENT_DATA] = "segment-data",
    [WT_LINT_NOT_BASE64] = "not-base64",     [WT_LINT_FILE] = "file",
    [WT_LINT_REPLY_PLACE] = "reply-place",   [WT_LINT_NESTED_LIST] = "nested-list",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (nicks) == WT_LINT_N_RULES);
  g_return_val_if_fail ((guint) rule < G_N_ELEMENTS (nicks), "");

  return nicks[rule];
}

static void
lint_free (gpointer data)
{
  WtLint *self = data;

  g_free (self->detail);
  g_free (self);
}

/**
 * wt_lint_list_new:
 *
 * Returns: (transfer full) (element-type WtLint): an empty list
 */
GPtrArray *
wt_lint_list_new (void)
{
  return g_ptr_array_new_with_free_func (lint_free);
}

static char *
shorten (const char *detail)
{
  gsize length = strlen (detail);

  if (length <= MOST_DETAIL_BYTES)
    return g_strdup (detail);

  for (length = MOST_DETAIL_BYTES; (detail[length] & 0xc0) == 0x80; length--)
    ;
  return g_strdup_printf ("%.*s…", (int) length, detail);
}

/**
 * wt_lint_list_add:
 * @list: (element-type WtLint): a list
 * @rule: what is wrong
 * @detail: (nullable): what it is about
 *
 * Adds a warning, once; not more than a few in all.
 */
void
wt_lint_list_add (GPtrArray *list, WtLintRule rule, const char *detail)
{
  g_autofree char *shown = detail != NULL ? shorten (detail) : NULL;
  WtLint *lint;

  for (guint i = 0; i < list->len; i++)
    {
      lint = g_ptr_array_index (list, i);
      if (lint->rule == rule && g_strcmp0 (lint->detail, shown) == 0)
        return;
    }
  if (list->len >= MOST_LINTS)
    return;

  lint = g_new0 (WtLint, 1);
  lint->rule = rule;
  lint->detail = g_steal_pointer (&shown);
  g_ptr_array_add (list, lint);
}

/* Looking into the tree */

static WtJsonValue *
get_object (WtJsonValue *parent, const char *name)
{
  WtJsonValue *node = wt_json_value_get_member (parent, name);

  return wt_json_value_is (node, WT_JSON_KIND_OBJECT) ? node : NULL;
}

static gboolean
is_text (WtJsonValue *node)
{
  return wt_json_value_is (node, WT_JSON_KIND_STRING);
}

static gboolean
is_filled (WtJsonValue *node)
{
  return is_text (node) && *wt_json_value_get_string (node) != '\0';
}

static gboolean
has_any (WtJsonValue *object, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      if (is_filled (wt_json_value_get_member (object, *names)))
        return TRUE;
    }
  return FALSE;
}

/* Strictly: the alphabet, no white space, padded. */
static gboolean
is_bare_base64 (WtJson *document, WtJsonValue *node)
{
  const char *text = is_filled (node) ? wt_json_value_get_string (node) : NULL;
  GBytes *lifted = text != NULL ? wt_json_get_lifted (document, text) : NULL;
  gsize length = text != NULL ? strlen (text) : 0;

  if (text == NULL)
    return FALSE;
  if (lifted != NULL)
    text = g_bytes_get_data (lifted, &length);
  if (length % 4 != 0)
    return FALSE;
  for (guint padding = 0; padding < 2 && text[length - 1] == '='; padding++)
    length--;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
        return FALSE;
    }
  return TRUE;
}

/* Parts */

typedef struct
{
  GPtrArray *list;
  WtJson *document;
} Walk;

static void
check_file (Walk *walk, WtJsonValue *data)
{
  static const char *const names[] = { "name", "file", "file_name", "filename", NULL };
  WtJsonValue *object = wt_json_value_is (data, WT_JSON_KIND_OBJECT) ? data : NULL;

  if (object == NULL || !has_any (object, names))
    wt_lint_list_add (walk->list, WT_LINT_FILE, NULL);
  else if (wt_json_value_has_member (object, "base64")
           && !is_bare_base64 (walk->document, wt_json_value_get_member (object, "base64")))
    wt_lint_list_add (walk->list, WT_LINT_NOT_BASE64, "file");
}

static gboolean
is_mention (WtJsonValue *data)
{
  static const char *const names[] = { "target_user_id", "qq", "user_id", "id", NULL };

  if (wt_json_value_is (data, WT_JSON_KIND_OBJECT))
    return has_any (data, names);
  return is_filled (data);
}

static void
check_part (Walk *walk, const char *kind, WtJsonValue *data, guint place)
{
  static const char *const encoded[] = { "image", "emoji", "voice", NULL };

  if (g_strv_contains (encoded, kind))
    {
      if (!is_bare_base64 (walk->document, data))
        wt_lint_list_add (walk->list, WT_LINT_NOT_BASE64, kind);
    }
  else if (strcmp (kind, "file") == 0)
    check_file (walk, data);
  else if (strcmp (kind, "reply") == 0 && is_filled (data))
    {
      if (place > 0)
        wt_lint_list_add (walk->list, WT_LINT_REPLY_PLACE, NULL);
    }
  else if ((strcmp (kind, "text") == 0 && !is_text (data))
           || (strcmp (kind, "dict") == 0 && !wt_json_value_is (data, WT_JSON_KIND_OBJECT))
           || (strcmp (kind, "at") == 0 && !is_mention (data)) || strcmp (kind, "reply") == 0)
    wt_lint_list_add (walk->list, WT_LINT_SEGMENT_DATA, kind);
  else if (strcmp (kind, "text") != 0 && strcmp (kind, "dict") != 0 && strcmp (kind, "at") != 0)
    wt_lint_list_add (walk->list, WT_LINT_SEGMENT_KIND, kind);
}

/* No deeper than one list in a list: what is in that is not looked at. */
static void
check_segment (Walk *walk, WtJsonValue *node, guint place, gboolean in_list)
{
  WtJsonValue *object = wt_json_value_is (node, WT_JSON_KIND_OBJECT) ? node : NULL;
  WtJsonValue *kind = wt_json_value_get_member (object, "type");
  WtJsonValue *data = wt_json_value_get_member (object, "data");
  WtJsonValue *array = wt_json_value_is (data, WT_JSON_KIND_ARRAY) ? data : NULL;

  if (!is_filled (kind))
    wt_lint_list_add (walk->list, WT_LINT_SEGMENT_KIND, "");
  else if (strcmp (wt_json_value_get_string (kind), "seglist") != 0)
    check_part (walk, wt_json_value_get_string (kind), data, place);
  else if (in_list)
    wt_lint_list_add (walk->list, WT_LINT_NESTED_LIST, NULL);
  else if (array == NULL || wt_json_value_get_length (array) == 0)
    wt_lint_list_add (walk->list, WT_LINT_SEGMENT_DATA, "seglist");
  else
    for (guint i = 0; i < wt_json_value_get_length (array); i++)
      check_segment (walk, wt_json_value_get_element (array, i), i, TRUE);
}

/* What is about the message as a whole */

static void
check_sender (GPtrArray *list, WtJsonValue *info)
{
  static const char *const names[] = { "user_id", "platform", "user_nickname" };
  WtJsonValue *sender = get_object (info, "sender_info");
  WtJsonValue *user = get_object (sender, "user_info");
  WtJsonValue *group = get_object (sender, "group_info");

  if (user == NULL)
    wt_lint_list_add (list, WT_LINT_NO_SENDER, NULL);
  for (guint i = 0; user != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (!is_filled (wt_json_value_get_member (user, names[i])))
        wt_lint_list_add (list, WT_LINT_SENDER_FIELD, names[i]);
    }
  if (group != NULL && wt_json_value_get_length (group) > 0
      && !is_filled (wt_json_value_get_member (group, "group_name")))
    wt_lint_list_add (list, WT_LINT_NO_GROUP_NAME, NULL);
}

static void
check_config (GPtrArray *list, WtJsonValue *config)
{
  static const char *const never[] = {
    "platform_io_account_id", "account_id",  "self_id",       "bot_account",
    "platform_io_scope",      "route_scope", "adapter_scope", "connection_id"
  };

  for (guint i = 0; config != NULL && i < G_N_ELEMENTS (never); i++)
    {
      if (wt_json_value_has_member (config, never[i]))
        wt_lint_list_add (list, WT_LINT_ROUTING_CONFIG, never[i]);
    }
}

static void
check_info (GPtrArray *list, WtJsonValue *info, const char *platform)
{
  WtJsonValue *said = info != NULL ? wt_json_value_get_member (info, "platform") : NULL;
  double time = 0;

  if (info == NULL || !wt_json_get_number (wt_json_value_get_member (info, "time"), &time)
      || is_text (wt_json_value_get_member (info, "time")) || time == 0)
    wt_lint_list_add (list, WT_LINT_NO_TIME, NULL);
  if (info == NULL || !is_filled (wt_json_value_get_member (info, "message_id")))
    wt_lint_list_add (list, WT_LINT_NO_MESSAGE_ID, NULL);
  if (platform != NULL
      && (!is_text (said) || strcmp (wt_json_value_get_string (said), platform) != 0))
    wt_lint_list_add (list, WT_LINT_PLATFORM,
                      is_text (said) ? wt_json_value_get_string (said) : NULL);
  check_sender (list, info);
  check_config (list, get_object (info, "additional_config"));
}

/**
 * wt_lint_message:
 * @list: (element-type WtLint): where warnings go
 * @document: an envelope to be sent
 * @platform: (nullable): the connection's platform, where it is known
 *
 * Looks for what makes a strict server ignore an envelope, or drop the message in it: `wire.md`, "What MaiBot accepts". Only `sys_std`
 * is looked into. Keys are neither read nor told.
 */
void
wt_lint_message (GPtrArray *list, WtJson *document, const char *platform)
{
  static const char *const required[] = { "msg_id", "type", "payload" };
  WtJsonValue *root = wt_json_get_root (document);
  WtJsonValue *envelope = wt_json_value_is (root, WT_JSON_KIND_OBJECT) ? root : NULL;
  WtJsonValue *payload = get_object (envelope, "payload");
  gboolean whole = envelope != NULL;

  for (guint i = 0; envelope != NULL && i < G_N_ELEMENTS (required); i++)
    {
      WtJsonValue *member = wt_json_value_get_member (envelope, required[i]);

      if (member != NULL
          && (i == 2 ? !wt_json_value_is (member, WT_JSON_KIND_NULL) : is_filled (member)))
        continue;
      wt_lint_list_add (list, WT_LINT_NO_ENVELOPE, required[i]);
      whole = FALSE;
    }
  if (!whole
      || strcmp (wt_json_value_get_string (wt_json_value_get_member (envelope, "type")), "sys_std")
             != 0)
    return;
  if (payload == NULL)
    {
      wt_lint_list_add (list, WT_LINT_NO_ENVELOPE, "payload");
      return;
    }

  Walk walk = { list, document };

  check_info (list, get_object (payload, "message_info"), platform);
  if (get_object (payload, "message_dim") == NULL)
    wt_lint_list_add (list, WT_LINT_NO_ROUTE, NULL);
  check_segment (&walk, wt_json_value_get_member (payload, "message_segment"), 0, FALSE);
}
