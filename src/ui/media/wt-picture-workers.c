/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-workers.h"

/* More would only take the processors from the window. */
#define N_THREADS 2

/* Belongs to the pool, then to the thread that works on it, then to the main context: never to two at once. */
typedef struct
{
  WtPictureWorkFunc work;
  WtPictureWorkFunc done;
  gpointer data;
  GDestroyNotify free;
  GMainContext *context;
} Job;

struct _WtPictureWorkers
{
  GObject parent_instance;

  /* owned */
  GThreadPool *pool;
};

G_DEFINE_FINAL_TYPE (WtPictureWorkers, wt_picture_workers, G_TYPE_OBJECT)

static void
free_job (gpointer data)
{
  Job *job = data;

  job->free (job->data);
  g_main_context_unref (job->context);
  g_free (job);
}

static gboolean
finish_job (gpointer data)
{
  Job *job = data;

  job->done (job->data);
  return G_SOURCE_REMOVE;
}

static void
run_job (gpointer data, gpointer unused)
{
  Job *job = data;
  g_autoptr (GMainContext) context = g_main_context_ref (job->context);
  g_autoptr (GSource) source = g_idle_source_new ();

  job->work (job->data);
  /* A source destroys its data where it is dispatched, in the main thread. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, finish_job, job, free_job);
  g_source_attach (source, context);
}

static void
wt_picture_workers_finalize (GObject *object)
{
  WtPictureWorkers *self = WT_PICTURE_WORKERS (object);

  g_thread_pool_free (g_steal_pointer (&self->pool), TRUE, TRUE);

  G_OBJECT_CLASS (wt_picture_workers_parent_class)->finalize (object);
}

static void
wt_picture_workers_class_init (WtPictureWorkersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_picture_workers_finalize;
}

static void
wt_picture_workers_init (WtPictureWorkers *self)
{
  self->pool = g_thread_pool_new_full (run_job, NULL, free_job, N_THREADS, FALSE, NULL);
}

/**
 * wt_picture_workers_new:
 *
 * Returns: (transfer full): threads that wait for work; they end with it, after what they are doing
 */
WtPictureWorkers *
wt_picture_workers_new (void)
{
  return g_object_new (WT_TYPE_PICTURE_WORKERS, NULL);
}

/**
 * wt_picture_workers_push:
 * @self: workers
 * @work: what to do, in a thread; what was asked for in vain returns at once
 * @done: called afterwards in the thread-default main context of the caller
 * @data: of both
 * @free: frees @data, in the main thread: after @done, or when the workers end before it
 *
 * Queues work before what is queued already.
 *
 * Returns: the job, for wt_picture_workers_hurry() while @work has not begun
 */
gpointer
wt_picture_workers_push (WtPictureWorkers *self,
                         WtPictureWorkFunc work,
                         WtPictureWorkFunc done,
                         gpointer data,
                         GDestroyNotify free)
{
  g_return_val_if_fail (WT_IS_PICTURE_WORKERS (self), NULL);

  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->done = done;
  job->data = data;
  job->free = free;
  job->context = g_main_context_ref_thread_default ();
  g_thread_pool_push (self->pool, job, NULL);
  g_thread_pool_move_to_front (self->pool, job);
  return job;
}

/**
 * wt_picture_workers_hurry:
 * @self: workers
 * @job: what wt_picture_workers_push() returned; nothing happens if it has begun or ended
 *
 * Puts a job before the others that wait.
 */
void
wt_picture_workers_hurry (WtPictureWorkers *self, gpointer job)
{
  g_return_if_fail (WT_IS_PICTURE_WORKERS (self));

  g_thread_pool_move_to_front (self->pool, job);
}
