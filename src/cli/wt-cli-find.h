/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"

G_BEGIN_DECLS

gssize wt_cli_find_account (GPtrArray *accounts, const char *name, GError **error);
gssize wt_cli_find_conversation (GPtrArray *conversations, const char *name, GError **error);
gboolean wt_cli_find_is_missing (const GError *error);
const char *wt_cli_find_get_label (const WtAccountRecord *account);

G_END_DECLS
