/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What an HTTP reply says about its body. Private to the layer, but for tests. */
gint64 wt_reply_get_length (SoupMessageHeaders *headers);
gboolean
wt_reply_get_range (SoupMessageHeaders *headers, gint64 *start, gint64 *end, gint64 *total);
char *wt_reply_get_validator (SoupMessageHeaders *headers);
char *wt_reply_get_mime_type (SoupMessageHeaders *headers);
char *wt_reply_get_name (SoupMessageHeaders *headers, GUri *uri);

G_END_DECLS
