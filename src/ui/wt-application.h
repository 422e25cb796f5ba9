/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WtApplication:
 *
 * The program: its options, its one profile and window, and, with `--demo`, the demo.
 */
#define WT_TYPE_APPLICATION (wt_application_get_type ())
G_DECLARE_FINAL_TYPE (WtApplication, wt_application, WT, APPLICATION, AdwApplication)

WtApplication *wt_application_new (void);
int wt_application_get_failure (WtApplication *self);

G_END_DECLS
