/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-generate.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "wt-account-store.h"
#include "wt-blobs.h"
#include "wt-cli-error.h"
#include "wt-cli-options.h"
#include "wt-cli-output.h"
#include "wt-cli-progress.h"
#include "wt-cli-specimen.h"
#include "wt-cli-world.h"
#include "wt-conversation-store.h"
#include "wt-message-add.h"
#include "wt-picture-encode.h"

#define BATCH 20000
#define MOST_MESSAGES 20000000
#define MOST_CONVERSATIONS 1000000
#define PICTURES 24

typedef struct
{
  char *profile;
  int messages;
  int conversations;
  int in_one;
  int seed;
} Options;

/* What is worked on; its tasks run one at a time, so that it needs no lock. */
typedef struct
{
  WtCliLoop *loop;
  WtCliWorldPlan plan;
  WtCliWorld *world;
  WtBlobs *blobs;
  WtDatabase *database;
  gint64 account_id;
  guint left; /* messages */
} Work;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->profile, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
close_database (WtDatabase **database)
{
  if (*database != NULL)
    wt_database_close (*database);
  wt_cli_loop_settle ();
  g_clear_object (database);
}

static void
work_clear (Work *self)
{
  close_database (&self->database);
  g_clear_object (&self->blobs);
  g_clear_pointer (&self->world, wt_cli_world_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static GOptionContext *
make_context (Options *self)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->profile,
      N_ ("The folder to make it in; never the one the window uses"), N_ ("FOLDER") },
    { "messages", 'm', 0, G_OPTION_ARG_INT, &self->messages, N_ ("So many messages (1000)"),
      N_ ("N") },
    { "conversations", 'c', 0, G_OPTION_ARG_INT, &self->conversations,
      N_ ("In so many conversations (20), a few of which have most of the messages"), N_ ("N") },
    { "in-one", 0, 0, G_OPTION_ARG_INT, &self->in_one,
      N_ ("At least so many of the messages in one conversation"), N_ ("N") },
    { "seed", 's', 0, G_OPTION_ARG_INT, &self->seed,
      N_ ("The same number makes the same messages (1)"), N_ ("N") },
    { NULL },
  };
  GOptionContext *context = wt_cli_options_new_context (
      "",
      _ ("Make a profile with made-up conversations, to try out how the program does with many. "
         "A profile made like this before is replaced: close its window first. "
         "One with accounts of yours is left alone."));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static gboolean
check_range (int value, int least, int most, const char *name, GError **error)
{
  if (value >= least && value <= most)
    return TRUE;
  return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("%s has to be between %d and %d."), name,
                           least, most);
}

static gboolean
check_options (const Options *self, GError **error)
{
  if (self->profile == NULL)
    return wt_cli_error_set (error, WT_CLI_ERROR_USAGE, _ ("%s is missing."), "--profile");
  return check_range (self->messages, 1, MOST_MESSAGES, "--messages", error)
         && check_range (self->conversations, 1, MOST_CONVERSATIONS, "--conversations", error)
         && check_range (self->in_one, 0, self->messages, "--in-one", error)
         && check_range (self->seed, 0, G_MAXINT, "--seed", error);
}

static gboolean
check_accounts (WtCliLoop *loop, const char *path, const char *folder, GError **error)
{
  g_autoptr (WtDatabase) database = wt_database_new_read_only (path);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  wt_database_open_async (database, NULL, wt_cli_loop_keep_result, &opened);
  if (wt_database_open_finish (database, wt_cli_loop_await (loop, &opened), error))
    {
      wt_account_store_list_async (database, NULL, wt_cli_loop_keep_result, &listed);
      accounts = wt_account_store_list_finish (database, wt_cli_loop_await (loop, &listed), error);
    }
  close_database (&database);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      if (!wt_cli_world_is_made_up (g_ptr_array_index (accounts, i)))
        return wt_cli_error_set (error, WT_CLI_ERROR_FAILED,
                                 _ ("There are accounts of yours in %s: nothing was changed."),
                                 folder);
    }
  return TRUE;
}

/* What was made up before goes; anything else stays, and is a reason not to go on. */
static gboolean
clear_profile (WtCliLoop *loop, const char *path, const char *folder, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!check_accounts (loop, path, folder, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      if (g_unlink (file) != 0 && errno != ENOENT)
        return wt_cli_error_set (error, WT_CLI_ERROR_FAILED, _ ("“%s” cannot be removed: %s."),
                                 file, g_strerror (errno));
    }
  return TRUE;
}

static gboolean
open_database (Work *self, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (WtAccountRecord) account = wt_cli_world_make_account (self->world);

  self->database = wt_database_new (path);
  wt_database_open_async (self->database, NULL, wt_cli_loop_keep_result, &opened);
  if (!wt_database_open_finish (self->database, wt_cli_loop_await (self->loop, &opened), error))
    return FALSE;
  wt_account_store_save_async (self->database, account, NULL, wt_cli_loop_keep_result, &saved);
  self->account_id = wt_account_store_save_finish (self->database,
                                                   wt_cli_loop_await (self->loop, &saved), error);
  return self->account_id != 0;
}

static gboolean
add_picture (Work *self, guint number, GError **error)
{
  g_autoptr (WtPixels) pixels = wt_cli_specimen_picture (number);
  g_autoptr (WtMedia) media = wt_media_new ();
  const char *mime_type = NULL;
  g_autoptr (GBytes) bytes = wt_picture_encode (pixels, &mime_type, error);

  if (bytes == NULL)
    return FALSE;
  media->blob = wt_blobs_add_bytes (self->blobs, bytes, error);
  media->mime_type = g_strdup (mime_type);
  media->name = g_strdup_printf ("picture-%u", number);
  media->size = (gint64) g_bytes_get_size (bytes);
  media->width = pixels->width;
  media->height = pixels->height;
  if (media->blob == NULL)
    return FALSE;
  wt_cli_world_add_picture (self->world, media);
  return TRUE;
}

/* On the database thread, as all that follows here. */
static gpointer
begin (WtDatabase *db, gpointer data, GError **error)
{
  Work *self = data;

  /* Ids are random: their index has to be at hand as a whole, and is not to be written anew for each batch. */
  if (!wt_database_exec (db, "PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 100000",
                         error))
    return NULL;
  for (guint i = 0; i < PICTURES; i++)
    {
      if (!add_picture (self, i, error))
        return NULL;
    }
  for (guint i = 0; i < self->plan.conversations; i++)
    {
      g_autoptr (WtConversationRecord) record = wt_cli_world_make_conversation (self->world, i);
      g_autoptr (WtConversationRecord) stored = NULL;

      record->account_id = self->account_id;
      stored = wt_conversation_store_ensure (db, record, error);
      if (stored == NULL)
        return NULL;
      wt_cli_world_set_conversation_id (self->world, i, stored->id);
    }
  return self;
}

static gpointer
add_batch (WtDatabase *db, gpointer data, GError **error)
{
  Work *self = data;

  for (guint i = 0; i < BATCH && self->left > 0; i++, self->left--)
    {
      g_autoptr (GPtrArray) attachments = NULL;
      g_autoptr (WtStoredMessage) stored = NULL;
      WtMessageRecord *message = wt_cli_world_next_message (self->world, &attachments);

      stored = wt_message_add (db, NULL, &message, attachments, error);
      wt_message_record_free (message);
      if (stored == NULL)
        return NULL;
    }
  return self;
}

static gpointer
end (WtDatabase *db, gpointer data, GError **error)
{
  Work *self = data;

  for (guint i = 0; i < self->plan.conversations; i++)
    {
      gint64 id = wt_cli_world_get_conversation_id (self->world, i);
      g_autofree char *draft = wt_cli_world_make_draft (self->world, i);

      if (!wt_conversation_store_set_read (db, id, wt_cli_world_get_read_seq (self->world, i),
                                           error)
          || (draft != NULL && !wt_conversation_store_set_draft (db, id, draft, error)))
        return NULL;
    }
  return self;
}

static gboolean
run_task (Work *self, WtDatabaseFunc func, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wt_database_run_async (self->database, func, self, NULL, NULL, NULL, run_task,
                         wt_cli_loop_keep_result, &result);
  return wt_database_run_finish (self->database, wt_cli_loop_await (self->loop, &result), error)
         != NULL;
}

static gboolean
generate (Work *self, GError **error)
{
  g_autoptr (WtCliProgress) progress = wt_cli_progress_new (self->left);

  if (!run_task (self, begin, error))
    return FALSE;
  while (self->left > 0)
    {
      if (!wt_cli_loop_check (self->loop, error) || !run_task (self, add_batch, error))
        return FALSE;
      wt_cli_progress_set (progress, self->plan.messages - self->left);
    }
  return run_task (self, end, error);
}

/**
 * wt_cli_generate_run:
 * @loop: the program's loop
 * @arguments: (inout): the subcommand's command line
 * @error: return location for an error
 *
 * `wheatear-cli generate`.
 *
 * Returns: whether the profile was made
 */
gboolean
wt_cli_generate_run (WtCliLoop *loop, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { .messages = 1000, .conversations = 20, .seed = 1 };
  g_auto (Work) work = { .loop = loop };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autofree char *path = NULL;
  g_autofree char *blobs = NULL;
  g_autofree char *folder = NULL;

  if (!wt_cli_options_parse (context, arguments, error) || !check_options (&options, error))
    return FALSE;
  folder = g_canonicalize_filename (options.profile, NULL);
  path = g_build_filename (folder, "wheatear.db", NULL);
  blobs = g_build_filename (folder, "blobs", NULL);
  if (!clear_profile (loop, path, folder, error))
    return FALSE;

  work.plan = (WtCliWorldPlan){ (guint) options.messages, (guint) options.conversations,
                                (guint) options.in_one, (guint) options.seed };
  work.left = work.plan.messages;
  work.world = wt_cli_world_new (&work.plan);
  work.blobs = wt_blobs_new (blobs);
  if (!open_database (&work, path, error) || !generate (&work, error))
    return FALSE;
  wt_cli_output_note (_ ("Made %u messages in %u conversations in %s."), work.plan.messages,
                      work.plan.conversations, folder);
  return TRUE;
}
