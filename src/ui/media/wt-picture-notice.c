/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-notice.h"

#define PADDING 8
#define SPACING 6
#define MOST_LINES 5
#define MOST_PROGRESS_WIDTH 180

struct _WtPictureNotice
{
  GtkWidget parent_instance;

  /* owned */
  char *words;
  double fraction;

  /* children, in the order in which they stand below each other */
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *progress; /* only once needed */
  GtkWidget *button;   /* only once needed */
};

G_DEFINE_FINAL_TYPE (WtPictureNotice, wt_picture_notice, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  GtkWidget *widget;
  int width;
  int height;
} Line;

static gboolean
is_shown (GtkWidget *child)
{
  return child != NULL && gtk_widget_get_visible (child);
}

/* How large @child would be in @width; FALSE if it is wider at least. */
static gboolean
measure_line (WtPictureNotice *self, GtkWidget *child, int width, Line *line)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  if (minimum > width)
    return FALSE;

  line->widget = child;
  line->width = child == self->progress ? MIN (width, MOST_PROGRESS_WIDTH) : MIN (natural, width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, line->width, &minimum, &natural, NULL, NULL);
  line->height = natural;
  return TRUE;
}

/* Every child is measured, as GTK wants it before it is laid out; the most important is given room first. */
static int
choose_lines (WtPictureNotice *self, int width, int height, Line *lines)
{
  GtkWidget *const by_weight[] = { self->button, self->label, self->icon, self->progress };
  GtkWidget *const in_order[] = { self->icon, self->label, self->progress, self->button };
  int taken = -SPACING;

  for (guint i = 0; i < G_N_ELEMENTS (by_weight); i++)
    {
      Line line = { 0 };
      gboolean fits;

      if (!is_shown (by_weight[i]))
        continue;
      fits = measure_line (self, by_weight[i], width, &line)
             && taken + SPACING + line.height <= height;
      gtk_widget_set_child_visible (by_weight[i], fits);
      if (!fits)
        continue;
      taken += SPACING + line.height;
      for (guint j = 0; j < G_N_ELEMENTS (in_order); j++)
        if (in_order[j] == by_weight[i])
          lines[j] = line;
    }
  return MAX (taken, 0);
}

static void
wt_picture_notice_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtPictureNotice *self = WT_PICTURE_NOTICE (widget);
  Line lines[4] = { 0 };
  int taken = choose_lines (self, MAX (width - 2 * PADDING, 0), MAX (height - 2 * PADDING, 0),
                            lines);
  int y = (height - taken) / 2;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].widget != NULL)
      {
        gtk_widget_size_allocate (
            lines[i].widget,
            &(GtkAllocation){ (width - lines[i].width) / 2, y, lines[i].width, lines[i].height },
            -1);
        y += lines[i].height + SPACING;
      }
}

static void
wt_picture_notice_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = 0;
}

/* Words that have no room are told to whom asks. */
static gboolean
wt_picture_notice_query_tooltip (GtkWidget *widget,
                                 int x,
                                 int y,
                                 gboolean keyboard,
                                 GtkTooltip *tooltip)
{
  WtPictureNotice *self = WT_PICTURE_NOTICE (widget);

  if (self->words == NULL || gtk_widget_get_child_visible (self->label))
    return FALSE;

  gtk_tooltip_set_text (tooltip, self->words);
  return TRUE;
}

static void
wt_picture_notice_dispose (GObject *object)
{
  WtPictureNotice *self = WT_PICTURE_NOTICE (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->progress, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_picture_notice_parent_class)->dispose (object);
}

static void
wt_picture_notice_finalize (GObject *object)
{
  g_clear_pointer (&WT_PICTURE_NOTICE (object)->words, g_free);

  G_OBJECT_CLASS (wt_picture_notice_parent_class)->finalize (object);
}

static void
wt_picture_notice_class_init (WtPictureNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_picture_notice_dispose;
  G_OBJECT_CLASS (klass)->finalize = wt_picture_notice_finalize;
  widget_class->measure = wt_picture_notice_measure;
  widget_class->size_allocate = wt_picture_notice_size_allocate;
  widget_class->query_tooltip = wt_picture_notice_query_tooltip;

  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", WT_TYPE_PICTURE_NOTICE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "picturenotice");
}

static void
wt_picture_notice_init (WtPictureNotice *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->fraction = WT_PICTURE_NOTICE_NO_PROGRESS;
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  self->icon = gtk_image_new ();
  gtk_widget_set_parent (self->icon, widget);
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (self->label), MOST_LINES);
  gtk_label_set_justify (GTK_LABEL (self->label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_parent (self->label, widget);
}

/**
 * wt_picture_notice_new:
 *
 * Returns: (transfer floating): an empty notice
 */
GtkWidget *
wt_picture_notice_new (void)
{
  return g_object_new (WT_TYPE_PICTURE_NOTICE, NULL);
}

static void
on_clicked (WtPictureNotice *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
set_button (WtPictureNotice *self, const char *words)
{
  if (words != NULL && self->button == NULL)
    {
      self->button = gtk_button_new ();
      gtk_widget_insert_before (self->button, GTK_WIDGET (self), NULL);
      g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_clicked), self,
                               G_CONNECT_SWAPPED);
    }
  if (self->button == NULL)
    return;

  if (words != NULL)
    gtk_button_set_label (GTK_BUTTON (self->button), words);
  gtk_widget_set_visible (self->button, words != NULL);
}

static void
set_progress (WtPictureNotice *self, double fraction)
{
  gboolean shown = fraction >= 0;

  self->fraction = fraction;
  if (shown && self->progress == NULL)
    {
      self->progress = gtk_progress_bar_new ();
      gtk_widget_insert_after (self->progress, GTK_WIDGET (self), self->label);
    }
  if (self->progress == NULL)
    return;

  if (shown)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), MIN (fraction, 1));
  gtk_widget_set_visible (self->progress, shown);
}

/**
 * wt_picture_notice_set:
 * @self: a notice
 * @icon_name: the icon
 * @words: what they say
 * @button: (nullable): the button's label, or %NULL for none
 * @fraction: how far a download is, 0 to 1, or %WT_PICTURE_NOTICE_NO_PROGRESS
 *
 * Says what there is to say.
 */
void
wt_picture_notice_set (WtPictureNotice *self,
                       const char *icon_name,
                       const char *words,
                       const char *button,
                       double fraction)
{
  g_return_if_fail (WT_IS_PICTURE_NOTICE (self));
  g_return_if_fail (words != NULL);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_label_set_text (GTK_LABEL (self->label), words);
  g_clear_pointer (&self->words, g_free);
  self->words = g_strdup (words);
  set_progress (self, fraction);
  set_button (self, button);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * wt_picture_notice_get_words:
 * @self: a notice
 *
 * Returns: (nullable): what it says
 */
const char *
wt_picture_notice_get_words (WtPictureNotice *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_NOTICE (self), NULL);

  return self->words;
}

/**
 * wt_picture_notice_get_button:
 * @self: a notice
 *
 * Returns: (nullable): the button's label; %NULL if there is none
 */
const char *
wt_picture_notice_get_button (WtPictureNotice *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_NOTICE (self), NULL);

  return is_shown (self->button) ? gtk_button_get_label (GTK_BUTTON (self->button)) : NULL;
}

/**
 * wt_picture_notice_get_fraction:
 * @self: a notice
 *
 * Returns: how far the download is, or %WT_PICTURE_NOTICE_NO_PROGRESS
 */
double
wt_picture_notice_get_fraction (WtPictureNotice *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_NOTICE (self), WT_PICTURE_NOTICE_NO_PROGRESS);

  return self->fraction;
}

/**
 * wt_picture_notice_click:
 * @self: a notice
 *
 * Presses its button, if it has one.
 */
void
wt_picture_notice_click (WtPictureNotice *self)
{
  g_return_if_fail (WT_IS_PICTURE_NOTICE (self));

  if (is_shown (self->button))
    g_signal_emit_by_name (self->button, "clicked");
}
