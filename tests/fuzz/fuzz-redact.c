/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A key is put wherever a peer may put one in a frame; then it must not be shown. */

#include "wt-fuzz.h"

#include <string.h>

#include "wt-envelope.h"
#include "wt-json-write.h"

#define KEY "wheatear-4f1d-must-not-show"

static gboolean
is_secret_name (const char *name)
{
  return g_ascii_strcasecmp (name, "api_key") == 0 || g_ascii_strcasecmp (name, "x-apikey") == 0
         || g_ascii_strcasecmp (name, "token") == 0 || strcmp (name, "sender_user") == 0
         || strcmp (name, "target_user") == 0;
}

static void plant (WtJson *document, JsonNode *node);

static void
plant_object (WtJson *document, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);

      if (is_secret_name (name))
        json_object_set_string_member (object, name, KEY);
      else
        plant (document, json_object_get_member (object, name));
    }
  json_object_set_string_member (object, "ApiKey", KEY);
}

static void
plant (WtJson *document, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      plant_object (document, json_node_get_object (node));
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        plant (document, json_array_get_element (array, i));
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING
           && wt_json_get_lifted (document, json_node_get_string (node)) == NULL)
    {
      g_autofree char *text = g_strconcat (json_node_get_string (node), "?api_key=" KEY, NULL);

      json_node_set_string (node, text);
    }
}

static void
check_hidden (GBytes *frame)
{
  g_autofree char *compact = wt_envelope_redact (frame, FALSE);
  g_autofree char *pretty = wt_envelope_redact (frame, TRUE);
  g_autofree char *whole = wt_envelope_redact_beyond (frame, G_MAXSIZE, FALSE);

  g_assert_true (g_utf8_validate (compact, -1, NULL));
  g_assert_true (g_utf8_validate (pretty, -1, NULL));
  g_assert_true (g_utf8_validate (whole, -1, NULL));
  g_assert_null (strstr (compact, KEY));
  g_assert_null (strstr (pretty, KEY));
  g_assert_null (strstr (whole, KEY));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (WtJson) document = wt_json_parse (bytes, NULL);
  g_autofree char *before = NULL;
  g_autoptr (GBytes) frame = NULL;

  if (document == NULL)
    {
      g_autofree char *shown = wt_envelope_redact (bytes, FALSE);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
      return 0;
    }

  /* Where it stood already may be a place for words. */
  before = wt_json_write_text (document, wt_json_get_root (document), WT_JSON_COMPACT);
  if (strstr (before, KEY) != NULL || !JSON_NODE_HOLDS_OBJECT (wt_json_get_root (document)))
    return 0;

  plant (document, wt_json_get_root (document));
  frame = wt_json_to_bytes (document);
  check_hidden (frame);

  return 0;
}
