/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-avatar.h"

#include "wt-initials.h"

/* AdwAvatar gives each text a font size of its own, so that it fits. For each Pango asks fontconfig anew, in threads, and
 * the glyphs are drawn anew: a tenth of a start, with eight avatars. Here there is one font size for a size of avatars, and
 * what is too wide is scaled, in steps. The style is the same: that of the CSS node. */

/* Of the avatar's size. */
#define FONT_SIZE 0.42
#define TEXT_ROOM 0.75
#define ICON_SIZE 0.5
/* A text that is too wide is scaled to so many eighths of its size as there is room for. */
#define EIGHTHS 8

struct _WtAvatar
{
  GtkWidget parent_instance;

  /* Owned. */
  char *icon_name; /* instead of initials, or NULL */

  GtkWidget *label; /* a child */
  GtkWidget *icon;  /* a child; NULL until it is needed */
  int size;         /* in pixels */
  guint colour;     /* whose class it has: 1…14; 0: none */
};

G_DEFINE_FINAL_TYPE (WtAvatar, wt_avatar, GTK_TYPE_WIDGET)

enum
{
  PROP_SIZE = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
set_colour (WtAvatar *self, guint colour)
{
  char css_class[16];

  if (self->colour == colour)
    return;
  g_snprintf (css_class, sizeof css_class, "color%u", self->colour);
  gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
  g_snprintf (css_class, sizeof css_class, "color%u", colour);
  gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  self->colour = colour;
}

/* Where there is nothing to write, there is a picture. */
static void
update_icon (WtAvatar *self)
{
  gboolean is_empty = *gtk_label_get_text (GTK_LABEL (self->label)) == '\0';
  gboolean shown = self->icon_name != NULL || is_empty;

  if (shown && self->icon == NULL)
    {
      self->icon = gtk_image_new ();
      gtk_image_set_pixel_size (GTK_IMAGE (self->icon), (int) (self->size * ICON_SIZE));
      gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
    }
  if (shown)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), self->icon_name != NULL
                                                              ? self->icon_name
                                                              : "avatar-default-symbolic");
  if (self->icon != NULL)
    gtk_widget_set_child_visible (self->icon, shown);
  gtk_widget_set_child_visible (self->label, !shown);
}

static void
wt_avatar_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = *natural = WT_AVATAR (widget)->size;
}

static void
wt_avatar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtAvatar *self = WT_AVATAR (widget);
  int text_width, text_height, eighths;
  GskTransform *transform;

  if (self->icon != NULL && gtk_widget_get_child_visible (self->icon))
    gtk_widget_allocate (self->icon, width, height, -1, NULL);
  if (!gtk_widget_get_child_visible (self->label))
    return;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &text_width, NULL, NULL);
  gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, -1, NULL, &text_height, NULL, NULL);
  eighths = (int) (self->size * TEXT_ROOM * EIGHTHS / MAX (text_width, 1));
  transform = gsk_transform_translate (
      NULL, &GRAPHENE_POINT_INIT ((float) width / 2, (float) height / 2));
  if (eighths < EIGHTHS)
    {
      float scale = (float) MAX (eighths, 1) / EIGHTHS;

      transform = gsk_transform_scale (transform, scale, scale);
    }
  transform = gsk_transform_translate (
      transform, &GRAPHENE_POINT_INIT ((float) -text_width / 2, (float) -text_height / 2));
  gtk_widget_allocate (self->label, text_width, text_height, -1, transform);
}

static void
wt_avatar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtAvatar *self = WT_AVATAR (object);

  switch (id)
    {
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_avatar_constructed (GObject *object)
{
  WtAvatar *self = WT_AVATAR (object);
  PangoAttrList *attributes = pango_attr_list_new ();

  G_OBJECT_CLASS (wt_avatar_parent_class)->constructed (object);

  pango_attr_list_insert (
      attributes, pango_attr_size_new_absolute ((int) (self->size * FONT_SIZE * PANGO_SCALE)));
  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
  pango_attr_list_unref (attributes);
}

static void
wt_avatar_dispose (GObject *object)
{
  WtAvatar *self = WT_AVATAR (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->icon_name, g_free);

  G_OBJECT_CLASS (wt_avatar_parent_class)->dispose (object);
}

static void
wt_avatar_class_init (WtAvatarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wt_avatar_constructed;
  object_class->set_property = wt_avatar_set_property;
  object_class->dispose = wt_avatar_dispose;
  widget_class->measure = wt_avatar_measure;
  widget_class->size_allocate = wt_avatar_size_allocate;

  /**
   * WtAvatar:size:
   *
   * How wide and high it is, in pixels.
   */
  props[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 1024, 40,
                                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY
                                           | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "avatar");
  /* The name is always beside it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wt_avatar_init (WtAvatar *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * wt_avatar_new:
 * @size: how wide and high it is, in pixels, 8…1024
 *
 * A disc with the initials of a name, or with a picture, in a colour that goes with the name.
 *
 * Returns: (transfer floating): an empty avatar
 */
GtkWidget *
wt_avatar_new (int size)
{
  return g_object_new (WT_TYPE_AVATAR, "size", size, NULL);
}

/**
 * wt_avatar_set_name:
 * @self: an avatar
 * @name: whose it is, valid UTF-8; empty: nobody knows
 */
void
wt_avatar_set_name (WtAvatar *self, const char *name)
{
  g_return_if_fail (WT_IS_AVATAR (self));
  g_return_if_fail (name != NULL);

  g_autofree char *initials = wt_initials_new (name);

  gtk_label_set_text (GTK_LABEL (self->label), initials);
  set_colour (self, wt_initials_get_colour (name) + 1);
  update_icon (self);
}

/**
 * wt_avatar_set_icon_name:
 * @self: an avatar
 * @icon_name: (nullable): the picture to show instead of initials
 */
void
wt_avatar_set_icon_name (WtAvatar *self, const char *icon_name)
{
  g_return_if_fail (WT_IS_AVATAR (self));

  g_free (self->icon_name);
  self->icon_name = g_strdup (icon_name);
  update_icon (self);
}
