/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-frames.h"

#include <string.h>

#include "wt-json.h"

/* Repeats come soon or never. */
#define MOST_REMEMBERED 4096

struct _WtCliFrames
{
  GHashTable *shown;   /* digests */
  GQueue order;        /* of the digests in @shown, borrowed, oldest first */
  GHashTable *unacked; /* `msg_id`s */
};

/**
 * wt_cli_frames_new:
 *
 * Returns: (transfer full): nothing shown yet
 */
WtCliFrames *
wt_cli_frames_new (void)
{
  WtCliFrames *self = g_new0 (WtCliFrames, 1);

  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unacked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->order);
  return self;
}

/**
 * wt_cli_frames_free:
 * @self: (transfer full): what was shown
 */
void
wt_cli_frames_free (WtCliFrames *self)
{
  g_queue_clear (&self->order);
  g_hash_table_unref (self->shown);
  g_hash_table_unref (self->unacked);
  g_free (self);
}

static const char *
get_string (WtJsonValue *object, const char *name)
{
  return wt_json_value_get_string (wt_json_value_get_member (object, name));
}

static char *
dup_id (WtJsonValue *object, const char *name)
{
  WtJsonValue *node = wt_json_value_get_member (object, name);

  /* Peers write numbers where strings are due. */
  if (wt_json_value_is (node, WT_JSON_KIND_INTEGER))
    return g_strdup_printf ("%" G_GINT64_FORMAT, wt_json_value_get_integer (node));
  return g_strdup (get_string (object, name));
}

/* The same id with the same payload is a repeat; all else in an envelope may differ. */
static char *
make_digest (WtJsonValue *envelope, const char *msg_id)
{
  WtJsonValue *payload = wt_json_value_get_member (envelope, "payload");
  g_autofree char *text = payload != NULL ? wt_json_value_to_text (payload) : NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (checksum, (const guchar *) msg_id, (gssize) strlen (msg_id) + 1);
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
remember (WtCliFrames *self, char *digest)
{
  g_hash_table_add (self->shown, digest);
  g_queue_push_tail (&self->order, digest);
  if (self->order.length > MOST_REMEMBERED)
    g_hash_table_remove (self->shown, g_queue_pop_head (&self->order));
}

/**
 * wt_cli_frames_take_received:
 * @self: what was shown
 * @text: a received frame, as wt_envelope_redact_beyond() writes it
 *
 * Returns: whether it is to be shown: an envelope that is neither an ACK nor a repeat
 */
gboolean
wt_cli_frames_take_received (WtCliFrames *self, const char *text)
{
  g_autoptr (WtJsonValue) envelope = wt_json_value_from_text (text, NULL);
  g_autofree char *msg_id = dup_id (envelope, "msg_id");
  g_autofree char *digest = NULL;

  if (!wt_json_value_is (envelope, WT_JSON_KIND_OBJECT)
      || g_strcmp0 (get_string (envelope, "type"), "sys_ack") == 0)
    return FALSE;
  if (msg_id == NULL)
    return TRUE;

  g_hash_table_add (self->unacked, g_strdup (msg_id));
  digest = make_digest (envelope, msg_id);
  if (g_hash_table_contains (self->shown, digest))
    return FALSE;
  remember (self, g_steal_pointer (&digest));
  return TRUE;
}

/**
 * wt_cli_frames_take_sent:
 * @self: what was shown
 * @text: a frame that was sent
 */
void
wt_cli_frames_take_sent (WtCliFrames *self, const char *text)
{
  g_autoptr (WtJsonValue) envelope = wt_json_value_from_text (text, NULL);
  const char *acked = get_string (wt_json_value_get_member (envelope, "meta"), "acked_msg_id");

  if (acked != NULL)
    g_hash_table_remove (self->unacked, acked);
}

/**
 * wt_cli_frames_get_unacked:
 * @self: what was shown
 *
 * Returns: how many frames were received whose ACK was not sent
 */
guint
wt_cli_frames_get_unacked (WtCliFrames *self)
{
  return g_hash_table_size (self->unacked);
}
