/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-storage-bar.h"

#include "wt-error-words.h"

#include <glib/gi18n-lib.h>

struct _WtStorageBar
{
  GtkWidget parent_instance;

  /* Owned. */
  WtProfile *profile;

  /* Template children. */
  GtkRevealer *revealer;
  GtkLabel *title;
  GtkLabel *advice;
  GtkWidget *retry;
};

G_DEFINE_FINAL_TYPE (WtStorageBar, wt_storage_bar, GTK_TYPE_WIDGET)

static void
update (WtStorageBar *self)
{
  const GError *error = wt_profile_get_storage_problem (self->profile);

  if (error != NULL)
    {
      g_autofree char *title = wt_error_words_title (error);
      g_autofree char *advice = wt_error_words_standing (error);
      g_autofree char *detail = g_utf8_make_valid (error->message, -1);

      gtk_label_set_label (self->title, title);
      gtk_label_set_label (self->advice, advice);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->advice), detail);
      gtk_widget_set_visible (
          self->retry, !g_error_matches (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CORRUPT));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), error != NULL);
  gtk_revealer_set_reveal_child (self->revealer, error != NULL);
}

static void
on_retry (WtStorageBar *self)
{
  wt_profile_check_storage (self->profile);
}

static void
wt_storage_bar_dispose (GObject *object)
{
  WtStorageBar *self = WT_STORAGE_BAR (object);

  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_data (self->profile, self);
  g_clear_object (&self->profile);
  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;

  G_OBJECT_CLASS (wt_storage_bar_parent_class)->dispose (object);
}

static void
wt_storage_bar_class_init (WtStorageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_storage_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/wheatear_im/Wheatear/wt-storage-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WtStorageBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, WtStorageBar, title);
  gtk_widget_class_bind_template_child (widget_class, WtStorageBar, advice);
  gtk_widget_class_bind_template_child (widget_class, WtStorageBar, retry);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
wt_storage_bar_init (WtStorageBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * wt_storage_bar_set_profile:
 * @self: a bar without a profile
 * @profile: whose storage to watch
 */
void
wt_storage_bar_set_profile (WtStorageBar *self, WtProfile *profile)
{
  g_return_if_fail (WT_IS_STORAGE_BAR (self));
  g_return_if_fail (self->profile == NULL);

  self->profile = g_object_ref (profile);
  g_signal_connect_object (profile, "notify::storage-problem", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
