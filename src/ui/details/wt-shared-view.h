/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-message-context.h"
#include "wt-shared-list.h"

G_BEGIN_DECLS

/**
 * WtSharedView:
 *
 * All pictures of a conversation as a grid, or all its files or recordings as a list; more are loaded as one comes to the end.
 *
 * Signals: `chosen` (#WtShared): a picture is to be looked at.
 */
#define WT_TYPE_SHARED_VIEW (wt_shared_view_get_type ())
G_DECLARE_FINAL_TYPE (WtSharedView, wt_shared_view, WT, SHARED_VIEW, GtkWidget)

GtkWidget *wt_shared_view_new (WtSharedList *list, WtMessageContext *context, const char *kind);

G_END_DECLS
