/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WT_TYPE_DIALECT_ROW (wt_dialect_row_get_type ())
G_DECLARE_FINAL_TYPE (WtDialectRow, wt_dialect_row, WT, DIALECT_ROW, AdwComboRow)

void wt_dialect_row_set_conversation (WtDialectRow *self,
                                      WtSession *session,
                                      WtConversation *conversation);

G_END_DECLS
