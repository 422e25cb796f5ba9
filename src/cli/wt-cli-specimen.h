/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-pixels.h"

G_BEGIN_DECLS

/* Words, names and pictures as people have them, made up: the same numbers always give the same. */

guint64 wt_cli_specimen_mix (guint64 number);
char *wt_cli_specimen_text (GRand *rand);
char *wt_cli_specimen_person (guint64 number);
char *wt_cli_specimen_group (guint64 number);
WtPixels *wt_cli_specimen_picture (guint64 number);

G_END_DECLS
