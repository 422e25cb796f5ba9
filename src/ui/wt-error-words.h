/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wt_error_words_title (const GError *error);
char *wt_error_words_advice (const GError *error, const char *folder);
char *wt_error_words_standing (const GError *error);
char *wt_error_words_sentence (const GError *error);

G_END_DECLS
