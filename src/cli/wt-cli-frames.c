/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-frames.h"

#include <json-glib/json-glib.h>
#include <string.h>

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

static JsonObject *
read_object (const char *text, JsonNode **root)
{
  *root = json_from_string (text, NULL);
  return *root != NULL && JSON_NODE_HOLDS_OBJECT (*root) ? json_node_get_object (*root) : NULL;
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static char *
dup_id (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  /* Peers write numbers where strings are due. */
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup (get_string (object, name));
}

/* The same id with the same payload is a repeat; all else in an envelope may differ. */
static char *
make_digest (JsonObject *envelope, const char *msg_id)
{
  JsonNode *payload = json_object_get_member (envelope, "payload");
  g_autofree char *text = payload != NULL ? json_to_string (payload, FALSE) : NULL;
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
  g_autoptr (JsonNode) root = NULL;
  JsonObject *envelope = read_object (text, &root);
  g_autofree char *msg_id = envelope != NULL ? dup_id (envelope, "msg_id") : NULL;
  g_autofree char *digest = NULL;

  if (envelope == NULL || g_strcmp0 (get_string (envelope, "type"), "sys_ack") == 0)
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
  g_autoptr (JsonNode) root = NULL;
  JsonObject *envelope = read_object (text, &root);
  JsonNode *meta = envelope != NULL ? json_object_get_member (envelope, "meta") : NULL;
  const char *acked = meta != NULL && JSON_NODE_HOLDS_OBJECT (meta)
                          ? get_string (json_node_get_object (meta), "acked_msg_id")
                          : NULL;

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
