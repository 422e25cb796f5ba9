/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void wt_about_present (GtkWindow *parent);
char *wt_about_dup_debug_info (void);

G_END_DECLS
