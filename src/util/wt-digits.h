/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean wt_digits_parse (const char *text, guint64 most, guint64 *value);

G_END_DECLS
