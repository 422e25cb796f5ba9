/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-bot.h"

G_BEGIN_DECLS

/* The echo bot's user, and its key. */
#define WT_ECHO_BOT_USER "echo"

#define WT_TYPE_ECHO_BOT (wt_echo_bot_get_type ())
G_DECLARE_FINAL_TYPE (WtEchoBot, wt_echo_bot, WT, ECHO_BOT, GObject)

WtBot *wt_echo_bot_new (void);

G_END_DECLS
