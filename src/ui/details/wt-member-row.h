/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-member.h"

G_BEGIN_DECLS

/**
 * WtMemberRow:
 *
 * Somebody who wrote in a group: name, what else is known, and a menu.
 *
 * Signals: `chat` (#WtMember): one wants to write to them alone.
 */
#define WT_TYPE_MEMBER_ROW (wt_member_row_get_type ())
G_DECLARE_FINAL_TYPE (WtMemberRow, wt_member_row, WT, MEMBER_ROW, GtkWidget)

GtkWidget *wt_member_row_new (void);
void wt_member_row_set_member (WtMemberRow *self, WtMember *member);

G_END_DECLS
