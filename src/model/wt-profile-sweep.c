/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-private.h"

#include "wt-message-store.h"

/* Removing what no message uses any more: the blobs of deleted conversations and accounts, of messages that
 * were never stored, and what a process left that was killed. */

/* Not while the window is being filled. */
#define SWEEP_DELAY_SECONDS 5

/* So many at a time, so that nobody waits long for the database. */
#define BATCH 200

typedef struct
{
  GStrv names;
  gsize next;
  gssize n_removed;
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_strfreev (sweep->names);
  g_free (sweep);
}

static void ask_next (GTask *task);

typedef struct
{
  WtBlobs *blobs;
  GStrv names;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->blobs);
  g_strfreev (removal->names);
  g_free (removal);
}

static void
remove_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Removal *removal = data;
  gssize n_removed = 0;

  for (gsize i = 0; removal->names[i] != NULL && !g_cancellable_is_cancelled (cancellable); i++)
    n_removed += wt_blobs_remove (removal->blobs, removal->names[i], NULL);
  g_task_return_int (task, n_removed);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sweep *sweep = g_task_get_task_data (task);
  gssize n_removed = g_task_propagate_int (G_TASK (result), NULL);

  sweep->n_removed += MAX (n_removed, 0);
  ask_next (task);
}

/* Between the answer and now a message may have come that uses one of them; that made it young. */
static void
on_unused (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_auto (GStrv) unused = wt_message_store_list_unused_finish (WT_DATABASE (source), result,
                                                               &error);
  g_autoptr (GTask) removing = NULL;
  Removal *removal;

  if (unused == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (unused[0] == NULL)
    {
      ask_next (task);
      return;
    }

  removal = g_new0 (Removal, 1);
  removal->blobs = g_object_ref (self->blobs);
  removal->names = g_steal_pointer (&unused);
  removing = g_task_new (self, g_task_get_cancellable (task), on_removed, g_object_ref (task));
  g_task_set_source_tag (removing, on_unused);
  g_task_set_priority (removing, G_PRIORITY_LOW);
  g_task_set_task_data (removing, removal, removal_free);
  g_task_run_in_thread (removing, remove_in_thread);
}

static void
ask_next (GTask *task)
{
  WtProfile *self = g_task_get_source_object (task);
  Sweep *sweep = g_task_get_task_data (task);
  g_autoptr (GStrvBuilder) batch = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  for (guint i = 0; i < BATCH && sweep->names[sweep->next] != NULL; i++)
    g_strv_builder_add (batch, sweep->names[sweep->next++]);
  names = g_strv_builder_end (batch);
  /* What waits for a disk that is full has its blobs already, however old they become. */
  if (names[0] == NULL || self->problem != NULL)
    {
      g_task_return_int (task, sweep->n_removed);
      return;
    }
  wt_message_store_list_unused_async (self->database, (const char *const *) names,
                                      g_task_get_cancellable (task), on_unused,
                                      g_object_ref (task));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sweep *sweep = g_task_get_task_data (task);
  GError *error = NULL;

  sweep->names = g_task_propagate_pointer (G_TASK (result), &error);
  if (sweep->names != NULL)
    ask_next (task);
  else
    g_task_return_error (task, error);
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GStrv names;

  wt_blobs_remove_temporaries (data);
  names = wt_blobs_list_old (data, cancellable, &error);
  if (names != NULL)
    g_task_return_pointer (task, names, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
on_rows_swept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  g_autoptr (GTask) listing = NULL;
  GError *error = NULL;

  if (!wt_message_store_sweep_finish (WT_DATABASE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  listing = g_task_new (self, g_task_get_cancellable (task), on_listed, g_object_ref (task));
  g_task_set_source_tag (listing, on_rows_swept);
  g_task_set_priority (listing, G_PRIORITY_LOW);
  g_task_set_task_data (listing, g_object_ref (self->blobs), g_object_unref);
  g_task_run_in_thread (listing, list_in_thread);
}

/**
 * wt_profile_sweep_async:
 * @self: an open profile
 * @cancellable: (nullable): stops it between two files
 * @callback: called when it is done
 * @data: for @callback
 *
 * Removes rows of attachments without a message, temporary files that nobody writes any more, and blobs that no
 * message uses and nobody has added lately; see wt_blobs_remove(). Off the main thread, at low priority.
 */
void
wt_profile_sweep_async (WtProfile *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_profile_sweep_async);
  g_task_set_task_data (task, g_new0 (Sweep, 1), sweep_free);
  wt_message_store_sweep_async (self->database, cancellable, on_rows_swept, g_object_ref (task));
}

/**
 * wt_profile_sweep_finish:
 * @self: a profile
 * @result: the result
 * @error: return location for a #WtDatabaseError or %G_IO_ERROR_CANCELLED
 *
 * Returns: how many blobs no message uses, all of them gone or to be removed later; or -1
 */
gssize
wt_profile_sweep_finish (WtProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * wt_profile_remove_unused_async:
 * @self: an open profile
 * @blobs: (transfer full): names of blobs that may be of no use any more
 * @cancellable: (nullable): stops it between two files
 * @callback: called when it is done
 * @data: for @callback
 *
 * Removes those of @blobs that nothing uses, as wt_profile_sweep_async() does. wt_profile_sweep_finish() takes the result.
 */
void
wt_profile_remove_unused_async (WtProfile *self,
                                GStrv blobs,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Sweep *sweep = g_new0 (Sweep, 1);

  sweep->names = blobs;
  g_task_set_source_tag (task, wt_profile_remove_unused_async);
  g_task_set_task_data (task, sweep, sweep_free);
  ask_next (task);
}

static void
on_swept (GObject *source, GAsyncResult *result, gpointer data)
{
  WtProfile *self = WT_PROFILE (source);
  g_autoptr (GError) error = NULL;

  if (wt_profile_sweep_finish (self, result, &error) < 0)
    g_debug ("%s: not swept: %s", self->folder, error->message);
}

/* What was deleted while it was young is looked at again when it is not any more. */
static gboolean
on_look_again (gpointer data)
{
  WtProfile *self = data;
  GStrv left = wt_blobs_take_left (self->blobs);

  if (left[0] != NULL)
    wt_profile_remove_unused_async (self, left, self->cancellable, on_swept, NULL);
  else
    g_strfreev (left);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_sweep (gpointer data)
{
  WtProfile *self = data;

  self->sweep_source = 0;
  wt_profile_sweep_async (self, self->cancellable, on_swept, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * wt_profile_sweep_soon:
 * @self: an open profile
 *
 * Sweeps in a few seconds, and looks again later at what was too young to be removed.
 */
void
wt_profile_sweep_soon (WtProfile *self)
{
  if (!self->closed && self->sweep_source == 0)
    self->sweep_source = g_timeout_add_seconds_full (G_PRIORITY_LOW, SWEEP_DELAY_SECONDS, on_sweep,
                                                     self, NULL);
  if (!self->closed && self->left_source == 0)
    self->left_source = g_timeout_add_seconds_full (G_PRIORITY_LOW, WT_BLOBS_GUARD_SECONDS,
                                                    on_look_again, self, NULL);
}
