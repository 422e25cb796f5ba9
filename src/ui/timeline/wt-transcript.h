/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-database.h"

G_BEGIN_DECLS

/* Messages as text, one below the other, each with its time and its author. */

void wt_transcript_make_async (WtDatabase *database,
                               gint64 conversation_id,
                               GArray *seqs,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
char *wt_transcript_make_finish (WtDatabase *database, GAsyncResult *result, GError **error);

G_END_DECLS
