/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-attachments.h"

static void
free_attachment (gpointer data)
{
  wt_attachment_record_free (data);
}

/**
 * wt_attachments_add:
 * @attachments: (element-type WtAttachmentRecord): those of the same message so far
 * @kind: what @media is
 * @media: the next of the message's media, in the order of wt_segment_map_media()
 * @state: what became of it
 *
 * Adds the row of one picture, sticker, recording or file.
 */
void
wt_attachments_add (GPtrArray *attachments,
                    WtSegmentKind kind,
                    const WtMedia *media,
                    WtAttachmentState state)
{
  static const char *const names[] = {
    [WT_SEGMENT_IMAGE] = "image",
    [WT_SEGMENT_EMOJI] = "emoji",
    [WT_SEGMENT_VOICE] = "voice",
    [WT_SEGMENT_FILE] = "file",
  };
  WtAttachmentRecord *record = wt_attachment_record_new ();

  record->position = (int) attachments->len;
  record->kind = g_strdup (kind <= WT_SEGMENT_FILE && names[kind] != NULL ? names[kind] : "file");
  record->blob = g_strdup (media->blob);
  record->url = g_strdup (media->url);
  record->mime_type = g_strdup (media->mime_type);
  record->name = g_strdup (media->name);
  record->size = media->size;
  record->width = media->width;
  record->height = media->height;
  record->state = state;
  g_ptr_array_add (attachments, record);
}

static WtMedia *
list_media (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  WtAttachmentState state = WT_ATTACHMENT_BROKEN;

  if (media->blob != NULL)
    state = WT_ATTACHMENT_STORED;
  else if (media->url != NULL || media->file_id != NULL)
    state = WT_ATTACHMENT_REMOTE;
  wt_attachments_add (data, kind, media, state);
  return wt_media_copy (media);
}

/**
 * wt_attachments_list:
 * @segment: what a message says; contents are blobs already
 *
 * Returns: (transfer full) (element-type WtAttachmentRecord): the rows of its pictures and files; may be empty
 */
GPtrArray *
wt_attachments_list (WtSegment *segment)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func (free_attachment);
  g_autoptr (WtSegment) same G_GNUC_UNUSED = wt_segment_map_media (segment, list_media, attachments,
                                                                   NULL);

  return attachments;
}
