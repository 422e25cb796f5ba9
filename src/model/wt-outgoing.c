/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-outgoing.h"

#include <string.h>

/**
 * wt_outgoing_new:
 * @message: the message as stored; copied
 *
 * Returns: (transfer full): an outgoing message whose other members are to be filled in
 */
WtOutgoing *
wt_outgoing_new (const WtMessageRecord *message)
{
  WtOutgoing *self = g_new0 (WtOutgoing, 1);

  self->message = wt_message_record_copy (message);
  return self;
}

/**
 * wt_outgoing_copy:
 * @self: an outgoing message
 *
 * Returns: (transfer full): a copy that shares nothing with it
 */
WtOutgoing *
wt_outgoing_copy (const WtOutgoing *self)
{
  WtOutgoing *copy = wt_outgoing_new (self->message);

  copy->kind = self->kind;
  copy->peer_id = g_strdup (self->peer_id);
  copy->peer_platform = g_strdup (self->peer_platform);
  copy->title = g_strdup (self->title);
  copy->platform = g_strdup (self->platform);
  copy->api_key = g_strdup (self->api_key);
  copy->target_key = g_strdup (self->target_key);
  copy->target_platform = g_strdup (self->target_platform);
  copy->dialect = self->dialect;
  return copy;
}

/**
 * wt_outgoing_free:
 * @self: (transfer full): an outgoing message
 */
void
wt_outgoing_free (WtOutgoing *self)
{
  wt_message_record_free (self->message);
  g_free (self->peer_id);
  g_free (self->peer_platform);
  g_free (self->title);
  g_free (self->platform);
  g_free (self->api_key);
  g_free (self->target_key);
  g_free (self->target_platform);
  g_free (self);
}

/**
 * wt_outgoing_has_blobs:
 * @self: an outgoing message
 *
 * Returns: whether wt_outgoing_make_frame() has to read and encode files, and so must not run where that would be felt
 */
gboolean
wt_outgoing_has_blobs (const WtOutgoing *self)
{
  return self->message->segments != NULL && strstr (self->message->segments, "\"blob\"") != NULL;
}

static WtMedia *
load_blob (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  WtBlobs *blobs = data;
  g_autoptr (WtMedia) loaded = wt_media_copy (media);

  if (media->blob == NULL)
    return g_steal_pointer (&loaded);

  loaded->base64 = wt_blobs_load_base64 (blobs, media->blob, WT_PROTOCOL_MAX_BYTES, error);
  if (loaded->base64 == NULL)
    return NULL;
  g_clear_pointer (&loaded->blob, g_free);
  return g_steal_pointer (&loaded);
}

static const char *
non_empty (const char *text, const char *fallback)
{
  return text != NULL && *text != '\0' ? text : fallback;
}

static WtMessageInfo *
make_info (const WtOutgoing *self)
{
  const WtMessageRecord *message = self->message;
  WtMessageInfo *info = wt_message_info_new (self->platform, message->message_id,
                                             (double) message->peer_time / G_USEC_PER_SEC);
  WtUserInfo *user = wt_user_info_new (self->platform, message->author_id,
                                       non_empty (message->author_nickname, message->author_id),
                                       message->author_cardname);
  WtGroupInfo *group = NULL;

  if (self->kind == WT_CONVERSATION_GROUP)
    group = wt_group_info_new (self->peer_platform, self->peer_id,
                               non_empty (self->title, self->peer_id));
  info->sender = wt_party_new (user, group);
  return info;
}

/**
 * wt_outgoing_make_frame_with:
 * @self: an outgoing message
 * @load: puts contents in the place of blobs
 * @data: for @load
 * @error: return location for an error of the protocol's or of @load's
 *
 * As wt_outgoing_make_frame(), with other contents, of any size.
 *
 * Returns: (transfer full) (nullable): one text frame
 */
GBytes *
wt_outgoing_make_frame_with (const WtOutgoing *self,
                             WtSegmentMediaFunc load,
                             gpointer data,
                             GError **error)
{
  const WtMessageRecord *message = self->message;
  g_autoptr (WtSegment) stored = wt_message_record_dup_segment (message, error);

  if (stored == NULL)
    return NULL;

  g_autoptr (WtSegment) segment = wt_segment_map_media (stored, load, data, error);

  if (segment == NULL)
    return NULL;

  WtPayload *payload = wt_payload_new (make_info (self), wt_segment_ref (segment), self->target_key,
                                       self->target_platform);
  g_autoptr (WtEnvelope) envelope = wt_envelope_new_message (
      message->msg_id, self->api_key, self->platform, (double) message->peer_time / G_USEC_PER_SEC,
      payload);

  return wt_envelope_to_bytes (envelope, self->dialect);
}

/**
 * wt_outgoing_make_frame:
 * @self: an outgoing message
 * @blobs: where its pictures and files are
 * @error: return location for an error of the protocol's, the media's or the file's
 *
 * Writes the message's envelope, as the guide's section "标准消息 (sys_std)" has it. May read files: see wt_outgoing_has_blobs().
 * Thread-safe while @self is left alone.
 *
 * Returns: (transfer full) (nullable): one text frame
 */
GBytes *
wt_outgoing_make_frame (const WtOutgoing *self, WtBlobs *blobs, GError **error)
{
  GBytes *frame = wt_outgoing_make_frame_with (self, load_blob, blobs, error);

  if (frame != NULL && g_bytes_get_size (frame) > WT_PROTOCOL_MAX_BYTES)
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_TOO_LARGE,
                   "the message has %" G_GSIZE_FORMAT " bytes; the protocol allows %d",
                   g_bytes_get_size (frame), WT_PROTOCOL_MAX_BYTES);
      g_clear_pointer (&frame, g_bytes_unref);
    }
  return frame;
}
