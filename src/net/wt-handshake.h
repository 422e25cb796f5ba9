/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-diagnosis.h"
#include "wt-endpoint.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Private to the layer. */
#define WT_TYPE_HANDSHAKE (wt_handshake_get_type ())
G_DECLARE_FINAL_TYPE (WtHandshake, wt_handshake, WT, HANDSHAKE, GObject)

WtHandshake *wt_handshake_new (WtEndpoint *endpoint, const char *uuid, guint timeout_ms);
void wt_handshake_run_async (WtHandshake *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
SoupWebsocketConnection *wt_handshake_run_finish (WtHandshake *self,
                                                  GAsyncResult *result,
                                                  GSocket **socket,
                                                  WtDiagnosis **diagnosis);

G_END_DECLS
