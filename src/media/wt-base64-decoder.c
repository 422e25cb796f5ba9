/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-base64-decoder.h"

#include "wt-base64.h"

/* What a byte means, where it is no letter: bits above the 24 of a group, so that one test finds any. */
#define BYTE_IS_OTHER 0xff000000u
#define BYTE_IS_BAD 0x80000000u
#define BYTE_IS_SPACE 0x81000000u
#define BYTE_IS_PADDING 0x82000000u

/* A letter's six bits at each of the four places of a group. */
typedef guint32 WtBase64Places[4][256];

static const WtBase64Places *
get_places (void)
{
  static WtBase64Places places;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      static const char letters[]
          = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

      for (guint place = 0; place < 4; place++)
        {
          for (guint byte = 0; byte < 256; byte++)
            places[place][byte] = BYTE_IS_BAD;
          for (guint value = 0; value < 64; value++)
            places[place][(guint8) letters[value]] = value << (18 - 6 * place);
          places[place]['-'] = places[place]['+'];
          places[place]['_'] = places[place]['/'];
          for (const char *space = " \t\r\n\f\v"; *space != '\0'; space++)
            places[place][(guint8) *space] = BYTE_IS_SPACE;
          places[place]['='] = BYTE_IS_PADDING;
        }
      g_once_init_leave (&ready, 1);
    }

  return (const WtBase64Places *) &places;
}

static gboolean
refuse (WtBase64Decoder *self, gsize offset, GError **error)
{
  g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_BASE64,
               "Not base64: unexpected byte at position %" G_GSIZE_FORMAT, self->read + offset);
  return FALSE;
}

/* One byte that needs thought; appends at most three bytes at *out. */
static gboolean
push_byte (WtBase64Decoder *self, guint32 meaning, guint8 **out)
{
  if (meaning == BYTE_IS_SPACE)
    return TRUE;

  if (meaning == BYTE_IS_PADDING)
    {
      self->paddings++;
      return self->letters >= 2 && self->letters + self->paddings <= 4;
    }

  if (meaning == BYTE_IS_BAD || self->paddings > 0)
    return FALSE;

  self->bits = self->bits << 6 | meaning;
  if (++self->letters < 4)
    return TRUE;

  *(*out)++ = (guint8) (self->bits >> 16);
  *(*out)++ = (guint8) (self->bits >> 8);
  *(*out)++ = (guint8) self->bits;
  self->bits = 0;
  self->letters = 0;
  return TRUE;
}

/**
 * wt_base64_decoder_push:
 * @self: the state, zeroed before the first piece
 * @base64: the next piece
 * @length: its length in bytes
 * @out: room for @length / 4 * 3 + 3 bytes
 * @written: (out): the bytes written to @out
 *
 * Decodes the next piece. White space is skipped, the URL-safe alphabet and missing padding are
 * accepted (wire.md, section 3: "whitespace and url-safe alphabet tolerated").
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_NOT_BASE64 at any other byte
 */
gboolean
wt_base64_decoder_push (WtBase64Decoder *self,
                        const guint8 *base64,
                        gsize length,
                        guint8 *out,
                        gsize *written,
                        GError **error)
{
  const WtBase64Places *places = get_places ();
  guint8 *start = out;
  gsize at = 0;

  while (at < length)
    {
      if (self->letters == 0 && self->paddings == 0)
        while (length - at >= 4)
          {
            guint32 group = (*places)[0][base64[at]] | (*places)[1][base64[at + 1]]
                            | (*places)[2][base64[at + 2]] | (*places)[3][base64[at + 3]];

            if ((group & BYTE_IS_OTHER) != 0)
              break;
            out[0] = (guint8) (group >> 16);
            out[1] = (guint8) (group >> 8);
            out[2] = (guint8) group;
            out += 3;
            at += 4;
          }

      if (at < length && !push_byte (self, (*places)[3][base64[at]], &out))
        return refuse (self, at, error);
      at++;
    }

  self->read += length;
  *written = (gsize) (out - start);
  return TRUE;
}

/**
 * wt_base64_decoder_end:
 * @out: room for two bytes
 * @written: (out): the bytes written to @out
 *
 * Decodes what an incomplete last group holds.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_NOT_BASE64 when a single letter is left over
 */
gboolean
wt_base64_decoder_end (WtBase64Decoder *self, guint8 *out, gsize *written, GError **error)
{
  *written = 0;

  if (self->letters == 1)
    return refuse (self, 0, error);

  if (self->letters == 2)
    out[(*written)++] = (guint8) (self->bits >> 4);

  if (self->letters == 3)
    {
      out[(*written)++] = (guint8) (self->bits >> 10);
      out[(*written)++] = (guint8) (self->bits >> 2);
    }

  return TRUE;
}

/**
 * wt_base64_decode_pieces:
 * @base64: base64, whole
 * @func: (scope call): called with each decoded piece in order, at most %WT_BASE64_PIECE_DECODED bytes
 *
 * Decodes without ever holding more than one piece.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_NOT_BASE64, %WT_MEDIA_ERROR_EMPTY where it holds no byte, or
 *   @func's error; what @func got before is then to be thrown away
 */
gboolean
wt_base64_decode_pieces (GBytes *base64, WtBase64PieceFunc func, gpointer data, GError **error)
{
  g_autofree guint8 *piece = g_malloc (WT_BASE64_PIECE_DECODED);
  WtBase64Decoder decoder = { 0 };
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (base64, &length);
  gboolean empty = TRUE;
  gsize written = 0;

  for (gsize at = 0; at < length; at += WT_BASE64_PIECE)
    {
      if (!wt_base64_decoder_push (&decoder, bytes + at, MIN (WT_BASE64_PIECE, length - at), piece,
                                   &written, error))
        return FALSE;
      if (written > 0 && !func (piece, written, data, error))
        return FALSE;
      empty = empty && written == 0;
    }

  if (!wt_base64_decoder_end (&decoder, piece, &written, error))
    return FALSE;
  if (written > 0 && !func (piece, written, data, error))
    return FALSE;

  if (empty && written == 0)
    {
      g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY, "There is no data");
      return FALSE;
    }

  return TRUE;
}
