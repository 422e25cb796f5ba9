/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtTestImStyle:
 * @WT_TEST_IM_WORDS: as for Chinese: Up and Down choose, Return or Space commits, and the application sees none of these keys
 *   while it composes
 * @WT_TEST_IM_CONVERSION: as for Japanese: Space converts, again and again, Return commits, Escape gives up
 * @WT_TEST_IM_SYLLABLES: as for Korean: a syllable of two letters is committed by whatever key follows, which goes on to the
 *   application, and when the focus is lost
 */
typedef enum
{
  WT_TEST_IM_WORDS,
  WT_TEST_IM_CONVERSION,
  WT_TEST_IM_SYLLABLES,
} WtTestImStyle;

/**
 * WtTestIm:
 *
 * An input method: the letters a…z are composed, in one of three styles.
 */
#define WT_TEST_IM_NAME "wt-test-im"

#define WT_TYPE_TEST_IM (wt_test_im_get_type ())
G_DECLARE_FINAL_TYPE (WtTestIm, wt_test_im, WT, TEST_IM, GtkIMContext)

void wt_test_im_register (void);
void wt_test_im_set_style (WtTestImStyle style);
GdkRectangle wt_test_im_get_cursor_location (void);

G_END_DECLS
