/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wt_file_name_make_safe (const char *name, const char *fallback);

G_END_DECLS
