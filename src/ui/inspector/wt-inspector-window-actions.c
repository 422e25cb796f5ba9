/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-inspector-window-private.h"

#include <glib/gi18n-lib.h>

#include "wt-error-words.h"
#include "wt-frame-export.h"

static void
clear (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wt_frame_log_clear (WT_INSPECTOR_WINDOW (widget)->log);
}

static void
toggle_recording (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtFrameLog *self = WT_INSPECTOR_WINDOW (widget)->log;

  wt_frame_log_set_recording (self, !wt_frame_log_get_recording (self));
}

static void
find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtInspectorWindow *self = WT_INSPECTOR_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->list_page);
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search), TRUE);
  gtk_widget_grab_focus (self->entry);
}

static void
back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtInspectorWindow *self = WT_INSPECTOR_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->list_page);
  gtk_widget_grab_focus (self->list);
}

static void
reset_filter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wt_inspector_window_reset_filter (WT_INSPECTOR_WINDOW (widget));
}

/* Saving */

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtInspectorWindow) self = data;
  g_autoptr (GError) error = NULL;
  gssize n_frames = wt_frame_export_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      g_autofree char *sentence = wt_error_words_sentence (error);

      words = g_strdup_printf (_ ("Not saved. %s"), sentence);
    }
  else
    words = g_strdup_printf (ngettext ("%u line saved", "%u lines saved", (guint) n_frames),
                             (guint) n_frames);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
}

/**
 * wt_inspector_window_export_to:
 * @self: an inspector
 * @file: where to; overwritten if it exists, which the user was asked about
 *
 * Writes what the list shows, as wt_frame_export_async() does.
 */
void
wt_inspector_window_export_to (WtInspectorWindow *self, GFile *file)
{
  g_return_if_fail (WT_IS_INSPECTOR_WINDOW (self));

  wt_frame_export_async (G_LIST_MODEL (self->shown), file, self->cancellable, on_exported,
                         g_object_ref (self));
}

static void
on_response (GtkNativeDialog *chooser, int response, WtInspectorWindow *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;

  if (file != NULL)
    wt_inspector_window_export_to (self, file);
  g_clear_object (&self->chooser);
}

static void
save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtInspectorWindow *self = WT_INSPECTOR_WINDOW (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *file_name = g_date_time_format (now, "wheatear-%Y%m%d-%H%M%S.ndjson");

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Save What Is Shown"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file_name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/*< private >
 * wt_inspector_window_install_actions:
 * @widget_class: the inspector's class
 *
 * For its class_init.
 */
void
wt_inspector_window_install_actions (GtkWidgetClass *widget_class)
{
  const GdkModifierType control = GDK_CONTROL_MASK;

  gtk_widget_class_install_action (widget_class, "inspector.clear", NULL, clear);
  gtk_widget_class_install_action (widget_class, "inspector.record", NULL, toggle_recording);
  gtk_widget_class_install_action (widget_class, "inspector.find", NULL, find);
  gtk_widget_class_install_action (widget_class, "inspector.back", NULL, back);
  gtk_widget_class_install_action (widget_class, "inspector.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "inspector.reset-filter", NULL, reset_filter);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, control, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, control, "inspector.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, control, "inspector.record", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, control, "inspector.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, control, "inspector.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "inspector.back",
                                       NULL);
}

/*< private >
 * wt_inspector_window_update_actions:
 * @self: an inspector
 *
 * Enables what can be done with what there is.
 */
void
wt_inspector_window_update_actions (WtInspectorWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "inspector.clear",
                                 g_list_model_get_n_items (G_LIST_MODEL (self->log)) > 0);
  gtk_widget_action_set_enabled (widget, "inspector.save",
                                 g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0);
  gtk_widget_action_set_enabled (widget, "inspector.back", adw_leaflet_get_folded (self->leaflet));
}
