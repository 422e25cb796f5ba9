/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile.h"

G_BEGIN_DECLS

void wt_account_removal_ask_async (GtkWindow *parent,
                                   WtProfile *profile,
                                   WtAccount *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean wt_account_removal_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
