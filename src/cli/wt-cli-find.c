/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-find.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "wt-cli-words.h"
#include "wt-export-words.h"

/* A message that lists all there is shall stay readable. */
#define MOST_LISTED 20

typedef const char *(*NameFunc) (gconstpointer record);

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

/**
 * wt_cli_find_get_label:
 * @account: an account
 *
 * Returns: (transfer none): the name it goes by: its label, else the nickname, else the user id; not escaped
 */
const char *
wt_cli_find_get_label (const WtAccountRecord *account)
{
  if (!is_blank (account->label))
    return account->label;
  if (!is_blank (account->nickname))
    return account->nickname;
  return is_blank (account->user_id) ? account->url : account->user_id;
}

static char *
list_names (GPtrArray *records, NameFunc get_name)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (records->len, MOST_LISTED); i++)
    g_string_append_printf (names, "%s“%s”", i > 0 ? ", " : "",
                            get_name (g_ptr_array_index (records, i)));
  if (records->len > MOST_LISTED)
    g_string_append (names, ", …");
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
is_number (const char *text, gint64 id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (*text == '#')
    text++;
  return g_str_equal (text, number);
}

/* What is found: nothing yet, one, or several by the same name. */
static void
note (gssize *found, guint *n, guint index)
{
  *found = index;
  (*n)++;
}

/**
 * wt_cli_find_account:
 * @accounts: (element-type WtAccountRecord): accounts
 * @name: a label, or else a name that stands for it, or else a row id
 * @error: return location for an error: %G_IO_ERROR_NOT_FOUND or %G_IO_ERROR_INVALID_ARGUMENT, with words for the user
 *
 * Returns: the account's index, or -1
 */
gssize
wt_cli_find_account (GPtrArray *accounts, const char *name, GError **error)
{
  gssize found = -1;
  guint n = 0;

  for (guint i = 0; i < accounts->len; i++)
    {
      if (g_strcmp0 (wt_cli_find_get_label (g_ptr_array_index (accounts, i)), name) == 0)
        note (&found, &n, i);
    }
  for (guint i = 0; i < accounts->len && n == 0; i++)
    {
      const WtAccountRecord *account = g_ptr_array_index (accounts, i);

      if (is_number (name, account->id) || g_strcmp0 (account->uuid, name) == 0)
        note (&found, &n, i);
    }
  if (n == 1)
    return found;

  if (n > 1)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("Several accounts are called “%s”: use the id that “wheatear-cli account list” "
                    "shows."),
                 name);
  else if (accounts->len == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _ ("The profile has no account: “wheatear-cli account add” adds one."));
  else
    {
      g_autofree char *names = list_names (accounts, (NameFunc) wt_cli_find_get_label);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("There is no account “%s”. There is: %s."), name, names);
    }
  return -1;
}

static gboolean
goes_by (const WtConversationRecord *conversation, const char *name)
{
  return g_str_equal (wt_export_words_title (conversation), name)
         || g_strcmp0 (conversation->peer_id, name) == 0;
}

static void
refuse_ambiguous (GPtrArray *conversations, const char *name, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < conversations->len; i++)
    {
      const WtConversationRecord *conversation = g_ptr_array_index (conversations, i);

      if (goes_by (conversation, name))
        g_string_append_printf (ids, "%s#%" G_GINT64_FORMAT " (%s)", ids->len > 0 ? ", " : "",
                                conversation->id, conversation->peer_id);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("Several conversations go by that name: name it as one of %s."), ids->str);
}

static void
refuse_unknown (GPtrArray *conversations, GError **error)
{
  g_autofree char *names = list_names (conversations, (NameFunc) wt_export_words_title);

  if (conversations->len > 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("There is no such conversation. There is: %s."), names);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _ ("There is no such conversation; there is none at all."));
}

/**
 * wt_cli_find_conversation:
 * @conversations: (element-type WtConversationRecord): conversations
 * @name: a title, or else a user's or group's id, or else `#` and a row id
 * @error: return location for an error as wt_cli_find_account()'s; does not repeat @name, which may be a key
 *
 * Returns: the conversation's index, or -1
 */
gssize
wt_cli_find_conversation (GPtrArray *conversations, const char *name, GError **error)
{
  gssize found = -1;
  guint n = 0;

  for (guint i = 0; i < conversations->len; i++)
    {
      if (g_str_equal (wt_export_words_title (g_ptr_array_index (conversations, i)), name))
        note (&found, &n, i);
    }
  for (guint i = 0; i < conversations->len && n == 0; i++)
    {
      if (goes_by (g_ptr_array_index (conversations, i), name))
        note (&found, &n, i);
    }
  for (guint i = 0; i < conversations->len && n == 0 && *name == '#'; i++)
    {
      const WtConversationRecord *conversation = g_ptr_array_index (conversations, i);

      if (is_number (name, conversation->id))
        note (&found, &n, i);
    }
  if (n == 0)
    refuse_unknown (conversations, error);
  else if (n > 1)
    refuse_ambiguous (conversations, name, error);
  return n == 1 ? found : -1;
}

/**
 * wt_cli_find_is_missing:
 * @error: what wt_cli_find_conversation() said
 *
 * Returns: whether there is none by the name, rather than several
 */
gboolean
wt_cli_find_is_missing (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}
