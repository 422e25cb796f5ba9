/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-frame-log.h"

G_BEGIN_DECLS

/**
 * WtInspectorWindow:
 *
 * What goes over the wire, while it is open: every frame in and out, paired with its acknowledgement.
 */
#define WT_TYPE_INSPECTOR_WINDOW (wt_inspector_window_get_type ())
G_DECLARE_FINAL_TYPE (WtInspectorWindow, wt_inspector_window, WT, INSPECTOR_WINDOW, AdwWindow)

GtkWidget *wt_inspector_window_new (GListModel *sessions);
WtFrameLog *wt_inspector_window_get_log (WtInspectorWindow *self);
void wt_inspector_window_export_to (WtInspectorWindow *self, GFile *file);

G_END_DECLS
