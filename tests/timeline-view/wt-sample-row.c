/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-sample-row.h"

struct _WtSampleRow
{
  GtkWidget parent_instance;

  /* owned */
  WtSampleItem *item;
  GtkWidget *button;

  gpointer previous; /* borrowed, only compared */
};

G_DEFINE_FINAL_TYPE (WtSampleRow, wt_sample_row, GTK_TYPE_WIDGET)

static void
wt_sample_row_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  WtSampleRow *self = WT_SAMPLE_ROW (widget);

  *minimum = 0;
  gtk_widget_measure (self->button, orientation, -1, NULL, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && self->item != NULL)
    *minimum = *natural = wt_sample_item_get_height (self->item, for_size);
}

static GtkSizeRequestMode
wt_sample_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wt_sample_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtSampleRow *self = WT_SAMPLE_ROW (widget);
  int natural_width = 0;
  int natural_height = 0;

  gtk_widget_measure (self->button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_width, NULL,
                      NULL);
  gtk_widget_measure (self->button, GTK_ORIENTATION_VERTICAL, natural_width, NULL, &natural_height,
                      NULL, NULL);
  gtk_widget_allocate (self->button, natural_width, natural_height, -1, NULL);
}

static void
wt_sample_row_dispose (GObject *object)
{
  WtSampleRow *self = WT_SAMPLE_ROW (object);

  wt_sample_row_set_item (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_sample_row_parent_class)->dispose (object);
}

static void
wt_sample_row_class_init (WtSampleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_sample_row_dispose;
  widget_class->measure = wt_sample_row_measure;
  widget_class->get_request_mode = wt_sample_row_get_request_mode;
  widget_class->size_allocate = wt_sample_row_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
wt_sample_row_init (WtSampleRow *self)
{
  self->button = gtk_button_new_with_label ("");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
wt_sample_row_new (void)
{
  return g_object_new (WT_TYPE_SAMPLE_ROW, NULL);
}

void
wt_sample_row_set_item (WtSampleRow *self, WtSampleItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  if (!g_set_object (&self->item, item) && item == NULL)
    return;

  if (item != NULL)
    {
      g_autofree char *label = g_strdup_printf ("%u", wt_sample_item_get_number (item));

      gtk_button_set_label (GTK_BUTTON (self->button), label);
      g_signal_connect_object (item, "grew", G_CALLBACK (gtk_widget_queue_resize), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

WtSampleItem *
wt_sample_row_get_item (WtSampleRow *self)
{
  return self->item;
}

void
wt_sample_row_set_previous (WtSampleRow *self, GObject *previous)
{
  self->previous = previous;
}

GObject *
wt_sample_row_get_previous (WtSampleRow *self)
{
  return self->previous;
}

GtkWidget *
wt_sample_row_get_button (WtSampleRow *self)
{
  return self->button;
}
