/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *wt_fetch_words_failure (const GError *error);

G_END_DECLS
