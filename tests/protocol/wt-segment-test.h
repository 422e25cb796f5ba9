/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-protocol-test.h"

G_BEGIN_DECLS

/* What was understood, in one line. */

static inline void wt_test_describe (GString *out, WtSegment *segment);

static inline void
wt_test_describe_field (GString *out, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (out, " %s=%s", name, value);
}

static inline void
wt_test_describe_media (GString *out, const WtMedia *media)
{
  wt_test_describe_field (out, "url", media->url);
  if (media->base64 != NULL)
    {
      g_autofree char *base64 = wt_test_bytes_to_text (media->base64);

      wt_test_describe_field (out, "base64", base64);
    }
  wt_test_describe_field (out, "blob", media->blob);
  wt_test_describe_field (out, "name", media->name);
  wt_test_describe_field (out, "mime", media->mime_type);
  wt_test_describe_field (out, "id", media->file_id);
  if (media->size >= 0)
    g_string_append_printf (out, " size=%" G_GINT64_FORMAT, media->size);
}

static inline void
wt_test_describe_children (GString *out, WtSegment *segment)
{
  g_string_append (out, " (");
  for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      if (wt_segment_get_kind (segment) == WT_SEGMENT_FORWARD)
        {
          const char *author = wt_segment_get_forward_author (segment, i);

          g_string_append_printf (out, "%s: ", author != NULL ? author : "?");
        }
      wt_test_describe (out, wt_segment_get_child (segment, i));
    }
  g_string_append (out, ")");
}

static inline void
wt_test_describe (GString *out, WtSegment *segment)
{
  const WtMention *mention = wt_segment_get_mention (segment);

  if (wt_segment_get_kind (segment) == WT_SEGMENT_OTHER)
    g_string_append (out, "other:");
  g_string_append (out, wt_segment_get_type_name (segment));
  wt_test_describe_field (out, "text", wt_segment_get_text (segment));
  if (wt_segment_get_media (segment) != NULL)
    wt_test_describe_media (out, wt_segment_get_media (segment));
  if (mention != NULL)
    {
      wt_test_describe_field (out, "user", mention->user_id);
      wt_test_describe_field (out, "nick", mention->nickname);
      wt_test_describe_field (out, "card", mention->cardname);
    }
  if (wt_segment_get_kind (segment) == WT_SEGMENT_SEGLIST
      || wt_segment_get_kind (segment) == WT_SEGMENT_FORWARD)
    wt_test_describe_children (out, segment);
}

static inline char *
wt_test_description (WtSegment *segment)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wt_test_describe (out, segment);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static inline WtSegment *
wt_test_read_segment (const char *text)
{
  g_autoptr (WtJson) document = wt_test_parse (text);
  g_autoptr (GError) error = NULL;
  WtSegment *segment = wt_segment_from_json (document, wt_json_get_root (document), "segment",
                                             &error);

  g_assert_no_error (error);
  g_assert_nonnull (segment);

  return segment;
}

static inline GBytes *
wt_test_write_segment (WtSegment *segment, WtDialect dialect)
{
  g_autoptr (WtJson) document = wt_json_new (NULL);
  g_autoptr (WtJsonValue) node = wt_segment_to_json (segment, dialect, document);

  return wt_json_write (document, node, WT_JSON_COMPACT);
}

static inline void
wt_test_assert_written (WtSegment *segment, WtDialect dialect, const char *expected)
{
  g_autoptr (GBytes) output = wt_test_write_segment (segment, dialect);
  g_autofree char *text = wt_test_bytes_to_text (output);
  g_autofree char *quoted = wt_test_quote (expected);

  g_assert_cmpstr (text, ==, quoted);
}

#define SEG(type, data) "{'type':'" type "','data':" data "}"
#define DICT(type, data) SEG ("dict", SEG (type, data))

G_END_DECLS
