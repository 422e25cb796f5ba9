/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-picture-block.h"
#include "wt-picture-block-private.h"

#include <glib/gi18n-lib.h>

#include "wt-picture-words.h"
#include "wt-tooltip.h"

static void init_block (WtMessageBlockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtPictureBlock,
                               wt_picture_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_MESSAGE_BLOCK, init_block))

/* The size of @width × @height within @most_width × @most_height: its shape kept, never enlarged. */
static void
fit (double width, double height, int most_width, int most_height, int *fit_width, int *fit_height)
{
  double scale = MIN (1, MIN (most_width / width, most_height / height));

  *fit_width = MAX (1, (int) (width * scale + 0.5));
  *fit_height = MAX (1, (int) (height * scale + 0.5));
}

static void
choose_box (WtPictureBlock *self)
{
  int most = self->kind == WT_MESSAGE_PART_STICKER ? WT_PICTURE_BLOCK_MOST_STICKER
                                                   : WT_PICTURE_BLOCK_MOST;

  if (self->media->width > 0 && self->media->height > 0)
    {
      fit (self->media->width, self->media->height, most, most, &self->box_width,
           &self->box_height);
      self->box_width = MAX (self->box_width, WT_PICTURE_BLOCK_LEAST);
      self->box_height = MAX (self->box_height, WT_PICTURE_BLOCK_LEAST);
    }
  else
    {
      self->box_width = MIN (most, WT_PICTURE_BLOCK_UNKNOWN_WIDTH);
      self->box_height = MIN (most, WT_PICTURE_BLOCK_UNKNOWN_HEIGHT);
    }
}

static void
wt_picture_block_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (widget);
  int least;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (self->box_width, WT_PICTURE_BLOCK_LEAST);
      *natural = self->box_width;
      return;
    }

  least = MIN (self->box_height, WT_PICTURE_BLOCK_LEAST);
  *natural = self->box_height;
  if (for_size >= 0 && for_size < self->box_width)
    *natural = MAX (least, (int) ((gint64) self->box_height * for_size / self->box_width));
  /* At any width it could be as low as at the least one. */
  *minimum = for_size >= 0 ? *natural : least;
}

static void
wt_picture_block_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (widget);

  if (self->notice == NULL || !gtk_widget_get_visible (self->notice))
    return;

  gtk_widget_measure (self->notice, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->notice, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static GdkPaintable *
get_paintable (WtPictureBlock *self)
{
  if (self->player != NULL && wt_picture_player_get_frame (self->player) != NULL)
    return GDK_PAINTABLE (self->player);

  return self->texture != NULL ? GDK_PAINTABLE (self->texture) : NULL;
}

static void
wt_picture_block_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (widget);
  GdkPaintable *paintable = get_paintable (self);
  int width, height;

  if (paintable != NULL)
    {
      fit (self->info.width, self->info.height, gtk_widget_get_width (widget),
           gtk_widget_get_height (widget), &width, &height);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (
          snapshot, &GRAPHENE_POINT_INIT ((float) ((gtk_widget_get_width (widget) - width) / 2),
                                          (float) ((gtk_widget_get_height (widget) - height) / 2)));
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      gtk_snapshot_restore (snapshot);
    }
  if (self->notice != NULL)
    gtk_widget_snapshot_child (widget, self->notice, snapshot);
}

static void
set_label (WtPictureBlock *self)
{
  const char *words = wt_picture_block_get_words (self);
  int width = self->info.width > 0 ? self->info.width : self->media->width;
  int height = self->info.height > 0 ? self->info.height : self->media->height;
  g_autofree char *name = wt_picture_words_name (self->kind == WT_MESSAGE_PART_STICKER, width,
                                                 height);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : name, -1);
  /* In the place of a small picture there is no room for words. */
  wt_tooltip_set_text (GTK_WIDGET (self), words);
}

/* Where it does not, its box stays visible around it: the box was there before anybody knew the picture's shape. */
static gboolean
fills_box (WtPictureBlock *self)
{
  int width, height;

  fit (self->info.width, self->info.height, self->box_width, self->box_height, &width, &height);
  return self->kind == WT_MESSAGE_PART_STICKER
         || (width >= self->box_width - 1 && height >= self->box_height - 1);
}

/* What a click does is said by the state. */
void
wt_picture_block_set_state (WtPictureBlock *self, WtPictureBlockState state)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean shown = state == WT_PICTURE_BLOCK_SHOWN;
  gboolean pressable = shown || state == WT_PICTURE_BLOCK_FORBIDDEN;
  gboolean said = state >= WT_PICTURE_BLOCK_FAILED;
  /* Who pressed “Load” stays at the picture. */
  gboolean held = self->notice != NULL && gtk_widget_get_focus_child (widget) == self->notice;

  self->state = state;
  gtk_widget_set_focusable (widget, pressable || held || gtk_widget_is_focus (widget));
  if (held && !said)
    gtk_widget_grab_focus (widget);
  if (self->notice != NULL)
    gtk_widget_set_visible (self->notice, said);
  if (shown && fills_box (self))
    gtk_widget_add_css_class (widget, "loaded");
  else
    gtk_widget_remove_css_class (widget, "loaded");
  gtk_widget_set_cursor_from_name (widget, pressable ? "pointer" : NULL);
  set_label (self);
  gtk_widget_queue_draw (widget);
}

static void
on_clicked (WtPictureBlock *self)
{
  wt_picture_block_press (self);
}

/* Says something in the picture's place. */
void
wt_picture_block_say (WtPictureBlock *self,
                      const char *icon_name,
                      const char *words,
                      const char *button,
                      double fraction)
{
  if (self->notice == NULL)
    {
      self->notice = wt_picture_notice_new ();
      gtk_widget_set_parent (self->notice, GTK_WIDGET (self));
      g_signal_connect_object (self->notice, "clicked", G_CALLBACK (on_clicked), self,
                               G_CONNECT_SWAPPED);
    }
  wt_picture_notice_set (WT_PICTURE_NOTICE (self->notice), icon_name, words, button, fraction);
}

/* Says why there is no picture. */
void
wt_picture_block_fail (WtPictureBlock *self, const char *words)
{
  wt_picture_block_say (self, "image-missing-symbolic", words, NULL, WT_PICTURE_NOTICE_NO_PROGRESS);
  wt_picture_block_set_state (self, WT_PICTURE_BLOCK_FAILED);
}

static void
begin (WtPictureBlock *self)
{
  if (self->path != NULL)
    wt_picture_block_load (self);
  else if (self->media->url != NULL)
    wt_picture_block_begin_remote (self);
  else if (self->media->blob != NULL)
    wt_picture_block_fail (self, _ ("The picture’s file is gone"));
  else if (self->media->removed)
    wt_picture_block_fail (self, _ ("Removed from this computer"));
  else
    wt_picture_block_fail (self, self->media->file_id != NULL
                                     ? _ ("This picture was not sent along")
                                     : _ ("This picture is broken"));
}

/* Back to a place that is taken, and nothing more. */
static void
drop (WtPictureBlock *self)
{
  wt_picture_block_unload (self);
  wt_picture_block_end_remote (self);
}

static void
wt_picture_block_map (GtkWidget *widget)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (widget);

  GTK_WIDGET_CLASS (wt_picture_block_parent_class)->map (widget);
  if (self->media != NULL)
    begin (self);
}

static void
wt_picture_block_unmap (GtkWidget *widget)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (widget);

  drop (self);
  self->state = WT_PICTURE_BLOCK_IDLE;
  GTK_WIDGET_CLASS (wt_picture_block_parent_class)->unmap (widget);
}

static void
on_scale_factor_changed (WtPictureBlock *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->path != NULL)
    wt_picture_block_load (self);
}

static void
set_message (WtPictureBlock *self, WtMessage *message)
{
  g_set_weak_pointer (&self->message, message);
  self->message_id = message != NULL ? wt_message_get_id (message) : 0;
}

static void
wt_picture_block_set_part (WtMessageBlock *block,
                           const WtMessagePart *part,
                           WtMessage *message,
                           WtMessageContext *context)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (block);
  WtSession *session = context != NULL ? wt_message_context_get_session (context) : NULL;
  /* One that was downloaded before somebody's eyes keeps its place, so that nothing jumps. */
  gboolean same = message != NULL && self->message == message && self->position == part->position
                  && self->kind == part->kind && gtk_widget_get_mapped (GTK_WIDGET (self));

  g_return_if_fail (part->media != NULL);

  drop (self);
  g_set_object (&self->context, context);
  set_message (self, message);
  self->kind = part->kind;
  self->position = part->position;
  g_clear_pointer (&self->media, wt_media_free);
  self->media = wt_media_copy (part->media);
  g_clear_pointer (&self->path, g_free);
  if (session != NULL)
    self->path = wt_session_dup_media_path (session, self->media);

  if (!same)
    choose_box (self);
  if (part->kind == WT_MESSAGE_PART_STICKER)
    gtk_widget_add_css_class (GTK_WIDGET (self), "sticker");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "sticker");
  wt_picture_block_set_state (self, WT_PICTURE_BLOCK_IDLE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    begin (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
init_block (WtMessageBlockInterface *iface)
{
  iface->set_part = wt_picture_block_set_part;
}

/* By click, by key, or by a screen reader. */
static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (widget);

  if (self->state == WT_PICTURE_BLOCK_SHOWN && self->message != NULL)
    wt_message_context_view (self->context, self->message, self->position);
  else if (self->state == WT_PICTURE_BLOCK_FORBIDDEN)
    gtk_widget_activate_action (widget, "message.open-link", "s", self->media->url);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, WtPictureBlock *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!gtk_widget_get_focusable (widget) || !gtk_widget_contains (widget, x, y))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  on_open (widget, NULL, NULL);
}

static GtkSizeRequestMode
wt_picture_block_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wt_picture_block_dispose (GObject *object)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (object);

  drop (self);
  g_clear_weak_pointer (&self->message);
  g_clear_object (&self->context);
  g_clear_pointer (&self->notice, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_picture_block_parent_class)->dispose (object);
}

static void
wt_picture_block_finalize (GObject *object)
{
  WtPictureBlock *self = WT_PICTURE_BLOCK (object);

  g_clear_pointer (&self->media, wt_media_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (wt_picture_block_parent_class)->finalize (object);
}

static void
wt_picture_block_class_init (WtPictureBlockClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter, GDK_KEY_space,
                                GDK_KEY_KP_Space };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_picture_block_dispose;
  G_OBJECT_CLASS (klass)->finalize = wt_picture_block_finalize;
  widget_class->measure = wt_picture_block_measure;
  widget_class->size_allocate = wt_picture_block_size_allocate;
  widget_class->snapshot = wt_picture_block_snapshot;
  widget_class->map = wt_picture_block_map;
  widget_class->unmap = wt_picture_block_unmap;
  widget_class->get_request_mode = wt_picture_block_get_request_mode;

  gtk_widget_class_install_action (widget_class, "picture.open", NULL, on_open);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "picture.open", NULL);
  gtk_widget_class_set_css_name (widget_class, "messagepicture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wt_picture_block_init (WtPictureBlock *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_factor_changed), NULL);
}

/**
 * wt_picture_block_get_state:
 * @self: a block
 *
 * Returns: how it stands with the picture
 */
WtPictureBlockState
wt_picture_block_get_state (WtPictureBlock *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_BLOCK (self), WT_PICTURE_BLOCK_IDLE);

  return self->state;
}

/**
 * wt_picture_block_get_words:
 * @self: a block
 *
 * Returns: (nullable): what is said in the picture's place
 */
const char *
wt_picture_block_get_words (WtPictureBlock *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_BLOCK (self), NULL);

  return self->notice != NULL && self->state >= WT_PICTURE_BLOCK_FAILED
             ? wt_picture_notice_get_words (WT_PICTURE_NOTICE (self->notice))
             : NULL;
}

/**
 * wt_picture_block_get_texture:
 * @self: a block
 *
 * Returns: (transfer none) (nullable): the picture, or an animation's first frame, while it shows
 */
GdkTexture *
wt_picture_block_get_texture (WtPictureBlock *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_BLOCK (self), NULL);

  return self->texture;
}

/**
 * wt_picture_block_get_player:
 * @self: a block
 *
 * Returns: (transfer none) (nullable): what moves an animated picture, once it has moved
 */
WtPicturePlayer *
wt_picture_block_get_player (WtPictureBlock *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_BLOCK (self), NULL);

  return self->player;
}
