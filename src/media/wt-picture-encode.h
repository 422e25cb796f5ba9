/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-pixels.h"

G_BEGIN_DECLS

GBytes *wt_picture_encode (WtPixels *pixels, const char **mime_type, GError **error);

G_END_DECLS
