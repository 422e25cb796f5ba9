/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window that the files named on the command line can be dragged out of, as a file manager's; see
 * tests/e2e/test_pains_size.py. It says when a drag has begun, and ends when it is closed, or told to. */

#include <gtk/gtk.h>

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, gpointer data)
{
  g_auto (GValue) value = G_VALUE_INIT;
  GSList *files = NULL;

  for (char **name = data; *name != NULL; name++)
    files = g_slist_append (files, g_file_new_for_commandline_arg (*name));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, files);
  return gdk_content_provider_new_for_value (&value);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, gpointer data)
{
  g_print ("dragging\n");
}

static gboolean
on_close_request (GtkWindow *window, GMainLoop *loop)
{
  g_main_loop_quit (loop);
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkDragSource *source;
  GtkWidget *window, *label;

  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Files");
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 200);
  label = gtk_label_new ("Files");
  gtk_window_set_child (GTK_WINDOW (window), label);
  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), argv + 1);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), NULL);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), loop);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return 0;
}
