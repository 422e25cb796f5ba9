/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"
#include "wt-database.h"
#include "wt-shared.h"

G_BEGIN_DECLS

/* A page of it. */
#define WT_SHARED_LIST_PAGE 60

/**
 * WtSharedList:
 *
 * A #GListModel of #WtShared: what was sent of one kind in a conversation, the newest first, by pages as they are asked for.
 *
 * Properties (read-only, notifying): `complete`: whether there is nothing older; `loading`.
 */
#define WT_TYPE_SHARED_LIST (wt_shared_list_get_type ())
G_DECLARE_FINAL_TYPE (WtSharedList, wt_shared_list, WT, SHARED_LIST, GObject)

WtSharedList *
wt_shared_list_new (WtDatabase *database, WtConversation *conversation, const char *kind);
void wt_shared_list_more (WtSharedList *self);
gboolean wt_shared_list_get_complete (WtSharedList *self);
gboolean wt_shared_list_get_loading (WtSharedList *self);

/* For the session. */
void wt_shared_list_on_changed (WtSharedList *self, gint64 conversation_id);

G_END_DECLS
