/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-dialog-private.h"

#include <glib/gi18n-lib.h>

/* A form that a link filled in. */

static void
put (GtkEditable *field, const char *text)
{
  if (text != NULL)
    gtk_editable_set_text (field, text);
}

static void
tell_link (WtAccountDialog *self, gboolean with_key)
{
  const char *source = _ (
      "Nothing is saved before you press Save. Do that only if you trust whoever gave you the "
      "link: the server that it names reads what you write.");
  g_autofree char *words = NULL;

  if (with_key)
    words = g_strjoin ("\n", source,
                       _ ("The key came with it: keep the link to yourself, as whoever has it can "
                          "use the key."),
                       NULL);
  adw_action_row_set_subtitle (self->link_note, words != NULL ? words : source);
  gtk_widget_set_visible (
      gtk_widget_get_ancestor (GTK_WIDGET (self->link_note), ADW_TYPE_PREFERENCES_GROUP), TRUE);
}

/**
 * wt_account_dialog_fill_in:
 * @self: an account dialog for a new account
 * @link: what a link says of it
 *
 * Fills it in, as if it was typed, and says that a link did it. What the link leaves out stays as it is; certificates
 * and trust are not for a link to decide.
 */
void
wt_account_dialog_fill_in (WtAccountDialog *self, const WtLink *link)
{
  g_return_if_fail (WT_IS_ACCOUNT_DIALOG (self));
  g_return_if_fail (self->account == NULL);
  g_return_if_fail (link != NULL);

  gboolean target = link->target_key != NULL || link->target_platform != NULL;

  wt_account_dialog_set_url (self, link->url);
  if (link->has_kind)
    adw_combo_row_set_selected (self->dialect, link->kind == WT_DIALECT_MAIBOT ? 0 : 1);
  put (self->key, link->key);
  put (self->platform, link->platform);
  put (self->user_id, link->user_id);
  put (self->nickname, link->nickname);
  put (self->label, link->label);
  if (target)
    {
      adw_expander_row_set_enable_expansion (self->target, TRUE);
      adw_expander_row_set_expanded (self->target, TRUE);
    }
  put (self->target_key, link->target_key);
  put (self->target_platform, link->target_platform);
  tell_link (self, link->key != NULL || link->target_key != NULL);
  /* The Enter of somebody who was typing elsewhere, when the form came up, saves nothing; the note is read first. */
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->link_note));
}

/**
 * wt_account_dialog_get_linked:
 * @self: an account dialog
 *
 * Returns: whether a link filled it in
 */
gboolean
wt_account_dialog_get_linked (WtAccountDialog *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT_DIALOG (self), FALSE);

  const char *words = adw_action_row_get_subtitle (self->link_note);

  return words != NULL && *words != '\0';
}
