/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wt_install_paths_beside (const char *relative);
char *wt_install_paths_find_program (const char *name);
char *wt_install_paths_locale (void);
char *wt_install_paths_self (void);

G_END_DECLS
