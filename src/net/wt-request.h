/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-endpoint.h"
#include "wt-pace.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Private to the layer. */
#define WT_TYPE_REQUEST (wt_request_get_type ())
G_DECLARE_FINAL_TYPE (WtRequest, wt_request, WT, REQUEST, GObject)

GUri *wt_request_parse_url (const char *url, GError **error);
GError *wt_request_explain (GError *error, gboolean in_body);

WtRequest *wt_request_new (WtEndpoint *own, WtPace *pace);
void wt_request_send_async (WtRequest *self,
                            GUri *uri,
                            guint64 offset,
                            const char *validator,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
GInputStream *wt_request_send_finish (WtRequest *self, GAsyncResult *result, GError **error);

SoupMessage *wt_request_get_message (WtRequest *self);
void wt_request_abort (WtRequest *self);

G_END_DECLS
