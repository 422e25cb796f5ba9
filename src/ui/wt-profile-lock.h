/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wt_profile_lock_take (const char *folder, int *lock, GError **error);
void wt_profile_lock_drop (int *lock);

G_END_DECLS
