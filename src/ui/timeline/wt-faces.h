/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *wt_faces_get_emoji (const char *id);
const char *wt_faces_get_name (const char *id);

G_END_DECLS
