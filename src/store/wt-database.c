/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-database-private.h"

/* What any thread may call. */

enum
{
  PROP_PATH = 1,
  PROP_READ_ONLY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WtDatabase, wt_database, G_TYPE_OBJECT)

static void
wt_database_job_free (gpointer data)
{
  WtDatabaseJob *job = data;

  if (job->free_data != NULL)
    g_clear_pointer (&job->data, job->free_data);
  if (job->free_result != NULL)
    g_clear_pointer (&job->result, job->free_result);
  g_clear_error (&job->error);
  g_free (job);
}

static void
finalize_statement (gpointer data)
{
  sqlite3_finalize (data);
}

/* Gives the task to the database thread, or completes it where that has ended. */
static void
push (WtDatabase *self, GTask *task)
{
  gboolean closed = FALSE;

  /* A cancelled task is either not run at all or has its true result. */
  g_task_set_check_cancellable (task, FALSE);

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  if (!closed)
    {
      if (self->thread == NULL)
        self->thread = g_thread_new ("wt-database", wt_database_thread, self);
      g_async_queue_push (self->queue, g_object_ref (task));
    }
  g_mutex_unlock (&self->mutex);

  if (closed)
    g_task_return_new_error (task, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED, "%s: closed",
                             self->path);
}

static void
wt_database_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtDatabase *self = WT_DATABASE (object);

  switch (id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_database_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtDatabase *self = WT_DATABASE (object);

  switch (id)
    {
    case PROP_PATH:
      self->path = g_value_dup_string (value);
      break;
    case PROP_READ_ONLY:
      self->read_only = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_database_dispose (GObject *object)
{
  wt_database_close (WT_DATABASE (object));

  G_OBJECT_CLASS (wt_database_parent_class)->dispose (object);
}

static void
wt_database_finalize (GObject *object)
{
  WtDatabase *self = WT_DATABASE (object);

  g_clear_pointer (&self->queue, g_async_queue_unref);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->used, g_ptr_array_unref);
  g_clear_pointer (&self->later, g_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->trouble);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (wt_database_parent_class)->finalize (object);
}

static void
wt_database_class_init (WtDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_database_get_property;
  object_class->set_property = wt_database_set_property;
  object_class->dispose = wt_database_dispose;
  object_class->finalize = wt_database_finalize;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                   | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                         | G_PARAM_EXPLICIT_NOTIFY
                                                         | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  wt_database_install_trouble (klass);
}

static void
wt_database_init (WtDatabase *self)
{
  self->queue = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  self->used = g_ptr_array_new ();
  self->later = g_array_new (FALSE, FALSE, sizeof (WtDatabaseLater));
  g_mutex_init (&self->mutex);
}

/**
 * wt_database_new:
 * @path: the file, made with mode 0600 when it is opened and does not exist, as is its folder with
 *   0700; or ":memory:"
 *
 * Returns: (transfer full): a database that is not open yet
 */
WtDatabase *
wt_database_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_object_new (WT_TYPE_DATABASE, "path", path, NULL);
}

/**
 * wt_database_new_read_only:
 * @path: the file
 *
 * A database of which nothing is written, made or migrated, while another program may write it:
 * tasks that write fail with %WT_DATABASE_ERROR_READ_ONLY. Opening fails with
 * %WT_DATABASE_ERROR_NOT_FOUND where the file does not exist, and %WT_DATABASE_ERROR_READ_ONLY
 * where its schema is older, or where it was not closed in good order, what is needed to read it
 * while others write is missing, and the folder cannot be written either.
 *
 * Returns: (transfer full): a database that is not open yet
 */
WtDatabase *
wt_database_new_read_only (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_object_new (WT_TYPE_DATABASE, "path", path, "read-only", TRUE, NULL);
}

/**
 * wt_database_open_async:
 * @self: a database
 * @cancellable: (nullable): a cancellable, heeded before it starts
 * @callback: called in the thread-default main context of the caller
 * @data: for @callback
 *
 * Opens the file and migrates it to the newest schema; see wt_schema_upgrade(). Tasks may be given
 * right after this call: they run after it. Opening may be tried again after it failed.
 */
void
wt_database_open_async (WtDatabase *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  g_autoptr (GTask) task = NULL;
  WtDatabaseJob *job = NULL;

  g_return_if_fail (WT_IS_DATABASE (self));

  job = g_new0 (WtDatabaseJob, 1);
  job->opens = TRUE;
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, wt_database_open_async);
  g_task_set_task_data (task, job, wt_database_job_free);
  push (self, task);
}

/**
 * wt_database_open_finish:
 * @self: a database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is open; else %WT_DATABASE_ERROR_NEWER, %WT_DATABASE_ERROR_CORRUPT,
 *   %WT_DATABASE_ERROR_READ_ONLY, %WT_DATABASE_ERROR_BUSY, %WT_DATABASE_ERROR_FULL or
 *   %WT_DATABASE_ERROR_FAILED
 */
gboolean
wt_database_open_finish (WtDatabase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_database_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wt_database_run_async:
 * @self: a database
 * @func: what to do on the database thread
 * @func_data: (transfer full): for @func
 * @free_func_data: (nullable): frees @func_data, on the database thread or the caller's
 * @free_result: (nullable): frees a result nobody took
 * @cancellable: (nullable): a cancellable, heeded before the task starts and not later
 * @source_tag: the calling function
 * @callback: called in the thread-default main context of the caller
 * @data: for @callback
 *
 * Runs @func after the tasks given before, in a savepoint that is rolled back when it sets an
 * error, and calls @callback once the transaction is committed.
 */
void
wt_database_run_async (WtDatabase *self,
                       WtDatabaseFunc func,
                       gpointer func_data,
                       GDestroyNotify free_func_data,
                       GDestroyNotify free_result,
                       GCancellable *cancellable,
                       gpointer source_tag,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  wt_database_run_with_flags_async (self, WT_DATABASE_WRITE | WT_DATABASE_SETTLED, func, func_data,
                                    free_func_data, free_result, cancellable, source_tag, callback,
                                    data);
}

/**
 * wt_database_run_with_flags_async:
 * @self: a database
 * @flags: how to run @func
 * @func: what to do on the database thread
 * @func_data: (transfer full): for @func
 * @free_func_data: (nullable): frees @func_data, on the database thread or the caller's
 * @free_result: (nullable): frees a result nobody took
 * @cancellable: (nullable): a cancellable, heeded before the task starts and not later
 * @source_tag: the calling function
 * @callback: called in the thread-default main context of the caller
 * @data: for @callback
 *
 * As wt_database_run_async(), which writes and is settled. With %WT_DATABASE_READ, @func must not
 * write, has no savepoint, and is called again where the transaction it was in had to be given up;
 * it must therefore leave @func_data as it is.
 */
void
wt_database_run_with_flags_async (WtDatabase *self,
                                  WtDatabaseFlags flags,
                                  WtDatabaseFunc func,
                                  gpointer func_data,
                                  GDestroyNotify free_func_data,
                                  GDestroyNotify free_result,
                                  GCancellable *cancellable,
                                  gpointer source_tag,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_autoptr (GTask) task = NULL;
  WtDatabaseJob *job = NULL;

  g_return_if_fail (WT_IS_DATABASE (self));
  g_return_if_fail (func != NULL);

  job = g_new0 (WtDatabaseJob, 1);
  job->flags = flags;
  job->func = func;
  job->data = func_data;
  job->free_data = free_func_data;
  job->free_result = free_result;
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, wt_database_job_free);
  push (self, task);
}

/**
 * wt_database_run_finish:
 * @self: a database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (nullable) (transfer full): what the task returned, which is committed; %NULL with
 *   @error set to the task's own error, the one that made its transaction fail,
 *   %WT_DATABASE_ERROR_CLOSED, or %G_IO_ERROR_CANCELLED
 */
gpointer
wt_database_run_finish (WtDatabase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wt_database_close:
 * @self: a database
 *
 * Waits until the tasks given before are done, and closes the file; their callbacks are called
 * later. What is given afterwards completes with %WT_DATABASE_ERROR_CLOSED. May be called again.
 * Not to be called by a task.
 */
void
wt_database_close (WtDatabase *self)
{
  g_autoptr (GThread) thread = NULL;

  g_return_if_fail (WT_IS_DATABASE (self));

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  thread = g_steal_pointer (&self->thread);
  if (thread != NULL)
    g_async_queue_push (self->queue, &wt_database_stop);
  g_mutex_unlock (&self->mutex);

  if (thread != NULL)
    g_thread_join (g_steal_pointer (&thread));
}

/**
 * wt_database_get_path:
 * @self: a database
 *
 * Returns: (transfer none): its path
 */
const char *
wt_database_get_path (WtDatabase *self)
{
  g_return_val_if_fail (WT_IS_DATABASE (self), NULL);

  return self->path;
}

/**
 * wt_database_get_read_only:
 * @self: a database
 *
 * Returns: whether nothing is ever written to it
 */
gboolean
wt_database_get_read_only (WtDatabase *self)
{
  g_return_val_if_fail (WT_IS_DATABASE (self), FALSE);

  return self->read_only;
}
