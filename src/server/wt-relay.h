/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *wt_relay_address (GBytes *frame, const char *sender_user, const char *target_user);

G_END_DECLS
