/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-inbox-media.h"

#include "wt-attachments.h"
#include "wt-media-probe.h"
#include "wt-sniff.h"

typedef struct
{
  WtBlobs *blobs;
  GPtrArray *attachments;
} Keeping;

static void
look (WtBlobs *blobs, WtSegmentKind kind, WtMedia *media)
{
  g_autofree char *path = wt_blobs_get_path (blobs, media->blob);
  g_autofree char *sniffed = path != NULL ? wt_sniff_file (path, NULL) : NULL;

  if (sniffed == NULL)
    return;
  g_free (media->mime_type);
  media->mime_type = g_steal_pointer (&sniffed);
  wt_media_probe_extent (kind, path, media, NULL);
}

static WtMedia *
keep_media (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  Keeping *keeping = data;
  g_autoptr (WtMedia) kept = wt_media_copy (media);
  g_autoptr (GError) problem = NULL;

  if (media->base64 == NULL)
    {
      wt_attachments_add (keeping->attachments, kind, kept,
                          media->url != NULL || media->file_id != NULL ? WT_ATTACHMENT_REMOTE
                                                                       : WT_ATTACHMENT_BROKEN);
      return g_steal_pointer (&kept);
    }

  kept->blob = wt_blobs_add_base64 (keeping->blobs, media->base64, &kept->size, &problem);
  g_clear_pointer (&kept->base64, g_bytes_unref);
  if (kept->blob != NULL)
    {
      look (keeping->blobs, kind, kept);
      wt_attachments_add (keeping->attachments, kind, kept, WT_ATTACHMENT_STORED);
      return g_steal_pointer (&kept);
    }
  if (problem->domain != WT_MEDIA_ERROR)
    {
      /* The disk's fault, not the peer's: the message waits until it can be kept whole. */
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  wt_attachments_add (keeping->attachments, kind, kept, WT_ATTACHMENT_BROKEN);
  return g_steal_pointer (&kept);
}

/**
 * wt_inbox_media_keep:
 * @segment: what a message says
 * @blobs: where its pictures and files go
 * @attachments: (element-type WtAttachmentRecord): a record for each of them is added here
 * @error: return location for the disk's error; what a peer sent broken is none
 *
 * Writes pictures and files that came as base64. Slow where there are any.
 *
 * Returns: (transfer full) (nullable): what the message says, with blobs in the place of base64
 */
WtSegment *
wt_inbox_media_keep (WtSegment *segment, WtBlobs *blobs, GPtrArray *attachments, GError **error)
{
  Keeping keeping = { .blobs = blobs, .attachments = attachments };

  return wt_segment_map_media (segment, keep_media, &keeping, error);
}
