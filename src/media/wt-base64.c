/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-base64.h"

#include <glib/gstdio.h>

#include "wt-base64-decoder.h"
#include "wt-file-io.h"

/* Read at a time when encoding; a multiple of three, so that only the last piece is padded. */
#define PIECE (48 * 1024)

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The two letters of every twelve bits: half the look-ups of one letter at a time. */
typedef char WtBase64Pairs[4096][2];

static const WtBase64Pairs *
get_pairs (void)
{
  static WtBase64Pairs pairs;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint bits = 0; bits < 4096; bits++)
        {
          pairs[bits][0] = letters[bits >> 6];
          pairs[bits][1] = letters[bits & 63];
        }
      g_once_init_leave (&ready, 1);
    }

  return (const WtBase64Pairs *) &pairs;
}

/* Encodes one piece at @out; returns the end of what it wrote. */
static char *
encode_piece (const guint8 *data, gsize length, char *out)
{
  const WtBase64Pairs *pairs = get_pairs ();
  gsize at = 0;

  for (; length - at >= 3; at += 3, out += 4)
    {
      guint32 bits = (guint32) data[at] << 16 | (guint32) data[at + 1] << 8 | data[at + 2];

      out[0] = (*pairs)[bits >> 12][0];
      out[1] = (*pairs)[bits >> 12][1];
      out[2] = (*pairs)[bits & 4095][0];
      out[3] = (*pairs)[bits & 4095][1];
    }

  if (at < length)
    {
      guint32 second = at + 1 < length ? data[at + 1] : 0;

      *out++ = letters[data[at] >> 2];
      *out++ = letters[(data[at] & 3) << 4 | second >> 4];
      *out++ = at + 1 < length ? letters[(second & 15) << 2] : '=';
      *out++ = '=';
    }

  return out;
}

/* Encodes the @size bytes of @fd at @out, which has exactly the room for them. */
static gboolean
encode_fd (int fd, gsize size, char *out, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gsize done = 0;

  while (done < size)
    {
      gsize wanted = MIN (PIECE, size - done);
      gssize got;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      got = wt_file_io_read_full (fd, piece, wanted, error);
      if (got < 0)
        return FALSE;
      if ((gsize) got < wanted)
        break;
      out = encode_piece (piece, wanted, out);
      done += wanted;
    }

  if (done == size)
    {
      gssize more = wt_file_io_read_full (fd, piece, 1, error);

      if (more <= 0)
        return more == 0;
    }

  g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN,
                       "The file changed while it was read");
  return FALSE;
}

/* The room for @size bytes of a file, encoded, or %NULL with an error. */
static char *
allocate_encoded (gsize size, gsize max_encoded, GError **error)
{
  gsize length = wt_base64_encoded_length (size);
  char *room;

  if (size == 0)
    {
      g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY, "The file is empty");
      return NULL;
    }

  room = length <= max_encoded ? g_try_malloc (length) : NULL;
  if (room == NULL)
    g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE,
                 "%" G_GSIZE_FORMAT " bytes in base64, the limit is %" G_GSIZE_FORMAT, length,
                 max_encoded);

  return room;
}

/**
 * wt_base64_encode_file:
 * @path: a regular file
 * @max_encoded: the most bytes of base64 wanted; a larger file is refused before it is read
 * @cancellable: (nullable): looked at before each piece of 48 KiB
 *
 * Encodes a file in the standard alphabet with padding and no line breaks, as every peer accepts it
 * (wire.md, section 3: "bare base64"). Reads in pieces into the final buffer: the peak is the encoded
 * size and one piece. The bytes are not NUL-terminated. Blocks.
 *
 * Returns: (transfer full): the base64, or %NULL with %WT_MEDIA_ERROR_NOT_FOUND,
 *   %WT_MEDIA_ERROR_TOO_LARGE, %WT_MEDIA_ERROR_EMPTY, %WT_MEDIA_ERROR_UNSUPPORTED (not a regular file),
 *   %WT_MEDIA_ERROR_BROKEN (changed meanwhile), %G_IO_ERROR_CANCELLED or another #GIOErrorEnum
 */
GBytes *
wt_base64_encode_file (const char *path,
                       gsize max_encoded,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *encoded = NULL;
  gboolean complete = FALSE;
  gsize size = 0;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = wt_file_io_open_regular (path, &size, error);
  if (fd < 0)
    return NULL;

  encoded = allocate_encoded (size, max_encoded, error);
  if (encoded != NULL)
    complete = encode_fd (fd, size, encoded, cancellable, error);
  g_close (fd, NULL);

  if (!complete)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&encoded), wt_base64_encoded_length (size));
}

typedef struct
{
  int fd;
  gsize written;
} WtBase64Sink;

static gboolean
write_piece (const guint8 *piece, gsize length, gpointer data, GError **error)
{
  WtBase64Sink *sink = data;

  if (!wt_file_io_write_all (sink->fd, piece, length, error))
    return FALSE;

  sink->written += length;
  return TRUE;
}

/**
 * wt_base64_decode_to_fd:
 * @base64: base64; white space, the URL-safe alphabet and missing padding are accepted
 * @fd: a file descriptor open for writing
 * @written: (out) (optional): the bytes written
 *
 * Decodes straight into a file, a piece at a time. On failure the file holds a part: throw it away.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_NOT_BASE64, %WT_MEDIA_ERROR_EMPTY or a #GIOErrorEnum
 */
gboolean
wt_base64_decode_to_fd (GBytes *base64, int fd, gsize *written, GError **error)
{
  WtBase64Sink sink = { fd, 0 };
  gboolean decoded;

  g_return_val_if_fail (base64 != NULL, FALSE);

  decoded = wt_base64_decode_pieces (base64, write_piece, &sink, error);
  if (written != NULL)
    *written = sink.written;

  return decoded;
}

typedef struct
{
  guint8 *bytes;
  gsize length;
  gsize most;
} WtBase64Buffer;

static gboolean
append_piece (const guint8 *piece, gsize length, gpointer data, GError **error)
{
  WtBase64Buffer *buffer = data;

  if (length > buffer->most - buffer->length)
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE,
                   "The data is larger than the limit of %" G_GSIZE_FORMAT " bytes", buffer->most);
      return FALSE;
    }

  memcpy (buffer->bytes + buffer->length, piece, length);
  buffer->length += length;
  return TRUE;
}

/**
 * wt_base64_decode:
 * @base64: base64; white space, the URL-safe alphabet and missing padding are accepted
 * @max_decoded: the most bytes wanted
 *
 * Decodes into memory, never more than @max_decoded bytes of it.
 *
 * Returns: (transfer full): the bytes, or %NULL with %WT_MEDIA_ERROR_NOT_BASE64,
 *   %WT_MEDIA_ERROR_EMPTY or %WT_MEDIA_ERROR_TOO_LARGE
 */
GBytes *
wt_base64_decode (GBytes *base64, gsize max_decoded, GError **error)
{
  g_autofree guint8 *room = NULL;
  WtBase64Buffer buffer = { 0 };
  gsize largest;

  g_return_val_if_fail (base64 != NULL, NULL);

  largest = MIN (g_bytes_get_size (base64) / 4 * 3 + 3, max_decoded);
  room = g_try_malloc (MAX (largest, 1));
  if (room == NULL)
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE,
                   "No memory for %" G_GSIZE_FORMAT " bytes", largest);
      return NULL;
    }

  buffer.bytes = room;
  buffer.most = largest;
  if (!wt_base64_decode_pieces (base64, append_piece, &buffer, error))
    return NULL;

  /* White space and padding made the estimate too large: the rest goes back. */
  room = g_realloc (room, buffer.length);
  return g_bytes_new_take (g_steal_pointer (&room), buffer.length);
}

/**
 * wt_base64_encoded_length:
 * @bytes: a length in bytes
 *
 * Returns: the exact length of its base64, padded; %G_MAXSIZE where that cannot be counted
 */
gsize
wt_base64_encoded_length (gsize bytes)
{
  gsize groups = bytes / 3 + (bytes % 3 != 0 ? 1 : 0);

  return groups > G_MAXSIZE / 4 ? G_MAXSIZE : groups * 4;
}
