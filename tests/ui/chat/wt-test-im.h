/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtTestIm:
 *
 * An input method as the Chinese ones are: letters are composed, Up and Down choose, Return or Space commits, and
 * the application sees none of these keys while it composes.
 */
#define WT_TEST_IM_NAME "wt-test-im"

#define WT_TYPE_TEST_IM (wt_test_im_get_type ())
G_DECLARE_FINAL_TYPE (WtTestIm, wt_test_im, WT, TEST_IM, GtkIMContext)

void wt_test_im_register (void);

G_END_DECLS
