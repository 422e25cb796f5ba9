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

typedef struct
{
  WtBlobs *blobs;
  WtEnvelope *envelope;
  GPtrArray *attachments;
} KeepTask;

static void
keep_task_free (gpointer data)
{
  KeepTask *task = data;

  g_object_unref (task->blobs);
  wt_envelope_unref (task->envelope);
  g_ptr_array_unref (task->attachments);
  g_free (task);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KeepTask *keep = data;
  g_autoptr (GError) error = NULL;
  WtSegment *segment = wt_inbox_media_keep (wt_envelope_get_payload (keep->envelope)->segment,
                                            keep->blobs, keep->attachments, &error);

  /* Slow for a large message, and kept once it is known. */
  wt_envelope_get_digest (keep->envelope);
  if (segment != NULL)
    g_task_return_pointer (task, segment, (GDestroyNotify) wt_segment_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * wt_inbox_media_keep_async:
 * @envelope: a message that was received
 * @blobs: where pictures and files are kept
 * @callback: called when they are there
 * @data: for @callback
 *
 * Does wt_inbox_media_keep() in a thread of its own, for a message that has something to write, and makes out its digest, which is
 * slow for a large one.
 */
void
wt_inbox_media_keep_async (WtEnvelope *envelope,
                           WtBlobs *blobs,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  KeepTask *keep = g_new0 (KeepTask, 1);

  keep->blobs = g_object_ref (blobs);
  keep->envelope = wt_envelope_ref (envelope);
  keep->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_attachment_record_free);
  g_task_set_source_tag (task, wt_inbox_media_keep_async);
  g_task_set_task_data (task, keep, keep_task_free);
  g_task_run_in_thread (task, keep_in_thread);
}

/**
 * wt_inbox_media_keep_finish:
 * @result: the result
 * @attachments: (out) (transfer full): of #WtAttachmentRecord: what was found
 * @error: return location for the disk's error
 *
 * Returns: (transfer full) (nullable): as wt_inbox_media_keep()
 */
WtSegment *
wt_inbox_media_keep_finish (GAsyncResult *result, GPtrArray **attachments, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  KeepTask *keep = g_task_get_task_data (G_TASK (result));

  *attachments = g_ptr_array_ref (keep->attachments);
  return g_task_propagate_pointer (G_TASK (result), error);
}
