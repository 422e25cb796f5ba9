/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-frame.h"

G_BEGIN_DECLS

void wt_frame_export_async (GListModel *frames,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
gssize wt_frame_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
