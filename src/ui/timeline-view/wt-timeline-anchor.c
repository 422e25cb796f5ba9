/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "wt-timeline-anchor.h"

/**
 * wt_timeline_anchor_is_jump:
 *
 * Returns: whether @anchor says where a row should be, rather than where it is
 */
gboolean
wt_timeline_anchor_is_jump (const WtTimelineAnchor *anchor)
{
  return anchor->mode == WT_TIMELINE_ANCHOR_ROW || anchor->mode == WT_TIMELINE_ANCHOR_POINT;
}

/**
 * wt_timeline_anchor_get_y:
 * @top: the top of the view in world pixels, integral
 * @page: its height
 * @height: of the anchor's row
 *
 * Returns: where the top of the anchor's row belongs, in world pixels, integral
 */
double
wt_timeline_anchor_get_y (const WtTimelineAnchor *anchor, double top, int page, int height)
{
  switch (anchor->mode)
    {
    case WT_TIMELINE_ANCHOR_BOTTOM:
      return top + page - height;
    case WT_TIMELINE_ANCHOR_ROW:
      return top + round (anchor->align * MAX (0, page - height));
    case WT_TIMELINE_ANCHOR_POINT:
      return top + round (anchor->align * page - anchor->within * height);
    case WT_TIMELINE_ANCHOR_HOLD:
    default:
      return anchor->y;
    }
}

/**
 * wt_timeline_anchor_hold:
 * @position: of a row
 * @y: its top in world pixels, integral
 *
 * From now on that row stays where it is.
 */
void
wt_timeline_anchor_hold (WtTimelineAnchor *anchor, guint position, double y)
{
  anchor->mode = WT_TIMELINE_ANCHOR_HOLD;
  anchor->position = position;
  anchor->y = y;
}

/**
 * wt_timeline_anchor_items_changed:
 * @position: as in #GListModel::items-changed
 * @removed: as there
 * @added: as there
 * @n_items: how many there are now
 *
 * Follows the model where no live row does it. What was replaced one for one, as a placeholder by
 * its message, keeps its place; a deleted anchor passes to what follows it.
 */
void
wt_timeline_anchor_items_changed (WtTimelineAnchor *anchor,
                                  guint position,
                                  guint removed,
                                  guint added,
                                  guint n_items)
{
  if (anchor->mode == WT_TIMELINE_ANCHOR_BOTTOM)
    return;

  if (n_items == 0)
    anchor->mode = WT_TIMELINE_ANCHOR_BOTTOM;
  else if (anchor->position >= position && anchor->position - position >= removed)
    anchor->position = anchor->position - removed + added;
  else if (anchor->position >= position && removed != added)
    anchor->position = MIN (position + added, n_items - 1);
}
