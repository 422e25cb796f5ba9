/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-dialog-private.h"

#include "wt-error-words.h"

#include <glib/gi18n-lib.h>

/* Checking what is in the form, and saving it. A new key for an account that exists is checked before it takes the old one's place. */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtAccountDialog) self = data;
  g_autoptr (GError) error = NULL;
  WtSession *session = wt_profile_save_account_finish (WT_PROFILE (source), result, &error);

  if (session == NULL)
    {
      g_autofree char *words = wt_error_words_sentence (error);

      wt_account_dialog_tell_problem (self, words);
      return;
    }

  /* With what was just changed, not with what it was started with. */
  wt_session_stop (session);
  if (wt_account_get_record (wt_session_get_account (session))->enabled)
    wt_session_start (session);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save (WtAccountDialog *self)
{
  g_autoptr (WtAccountRecord) record = wt_account_dialog_dup_record (self);
  g_autofree char *key = wt_account_dialog_dup_text (self->key);
  g_autofree char *target_key = wt_account_dialog_dup_text (self->target_key);

  /* NULL leaves what is stored, "" forgets it. */
  if (*key == '\0')
    g_clear_pointer (&key, g_free);
  if (!record->has_target)
    *target_key = '\0';
  else if (*target_key == '\0')
    g_clear_pointer (&target_key, g_free);

  /* An entry that turns insensitive under its cursor complains. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_sensitive (self->page, FALSE);
  wt_profile_save_account_async (self->profile, record, key, target_key, NULL, on_saved,
                                 g_object_ref (self));
}

static void
on_check_finished (WtAccountDialog *self, gboolean passed)
{
  gboolean saving = self->saving;

  gtk_widget_set_sensitive (self->check_button, TRUE);
  self->saving = FALSE;
  if (!saving)
    return;
  if (passed)
    {
      save (self);
      return;
    }

  /* TRANSLATORS: %s is a sentence: the reason */
  g_autofree char *words = g_strdup_printf (
      _ ("The new key is not saved, and the old one stays in use. %s"),
      wt_check_list_get_problem (self->check_list));

  wt_account_dialog_tell_problem (self, words);
  gtk_widget_set_visible (self->save_anyway, TRUE);
}

/* Of what is in the form, stored or not. */
static void
begin_check (WtAccountDialog *self, gboolean saving)
{
  g_autoptr (WtAccountRecord) record = wt_account_dialog_dup_record (self);
  g_autofree char *key = wt_account_dialog_dup_text (self->key);

  if (*key == '\0' && self->account != NULL)
    g_clear_pointer (&key, g_free);
  wt_account_dialog_forget_check (self);
  self->saving = saving;
  gtk_widget_set_sensitive (self->check_button, FALSE);
  if (saving)
    gtk_widget_set_sensitive (self->save, FALSE);
  wt_check_list_run (self->check_list, self->profile, record, key);
}

static void
on_check (WtAccountDialog *self)
{
  begin_check (self, FALSE);
}

static void
on_save (WtAccountDialog *self)
{
  if (self->account != NULL && *gtk_editable_get_text (self->key) != '\0')
    begin_check (self, TRUE);
  else
    save (self);
}

static void
on_save_anyway (WtAccountDialog *self)
{
  wt_account_dialog_forget_check (self);
  save (self);
}

/**
 * wt_account_dialog_forget_check:
 * @self: an account dialog
 *
 * Ends a check and hides what came of the last one: the form is not what it was.
 */
void
wt_account_dialog_forget_check (WtAccountDialog *self)
{
  self->saving = FALSE;
  wt_check_list_clear (self->check_list);
  gtk_widget_set_visible (self->problem_box, FALSE);
  gtk_widget_set_visible (self->save_anyway, FALSE);
}

/**
 * wt_account_dialog_bind_check:
 * @widget_class: the dialog's class
 *
 * For its class_init.
 */
void
wt_account_dialog_bind_check (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_save_anyway);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
  gtk_widget_class_bind_template_callback (widget_class, on_check_finished);
}
