/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-row-private.h"

#define NARROW 480

#define MARGIN 16
#define MARGIN_NARROW 10
#define CHECK_COLUMN 36
#define AVATAR_COLUMN 40
#define AVATAR_HEIGHT 32

/* Left free at the other side, so that one sees whose a long message is. */
#define FAR_SIDE 64
#define FAR_SIDE_NARROW 20

#define GAP_JOINED 2
#define GAP 8
#define GAP_HEADING 8

static gboolean
is_shown (GtkWidget *child)
{
  return child != NULL && gtk_widget_get_visible (child);
}

/* The space beside the bubble, at both sides together. */
static int
get_taken (WtMessageRow *self, int width, int *start)
{
  gboolean narrow = width < NARROW;
  int margin = narrow ? MARGIN_NARROW : MARGIN;

  *start = margin + (self->selecting ? CHECK_COLUMN : 0)
           + (is_shown (self->avatar) || self->group ? AVATAR_COLUMN : 0);
  return *start + margin + (narrow ? FAR_SIDE_NARROW : FAR_SIDE);
}

static void
measure_child (GtkWidget *child,
               GtkOrientation orientation,
               int for_size,
               int *minimum,
               int *natural)
{
  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static int
get_bubble_width (WtMessageRow *self, int width, int *start)
{
  int minimum, natural;
  int available = MIN (width, WT_MESSAGE_ROW_WIDEST) - get_taken (self, width, start);

  measure_child (self->bubble, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural);
  return MAX (minimum, MIN (natural, available));
}

static void
measure_across (WtMessageRow *self, int *minimum, int *natural)
{
  GtkWidget *const headings[] = { self->day, self->divider };
  int start, child_minimum, child_natural;

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    if (is_shown (headings[i]))
      {
        measure_child (headings[i], GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural);
        *minimum = MAX (*minimum, child_minimum);
        *natural = MAX (*natural, child_natural);
      }

  measure_child (self->bubble, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural);
  *minimum = MAX (*minimum, child_minimum + get_taken (self, 0, &start));
  *natural = MAX (*natural, child_natural + get_taken (self, WT_MESSAGE_ROW_WIDEST, &start));
}

static int
measure_along (WtMessageRow *self, int width)
{
  GtkWidget *const headings[] = { self->day, self->divider };
  int start, minimum, natural;
  int bubble_width = get_bubble_width (self, width, &start);
  int height = self->joined ? GAP_JOINED : GAP;

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    if (is_shown (headings[i]))
      {
        measure_child (headings[i], GTK_ORIENTATION_VERTICAL, -1, &minimum, &natural);
        height += GAP_HEADING + natural;
      }

  measure_child (self->bubble, GTK_ORIENTATION_VERTICAL, bubble_width, &minimum, &natural);
  if (is_shown (self->avatar))
    natural = MAX (natural, AVATAR_HEIGHT);
  return height + natural;
}

void
wt_message_row_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_across (self, minimum, natural);
      return;
    }
  if (for_size < 0)
    measure_across (self, minimum, &for_size);
  *minimum = *natural = measure_along (self, for_size);
}

static void
allocate (WtMessageRow *self, GtkWidget *child, int x, int y, int width, int height)
{
  /* @x is from the start side. */
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;

  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

/* Half way down the bubble. */
static void
allocate_check (WtMessageRow *self, int x, int y, int height)
{
  int size, natural;

  measure_child (self->check, GTK_ORIENTATION_HORIZONTAL, -1, &size, &natural);
  allocate (self, self->check, x, y + (height - size) / 2, size, size);
}

void
wt_message_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);
  GtkWidget *const headings[] = { self->day, self->divider };
  int indent = MAX (0, (width - WT_MESSAGE_ROW_WIDEST) / 2);
  int inner = MIN (width, WT_MESSAGE_ROW_WIDEST);
  int margin = width < NARROW ? MARGIN_NARROW : MARGIN;
  int y = 0;
  int start, bubble_width, minimum, natural;

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    if (is_shown (headings[i]))
      {
        int heading_width;

        measure_child (headings[i], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural);
        heading_width = headings[i] == self->divider ? width : MIN (natural, width);
        measure_child (headings[i], GTK_ORIENTATION_VERTICAL, -1, &minimum, &natural);
        y += GAP_HEADING;
        allocate (self, headings[i], (width - heading_width) / 2, y, heading_width, natural);
        y += natural;
      }
  y += self->joined ? GAP_JOINED : GAP;

  bubble_width = get_bubble_width (self, width, &start);
  measure_child (self->bubble, GTK_ORIENTATION_VERTICAL, bubble_width, &minimum, &natural);
  if (self->message != NULL && wt_message_get_outgoing (self->message))
    start = inner - margin - bubble_width;
  allocate (self, self->bubble, indent + start, y, bubble_width, natural);

  if (is_shown (self->avatar))
    {
      int size;

      measure_child (self->avatar, GTK_ORIENTATION_HORIZONTAL, -1, &size, &natural);
      allocate (self, self->avatar, indent + margin + (self->selecting ? CHECK_COLUMN : 0), y, size,
                size);
    }
  if (is_shown (self->check))
    allocate_check (self, indent + margin, y, height - y);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}
