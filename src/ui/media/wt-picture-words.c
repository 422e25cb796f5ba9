/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-picture-words.h"

#include <glib/gi18n-lib.h>

#include "wt-display-text.h"

/* Of a server's name. */
#define MOST_HOST 60

/**
 * wt_picture_words_name:
 * @sticker: whether it is a sticker
 * @width: pixels, or 0
 * @height: pixels, or 0
 *
 * Returns: (transfer full): what a picture is called that has no name
 */
char *
wt_picture_words_name (gboolean sticker, int width, int height)
{
  if (width <= 0 || height <= 0)
    return g_strdup (sticker ? _ ("Sticker") : _ ("Picture"));
  if (sticker)
    /* Translators: width × height in pixels */
    return g_strdup_printf (_ ("Sticker, %d × %d"), width, height);

  return g_strdup_printf (_ ("Picture, %d × %d"), width, height);
}

/**
 * wt_picture_words_remote:
 * @sticker: whether it is a sticker
 * @url: where it is, as a peer wrote it
 *
 * Returns: (transfer full): which server a picture would be loaded from
 */
char *
wt_picture_words_remote (gboolean sticker, const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *shown = host != NULL ? wt_display_text_line (host, MOST_HOST) : NULL;

  if (shown == NULL || *shown == '\0')
    return g_strdup (sticker ? _ ("Sticker from a web address") : _ ("Picture from a web address"));

  /* Translators: %s is the name of a server */
  return g_strdup_printf (sticker ? _ ("Sticker from %s") : _ ("Picture from %s"), shown);
}

/**
 * wt_picture_words_progress:
 * @received: bytes so far
 * @total: bytes, or -1 where that is not known
 *
 * Returns: (transfer full): how far a download is
 */
char *
wt_picture_words_progress (gint64 received, gint64 total)
{
  g_autofree char *so_far = g_format_size ((guint64) MAX (received, 0));
  g_autofree char *whole = g_format_size ((guint64) MAX (total, 0));

  if (received <= 0)
    return g_strdup (_ ("Loading…"));
  if (total <= 0)
    return g_strdup_printf (_ ("Loading… %s"), so_far);

  /* Translators: bytes so far, of all bytes */
  return g_strdup_printf (_ ("Loading… %s of %s"), so_far, whole);
}

/**
 * wt_picture_words_failure:
 * @error: why a picture cannot be shown, of wt_picture_decode()
 * @info: (nullable): what is known of it
 *
 * Returns: (transfer full): what to show in its place
 */
char *
wt_picture_words_failure (const GError *error, const WtPictureInfo *info)
{
  if (!g_error_matches (error, WT_MEDIA_ERROR, error->code))
    return g_strdup (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_NOT_FOUND
                         ? _ ("The picture’s file is gone")
                         : _ ("The picture’s file cannot be read"));

  switch ((WtMediaError) error->code)
    {
    case WT_MEDIA_ERROR_TOO_LARGE:
      if (info == NULL || info->width <= 0 || info->height <= 0)
        return g_strdup (_ ("This picture is too large to show"));
      /* Translators: width × height in pixels */
      return g_strdup_printf (_ ("Too large to show: %d × %d"), info->width, info->height);
    case WT_MEDIA_ERROR_UNSUPPORTED:
      return g_strdup (_ ("This kind of picture cannot be shown"));
    case WT_MEDIA_ERROR_TIMED_OUT:
      return g_strdup (_ ("This picture takes too long to show"));
    case WT_MEDIA_ERROR_NOT_FOUND:
      return g_strdup (_ ("The picture’s file is gone"));
    case WT_MEDIA_ERROR_NOT_BASE64:
    case WT_MEDIA_ERROR_EMPTY:
    case WT_MEDIA_ERROR_BROKEN:
    default:
      return g_strdup (_ ("This picture is broken"));
    }
}
