/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

#include "wt-account-dialog.h"
#include "wt-new-chat-dialog.h"
#include "wt-preferences.h"

/* What the desktop asks the window for. What is open already comes to the front and is not opened again. */

static GtkWindow *
find_dialog (WtWindow *self, GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (link->data, type)
        && gtk_window_get_transient_for (link->data) == GTK_WINDOW (self))
      return link->data;
  return NULL;
}

static void
show (WtWindow *self, GType type, const char *action)
{
  GtkWindow *dialog = find_dialog (self, type);

  if (dialog != NULL)
    gtk_window_present (dialog);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/**
 * wt_window_show_preferences:
 * @self: a window
 */
void
wt_window_show_preferences (WtWindow *self)
{
  g_return_if_fail (WT_IS_WINDOW (self));

  show (self, WT_TYPE_PREFERENCES, "win.preferences");
}

/**
 * wt_window_ask_for_chat:
 * @self: a window with a profile
 *
 * Asks with whom to chat; where there is no account, for one.
 */
void
wt_window_ask_for_chat (WtWindow *self)
{
  g_return_if_fail (WT_IS_WINDOW (self));
  g_return_if_fail (self->profile != NULL);

  if (g_list_model_get_n_items (wt_profile_get_sessions (self->profile)) > 0)
    show (self, WT_TYPE_NEW_CHAT_DIALOG, "win.new-chat");
  else
    show (self, WT_TYPE_ACCOUNT_DIALOG, "win.add-account");
}

/**
 * wt_window_add_linked_account:
 * @self: a window with a profile
 * @link: what a link says of an account
 *
 * Shows the form for a new account filled in with it, in the place of one that another link opened.
 */
void
wt_window_add_linked_account (WtWindow *self, const WtLink *link)
{
  g_return_if_fail (WT_IS_WINDOW (self));
  g_return_if_fail (self->profile != NULL);
  g_return_if_fail (link != NULL);

  GtkWindow *before = find_dialog (self, WT_TYPE_ACCOUNT_DIALOG);
  GtkWidget *dialog = wt_account_dialog_new (self->profile, NULL);

  if (before != NULL && wt_account_dialog_get_linked (WT_ACCOUNT_DIALOG (before)))
    gtk_window_destroy (before);
  wt_account_dialog_set_remote_pictures (
      WT_ACCOUNT_DIALOG (dialog),
      (WtRemotePictures) g_settings_get_enum (self->settings, "remote-pictures"));
  wt_account_dialog_fill_in (WT_ACCOUNT_DIALOG (dialog), link);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}
