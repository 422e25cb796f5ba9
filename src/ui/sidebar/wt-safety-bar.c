/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-safety-bar.h"

#include "wt-safety-words.h"

#include <glib/gi18n-lib.h>

#define SETTING "accepted-unencrypted"

struct _WtSafetyBar
{
  GtkWidget parent_instance;

  /* Owned. */
  WtSessionWatch *watch;
  GSettings *settings;

  /* Template children. */
  GtkWidget *unverified;
  GtkLabel *unverified_label;
  GtkActionable *unverified_edit;
  GtkWidget *clear;
  GtkLabel *clear_label;
  GtkActionable *clear_edit;
  GtkWidget *dismiss;
};

G_DEFINE_FINAL_TYPE (WtSafetyBar, wt_safety_bar, GTK_TYPE_WIDGET)

static gboolean
is_accepted (WtSafetyBar *self, const WtAccountRecord *record)
{
  g_autofree char *acceptance = wt_safety_acceptance (record);
  g_auto (GStrv) accepted = g_settings_get_strv (self->settings, SETTING);

  return g_strv_contains ((const char *const *) accepted, acceptance);
}

static gboolean
is_to_be_shown (WtSafetyBar *self, WtAccount *account, WtSafety safety)
{
  const WtAccountRecord *record = wt_account_get_record (account);

  if (!record->enabled || wt_safety_of_account (record) != safety)
    return FALSE;
  return safety != WT_SAFETY_CLEAR || !is_accepted (self, record);
}

/* The accounts that are to be told of. */
static GPtrArray *
list_accounts (WtSafetyBar *self, WtSafety safety)
{
  GListModel *sessions = wt_session_watch_get_sessions (self->watch);
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (sessions, i);
      WtAccount *account = wt_session_get_account (session);

      if (is_to_be_shown (self, account, safety))
        g_ptr_array_add (accounts, g_object_ref (account));
    }
  return accounts;
}

static char *
join_names (GPtrArray *accounts)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < accounts->len; i++)
    g_ptr_array_add (names, wt_account_dup_display_name (g_ptr_array_index (accounts, i)));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (_ (", "), (char **) names->pdata);
}

static void
update_notice (WtSafetyBar *self,
               WtSafety safety,
               GtkWidget *notice,
               GtkLabel *label,
               GtkActionable *edit)
{
  g_autoptr (GPtrArray) accounts = list_accounts (self, safety);
  gboolean several = g_list_model_get_n_items (wt_session_watch_get_sessions (self->watch)) > 1;

  gtk_widget_set_visible (notice, accounts->len > 0);
  if (accounts->len == 0)
    return;

  g_autofree char *names = several ? join_names (accounts) : NULL;
  g_autofree char *words = wt_safety_words_notice (safety, names);

  gtk_label_set_label (label, words);
  gtk_actionable_set_action_target (edit, "x", wt_account_get_id (g_ptr_array_index (accounts, 0)));
  /* Last: an action without its target complains. */
  gtk_actionable_set_action_name (edit, "win.edit-account");
}

static void
update (WtSafetyBar *self)
{
  update_notice (self, WT_SAFETY_UNVERIFIED, self->unverified, self->unverified_label,
                 self->unverified_edit);
  update_notice (self, WT_SAFETY_CLEAR, self->clear, self->clear_label, self->clear_edit);
}

static void
on_dismiss (WtSafetyBar *self)
{
  g_autoptr (GPtrArray) accounts = list_accounts (self, WT_SAFETY_CLEAR);
  g_auto (GStrv) accepted = g_settings_get_strv (self->settings, SETTING);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (builder, (const char **) accepted);
  for (guint i = 0; i < accounts->len; i++)
    {
      g_autofree char *acceptance = wt_safety_acceptance (
          wt_account_get_record (g_ptr_array_index (accounts, i)));

      g_strv_builder_add (builder, acceptance);
    }
  all = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, SETTING, (const char *const *) all);
}

static void
wt_safety_bar_dispose (GObject *object)
{
  WtSafetyBar *self = WT_SAFETY_BAR (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_func (self->watch, update, self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_func (self->settings, update, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_SAFETY_BAR);

  G_OBJECT_CLASS (wt_safety_bar_parent_class)->dispose (object);
}

static void
wt_safety_bar_class_init (WtSafetyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_safety_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/sidebar/wt-safety-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WtSafetyBar, unverified);
  gtk_widget_class_bind_template_child (widget_class, WtSafetyBar, unverified_label);
  gtk_widget_class_bind_template_child (widget_class, WtSafetyBar, unverified_edit);
  gtk_widget_class_bind_template_child (widget_class, WtSafetyBar, clear);
  gtk_widget_class_bind_template_child (widget_class, WtSafetyBar, clear_label);
  gtk_widget_class_bind_template_child (widget_class, WtSafetyBar, clear_edit);
  gtk_widget_class_bind_template_child (widget_class, WtSafetyBar, dismiss);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss);
}

static void
wt_safety_bar_init (WtSafetyBar *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

/**
 * wt_safety_bar_set_watch:
 * @self: a safety bar
 * @watch: watches the accounts' sessions
 * @settings: the program's settings: which notices were put aside
 *
 * To be called once.
 */
void
wt_safety_bar_set_watch (WtSafetyBar *self, WtSessionWatch *watch, GSettings *settings)
{
  g_return_if_fail (WT_IS_SAFETY_BAR (self));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" SETTING, G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
