/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-json.h"

#include "wt-records.h"

G_BEGIN_DECLS

WtJsonValue *wt_export_json_new (const WtAccountRecord *account,
                                 const WtConversationRecord *conversation,
                                 const WtMessageRecord *message);

G_END_DECLS
