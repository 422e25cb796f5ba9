/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A payload, alone or within a frame: written in either dialect, it reads as what was written. */

#include "wt-fuzz.h"

#include <math.h>
#include <string.h>

#include "wt-json-write.h"
#include "wt-payload.h"
#include "wt-protocol-fuzz.h"

/* The corpus has whole frames in it. */
static WtJsonValue *
find_payload (WtJsonValue *root)
{
  WtJsonValue *inner = NULL;

  if (wt_json_value_is (root, WT_JSON_KIND_OBJECT))
    inner = wt_json_value_get_member (root, "payload");

  return inner != NULL ? inner : root;
}

static char *
write_text (const WtPayload *payload, WtDialect dialect)
{
  g_autoptr (WtJson) document = wt_json_new (NULL);
  g_autoptr (WtJsonValue) node = wt_payload_to_json (payload, dialect, document);

  return wt_json_write_text (document, node, WT_JSON_CANONICAL);
}

static WtPayload *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WtJson) document = wt_json_parse (bytes, error);

  return document != NULL ? wt_payload_from_json (document, wt_json_get_root (document), error)
                          : NULL;
}

static void
check_dialect (const WtPayload *payload, WtDialect dialect)
{
  g_autofree char *once = write_text (payload, dialect);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtPayload) again = read_text (once, &error);
  g_autofree char *twice = NULL;

  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (once, -1, NULL));
  g_assert_cmpstr (payload->dim_api_key, ==, again->dim_api_key);
  g_assert_cmpstr (payload->dim_platform, ==, again->dim_platform);
  g_assert_cmpstr (payload->info->message_id, ==, again->info->message_id);
  g_assert_cmpstr (payload->info->platform, ==, again->info->platform);
  g_assert_cmpfloat (payload->info->time, ==, again->info->time);
  if (wt_protocol_fuzz_is_cut (payload->segment, dialect))
    return;
  twice = write_text (again, dialect);
  g_assert_cmpstr (once, ==, twice);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (WtJson) document = wt_json_parse (bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtPayload) payload = NULL;

  if (document == NULL)
    return 0;

  payload = wt_payload_from_json (document, find_payload (wt_json_get_root (document)), &error);
  if (payload == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_true (isfinite (payload->info->time) && payload->info->time >= 0);
  check_dialect (payload, WT_DIALECT_GUIDE);
  check_dialect (payload, WT_DIALECT_MAIBOT);

  return 0;
}
