/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-bubble-private.h"

#define SPACING 4
#define FOOTER_GAP 10

/* The time stands beside the last line of texts up to this length, and below longer ones, whose last line
 * would take long to find. */
#define MOST_INLINE_CHARACTERS 400

/* A longer text has more than one line at its natural width. */
#define MOST_LINE_CHARACTERS 75

/* What an unloaded message takes: about that of two lines. */
#define SKELETON_WIDTH 240
#define SKELETON_HEIGHT 36

static gboolean
is_shown (GtkWidget *child)
{
  return child != NULL && gtk_widget_get_visible (child);
}

/* The text that the footer may share its last line with. */
static GtkLabel *
get_last_text (WtMessageBubble *self)
{
  GtkWidget *last = self->blocks->len > 0 ? self->blocks->pdata[self->blocks->len - 1] : NULL;

  if (last == NULL || !GTK_IS_LABEL (last) || is_shown (self->more) || is_shown (self->failure)
      || self->n_last_characters > MOST_INLINE_CHARACTERS)
    return NULL;

  return GTK_LABEL (last);
}

/* A text of one line is laid out already, whatever the width is that has room for it. To lay one out is what takes longest
 * of all that is done for a row. */
static gboolean
fits (PangoLayout *layout, int width)
{
  int needed = 0;

  if (pango_layout_is_wrapped (layout))
    return FALSE;
  pango_layout_get_pixel_size (layout, &needed, NULL);
  return needed <= width;
}

static PangoLayout *
lay_out (GtkLabel *label, int width)
{
  PangoLayout *layout = gtk_label_get_layout (label);

  if (pango_layout_get_width (layout) == width * PANGO_SCALE || fits (layout, width))
    return g_object_ref (layout);
  layout = pango_layout_copy (layout);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

/* The last line of the last text at @width: where the footer may stand. */
static const WtLastLine *
get_last_line (WtMessageBubble *self, int width)
{
  static const WtLastLine none = { 0, -1, 0 };
  GtkLabel *label = get_last_text (self);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autoptr (PangoLayout) layout = NULL;
  PangoLayoutLine *line;
  PangoRectangle extents;
  WtLastLine *found;

  if (label == NULL)
    return &none;
  for (guint i = 0; i < G_N_ELEMENTS (self->lines); i++)
    if (self->lines[i].width == width)
      return &self->lines[i];

  found = &self->lines[self->next_line++ % G_N_ELEMENTS (self->lines)];
  layout = lay_out (label, width);
  found->width = width;
  found->n_lines = pango_layout_get_line_count (layout);
  line = pango_layout_get_line_readonly (layout, found->n_lines - 1);
  pango_layout_line_get_pixel_extents (line, NULL, &extents);
  found->extent = (line->resolved_dir == PANGO_DIRECTION_RTL) == rtl ? extents.width : -1;
  return found;
}

/* After the text, its font or its direction changed. */
void
wt_message_bubble_forget_lines (WtMessageBubble *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lines); i++)
    self->lines[i].width = G_MININT;
}

static int
measure_width (GtkWidget *child, int *minimum)
{
  int child_minimum, child_natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL,
                      NULL);
  *minimum = MAX (*minimum, child_minimum);
  return child_natural;
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* Whether the footer stands beside the last line of the text, at @width. */
static gboolean
footer_is_inline (WtMessageBubble *self, int width)
{
  int ignored = 0;
  int extent = get_last_line (self, width)->extent;

  return extent >= 0 && extent + FOOTER_GAP + measure_width (self->footer, &ignored) <= width;
}

static void
measure_across (WtMessageBubble *self, int *minimum, int *natural)
{
  GtkWidget *const others[] = { self->author, self->more, self->failure };
  GtkLabel *last = get_last_text (self);
  int footer;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (is_shown (others[i]))
      *natural = MAX (*natural, measure_width (others[i], minimum));

  footer = measure_width (self->footer, minimum);
  if (is_shown (self->retry))
    footer += FOOTER_GAP + measure_width (self->retry, minimum);
  *natural = MAX (*natural, footer);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      int width = measure_width (self->blocks->pdata[i], minimum);

      *natural = MAX (*natural, width);
      if (last != NULL && self->blocks->pdata[i] == (gpointer) last
          && self->n_last_characters <= MOST_LINE_CHARACTERS)
        {
          const WtLastLine *line = get_last_line (self, width);

          /* A text of one line makes room for the footer; a wrapped one is not widened for it. */
          if (line->extent >= 0 && line->n_lines == 1)
            *natural = MAX (*natural, width + FOOTER_GAP + footer);
        }
    }
  *natural = MAX (*natural, *minimum);
}

static int
measure_along (WtMessageBubble *self, int width)
{
  GtkWidget *const before[] = { self->author };
  GtkWidget *const after[] = { self->more, self->failure };
  int height = 0;
  int last_line = 0;

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (is_shown (before[i]))
      height += measure_height (before[i], width);
  for (guint i = 0; i < self->blocks->len; i++)
    height += measure_height (self->blocks->pdata[i], width) + (i > 0 ? SPACING : 0);
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    if (is_shown (after[i]))
      height += SPACING + measure_height (after[i], width);

  if (is_shown (self->retry))
    last_line = measure_height (self->retry, -1);
  if (is_shown (self->retry) || !footer_is_inline (self, width))
    height += MAX (last_line, measure_height (self->footer, -1));

  return height;
}

void
wt_message_bubble_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  WtMessageBubble *self = WT_MESSAGE_BUBBLE (widget);

  *minimum = *natural = 0;
  if (self->blocks->len == 0)
    {
      *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 1 : SKELETON_HEIGHT;
      *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? SKELETON_WIDTH : SKELETON_HEIGHT;
      return;
    }

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
allocate (WtMessageBubble *self, GtkWidget *child, int x, int y, int width, int height)
{
  /* @x is from the start side. */
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;

  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static int
allocate_across (WtMessageBubble *self, GtkWidget *child, int y, int width)
{
  int height = measure_height (child, width);

  allocate (self, child, 0, y, width, height);
  return height;
}

void
wt_message_bubble_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtMessageBubble *self = WT_MESSAGE_BUBBLE (widget);
  GtkWidget *const after[] = { self->more, self->failure };
  int ignored = 0;
  int footer_width = MIN (measure_width (self->footer, &ignored), width);
  int footer_height = measure_height (self->footer, -1);
  int y = 0;

  if (is_shown (self->author))
    y += allocate_across (self, self->author, y, width);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      y += i > 0 ? SPACING : 0;
      y += allocate_across (self, self->blocks->pdata[i], y, width);
    }
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    if (is_shown (after[i]))
      {
        y += SPACING;
        /* A button is as wide as its words; the reason may wrap. */
        if (after[i] == self->more)
          {
            int more_width = MIN (measure_width (after[i], &ignored), width);
            int more_height = measure_height (after[i], more_width);

            allocate (self, after[i], 0, y, more_width, more_height);
            y += more_height;
          }
        else
          y += allocate_across (self, after[i], y, width);
      }

  if (is_shown (self->retry))
    {
      int retry_width = measure_width (self->retry, &ignored);

      allocate (self, self->retry, 0, y, retry_width, height - y);
    }
  allocate (self, self->footer, width - footer_width, height - footer_height, footer_width,
            footer_height);
}
