/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-message-context.h"
#include "wt-shared.h"

G_BEGIN_DECLS

/**
 * WtSharedRow:
 *
 * A shared file or recording: its name, size, who sent it and when, and what can be done with it.
 */
#define WT_TYPE_SHARED_ROW (wt_shared_row_get_type ())
G_DECLARE_FINAL_TYPE (WtSharedRow, wt_shared_row, WT, SHARED_ROW, GtkWidget)

GtkWidget *wt_shared_row_new (WtMessageContext *context);
void wt_shared_row_set_shared (WtSharedRow *self, WtShared *shared);
WtShared *wt_shared_row_get_shared (WtSharedRow *self);
void wt_shared_row_activate (GtkWidget *widget, WtMessageContext *context, WtShared *shared);

G_END_DECLS
