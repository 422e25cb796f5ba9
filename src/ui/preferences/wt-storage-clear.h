/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile-upkeep.h"

G_BEGIN_DECLS

/**
 * WtStorageClearAnswer:
 * @least: what to remove: what is not held closer
 * @data: the caller's
 */
typedef void (*WtStorageClearAnswer) (WtBlobHold least, gpointer data);

void wt_storage_clear_ask (GtkWindow *parent,
                           const WtUsage *usage,
                           WtStorageClearAnswer answer,
                           GObject *data);

G_END_DECLS
