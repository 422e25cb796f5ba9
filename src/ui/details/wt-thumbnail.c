/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-thumbnail.h"

#include "wt-details-words.h"

#include <glib/gi18n-lib.h>

/* The picture may be longer than the square, which shows its middle: up to so much. */
#define MOST_RATIO 4

struct _WtThumbnail
{
  GtkWidget parent_instance;

  /* owned */
  WtShared *shared;
  WtMessageContext *context;
  GCancellable *cancellable;

  /* children */
  GtkWidget *picture;
  GtkWidget *icon;
};

G_DEFINE_FINAL_TYPE (WtThumbnail, wt_thumbnail, GTK_TYPE_WIDGET)

static void
show_icon (WtThumbnail *self, const char *name)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), name);
  gtk_widget_set_visible (self->icon, TRUE);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtThumbnail) self = data;
  g_autoptr (GError) error = NULL;
  WtPictureInfo info;
  g_autoptr (GdkTexture) texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source),
                                                                  result, &info, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->picture == NULL)
    return;
  g_clear_object (&self->cancellable);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  if (texture == NULL)
    show_icon (self, "image-missing-symbolic");
  else
    gtk_widget_set_visible (self->icon, FALSE);
}

static void
stop (WtThumbnail *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
}

static void
start (WtThumbnail *self)
{
  WtSession *session = self->context != NULL ? wt_message_context_get_session (self->context)
                                             : NULL;
  WtPictureLoader *loader = self->context != NULL ? wt_message_context_get_loader (self->context)
                                                  : NULL;
  int pixels = WT_THUMBNAIL_SIZE * gtk_widget_get_scale_factor (GTK_WIDGET (self)) * 3 / 2;
  g_autofree char *path = NULL;

  stop (self);
  if (self->shared == NULL || session == NULL || loader == NULL)
    return;
  path = wt_session_dup_media_path (session, wt_shared_get_media (self->shared));
  if (path == NULL)
    {
      show_icon (self, "folder-download-symbolic");
      return;
    }

  const WtMedia *media = wt_shared_get_media (self->shared);
  int across = pixels, down = pixels;

  /* It is fitted into what is asked for, and the shorter side has to fill the square. */
  if (media->width > media->height && media->height > 0)
    across = pixels * MIN (media->width / media->height + 1, MOST_RATIO);
  else if (media->height > media->width && media->width > 0)
    down = pixels * MIN (media->height / media->width + 1, MOST_RATIO);
  show_icon (self, "image-x-generic-symbolic");
  self->cancellable = g_cancellable_new ();
  wt_picture_loader_load_async (loader, path, across, down, self->cancellable, on_loaded,
                                g_object_ref (self));
}

static void
wt_thumbnail_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wt_thumbnail_parent_class)->map (widget);
  start (WT_THUMBNAIL (widget));
}

static void
wt_thumbnail_unmap (GtkWidget *widget)
{
  stop (WT_THUMBNAIL (widget));
  GTK_WIDGET_CLASS (wt_thumbnail_parent_class)->unmap (widget);
}

static GtkSizeRequestMode
wt_thumbnail_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A square as wide as it may be. */
static void
wt_thumbnail_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = WT_THUMBNAIL_SIZE / 2;
  *natural = WT_THUMBNAIL_SIZE;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    *minimum = *natural = MAX (for_size, WT_THUMBNAIL_SIZE / 2);
  *minimum_baseline = *natural_baseline = -1;
}

static void
wt_thumbnail_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtThumbnail *self = WT_THUMBNAIL (widget);

  gtk_widget_size_allocate (self->picture, &(GtkAllocation){ 0, 0, width, height }, -1);
  gtk_widget_size_allocate (self->icon, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
wt_thumbnail_dispose (GObject *object)
{
  WtThumbnail *self = WT_THUMBNAIL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_object (&self->shared);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wt_thumbnail_parent_class)->dispose (object);
}

static void
wt_thumbnail_class_init (WtThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_thumbnail_dispose;
  widget_class->map = wt_thumbnail_map;
  widget_class->unmap = wt_thumbnail_unmap;
  widget_class->get_request_mode = wt_thumbnail_get_request_mode;
  widget_class->measure = wt_thumbnail_measure;
  widget_class->size_allocate = wt_thumbnail_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wt_thumbnail_init (WtThumbnail *self)
{
  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_can_target (self->picture, FALSE);
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));
  self->icon = gtk_image_new ();
  gtk_widget_add_css_class (self->icon, "dim-label");
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * wt_thumbnail_new:
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
wt_thumbnail_new (void)
{
  return g_object_new (WT_TYPE_THUMBNAIL, NULL);
}

/**
 * wt_thumbnail_set_shared:
 * @self: a thumbnail
 * @shared: (nullable): a picture
 * @context: (nullable): knows the session and the loader
 */
void
wt_thumbnail_set_shared (WtThumbnail *self, WtShared *shared, WtMessageContext *context)
{
  g_return_if_fail (WT_IS_THUMBNAIL (self));

  g_set_object (&self->shared, shared);
  g_set_object (&self->context, context);
  if (shared != NULL)
    {
      g_autofree char *spoken = wt_details_words_shared_spoken (shared);

      gtk_widget_set_tooltip_text (GTK_WIDGET (self), spoken);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                      -1);
      if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    }
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    start (self);
}

/**
 * wt_thumbnail_get_shared:
 * @self: a thumbnail
 *
 * Returns: (transfer none) (nullable): its picture
 */
WtShared *
wt_thumbnail_get_shared (WtThumbnail *self)
{
  g_return_val_if_fail (WT_IS_THUMBNAIL (self), NULL);

  return self->shared;
}

/**
 * wt_thumbnail_get_painted:
 * @self: a thumbnail
 *
 * Returns: whether the picture is there, not only its place
 */
gboolean
wt_thumbnail_get_painted (WtThumbnail *self)
{
  g_return_val_if_fail (WT_IS_THUMBNAIL (self), FALSE);

  return gtk_picture_get_paintable (GTK_PICTURE (self->picture)) != NULL;
}
