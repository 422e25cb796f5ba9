/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"

G_BEGIN_DECLS

const char *wt_delivery_get_icon_name (WtDelivery delivery);
char *wt_delivery_words (WtDelivery delivery, const char *failure);

G_END_DECLS
