/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-database-private.h"

#include "wt-database-error.h"
#include "wt-thread.h"

/* The database thread: takes tasks from the queue, runs what waits in one transaction, and hands
 * the tasks back once that is committed. */

/* A group ends after so many tasks, or so much time: the first of it should not wait for ever. */
#define GROUP_MOST_TASKS 1024
#define GROUP_MOST_TIME (50 * G_TIME_SPAN_MILLISECOND)

char wt_database_stop;

typedef struct
{
  GPtrArray *tasks; /* of GTask */
  gboolean writes;
  GError *error; /* why the transaction was given up */
} Group;

static void
deliver_tasks (gpointer data)
{
  g_ptr_array_unref (data);
}

static gboolean
on_deliver (gpointer data)
{
  GPtrArray *tasks = data;

  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);
      WtDatabaseJob *job = g_task_get_task_data (task);

      if (job->error != NULL)
        g_task_return_error (task, g_steal_pointer (&job->error));
      else if (job->opens)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_pointer (task, g_steal_pointer (&job->result), job->free_result);
    }

  return G_SOURCE_REMOVE;
}

/* Hands over the references too: the last one of the database must not be dropped by its own
 * thread. The context is kept for as long as the source is: a source that goes locks its context, and who asked may have
 * had the answer, and have ended with its context, by then. */
static void
deliver (GPtrArray *tasks)
{
  guint i = 0;

  while (i < tasks->len)
    {
      g_autoptr (GMainContext) context = g_main_context_ref (
          g_task_get_context (g_ptr_array_index (tasks, i)));
      GPtrArray *share = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GSource) source = g_idle_source_new ();

      while (i < tasks->len && g_task_get_context (g_ptr_array_index (tasks, i)) == context)
        {
          GTask *task = g_steal_pointer (&g_ptr_array_index (tasks, i));
          WtDatabaseJob *job = g_task_get_task_data (task);

          if (job->free_data != NULL)
            g_clear_pointer (&job->data, job->free_data);
          g_ptr_array_add (share, task);
          i++;
        }

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (source, "[wheatear] database results");
      g_source_set_callback (source, on_deliver, share, deliver_tasks);
      g_source_attach (source, context);
    }
}

static void
reset_statements (WtDatabase *self)
{
  for (guint i = 0; i < self->used->len; i++)
    {
      sqlite3_stmt *statement = g_ptr_array_index (self->used, i);

      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }
  g_ptr_array_set_size (self->used, 0);
}

static gboolean
execute (WtDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (self, sql, error);
  gboolean done = statement != NULL && wt_database_step_done (self, statement, error);

  reset_statements (self);

  return done;
}

static void
drop_later (WtDatabase *self, guint length)
{
  for (guint i = length; i < self->later->len; i++)
    {
      WtDatabaseLater *later = &g_array_index (self->later, WtDatabaseLater, i);

      if (later->free_data != NULL)
        g_clear_pointer (&later->data, later->free_data);
    }
  g_array_set_size (self->later, length);
}

static gboolean
settle (WtDatabase *self, GError **error)
{
  gboolean done = TRUE;

  for (guint i = 0; done && i < self->later->len; i++)
    {
      WtDatabaseLater *later = &g_array_index (self->later, WtDatabaseLater, i);

      done = later->func (self, later->data, error);
    }
  reset_statements (self);
  drop_later (self, 0);

  return done;
}

static void
run_func (WtDatabase *self, WtDatabaseJob *job)
{
  job->result = job->func (self, job->data, &job->error);
  if (job->error != NULL && job->result != NULL && job->free_result != NULL)
    job->free_result (job->result);
  if (job->error != NULL)
    job->result = NULL;
  reset_statements (self);
}

static void
run_guarded (WtDatabase *self, Group *group, WtDatabaseJob *job)
{
  guint deferred = self->later->len;

  if (!execute (self, "SAVEPOINT task", &group->error))
    return;

  run_func (self, job);
  if (job->error != NULL && !self->fatal)
    {
      drop_later (self, deferred);
      if (!execute (self, "ROLLBACK TO task", &group->error))
        return;
    }
  if (!self->fatal)
    execute (self, "RELEASE task", &group->error);
}

/* What it wrote before it failed cannot be taken back alone. The others are not to blame: they may be given again, and are
 * guarded from now on. */
static void
run_unguarded (WtDatabase *self, Group *group, WtDatabaseJob *job)
{
  guint deferred = self->later->len;
  gint64 changes = sqlite3_total_changes64 (self->handle);

  run_func (self, job);
  if (job->error == NULL || self->fatal)
    return;

  drop_later (self, deferred);
  if (sqlite3_total_changes64 (self->handle) == changes)
    return;
  self->guards_all = TRUE;
  g_set_error (&group->error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED,
               "%s: a task beside it failed half-way: %s", self->path, job->error->message);
}

/* A read that fails takes nobody's writes with it, as long as SQLite kept the transaction. */
static void
run_read (WtDatabase *self, WtDatabaseJob *job)
{
  run_func (self, job);
  self->fatal = sqlite3_get_autocommit (self->handle) != 0;
}

static void
run_job (WtDatabase *self, Group *group, GTask *task)
{
  WtDatabaseJob *job = g_task_get_task_data (task);

  g_ptr_array_add (group->tasks, task);
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error))
    return;
  if ((job->flags & WT_DATABASE_SETTLED) != 0 && !settle (self, &group->error))
    return;

  if ((job->flags & WT_DATABASE_READ) != 0)
    run_read (self, job);
  else if ((job->flags & WT_DATABASE_UNGUARDED) != 0 && !self->guards_all)
    run_unguarded (self, group, job);
  else
    run_guarded (self, group, job);

  if (group->error == NULL && self->fatal)
    group->error = job->error != NULL ? g_error_copy (job->error)
                                      : g_error_new (WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED,
                                                     "%s: transaction lost", self->path);
}

static gpointer
take (WtDatabase *self, gboolean wait)
{
  if (self->held != NULL)
    return g_steal_pointer (&self->held);

  return wait ? g_async_queue_pop (self->queue) : g_async_queue_try_pop (self->queue);
}

/* The next task that belongs to the group, if it waits already. */
static GTask *
take_next (WtDatabase *self, Group *group)
{
  gpointer next = take (self, FALSE);
  WtDatabaseJob *job = NULL;

  if (next == NULL)
    return NULL;
  if (next != &wt_database_stop)
    job = g_task_get_task_data (next);
  /* A transaction that has read cannot always be made to write; so one that will write says so
   * first. */
  if (job != NULL && !job->opens && (job->flags & WT_DATABASE_ALONE) == 0
      && (group->writes || (job->flags & WT_DATABASE_READ) != 0))
    return next;

  self->held = next;
  return NULL;
}

static gboolean
begin (WtDatabase *self, gboolean writes, GError **error)
{
  self->fatal = FALSE;
  if (self->handle == NULL)
    {
      g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED, "%s: not open", self->path);
      return FALSE;
    }
  /* Only after a rollback that did not work either. */
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);

  return execute (self, writes ? "BEGIN IMMEDIATE" : "BEGIN", error);
}

static void
roll_back (WtDatabase *self)
{
  drop_later (self, 0);
  if (self->handle != NULL && !sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/* What only read claims nothing: it is read again, as things are without what was given up. */
static void
read_again (WtDatabase *self, WtDatabaseJob *job)
{
  if (job->free_result != NULL)
    g_clear_pointer (&job->result, job->free_result);
  job->result = NULL;

  if (!begin (self, FALSE, &job->error))
    return;
  run_func (self, job);
  if (job->error != NULL || !execute (self, "COMMIT", &job->error))
    roll_back (self);
}

static void
fail_job (WtDatabaseJob *job, const GError *error)
{
  if (job->free_result != NULL)
    g_clear_pointer (&job->result, job->free_result);
  job->result = NULL;
  if (job->error == NULL)
    job->error = g_error_copy (error);
}

static void
give_up (WtDatabase *self, Group *group)
{
  roll_back (self);
  g_debug ("%s: transaction given up: %s", self->path, group->error->message);

  for (guint i = 0; i < group->tasks->len; i++)
    {
      WtDatabaseJob *job = g_task_get_task_data (g_ptr_array_index (group->tasks, i));

      if ((job->flags & WT_DATABASE_READ) != 0 && job->error == NULL && self->handle != NULL)
        read_again (self, job);
      else
        fail_job (job, group->error);
    }
}

static void
report_failures (WtDatabase *self, GPtrArray *tasks)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      WtDatabaseJob *job = g_task_get_task_data (g_ptr_array_index (tasks, i));

      if (job->error != NULL)
        wt_database_report (self, job->error);
    }
}

static void
run_group (WtDatabase *self, GTask *first)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_full (64, NULL);
  WtDatabaseJob *job = g_task_get_task_data (first);
  Group group = { .tasks = tasks, .writes = (job->flags & WT_DATABASE_READ) == 0 };
  gint64 end = g_get_monotonic_time () + GROUP_MOST_TIME;
  gboolean begun = begin (self, group.writes, &group.error);
  GTask *task = first;

  while (task != NULL)
    {
      /* Where the lock is not to be had, all that wait for it fail, not each after another wait. */
      if (begun)
        run_job (self, &group, task);
      else
        g_ptr_array_add (tasks, task);

      task = NULL;
      if (tasks->len < GROUP_MOST_TASKS
          && (!begun || (group.error == NULL && g_get_monotonic_time () < end)))
        task = take_next (self, &group);
    }

  if (group.error != NULL || !settle (self, &group.error)
      || !execute (self, "COMMIT", &group.error))
    give_up (self, &group);
  g_clear_error (&group.error);
  report_failures (self, tasks);
  deliver (tasks);
}

static void
open_file (WtDatabase *self, GTask *task)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  WtDatabaseJob *job = g_task_get_task_data (task);

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error))
    wt_database_file_open (self, &job->error);
  g_ptr_array_add (tasks, task);
  deliver (tasks);
}

static void
run_alone (WtDatabase *self, GTask *task)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();

  wt_database_run_alone (self, g_task_get_task_data (task), g_task_get_cancellable (task));
  reset_statements (self);
  g_ptr_array_add (tasks, task);
  deliver (tasks);
}

static void
run_next (WtDatabase *self, GTask *task)
{
  const WtDatabaseJob *job = g_task_get_task_data (task);

  if (job->opens)
    open_file (self, task);
  else if ((job->flags & WT_DATABASE_ALONE) != 0)
    run_alone (self, task);
  else
    run_group (self, task);
}

/**
 * wt_database_thread:
 * @data: the #WtDatabase, which outlives its thread
 *
 * Runs tasks until it takes %wt_database_stop from the queue.
 *
 * Returns: %NULL
 */
gpointer
wt_database_thread (gpointer data)
{
  WtDatabase *self = data;

  wt_thread_begin ();
  for (;;)
    {
      gpointer next = take (self, TRUE);

      if (next == &wt_database_stop)
        break;
      run_next (self, next);
    }

  wt_database_file_close (self);
  return NULL;
}
