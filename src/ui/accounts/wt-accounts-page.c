/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-accounts-page.h"

#include "wt-account-dialog.h"
#include "wt-account-removal.h"
#include "wt-accounts-row.h"
#include "wt-check-dialog.h"
#include "wt-error-words.h"
#include "wt-form-keys.h"

#include <glib/gi18n-lib.h>

struct _WtAccountsPage
{
  AdwPreferencesPage parent_instance;

  /* Owned. */
  WtProfile *profile;
  GCancellable *cancellable;
  WtRemotePictures remote_pictures; /* of new accounts */

  /* Children. */
  AdwPreferencesGroup *group;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WtAccountsPage, wt_accounts_page, ADW_TYPE_PREFERENCES_PAGE)

static void
present (WtAccountsPage *self, GtkWidget *dialog)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Which account stands where; the list has as many rows. */
static WtAccount *
find_account (WtAccountsPage *self, gint64 id, guint *position)
{
  GListModel *sessions = wt_profile_get_sessions (self->profile);

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (sessions, i);
      WtAccount *account = wt_session_get_account (session);

      *position = i;
      if (wt_account_get_id (account) == id)
        return account;
    }
  return NULL;
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtAccountsPage) self = data;
  g_autoptr (GError) error = NULL;

  wt_account_removal_ask_finish (result, &error);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_autofree char *words = wt_error_words_sentence (error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_preferences_group_set_description (self->group, escaped);
}

static void
act (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtAccountsPage *self = WT_ACCOUNTS_PAGE (widget);
  guint position;
  WtAccount *account = find_account (self, g_variant_get_int64 (parameter), &position);

  if (account == NULL)
    return;
  if (g_str_equal (name, "accounts.edit"))
    present (self, wt_account_dialog_new (self->profile, account));
  else if (g_str_equal (name, "accounts.check"))
    present (self, wt_check_dialog_new (self->profile, account));
  else if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    wt_account_removal_ask_async (GTK_WINDOW (gtk_widget_get_root (widget)), self->profile, account,
                                  self->cancellable, on_removed, g_object_ref (self));
}

/* The row is another one now: whoever moves it by the keyboard goes with it. */
static void
move_to (WtAccountsPage *self, WtAccount *account, guint position)
{
  GtkListBoxRow *row;

  wt_profile_move_account (self->profile, account, position);
  row = gtk_list_box_get_row_at_index (self->list, (int) position);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
move (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtAccountsPage *self = WT_ACCOUNTS_PAGE (widget);
  gboolean up = g_str_equal (name, "accounts.up");
  guint count = g_list_model_get_n_items (wt_profile_get_sessions (self->profile));
  guint position;
  WtAccount *account = find_account (self, g_variant_get_int64 (parameter), &position);

  if (account != NULL && (up ? position > 0 : position + 1 < count))
    move_to (self, account, up ? position - 1 : position + 1);
}

static void
drop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtAccountsPage *self = WT_ACCOUNTS_PAGE (widget);
  gint64 dropped, target;
  guint from, to;
  WtAccount *account;

  g_variant_get (parameter, "(xx)", &dropped, &target);
  account = find_account (self, dropped, &from);
  if (account != NULL && find_account (self, target, &to) != NULL && from != to)
    move_to (self, account, to);
}

static void
add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtAccountsPage *self = WT_ACCOUNTS_PAGE (widget);
  GtkWidget *dialog = wt_account_dialog_new (self->profile, NULL);

  wt_account_dialog_set_remote_pictures (WT_ACCOUNT_DIALOG (dialog), self->remote_pictures);
  present (self, dialog);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  WtAccountsPage *self = data;

  return wt_accounts_row_new (self->profile, item);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row)
{
  adw_action_row_activate (ADW_ACTION_ROW (row));
}

static GtkWidget *
make_placeholder (void)
{
  GtkWidget *label = gtk_label_new (_ ("There are no accounts yet."));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 18);
  gtk_widget_set_margin_bottom (label, 18);
  return label;
}

static void
wt_accounts_page_dispose (GObject *object)
{
  WtAccountsPage *self = WT_ACCOUNTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_accounts_page_parent_class)->dispose (object);
}

static void
wt_accounts_page_finalize (GObject *object)
{
  g_object_unref (WT_ACCOUNTS_PAGE (object)->cancellable);

  G_OBJECT_CLASS (wt_accounts_page_parent_class)->finalize (object);
}

static void
wt_accounts_page_class_init (WtAccountsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_accounts_page_dispose;
  object_class->finalize = wt_accounts_page_finalize;

  gtk_widget_class_install_action (widget_class, "accounts.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "accounts.edit", "x", act);
  gtk_widget_class_install_action (widget_class, "accounts.check", "x", act);
  gtk_widget_class_install_action (widget_class, "accounts.remove", "x", act);
  gtk_widget_class_install_action (widget_class, "accounts.up", "x", move);
  gtk_widget_class_install_action (widget_class, "accounts.down", "x", move);
  gtk_widget_class_install_action (widget_class, "accounts.drop", "(xx)", drop);
}

static void
wt_accounts_page_init (WtAccountsPage *self)
{
  GtkWidget *content = adw_button_content_new ();
  GtkWidget *button = gtk_button_new ();

  self->cancellable = g_cancellable_new ();
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Accounts"));
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "accounts");
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "system-users-symbolic");

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _ ("_Add an Account…"));
  adw_button_content_set_use_underline (ADW_BUTTON_CONTENT (content), TRUE);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "accounts.add");
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add an Account"), -1);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (self->list, make_placeholder ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "accounts-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Accounts"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), NULL);

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Accounts"));
  adw_preferences_group_set_header_suffix (self->group, button);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->list));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->group);
  wt_form_keys_attach (GTK_WIDGET (self));
}

/**
 * wt_accounts_page_new:
 * @profile: an open profile
 *
 * Returns: (transfer floating): a page with its accounts
 */
GtkWidget *
wt_accounts_page_new (WtProfile *profile)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  WtAccountsPage *self = g_object_new (WT_TYPE_ACCOUNTS_PAGE, NULL);

  self->profile = g_object_ref (profile);
  gtk_list_box_bind_model (self->list, wt_profile_get_sessions (profile), make_row, self, NULL);
  return GTK_WIDGET (self);
}

/**
 * wt_accounts_page_set_remote_pictures:
 * @self: a page
 * @setting: whether pictures that are only linked to are loaded, for accounts added here: the program's setting
 */
void
wt_accounts_page_set_remote_pictures (WtAccountsPage *self, WtRemotePictures setting)
{
  g_return_if_fail (WT_IS_ACCOUNTS_PAGE (self));

  self->remote_pictures = setting;
}
