/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-raw-json.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-display-text.h"
#include "wt-envelope.h"

#define WIDTH 480
#define HEIGHT 440

/* A text view takes long to lay out more. */
#define MOST_SHOWN 20000

/* More is not parsed again, only shown as it is stored: without keys and contents, too. */
#define MOST_PARSED (1024 * 1024)

/* JSON as people look at it: what a peer sent, without keys and without contents. */

/**
 * wt_raw_json_make_pretty:
 * @json: JSON text, an object
 *
 * Returns: (transfer full): @json indented, redacted as wt_envelope_redact() does
 */
char *
wt_raw_json_make_pretty (const char *json)
{
  gsize length;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  length = strlen (json);
  if (length > MOST_PARSED)
    return g_strdup (json);

  bytes = g_bytes_new (json, length);
  return wt_envelope_redact (bytes, TRUE);
}

/**
 * wt_raw_json_view_new:
 * @pretty: what wt_raw_json_make_pretty() returned
 * @label: what a screen reader calls it
 *
 * Returns: a view of as much of @pretty as can be looked at
 */
GtkWidget *
wt_raw_json_view_new (const char *pretty, const char *label)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  WtTextBudget budget = { MOST_SHOWN, MOST_SHOWN };
  GtkWidget *view = gtk_text_view_new ();

  if (!wt_display_text_append (shown, pretty, &budget))
    g_string_append (shown, "…");

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), shown->str, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (view, "card");
  gtk_widget_add_css_class (view, "message-json");
  return view;
}

static void
on_copy (GtkButton *button, gpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), data);
}

/**
 * wt_raw_json_copy_button_new:
 * @text: what it copies
 *
 * Returns: a button
 */
GtkWidget *
wt_raw_json_copy_button_new (const char *text)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy"), -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_copy), g_strdup (text),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  return button;
}

static char *
write_segment (WtSegment *segment)
{
  g_autoptr (WtJsonValue) node = wt_segment_to_json (segment, WT_DIALECT_GUIDE, NULL);

  return wt_json_value_to_text (node);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
}

/**
 * wt_raw_json_window_new:
 * @segment: a part of a message
 *
 * Returns: (transfer none): a window with what the peer sent, owned by GTK like every toplevel, not shown yet
 */
GtkWidget *
wt_raw_json_window_new (WtSegment *segment)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autofree char *json = write_segment (segment);
  g_autofree char *pretty = wt_raw_json_make_pretty (json);
  GtkWidget *view = wt_raw_json_view_new (pretty, _ ("Raw JSON"));

  gtk_widget_remove_css_class (view, "card");
  gtk_window_set_title (GTK_WINDOW (window), _ ("Raw JSON"));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_widget_add_css_class (window, "raw-json");

  adw_header_bar_pack_start (ADW_HEADER_BAR (header), wt_raw_json_copy_button_new (pretty));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  add_escape (window);
  return window;
}
