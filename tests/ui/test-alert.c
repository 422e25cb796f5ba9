/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-alert.h"

#include "wt-ui-test.h"

#define LONG                                                                                         \
  "Delete “A Chat With Very Many Words in Its Name, Which Would Need More Than the Window Has” " \
  "Here?"

static GtkWidget *
find_heading (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "title-2"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_heading (child);
  return found;
}

/* Warnings are fatal: shown at all, a heading of one line makes newer GTKs warn. */
static void
test_headings (void)
{
  static const char *const headings[] = { "Saving…", "Trust This Certificate?", LONG };

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      GtkWidget *parent = gtk_window_new ();
      GtkWidget *alert = wt_alert_new (GTK_WINDOW (parent), headings[i], i == 0 ? NULL : "Words");
      GtkWidget *heading = find_heading (alert);
      int least;

      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (alert), "close", "Close");
      g_assert_nonnull (heading);
      g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (heading)), ==, headings[i]);
      gtk_widget_measure (heading, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, 120);

      gtk_window_set_default_size (GTK_WINDOW (parent), 360, 300);
      gtk_window_present (GTK_WINDOW (parent));
      gtk_window_present (GTK_WINDOW (alert));
      wt_test_wait_until (gtk_widget_get_mapped (alert) && gtk_widget_get_width (alert) > 0);
      gtk_window_destroy (GTK_WINDOW (alert));
      gtk_window_destroy (GTK_WINDOW (parent));
    }
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
  g_test_add_func ("/ui/alert/headings", test_headings);
  return g_test_run ();
}
