/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-private.h"

/* What is wrong with the disk or the file, for as long as it is. Whoever failed to store something tries
 * again by himself, or has told his user; here it is found out when that has an end. */

#define PROBE_SECONDS 2

/* Of a few things that wait only the last may need more space than there is: all is well when nothing has
 * failed for longer than they wait between two attempts. */
#define QUIET_US (5 * G_TIME_SPAN_SECOND)

/* More than a few messages need. */
#define PROBE_BYTES (256 * 1024)

/**
 * wt_profile_get_storage_problem:
 * @self: a profile
 *
 * Why nothing can be stored at the moment, or not everything read. Messages that come are kept meanwhile and
 * not acknowledged. It is looked again every few seconds whether that has ended; a damaged file does not
 * mend itself and stays one.
 *
 * Returns: (transfer none) (nullable): a #WtDatabaseError or #GIOErrorEnum, or %NULL while all is well
 */
const GError *
wt_profile_get_storage_problem (WtProfile *self)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  return self->problem;
}

static gboolean
is_same (const GError *a, const GError *b)
{
  return a == b
         || (a != NULL && b != NULL && a->domain == b->domain && a->code == b->code
             && g_str_equal (a->message, b->message));
}

static void
set_problem (WtProfile *self, const GError *error)
{
  if (is_same (self->problem, error))
    return;

  g_clear_error (&self->problem);
  self->problem = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify (G_OBJECT (self), "storage-problem");
}

/* Pictures and files need space of their own. */
static void
probe_blobs (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (wt_blobs_probe (data, PROBE_BYTES, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean on_probe (gpointer data);

static void
end_probe (WtProfile *self, const GError *error)
{
  self->probing = FALSE;
  if (self->closed)
    return;

  if (error != NULL)
    wt_profile_note_trouble (self, error);
  else if (g_get_monotonic_time () - self->problem_time >= QUIET_US)
    set_problem (self, NULL);

  if (self->problem != NULL && self->probe_source == 0)
    self->probe_source = g_timeout_add_seconds (PROBE_SECONDS, on_probe, self);
}

static void
on_blobs_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  WtProfile *self = WT_PROFILE (source);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  end_probe (self, error);
}

static void
on_database_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtProfile) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  if (!wt_database_probe_finish (WT_DATABASE (source), result, &error))
    {
      end_probe (self, error);
      return;
    }

  task = g_task_new (self, self->cancellable, on_blobs_probed, NULL);
  g_task_set_source_tag (task, on_database_probed);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_set_task_data (task, g_object_ref (self->blobs), g_object_unref);
  g_task_run_in_thread (task, probe_blobs);
}

static gboolean
on_probe (gpointer data)
{
  WtProfile *self = data;

  self->probe_source = 0;
  wt_profile_check_storage (self);
  return G_SOURCE_REMOVE;
}

/**
 * wt_profile_check_storage:
 * @self: an open profile
 *
 * Looks now whether what was wrong with the storage has ended.
 */
void
wt_profile_check_storage (WtProfile *self)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  if (self->closed || self->probing || self->problem == NULL)
    return;

  self->probing = TRUE;
  g_clear_handle_id (&self->probe_source, g_source_remove);
  wt_database_probe_async (self->database, self->cancellable, on_database_probed,
                           g_object_ref (self));
}

static gboolean
is_of_storage (const GError *error)
{
  if (error->domain == WT_DATABASE_ERROR)
    return error->code == WT_DATABASE_ERROR_FULL || error->code == WT_DATABASE_ERROR_READ_ONLY
           || error->code == WT_DATABASE_ERROR_BUSY || error->code == WT_DATABASE_ERROR_CORRUPT
           || error->code == WT_DATABASE_ERROR_FAILED;
  return error->domain == G_IO_ERROR
         && (error->code == G_IO_ERROR_NO_SPACE || error->code == G_IO_ERROR_READ_ONLY
             || error->code == G_IO_ERROR_PERMISSION_DENIED);
}

/**
 * wt_profile_note_trouble:
 * @self: a profile
 * @error: what somebody met
 *
 * Makes it the storage's problem where it is one, and looks every now and then whether it has ended.
 */
void
wt_profile_note_trouble (WtProfile *self, const GError *error)
{
  if (self->closed || !is_of_storage (error))
    return;

  self->problem_time = g_get_monotonic_time ();
  /* What is damaged stays so, whatever else comes and goes. */
  if (!g_error_matches (self->problem, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CORRUPT))
    set_problem (self, error);
  if (!g_error_matches (self->problem, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CORRUPT)
      && !self->probing && self->probe_source == 0)
    self->probe_source = g_timeout_add_seconds (PROBE_SECONDS, on_probe, self);
}

static void
on_database_trouble (WtDatabase *database, const GError *error, WtProfile *self)
{
  wt_profile_note_trouble (self, error);
}

/**
 * wt_profile_watch_storage:
 * @self: a new profile
 */
void
wt_profile_watch_storage (WtProfile *self)
{
  g_signal_connect_object (self->database, "trouble", G_CALLBACK (on_database_trouble), self, 0);
}
