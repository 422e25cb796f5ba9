/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-protocol-error.h"

G_BEGIN_DECLS

/* Private to the protocol layer. */

gboolean wt_json_scan (GBytes *text,
                       const char *token_prefix,
                       GPtrArray *lifted,
                       GString **skeleton,
                       GError **error);

G_END_DECLS
