/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wt_escape_text (const char *text);
char *wt_escape_json (const char *json);

G_END_DECLS
