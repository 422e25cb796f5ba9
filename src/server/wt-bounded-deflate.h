/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define WT_TYPE_BOUNDED_DEFLATE (wt_bounded_deflate_get_type ())
G_DECLARE_FINAL_TYPE (WtBoundedDeflate,
                      wt_bounded_deflate,
                      WT,
                      BOUNDED_DEFLATE,
                      SoupWebsocketExtension)

void wt_bounded_deflate_set_limit (WtBoundedDeflate *self, gsize limit);

G_END_DECLS
