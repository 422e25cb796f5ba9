/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-picture-viewer-private.h"

#include <glib/gi18n-lib.h>

#include "wt-display-text.h"
#include "wt-picture-notice.h"
#include "wt-picture-words.h"

#define MOST_NAME 60

/* A picture is decoded at the first of these that is enough for the screen, and anew when it is enlarged beyond it: in
 * both directions at most that many pixels. */
static const int resolutions[] = { 1024, 2048, 4096 };

G_DEFINE_FINAL_TYPE (WtPictureViewer, wt_picture_viewer, ADW_TYPE_WINDOW)

static void load (WtPictureViewer *self, int resolution);

/* What decodes. */
WtPictureLoader *
wt_picture_viewer_get_loader (WtPictureViewer *self)
{
  return wt_message_context_get_loader (self->context);
}

static void
update_subtitle (WtPictureViewer *self)
{
  /* Translators: width × height in pixels, and how much it is enlarged */
  g_autofree char *words = g_strdup_printf (_ ("%d × %d · %.0f %%"), self->info.width,
                                            self->info.height,
                                            100 * wt_picture_canvas_get_zoom (self->canvas));

  adw_window_title_set_subtitle (self->title, self->info.width > 0 ? words : "");
}

/* The pixels of the screen that the picture takes at this zoom. */
static int
get_wanted_resolution (WtPictureViewer *self)
{
  double longest = MAX (self->info.width, self->info.height);
  double wanted = MIN (longest, longest * wt_picture_canvas_get_zoom (self->canvas));

  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    if (wanted <= resolutions[i])
      return resolutions[i];
  return MOST_RESOLUTION;
}

static void
on_zoom_changed (WtPictureViewer *self)
{
  update_subtitle (self);
  /* An animation would begin anew. */
  if (self->texture != NULL && !self->info.animated
      && get_wanted_resolution (self) > self->resolution)
    load (self, get_wanted_resolution (self));
}

/* Says something in passing. */
void
wt_picture_viewer_tell (WtPictureViewer *self, const char *words)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
}

static void
show_failure (WtPictureViewer *self, const char *words)
{
  wt_picture_notice_set (WT_PICTURE_NOTICE (self->notice), "image-missing-symbolic", words, NULL,
                         WT_PICTURE_NOTICE_NO_PROGRESS);
  gtk_widget_set_visible (self->notice, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->canvas), FALSE);
}

static void
on_presence_changed (WtPictureViewer *self)
{
  wt_picture_player_set_playing (self->player, wt_presence_get_present (self->presence));
}

static void
on_first_frame (WtPictureViewer *self)
{
  wt_picture_canvas_set_picture (self->canvas, GDK_PAINTABLE (self->player), self->info.width,
                                 self->info.height);
}

static void
start_playing (WtPictureViewer *self)
{
  self->player = wt_picture_player_new (wt_picture_viewer_get_loader (self), self->path,
                                        self->resolution, self->resolution);
  g_signal_connect_object (self->player, "invalidate-size", G_CALLBACK (on_first_frame), self,
                           G_CONNECT_SWAPPED);
  self->presence = wt_presence_new (GTK_WIDGET (self->canvas));
  g_signal_connect_object (self->presence, "notify::present", G_CALLBACK (on_presence_changed),
                           self, G_CONNECT_SWAPPED);
  on_presence_changed (self);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtPictureViewer) self = data;
  g_autoptr (GError) error = NULL;
  WtPictureInfo info;
  g_autoptr (GdkTexture) texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source),
                                                                  result, &info, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_visible (self->spinner, FALSE);
  self->info = info;
  if (texture == NULL)
    {
      g_autofree char *words = wt_picture_words_failure (error, &info);

      /* What showed less of it goes on showing. */
      if (self->texture == NULL)
        show_failure (self, words);
      return;
    }

  g_set_object (&self->texture, texture);
  if (self->player == NULL)
    wt_picture_canvas_set_picture (self->canvas, GDK_PAINTABLE (texture), info.width, info.height);
  update_subtitle (self);
  if (info.animated && self->player == NULL)
    start_playing (self);
}

static void
load (WtPictureViewer *self, int resolution)
{
  self->resolution = resolution;
  wt_picture_loader_load_async (wt_picture_viewer_get_loader (self), self->path, resolution,
                                resolution, self->cancellable, on_loaded, g_object_ref (self));
}

static void
wt_picture_viewer_dispose (GObject *object)
{
  WtPictureViewer *self = WT_PICTURE_VIEWER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->player != NULL)
    wt_picture_player_set_playing (self->player, FALSE);
  g_clear_object (&self->presence);
  g_clear_object (&self->player);
  g_clear_object (&self->texture);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wt_picture_viewer_parent_class)->dispose (object);
}

static void
wt_picture_viewer_finalize (GObject *object)
{
  WtPictureViewer *self = WT_PICTURE_VIEWER (object);

  g_clear_pointer (&self->media, wt_media_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (wt_picture_viewer_parent_class)->finalize (object);
}

static void
wt_picture_viewer_class_init (WtPictureViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_picture_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = wt_picture_viewer_finalize;

  wt_picture_viewer_install_actions (widget_class);
}

static GtkWidget *
make_button (const char *icon_name, const char *words, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_header (WtPictureViewer *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_button ("document-save-as-symbolic",
                                                                   _ ("Save As…"), "viewer.save"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             make_button ("edit-copy-symbolic", _ ("Copy"), "viewer.copy"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           make_button ("document-open-symbolic", _ ("Open With…"), "viewer.open"));
  gtk_widget_add_css_class (header, "flat");
  return header;
}

static GtkWidget *
make_view (WtPictureViewer *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->canvas = WT_PICTURE_CANVAS (wt_picture_canvas_new ());
  self->notice = wt_picture_notice_new ();
  gtk_widget_set_visible (self->notice, FALSE);
  self->spinner = gtk_spinner_new ();
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  gtk_widget_set_size_request (self->spinner, 32, 32);
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->notice);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->spinner);
  gtk_widget_set_vexpand (overlay, TRUE);

  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, overlay);
  return GTK_WIDGET (self->toasts);
}

static void
wt_picture_viewer_init (WtPictureViewer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cancellable = g_cancellable_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "picture-viewer");
  gtk_window_set_default_size (GTK_WINDOW (self), 900, 680);
  gtk_widget_set_size_request (GTK_WIDGET (self), 320, 260);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), make_view (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->canvas));
  g_signal_connect_object (self->canvas, "notify::zoom", G_CALLBACK (on_zoom_changed), self,
                           G_CONNECT_SWAPPED);
}

static const WtMedia *
find_media (WtSegment *segment, guint *position)
{
  const WtMedia *media = wt_segment_get_media (segment);

  if (media != NULL && (*position)-- == 0)
    return media;

  for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
    {
      media = find_media (wt_segment_get_child (segment, i), position);
      if (media != NULL)
        return media;
    }
  return NULL;
}

static void
show_media (WtPictureViewer *self)
{
  WtSession *session = wt_message_context_get_session (self->context);

  if (self->media != NULL && session != NULL)
    self->path = wt_session_dup_media_path (session, self->media);
  if (self->path != NULL && wt_picture_viewer_get_loader (self) != NULL)
    {
      load (self, resolutions[0]);
      return;
    }

  gtk_widget_set_visible (self->spinner, FALSE);
  show_failure (self, _ ("The picture’s file is gone"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.copy", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.save", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.open", FALSE);
}

/**
 * wt_picture_viewer_new:
 * @context: with a loader and an open conversation
 * @message: the message the picture is in
 * @position: of the picture among the message's media, from 0
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWidget *
wt_picture_viewer_new (WtMessageContext *context, WtMessage *message, guint position)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (context), NULL);
  g_return_val_if_fail (WT_IS_MESSAGE (message), NULL);

  WtPictureViewer *self = g_object_new (WT_TYPE_PICTURE_VIEWER, NULL);
  WtSegment *segment = wt_message_get_segment (message);
  const WtMedia *media = segment != NULL ? find_media (segment, &position) : NULL;
  g_autofree char *author = wt_display_text_line (wt_message_get_author_name (message), MOST_NAME);
  g_autofree char *name = wt_picture_words_name (FALSE, media != NULL ? media->width : 0,
                                                 media != NULL ? media->height : 0);

  self->context = g_object_ref (context);
  self->media = media != NULL ? wt_media_copy (media) : NULL;
  g_signal_connect_object (context, "trouble", G_CALLBACK (wt_picture_viewer_tell), self,
                           G_CONNECT_SWAPPED);
  adw_window_title_set_title (self->title, *author != '\0' ? author : _ ("Picture"));
  gtk_window_set_title (GTK_WINDOW (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  show_media (self);
  return GTK_WIDGET (self);
}

/**
 * wt_picture_viewer_get_canvas:
 * @self: a viewer
 *
 * Returns: (transfer none): what shows the picture
 */
WtPictureCanvas *
wt_picture_viewer_get_canvas (WtPictureViewer *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_VIEWER (self), NULL);

  return self->canvas;
}

/**
 * wt_picture_viewer_get_shown:
 * @self: a viewer
 *
 * Returns: (transfer none) (nullable): the picture, or what moves it; %NULL while it is not loaded
 */
GdkPaintable *
wt_picture_viewer_get_shown (WtPictureViewer *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_VIEWER (self), NULL);

  if (self->player != NULL && wt_picture_player_get_frame (self->player) != NULL)
    return GDK_PAINTABLE (self->player);
  return self->texture != NULL ? GDK_PAINTABLE (self->texture) : NULL;
}
