/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-text-scale.h"

#define SMALLEST 0.5
#define LARGEST 3.0

struct _WtTextScale
{
  GObject parent_instance;

  /* owned */
  GSettings *settings;
  GtkCssProvider *provider;
  GdkDisplay *display;
};

G_DEFINE_FINAL_TYPE (WtTextScale, wt_text_scale, G_TYPE_OBJECT)

static void
on_changed (WtTextScale *self)
{
  double scale = CLAMP (g_settings_get_double (self->settings, "text-scale"), SMALLEST, LARGEST);
  g_autofree char *css = g_strdup_printf (
      "chatview messagerow, chatview composer textview { font-size: %d%%; }", (int) (scale * 100));

  gtk_css_provider_load_from_data (self->provider, css, -1);
}

static void
wt_text_scale_dispose (GObject *object)
{
  WtTextScale *self = WT_TEXT_SCALE (object);

  if (self->display != NULL)
    gtk_style_context_remove_provider_for_display (self->display,
                                                   GTK_STYLE_PROVIDER (self->provider));
  g_clear_object (&self->display);
  g_clear_object (&self->provider);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (wt_text_scale_parent_class)->dispose (object);
}

static void
wt_text_scale_class_init (WtTextScaleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_text_scale_dispose;
}

static void
wt_text_scale_init (WtTextScale *self)
{
  self->provider = gtk_css_provider_new ();
  g_set_object (&self->display, gdk_display_get_default ());
  gtk_style_context_add_provider_for_display (self->display, GTK_STYLE_PROVIDER (self->provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/**
 * wt_text_scale_new:
 * @settings: with the key `text-scale`, a factor
 *
 * Returns: (transfer full): follows the setting
 */
WtTextScale *
wt_text_scale_new (GSettings *settings)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  WtTextScale *self = g_object_new (WT_TYPE_TEXT_SCALE, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::text-scale", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  on_changed (self);
  return self;
}
