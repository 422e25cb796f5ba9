/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A segment, alone or within a frame: written in either dialect, it reads as what was written. */

#include "wt-fuzz.h"

#include <string.h>

#include "wt-json-write.h"
#include "wt-protocol-fuzz.h"
#include "wt-segment.h"

static WtJsonValue *
get_member (WtJsonValue *node, const char *name)
{
  if (!wt_json_value_is (node, WT_JSON_KIND_OBJECT))
    return NULL;

  return wt_json_value_get_member (node, name);
}

/* The corpus has whole frames in it. */
static WtJsonValue *
find_segment (WtJsonValue *root)
{
  WtJsonValue *inner = get_member (get_member (root, "payload"), "message_segment");

  return inner != NULL ? inner : root;
}

static WtMedia *
copy_media (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  return wt_media_copy (media);
}

static char *
write_text (WtSegment *segment, WtDialect dialect)
{
  g_autoptr (WtJson) document = wt_json_new (NULL);
  g_autoptr (WtJsonValue) node = wt_segment_to_json (segment, dialect, document);

  return wt_json_write_text (document, node, WT_JSON_CANONICAL);
}

static WtSegment *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WtJson) document = wt_json_parse (bytes, error);

  if (document == NULL)
    return NULL;

  return wt_segment_from_json (document, wt_json_get_root (document), "segment", error);
}

static void
check_dialect (WtSegment *segment, WtDialect dialect)
{
  g_autofree char *once = write_text (segment, dialect);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSegment) again = read_text (once, &error);
  g_autofree char *twice = NULL;

  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (once, -1, NULL));
  if (wt_protocol_fuzz_is_cut (segment, dialect))
    return;
  twice = write_text (again, dialect);
  g_assert_cmpstr (once, ==, twice);
}

/* With copies of its media it stays what it is. */
static void
check_map (WtSegment *segment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSegment) mapped = wt_segment_map_media (segment, copy_media, NULL, &error);
  g_autofree char *before = wt_segment_to_storage (segment);
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  after = wt_segment_to_storage (mapped);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (wt_segment_has_base64 (segment), ==, wt_segment_has_base64 (mapped));
}

static void
check_storage (WtSegment *segment)
{
  g_autofree char *once = wt_segment_to_storage (segment);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSegment) restored = wt_segment_from_storage (once, &error);
  g_autofree char *twice = NULL;

  g_assert_no_error (error);
  twice = wt_segment_to_storage (restored);
  g_assert_cmpstr (once, ==, twice);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (WtJson) document = wt_json_parse (bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSegment) segment = NULL;
  g_autofree char *plain = NULL;

  if (document == NULL)
    return 0;

  segment = wt_segment_from_json (document, find_segment (wt_json_get_root (document)), "segment",
                                  &error);
  if (segment == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  plain = wt_segment_to_plain_text (segment);
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  check_dialect (segment, WT_DIALECT_GUIDE);
  check_dialect (segment, WT_DIALECT_MAIBOT);
  check_map (segment);
  check_storage (segment);

  return 0;
}
