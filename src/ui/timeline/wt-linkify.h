/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Links in one text that become clickable; the rest stay text. */
#define WT_LINKIFY_MOST_LINKS 200

void wt_linkify_append (GString *markup, const char *text, gsize length, guint *n_links);
char *wt_linkify_to_markup (const char *text);
gboolean wt_linkify_is_allowed (const char *uri);

G_END_DECLS
