/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wt_export_markdown_escape (const char *text);
char *wt_export_markdown_escape_line (const char *text);
char *wt_export_markdown_link (const char *text, const char *path, gboolean is_picture);

G_END_DECLS
