/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-check-dialog.h"

#include "wt-account-dialog.h"
#include "wt-check-list.h"
#include "wt-form-keys.h"
#include "wt-shrinking.h"

struct _WtCheckDialog
{
  AdwWindow parent_instance;

  /* Owned. */
  WtProfile *profile;
  WtAccount *account;

  /* Template children. */
  GtkWidget *page;
  WtCheckList *list;
  GtkWidget *again;
  GtkWidget *edit;
};

G_DEFINE_FINAL_TYPE (WtCheckDialog, wt_check_dialog, ADW_TYPE_WINDOW)

static void
on_finished (WtCheckDialog *self)
{
  gtk_widget_set_sensitive (self->again, TRUE);
}

static void
on_again (WtCheckDialog *self)
{
  gtk_widget_set_sensitive (self->again, FALSE);
  wt_check_list_run (self->list, self->profile, wt_account_get_record (self->account), NULL);
}

static void
on_edit (WtCheckDialog *self)
{
  GtkWidget *dialog = wt_account_dialog_new (self->profile, self->account);

  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
wt_check_dialog_dispose (GObject *object)
{
  WtCheckDialog *self = WT_CHECK_DIALOG (object);

  if (self->list != NULL)
    wt_check_list_clear (self->list);
  self->list = NULL;
  g_clear_object (&self->account);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_check_dialog_parent_class)->dispose (object);
}

static void
wt_check_dialog_class_init (WtCheckDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_check_dialog_dispose;

  g_type_ensure (WT_TYPE_CHECK_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/accounts/wt-check-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WtCheckDialog, page);
  gtk_widget_class_bind_template_child (widget_class, WtCheckDialog, list);
  gtk_widget_class_bind_template_child (widget_class, WtCheckDialog, again);
  gtk_widget_class_bind_template_child (widget_class, WtCheckDialog, edit);
  gtk_widget_class_bind_template_callback (widget_class, on_finished);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_edit);
}

static void
wt_check_dialog_init (WtCheckDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wt_form_keys_attach (self->page);
  wt_shrinking_allow (GTK_WIDGET (self));
}

/**
 * wt_check_dialog_new:
 * @profile: an open profile
 * @account: one of its accounts
 *
 * Begins to check at once.
 *
 * Returns: (transfer none): a dialog
 */
GtkWidget *
wt_check_dialog_new (WtProfile *profile, WtAccount *account)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (WT_IS_ACCOUNT (account), NULL);

  WtCheckDialog *self = g_object_new (WT_TYPE_CHECK_DIALOG, NULL);
  g_autofree char *name = wt_account_dup_display_name (account);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *url = g_markup_escape_text (wt_account_get_record (account)->url, -1);

  self->profile = g_object_ref (profile);
  self->account = g_object_ref (account);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->list), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->list), url);
  on_again (self);
  return GTK_WIDGET (self);
}
