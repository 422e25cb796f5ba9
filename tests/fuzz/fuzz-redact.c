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

/* A copy with the key wherever it must not be seen. Tokens stay what they are. */
static WtJsonValue *
plant (WtJson *document, WtJsonValue *value)
{
  const char *text = wt_json_value_get_string (value);
  WtJsonKind kind = wt_json_value_get_kind (value);
  WtJsonValue *copy;

  if (text != NULL && wt_json_get_lifted (document, text) == NULL)
    {
      g_autofree char *planted = g_strconcat (text, "?api_key=" KEY, NULL);

      return wt_json_value_new_string (planted);
    }
  if (kind != WT_JSON_KIND_ARRAY && kind != WT_JSON_KIND_OBJECT)
    return wt_json_value_ref (value);

  copy = wt_json_value_new (kind);
  for (guint i = 0; i < wt_json_value_get_length (value); i++)
    {
      WtJsonValue *element = wt_json_value_get_element (value, i);

      if (kind == WT_JSON_KIND_ARRAY)
        wt_json_value_append (copy, plant (document, element));
      else if (is_secret_name (wt_json_value_get_name (value, i)))
        wt_json_value_set_string (copy, wt_json_value_get_name (value, i), KEY);
      else
        wt_json_value_set_member (copy, wt_json_value_get_name (value, i),
                                  plant (document, element));
    }
  if (kind == WT_JSON_KIND_OBJECT)
    wt_json_value_set_string (copy, "ApiKey", KEY);
  return copy;
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
  g_autoptr (WtJsonValue) planted = NULL;
  g_autoptr (GBytes) frame = NULL;

  if (document == NULL)
    {
      g_autofree char *shown = wt_envelope_redact (bytes, FALSE);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
      return 0;
    }

  /* Where it stood already may be a place for words. */
  before = wt_json_write_text (document, wt_json_get_root (document), WT_JSON_COMPACT);
  if (strstr (before, KEY) != NULL
      || !wt_json_value_is (wt_json_get_root (document), WT_JSON_KIND_OBJECT))
    return 0;

  planted = plant (document, wt_json_get_root (document));
  frame = wt_json_write (document, planted, WT_JSON_COMPACT);
  check_hidden (frame);

  return 0;
}
