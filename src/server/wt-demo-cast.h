/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-bot.h"
#include "wt-clock.h"

G_BEGIN_DECLS

#define WT_DEMO_PLATFORM "wheatear-demo"
#define WT_DEMO_USER_ID "demo-user"
#define WT_DEMO_USER_NAME "我 Me"
#define WT_DEMO_PACE_MS 350

/**
 * WtDemoCast: who talks in the demo.
 *
 * Signal: `complete` (user) when a client has ACKed all that the script has for it, once for each client.
 */
#define WT_TYPE_DEMO_CAST (wt_demo_cast_get_type ())
G_DECLARE_FINAL_TYPE (WtDemoCast, wt_demo_cast, WT, DEMO_CAST, GObject)

WtDemoCast *wt_demo_cast_new (WtClock *clock, const char *user_id, const char *user_name);

G_END_DECLS
