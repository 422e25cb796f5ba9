/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold for any bytes at all. Plain functions, for tests with mutations and for libFuzzer. */

#include "wt-protocol-fuzz.h"

#include <math.h>
#include <string.h>

#include "wt-envelope.h"
#include "wt-json-write.h"

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_name (const char *text)
{
  check_text (text);
  g_assert_true (text == NULL || strlen (text) <= WT_PROTOCOL_MAX_NAME_BYTES);
}

static void
check_media (const WtMedia *media)
{
  check_text (media->url);
  g_assert_true (media->url == NULL || g_ascii_strncasecmp (media->url, "http", 4) == 0);
  check_name (media->name);
  check_name (media->mime_type);
  check_name (media->file_id);
  g_assert_cmpint (media->size, >=, -1);
}

static void
check_segment (WtSegment *segment, guint depth)
{
  const WtMention *mention = wt_segment_get_mention (segment);

  g_assert_cmpuint (depth, <=, WT_PROTOCOL_MAX_SEGMENT_DEPTH);
  check_name (wt_segment_get_type_name (segment));
  check_text (wt_segment_get_text (segment));
  if (wt_segment_get_media (segment) != NULL)
    check_media (wt_segment_get_media (segment));
  if (mention != NULL)
    {
      g_assert_nonnull (mention->user_id);
      check_name (mention->user_id);
      check_name (mention->nickname);
      check_name (mention->cardname);
    }
  for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
    {
      if (wt_segment_get_kind (segment) == WT_SEGMENT_FORWARD)
        check_name (wt_segment_get_forward_author (segment, i));
      check_segment (wt_segment_get_child (segment, i), depth + 1);
    }
}

static void
check_stored (WtSegment *segment)
{
  g_autofree char *storage = wt_segment_to_storage (segment);
  g_autofree char *plain = wt_segment_to_plain_text (segment);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSegment) restored = wt_segment_from_storage (storage, &error);

  check_text (storage);
  check_text (plain);
  g_assert_no_error (error);
  check_segment (restored, 0);
  again = wt_segment_to_storage (restored);
  g_assert_cmpstr (storage, ==, again);
}

static void
check_party (const WtParty *party)
{
  if (party != NULL && party->user != NULL)
    {
      check_name (party->user->platform);
      check_name (party->user->user_id);
      check_name (party->user->nickname);
      check_name (party->user->cardname);
    }
  if (party != NULL && party->group != NULL)
    {
      check_name (party->group->platform);
      check_name (party->group->group_id);
      check_name (party->group->group_name);
    }
}

static void
check_payload (const WtPayload *payload)
{
  check_name (payload->info->platform);
  check_name (payload->info->message_id);
  g_assert_true (isfinite (payload->info->time) && payload->info->time >= 0);
  check_party (payload->info->sender);
  check_party (payload->info->receiver);
  check_name (payload->dim_api_key);
  check_name (payload->dim_platform);
  check_segment (payload->segment, 0);
  check_stored (payload->segment);
}

static char *
canonical (GBytes *text)
{
  g_autoptr (WtJson) document = wt_json_parse (text, NULL);

  return wt_json_write_text (document, wt_json_get_root (document), WT_JSON_CANONICAL);
}

static guint
get_depth (WtSegment *segment)
{
  guint deepest = 0;

  for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
    deepest = MAX (deepest, 1 + get_depth (wt_segment_get_child (segment, i)));

  return deepest;
}

/**
 * wt_protocol_fuzz_is_cut:
 * @segment: a segment that was read
 * @dialect: how it is to be written
 *
 * Returns: whether lists in it may be nested too deep to be understood, and less deep, hence
 *   understood, once the lists around them are written as one
 */
gboolean
wt_protocol_fuzz_is_cut (WtSegment *segment, WtDialect dialect)
{
  return dialect == WT_DIALECT_MAIBOT && get_depth (segment) >= WT_PROTOCOL_MAX_SEGMENT_DEPTH;
}

/* Written once and read again, it stays what it is. */
static void
check_written (WtEnvelope *envelope, WtDialect dialect)
{
  g_autoptr (GBytes) once = wt_envelope_to_bytes (envelope, dialect);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) again = wt_envelope_parse (once, &error);
  g_autoptr (GBytes) twice = NULL;

  g_assert_no_error (error);
  if (wt_envelope_get_payload (envelope) != NULL
      && wt_protocol_fuzz_is_cut (wt_envelope_get_payload (envelope)->segment, dialect))
    return;
  g_assert_cmpstr (wt_envelope_get_msg_id (envelope), ==, wt_envelope_get_msg_id (again));
  g_assert_cmpint (wt_envelope_get_error (envelope) == NULL, ==,
                   wt_envelope_get_error (again) == NULL);
  twice = wt_envelope_to_bytes (again, dialect);
  if (!g_bytes_equal (once, twice))
    {
      /* Unknown members may change places with known ones. */
      g_autofree char *first = canonical (once);
      g_autofree char *second = canonical (twice);

      g_assert_cmpstr (first, ==, second);
    }
}

/**
 * wt_protocol_fuzz_envelope:
 * @data: any bytes
 * @length: how many
 *
 * Reads them as a frame and aborts when something does not hold.
 */
void
wt_protocol_fuzz_envelope (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) frame = g_bytes_new (data, length);
  g_autofree char *shown = wt_envelope_redact (frame, (length & 1) != 0);
  g_autofree char *valid = wt_json_make_valid ((const char *) data, (gssize) length);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, &error);

  check_text (shown);
  check_text (valid);
  if (envelope == NULL)
    {
      g_assert_nonnull (error);
      check_text (error->message);
      return;
    }

  check_name (wt_envelope_get_msg_id (envelope));
  check_name (wt_envelope_get_type_name (envelope));
  check_name (wt_envelope_get_sender_user (envelope));
  check_name (wt_envelope_get_target_user (envelope));
  check_name (wt_envelope_get_acked_msg_id (envelope));
  g_assert_true (isfinite (wt_envelope_get_timestamp (envelope)));
  g_assert_cmpuint (strlen (wt_envelope_get_digest (envelope)), ==, 32);
  if (wt_envelope_get_payload (envelope) != NULL)
    check_payload (wt_envelope_get_payload (envelope));
  check_written (envelope, WT_DIALECT_GUIDE);
  check_written (envelope, WT_DIALECT_MAIBOT);
}

/**
 * wt_protocol_fuzz_storage:
 * @data: any bytes
 * @length: how many
 *
 * Reads them as a stored segment and aborts when something does not hold.
 */
void
wt_protocol_fuzz_storage (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup (length > 0 ? (const char *) data : "", length);
  g_autoptr (WtSegment) segment = wt_segment_from_storage (text, NULL);

  if (segment != NULL)
    {
      g_autofree char *plain = wt_segment_to_plain_text (segment);
      g_autofree char *storage = wt_segment_to_storage (segment);

      check_text (plain);
      check_text (storage);
    }
}
