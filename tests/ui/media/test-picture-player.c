/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-player.h"
#include "wt-picture-samples.h"
#include "wt-presence.h"
#include "wt-ui-test.h"

#define DELAY 20

typedef struct
{
  char *folder;
  WtPictureLoader *loader;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = wt_picture_samples_make_folder ();
  fixture->loader = wt_picture_loader_new (WT_PICTURE_LOADER_MEMORY);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->loader);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static WtPicturePlayer *
make_player (Fixture *fixture, guint n_frames, gboolean loops)
{
  g_autofree char *path = wt_picture_samples_gif (fixture->folder, "a.gif", 20, n_frames, DELAY,
                                                  loops);

  return wt_picture_player_new (fixture->loader, path, 20, 20);
}

static void
on_alarm (gpointer owner)
{
  guint *n_rung = owner;

  (*n_rung)++;
}

static void
test_clock (void)
{
  WtMotionClock *clock = wt_motion_clock_new ();
  guint n_rung[3] = { 0 };
  gint64 now = g_get_monotonic_time ();

  wt_motion_clock_set (clock, &n_rung[0], now - 1, on_alarm);
  wt_motion_clock_set (clock, &n_rung[1], now, on_alarm);
  wt_motion_clock_set (clock, &n_rung[2], now + G_TIME_SPAN_HOUR, on_alarm);
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 3);
  wt_test_wait_until (n_rung[0] == 1 && n_rung[1] == 1);

  /* Both by one wake-up, and once; what is not due waits. */
  g_assert_cmpuint (wt_motion_clock_get_n_wakeups (clock), ==, 1);
  g_assert_cmpuint (n_rung[2], ==, 0);
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 1);

  wt_motion_clock_set (clock, &n_rung[2], now, on_alarm);
  wt_motion_clock_set (clock, &n_rung[0], now, on_alarm);
  wt_motion_clock_unset (clock, &n_rung[0]);
  wt_test_wait_until (n_rung[2] == 1);
  g_assert_cmpuint (n_rung[0], ==, 1);
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 0);
  g_assert_finalize_object (clock);
}

static void
test_plays (Fixture *fixture, gconstpointer data)
{
  WtPicturePlayer *player = make_player (fixture, 3, TRUE);
  WtMotionClock *clock = wt_picture_loader_get_clock (fixture->loader);
  guint most = 0, shown;

  /* Nothing before it plays. */
  g_assert_null (wt_picture_player_get_frame (player));
  g_assert_cmpuint (wt_picture_player_get_n_alive (player), ==, 0);

  wt_picture_player_set_playing (player, TRUE);
  while (wt_picture_player_get_n_shown (player) < 10)
    {
      guint before = wt_picture_player_get_n_shown (player);

      wt_test_wait_until (wt_picture_player_get_n_shown (player) > before);
      most = MAX (most, wt_picture_player_get_n_alive (player));
    }
  g_assert_cmpuint (most, <=, 3);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (player)), ==, 20);

  /* Stopped, nothing wakes up. */
  wt_picture_player_set_playing (player, FALSE);
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 0);
  shown = wt_picture_player_get_n_shown (player);
  g_assert_nonnull (wt_picture_player_get_frame (player));

  wt_picture_player_set_playing (player, TRUE);
  wt_test_wait_until (wt_picture_player_get_n_shown (player) >= shown + 3);
  g_assert_finalize_object (player);
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 0);
}

/* One that ends stays at its last frame, and nothing wakes up for it. */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  WtPicturePlayer *player = make_player (fixture, 3, FALSE);
  WtMotionClock *clock = wt_picture_loader_get_clock (fixture->loader);

  wt_picture_player_set_playing (player, TRUE);
  wt_test_wait_until (wt_picture_player_get_n_shown (player) == 3
                      && wt_motion_clock_get_n_waiting (clock) == 0
                      && wt_picture_player_get_n_alive (player) == 1);
  wt_picture_player_set_playing (player, FALSE);
  wt_picture_player_set_playing (player, TRUE);
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 0);
  g_assert_cmpuint (wt_picture_player_get_n_shown (player), ==, 3);
  g_assert_finalize_object (player);
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_broken (fixture->folder, "broken");
  WtPicturePlayer *player = wt_picture_player_new (fixture->loader, path, 20, 20);

  wt_picture_player_set_playing (player, TRUE);
  wt_test_wait_until (wt_picture_player_get_n_alive (player) == 0);
  g_assert_null (wt_picture_player_get_frame (player));
  g_assert_finalize_object (player);
}

/* Ten play by one timer, not by ten. */
static void
test_ten (Fixture *fixture, gconstpointer data)
{
  WtPicturePlayer *players[10];

  for (guint i = 0; i < G_N_ELEMENTS (players); i++)
    {
      players[i] = make_player (fixture, 4, TRUE);
      wt_picture_player_set_playing (players[i], TRUE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (players); i++)
    wt_test_wait_until (wt_picture_player_get_n_shown (players[i]) >= 5);
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (wt_picture_loader_get_clock (fixture->loader)),
                    <=, 10);
  for (guint i = 0; i < G_N_ELEMENTS (players); i++)
    g_assert_finalize_object (players[i]);
}

static GtkWidget *
make_window (GtkWidget **child)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  *child = gtk_label_new ("seen");
  gtk_widget_set_size_request (box, -1, 2000);
  gtk_box_append (GTK_BOX (box), *child);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  gtk_window_present (GTK_WINDOW (window));
  wt_test_wait_until (gtk_window_is_active (GTK_WINDOW (window)));
  return window;
}

static void
test_presence (void)
{
  GtkWidget *child;
  GtkWidget *window = make_window (&child);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (gtk_window_get_child (GTK_WINDOW (window))));
  WtPresence *presence = wt_presence_new (child);
  GtkWidget *other;

  wt_test_wait_until (wt_presence_get_present (presence)
                      && gtk_adjustment_get_upper (adjustment) >= 2000);

  /* Scrolled away and back. */
  gtk_adjustment_set_value (adjustment, 500);
  wt_test_wait_until (!wt_presence_get_present (presence));
  gtk_adjustment_set_value (adjustment, 0);
  wt_test_wait_until (wt_presence_get_present (presence));

  /* Animations off. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_assert_false (wt_presence_get_present (presence));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  g_assert_true (wt_presence_get_present (presence));

  /* Hidden. */
  gtk_widget_set_visible (child, FALSE);
  g_assert_false (wt_presence_get_present (presence));
  gtk_widget_set_visible (child, TRUE);
  wt_test_wait_until (wt_presence_get_present (presence));

  /* Another window is used. */
  other = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (other));
  wt_test_wait_until (!wt_presence_get_present (presence));
  gtk_window_destroy (GTK_WINDOW (other));
  gtk_window_present (GTK_WINDOW (window));
  wt_test_wait_until (wt_presence_get_present (presence));

  g_object_unref (presence);
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/picture-player/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/ui/picture-player/clock", test_clock);
  ADD ("plays", test_plays);
  ADD ("ends", test_ends);
  ADD ("broken", test_broken);
  ADD ("ten", test_ten);
  g_test_add_func ("/ui/picture-player/presence", test_presence);
  return g_test_run ();
}
