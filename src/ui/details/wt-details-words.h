/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-member.h"
#include "wt-shared.h"

G_BEGIN_DECLS

char *wt_details_words_member (WtMember *member);
char *wt_details_words_shared (WtShared *shared);
char *wt_details_words_shared_spoken (WtShared *shared);
char *wt_details_words_shared_name (WtShared *shared);
const char *wt_details_words_dialect (WtDialect dialect);

G_END_DECLS
