/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WtHintRow:
 *
 * The line under an entry in a form: what the field means, or, instead, what is wrong with what was typed.
 *
 * Properties: `text`: the explanation; `field` (#GtkWidget): the row above, which is described by this one.
 */
#define WT_TYPE_HINT_ROW (wt_hint_row_get_type ())
G_DECLARE_FINAL_TYPE (WtHintRow, wt_hint_row, WT, HINT_ROW, AdwPreferencesRow)

typedef enum
{
  WT_HINT_EXPLANATION,
  WT_HINT_WARNING,
  WT_HINT_ERROR,
} WtHintKind;

void wt_hint_row_set_text (WtHintRow *self, const char *text);
void wt_hint_row_tell (WtHintRow *self, WtHintKind kind, const char *words);
WtHintKind wt_hint_row_get_kind (WtHintRow *self);
const char *wt_hint_row_get_shown (WtHintRow *self);

G_END_DECLS
