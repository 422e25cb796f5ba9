/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-canvas.h"

/* Of one notch of a wheel. */
#define WHEEL_FACTOR 1.2

#define LEAST_SIZE 120

struct _WtPictureCanvas
{
  GtkWidget parent_instance;

  /* owned */
  GdkPaintable *paintable; /* nullable */

  int width; /* of the picture, in its own pixels */
  int height;
  gboolean fitting;
  double zoom;

  /* the point of the picture in the middle of the view, 0…1 */
  double x;
  double y;

  /* where a gesture began */
  double start_zoom;
  double start_x;
  double start_y;
  double pointer_x;
  double pointer_y;
};

G_DEFINE_FINAL_TYPE (WtPictureCanvas, wt_picture_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_ZOOM = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Of the window's pixels, for one of the picture's. */
static double
get_scale (WtPictureCanvas *self)
{
  return self->zoom / gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

static double
get_fit_zoom (WtPictureCanvas *self)
{
  double across = gtk_widget_get_width (GTK_WIDGET (self));
  double down = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->width <= 0 || self->height <= 0 || across <= 0 || down <= 0)
    return 1;

  return MIN (1, MIN (across * scale / self->width, down * scale / self->height));
}

/* No further than the picture's edges; what is smaller than the view stays in the middle. */
static double
bound (double middle, double view, double picture)
{
  double margin = view / 2 / picture;

  return picture <= view ? 0.5 : CLAMP (middle, margin, 1 - margin);
}

static void
bound_centre (WtPictureCanvas *self)
{
  double scale = get_scale (self);

  if (self->width <= 0 || self->height <= 0)
    return;

  self->x = bound (self->x, gtk_widget_get_width (GTK_WIDGET (self)), self->width * scale);
  self->y = bound (self->y, gtk_widget_get_height (GTK_WIDGET (self)), self->height * scale);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
apply_zoom (WtPictureCanvas *self, double zoom)
{
  double fit = get_fit_zoom (self);
  double before = self->zoom;

  self->fitting = zoom <= fit;
  self->zoom = CLAMP (zoom, fit, WT_PICTURE_CANVAS_MOST_ZOOM);
  bound_centre (self);
  if (self->zoom != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

/* What is at @x, @y of the view stays there. */
static void
zoom_at (WtPictureCanvas *self, double zoom, double x, double y)
{
  double across = x - gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double down = y - gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  double fit = get_fit_zoom (self);
  double before = get_scale (self);

  if (self->width <= 0 || self->height <= 0)
    return;

  zoom = CLAMP (zoom, fit, WT_PICTURE_CANVAS_MOST_ZOOM);
  self->x += across / self->width * (1 / before - self->zoom / zoom / before);
  self->y += down / self->height * (1 / before - self->zoom / zoom / before);
  apply_zoom (self, zoom);
}

static void
wt_picture_canvas_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = LEAST_SIZE;
}

static void
wt_picture_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtPictureCanvas *self = WT_PICTURE_CANVAS (widget);

  apply_zoom (self, self->fitting ? get_fit_zoom (self) : self->zoom);
}

static void
wt_picture_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WtPictureCanvas *self = WT_PICTURE_CANVAS (widget);
  double scale = get_scale (self);
  double width = self->width * scale;
  double height = self->height * scale;
  double left = gtk_widget_get_width (widget) / 2.0 - self->x * width;
  double top = gtk_widget_get_height (widget) / 2.0 - self->y * height;

  if (self->paintable == NULL || width <= 0 || height <= 0)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (int) left, (float) (int) top));
  gdk_paintable_snapshot (self->paintable, snapshot, MAX (width, 1), MAX (height, 1));
  gtk_snapshot_restore (snapshot);
}

static void
wt_picture_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ZOOM)
    g_value_set_double (value, WT_PICTURE_CANVAS (object)->zoom);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
drop_paintable (WtPictureCanvas *self)
{
  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_func (self->paintable, gtk_widget_queue_draw, self);
  g_clear_object (&self->paintable);
}

static void
wt_picture_canvas_dispose (GObject *object)
{
  drop_paintable (WT_PICTURE_CANVAS (object));

  G_OBJECT_CLASS (wt_picture_canvas_parent_class)->dispose (object);
}

static void
wt_picture_canvas_class_init (WtPictureCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wt_picture_canvas_get_property;
  object_class->dispose = wt_picture_canvas_dispose;
  widget_class->measure = wt_picture_canvas_measure;
  widget_class->size_allocate = wt_picture_canvas_size_allocate;
  widget_class->snapshot = wt_picture_canvas_snapshot;

  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 1,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_css_name (widget_class, "picturecanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
on_motion (WtPictureCanvas *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static gboolean
on_scroll (WtPictureCanvas *self, double dx, double dy)
{
  double factor = 1;

  for (; dy <= -1; dy++)
    factor *= WHEEL_FACTOR;
  for (; dy >= 1; dy--)
    factor /= WHEEL_FACTOR;
  /* The rest of a touchpad's finer steps. */
  factor *= 1 - dy * (WHEEL_FACTOR - 1);
  zoom_at (self, self->zoom * factor, self->pointer_x, self->pointer_y);
  return TRUE;
}

static void
on_pinch_begin (WtPictureCanvas *self)
{
  self->start_zoom = self->zoom;
}

static void
on_pinched (WtPictureCanvas *self, double scale, GtkGesture *gesture)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (gtk_gesture_is_active (gesture))
    gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  zoom_at (self, self->start_zoom * scale, x, y);
}

static void
on_drag_begin (WtPictureCanvas *self)
{
  self->start_x = self->x;
  self->start_y = self->y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->fitting ? NULL : "grabbing");
}

static void
on_dragged (WtPictureCanvas *self, double x, double y)
{
  double scale = get_scale (self);

  if (self->width <= 0 || self->height <= 0)
    return;

  self->x = self->start_x - x / scale / self->width;
  self->y = self->start_y - y / scale / self->height;
  bound_centre (self);
}

static void
on_drag_end (WtPictureCanvas *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
}

static void
on_pressed (WtPictureCanvas *self, int n_press, double x, double y)
{
  if (n_press != 2)
    return;
  if (self->fitting)
    zoom_at (self, 1, x, y);
  else
    wt_picture_canvas_fit (self);
}

static void
on_scale_factor_changed (WtPictureCanvas *self)
{
  apply_zoom (self, self->fitting ? get_fit_zoom (self) : self->zoom);
}

static void
connect (WtPictureCanvas *self, gpointer controller, const char *signal, GCallback callback)
{
  g_signal_connect_object (controller, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
wt_picture_canvas_init (WtPictureCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->fitting = TRUE;
  self->zoom = 1;
  self->x = self->y = 0.5;
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (widget, TRUE);

  connect (self, motion, "motion", G_CALLBACK (on_motion));
  connect (self, scroll, "scroll", G_CALLBACK (on_scroll));
  connect (self, pinch, "begin", G_CALLBACK (on_pinch_begin));
  connect (self, pinch, "scale-changed", G_CALLBACK (on_pinched));
  connect (self, drag, "drag-begin", G_CALLBACK (on_drag_begin));
  connect (self, drag, "drag-update", G_CALLBACK (on_dragged));
  connect (self, drag, "drag-end", G_CALLBACK (on_drag_end));
  connect (self, click, "pressed", G_CALLBACK (on_pressed));
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_factor_changed), NULL);
}

/**
 * wt_picture_canvas_new:
 *
 * Returns: (transfer floating): an empty canvas
 */
GtkWidget *
wt_picture_canvas_new (void)
{
  return g_object_new (WT_TYPE_PICTURE_CANVAS, NULL);
}

/**
 * wt_picture_canvas_set_picture:
 * @self: a canvas
 * @paintable: (nullable): the picture, in any resolution
 * @width: the picture's own pixels across
 * @height: and down
 *
 * Shows a picture; the same in another resolution takes the other's place exactly.
 */
void
wt_picture_canvas_set_picture (WtPictureCanvas *self,
                               GdkPaintable *paintable,
                               int width,
                               int height)
{
  g_return_if_fail (WT_IS_PICTURE_CANVAS (self));

  drop_paintable (self);
  if (paintable != NULL)
    {
      self->paintable = g_object_ref (paintable);
      g_signal_connect_object (paintable, "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw),
                               self, G_CONNECT_SWAPPED);
    }
  self->width = width;
  self->height = height;
  apply_zoom (self, self->fitting ? get_fit_zoom (self) : self->zoom);
}

/**
 * wt_picture_canvas_get_zoom:
 * @self: a canvas
 *
 * Returns: pixels of the screen for one of the picture
 */
double
wt_picture_canvas_get_zoom (WtPictureCanvas *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_CANVAS (self), 1);

  return self->zoom;
}

/**
 * wt_picture_canvas_get_fitting:
 * @self: a canvas
 *
 * Returns: whether all of the picture is in view, and stays so when the window's size changes
 */
gboolean
wt_picture_canvas_get_fitting (WtPictureCanvas *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_CANVAS (self), FALSE);

  return self->fitting;
}

/**
 * wt_picture_canvas_fit:
 * @self: a canvas
 *
 * Shows all of the picture, as large as there is room, but never enlarged.
 */
void
wt_picture_canvas_fit (WtPictureCanvas *self)
{
  g_return_if_fail (WT_IS_PICTURE_CANVAS (self));

  apply_zoom (self, 0);
}

/**
 * wt_picture_canvas_set_zoom:
 * @self: a canvas
 * @zoom: brought between what fits and %WT_PICTURE_CANVAS_MOST_ZOOM
 *
 * Enlarges around the middle of the view.
 */
void
wt_picture_canvas_set_zoom (WtPictureCanvas *self, double zoom)
{
  g_return_if_fail (WT_IS_PICTURE_CANVAS (self));

  apply_zoom (self, zoom);
}

/**
 * wt_picture_canvas_zoom_by:
 * @self: a canvas
 * @factor: above 1 to enlarge
 *
 * As wt_picture_canvas_set_zoom(), from what it is.
 */
void
wt_picture_canvas_zoom_by (WtPictureCanvas *self, double factor)
{
  g_return_if_fail (WT_IS_PICTURE_CANVAS (self));

  apply_zoom (self, self->zoom * factor);
}

/**
 * wt_picture_canvas_move:
 * @self: a canvas
 * @x: how much of the view's width to go to the right
 * @y: how much of its height to go down
 *
 * Shows another part of what is enlarged.
 */
void
wt_picture_canvas_move (WtPictureCanvas *self, double x, double y)
{
  g_return_if_fail (WT_IS_PICTURE_CANVAS (self));

  double scale = get_scale (self);

  if (self->width <= 0 || self->height <= 0)
    return;

  self->x += x * gtk_widget_get_width (GTK_WIDGET (self)) / (self->width * scale);
  self->y += y * gtk_widget_get_height (GTK_WIDGET (self)) / (self->height * scale);
  bound_centre (self);
}

/**
 * wt_picture_canvas_get_centre:
 * @self: a canvas
 * @x: (out): 0 for the left edge of the picture, 1 for the right
 * @y: (out): 0 for the upper edge, 1 for the lower
 *
 * Tells which point of the picture is in the middle of the view.
 */
void
wt_picture_canvas_get_centre (WtPictureCanvas *self, double *x, double *y)
{
  g_return_if_fail (WT_IS_PICTURE_CANVAS (self));

  *x = self->x;
  *y = self->y;
}
