/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wt_account_problems_endpoint (const GError *error);

G_END_DECLS
