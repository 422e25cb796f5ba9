/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"

G_BEGIN_DECLS

char *wt_cli_line_format (const WtConversationRecord *conversation, const WtMessageRecord *message);

G_END_DECLS
