/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-bar-private.h"

/* One line where there is room to type; else the tools have a line of their own. What was not found is said below. */

#define SPACING 6
#define ENTRY_LEAST 180

static int
get_least (GtkWidget *child, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (child, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* With all that is said of the hits. */
static int
get_tools (WtSearchBar *self)
{
  int natural;

  gtk_widget_measure (self->tools, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static gboolean
is_one_line (WtSearchBar *self, int width)
{
  int others = get_tools (self) + get_least (self->close, GTK_ORIENTATION_HORIZONTAL, -1)
               + 2 * SPACING;

  return width >= ENTRY_LEAST + others;
}

static int
get_height (WtSearchBar *self, int width)
{
  int tools = get_least (self->tools, GTK_ORIENTATION_VERTICAL, -1);
  int line = MAX (get_least (self->entry, GTK_ORIENTATION_VERTICAL, -1),
                  get_least (self->close, GTK_ORIENTATION_VERTICAL, -1));
  int height = is_one_line (self, width) ? MAX (line, tools) : line + SPACING + tools;

  if (gtk_widget_get_visible (self->nothing))
    height += SPACING + get_least (self->nothing, GTK_ORIENTATION_VERTICAL, width);
  return height;
}

void
wt_search_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  WtSearchBar *self = WT_SEARCH_BAR (widget);
  int close = get_least (self->close, GTK_ORIENTATION_HORIZONTAL, -1);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (get_least (self->entry, GTK_ORIENTATION_HORIZONTAL, -1) + SPACING + close,
                      get_least (self->tools, GTK_ORIENTATION_HORIZONTAL, -1));
      *natural = MAX (*minimum, 2 * ENTRY_LEAST + get_tools (self) + close + 2 * SPACING);
      return;
    }

  *minimum = *natural = get_height (self, for_size >= 0 ? for_size : G_MAXINT / 2);
}

static void
place (GtkWidget *child, int x, int y, int width, int height, int whole)
{
  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    x = whole - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

void
wt_search_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtSearchBar *self = WT_SEARCH_BAR (widget);
  gboolean one_line = is_one_line (self, width);
  int close = get_least (self->close, GTK_ORIENTATION_HORIZONTAL, -1);
  int tools = get_tools (self);
  int tools_height = get_least (self->tools, GTK_ORIENTATION_VERTICAL, -1);
  int line = MAX (get_least (self->entry, GTK_ORIENTATION_VERTICAL, -1),
                  get_least (self->close, GTK_ORIENTATION_VERTICAL, -1));
  int y = 0;

  line = one_line ? MAX (line, tools_height) : line;
  place (self->close, width - close, 0, close, line, width);
  if (one_line)
    {
      place (self->tools, width - close - SPACING - tools, 0, tools, line, width);
      place (self->entry, 0, 0, width - close - tools - 2 * SPACING, line, width);
      y = line;
    }
  else
    {
      place (self->entry, 0, 0, width - close - SPACING, line, width);
      place (self->tools, 0, line + SPACING, width, tools_height, width);
      y = line + SPACING + tools_height;
    }
  if (gtk_widget_get_visible (self->nothing))
    place (self->nothing, 0, y + SPACING, width, MAX (height - y - SPACING, 0), width);
}
