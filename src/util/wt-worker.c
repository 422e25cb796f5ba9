/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-worker.h"

#include "wt-thread.h"

/**
 * WtWorker:
 *
 * A thread that runs a main context of its own, for objects that do I/O and must not do it on the UI thread.
 */
struct _WtWorker
{
  GObject parent_instance;

  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

G_DEFINE_FINAL_TYPE (WtWorker, wt_worker, G_TYPE_OBJECT)

static gpointer
run (gpointer data)
{
  g_autoptr (GMainLoop) loop = data;
  GMainContext *context = g_main_loop_get_context (loop);

  wt_thread_begin ();
  g_main_context_push_thread_default (context);
  g_main_loop_run (loop);
  /* What was posted before the end still runs: nothing handed over is lost or leaked. */
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return NULL;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
wt_worker_dispose (GObject *object)
{
  wt_worker_stop (WT_WORKER (object));
  G_OBJECT_CLASS (wt_worker_parent_class)->dispose (object);
}

static void
wt_worker_finalize (GObject *object)
{
  WtWorker *self = WT_WORKER (object);

  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (wt_worker_parent_class)->finalize (object);
}

static void
wt_worker_class_init (WtWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_worker_dispose;
  object_class->finalize = wt_worker_finalize;
}

static void
wt_worker_init (WtWorker *self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
}

/**
 * wt_worker_new:
 * @name: the thread's name, 15 bytes at most
 *
 * Returns: (transfer full): a worker whose thread runs
 */
WtWorker *
wt_worker_new (const char *name)
{
  WtWorker *self = g_object_new (WT_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, run, g_main_loop_ref (self->loop));
  return self;
}

/**
 * wt_worker_get_context:
 * @self: a worker
 *
 * Returns: (transfer none): the context that its thread runs
 */
GMainContext *
wt_worker_get_context (WtWorker *self)
{
  g_return_val_if_fail (WT_IS_WORKER (self), NULL);

  return self->context;
}

/**
 * wt_worker_is_current:
 * @self: a worker
 *
 * Returns: whether the caller is on the worker's thread
 */
gboolean
wt_worker_is_current (WtWorker *self)
{
  g_return_val_if_fail (WT_IS_WORKER (self), FALSE);

  return g_thread_self () == self->thread;
}

/**
 * wt_worker_invoke:
 * @self: a worker
 * @func: called once on the worker's thread, never before this returns; its result is ignored
 * @data: for @func
 * @destroy: (nullable): frees @data, on the worker's thread
 *
 * Hands a call over. Calls from one thread run in the order they were made. After wt_worker_stop() nothing
 * runs any more; @data is then freed at once.
 */
void
wt_worker_invoke (WtWorker *self, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_return_if_fail (WT_IS_WORKER (self));

  if (self->thread == NULL)
    {
      if (destroy != NULL)
        destroy (data);
      return;
    }

  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, self->context);
}

/**
 * wt_worker_stop:
 * @self: a worker
 *
 * Runs what was handed over, ends the thread and waits for it. Must not be called on the worker's thread.
 */
void
wt_worker_stop (WtWorker *self)
{
  g_return_if_fail (WT_IS_WORKER (self));

  if (self->thread == NULL)
    return;

  g_return_if_fail (!wt_worker_is_current (self));

  wt_worker_invoke (self, quit, g_main_loop_ref (self->loop), (GDestroyNotify) g_main_loop_unref);
  g_thread_join (self->thread);
  self->thread = NULL;
}
