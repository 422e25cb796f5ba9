/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-animation-private.h"

/* Browsers take a delay of 10 ms or less for a mistake. */
#define LEAST_DELAY 10
#define USUAL_DELAY 100

#define PIXEL 4

struct _WtAnimation
{
  GObject parent_instance;

  WtPictureSource *source;
  WtPictureHeader header;
  int width;
  int height;

  /* RGBA, the colours not multiplied; the saved one is that before a frame which restores it. */
  guint8 *canvas;
  guint8 *saved;
  WtPictureFrame shown;

  goffset at;
  guint frames;
  guint loops_done;
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (WtAnimation, wt_animation, G_TYPE_OBJECT)

static gsize
get_canvas_size (WtAnimation *self)
{
  return (gsize) self->header.width * (gsize) self->header.height * PIXEL;
}

static guint8 *
get_canvas_row (WtAnimation *self, guint64 y)
{
  return self->canvas + (gsize) (y * self->header.width) * PIXEL;
}

/* The columns and rows of a frame that are on the canvas. */
static guint64
clip (guint64 at, guint64 length, guint64 whole)
{
  return at < whole ? MIN (length, whole - at) : 0;
}

static void
dispose_frame (WtAnimation *self)
{
  const WtPictureFrame *frame = &self->shown;
  guint64 columns = clip (frame->x, frame->width, self->header.width);
  guint64 rows = clip (frame->y, frame->height, self->header.height);

  if (frame->dispose == WT_PICTURE_DISPOSE_RESTORE && self->saved != NULL)
    memcpy (self->canvas, self->saved, get_canvas_size (self));
  else if (frame->dispose == WT_PICTURE_DISPOSE_CLEAR && columns > 0)
    for (guint64 y = 0; y < rows; y++)
      memset (get_canvas_row (self, frame->y + y) + frame->x * PIXEL, 0, (gsize) columns * PIXEL);
}

/* Draws one pixel over another. */
static void
blend (guint8 *to, const guint8 *from, guint alpha)
{
  guint below = to[3] * (255 - alpha) / 255;
  guint sum = alpha + below;

  if (alpha == 0)
    return;

  for (int i = 0; i < 3; i++)
    to[i] = (guint8) ((from[i] * alpha + to[i] * below + sum / 2) / sum);
  to[3] = (guint8) sum;
}

static void
draw_frame (WtAnimation *self, const WtPictureFrame *frame, const WtPixels *pixels)
{
  guint64 columns = clip (frame->x, frame->width, self->header.width);
  guint64 rows = clip (frame->y, frame->height, self->header.height);
  const guint8 *data = g_bytes_get_data (pixels->bytes, NULL);
  gsize step = pixels->has_alpha ? 4 : 3;

  for (guint64 y = 0; y < rows && columns > 0; y++)
    {
      const guint8 *from = data + (gsize) y * pixels->stride;
      guint8 *to = get_canvas_row (self, frame->y + y) + frame->x * PIXEL;

      for (guint64 x = 0; x < columns; x++, from += step, to += PIXEL)
        {
          guint8 alpha = pixels->has_alpha ? from[3] : 255;

          if (frame->replaces || alpha == 255)
            {
              memcpy (to, from, 3);
              to[3] = alpha;
            }
          else
            blend (to, from, alpha);
        }
    }
}

/* Finds the next frame, from the beginning again as often as there are loops. */
static gboolean
find_frame (WtAnimation *self, WtPictureFrame *frame, GError **error)
{
  gboolean is_gif = g_str_equal (self->header.mime_type, "image/gif");

  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      gboolean found = (is_gif ? wt_picture_gif_next : wt_picture_webp_next) (
          self->source, &self->header, &self->at, frame, &failure);

      if (found)
        return TRUE;
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (self->frames == 0)
        return wt_picture_set_broken (error, "An animation without frames");

      /* A single frame is shown once, whatever is said of loops. */
      self->loops_done++;
      self->ended = self->frames == 1
                    || (self->header.loops != 0 && self->loops_done >= self->header.loops);
      if (self->ended)
        return FALSE;

      self->at = self->header.first_frame;
      self->frames = 0;
      self->shown = (WtPictureFrame){ 0 };
      memset (self->canvas, 0, get_canvas_size (self));
    }
}

/* What there is at once: two canvases, the frame decoded twice over, its data, and the result. */
static gboolean
check_frame (WtAnimation *self, const WtPictureFrame *frame, GError **error)
{
  WtPictureHeader of_frame = self->header;
  guint64 canvases = self->header.width * self->header.height * PIXEL * 2;
  guint64 memory = canvases + frame->width * frame->height * PIXEL * 2;

  memory += 2 * (frame->alpha_length + frame->data_length);
  memory += (guint64) self->width * (guint64) self->height * PIXEL;
  of_frame.width = frame->width;
  of_frame.height = frame->height;
  return wt_picture_header_check (&of_frame, self->source, memory, error);
}

static WtPixels *
decode_frame (WtAnimation *self, const WtPictureFrame *frame, GError **error)
{
  gboolean is_gif = g_str_equal (self->header.mime_type, "image/gif");
  g_autoptr (WtPictureFeeder) feeder = NULL;

  if (!check_frame (self, frame, error))
    return NULL;

  feeder = wt_picture_feeder_new (self->source, self->header.mime_type, frame->width, frame->height,
                                  error);
  if (feeder == NULL)
    return NULL;
  if (!(is_gif ? wt_picture_gif_feed : wt_picture_webp_feed) (self->source, frame, feeder, error))
    return NULL;

  return wt_picture_feeder_finish (feeder, !is_gif, error);
}

static void
wt_animation_finalize (GObject *object)
{
  WtAnimation *self = WT_ANIMATION (object);

  g_clear_pointer (&self->source, wt_picture_source_free);
  g_clear_pointer (&self->canvas, g_free);
  g_clear_pointer (&self->saved, g_free);

  G_OBJECT_CLASS (wt_animation_parent_class)->finalize (object);
}

static void
wt_animation_class_init (WtAnimationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_animation_finalize;
}

static void
wt_animation_init (WtAnimation *self)
{
}

/* Takes @source, also when it fails. */
WtAnimation *
wt_animation_new_for_source (WtPictureSource *source,
                             const WtPictureHeader *header,
                             int max_width,
                             int max_height,
                             GError **error)
{
  g_autoptr (WtAnimation) self = g_object_new (WT_TYPE_ANIMATION, NULL);

  self->source = source;
  self->header = *header;
  self->at = header->first_frame;
  if (!wt_picture_header_check (header, source, header->width * header->height * PIXEL * 2, error))
    return NULL;

  wt_picture_fit (header->width, header->height, max_width, max_height, &self->width,
                  &self->height);
  self->canvas = g_try_malloc0 (get_canvas_size (self));
  if (self->canvas == NULL)
    {
      g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE,
                           "No memory for the animation");
      return NULL;
    }

  return g_steal_pointer (&self);
}

static WtAnimation *
open_source (WtPictureSource *source,
             int max_width,
             int max_height,
             GCancellable *cancellable,
             GError **error)
{
  WtPictureHeader header;

  wt_picture_source_begin (source, cancellable);
  if (!wt_picture_header_read (source, &header, error))
    {
      wt_picture_source_free (source);
      return NULL;
    }

  if (!header.animated && !g_str_equal (header.mime_type, "image/gif"))
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, "The %s has no frames",
                   header.mime_type);
      wt_picture_source_free (source);
      return NULL;
    }

  return wt_animation_new_for_source (source, &header, max_width, max_height, error);
}

/**
 * wt_animation_new:
 * @path: a regular file, which stays open
 * @max_width: the most pixels in a row; 0 or less for any
 * @max_height: the most rows; 0 or less for any
 * @cancellable: (nullable): ends it
 *
 * Opens a GIF or an animated WebP. Whatever the number of its frames, it holds two canvases and one frame at
 * most, and reads each frame again in every loop. Blocks; of any thread, but of one at a time.
 *
 * Returns: (transfer full): the animation before its first frame, or %NULL with an error of
 *   wt_picture_decode(), %WT_MEDIA_ERROR_UNSUPPORTED also for a picture without frames
 */
WtAnimation *
wt_animation_new (const char *path,
                  int max_width,
                  int max_height,
                  GCancellable *cancellable,
                  GError **error)
{
  WtPictureSource *source;

  g_return_val_if_fail (path != NULL, NULL);

  source = wt_picture_source_open (path, NULL, error);
  return source != NULL ? open_source (source, max_width, max_height, cancellable, error) : NULL;
}

/**
 * wt_animation_new_for_bytes:
 * @bytes: the whole of an animation
 * @limits: (nullable): %NULL for the usual ones; the time counts for each frame
 *
 * As wt_animation_new(), for one in memory.
 *
 * Returns: (transfer full): the animation, or %NULL with an error of wt_animation_new()
 */
WtAnimation *
wt_animation_new_for_bytes (GBytes *bytes,
                            int max_width,
                            int max_height,
                            const WtPictureLimits *limits,
                            GCancellable *cancellable,
                            GError **error)
{
  WtPictureSource *source;

  g_return_val_if_fail (bytes != NULL, NULL);

  source = wt_picture_source_new (bytes, limits, error);
  return source != NULL ? open_source (source, max_width, max_height, cancellable, error) : NULL;
}

/**
 * wt_animation_get_width:
 *
 * Returns: of each frame, in pixels
 */
int
wt_animation_get_width (WtAnimation *self)
{
  g_return_val_if_fail (WT_IS_ANIMATION (self), 0);

  return self->width;
}

/**
 * wt_animation_get_height:
 *
 * Returns: of each frame, in pixels
 */
int
wt_animation_get_height (WtAnimation *self)
{
  g_return_val_if_fail (WT_IS_ANIMATION (self), 0);

  return self->height;
}

/**
 * wt_animation_get_loops:
 *
 * Returns: how often all frames are shown; 0 for ever
 */
guint
wt_animation_get_loops (WtAnimation *self)
{
  g_return_val_if_fail (WT_IS_ANIMATION (self), 0);

  return self->header.loops;
}

/**
 * wt_animation_next:
 * @delay_ms: (out): for how long to show it, in milliseconds; what is no more than 10 becomes 100, as in
 *   browsers
 * @cancellable: (nullable): looked at between pieces of 64 KiB or less
 *
 * Decodes the next frame, whole and with everything below it. Blocks; of any thread, but of one at a time.
 *
 * Returns: (transfer full): the frame; %NULL without an error when all loops are over: the last one stays.
 *   %NULL with an error of wt_picture_decode() where the frame cannot be decoded: those before it can be
 *   kept, there are none after it
 */
WtPixels *
wt_animation_next (WtAnimation *self, int *delay_ms, GCancellable *cancellable, GError **error)
{
  g_autoptr (WtPixels) pixels = NULL;
  g_autoptr (WtPixels) whole = NULL;
  g_autoptr (GBytes) canvas = NULL;
  WtPictureFrame frame;

  g_return_val_if_fail (WT_IS_ANIMATION (self) && delay_ms != NULL, NULL);

  *delay_ms = USUAL_DELAY;
  if (self->ended)
    return NULL;

  wt_picture_source_begin (self->source, cancellable);
  if (!find_frame (self, &frame, error))
    return NULL;

  /* A frame of nothing only takes its time. */
  if (frame.width > 0 && frame.height > 0)
    {
      pixels = decode_frame (self, &frame, error);
      if (pixels == NULL)
        return NULL;
    }

  dispose_frame (self);
  if (frame.dispose == WT_PICTURE_DISPOSE_RESTORE)
    {
      if (self->saved == NULL)
        self->saved = g_malloc (get_canvas_size (self));
      memcpy (self->saved, self->canvas, get_canvas_size (self));
    }
  if (pixels != NULL)
    draw_frame (self, &frame, pixels);
  self->shown = frame;
  self->frames++;
  *delay_ms = frame.delay <= LEAST_DELAY ? USUAL_DELAY : (int) frame.delay;

  /* Over the canvas as it is: what is not shrunk is copied, for the canvas changes. */
  canvas = g_bytes_new_static (self->canvas, get_canvas_size (self));
  whole = wt_pixels_new (canvas, (int) self->header.width, (int) self->header.height,
                         (gsize) self->header.width * PIXEL, TRUE);
  return (guint64) self->width == self->header.width
                 && (guint64) self->height == self->header.height
             ? wt_pixels_copy (whole)
             : wt_pixels_shrink (whole, self->width, self->height);
}
