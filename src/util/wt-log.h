/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wt_log_init (void);
void wt_log_add_secret (const char *secret);
void wt_log_remove_secret (const char *secret);
char *wt_log_redact (const char *text);

G_END_DECLS
