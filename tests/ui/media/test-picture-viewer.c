/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-player.h"
#include "wt-picture-samples.h"
#include "wt-picture-viewer.h"
#include "wt-ui-test.h"

typedef struct
{
  char *folder;
  char *profile_folder;
  WtProfile *profile;
  WtSession *session;
  WtMessageContext *context;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtPictureLoader) loader = wt_picture_loader_new (WT_PICTURE_LOADER_MEMORY);
  g_autoptr (WtConversation) conversation = NULL;

  fixture->folder = wt_picture_samples_make_folder ();
  fixture->profile = wt_ui_test_open_profile (&fixture->profile_folder);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  conversation = wt_ui_test_add_conversation (fixture->session, WT_CONVERSATION_DIRECT, "peer");
  fixture->context = wt_message_context_new ();
  wt_message_context_set_loader (fixture->context, loader);
  wt_message_context_set_conversation (fixture->context, fixture->session, conversation);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->context);
  wt_ui_test_close_profile (fixture->profile, fixture->profile_folder);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

/* A message: text, then a picture; the viewer is to show the second of its media. */
static WtMessage *
make_message (Fixture *fixture, const char *path)
{
  g_autoptr (WtMessageRecord) record = wt_message_record_new ();
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (WtMedia) other = wt_media_new ();
  g_autoptr (GBytes) bytes = wt_picture_samples_read (path);
  g_autoptr (GError) error = NULL;
  WtMessage *message = wt_message_new (1);
  WtSegment *parts[3];
  g_autoptr (WtSegment) list = NULL;

  media->blob = wt_blobs_add_bytes (wt_profile_get_blobs (fixture->profile), bytes, &error);
  g_assert_no_error (error);
  other->url = g_strdup ("http://example.org/a.png");
  parts[0] = wt_segment_new_text ("look");
  parts[1] = wt_segment_new_media (WT_SEGMENT_IMAGE, other);
  parts[2] = wt_segment_new_media (WT_SEGMENT_IMAGE, media);
  list = wt_segment_new_list (parts, G_N_ELEMENTS (parts));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    wt_segment_unref (parts[i]);
  record->id = record->seq = 1;
  record->author_id = g_strdup ("ann");
  record->segments = wt_segment_to_storage (list);
  wt_message_load (message, record);
  return message;
}

static WtPictureViewer *
show (Fixture *fixture, const char *path)
{
  g_autoptr (WtMessage) message = make_message (fixture, path);

  fixture->window = wt_picture_viewer_new (fixture->context, message, 1);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 400);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wt_test_wait_until (gtk_window_is_active (GTK_WINDOW (fixture->window)));
  return WT_PICTURE_VIEWER (fixture->window);
}

static gboolean
press (WtPictureViewer *viewer, const char *action, GVariant *parameter)
{
  return gtk_widget_activate_action_variant (GTK_WIDGET (viewer), action, parameter);
}

static int
get_shown_width (WtPictureViewer *viewer)
{
  GdkPaintable *shown = wt_picture_viewer_get_shown (viewer);

  return shown != NULL ? gdk_paintable_get_intrinsic_width (shown) : 0;
}

static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 3000, 1500);
  WtPictureViewer *viewer = show (fixture, path);
  WtPictureCanvas *canvas = wt_picture_viewer_get_canvas (viewer);
  double width, fit, x, y;

  wt_test_wait_until (get_shown_width (viewer) == 1024);
  wt_test_wait_until (gtk_widget_get_width (GTK_WIDGET (canvas)) > 300);
  width = gtk_widget_get_width (GTK_WIDGET (canvas));
  fit = wt_picture_canvas_get_zoom (canvas);
  g_assert_cmpfloat_with_epsilon (fit, width / 3000, 0.001);
  g_assert_true (wt_picture_canvas_get_fitting (canvas));

  /* Not smaller than what fits, not larger than the limit. */
  press (viewer, "viewer.zoom", g_variant_new_int32 (-1));
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), ==, fit);
  for (guint i = 0; i < 60; i++)
    press (viewer, "viewer.zoom", g_variant_new_int32 (1));
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), ==, WT_PICTURE_CANVAS_MOST_ZOOM);
  g_assert_false (wt_picture_canvas_get_fitting (canvas));

  /* Enlarged, it is decoded larger, in the same place. */
  wt_test_wait_until (get_shown_width (viewer) == 3000);
  press (viewer, "viewer.actual", NULL);
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), ==, 1);

  /* Moved, but not beyond its edges. */
  for (guint i = 0; i < 100; i++)
    press (viewer, "viewer.move", g_variant_new ("(ii)", 1, 1));
  wt_picture_canvas_get_centre (canvas, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 1 - width / 2 / 3000, 0.001);
  g_assert_cmpfloat (y, <, 1);

  press (viewer, "viewer.fit", NULL);
  g_assert_cmpfloat_with_epsilon (wt_picture_canvas_get_zoom (canvas), fit, 0.0001);
  wt_picture_canvas_get_centre (canvas, &x, &y);
  g_assert_cmpfloat (x, ==, 0.5);
  g_assert_cmpfloat (y, ==, 0.5);
}

static void
test_small (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 32, 16);
  WtPictureViewer *viewer = show (fixture, path);
  WtPictureCanvas *canvas = wt_picture_viewer_get_canvas (viewer);

  wt_test_wait_until (get_shown_width (viewer) == 32);
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), ==, 1);
  wt_picture_canvas_set_zoom (canvas, 4);
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), ==, 4);
}

static gpointer
find_controller (WtPictureCanvas *canvas, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (canvas));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (G_OBJECT_TYPE (controller) == type)
        return controller;
    }
  g_error ("There is no %s", g_type_name (type));
}

static WtPictureCanvas *
show_large (Fixture *fixture)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 3000, 1500);
  WtPictureViewer *viewer = show (fixture, path);
  WtPictureCanvas *canvas = wt_picture_viewer_get_canvas (viewer);

  wt_test_wait_until (get_shown_width (viewer) == 1024);
  wt_test_wait_until (gtk_widget_get_width (GTK_WIDGET (canvas)) > 300);
  return canvas;
}

/* Enlarges what is below the pointer, and it stays there. */
static void
test_wheel (Fixture *fixture, gconstpointer data)
{
  WtPictureCanvas *canvas = show_large (fixture);
  double width = gtk_widget_get_width (GTK_WIDGET (canvas));
  double height = gtk_widget_get_height (GTK_WIDGET (canvas));
  double fit = wt_picture_canvas_get_zoom (canvas);
  gpointer scroll = find_controller (canvas, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  gboolean handled = FALSE;
  double zoom, x, y;

  g_signal_emit_by_name (find_controller (canvas, GTK_TYPE_EVENT_CONTROLLER_MOTION), "motion",
                         width / 4, height / 2);
  for (guint i = 0; i < 10; i++)
    {
      g_signal_emit_by_name (scroll, "scroll", 0.0, -1.0, &handled);
      g_assert_true (handled);
    }
  zoom = wt_picture_canvas_get_zoom (canvas);
  g_assert_cmpfloat (zoom, >, 3 * fit);
  wt_picture_canvas_get_centre (canvas, &x, &y);
  g_assert_cmpfloat_with_epsilon (x - width / 4 / (3000 * zoom), 0.25, 0.01);
  g_assert_cmpfloat_with_epsilon (y, 0.5, 0.01);

  /* A touchpad's steps are finer. */
  g_signal_emit_by_name (scroll, "scroll", 0.0, -0.1, &handled);
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), >, zoom);
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), <, 1.1 * zoom);

  for (guint i = 0; i < 40; i++)
    g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &handled);
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), ==, fit);
  g_assert_true (wt_picture_canvas_get_fitting (canvas));
}

static void
test_pinch (Fixture *fixture, gconstpointer data)
{
  WtPictureCanvas *canvas = show_large (fixture);
  gpointer pinch = find_controller (canvas, GTK_TYPE_GESTURE_ZOOM);
  double fit = wt_picture_canvas_get_zoom (canvas);

  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  g_signal_emit_by_name (pinch, "scale-changed", 4.0);
  g_assert_cmpfloat_with_epsilon (wt_picture_canvas_get_zoom (canvas), 4 * fit, 0.001);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 0.5);
  g_assert_cmpfloat_with_epsilon (wt_picture_canvas_get_zoom (canvas), 2 * fit, 0.001);
}

static void
test_drag (Fixture *fixture, gconstpointer data)
{
  WtPictureCanvas *canvas = show_large (fixture);
  gpointer drag = find_controller (canvas, GTK_TYPE_GESTURE_DRAG);
  double x, y;

  /* All of it is in view: there is nothing to move. */
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (drag, "drag-update", 50.0, 50.0);
  wt_picture_canvas_get_centre (canvas, &x, &y);
  g_assert_cmpfloat (x, ==, 0.5);
  g_assert_cmpfloat (y, ==, 0.5);
  g_signal_emit_by_name (drag, "drag-end", 50.0, 50.0);

  wt_picture_canvas_set_zoom (canvas, 1);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (drag, "drag-update", 30.0, -15.0);
  g_signal_emit_by_name (drag, "drag-update", 60.0, -30.0);
  g_signal_emit_by_name (drag, "drag-end", 60.0, -30.0);
  wt_picture_canvas_get_centre (canvas, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 0.5 - 60.0 / 3000, 0.0001);
  g_assert_cmpfloat_with_epsilon (y, 0.5 + 30.0 / 1500, 0.0001);
}

static void
test_double_click (Fixture *fixture, gconstpointer data)
{
  WtPictureCanvas *canvas = show_large (fixture);
  gpointer click = find_controller (canvas, GTK_TYPE_GESTURE_CLICK);

  g_signal_emit_by_name (click, "pressed", 1, 20.0, 20.0);
  g_assert_true (wt_picture_canvas_get_fitting (canvas));
  g_signal_emit_by_name (click, "pressed", 2, 20.0, 20.0);
  g_assert_cmpfloat (wt_picture_canvas_get_zoom (canvas), ==, 1);
  g_signal_emit_by_name (click, "pressed", 2, 20.0, 20.0);
  g_assert_true (wt_picture_canvas_get_fitting (canvas));
}

static gboolean
has_texture (GdkClipboard *clipboard)
{
  return gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard),
                                            GDK_TYPE_TEXTURE);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 32, 16);
  WtPictureViewer *viewer = show (fixture, path);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (viewer));

  gdk_clipboard_set_text (clipboard, "before");
  press (viewer, "viewer.copy", NULL);
  wt_test_wait_until (has_texture (clipboard));
}

static void
test_animated_webp (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "picture",
                                                 "loops.webp", NULL);
  WtPictureViewer *viewer = show (fixture, path);

  wt_test_wait_until (WT_IS_PICTURE_PLAYER (wt_picture_viewer_get_shown (viewer)));
  wt_test_wait_until (
      wt_picture_player_get_n_shown (WT_PICTURE_PLAYER (wt_picture_viewer_get_shown (viewer)))
      >= 3);
}

static void
test_animated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_gif (fixture->folder, "a.gif", 40, 4, 20, TRUE);
  WtPictureViewer *viewer = show (fixture, path);

  wt_test_wait_until (WT_IS_PICTURE_PLAYER (wt_picture_viewer_get_shown (viewer)));

  WtPicturePlayer *player = WT_PICTURE_PLAYER (wt_picture_viewer_get_shown (viewer));

  wt_test_wait_until (wt_picture_player_get_n_shown (player) >= 5);
}

static gboolean
count_windows (guint n)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ()) == n;
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_broken (fixture->folder, "broken");
  WtPictureViewer *viewer = show (fixture, path);

  wt_test_wait_until (!gtk_widget_get_visible (GTK_WIDGET (wt_picture_viewer_get_canvas (viewer))));
  g_assert_null (wt_picture_viewer_get_shown (viewer));

  /* Escape closes it. */
  fixture->window = NULL;
  press (viewer, "viewer.close", NULL);
  wt_test_wait_until (count_windows (0));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/picture-viewer/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;

  ADD ("zoom", test_zoom);
  ADD ("wheel", test_wheel);
  ADD ("pinch", test_pinch);
  ADD ("drag", test_drag);
  ADD ("double-click", test_double_click);
  ADD ("small", test_small);
  ADD ("copy", test_copy);
  ADD ("animated", test_animated);
  ADD ("animated-webp", test_animated_webp);
  ADD ("broken", test_broken);
  return g_test_run ();
}
