/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-endpoint.h"
#include "wt-trust.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Private to the layer. */
void wt_probe_async (SoupSession *session,
                     WtEndpoint *endpoint,
                     WtTrust *trust,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data);
gboolean wt_probe_finish (GAsyncResult *result, GError **error);

G_END_DECLS
