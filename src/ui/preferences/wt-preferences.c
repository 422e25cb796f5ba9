/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-preferences.h"

#include "wt-accounts-page.h"
#include "wt-form-keys.h"
#include "wt-shrinking.h"
#include "wt-spell-checker.h"
#include "wt-storage-page.h"

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
  GtkWidget *spelling_row;
  GtkSwitch *check_spelling;
  GtkSwitch *scale_pictures;
  GtkSwitch *notifications;
  GtkSwitch *preview;
  GtkSwitch *background;
  GtkSwitch *autostart;
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

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/preferences/wt-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, style);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, remote_pictures);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, scale);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, enter_sends);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, spelling_row);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, check_spelling);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, scale_pictures);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, notifications);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, preview);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, background);
  gtk_widget_class_bind_template_child (widget_class, WtPreferences, autostart);
  gtk_widget_class_bind_template_callback (widget_class, on_style_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_remote_pictures_selected);
}

static void
wt_preferences_init (WtPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->spelling_row, wt_spell_checker_is_available ());
  wt_form_keys_attach (GTK_WIDGET (self));
}

static void
select_stored (GSettings *settings,
               const char *key,
               AdwComboRow *row,
               const char *const *values,
               guint n_values)
{
  g_autofree char *stored = g_settings_get_string (settings, key);

  for (guint i = 0; i < n_values; i++)
    if (g_str_equal (stored, values[i]))
      adw_combo_row_set_selected (row, i);
}

static void
bind (WtPreferences *self)
{
  const struct
  {
    const char *key;
    gpointer widget;
    const char *property;
  } bindings[] = {
    { "text-scale", self->scale, "value" },
    { "enter-sends", self->enter_sends, "active" },
    { "check-spelling", self->check_spelling, "active" },
    { "scale-pictures", self->scale_pictures, "active" },
    { "notifications", self->notifications, "active" },
    { "notification-preview", self->preview, "active" },
    { "run-in-background", self->background, "active" },
    { "autostart", self->autostart, "active" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    g_settings_bind (self->settings, bindings[i].key, bindings[i].widget, bindings[i].property,
                     G_SETTINGS_BIND_DEFAULT);
}

static void
on_remote_pictures_changed (GSettings *settings, const char *key, WtAccountsPage *page)
{
  wt_accounts_page_set_remote_pictures (page,
                                        (WtRemotePictures) g_settings_get_enum (settings, key));
}

static void
add_pages (WtPreferences *self, WtProfile *profile)
{
  AdwPreferencesWindow *window = ADW_PREFERENCES_WINDOW (self);
  GtkWidget *accounts = wt_accounts_page_new (profile);

  g_signal_connect_object (self->settings, "changed::remote-pictures",
                           G_CALLBACK (on_remote_pictures_changed), accounts, 0);
  on_remote_pictures_changed (self->settings, "remote-pictures", WT_ACCOUNTS_PAGE (accounts));
  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (accounts));
  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (wt_storage_page_new (profile)));
}

/**
 * wt_preferences_new:
 * @settings: the program's settings
 * @profile: (nullable): an open profile; %NULL: without its pages
 *
 * Returns: (transfer none): a window to change them
 */
GtkWidget *
wt_preferences_new (GSettings *settings, WtProfile *profile)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (profile == NULL || WT_IS_PROFILE (profile), NULL);

  WtPreferences *self = g_object_new (WT_TYPE_PREFERENCES, NULL);

  select_stored (settings, "style", self->style, styles, G_N_ELEMENTS (styles));
  select_stored (settings, "remote-pictures", self->remote_pictures, remote_pictures,
                 G_N_ELEMENTS (remote_pictures));
  self->settings = g_object_ref (settings);
  bind (self);
  if (profile != NULL)
    add_pages (self, profile);
  wt_shrinking_allow (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/**
 * wt_preferences_show_page:
 * @self: the preferences
 * @name: `general`, `chats`, `notifications`, `accounts` or `storage`
 *
 * Shows a page. The last two are there with a profile only.
 */
void
wt_preferences_show_page (WtPreferences *self, const char *name)
{
  g_return_if_fail (WT_IS_PREFERENCES (self));

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (self), name);
}
