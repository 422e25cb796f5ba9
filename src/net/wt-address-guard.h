/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Private to the layer. */
#define WT_TYPE_ADDRESS_GUARD (wt_address_guard_get_type ())
G_DECLARE_FINAL_TYPE (WtAddressGuard, wt_address_guard, WT, ADDRESS_GUARD, GObject)

WtAddressGuard *wt_address_guard_new (const char *own_host);
gboolean wt_address_guard_watch (WtAddressGuard *self, SoupMessage *message);
gboolean wt_address_guard_get_is_own (WtAddressGuard *self);
GInetAddress *wt_address_guard_get_refused (WtAddressGuard *self);

void wt_address_guard_reconsider_async (WtAddressGuard *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
gboolean wt_address_guard_reconsider_finish (WtAddressGuard *self, GAsyncResult *result);

G_END_DECLS
