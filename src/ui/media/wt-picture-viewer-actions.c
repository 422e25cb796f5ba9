/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-picture-viewer-private.h"

#include <glib/gi18n-lib.h>

#include "wt-file-opener.h"
#include "wt-file-saver.h"

/* What one can do with the picture, and by which keys. */

#define KEY_FACTOR 1.25
#define KEY_STEP 0.15

static void
on_copy_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtPictureViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source),
                                                                  result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture == NULL)
    {
      wt_picture_viewer_tell (self, _ ("This picture cannot be copied"));
      return;
    }

  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  wt_picture_viewer_tell (self, _ ("Copied"));
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtPictureViewer *self = WT_PICTURE_VIEWER (widget);

  if (self->path != NULL)
    wt_picture_loader_load_async (wt_picture_viewer_get_loader (self), self->path, MOST_RESOLUTION,
                                  MOST_RESOLUTION, self->cancellable, on_copy_loaded,
                                  g_object_ref (self));
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtPictureViewer *self = WT_PICTURE_VIEWER (widget);

  wt_file_saver_save (widget, self->context, self->media);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtPictureViewer *self = WT_PICTURE_VIEWER (widget);

  wt_file_opener_open (widget, self->context, self->media);
}

static void
on_zoom (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtPictureCanvas *canvas = WT_PICTURE_VIEWER (widget)->canvas;
  int way = g_variant_get_int32 (parameter);

  wt_picture_canvas_zoom_by (canvas, way > 0 ? KEY_FACTOR : 1 / KEY_FACTOR);
}

static void
on_fit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wt_picture_canvas_fit (WT_PICTURE_VIEWER (widget)->canvas);
}

static void
on_actual (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wt_picture_canvas_set_zoom (WT_PICTURE_VIEWER (widget)->canvas, 1);
}

static void
on_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  int across, down;

  g_variant_get (parameter, "(ii)", &across, &down);
  wt_picture_canvas_move (WT_PICTURE_VIEWER (widget)->canvas, across * KEY_STEP, down * KEY_STEP);
}

static void
on_close (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
bind_zoom_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int way;
  } keys[] = {
    { GDK_KEY_plus, 1 },   { GDK_KEY_equal, 1 },        { GDK_KEY_KP_Add, 1 },
    { GDK_KEY_minus, -1 }, { GDK_KEY_KP_Subtract, -1 },
  };
  static const guint fit_keys[] = { GDK_KEY_0, GDK_KEY_KP_0 };
  static const guint actual_keys[] = { GDK_KEY_1, GDK_KEY_KP_1 };

  for (guint control = 0; control < 2; control++)
    {
      GdkModifierType modifier = control ? GDK_CONTROL_MASK : 0;

      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        gtk_widget_class_add_binding_action (widget_class, keys[i].key, modifier, "viewer.zoom",
                                             "i", keys[i].way);
      for (guint i = 0; i < G_N_ELEMENTS (fit_keys); i++)
        gtk_widget_class_add_binding_action (widget_class, fit_keys[i], modifier, "viewer.fit",
                                             NULL);
      for (guint i = 0; i < G_N_ELEMENTS (actual_keys); i++)
        gtk_widget_class_add_binding_action (widget_class, actual_keys[i], modifier,
                                             "viewer.actual", NULL);
    }
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int across;
    int down;
  } moves[] = {
    { GDK_KEY_Left, -1, 0 },
    { GDK_KEY_Right, 1, 0 },
    { GDK_KEY_Up, 0, -1 },
    { GDK_KEY_Down, 0, 1 },
  };

  bind_zoom_keys (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding_action (widget_class, moves[i].key, 0, "viewer.move", "(ii)",
                                         moves[i].across, moves[i].down);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "viewer.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "viewer.close",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "viewer.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "viewer.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "viewer.open",
                                       NULL);
}

/* For its class_init. */
void
wt_picture_viewer_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "viewer.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "viewer.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "viewer.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "viewer.zoom", "i", on_zoom);
  gtk_widget_class_install_action (widget_class, "viewer.fit", NULL, on_fit);
  gtk_widget_class_install_action (widget_class, "viewer.actual", NULL, on_actual);
  gtk_widget_class_install_action (widget_class, "viewer.move", "(ii)", on_move);
  gtk_widget_class_install_action (widget_class, "viewer.close", NULL, on_close);
  bind_keys (widget_class);
}
