/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-meter.h"

G_BEGIN_DECLS

#define WT_TYPE_METERED_INPUT (wt_metered_input_get_type ())
G_DECLARE_FINAL_TYPE (WtMeteredInput, wt_metered_input, WT, METERED_INPUT, GInputStream)

GInputStream *wt_metered_input_new (GInputStream *base, WtMeter *meter);

G_END_DECLS
