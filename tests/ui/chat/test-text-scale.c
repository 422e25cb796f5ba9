/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-text-scale.h"
#include "wt-test.h"

static int
measure (GtkWidget *label)
{
  int height;

  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

/* A window with a message's text, and beside it words that are none. */
static GtkWidget *
make_window (GtkWidget **text, GtkWidget **other)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *view = g_object_new (GTK_TYPE_BOX, "css-name", "chatview", NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "css-name", "messagerow", NULL);

  *text = gtk_label_new ("麦穗");
  *other = gtk_label_new ("麦穗");
  gtk_box_append (GTK_BOX (row), *text);
  gtk_box_append (GTK_BOX (view), row);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), *other);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
test_text_scale (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.wheatear_im.Wheatear");
  g_autoptr (WtTextScale) scale = wt_text_scale_new (settings);
  GtkWidget *text;
  GtkWidget *other;
  GtkWidget *window = make_window (&text, &other);
  int usual = measure (text);

  g_assert_cmpint (usual, ==, measure (other));
  g_settings_set_double (settings, "text-scale", 2.0);
  wt_test_wait_until (measure (text) > usual * 1.7 && measure (text) < usual * 2.3);
  g_assert_cmpint (measure (other), ==, usual);
  g_settings_set_double (settings, "text-scale", 0.75);
  wt_test_wait_until (measure (text) < usual);

  /* It goes with what asked for it. */
  g_clear_object (&scale);
  wt_test_wait_until (measure (text) == usual);
  g_settings_reset (settings, "text-scale");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  g_test_add_func ("/text-scale", test_text_scale);
  return g_test_run ();
}
