/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-preferences.h"

#include "wt-form-keys.h"

struct _WtPreferences
{
  AdwPreferencesWindow parent_instance;

  /* Owned. */
  GSettings *settings;

  /* Template children. */
  AdwComboRow *style;
  AdwComboRow *remote_pictures;
  GtkSpinButton *scale;
  GtkSwitch *enter_sends;
  GtkSwitch *scale_pictures;
  GtkSwitch *notifications;
  GtkSwitch *preview;
};

G_DEFINE_FINAL_TYPE (WtPreferences, wt_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* The combo rows' order. */
static const char *const styles[] = { "system", "light", "dark" };
static const char *const remote_pictures[] = { "always", "ask", "never" };

static void
on_style_selected (WtPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->style);

  if (self->settings != NULL && selected < G_N_ELEMENTS (styles))
    g_settings_set_string (self->settings, "style", styles[selected]);
}

static void
on_remote_pictures_selected (WtPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->remote_pictures);

  if (self->settings != NULL && selected < G_N_ELEMENTS (remote_pictures))
    g_settings_set_string (self->settings, "remote-pictures", remote_pictures[selected]);
}

static void
wt_preferences_dispose (GObject *object)
{
  g_clear_object (&WT_PREFERENCES (object)->settings);

  G_OBJECT_CLASS (wt_preferences_parent_class)->dispose (object);
}

static void
wt_preferences_class_init (WtPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/wheatear_im/Wheatear/wt-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, style);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, remote_pictures);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, scale);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, enter_sends);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, scale_pictures);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, notifications);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_style_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_remote_pictures_selected);
}

static void
wt_preferences_init (WtPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wt_form_keys_attach (GTK_WIDGET (self));
}

/**
 * wt_preferences_new:
 * @settings: the program's settings
 *
 * Returns: (transfer none): a window to change them
 */
GtkWidget *
wt_preferences_new (GSettings *settings)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  WtPreferences *self = g_object_new (WT_TYPE_PREFERENCES, NULL);
  g_autofree char *style = g_settings_get_string (settings, "style");
  g_autofree char *remote = g_settings_get_string (settings, "remote-pictures");

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (style, styles[i]))
      adw_combo_row_set_selected (self->style, i);
  for (guint i = 0; i < G_N_ELEMENTS (remote_pictures); i++)
    if (g_str_equal (remote, remote_pictures[i]))
      adw_combo_row_set_selected (self->remote_pictures, i);
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "text-scale", self->scale, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "enter-sends", self->enter_sends, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "scale-pictures", self->scale_pictures, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notifications", self->notifications, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notification-preview", self->preview, "active",
                   G_SETTINGS_BIND_DEFAULT);
  return GTK_WIDGET (self);
}
