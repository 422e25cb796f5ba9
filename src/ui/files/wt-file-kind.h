/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-segment.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtFileRisk:
 * @WT_FILE_RISK_NONE: nothing known
 * @WT_FILE_RISK_WARN: can do harm in the program that opens it: opened only after a warning
 * @WT_FILE_RISK_NEVER: is or starts a program: never opened from here
 */
typedef enum
{
  WT_FILE_RISK_NONE,
  WT_FILE_RISK_WARN,
  WT_FILE_RISK_NEVER,
} WtFileRisk;

WtFileRisk wt_file_kind_get_risk (const char *name, const char *mime_type, const char **words);
char *wt_file_kind_guess_type (const char *name, const char *mime_type);
char *wt_file_kind_make_name (const char *name, const char *mime_type);
char *wt_file_kind_dup_words (const WtMedia *media);
GIcon *wt_file_kind_get_icon (const WtMedia *media);

G_END_DECLS
