/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-picture-block-private.h"

#include "wt-picture-words.h"

/* A picture that is here: decoded while the block is in a window, and in motion while somebody sees it. */

static void
on_player_changed (WtPictureBlock *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  wt_presence_check (self->presence);
}

static WtPictureLoader *
get_loader (WtPictureBlock *self)
{
  return self->context != NULL ? wt_message_context_get_loader (self->context) : NULL;
}

static void
get_pixels (WtPictureBlock *self, int *width, int *height)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  *width = self->box_width * scale;
  *height = self->box_height * scale;
}

static void
on_presence_changed (WtPictureBlock *self)
{
  gboolean present = wt_presence_get_present (self->presence);
  int width, height;

  if (present && self->player == NULL)
    {
      get_pixels (self, &width, &height);
      self->player = wt_picture_player_new (get_loader (self), self->path, width, height);
      g_signal_connect_object (self->player, "invalidate-contents", G_CALLBACK (on_player_changed),
                               self, G_CONNECT_SWAPPED);
    }
  if (self->player != NULL)
    wt_picture_player_set_playing (self->player, present);
}

static void
drop_player (WtPictureBlock *self)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_func (self->player, on_player_changed, self);
  g_clear_object (&self->player);
  if (self->presence != NULL)
    g_signal_handlers_disconnect_by_func (self->presence, on_presence_changed, self);
  g_clear_object (&self->presence);
}

static void
take_texture (WtPictureBlock *self, GdkTexture *texture)
{
  drop_player (self);
  g_set_object (&self->texture, texture);
  wt_picture_block_set_state (self, WT_PICTURE_BLOCK_SHOWN);
  if (!self->info.animated)
    return;

  self->presence = wt_presence_new (GTK_WIDGET (self));
  g_signal_connect_object (self->presence, "notify::present", G_CALLBACK (on_presence_changed),
                           self, G_CONNECT_SWAPPED);
  on_presence_changed (self);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtPictureBlock) self = data;
  g_autoptr (GError) error = NULL;
  WtPictureInfo info;
  g_autoptr (GdkTexture) texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source),
                                                                  result, &info, &error);

  /* Only what was dropped is cancelled: something else may be there by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  self->info = info;
  if (texture != NULL)
    take_texture (self, texture);
  else
    {
      g_autofree char *words = wt_picture_words_failure (error, &info);

      g_clear_object (&self->texture);
      wt_picture_block_fail (self, words);
    }
}

static void
stop_loading (WtPictureBlock *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What has the right size already is shown at once, and what shows stays until the other is there. */
void
wt_picture_block_load (WtPictureBlock *self)
{
  WtPictureLoader *loader = get_loader (self);
  g_autoptr (GdkTexture) texture = NULL;
  int width, height;

  stop_loading (self);
  if (loader == NULL)
    return;

  get_pixels (self, &width, &height);
  texture = wt_picture_loader_peek (loader, self->path, width, height, &self->info);
  if (texture != NULL)
    {
      take_texture (self, texture);
      return;
    }

  self->cancellable = g_cancellable_new ();
  if (self->texture == NULL)
    wt_picture_block_set_state (self, WT_PICTURE_BLOCK_LOADING);
  wt_picture_loader_load_async (loader, self->path, width, height, self->cancellable, on_loaded,
                                g_object_ref (self));
}

/* Back to no picture, and nothing on its way. */
void
wt_picture_block_unload (WtPictureBlock *self)
{
  stop_loading (self);
  drop_player (self);
  g_clear_object (&self->texture);
  self->info = (WtPictureInfo){ 0 };
}
