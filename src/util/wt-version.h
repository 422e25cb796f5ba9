/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wt_version_init (const char *commit);
const char *wt_version_get (void);

G_END_DECLS
