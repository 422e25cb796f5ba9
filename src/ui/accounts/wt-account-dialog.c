/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-dialog-private.h"

#include "wt-account-checks.h"
#include "wt-account-removal.h"
#include "wt-error-words.h"
#include "wt-form-keys.h"
#include "wt-hint-row.h"
#include "wt-shrinking.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WtAccountDialog, wt_account_dialog, ADW_TYPE_WINDOW)

static gboolean
show_check (WtHintRow *hint, WtCheck check, const char *words)
{
  WtHintKind kind = WT_HINT_EXPLANATION;

  if (check == WT_CHECK_WARNING)
    kind = WT_HINT_WARNING;
  else if (check == WT_CHECK_BAD)
    kind = WT_HINT_ERROR;
  wt_hint_row_tell (hint, kind, words);
  return wt_check_allows (check);
}

static gboolean
check_file (GtkEditable *field, WtHintRow *hint)
{
  g_autofree char *path = wt_account_dialog_dup_text (field);
  g_autofree char *words = NULL;
  WtCheck check = wt_account_checks_file (path, &words);

  return show_check (hint, check, words);
}

static gboolean
check_target (WtAccountDialog *self)
{
  g_autofree char *key = wt_account_dialog_dup_text (self->target_key);
  g_autofree char *platform = wt_account_dialog_dup_text (self->target_platform);
  g_autofree char *key_words = NULL;
  g_autofree char *platform_words = NULL;
  gboolean stored = self->account != NULL && wt_account_get_record (self->account)->has_target;
  WtCheck key_check, platform_check;

  if (!adw_expander_row_get_enable_expansion (self->target))
    return TRUE;
  key_check = wt_account_checks_key (key, stored, &key_words);
  platform_check = wt_account_checks_target_platform (platform, &platform_words);
  gboolean key_good = show_check (self->target_key_hint, key_check, key_words);

  return show_check (self->target_platform_hint, platform_check, platform_words) && key_good;
}

static gboolean
check_server (WtAccountDialog *self)
{
  g_autofree char *url = wt_account_dialog_dup_text (self->url);
  g_autofree char *key = wt_account_dialog_dup_text (self->key);
  g_autofree char *url_words = NULL;
  g_autofree char *key_words = NULL;
  WtCheck url_check = wt_account_checks_url (url, &url_words);
  WtCheck key_check = wt_account_checks_key (key, self->account != NULL, &key_words);
  gboolean url_good = show_check (self->url_hint, url_check, url_words);

  return show_check (self->key_hint, key_check, key_words) && url_good;
}

static gboolean
check_identity (WtAccountDialog *self)
{
  g_autofree char *platform = wt_account_dialog_dup_text (self->platform);
  g_autofree char *user_id = wt_account_dialog_dup_text (self->user_id);
  g_autofree char *platform_words = NULL;
  g_autofree char *user_id_words = NULL;
  WtCheck platform_check = wt_account_checks_platform (
      platform, wt_account_dialog_get_dialect (self), &platform_words);
  WtCheck user_id_check = wt_account_checks_user_id (user_id, &user_id_words);
  gboolean platform_good = show_check (self->platform_hint, platform_check, platform_words);

  return show_check (self->user_id_hint, user_id_check, user_id_words) && platform_good;
}

/* What is still to be filled in, for the button that cannot be pressed yet. */
static char *
list_missing (WtAccountDialog *self)
{
  GtkEditable *const fields[] = { self->url, self->account == NULL ? self->key : NULL,
                                  self->user_id, self->platform };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i] != NULL && *gtk_editable_get_text (fields[i]) == '\0')
      g_ptr_array_add (names,
                       (char *) adw_preferences_row_get_title (ADW_PREFERENCES_ROW (fields[i])));
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);

  g_autofree char *joined = g_strjoinv (_ (", "), (char **) names->pdata);

  return g_strdup_printf (_ ("Still missing: %s"), joined);
}

/* Connecting takes no user id. */
static gboolean
is_platform_good (WtAccountDialog *self)
{
  g_autofree char *platform = wt_account_dialog_dup_text (self->platform);
  g_autofree char *words = NULL;

  return wt_check_allows (
      wt_account_checks_platform (platform, wt_account_dialog_get_dialect (self), &words));
}

static void
update_mark (WtAccountDialog *self)
{
  g_autoptr (WtAccountRecord) record = wt_account_dialog_dup_record (self);
  g_autoptr (WtAccount) account = wt_account_new (record);
  g_autofree char *name = wt_account_dup_display_name (account);

  wt_account_mark_show (self->mark, name, wt_account_get_colour (account));
}

static void
check (WtAccountDialog *self)
{
  /* All of them, so that every field says what it has to say. */
  gboolean server = check_server (self);
  gboolean identity = check_identity (self);
  gboolean target = check_target (self);
  gboolean ca = check_file (self->ca_file, self->ca_file_hint);
  gboolean certificate = check_file (self->certificate_file, self->certificate_file_hint);
  gboolean key = check_file (self->key_file, self->key_file_hint);
  g_autofree char *missing = list_missing (self);
  gboolean files = ca && certificate && key;

  gtk_widget_set_sensitive (self->save, server && identity && target && files && !self->saving);
  gtk_widget_set_tooltip_text (self->save, missing);
  gtk_widget_set_sensitive (self->check_button,
                            server && files && is_platform_good (self)
                                && !wt_check_list_is_running (self->check_list));
  update_mark (self);
}

static void
on_changed (WtAccountDialog *self)
{
  if (self->loading)
    return;
  wt_account_dialog_forget_check (self);
  check (self);
}

/* What has nothing to do with the connection. */
static void
on_person_changed (WtAccountDialog *self)
{
  if (self->loading)
    return;
  gtk_widget_set_visible (self->problem_box, FALSE);
  check (self);
}

static void
on_look_changed (WtAccountDialog *self)
{
  if (!self->loading)
    update_mark (self);
}

void
wt_account_dialog_tell_problem (WtAccountDialog *self, const char *words)
{
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (self->problem_box, TRUE);
  gtk_widget_set_sensitive (self->page, TRUE);
  check (self);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtAccountDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (wt_account_removal_ask_finish (result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_autofree char *words = wt_error_words_sentence (error);

  wt_account_dialog_tell_problem (self, words);
}

static void
on_remove (WtAccountDialog *self)
{
  wt_account_removal_ask_async (GTK_WINDOW (self), self->profile, self->account, self->cancellable,
                                on_removed, g_object_ref (self));
}

static void
on_found_chosen (WtAccountDialog *self, const char *url)
{
  wt_account_dialog_set_url (self, url);
}

static void
on_revoke (WtAccountDialog *self)
{
  self->revoked = TRUE;
  gtk_widget_set_visible (self->revoke, FALSE);
  adw_action_row_set_subtitle (self->trusted, _ ("Not trusted any more once you save"));
}

static void
on_file_chosen (GtkFileChooserNative *chooser, int response, GtkEditable *field)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    gtk_editable_set_text (field, g_file_peek_path (file));
}

static void
on_browse (GtkEditable *field)
{
  WtAccountDialog *self = WT_ACCOUNT_DIALOG (gtk_widget_get_root (GTK_WIDGET (field)));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (
      adw_preferences_row_get_title (ADW_PREFERENCES_ROW (field)), GTK_WINDOW (self),
      GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen), field, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
update_secrets_note (WtAccountDialog *self)
{
  WtSecrets *secrets = wt_profile_get_secrets (self->profile);
  const char *reason = wt_secrets_get_fallback_reason (secrets);
  g_autofree char *note = NULL;

  if (wt_secrets_get_backend (secrets) == WT_SECRETS_KEYRING)
    note = g_strdup (_ ("Keys are kept in the keyring, encrypted, and shown nowhere."));
  else if (reason != NULL)
    /* TRANSLATORS: %s is a sentence: the reason */
    note = g_strdup_printf (_ ("Keys are kept in a file that only you can read, not encrypted. %s"),
                            reason);
  else
    note = g_strdup (_ ("Keys are kept in a file that only you can read, not encrypted."));
  gtk_label_set_label (self->secrets_note, note);
}

static void
wt_account_dialog_dispose (GObject *object)
{
  WtAccountDialog *self = WT_ACCOUNT_DIALOG (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_cancellable_cancel (self->cancellable);
  if (self->check_list != NULL)
    wt_check_list_clear (self->check_list);
  self->check_list = NULL;
  g_clear_object (&self->account);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_account_dialog_parent_class)->dispose (object);
}

static void
wt_account_dialog_finalize (GObject *object)
{
  g_object_unref (WT_ACCOUNT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (wt_account_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, save_anyway);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, link_note);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, found);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, check_list);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, check_button);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, colour);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, mark);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, page);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, dialect);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, url);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, url_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, key);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, key_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, user_id);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, user_id_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, nickname);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, cardname);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, platform);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, platform_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, target);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, target_key);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, target_key_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, target_platform);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, target_platform_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, label);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, remote_pictures);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, enabled_row);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, enabled);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, advanced);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, auth);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, ca_file);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, ca_file_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, certificate_file);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, certificate_file_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, key_file);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, key_file_hint);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, trusted);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, revoke);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, insecure);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, secrets_note);
  gtk_widget_class_bind_template_child (widget_class, WtAccountDialog, remove);
}

static void
wt_account_dialog_class_init (WtAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_account_dialog_dispose;
  object_class->finalize = wt_account_dialog_finalize;

  g_type_ensure (WT_TYPE_ACCOUNT_MARK);
  g_type_ensure (WT_TYPE_CHECK_LIST);
  g_type_ensure (WT_TYPE_FOUND_SERVERS);
  g_type_ensure (WT_TYPE_HINT_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/accounts/wt-account-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_found_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_person_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_look_changed);
  wt_account_dialog_bind_check (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_browse);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
}

static void
wt_account_dialog_init (WtAccountDialog *self)
{
  self->loading = TRUE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wt_form_keys_attach (self->page);
  wt_shrinking_allow (GTK_WIDGET (self));
}

/**
 * wt_account_dialog_new:
 * @profile: where the account is, or will be, kept
 * @account: (nullable): the account to edit; %NULL for a new one
 *
 * Returns: (transfer none): a dialog
 */
GtkWidget *
wt_account_dialog_new (WtProfile *profile, WtAccount *account)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (account == NULL || WT_IS_ACCOUNT (account), NULL);

  WtAccountDialog *self = g_object_new (WT_TYPE_ACCOUNT_DIALOG, NULL);
  WtSecrets *secrets = wt_profile_get_secrets (profile);

  self->profile = g_object_ref (profile);
  g_set_object (&self->account, account);
  if (account != NULL)
    wt_account_dialog_load (self, wt_account_get_record (account));
  else
    {
      wt_found_servers_follow (self->found, GTK_WIDGET (self));
      gtk_editable_set_text (self->platform, "wheatear");
      wt_account_dialog_set_remote_pictures (self, WT_REMOTE_ASK);
    }
  gtk_widget_set_visible (self->enabled_row, account != NULL);
  g_signal_connect_object (secrets, "notify", G_CALLBACK (update_secrets_note), self,
                           G_CONNECT_SWAPPED);
  update_secrets_note (self);
  self->loading = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->url));
  check (self);
  return GTK_WIDGET (self);
}

/**
 * wt_account_dialog_set_url:
 * @self: an account dialog
 * @url: a server's address
 *
 * Fills it in, as if it was typed. The key is what comes next.
 */
void
wt_account_dialog_set_url (WtAccountDialog *self, const char *url)
{
  g_return_if_fail (WT_IS_ACCOUNT_DIALOG (self));

  gtk_editable_set_text (self->url, url);
  wt_found_servers_unfollow (self->found, GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->key));
}

/**
 * wt_account_dialog_get_valid:
 * @self: an account dialog
 *
 * Returns: whether it can be saved as it is
 */
gboolean
wt_account_dialog_get_valid (WtAccountDialog *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT_DIALOG (self), FALSE);

  return gtk_widget_get_sensitive (self->save);
}
