/* SPDX-License-Identifier: GPL-3.0-or-later */

/* base64 decodes the same whole and in pieces of any length; any bytes come back from it. */

#include "wt-fuzz.h"

#include <string.h>

#include "wt-base64-decoder.h"
#include "wt-base64.h"

/* Pieces of changing lengths, the first given; %NULL where it is no base64. */
static GByteArray *
decode_in_pieces (const guint8 *data, gsize length, gsize first)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *room = g_malloc (length / 4 * 3 + 3);
  WtBase64Decoder decoder = { 0 };
  gsize piece = first;
  gsize written;

  for (gsize at = 0; at < length; at += piece)
    {
      piece = MIN (at == 0 ? first : at % 7 + 1, length - at);
      if (!wt_base64_decoder_push (&decoder, data + at, piece, room, &written, NULL))
        return NULL;
      g_assert_cmpuint (written, <=, piece / 4 * 3 + 3);
      g_byte_array_append (all, room, (guint) written);
    }
  if (!wt_base64_decoder_end (&decoder, room, &written, NULL))
    return NULL;
  g_byte_array_append (all, room, (guint) written);

  return g_steal_pointer (&all);
}

/* GLib knows how, too. */
static void
check_encoded (const guint8 *data, gsize length)
{
  g_autofree char *encoded = g_base64_encode (data, length);
  g_autoptr (GBytes) text = g_bytes_new (encoded, strlen (encoded));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) decoded = wt_base64_decode (text, length, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), data, length);
  g_assert_cmpuint (wt_base64_encoded_length (length), ==, strlen (encoded));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  g_autoptr (GBytes) text = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) decoded = wt_base64_decode (text, G_MAXSIZE, &error);
  g_autoptr (GByteArray) pieces = decode_in_pieces (data, length, length % 13 + 1);
  g_autoptr (GBytes) limited = NULL;

  if (length > 0)
    check_encoded (data, length);
  if (decoded == NULL)
    {
      /* No byte at all is an error of the whole only. */
      g_assert_nonnull (error);
      g_assert_true (pieces == NULL || pieces->len == 0);
      return 0;
    }

  g_assert_nonnull (pieces);
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), pieces->data,
                   pieces->len);

  limited = wt_base64_decode (text, g_bytes_get_size (decoded) - 1, &error);
  g_assert_null (limited);
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE);

  return 0;
}
