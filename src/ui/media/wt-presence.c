/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-presence.h"

struct _WtPresence
{
  GObject parent_instance;

  /* borrowed; its owner has it as long as us */
  GtkWidget *widget;

  /* owned while the widget is mapped */
  GtkSettings *settings;
  GtkWindow *window;       /* nullable */
  GtkWidget *scroller;     /* nullable */
  GtkAdjustment *vertical; /* nullable */
  GdkFrameClock *clock;    /* while a look is due */

  gboolean present;
};

G_DEFINE_FINAL_TYPE (WtPresence, wt_presence, G_TYPE_OBJECT)

enum
{
  PROP_PRESENT = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void on_painted (WtPresence *self);

static gboolean
is_in_view (WtPresence *self)
{
  graphene_rect_t bounds, view;

  if (self->scroller == NULL)
    return TRUE;
  if (!gtk_widget_compute_bounds (self->widget, self->scroller, &bounds))
    return FALSE;

  graphene_rect_init (&view, 0, 0, gtk_widget_get_width (self->scroller),
                      gtk_widget_get_height (self->scroller));
  return graphene_rect_intersection (&view, &bounds, NULL);
}

static gboolean
may_move (WtPresence *self)
{
  gboolean animations = FALSE;

  if (self->settings == NULL || self->window == NULL || !gtk_window_is_active (self->window))
    return FALSE;

  g_object_get (self->settings, "gtk-enable-animations", &animations, NULL);
  return animations;
}

static void
forget_clock (WtPresence *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_func (self->clock, on_painted, self);
  g_clear_object (&self->clock);
}

static void
on_painted (WtPresence *self)
{
  g_autoptr (WtPresence) kept = g_object_ref (self);

  forget_clock (self);
  wt_presence_check (self);
}

/* What scrolls is laid out with the next frame: after that. */
static void
queue_check (WtPresence *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->widget);

  if (clock == NULL || self->clock != NULL || !(self->present || may_move (self)))
    return;

  self->clock = g_object_ref (clock);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_painted), self, G_CONNECT_SWAPPED);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
}

static void
let_go (WtPresence *self)
{
  gpointer const watched[] = { self->settings, self->window, self->vertical };

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    if (watched[i] != NULL)
      {
        g_signal_handlers_disconnect_by_func (watched[i], wt_presence_check, self);
        g_signal_handlers_disconnect_by_func (watched[i], queue_check, self);
      }
  forget_clock (self);
  g_clear_object (&self->settings);
  g_clear_object (&self->window);
  g_clear_object (&self->scroller);
  g_clear_object (&self->vertical);
}

static void
on_map (WtPresence *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);
  GtkWidget *scroller = gtk_widget_get_ancestor (self->widget, GTK_TYPE_SCROLLED_WINDOW);

  let_go (self);
  g_set_object (&self->settings, gtk_widget_get_settings (self->widget));
  g_signal_connect_object (self->settings, "notify::gtk-enable-animations",
                           G_CALLBACK (wt_presence_check), self, G_CONNECT_SWAPPED);
  if (GTK_IS_WINDOW (root))
    {
      self->window = GTK_WINDOW (g_object_ref (root));
      g_signal_connect_object (root, "notify::is-active", G_CALLBACK (wt_presence_check), self,
                               G_CONNECT_SWAPPED);
    }
  if (scroller != NULL)
    {
      self->scroller = g_object_ref (scroller);
      self->vertical = g_object_ref (
          gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
      g_signal_connect_object (self->vertical, "value-changed", G_CALLBACK (queue_check), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->vertical, "changed", G_CALLBACK (queue_check), self,
                               G_CONNECT_SWAPPED);
    }
  queue_check (self);
}

static void
on_unmap (WtPresence *self)
{
  let_go (self);
  wt_presence_check (self);
}

static void
wt_presence_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PRESENT)
    g_value_set_boolean (value, WT_PRESENCE (object)->present);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wt_presence_dispose (GObject *object)
{
  let_go (WT_PRESENCE (object));

  G_OBJECT_CLASS (wt_presence_parent_class)->dispose (object);
}

static void
wt_presence_class_init (WtPresenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_presence_get_property;
  object_class->dispose = wt_presence_dispose;

  properties[PROP_PRESENT] = g_param_spec_boolean ("present", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                       | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wt_presence_init (WtPresence *self)
{
}

/**
 * wt_presence_new:
 * @widget: what is watched; it outlives the presence
 *
 * Returns: (transfer full): a presence
 */
WtPresence *
wt_presence_new (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  WtPresence *self = g_object_new (WT_TYPE_PRESENCE, NULL);

  self->widget = widget;
  g_signal_connect_object (widget, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (widget, "unmap", G_CALLBACK (on_unmap), self, G_CONNECT_SWAPPED);
  if (gtk_widget_get_mapped (widget))
    on_map (self);
  return self;
}

/**
 * wt_presence_get_present:
 * @self: a presence
 *
 * Returns: whether what moves there would be seen
 */
gboolean
wt_presence_get_present (WtPresence *self)
{
  g_return_val_if_fail (WT_IS_PRESENCE (self), FALSE);

  return self->present;
}

/**
 * wt_presence_check:
 * @self: a presence
 *
 * Looks again. Scrolling, mapping and the window are followed; something else that moves the widget is not.
 */
void
wt_presence_check (WtPresence *self)
{
  g_return_if_fail (WT_IS_PRESENCE (self));

  gboolean present = may_move (self) && is_in_view (self);

  if (self->present == present)
    return;

  self->present = present;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESENT]);
}
