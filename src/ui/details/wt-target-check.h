/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-hint-row.h"

G_BEGIN_DECLS

void wt_target_check_follow (GtkEditable *platform,
                             WtHintRow *platform_hint,
                             GtkEditable *key,
                             WtHintRow *key_hint);
gboolean wt_target_check_allows (GtkEditable *platform, GtkEditable *key);

G_END_DECLS
