/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-timeline-anchor.h"

static void
test_get_y (void)
{
  static const struct
  {
    WtTimelineAnchor anchor;
    int height;
    double y;
  } cases[] = {
    { { WT_TIMELINE_ANCHOR_BOTTOM, 0, 0, 0, 0 }, 100, 1500 },
    { { WT_TIMELINE_ANCHOR_BOTTOM, 0, 0, 0, 0 }, 900, 700 },
    { { WT_TIMELINE_ANCHOR_HOLD, 0, 1234, 0, 0 }, 100, 1234 },
    { { WT_TIMELINE_ANCHOR_ROW, 0, 0, 0, 0 }, 100, 1000 },
    { { WT_TIMELINE_ANCHOR_ROW, 0, 0, 1.0 / 3, 0 }, 100, 1167 },
    { { WT_TIMELINE_ANCHOR_ROW, 0, 0, 1, 0 }, 100, 1500 },
    { { WT_TIMELINE_ANCHOR_ROW, 0, 0, 1, 0 }, 900, 1000 },
    { { WT_TIMELINE_ANCHOR_POINT, 0, 0, 0, 0.5 }, 100, 950 },
    { { WT_TIMELINE_ANCHOR_POINT, 0, 0, 0.5, 0.25 }, 100, 1275 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat (wt_timeline_anchor_get_y (&cases[i].anchor, 1000, 600, cases[i].height), ==,
                       cases[i].y);
}

static void
test_items_changed (void)
{
  static const struct
  {
    guint position, removed, added, n_items, expected;
  } cases[] = {
    { 0, 0, 5, 25, 15 },   /* before it */
    { 10, 0, 1, 21, 11 },  /* right before it */
    { 11, 0, 5, 25, 10 },  /* after it */
    { 0, 5, 0, 15, 5 },    /* taken away before it */
    { 10, 1, 0, 19, 10 },  /* itself: the next one */
    { 10, 10, 0, 10, 9 },  /* itself and all after it: the last one */
    { 10, 1, 1, 20, 10 },  /* replaced */
    { 0, 20, 20, 20, 10 }, /* all replaced one for one */
    { 0, 20, 3, 3, 2 },    /* all replaced by fewer */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WtTimelineAnchor anchor = { WT_TIMELINE_ANCHOR_ROW, 10, 0, 0, 0 };

      wt_timeline_anchor_items_changed (&anchor, cases[i].position, cases[i].removed,
                                        cases[i].added, cases[i].n_items);
      g_assert_cmpuint (anchor.position, ==, cases[i].expected);
      g_assert_cmpint (anchor.mode, ==, WT_TIMELINE_ANCHOR_ROW);
    }
}

static void
test_emptied (void)
{
  WtTimelineAnchor anchor = { WT_TIMELINE_ANCHOR_HOLD, 10, 0, 0, 0 };

  wt_timeline_anchor_items_changed (&anchor, 0, 20, 0, 0);
  g_assert_cmpint (anchor.mode, ==, WT_TIMELINE_ANCHOR_BOTTOM);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline-view/anchor/get-y", test_get_y);
  g_test_add_func ("/timeline-view/anchor/items-changed", test_items_changed);
  g_test_add_func ("/timeline-view/anchor/emptied", test_emptied);
  return g_test_run ();
}
