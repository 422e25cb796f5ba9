/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-demo.h"

#include "wt-endpoint.h"
#include "wt-install-paths.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>

/* As the demo's cast has it (src/server/wt-demo-cast.h). */
#define PLATFORM "wheatear-demo"
#define USER_ID "demo-user"
#define BOT_KEY "demo-maimai"

#define LISTENING "listening "
#define COMPLETE "demo complete"

struct _WtDemo
{
  GObject parent_instance;

  /* Owned. */
  char *folder;
  char *server; /* the program's path, or NULL: to be looked up */
  char *key;
  char *url; /* NULL until it listens */
  GSubprocess *child;
  GDataInputStream *output;
  GCancellable *cancellable;
  GTask *starting;

  gboolean complete;
};

G_DEFINE_FINAL_TYPE (WtDemo, wt_demo, G_TYPE_OBJECT)
G_DEFINE_QUARK (wt_demo_error_quark, wt_demo_error)

enum
{
  SIGNAL_COMPLETE,
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void read_line (WtDemo *self);

static void
delete_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      file, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);

  while (children != NULL)
    {
      GFileInfo *info = NULL;
      GFile *child = NULL;

      if (!g_file_enumerator_iterate (children, &info, &child, NULL, NULL) || info == NULL)
        break;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        delete_tree (child);
      else
        g_file_delete (child, NULL, NULL);
    }
  g_file_delete (file, NULL, NULL);
}

static void
fail (WtDemo *self, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autoptr (GTask) starting = g_steal_pointer (&self->starting);

  if (starting != NULL)
    g_task_return_error (starting, g_steal_pointer (&owned));
  else
    g_signal_emit (self, signals[SIGNAL_ENDED], 0, owned);
}

static void
take_line (WtDemo *self, const char *line)
{
  if (g_str_has_prefix (line, LISTENING) && self->url == NULL)
    {
      g_autoptr (GTask) starting = g_steal_pointer (&self->starting);

      self->url = g_strdup (line + strlen (LISTENING));
      if (starting != NULL)
        g_task_return_boolean (starting, TRUE);
    }
  else if (g_str_equal (line, COMPLETE) && !self->complete)
    {
      self->complete = TRUE;
      g_signal_emit (self, signals[SIGNAL_COMPLETE], 0);
    }
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDemo) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                                     result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (line == NULL)
    {
      fail (self, g_error_new_literal (WT_DEMO_ERROR, WT_DEMO_ERROR_ENDED,
                                       _ ("The demo’s server ended unexpectedly.")));
      return;
    }
  take_line (self, line);
  if (!g_cancellable_is_cancelled (self->cancellable))
    read_line (self);
}

static void
read_line (WtDemo *self)
{
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable, on_line,
                                       g_object_ref (self));
}

/* In the child, between fork and exec: only what is safe there. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* In a file, because everybody on this machine can read a command line. */
static char *
write_key (WtDemo *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "server-key", NULL);
  g_autofree char *line = g_strdup_printf ("%s=me\n", self->key);

  if (!g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;
  return g_steal_pointer (&path);
}

static GSubprocess *
spawn (WtDemo *self, GError **error)
{
  gboolean loud = g_getenv ("G_MESSAGES_DEBUG") != NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE
      | (loud ? G_SUBPROCESS_FLAGS_NONE : G_SUBPROCESS_FLAGS_STDERR_SILENCE));
  g_autofree char *program = self->server != NULL
                                 ? g_strdup (self->server)
                                 : wt_install_paths_find_program ("wheatear-server");
  g_autofree char *key_file = NULL;

  if (program == NULL)
    {
      g_set_error_literal (
          error, WT_DEMO_ERROR, WT_DEMO_ERROR_NO_SERVER,
          _ ("The program wheatear-server, which plays the demo’s other parts, was "
             "not found. Install Wheatear completely and try again."));
      return NULL;
    }
  key_file = write_key (self, error);
  if (key_file == NULL)
    return NULL;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  return g_subprocess_launcher_spawn (launcher, error, program, "--demo", "--port", "0",
                                      "--key-file", key_file, "--demo-user-id", USER_ID,
                                      "--demo-user-name", _ ("You"), NULL);
}

static void
wt_demo_dispose (GObject *object)
{
  wt_demo_stop (WT_DEMO (object));

  G_OBJECT_CLASS (wt_demo_parent_class)->dispose (object);
}

static void
wt_demo_finalize (GObject *object)
{
  WtDemo *self = WT_DEMO (object);

  g_clear_object (&self->child);
  g_clear_object (&self->output);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->url, g_free);

  G_OBJECT_CLASS (wt_demo_parent_class)->finalize (object);
}

static void
wt_demo_class_init (WtDemoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_demo_dispose;
  object_class->finalize = wt_demo_finalize;

  signals[SIGNAL_COMPLETE] = g_signal_new ("complete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wt_demo_init (WtDemo *self)
{
  self->cancellable = g_cancellable_new ();
  self->key = g_uuid_string_random ();
}

/**
 * wt_demo_new:
 * @server: (nullable) (type filename): the server's program; %NULL: the one that belongs to this program
 * @error: return location for a #WtDemoError
 *
 * Makes the demo's folder, which only the user can look into.
 *
 * Returns: (transfer full) (nullable): a demo that was not started
 */
WtDemo *
wt_demo_new (const char *server, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *folder = g_dir_make_tmp ("wheatear-demo-XXXXXX", &failure);

  if (folder == NULL)
    {
      g_set_error (error, WT_DEMO_ERROR, WT_DEMO_ERROR_FOLDER,
                   _ ("There is no place for the demo’s files: %s"), failure->message);
      return NULL;
    }

  WtDemo *self = g_object_new (WT_TYPE_DEMO, NULL);

  self->folder = g_steal_pointer (&folder);
  self->server = g_strdup (server);
  return self;
}

/**
 * wt_demo_get_folder:
 * @self: a demo
 *
 * Returns: (transfer none) (type filename): the folder for its profile and settings
 */
const char *
wt_demo_get_folder (WtDemo *self)
{
  g_return_val_if_fail (WT_IS_DEMO (self), NULL);

  return self->folder;
}

/**
 * wt_demo_get_complete:
 * @self: a demo
 *
 * Returns: whether the cast has said all it has to say
 */
gboolean
wt_demo_get_complete (WtDemo *self)
{
  g_return_val_if_fail (WT_IS_DEMO (self), FALSE);

  return self->complete;
}

/**
 * wt_demo_start_async:
 * @self: a demo that was not started
 * @cancellable: (nullable): stops waiting
 * @callback: called when the server listens
 * @data: for @callback
 *
 * Starts the server. It ends with this process, however this ends.
 */
void
wt_demo_start_async (WtDemo *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  g_return_if_fail (WT_IS_DEMO (self));
  g_return_if_fail (self->child == NULL && self->starting == NULL);

  GError *error = NULL;

  self->starting = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (self->starting, wt_demo_start_async);
  self->child = spawn (self, &error);
  if (self->child == NULL)
    {
      fail (self, error);
      return;
    }
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->child));
  read_line (self);
}

/**
 * wt_demo_start_finish:
 * @self: a demo
 * @result: the result
 * @error: return location for a #WtDemoError, or why the program could not be run
 *
 * Returns: whether the server listens
 */
gboolean
wt_demo_start_finish (WtDemo *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wt_demo_make_account:
 * @self: a demo whose server listens
 *
 * Returns: (transfer full): the account to use with it
 */
WtAccountRecord *
wt_demo_make_account (WtDemo *self)
{
  g_return_val_if_fail (WT_IS_DEMO (self), NULL);
  g_return_val_if_fail (self->url != NULL, NULL);

  WtAccountRecord *record = wt_account_record_new ();

  record->label = g_strdup (_ ("Demo"));
  record->url = g_strdup (self->url);
  record->auth = WT_AUTH_HEADER;
  record->platform = g_strdup (PLATFORM);
  record->user_id = g_strdup (USER_ID);
  record->nickname = g_strdup (_ ("You"));
  record->dialect = WT_DIALECT_GUIDE;
  record->has_target = TRUE;
  record->target_platform = g_strdup (PLATFORM);
  record->enabled = TRUE;
  return record;
}

/**
 * wt_demo_get_key:
 * @self: a demo
 *
 * Returns: (transfer none): the account's key
 */
const char *
wt_demo_get_key (WtDemo *self)
{
  g_return_val_if_fail (WT_IS_DEMO (self), NULL);

  return self->key;
}

/**
 * wt_demo_get_target_key:
 * @self: a demo
 *
 * Returns: (transfer none): the key of the account's default target
 */
const char *
wt_demo_get_target_key (WtDemo *self)
{
  g_return_val_if_fail (WT_IS_DEMO (self), NULL);

  return BOT_KEY;
}

/**
 * wt_demo_stop:
 * @self: a demo
 *
 * Ends the server and deletes the folder. The profile in it must be closed. The demo is of no further use.
 */
void
wt_demo_stop (WtDemo *self)
{
  g_return_if_fail (WT_IS_DEMO (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->starting);
  if (self->child != NULL)
    g_subprocess_send_signal (self->child, SIGTERM);
  g_clear_object (&self->child);
  if (self->folder != NULL)
    {
      g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

      delete_tree (folder);
    }
}
