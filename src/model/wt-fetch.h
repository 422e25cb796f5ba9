/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-database.h"
#include "wt-endpoint.h"
#include "wt-message.h"

G_BEGIN_DECLS

typedef enum
{
  WT_FETCH_RUNNING,
  WT_FETCH_DONE,
  WT_FETCH_FAILED,
} WtFetchState;

#define WT_TYPE_FETCH_STATE (wt_fetch_state_get_type ())
GType wt_fetch_state_get_type (void);

/**
 * WtFetch:
 *
 * The download of one picture, sticker, recording or file of a message: see wt_session_fetch(). Main thread only.
 *
 * Properties (read-only, notifying): `state` (#WtFetchState), `received` (int64, bytes), `total` (int64, bytes, -1 unknown).
 */
#define WT_TYPE_FETCH (wt_fetch_get_type ())
G_DECLARE_FINAL_TYPE (WtFetch, wt_fetch, WT, FETCH, GObject)

WtFetchState wt_fetch_get_state (WtFetch *self);
gint64 wt_fetch_get_received (WtFetch *self);
gint64 wt_fetch_get_total (WtFetch *self);
const GError *wt_fetch_get_error (WtFetch *self);
void wt_fetch_cancel (WtFetch *self);

/* For the session. */
WtFetch *wt_fetch_new (WtDatabase *database, WtBlobs *blobs, WtMessage *message, guint position);
void wt_fetch_start (WtFetch *self, WtEndpoint *own);
char *wt_fetch_dup_path (WtBlobs *blobs, gint64 message_id, guint position);

G_END_DECLS
