/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-meter.h"

G_BEGIN_DECLS

#define WT_TYPE_METERED_OUTPUT (wt_metered_output_get_type ())
G_DECLARE_FINAL_TYPE (WtMeteredOutput, wt_metered_output, WT, METERED_OUTPUT, GOutputStream)

GOutputStream *wt_metered_output_new (GOutputStream *base, WtMeter *meter);

G_END_DECLS
