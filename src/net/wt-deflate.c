/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-deflate.h"

#include "wt-protocol-error.h"

#include <string.h>

/**
 * WtDeflate:
 *
 * The WebSocket extension permessage-deflate (RFC 7692) with a bound on the size of a whole message.
 *
 * libsoup 3.2 bounds one frame as it comes over the wire, but neither what it inflates to nor a message of many
 * fragments: a few kilobytes become gigabytes. An extension sees every frame before libsoup keeps it, so the
 * bound is here; and since it is wanted with servers that do not compress as well, it is taken into use with
 * them too, as a bound only.
 */
struct _WtDeflate
{
  SoupWebsocketExtension parent_instance;

  GConverter *compressor;
  GConverter *decompressor;
  gboolean compressing;       /* what was negotiated; without it only sizes are watched */
  gboolean forget_after_each; /* client_no_context_takeover */
  gboolean message_is_compressed;
  guint64 most_bytes;
  guint64 bytes; /* of the message that is being received */
  gint64 saved;  /* of what was sent */
};

G_DEFINE_FINAL_TYPE (WtDeflate, wt_deflate, SOUP_TYPE_WEBSOCKET_EXTENSION)

#define HEADER "Sec-WebSocket-Extensions"
#define NAME "permessage-deflate"
/* A parameter that is on no wire: the extension works as a bound only. */
#define BOUND_ONLY "x-bound-only"

#define RESERVED_1 0x40
#define FINAL 0x80
#define CONTROL 0x08
#define OPCODE 0x0f

/* Shorter ones do not get shorter. */
#define SHORTEST_COMPRESSED 128
#define CHUNK (32 * 1024)
/* Speed first: the bulk of what is sent is base64 of what is compressed already. */
#define LEVEL 1

static const guint8 tail[] = { 0x00, 0x00, 0xff, 0xff };

static gboolean
wt_deflate_configure (SoupWebsocketExtension *extension,
                      SoupWebsocketConnectionType type,
                      GHashTable *params,
                      GError **error)
{
  WtDeflate *self = WT_DEFLATE (extension);

  self->compressing = params == NULL || !g_hash_table_contains (params, BOUND_ONLY);
  self->forget_after_each = params != NULL
                            && g_hash_table_contains (params, "client_no_context_takeover");
  /* It was not offered, and GIO's compressor has one window size. */
  if (params != NULL && g_hash_table_contains (params, "client_max_window_bits")
      && g_strcmp0 (g_hash_table_lookup (params, "client_max_window_bits"), "15") != 0)
    {
      g_set_error_literal (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_BAD_HANDSHAKE,
                           "The server wants a compression window that was not offered");
      return FALSE;
    }
  return TRUE;
}

/* One step of a converter into the end of @output. FALSE: nothing more will come of this input. */
static gboolean
convert_chunk (GConverter *converter,
               const guint8 **input,
               gsize *length,
               GConverterFlags flags,
               GByteArray *output,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  guint start = output->len;
  gsize bytes_read = 0, bytes_written = 0;
  GConverterResult result;

  g_byte_array_set_size (output, start + CHUNK);
  result = g_converter_convert (converter, *input, *length, output->data + start, CHUNK, flags,
                                &bytes_read, &bytes_written, &local_error);
  g_byte_array_set_size (output, start + (guint) bytes_written);
  *input += bytes_read;
  *length -= bytes_read;

  if (result == G_CONVERTER_ERROR
      && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  /* A block that says it is the last: what follows is a new stream (RFC 7692, 7.2.3.4). */
  if (result == G_CONVERTER_FINISHED)
    g_converter_reset (converter);
  if (result == G_CONVERTER_FLUSHED || result == G_CONVERTER_ERROR)
    return FALSE;
  return *length > 0 || bytes_written == CHUNK;
}

static gboolean
check_size (WtDeflate *self, guint64 bytes, GError **error)
{
  if (bytes <= self->most_bytes)
    return TRUE;
  g_set_error (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG,
               "The server sent a message of more than %" G_GUINT64_FORMAT " bytes",
               self->most_bytes);
  return FALSE;
}

/* Appends what @data inflates to. @error is set for what is no deflate stream, or too much of it. */
static gboolean
inflate_into (WtDeflate *self, const guint8 *data, gsize length, GByteArray *output, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean more = length > 0;

  while (more)
    {
      more = convert_chunk (self->decompressor, &data, &length, G_CONVERTER_NO_FLAGS, output,
                            &local_error);
      if (!check_size (self, self->bytes + output->len, error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_set_error (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_PROTOCOL_ERROR,
               "The server sent a message that cannot be decompressed: %s", local_error->message);
  return FALSE;
}

static GBytes *
inflate_frame (WtDeflate *self, gboolean is_final, GBytes *payload, GError **error)
{
  g_autoptr (GByteArray) output = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (payload, &length);

  if (!inflate_into (self, data, length, output, error)
      || (is_final && !inflate_into (self, tail, sizeof tail, output, error)))
    return NULL;
  self->bytes += output->len;
  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
}

static GBytes *
wt_deflate_process_incoming (SoupWebsocketExtension *extension,
                             guint8 *header,
                             GBytes *payload,
                             GError **error)
{
  WtDeflate *self = WT_DEFLATE (extension);
  g_autoptr (GBytes) owned = payload;
  gboolean is_first = (header[0] & OPCODE) != 0;

  if (header[0] & CONTROL)
    return g_steal_pointer (&owned);

  if (is_first)
    {
      self->bytes = 0;
      self->message_is_compressed = self->compressing && (header[0] & RESERVED_1);
      if (self->message_is_compressed)
        header[0] &= (guint8) ~RESERVED_1;
    }
  /* A bit still set that was not negotiated, or on a later fragment, is refused by libsoup. */
  if (self->message_is_compressed)
    return inflate_frame (self, (header[0] & FINAL) != 0, owned, error);

  self->bytes += g_bytes_get_size (owned);
  return check_size (self, self->bytes, error) ? g_steal_pointer (&owned) : NULL;
}

static GBytes *
wt_deflate_process_outgoing (SoupWebsocketExtension *extension,
                             guint8 *header,
                             GBytes *payload,
                             GError **error)
{
  WtDeflate *self = WT_DEFLATE (extension);
  g_autoptr (GBytes) owned = payload;
  g_autoptr (GByteArray) output = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (owned, &length);
  g_autoptr (GError) local_error = NULL;

  if (!self->compressing || (header[0] & CONTROL) || length < SHORTEST_COMPRESSED)
    return g_steal_pointer (&owned);

  output = g_byte_array_sized_new ((guint) MIN (length, G_MAXINT));
  while (convert_chunk (self->compressor, &data, &length, G_CONVERTER_FLUSH, output, &local_error))
    ;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (self->forget_after_each)
    g_converter_reset (self->compressor);
  if (output->len >= sizeof tail
      && memcmp (output->data + output->len - sizeof tail, tail, sizeof tail) == 0)
    g_byte_array_set_size (output, output->len - (guint) sizeof tail);
  header[0] |= RESERVED_1;
  self->saved += (gint64) g_bytes_get_size (owned) - (gint64) output->len;
  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
}

static void
wt_deflate_dispose (GObject *object)
{
  WtDeflate *self = WT_DEFLATE (object);

  g_clear_object (&self->compressor);
  g_clear_object (&self->decompressor);

  G_OBJECT_CLASS (wt_deflate_parent_class)->dispose (object);
}

static void
wt_deflate_class_init (WtDeflateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SoupWebsocketExtensionClass *extension_class = SOUP_WEBSOCKET_EXTENSION_CLASS (klass);

  object_class->dispose = wt_deflate_dispose;

  extension_class->name = NAME;
  extension_class->configure = wt_deflate_configure;
  extension_class->process_incoming_message = wt_deflate_process_incoming;
  extension_class->process_outgoing_message = wt_deflate_process_outgoing;
}

static void
wt_deflate_init (WtDeflate *self)
{
  self->compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, LEVEL));
  self->decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  self->most_bytes = WT_PROTOCOL_MAX_BYTES;
}

static WtDeflate *
find (SoupWebsocketConnection *connection)
{
  for (GList *l = soup_websocket_connection_get_extensions (connection); l != NULL; l = l->next)
    {
      if (WT_IS_DEFLATE (l->data))
        return l->data;
    }
  return NULL;
}

/**
 * wt_deflate_install:
 * @session: a session that makes WebSockets
 *
 * Lets its WebSockets offer permessage-deflate, in this form instead of libsoup's own.
 */
void
wt_deflate_install (SoupSession *session)
{
  if (!soup_session_has_feature (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER))
    soup_session_add_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (soup_session_has_feature (session, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE))
    soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_session_add_feature_by_type (session, WT_TYPE_DEFLATE);
}

/**
 * wt_deflate_accept:
 * @message: a handshake whose answer's head has been read, before libsoup looks at it
 *
 * Takes the extension into use, as a bound only, where the server did not.
 */
void
wt_deflate_accept (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autofree char *accepted = g_strdup (soup_message_headers_get_list (headers, HEADER));

  /* libsoup 3.2 leaks the extensions of a handshake that is wrong otherwise: there are none, then. */
  soup_message_headers_remove (headers, HEADER);
  if (!soup_websocket_client_verify_handshake (message, NULL, NULL, NULL))
    return;
  if (accepted == NULL || *accepted == '\0')
    soup_message_headers_replace (headers, HEADER, NAME "; " BOUND_ONLY);
  else
    soup_message_headers_replace (headers, HEADER, accepted);
}

/**
 * wt_deflate_set_limit:
 * @connection: a WebSocket of a session that wt_deflate_install() was called for
 * @most_bytes: the most bytes of a message, inflated and put together; more is the error
 *   %SOUP_WEBSOCKET_CLOSE_TOO_BIG of the domain %SOUP_WEBSOCKET_ERROR
 */
void
wt_deflate_set_limit (SoupWebsocketConnection *connection, guint64 most_bytes)
{
  WtDeflate *self = find (connection);

  if (self != NULL)
    self->most_bytes = most_bytes;
}

/**
 * wt_deflate_is_compressing:
 * @connection: a WebSocket of a session that wt_deflate_install() was called for
 *
 * Returns: whether the server agreed to permessage-deflate
 */
gboolean
wt_deflate_is_compressing (SoupWebsocketConnection *connection)
{
  WtDeflate *self = find (connection);

  return self != NULL && self->compressing;
}

/**
 * wt_deflate_get_saved:
 * @connection: a WebSocket of a session that wt_deflate_install() was called for
 *
 * Returns: by how many bytes what was sent became smaller
 */
gint64
wt_deflate_get_saved (SoupWebsocketConnection *connection)
{
  WtDeflate *self = find (connection);

  return self != NULL ? self->saved : 0;
}
