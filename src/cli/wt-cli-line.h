/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "wt-records.h"

G_BEGIN_DECLS

char *wt_cli_line_format (const WtConversationRecord *conversation, const WtMessageRecord *message);
JsonNode *wt_cli_line_to_json (const WtAccountRecord *account,
                               const WtConversationRecord *conversation,
                               const WtMessageRecord *message);
char *wt_cli_line_json_to_text (JsonNode *node);

G_END_DECLS
