/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-attachment-words.h"

#include <glib/gi18n-lib.h>

#include "wt-media-error.h"
#include "wt-protocol-error.h"

/* Left for all in a message that is not the contents. */
#define ENVELOPE_BYTES (16 * 1024)

/**
 * wt_attachment_words_get_encoded:
 * @size: of some contents, in bytes
 *
 * Returns: how many bytes they have in a message, in base64
 */
gint64
wt_attachment_words_get_encoded (gint64 size)
{
  return (size + 2) / 3 * 4;
}

/**
 * wt_attachment_words_get_most:
 *
 * Returns: how many bytes all contents of a message may have in base64 (guide: 100 MiB a message)
 */
gint64
wt_attachment_words_get_most (void)
{
  return WT_PROTOCOL_MAX_BYTES - ENVELOPE_BYTES;
}

static char *
make_limit (void)
{
  return g_format_size ((guint64) wt_attachment_words_get_most () / 4 * 3);
}

/**
 * wt_attachment_words_size:
 * @size: in bytes, or -1
 * @scaled: when made smaller, or -1
 *
 * Returns: (transfer full): how large it is, and how large it was
 */
char *
wt_attachment_words_size (gint64 size, gint64 scaled)
{
  g_autofree char *words = size >= 0 ? g_format_size ((guint64) size) : g_strdup ("");
  g_autofree char *smaller = NULL;

  if (scaled < 0)
    return g_steal_pointer (&words);

  smaller = g_format_size ((guint64) scaled);
  /* Translators: the size of a picture, and what it has when made smaller: "4.1 MB → 0.6 MB" */
  return g_strdup_printf (_ ("%s → %s"), words, smaller);
}

static char *
make_too_large (gint64 size)
{
  g_autofree char *limit = make_limit ();
  g_autofree char *words = NULL;

  if (size <= 0)
    return g_strdup_printf (_ ("Too large: a message holds %s"), limit);

  words = g_format_size ((guint64) size);
  /* Translators: both are sizes, as in "120 MB" */
  return g_strdup_printf (_ ("%s is too large: a message holds %s"), words, limit);
}

/**
 * wt_attachment_words_failure:
 * @error: what happened
 * @size: of the file in bytes, or -1
 *
 * Returns: (transfer full): why it cannot be sent
 */
char *
wt_attachment_words_failure (const GError *error, gint64 size)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE))
    return make_too_large (size);
  if (g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY))
    return g_strdup (_ ("The file is empty"));
  if (g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_ ("The file is not there any more"));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return g_strdup (_ ("A folder cannot be sent; its files can"));
  if (g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED))
    return g_strdup (_ ("This is not a file that can be sent"));
  if (g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN))
    return g_strdup (_ ("The file is damaged, or changed meanwhile"));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (_ ("No permission to read it"));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_ ("The disk is full"));

  g_autofree char *message = g_utf8_make_valid (error->message, -1);

  return g_strdup_printf (_ ("Cannot be read: %s"), message);
}

/**
 * wt_attachment_words_crowded:
 * @total: what all would have, in bytes
 *
 * Returns: (transfer full): why it cannot be sent in the same message as the others
 */
char *
wt_attachment_words_crowded (gint64 total)
{
  g_autofree char *limit = make_limit ();
  g_autofree char *words = g_format_size ((guint64) MAX (total, 0));

  /* Translators: both are sizes, as in "120 MB" */
  return g_strdup_printf (_ ("With the others %s: a message holds %s"), words, limit);
}

/**
 * wt_attachment_words_sticker_failure:
 * @error: why a sticker was not added
 *
 * Returns: (transfer full): that in words
 */
char *
wt_attachment_words_sticker_failure (const GError *error)
{
  g_autofree char *reason = wt_attachment_words_failure (error, -1);

  /* Translators: %s is the reason */
  return g_strdup_printf (_ ("The sticker could not be added: %s"), reason);
}
