/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-application-private.h"

#include "wt-alert.h"
#include "wt-link.h"

#include <glib/gi18n-lib.h>

/* What is asked for from outside: by the desktop's menu, a link, or the command line. */

static gboolean
can_fulfil (WtApplication *self)
{
  if (self->window == NULL || self->wish == WT_WISH_NONE)
    return FALSE;
  /* Where nothing can be opened, they can still be changed. */
  if (!self->is_open)
    return self->wish == WT_WISH_PREFERENCES && self->failure != 0;
  /* Its account comes a moment after its profile. */
  return !self->is_demo || g_list_model_get_n_items (wt_profile_get_sessions (self->profile)) > 0;
}

/**
 * wt_application_fulfil:
 * @self: the application
 *
 * Does what was asked for last, if that is possible by now.
 */
void
wt_application_fulfil (WtApplication *self)
{
  WtWish wish = self->wish;

  if (!can_fulfil (self))
    return;
  self->wish = WT_WISH_NONE;
  if (wish == WT_WISH_PREFERENCES)
    wt_window_show_preferences (self->window);
  else if (wish == WT_WISH_NEW_CHAT)
    wt_window_ask_for_chat (self->window);
  else
    wt_window_add_linked_account (self->window, self->link);
  g_clear_pointer (&self->link, wt_link_free);
}

/**
 * wt_application_ask_for:
 * @self: the application
 * @wish: what the user wants to see
 *
 * Brings the window to the front, and shows it there as soon as that is possible. A later wish replaces this one.
 */
void
wt_application_ask_for (WtApplication *self, WtWish wish)
{
  self->wish = wish;
  g_application_activate (G_APPLICATION (self));
  wt_application_fulfil (self);
}

static void
refuse_link (WtApplication *self, const GError *error)
{
  GtkWidget *dialog;

  g_application_activate (G_APPLICATION (self));
  if (self->window == NULL)
    return;
  dialog = wt_alert_new (GTK_WINDOW (self->window), _ ("This Link Cannot Be Used"), error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * wt_application_open_link:
 * @self: the application
 * @text: a link, by whomever
 *
 * Shows the account form filled in with it, or why it cannot be used. Nothing is saved.
 */
void
wt_application_open_link (WtApplication *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  WtLink *link = wt_link_parse (text, &error);

  if (link == NULL)
    {
      refuse_link (self, error);
      return;
    }
  g_clear_pointer (&self->link, wt_link_free);
  self->link = link;
  wt_application_ask_for (self, WT_WISH_LINK);
}

/* The command line */

static gboolean
check_links (const char *const *links, GError **error)
{
  g_autoptr (WtLink) link = NULL;

  if (links[1] != NULL)
    {
      g_set_error_literal (error, WT_LINK_ERROR, WT_LINK_ERROR_ACTION, _ ("One link at a time."));
      return FALSE;
    }
  link = wt_link_parse (links[0], error);
  if (link != NULL)
    return TRUE;
  g_prefix_error_literal (error, " ");
  g_prefix_error_literal (error, _ ("This link cannot be used."));
  return FALSE;
}

/**
 * wt_application_take_wishes:
 * @self: an application that is not registered yet
 * @options: the command line's
 * @error: return location for a #GError
 *
 * Takes what the command line asks for to the program that runs, which may be this one.
 *
 * Returns: whether there was no error
 */
gboolean
wt_application_take_wishes (WtApplication *self, GVariantDict *options, GError **error)
{
  g_autofree const char **links = NULL;
  const char *const names[] = { "new-chat", "preferences" };

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &links);
  if (links != NULL && !check_links (links, error))
    return FALSE;
  if (!g_application_register (G_APPLICATION (self), NULL, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_variant_dict_contains (options, names[i]))
      g_action_group_activate_action (G_ACTION_GROUP (self), names[i], NULL);
  if (links != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (links[0]);

      g_application_open (G_APPLICATION (self), &file, 1, "");
    }
  return TRUE;
}

/**
 * wt_application_has_wishes:
 * @options: the command line's
 *
 * Returns: whether it asks for something to be shown
 */
gboolean
wt_application_has_wishes (GVariantDict *options)
{
  return g_variant_dict_contains (options, "new-chat")
         || g_variant_dict_contains (options, "preferences")
         || g_variant_dict_contains (options, G_OPTION_REMAINING);
}
