/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-error-words.h"

#include "wt-database.h"
#include "wt-demo.h"
#include "wt-endpoint.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* What happened, and what to do about it; all in one place, and only here. */
typedef struct
{
  int code;
  const char *title;
  const char *advice;
  const char *standing; /* while the window is open; NULL where that cannot be */
} Words;

static const Words database_words[] = {
  { WT_DATABASE_ERROR_NEWER, N_ ("Your Messages Belong to a Newer Wheatear"),
    N_ ("They were written by a newer version of this program, which this one cannot read. Nothing "
        "was changed. Update Wheatear to open them."),
    NULL },
  { WT_DATABASE_ERROR_CORRUPT, N_ ("Your Messages Cannot Be Read"),
    N_ ("The file “wheatear.db” with your messages is damaged or is not Wheatear’s. Nothing was "
        "changed. Move it to a safe place, or put a backup in its place, and try again."),
    N_ ("The file with your messages is damaged: some of them cannot be shown, and new ones may "
        "not be "
        "stored. Quit, and copy the file to a safe place before anything else.") },
  { WT_DATABASE_ERROR_FULL, N_ ("The Disk Is Full"),
    N_ ("There is no space left for your messages. Free some space and try again; nothing that was "
        "stored is lost."),
    N_ ("New messages cannot be stored; those that arrive wait, and nothing that was stored is "
        "lost. "
        "Free some space: it goes on by itself then.") },
  { WT_DATABASE_ERROR_READ_ONLY, N_ ("Your Messages Cannot Be Written"),
    N_ ("The folder or the file with your messages is write-protected. Change its permissions and "
        "try again. Nothing is lost."),
    N_ ("The folder or the file with your messages is write-protected now; messages that arrive "
        "wait. "
        "Change its permissions: it goes on by itself then.") },
  { WT_DATABASE_ERROR_BUSY, N_ ("Your Messages Are in Use"),
    N_ ("Another program, perhaps another Wheatear, has the file with your messages open. Close it "
        "and try again. Nothing is lost."),
    N_ ("Another program holds the file with your messages; those that arrive wait. Close it: it "
        "goes "
        "on by itself then.") },
  { WT_DATABASE_ERROR_CONSTRAINT, N_ ("That Cannot Be Stored"),
    N_ ("It contradicts what is already stored. Nothing was changed."), NULL },
  { WT_DATABASE_ERROR_NOT_FOUND, N_ ("That Is Not There Any More"),
    N_ ("It was deleted meanwhile."), NULL },
  { WT_DATABASE_ERROR_CLOSED, N_ ("The Program Is Closing"), N_ ("Nothing more is stored now."),
    NULL },
  { WT_DATABASE_ERROR_FAILED, N_ ("Your Messages Cannot Be Opened"),
    N_ ("What is stored was left as it is. Try again; if it stays like this, report it with the "
        "words below."),
    N_ ("The file with your messages can be neither read nor written at the moment; messages that "
        "arrive wait. Check the disk it is on.") },
};

static const Words file_words[] = {
  { G_IO_ERROR_NO_SPACE, N_ ("The Disk Is Full"), N_ ("Free some space and try again."),
    N_ ("Pictures and files cannot be stored; messages that arrive with some wait. Free some "
        "space: it "
        "goes on by itself then.") },
  { G_IO_ERROR_PERMISSION_DENIED, N_ ("No Permission"),
    N_ ("The file or its folder may not be read or written. Change its permissions and try "
        "again."),
    N_ ("The folder for pictures and files cannot be written; messages that arrive with some wait. "
        "Change its permissions: it goes on by itself then.") },
  { G_IO_ERROR_READ_ONLY, N_ ("Write-Protected"),
    N_ ("The file system cannot be written. Choose another folder and try again."),
    N_ ("The folder for pictures and files cannot be written; messages that arrive with some wait. "
        "Change its permissions: it goes on by itself then.") },
  { G_IO_ERROR_NOT_FOUND, N_ ("Something Is Missing"),
    N_ ("A file that is needed is not there. Installing the program again may help."), NULL },
};

/* Any of the domain; its messages are words for the user already. */
static const Words demo_words = { 0, N_ ("The Demo Cannot Be Shown"),
                                  N_ ("Your own chats are not touched by it."), NULL };

static const Words *
look_up (const GError *error)
{
  const Words *words = NULL;
  gsize n = 0;

  if (error->domain == WT_DEMO_ERROR)
    return &demo_words;
  if (error->domain == WT_DATABASE_ERROR)
    {
      words = database_words;
      n = G_N_ELEMENTS (database_words);
    }
  else if (error->domain == G_IO_ERROR)
    {
      words = file_words;
      n = G_N_ELEMENTS (file_words);
    }
  for (gsize i = 0; i < n; i++)
    if (words[i].code == error->code)
      return &words[i];
  return NULL;
}

/**
 * wt_error_words_title:
 * @error: what happened
 *
 * Returns: (transfer full): what happened, as a title
 */
char *
wt_error_words_title (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  const Words *words = look_up (error);

  return g_strdup (words != NULL ? _ (words->title) : _ ("Something Went Wrong"));
}

/**
 * wt_error_words_advice:
 * @error: what happened
 * @folder: (nullable) (type filename): the folder it happened in
 *
 * Returns: (transfer full): what it means and what to do, with the technical words last
 */
char *
wt_error_words_advice (const GError *error, const char *folder)
{
  g_return_val_if_fail (error != NULL, NULL);

  const Words *words = look_up (error);
  g_autoptr (GString) advice = g_string_new (words != NULL ? _ (words->advice) : NULL);

  if (folder != NULL)
    {
      g_autofree char *shown = g_filename_display_name (folder);

      g_string_append (advice, advice->len > 0 ? "\n\n" : "");
      g_string_append_printf (advice, _ ("Folder: %s"), shown);
    }
  if (error->message != NULL && *error->message != '\0')
    {
      g_autofree char *message = g_utf8_make_valid (error->message, -1);

      g_string_append (advice, advice->len > 0 ? "\n\n" : "");
      g_string_append (advice, message);
    }
  return g_strdup (advice->str);
}

/**
 * wt_error_words_standing:
 * @error: what is wrong with the storage
 *
 * Returns: (transfer full): what that means while the window is open, and what to do about it
 */
char *
wt_error_words_standing (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  const Words *words = look_up (error);

  return g_strdup (words != NULL && words->standing != NULL
                       ? _ (words->standing)
                       : _ ("Something cannot be stored at the moment."));
}

/**
 * wt_error_words_sentence:
 * @error: what happened
 *
 * Returns: (transfer full): what happened in a line, for where there is no room for advice
 */
char *
wt_error_words_sentence (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  g_autofree char *message = g_utf8_make_valid (error->message != NULL ? error->message : "", -1);

  /* The messages of these domains are words for the user already. */
  if ((error->domain == WT_ENDPOINT_ERROR || error->domain == WT_DEMO_ERROR) && *message != '\0')
    return g_steal_pointer (&message);

  g_autofree char *title = wt_error_words_title (error);

  /* TRANSLATORS: what happened, and the technical words for it */
  return *message != '\0' ? g_strdup_printf (_ ("%s: %s"), title, message)
                          : g_steal_pointer (&title);
}
