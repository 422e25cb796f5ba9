/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"

G_BEGIN_DECLS

/* What the user wrote in a conversation, to write it again. */

void wt_sent_store_list_async (WtDatabase *db,
                               gint64 conversation_id,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
GStrv wt_sent_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
