/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-scanner.h"

#define OPCODE_LENGTH_MASK 0x7f
#define MASKED 0x80

/* How long the header is, as far as the bytes seen so far tell. */
static guint
get_header_length (const WtFrameScanner *self)
{
  guint length = 2;

  if (self->header_length < 2)
    return 2;
  if ((self->header[1] & OPCODE_LENGTH_MASK) == 126)
    length += 2;
  else if ((self->header[1] & OPCODE_LENGTH_MASK) == 127)
    length += 8;
  if ((self->header[1] & MASKED) != 0)
    length += 4;
  return length;
}

static guint64
get_payload_length (const WtFrameScanner *self)
{
  guint8 shortest = self->header[1] & OPCODE_LENGTH_MASK;
  guint bytes = shortest == 126 ? 2 : shortest == 127 ? 8 : 0;
  guint64 length = 0;

  if (bytes == 0)
    return shortest;
  for (guint i = 0; i < bytes; i++)
    length = length << 8 | self->header[2 + i];
  return length;
}

static void
end_frame (WtFrameScanner *self, WtFrameFunc on_end, gpointer data)
{
  guint8 first = self->header[0];
  guint64 length = get_payload_length (self);

  self->header_length = 0;
  self->in_payload = FALSE;
  if (on_end != NULL)
    on_end (first, length, data);
}

/**
 * wt_frame_scanner_feed:
 * @self: a scanner
 * @bytes: (array length=length): the next bytes of the stream
 * @length: how many
 * @on_header: (nullable): called when a header is complete
 * @on_end: (nullable): called when a frame's last byte has passed
 * @data: for both
 *
 * Goes on through the stream (RFC 6455 section 5.2).
 */
void
wt_frame_scanner_feed (WtFrameScanner *self,
                       const guint8 *bytes,
                       gsize length,
                       WtFrameFunc on_header,
                       WtFrameFunc on_end,
                       gpointer data)
{
  gsize at = 0;

  while (at < length)
    {
      if (self->in_payload)
        {
          gsize take = (gsize) MIN (self->left, length - at);

          self->left -= take;
          at += take;
          if (self->left == 0)
            end_frame (self, on_end, data);
          continue;
        }

      self->header[self->header_length++] = bytes[at++];
      if (self->header_length < get_header_length (self))
        continue;

      self->left = get_payload_length (self);
      self->in_payload = TRUE;
      if (on_header != NULL)
        on_header (self->header[0], self->left, data);
      if (self->left == 0)
        end_frame (self, on_end, data);
    }
}

/**
 * wt_frame_scanner_is_between:
 * @self: a scanner
 *
 * Returns: whether the stream is between two frames
 */
gboolean
wt_frame_scanner_is_between (const WtFrameScanner *self)
{
  return self->header_length == 0 && !self->in_payload;
}
