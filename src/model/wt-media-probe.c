/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-media-probe.h"

#include <string.h>

#include "wt-picture.h"
#include "wt-sniff.h"

/* Not a picture here, but a file that can be saved. */
#define SVG "image/svg+xml"

static gboolean
is_shown (WtSegmentKind kind)
{
  return kind == WT_SEGMENT_IMAGE || kind == WT_SEGMENT_EMOJI;
}

static gboolean
refuse (const char *path, const char *mime_type, GError **error)
{
  g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, "%s: not expected: %s", path,
               mime_type);
  return FALSE;
}

static gboolean
check_kind (WtSegmentKind kind, const char *path, const char *mime_type, GError **error)
{
  if (is_shown (kind) && !wt_sniff_is_picture (mime_type) && strcmp (mime_type, SVG) != 0)
    return refuse (path, mime_type, error);
  /* Some recordings have no mark to be known by, but none is text. */
  if (kind == WT_SEGMENT_VOICE
      && (g_str_has_prefix (mime_type, "text/") || g_str_has_prefix (mime_type, "image/")))
    return refuse (path, mime_type, error);

  return TRUE;
}

/**
 * wt_media_probe:
 * @kind: what it is to be
 * @path: (type filename): the contents
 * @media: (inout): gets its type as sniffed, and the extent where it is a picture
 * @cancellable: (nullable): stops it
 * @error: return location for a #WtMediaError or a #GIOErrorEnum
 *
 * Looks at contents without decoding them. Blocks.
 *
 * Returns: whether they are of that kind: %WT_MEDIA_ERROR_UNSUPPORTED where something else came (a web page
 *   for a picture), %WT_MEDIA_ERROR_BROKEN, %WT_MEDIA_ERROR_TOO_LARGE where a picture cannot be shown
 */
gboolean
wt_media_probe (WtSegmentKind kind,
                const char *path,
                WtMedia *media,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *mime_type = wt_sniff_file (path, error);
  WtPictureInfo info = { 0 };

  if (mime_type == NULL || !check_kind (kind, path, mime_type, error))
    return FALSE;

  media->width = 0;
  media->height = 0;
  if (is_shown (kind) && strcmp (mime_type, SVG) != 0)
    {
      if (!wt_picture_inspect (path, &info, cancellable, error))
        return FALSE;
      media->width = info.width;
      media->height = info.height;
    }
  g_free (media->mime_type);
  media->mime_type = g_steal_pointer (&mime_type);

  return TRUE;
}

/**
 * wt_media_probe_extent:
 * @kind: what it is
 * @path: (type filename): the contents
 * @media: (inout): gets the extent where it is a picture
 * @cancellable: (nullable): stops it
 *
 * For what is kept whatever it is: where it cannot be read as a picture the extent is unknown. Blocks.
 */
void
wt_media_probe_extent (WtSegmentKind kind,
                       const char *path,
                       WtMedia *media,
                       GCancellable *cancellable)
{
  WtPictureInfo info = { 0 };

  media->width = 0;
  media->height = 0;
  if (!is_shown (kind) || !wt_picture_inspect (path, &info, cancellable, NULL))
    return;

  media->width = info.width;
  media->height = info.height;
}
