/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtCliProgress:
 *
 * A bar on standard error, where that is a terminal; nothing elsewhere.
 */
typedef struct _WtCliProgress WtCliProgress;

WtCliProgress *wt_cli_progress_new (guint total);
void wt_cli_progress_free (WtCliProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliProgress, wt_cli_progress_free)

void wt_cli_progress_set (WtCliProgress *self, guint done);
void wt_cli_progress_clear (WtCliProgress *self);
char *wt_cli_progress_draw (guint done, guint total, double seconds);

G_END_DECLS
