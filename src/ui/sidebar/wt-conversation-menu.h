/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-conversation.h"

G_BEGIN_DECLS

GMenuModel *wt_conversation_menu_new (WtConversation *conversation);

G_END_DECLS
