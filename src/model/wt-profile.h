/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-secrets.h"
#include "wt-session.h"
#include "wt-sticker-list.h"
#include "wt-worker.h"

G_BEGIN_DECLS

/**
 * WtProfile:
 *
 * Everything in one data folder: database, blobs, secrets, the accounts and their sessions. Main thread only.
 *
 * Properties: `storage-problem` (#GError, %NULL while all is well).
 * Signals: `trouble` (#GError): something could not be stored or read, for the user to be told.
 */
#define WT_TYPE_PROFILE (wt_profile_get_type ())
G_DECLARE_FINAL_TYPE (WtProfile, wt_profile, WT, PROFILE, GObject)

/* @folder: (nullable): NULL: $XDG_DATA_HOME/wheatear, keys in the keyring; else that folder, keys in a file there. */
WtProfile *wt_profile_new (const char *folder);
const char *wt_profile_get_folder (WtProfile *self);

void wt_profile_open_async (WtProfile *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
gboolean wt_profile_open_finish (WtProfile *self, GAsyncResult *result, GError **error);
void wt_profile_start (WtProfile *self); /* every enabled account goes online */
void wt_profile_network_changed (WtProfile *self);
/* Graceful: closes the connections, finishes what is being written. Blocks for about a second at most. */
void wt_profile_close (WtProfile *self);

/* (nullable): why nothing can be stored, or not everything read, at the moment. Mends itself where it can. */
const GError *wt_profile_get_storage_problem (WtProfile *self);
void wt_profile_check_storage (WtProfile *self); /* now, and not only after a while */

/* Removes what no message uses any more. Happens by itself some time after opening. finish
 * returns how many blobs that were, or -1. */
void wt_profile_sweep_async (WtProfile *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
gssize wt_profile_sweep_finish (WtProfile *self, GAsyncResult *result, GError **error);

GListModel *wt_profile_get_sessions (WtProfile *self);              /* of WtSession */
WtConversationList *wt_profile_get_conversations (WtProfile *self); /* all accounts' */
WtSession *wt_profile_get_session (WtProfile *self, WtAccount *account);
WtStickerList *wt_profile_get_stickers (WtProfile *self); /* one's own */
WtDatabase *wt_profile_get_database (WtProfile *self);
WtSecrets *wt_profile_get_secrets (WtProfile *self);
WtBlobs *wt_profile_get_blobs (WtProfile *self);

/* Adds (record->id 0) or changes an account. @api_key, @target_key: (nullable): NULL leaves what is stored, "" forgets it. Checks the record first:
 * WT_ENDPOINT_ERROR says what is wrong. Does not start it. finish returns its session (transfer none). */
void wt_profile_save_account_async (WtProfile *self,
                                    const WtAccountRecord *record,
                                    const char *api_key,
                                    const char *target_key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
WtSession *wt_profile_save_account_finish (WtProfile *self, GAsyncResult *result, GError **error);

/* Where and as whom to connect for @record, perhaps not stored yet. @api_key: (nullable): NULL: the stored one. */
void wt_profile_make_endpoint_async (WtProfile *self,
                                     const WtAccountRecord *record,
                                     const char *api_key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
/* Returns: (transfer full) (nullable) */
WtEndpoint *wt_profile_make_endpoint_finish (WtProfile *self, GAsyncResult *result, GError **error);

/* Among the accounts, in wt_profile_get_sessions(). */
void wt_profile_move_account (WtProfile *self, WtAccount *account, guint position);

void wt_profile_remove_account_async (WtProfile *self,
                                      WtAccount *account,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean wt_profile_remove_account_finish (WtProfile *self, GAsyncResult *result, GError **error);

G_END_DECLS
