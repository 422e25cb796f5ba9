/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtTextScale:
 *
 * Makes the messages' text as large as the setting `text-scale` says, for as long as it lives.
 */
#define WT_TYPE_TEXT_SCALE (wt_text_scale_get_type ())
G_DECLARE_FINAL_TYPE (WtTextScale, wt_text_scale, WT, TEXT_SCALE, GObject)

WtTextScale *wt_text_scale_new (GSettings *settings);

G_END_DECLS
