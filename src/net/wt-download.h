/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-endpoint.h"

G_BEGIN_DECLS

/**
 * WtDownloadError:
 * @WT_DOWNLOAD_ERROR_REFUSED_ADDRESS: the host is at an address that is not public, nor the own server's
 * @WT_DOWNLOAD_ERROR_BAD_URL: not a URL, or one with credentials
 * @WT_DOWNLOAD_ERROR_SCHEME: neither http nor https, or a redirect from https to http
 * @WT_DOWNLOAD_ERROR_TOO_MANY_REDIRECTS: more than five
 * @WT_DOWNLOAD_ERROR_HTTP_STATUS: the server answered with an error; the message begins with the status
 * @WT_DOWNLOAD_ERROR_TOO_LARGE: more bytes than the limit
 * @WT_DOWNLOAD_ERROR_TRUNCATED: the connection ended before the body did
 * @WT_DOWNLOAD_ERROR_STALLED: no answer in time, no byte for too long, or too few of them
 * @WT_DOWNLOAD_ERROR_TLS: the server's certificate is not trusted, or TLS failed
 * @WT_DOWNLOAD_ERROR_NETWORK: the server cannot be found or reached, or what it says is not HTTP
 * @WT_DOWNLOAD_ERROR_WRITE: the partial file cannot be written
 * @WT_DOWNLOAD_ERROR_RANGE: the server sent another part than the one asked for
 *
 * Why a download failed, beside %G_IO_ERROR_CANCELLED. The messages are for logs.
 */
typedef enum
{
  WT_DOWNLOAD_ERROR_REFUSED_ADDRESS = 1,
  WT_DOWNLOAD_ERROR_BAD_URL,
  WT_DOWNLOAD_ERROR_SCHEME,
  WT_DOWNLOAD_ERROR_TOO_MANY_REDIRECTS,
  WT_DOWNLOAD_ERROR_HTTP_STATUS,
  WT_DOWNLOAD_ERROR_TOO_LARGE,
  WT_DOWNLOAD_ERROR_TRUNCATED,
  WT_DOWNLOAD_ERROR_STALLED,
  WT_DOWNLOAD_ERROR_TLS,
  WT_DOWNLOAD_ERROR_NETWORK,
  WT_DOWNLOAD_ERROR_WRITE,
  WT_DOWNLOAD_ERROR_RANGE,
} WtDownloadError;
#define WT_DOWNLOAD_ERROR (wt_download_error_quark ())
GQuark wt_download_error_quark (void);

/**
 * WtDownloadResult:
 * @path: the file, complete and on disk
 * @size: its bytes
 * @mime_type: (nullable): what the server says it is, lower case, without parameters; may be a lie
 * @suggested_name: (nullable): what the server or the URL calls it, in UTF-8; may be anything, paths and control
 *   characters included: made safe by the caller
 *
 * What was downloaded.
 */
typedef struct
{
  char *path;
  guint64 size;
  char *mime_type;
  char *suggested_name;
} WtDownloadResult;

void wt_download_result_free (WtDownloadResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtDownloadResult, wt_download_result_free)

#define WT_TYPE_DOWNLOAD (wt_download_get_type ())
G_DECLARE_FINAL_TYPE (WtDownload, wt_download, WT, DOWNLOAD, GObject)

WtDownload *wt_download_new (const char *url, const char *path, WtEndpoint *own);

void wt_download_start_async (WtDownload *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
WtDownloadResult *wt_download_start_finish (WtDownload *self, GAsyncResult *result, GError **error);

guint64 wt_download_get_received (WtDownload *self);
gint64 wt_download_get_total (WtDownload *self);

G_END_DECLS
