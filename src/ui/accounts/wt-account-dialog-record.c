/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-dialog-private.h"

#include "wt-certificate-words.h"

#include <glib/gi18n-lib.h>

/* Between the form's fields and an account's record. */

/* The combo row's order. */
static const WtDialect dialects[] = { WT_DIALECT_MAIBOT, WT_DIALECT_GUIDE };
static const WtRemotePictures remote_pictures[] = { WT_REMOTE_ALWAYS, WT_REMOTE_ASK,
                                                    WT_REMOTE_NEVER };

/**
 * wt_account_dialog_dup_text:
 * @field: one of the form's fields
 *
 * Returns: (transfer full): what was typed, without space around it
 */
char *
wt_account_dialog_dup_text (GtkEditable *field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (field)));
}

/**
 * wt_account_dialog_get_dialect:
 * @self: an account dialog
 *
 * Returns: the chosen kind of server
 */
WtDialect
wt_account_dialog_get_dialect (WtAccountDialog *self)
{
  return dialects[MIN (adw_combo_row_get_selected (self->dialect), G_N_ELEMENTS (dialects) - 1)];
}

static void
take (char **field, char *value)
{
  g_clear_pointer (field, g_free);
  *field = value;
}

/* Empty is NULL, as the store has it. */
static void
take_optional (char **field, char *value)
{
  if (*value == '\0')
    g_clear_pointer (&value, g_free);
  take (field, value);
}

/**
 * wt_account_dialog_dup_record:
 * @self: an account dialog
 *
 * Returns: (transfer full): the account as the form has it, without keys
 */
WtAccountRecord *
wt_account_dialog_dup_record (WtAccountDialog *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT_DIALOG (self), NULL);

  WtAccountRecord *record = self->account != NULL
                                ? wt_account_record_copy (wt_account_get_record (self->account))
                                : wt_account_record_new ();

  record->dialect = wt_account_dialog_get_dialect (self);
  take (&record->url, wt_account_dialog_dup_text (self->url));
  take (&record->user_id, wt_account_dialog_dup_text (self->user_id));
  take (&record->platform, wt_account_dialog_dup_text (self->platform));
  take (&record->nickname, wt_account_dialog_dup_text (self->nickname));
  /* MaiBot drops, silently, whatever comes from somebody without a nickname (wire.md, 3). */
  if (*record->nickname == '\0')
    take (&record->nickname, g_strdup (record->user_id));
  take_optional (&record->cardname, wt_account_dialog_dup_text (self->cardname));
  take_optional (&record->label, wt_account_dialog_dup_text (self->label));
  /* The first is the choice of none. */
  record->colour = (int) MIN (adw_combo_row_get_selected (self->colour), WT_ACCOUNT_N_COLOURS);
  record->has_target = adw_expander_row_get_enable_expansion (self->target);
  take_optional (&record->target_platform, record->has_target
                                               ? wt_account_dialog_dup_text (self->target_platform)
                                               : g_strdup (""));
  record->enabled = gtk_switch_get_active (self->enabled);
  record->remote_pictures = remote_pictures[MIN (adw_combo_row_get_selected (self->remote_pictures),
                                                 G_N_ELEMENTS (remote_pictures) - 1)];
  record->auth = adw_combo_row_get_selected (self->auth) == 1 ? WT_AUTH_QUERY : WT_AUTH_HEADER;
  take_optional (&record->ca_file, wt_account_dialog_dup_text (self->ca_file));
  take_optional (&record->certificate_file, wt_account_dialog_dup_text (self->certificate_file));
  take_optional (&record->key_file, wt_account_dialog_dup_text (self->key_file));
  if (self->revoked)
    take (&record->trusted_fingerprint, NULL);
  record->insecure = gtk_switch_get_active (self->insecure);
  return record;
}

static void
set_text (GtkEditable *field, const char *text)
{
  gtk_editable_set_text (field, text != NULL ? text : "");
}

static void
load_trust (WtAccountDialog *self, const char *fingerprint)
{
  g_autofree char *words = fingerprint != NULL ? wt_certificate_words_fingerprint (fingerprint)
                                               : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->trusted), fingerprint != NULL);
  if (words != NULL)
    adw_action_row_set_subtitle (self->trusted, words);
}

/**
 * wt_account_dialog_set_remote_pictures:
 * @self: an account dialog
 * @setting: whether pictures that are only linked to are loaded
 *
 * Chooses what a new account begins with: the program's setting.
 */
void
wt_account_dialog_set_remote_pictures (WtAccountDialog *self, WtRemotePictures setting)
{
  g_return_if_fail (WT_IS_ACCOUNT_DIALOG (self));

  for (guint i = 0; i < G_N_ELEMENTS (remote_pictures); i++)
    if (remote_pictures[i] == setting)
      adw_combo_row_set_selected (self->remote_pictures, i);
}

/**
 * wt_account_dialog_load:
 * @self: an account dialog
 * @record: an account that exists
 *
 * Fills the form with it. Keys are not shown: an empty field keeps what is stored.
 */
void
wt_account_dialog_load (WtAccountDialog *self, const WtAccountRecord *record)
{
  gboolean advanced = record->auth == WT_AUTH_QUERY || record->insecure || record->ca_file != NULL
                      || record->certificate_file != NULL || record->trusted_fingerprint != NULL;

  adw_combo_row_set_selected (self->dialect, record->dialect == WT_DIALECT_MAIBOT ? 0 : 1);
  set_text (self->url, record->url);
  set_text (self->user_id, record->user_id);
  set_text (self->nickname, record->nickname);
  set_text (self->cardname, record->cardname);
  set_text (self->platform, record->platform);
  adw_expander_row_set_enable_expansion (self->target, record->has_target);
  adw_expander_row_set_expanded (self->target, record->has_target);
  set_text (self->target_platform, record->target_platform);
  set_text (self->label, record->label);
  adw_combo_row_set_selected (
      self->colour,
      record->colour >= 0 && record->colour <= WT_ACCOUNT_N_COLOURS ? (guint) record->colour : 0);
  wt_account_dialog_set_remote_pictures (self, record->remote_pictures);
  gtk_switch_set_active (self->enabled, record->enabled);
  adw_combo_row_set_selected (self->auth, record->auth == WT_AUTH_QUERY ? 1 : 0);
  set_text (self->ca_file, record->ca_file);
  set_text (self->certificate_file, record->certificate_file);
  set_text (self->key_file, record->key_file);
  load_trust (self, record->trusted_fingerprint);
  gtk_switch_set_active (self->insecure, record->insecure);
  adw_expander_row_set_expanded (self->advanced, advanced);

  wt_hint_row_set_text (self->key_hint, _ ("A key is stored. Leave this empty to keep it."));
  if (record->has_target)
    wt_hint_row_set_text (self->target_key_hint,
                          _ ("A key is stored. Leave this empty to keep it."));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Edit Account"));
  gtk_widget_set_visible (self->remove, TRUE);
}
