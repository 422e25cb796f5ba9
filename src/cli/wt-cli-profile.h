/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-cli-loop.h"
#include "wt-cli-options.h"
#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtCliProfile:
 * @profile: an open profile
 * @session: (nullable): the session of the account that was asked for
 *
 * The profile that a subcommand writes to: a stored one, or one in a folder of its own that is deleted in the end.
 */
typedef struct
{
  WtProfile *profile;
  WtSession *session;

  char *temporary;
} WtCliProfile;

WtCliProfile *wt_cli_profile_open (WtCliLoop *loop, const WtCliWho *who, GError **error);
WtCliProfile *wt_cli_profile_open_stored (WtCliLoop *loop, const char *folder, GError **error);
void wt_cli_profile_close (WtCliProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliProfile, wt_cli_profile_close)

WtSession *wt_cli_profile_save_account (WtCliProfile *self,
                                        WtCliLoop *loop,
                                        const WtAccountRecord *record,
                                        const char *api_key,
                                        const char *target_key,
                                        GError **error);
WtSession *wt_cli_profile_find_session (WtCliProfile *self, const char *name, GError **error);
gboolean wt_cli_profile_check_folder (const char *folder, GError **error);

G_END_DECLS
