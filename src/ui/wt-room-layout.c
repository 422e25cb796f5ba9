/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-room-layout.h"

#define POINTS_PER_INCH 72.0
#define MOST_EMS 1000.0
#define MOST_SCALE 10.0

struct _WtRoomLayout
{
  GtkLayoutManager parent_instance;

  double width;
  double scale;
};

G_DEFINE_FINAL_TYPE (WtRoomLayout, wt_room_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef enum
{
  PROP_WIDTH = 1,
  PROP_SCALE,
} WtRoomLayoutProperty;

static GParamSpec *properties[PROP_SCALE + 1];

/* In pixels. */
static double
get_em (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * pango_cairo_context_get_resolution (context) / POINTS_PER_INCH;
}

static GtkSizeRequestMode
wt_room_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  return child != NULL ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
wt_room_layout_measure (GtkLayoutManager *manager,
                        GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  WtRoomLayout *self = WT_ROOM_LAYOUT (manager);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, (int) (self->width * MAX (self->scale, 1.0) * get_em (widget)));
}

static void
wt_room_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         int width,
                         int height,
                         int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
wt_room_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtRoomLayout *self = WT_ROOM_LAYOUT (object);

  switch ((WtRoomLayoutProperty) id)
    {
    case PROP_WIDTH:
      g_value_set_double (value, self->width);
      break;
    case PROP_SCALE:
      g_value_set_double (value, self->scale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_room_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtRoomLayout *self = WT_ROOM_LAYOUT (object);
  double number = g_value_get_double (value);
  double *place = id == PROP_WIDTH ? &self->width : &self->scale;

  if (id != PROP_WIDTH && id != PROP_SCALE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (G_APPROX_VALUE (*place, number, DBL_EPSILON))
    return;
  *place = number;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
wt_room_layout_class_init (WtRoomLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_room_layout_get_property;
  object_class->set_property = wt_room_layout_set_property;
  layout_class->get_request_mode = wt_room_layout_get_request_mode;
  layout_class->measure = wt_room_layout_measure;
  layout_class->allocate = wt_room_layout_allocate;

  properties[PROP_WIDTH] = g_param_spec_double ("width", NULL, NULL, 0, MOST_EMS, 0, flags);
  properties[PROP_SCALE] = g_param_spec_double ("scale", NULL, NULL, 0, MOST_SCALE, 1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_room_layout_init (WtRoomLayout *self)
{
  self->scale = 1;
}
