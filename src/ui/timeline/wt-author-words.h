/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"

G_BEGIN_DECLS

char *wt_author_words (const WtMessageRecord *message);

G_END_DECLS
