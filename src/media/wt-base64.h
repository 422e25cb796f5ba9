#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GQuark wt_media_error_quark (void);
#define WT_MEDIA_ERROR (wt_media_error_quark ())
typedef enum
{
  WT_MEDIA_ERROR_NOT_BASE64 = 1,
  WT_MEDIA_ERROR_TOO_LARGE,
  WT_MEDIA_ERROR_EMPTY,
  WT_MEDIA_ERROR_UNSUPPORTED,
  WT_MEDIA_ERROR_BROKEN,
  WT_MEDIA_ERROR_NOT_FOUND,
} WtMediaError;

GBytes *wt_base64_encode_file (const char *path, gsize max_encoded, GCancellable *cancellable, GError **error);
gboolean wt_base64_decode_to_fd (GBytes *base64, int fd, gsize *written, GError **error);
GBytes *wt_base64_decode (GBytes *base64, gsize max_decoded, GError **error);
gsize wt_base64_encoded_length (gsize bytes);

G_END_DECLS
