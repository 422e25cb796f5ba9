/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-message-bubble.h"

G_BEGIN_DECLS

/**
 * WtLastLine:
 * @width: for which width of the text it was found, or %G_MININT for none
 * @extent: how wide it is, or -1 when nothing can stand beside it
 * @n_lines: of the text at that width
 */
typedef struct
{
  int width;
  int extent;
  int n_lines;
} WtLastLine;

struct _WtMessageBubble
{
  GtkWidget parent_instance;

  /* owned */
  GPtrArray *blocks; /* of GtkLabel and WtMessageBlock, children too */
  guint n_last_characters;
  gint64 time;    /* µs since 1970 */
  char *delivery; /* in words; never NULL */

  /* the last line of the last text at the widths that were asked for last */
  WtLastLine lines[2];
  guint next_line;

  /* children; all but the footer only once needed */
  GtkWidget *author;
  GtkWidget *more;
  GtkWidget *failure;
  GtkWidget *retry;
  GtkWidget *footer;
  GtkWidget *clock;
  GtkWidget *icon;
};

void wt_message_bubble_forget_lines (WtMessageBubble *self);
void wt_message_bubble_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline);
void wt_message_bubble_size_allocate (GtkWidget *widget, int width, int height, int baseline);

G_END_DECLS
