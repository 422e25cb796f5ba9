/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-player.h"

#include "wt-animation.h"
#include "wt-picture-texture.h"

struct _WtPicturePlayer
{
  GObject parent_instance;

  /* owned */
  WtPictureWorkers *workers;
  WtMotionClock *clock;
  GCancellable *cancellable;
  char *path;
  WtAnimation *animation; /* NULL before the first frame, and while a thread has it */
  GdkTexture *frame;      /* what shows; nullable */
  GdkTexture *next;       /* nullable */

  int width;
  int height;
  int delay;
  int next_delay;
  guint n_shown;
  gboolean playing;
  gboolean decoding;
  gboolean ended; /* there is no frame after @next */
  gboolean late;  /* @next should show already */
};

/* A thread reads the first group and writes the second. */
typedef struct
{
  char *path;
  int width;
  int height;
  GCancellable *cancellable;

  WtAnimation *animation;
  GdkTexture *texture;
  int delay;

  GWeakRef player;
} Frame;

static void init_paintable (GdkPaintableInterface *iface);
static void request_next (WtPicturePlayer *self);
static void on_alarm (gpointer owner);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtPicturePlayer,
                               wt_picture_player,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, init_paintable))

static void
free_frame (gpointer data)
{
  Frame *frame = data;

  g_free (frame->path);
  g_object_unref (frame->cancellable);
  g_clear_object (&frame->animation);
  g_clear_object (&frame->texture);
  g_weak_ref_clear (&frame->player);
  g_free (frame);
}

/* In a thread. What cannot be decoded is the end: the frames before it stay. */
static void
decode (gpointer data)
{
  Frame *frame = data;
  g_autoptr (WtPixels) pixels = NULL;

  if (g_cancellable_is_cancelled (frame->cancellable))
    return;
  if (frame->animation == NULL)
    frame->animation = wt_animation_new (frame->path, frame->width, frame->height,
                                         frame->cancellable, NULL);
  if (frame->animation != NULL)
    pixels = wt_animation_next (frame->animation, &frame->delay, frame->cancellable, NULL);
  if (pixels != NULL)
    frame->texture = wt_picture_texture_new (pixels);
}

static void
show_next (WtPicturePlayer *self)
{
  gboolean first = self->frame == NULL;

  self->late = FALSE;
  g_set_object (&self->frame, self->next);
  g_clear_object (&self->next);
  self->delay = self->next_delay;
  self->n_shown++;
  wt_motion_clock_set (self->clock, self,
                       g_get_monotonic_time () + self->delay * G_TIME_SPAN_MILLISECOND, on_alarm);
  request_next (self);
  if (first)
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

static void
on_alarm (gpointer owner)
{
  WtPicturePlayer *self = owner;

  if (self->next != NULL)
    show_next (self);
  else
    self->late = !self->ended;
}

/* In the main thread. */
static void
on_decoded (gpointer data)
{
  Frame *frame = data;
  g_autoptr (WtPicturePlayer) self = g_weak_ref_get (&frame->player);

  if (self == NULL)
    return;

  self->decoding = FALSE;
  self->ended = frame->texture == NULL;
  /* Nothing comes after the end: not even the canvas is needed. */
  if (self->ended)
    return;

  self->animation = g_steal_pointer (&frame->animation);
  self->next = g_steal_pointer (&frame->texture);
  self->next_delay = frame->delay;
  if (self->playing && (self->late || self->frame == NULL))
    show_next (self);
}

static void
request_next (WtPicturePlayer *self)
{
  Frame *frame;

  if (self->decoding || self->ended || self->next != NULL)
    return;

  frame = g_new0 (Frame, 1);
  frame->path = g_strdup (self->path);
  frame->width = self->width;
  frame->height = self->height;
  frame->cancellable = g_object_ref (self->cancellable);
  frame->animation = g_steal_pointer (&self->animation);
  g_weak_ref_init (&frame->player, self);
  self->decoding = TRUE;
  wt_picture_workers_push (self->workers, decode, on_decoded, frame, free_frame);
}

static void
wt_picture_player_snapshot (GdkPaintable *paintable,
                            GdkSnapshot *snapshot,
                            double width,
                            double height)
{
  WtPicturePlayer *self = WT_PICTURE_PLAYER (paintable);

  if (self->frame != NULL)
    gdk_paintable_snapshot (GDK_PAINTABLE (self->frame), snapshot, width, height);
}

static GdkPaintable *
wt_picture_player_get_current_image (GdkPaintable *paintable)
{
  WtPicturePlayer *self = WT_PICTURE_PLAYER (paintable);

  return self->frame != NULL ? GDK_PAINTABLE (g_object_ref (self->frame))
                             : gdk_paintable_new_empty (0, 0);
}

static int
wt_picture_player_get_intrinsic_width (GdkPaintable *paintable)
{
  WtPicturePlayer *self = WT_PICTURE_PLAYER (paintable);

  return self->frame != NULL ? gdk_texture_get_width (self->frame) : 0;
}

static int
wt_picture_player_get_intrinsic_height (GdkPaintable *paintable)
{
  WtPicturePlayer *self = WT_PICTURE_PLAYER (paintable);

  return self->frame != NULL ? gdk_texture_get_height (self->frame) : 0;
}

static void
init_paintable (GdkPaintableInterface *iface)
{
  iface->snapshot = wt_picture_player_snapshot;
  iface->get_current_image = wt_picture_player_get_current_image;
  iface->get_intrinsic_width = wt_picture_player_get_intrinsic_width;
  iface->get_intrinsic_height = wt_picture_player_get_intrinsic_height;
}

static void
wt_picture_player_dispose (GObject *object)
{
  WtPicturePlayer *self = WT_PICTURE_PLAYER (object);

  if (self->clock != NULL)
    wt_motion_clock_unset (self->clock, self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workers);
  g_clear_object (&self->animation);
  g_clear_object (&self->frame);
  g_clear_object (&self->next);

  G_OBJECT_CLASS (wt_picture_player_parent_class)->dispose (object);
}

static void
wt_picture_player_finalize (GObject *object)
{
  g_clear_pointer (&WT_PICTURE_PLAYER (object)->path, g_free);

  G_OBJECT_CLASS (wt_picture_player_parent_class)->finalize (object);
}

static void
wt_picture_player_class_init (WtPicturePlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_picture_player_dispose;
  G_OBJECT_CLASS (klass)->finalize = wt_picture_player_finalize;
}

static void
wt_picture_player_init (WtPicturePlayer *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * wt_picture_player_new:
 * @loader: whose threads and clock are used
 * @path: of a file that does not change
 * @width: the most pixels of the screen across
 * @height: the most pixels down
 *
 * Returns: (transfer full): an animated picture that does not play yet, and has no frame before it does
 */
WtPicturePlayer *
wt_picture_player_new (WtPictureLoader *loader, const char *path, int width, int height)
{
  g_return_val_if_fail (WT_IS_PICTURE_LOADER (loader), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  WtPicturePlayer *self = g_object_new (WT_TYPE_PICTURE_PLAYER, NULL);

  self->workers = g_object_ref (wt_picture_loader_get_workers (loader));
  self->clock = g_object_ref (wt_picture_loader_get_clock (loader));
  self->path = g_strdup (path);
  self->width = width;
  self->height = height;
  return self;
}

/**
 * wt_picture_player_set_playing:
 * @self: a player
 * @playing: whether it moves
 *
 * Goes on where it stopped, or stops where it is. What plays decodes one frame ahead.
 */
void
wt_picture_player_set_playing (WtPicturePlayer *self, gboolean playing)
{
  g_return_if_fail (WT_IS_PICTURE_PLAYER (self));

  if (self->playing == playing)
    return;

  self->playing = playing;
  self->late = FALSE;
  if (!playing)
    wt_motion_clock_unset (self->clock, self);
  else if (self->frame == NULL && self->next != NULL)
    show_next (self);
  else
    {
      if (self->frame != NULL && !(self->ended && self->next == NULL))
        wt_motion_clock_set (self->clock, self,
                             g_get_monotonic_time () + self->delay * G_TIME_SPAN_MILLISECOND,
                             on_alarm);
      request_next (self);
    }
}

/**
 * wt_picture_player_get_playing:
 * @self: a player
 *
 * Returns: whether it moves
 */
gboolean
wt_picture_player_get_playing (WtPicturePlayer *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_PLAYER (self), FALSE);

  return self->playing;
}

/**
 * wt_picture_player_get_frame:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): the frame that shows
 */
GdkTexture *
wt_picture_player_get_frame (WtPicturePlayer *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_PLAYER (self), NULL);

  return self->frame;
}

/**
 * wt_picture_player_get_n_shown:
 * @self: a player
 *
 * Returns: how many frames it has shown, all loops together
 */
guint
wt_picture_player_get_n_shown (WtPicturePlayer *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_PLAYER (self), 0);

  return self->n_shown;
}

/**
 * wt_picture_player_get_n_alive:
 * @self: a player
 *
 * Returns: how many frames there are of it, that which a thread may be decoding included; three at most
 */
guint
wt_picture_player_get_n_alive (WtPicturePlayer *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_PLAYER (self), 0);

  return (self->frame != NULL) + (self->next != NULL) + self->decoding;
}
