/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-endpoint.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtAccount:
 *
 * One's own identity on one API server. Holds no keys: those are in #WtSecrets under
 * wt_account_get_key_name() and wt_account_get_target_name().
 *
 * Properties (read-only, notifying): `label`, `url`, `platform`, `user-id`, `nickname`, `cardname`, `enabled`,
 * `insecure`, `trusted-fingerprint`, `remote-pictures` (#WtRemotePictures, as an int), `colour` (as stored: 0 for none),
 * `dialect` (#WtDialect, as an int), `several` (whether there are other accounts).
 */
#define WT_TYPE_ACCOUNT (wt_account_get_type ())
G_DECLARE_FINAL_TYPE (WtAccount, wt_account, WT, ACCOUNT, GObject)

/* WtAccountRecord.colour: 1 blue, 2 teal, 3 green, 4 gold, 5 orange, 6 red, 7 purple, 8 slate; anything else: none chosen. Stored on
 * disk: never renumber. */
#define WT_ACCOUNT_N_COLOURS 8

WtAccount *wt_account_new (const WtAccountRecord *record);
gint64 wt_account_get_id (WtAccount *self);
const WtAccountRecord *wt_account_get_record (WtAccount *self);
void wt_account_update (WtAccount *self, const WtAccountRecord *record);
const char *wt_account_get_label (WtAccount *self);
char *wt_account_dup_display_name (WtAccount *self);
guint wt_account_get_colour (WtAccount *self);
gboolean wt_account_get_several (WtAccount *self);
void wt_account_set_several (WtAccount *self, gboolean several);
char *wt_account_dup_key_name (WtAccount *self);
char *wt_account_dup_target_name (WtAccount *self);
WtEndpoint *wt_account_make_endpoint (WtAccount *self, const char *api_key, GError **error);
gboolean wt_account_check_record (const WtAccountRecord *record, GError **error);

G_END_DECLS
