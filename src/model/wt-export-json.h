/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "wt-records.h"

G_BEGIN_DECLS

JsonNode *wt_export_json_new (const WtAccountRecord *account,
                              const WtConversationRecord *conversation,
                              const WtMessageRecord *message);
char *wt_export_json_to_text (JsonNode *node);

G_END_DECLS
