/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-sticker-tile.h"

#include <glib/gi18n-lib.h>

#define TILE_SIZE 72

struct _WtStickerTile
{
  GtkWidget parent_instance;

  /* owned */
  WtPictureLoader *loader; /* nullable */
  WtSticker *sticker;      /* nullable */
  GCancellable *cancellable;

  /* children */
  GtkWidget *picture;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (WtStickerTile, wt_sticker_tile, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtStickerTile) self = data;
  g_autoptr (GdkTexture) texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source),
                                                                  result, NULL, NULL);

  /* None of what was cancelled either: something else is asked for by then, or the tile is gone. */
  if (texture != NULL)
    gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
}

static void
stop (WtStickerTile *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (WtStickerTile *self)
{
  int size = TILE_SIZE * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  wt_picture_loader_load_async (self->loader, wt_sticker_get_path (self->sticker), size, size,
                                self->cancellable, on_loaded, g_object_ref (self));
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REMOVE], 0);
}

static void
on_pressed (GtkGesture *gesture, int n_presses, double x, double y, WtStickerTile *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  wt_sticker_tile_open_menu (self);
}

static void
on_long_press (GtkGesture *gesture, double x, double y, WtStickerTile *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  wt_sticker_tile_open_menu (self);
}

static void
wt_sticker_tile_dispose (GObject *object)
{
  WtStickerTile *self = WT_STICKER_TILE (object);

  stop (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_object (&self->loader);
  g_clear_object (&self->sticker);

  G_OBJECT_CLASS (wt_sticker_tile_parent_class)->dispose (object);
}

static void
wt_sticker_tile_class_init (WtStickerTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_sticker_tile_dispose;
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", WT_TYPE_STICKER_TILE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "sticker.remove", NULL, on_remove);
  gtk_widget_class_set_css_name (widget_class, "stickertile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wt_sticker_tile_init (WtStickerTile *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();

  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_set_size_request (self->picture, TILE_SIZE, TILE_SIZE);
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_object (long_press, "pressed", G_CALLBACK (on_long_press), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (long_press));
}

/**
 * wt_sticker_tile_new:
 * @loader: (nullable): for the picture
 *
 * Returns: (transfer floating): a tile without a sticker
 */
GtkWidget *
wt_sticker_tile_new (WtPictureLoader *loader)
{
  WtStickerTile *self = g_object_new (WT_TYPE_STICKER_TILE, NULL);

  g_set_object (&self->loader, loader);
  return GTK_WIDGET (self);
}

/**
 * wt_sticker_tile_set_sticker:
 * @self: a tile
 * @sticker: (nullable): what it shows
 */
void
wt_sticker_tile_set_sticker (WtStickerTile *self, WtSticker *sticker)
{
  g_return_if_fail (WT_IS_STICKER_TILE (self));

  stop (self);
  g_set_object (&self->sticker, sticker);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  if (sticker != NULL && self->loader != NULL)
    load (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sticker"), -1);
}

WtSticker *
wt_sticker_tile_get_sticker (WtStickerTile *self)
{
  g_return_val_if_fail (WT_IS_STICKER_TILE (self), NULL);

  return self->sticker;
}

/**
 * wt_sticker_tile_open_menu:
 * @self: a tile
 *
 * Opens the menu of what can be done with it besides sending.
 */
void
wt_sticker_tile_open_menu (WtStickerTile *self)
{
  g_return_if_fail (WT_IS_STICKER_TILE (self));

  g_autoptr (GMenu) model = g_menu_new ();

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_menu_append (model, _ ("_Remove Sticker"), "sticker.remove");
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
