/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-member.h"

G_BEGIN_DECLS

/**
 * WtMemberView:
 *
 * Those who wrote in a group, with a filter above them.
 *
 * Signals: `chosen` (#WtMember): to be mentioned. `chat` (#WtMember): one wants to write to them alone.
 */
#define WT_TYPE_MEMBER_VIEW (wt_member_view_get_type ())
G_DECLARE_FINAL_TYPE (WtMemberView, wt_member_view, WT, MEMBER_VIEW, GtkWidget)

GtkWidget *wt_member_view_new (GListModel *members);

G_END_DECLS
