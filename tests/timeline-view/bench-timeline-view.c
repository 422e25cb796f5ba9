/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>
#include <time.h>

#include "wt-sample-window.h"

/* What the view costs, with rows made as those of a chat: a dozen widgets with wrapping text. */

#define N_ITEMS 1000000

typedef struct
{
  GtkWidget *window;
  WtTimelineView *view;
  GtkAdjustment *adjustment;
  guint n_frames;
  guint n_alive;
} Bench;

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1000.0;
}

/* Of the processor, which other programs do not disturb. */
static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1000.0 + now.tv_nsec / 1000000.0;
}

static double
get_memory_mib (void)
{
  g_autofree char *contents = NULL;
  const char *rss = NULL;

  if (!g_file_get_contents ("/proc/self/status", &contents, NULL, NULL))
    return 0;
  rss = strstr (contents, "VmRSS:");
  return rss != NULL ? g_ascii_strtod (rss + strlen ("VmRSS:"), NULL) / 1024 : 0;
}

static void
row_gone_cb (gpointer data, GObject *where)
{
  ((Bench *) data)->n_alive--;
}

static GtkWidget *
create_row (gpointer data)
{
  Bench *bench = data;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (head), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_box_append (GTK_BOX (head), gtk_label_new ("Author"));
  gtk_box_append (GTK_BOX (foot), gtk_label_new ("12:34"));
  gtk_box_append (GTK_BOX (foot), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (text), 20);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (row), head);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), foot);
  g_object_set_data (G_OBJECT (row), "text", text);
  bench->n_alive++;
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, bench);
  return row;
}

static void
bind_row (GtkWidget *row, GObject *item, GObject *previous, guint position, gpointer data)
{
  GString *text = g_string_new (NULL);
  guint n_words = 3 + wt_sample_item_get_number (WT_SAMPLE_ITEM (item)) * 7919u % 60;

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s ", i % 5 == 4 ? "你好麦穗" : "message");
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "text"), text->str);
  g_string_free (text, TRUE);
}

static void
unbind_row (GtkWidget *row, gpointer data)
{
}

static void
painted_cb (Bench *bench)
{
  bench->n_frames++;
}

static void
realize_cb (GtkWidget *window, Bench *bench)
{
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint",
                            G_CALLBACK (painted_cb), bench);
}

static void
wait_frame (Bench *bench)
{
  guint before = bench->n_frames;

  gtk_widget_queue_draw (bench->window);
  wt_test_wait_until (bench->n_frames > before);
}

static void
open_window (Bench *bench, GListModel *model)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  bench->view = WT_TIMELINE_VIEW (wt_timeline_view_new ());
  wt_timeline_view_set_rows (bench->view, create_row, bind_row, unbind_row, bench, NULL);
  wt_timeline_view_set_model (bench->view, model);
  wt_timeline_view_show_position (bench->view, N_ITEMS / 2, 1.0 / 3);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (bench->view));
  bench->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  bench->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 700, 800);
  gtk_window_set_child (GTK_WINDOW (bench->window), scroller);
  g_signal_connect (bench->window, "realize", G_CALLBACK (realize_cb), bench);
  gtk_window_present (GTK_WINDOW (bench->window));
}

static void
measure_jumps (Bench *bench)
{
  double total = 0;
  double total_cpu = 0;
  double total_placed = 0;
  double worst_cpu = 0;

  for (guint i = 0; i < 100; i++)
    {
      double start = 0;
      double start_cpu = 0;
      double cpu = 0;

      for (guint j = 0; j < 6; j++)
        wait_frame (bench);
      start = now_ms ();
      start_cpu = cpu_ms ();
      wt_timeline_view_show_position (bench->view, i * 7919 * 1237 % N_ITEMS, 1.0 / 3);
      total_placed += cpu_ms () - start_cpu;
      wait_frame (bench);
      cpu = cpu_ms () - start_cpu;
      total += now_ms () - start;
      total_cpu += cpu;
      worst_cpu = MAX (worst_cpu, cpu);
    }
  printf ("jump until painted   %6.1f ms mean; cpu %.1f mean, %.1f worst, %.1f of it placing\n",
          total / 100, total_cpu / 100, worst_cpu, total_placed / 100);
}

static void
measure_scrolling (Bench *bench)
{
  guint first = 0;
  guint start_position = 0;
  guint n_frames = bench->n_frames;
  double start = 0;
  double start_cpu = 0;

  wt_timeline_view_show_position (bench->view, N_ITEMS / 2, 0);
  wait_frame (bench);
  wt_timeline_view_get_visible_range (bench->view, &start_position, NULL);
  start = now_ms ();
  start_cpu = cpu_ms ();
  do
    {
      gtk_adjustment_set_value (bench->adjustment,
                                gtk_adjustment_get_value (bench->adjustment) + 700);
      wait_frame (bench);
      wt_timeline_view_get_visible_range (bench->view, &first, NULL);
    }
  while (first - start_position < 20000);
  printf ("20 000 rows at 700 px %5.1f ms a frame, cpu %.1f; %u frames\n",
          (now_ms () - start) / (bench->n_frames - n_frames),
          (cpu_ms () - start_cpu) / (bench->n_frames - n_frames), bench->n_frames - n_frames);
}

int
main (int argc, char *argv[])
{
  Bench bench = { 0 };
  g_autoptr (WtSampleModel) model = wt_sample_model_new (N_ITEMS);
  double start = 0;
  double start_cpu = 0;

  if (!gtk_init_check ())
    return 77;

  /* GTK's own beginnings are not the view's. */
  start = now_ms ();
  open_window (&bench, G_LIST_MODEL (model));
  wt_test_wait_until (bench.n_frames > 0);
  printf ("first window         %6.1f ms until painted\n", now_ms () - start);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  bench.n_frames = 0;

  start = now_ms ();
  start_cpu = cpu_ms ();
  open_window (&bench, G_LIST_MODEL (model));
  wt_test_wait_until (bench.n_frames > 0);
  printf ("create → first frame %6.1f ms, cpu %.1f\n", now_ms () - start, cpu_ms () - start_cpu);
  wait_frame (&bench);
  printf ("rows                 %6u, %.0f MiB\n", bench.n_alive, get_memory_mib ());

  measure_jumps (&bench);
  printf ("rows                 %6u, %.0f MiB\n", bench.n_alive, get_memory_mib ());
  measure_scrolling (&bench);
  printf ("rows                 %6u, %.0f MiB\n", bench.n_alive, get_memory_mib ());

  gtk_window_destroy (GTK_WINDOW (bench.window));
  return 0;
}
