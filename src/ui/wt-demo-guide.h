/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-demo.h"
#include "wt-window.h"

G_BEGIN_DECLS

/**
 * WtDemoGuide:
 *
 * Opens the demo's liveliest chat, and tells whoever waits for it when all of it is on the screen.
 */
#define WT_TYPE_DEMO_GUIDE (wt_demo_guide_get_type ())
G_DECLARE_FINAL_TYPE (WtDemoGuide, wt_demo_guide, WT, DEMO_GUIDE, GObject)

WtDemoGuide *
wt_demo_guide_new (WtDemo *demo, WtProfile *profile, WtWindow *window, const char *ready_file);

G_END_DECLS
