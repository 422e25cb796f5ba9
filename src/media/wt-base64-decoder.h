/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As much base64 as is decoded in one step, and the room that its bytes need at most. */
#define WT_BASE64_PIECE (64 * 1024)
#define WT_BASE64_PIECE_DECODED (WT_BASE64_PIECE / 4 * 3 + 3)

/**
 * WtBase64Decoder: the state between two pieces of base64; starts zeroed.
 */
typedef struct
{
  guint32 bits;    /* of the incomplete group, right aligned */
  guint8 letters;  /* in the incomplete group, 0…3 */
  guint8 paddings; /* seen so far */
  gsize read;      /* bytes consumed, for error messages */
} WtBase64Decoder;

gboolean wt_base64_decoder_push (WtBase64Decoder *self,
                                 const guint8 *base64,
                                 gsize length,
                                 guint8 *out,
                                 gsize *written,
                                 GError **error);
gboolean wt_base64_decoder_end (WtBase64Decoder *self, guint8 *out, gsize *written, GError **error);

/**
 * WtBase64PieceFunc:
 * @piece: decoded bytes, valid during the call only
 *
 * Takes the next decoded piece; returning %FALSE with an error set ends the decoding.
 */
typedef gboolean (*WtBase64PieceFunc) (const guint8 *piece,
                                       gsize length,
                                       gpointer data,
                                       GError **error);

gboolean
wt_base64_decode_pieces (GBytes *base64, WtBase64PieceFunc func, gpointer data, GError **error);

G_END_DECLS
