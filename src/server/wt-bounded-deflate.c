/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-bounded-deflate.h"

#define FIN 0x80
#define COMPRESSED 0x40
#define OPCODE_MASK 0x0f
#define CONTROL_BIT 0x08
#define CHUNK 16384
#define DEFAULT_LIMIT (128 * 1024)

/**
 * WtBoundedDeflate:
 *
 * `permessage-deflate` (RFC 7692) that stops inflating at a limit. libsoup's own (measured: 3.2.3) inflates
 * without one: a frame of 300 KiB becomes 300 MiB although max-incoming-payload-size is 1 MiB. Negotiating
 * and deflating are left to libsoup's.
 */
struct _WtBoundedDeflate
{
  SoupWebsocketExtension parent_instance;

  SoupWebsocketExtension *inner;
  GConverter *inflater;
  gsize limit;
  gsize message; /* bytes of the current message so far, inflated */
  gboolean compressed;
};

G_DEFINE_FINAL_TYPE (WtBoundedDeflate, wt_bounded_deflate, SOUP_TYPE_WEBSOCKET_EXTENSION)

static gboolean
wt_bounded_deflate_configure (SoupWebsocketExtension *extension,
                              SoupWebsocketConnectionType connection_type,
                              GHashTable *params,
                              GError **error)
{
  WtBoundedDeflate *self = WT_BOUNDED_DEFLATE (extension);

  return soup_websocket_extension_configure (self->inner, connection_type, params, error);
}

static char *
wt_bounded_deflate_get_request_params (SoupWebsocketExtension *extension)
{
  return soup_websocket_extension_get_request_params (WT_BOUNDED_DEFLATE (extension)->inner);
}

static char *
wt_bounded_deflate_get_response_params (SoupWebsocketExtension *extension)
{
  return soup_websocket_extension_get_response_params (WT_BOUNDED_DEFLATE (extension)->inner);
}

static GBytes *
wt_bounded_deflate_process_outgoing (SoupWebsocketExtension *extension,
                                     guint8 *header,
                                     GBytes *payload,
                                     GError **error)
{
  return soup_websocket_extension_process_outgoing_message (WT_BOUNDED_DEFLATE (extension)->inner,
                                                            header, payload, error);
}

static gboolean
count (WtBoundedDeflate *self, gsize bytes, GError **error)
{
  if (bytes > self->limit - self->message)
    {
      g_set_error_literal (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG,
                           "message over the limit");
      return FALSE;
    }
  self->message += bytes;
  return TRUE;
}

/* Appends what @input inflates to. */
static gboolean
inflate_into (WtBoundedDeflate *self,
              const guint8 *input,
              gsize length,
              GByteArray *output,
              GError **error)
{
  guint8 chunk[CHUNK];

  while (TRUE)
    {
      g_autoptr (GError) problem = NULL;
      gsize read = 0, written = 0;
      GConverterResult result;

      if (length == 0)
        input = (const guint8 *) "";
      result = g_converter_convert (self->inflater, input, length, chunk, sizeof chunk,
                                    G_CONVERTER_FLUSH, &read, &written, &problem);
      if (result == G_CONVERTER_ERROR)
        {
          g_set_error_literal (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_BAD_DATA,
                               "not deflated data");
          return FALSE;
        }
      if (!count (self, written, error))
        return FALSE;
      g_byte_array_append (output, chunk, (guint) written);
      input += read;
      length -= read;

      if (result == G_CONVERTER_FLUSHED || (read == 0 && written == 0))
        return TRUE;
      if (result == G_CONVERTER_FINISHED)
        {
          g_converter_reset (self->inflater);
          if (length == 0)
            return TRUE;
        }
    }
}

static GBytes *
wt_bounded_deflate_process_incoming (SoupWebsocketExtension *extension,
                                     guint8 *header,
                                     GBytes *payload,
                                     GError **error)
{
  static const guint8 tail[] = { 0x00, 0x00, 0xff, 0xff };
  WtBoundedDeflate *self = WT_BOUNDED_DEFLATE (extension);
  g_autoptr (GBytes) input = payload;
  g_autoptr (GByteArray) output = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (input, &length);

  if ((header[0] & CONTROL_BIT) != 0)
    return g_steal_pointer (&input);
  if ((header[0] & OPCODE_MASK) != 0)
    {
      self->message = 0;
      self->compressed = (header[0] & COMPRESSED) != 0;
      header[0] &= (guint8) ~COMPRESSED;
    }
  if (!self->compressed)
    return count (self, length, error) ? g_steal_pointer (&input) : NULL;

  output = g_byte_array_new ();
  if (!inflate_into (self, bytes, length, output, error))
    return NULL;
  if ((header[0] & FIN) != 0 && !inflate_into (self, tail, sizeof tail, output, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
}

static void
wt_bounded_deflate_finalize (GObject *object)
{
  WtBoundedDeflate *self = WT_BOUNDED_DEFLATE (object);

  g_clear_object (&self->inner);
  g_clear_object (&self->inflater);
  G_OBJECT_CLASS (wt_bounded_deflate_parent_class)->finalize (object);
}

static void
wt_bounded_deflate_class_init (WtBoundedDeflateClass *klass)
{
  SoupWebsocketExtensionClass *extension_class = SOUP_WEBSOCKET_EXTENSION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wt_bounded_deflate_finalize;
  extension_class->name = "permessage-deflate";
  extension_class->configure = wt_bounded_deflate_configure;
  extension_class->get_request_params = wt_bounded_deflate_get_request_params;
  extension_class->get_response_params = wt_bounded_deflate_get_response_params;
  extension_class->process_outgoing_message = wt_bounded_deflate_process_outgoing;
  extension_class->process_incoming_message = wt_bounded_deflate_process_incoming;
}

static void
wt_bounded_deflate_init (WtBoundedDeflate *self)
{
  self->inner = g_object_new (SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE, NULL);
  self->inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  self->limit = DEFAULT_LIMIT;
}

/**
 * wt_bounded_deflate_set_limit:
 * @self: an extension
 * @limit: the longest message, inflated, in bytes; a longer one closes the connection with 1009
 */
void
wt_bounded_deflate_set_limit (WtBoundedDeflate *self, gsize limit)
{
  g_return_if_fail (WT_IS_BOUNDED_DEFLATE (self));

  self->limit = limit;
}
