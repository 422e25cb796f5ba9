/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-json.h"

G_BEGIN_DECLS

/* Private to the protocol layer. */

WtJsonValue *wt_json_read (GBytes *text, WtJson *document, GError **error);
char *wt_json_add_lifted (WtJson *self, GBytes *string);

G_END_DECLS
