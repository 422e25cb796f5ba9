/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *wt_settings_open (const char *folder, GError **error);

G_END_DECLS
