/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-clock.h"

/**
 * WtClock:
 *
 * What time it is, and timeouts. The system's clock in the program; a manual one in tests, where time
 * passes only by wt_clock_advance(). Timeouts fire in the thread-default main context of the thread that
 * added them. Reading the time is safe from any thread; everything else belongs to one thread.
 */

typedef struct
{
  guint id;
  gint64 due;
  GSourceFunc func;
  gpointer data;
  GDestroyNotify destroy;
  guint64 interval;
} ManualTimeout;

struct _WtClock
{
  GObject parent_instance;

  gboolean manual;
  gint64 monotonic;
  gint64 real;
  guint last_id;
  GPtrArray *timeouts; /* manual ones */
  GHashTable *sources; /* id → GSource, of the system's clock */
};

G_DEFINE_FINAL_TYPE (WtClock, wt_clock, G_TYPE_OBJECT)

typedef struct
{
  WtClock *clock; /* borrowed: the clock destroys its sources */
  guint id;
  GSourceFunc func;
  gpointer data;
  GDestroyNotify destroy;
} SystemTimeout;

static void
manual_timeout_free (gpointer data)
{
  ManualTimeout *timeout = data;

  if (timeout->destroy != NULL)
    timeout->destroy (timeout->data);
  g_free (timeout);
}

static void
system_timeout_free (gpointer data)
{
  SystemTimeout *timeout = data;

  if (timeout->destroy != NULL)
    timeout->destroy (timeout->data);
  g_free (timeout);
}

static void
destroy_source (gpointer data)
{
  GSource *source = data;

  g_source_destroy (source);
  g_source_unref (source);
}

static gboolean
on_system_timeout (gpointer data)
{
  SystemTimeout *timeout = data;
  g_autoptr (WtClock) clock = g_object_ref (timeout->clock);
  guint id = timeout->id;

  if (timeout->func (timeout->data))
    return G_SOURCE_CONTINUE;

  /* Removing it destroys the source that is being dispatched: GLib allows that. */
  g_hash_table_remove (clock->sources, GUINT_TO_POINTER (id));
  return G_SOURCE_REMOVE;
}

static gint
find_manual (WtClock *self, guint id)
{
  for (guint i = 0; i < self->timeouts->len; i++)
    {
      ManualTimeout *timeout = g_ptr_array_index (self->timeouts, i);

      if (timeout->id == id)
        return (gint) i;
    }
  return -1;
}

/* The next timeout due by @until; among equals the first that was added. */
static gint
find_due (WtClock *self, gint64 until)
{
  gint best = -1;

  for (guint i = 0; i < self->timeouts->len; i++)
    {
      ManualTimeout *timeout = g_ptr_array_index (self->timeouts, i);

      if (timeout->due > until)
        continue;
      if (best >= 0)
        {
          ManualTimeout *other = g_ptr_array_index (self->timeouts, best);

          if (other->due <= timeout->due)
            continue;
        }
      best = (gint) i;
    }
  return best;
}

static void
wt_clock_dispose (GObject *object)
{
  WtClock *self = WT_CLOCK (object);

  g_clear_pointer (&self->timeouts, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_hash_table_unref);

  G_OBJECT_CLASS (wt_clock_parent_class)->dispose (object);
}

static void
wt_clock_class_init (WtClockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_clock_dispose;
}

static void
wt_clock_init (WtClock *self)
{
  self->timeouts = g_ptr_array_new_with_free_func (manual_timeout_free);
  self->sources = g_hash_table_new_full (NULL, NULL, NULL, destroy_source);
}

/**
 * wt_clock_new:
 *
 * Returns: (transfer full): the system's clock
 */
WtClock *
wt_clock_new (void)
{
  return g_object_new (WT_TYPE_CLOCK, NULL);
}

/**
 * wt_clock_new_manual:
 * @monotonic_us: the monotonic time to begin with, in microseconds
 * @real_us: the time of day to begin with, in microseconds since the epoch
 *
 * Returns: (transfer full): a clock that stands still until it is advanced
 */
WtClock *
wt_clock_new_manual (gint64 monotonic_us, gint64 real_us)
{
  WtClock *self = wt_clock_new ();

  self->manual = TRUE;
  self->monotonic = monotonic_us;
  self->real = real_us;
  return self;
}

/**
 * wt_clock_get_monotonic:
 * @self: a clock
 *
 * Returns: microseconds that only grow; meaningless between processes
 */
gint64
wt_clock_get_monotonic (WtClock *self)
{
  g_return_val_if_fail (WT_IS_CLOCK (self), 0);

  return self->manual ? self->monotonic : g_get_monotonic_time ();
}

/**
 * wt_clock_get_real:
 * @self: a clock
 *
 * Returns: microseconds since the epoch, by the machine's clock, which may jump
 */
gint64
wt_clock_get_real (WtClock *self)
{
  g_return_val_if_fail (WT_IS_CLOCK (self), 0);

  return self->manual ? self->real : g_get_real_time ();
}

/**
 * wt_clock_add_timeout:
 * @self: a clock
 * @milliseconds: from now
 * @func: called when the time has come, again and again while it returns %G_SOURCE_CONTINUE
 * @data: (closure func): for @func
 * @destroy: (nullable): frees @data
 *
 * Returns: an id for wt_clock_remove_timeout(), never 0; it is void once @func returned %G_SOURCE_REMOVE
 */
guint
wt_clock_add_timeout (WtClock *self,
                      guint64 milliseconds,
                      GSourceFunc func,
                      gpointer data,
                      GDestroyNotify destroy)
{
  g_return_val_if_fail (WT_IS_CLOCK (self), 0);

  guint id = ++self->last_id;

  if (self->manual)
    {
      ManualTimeout *timeout = g_new0 (ManualTimeout, 1);

      timeout->id = id;
      timeout->due = self->monotonic + (gint64) milliseconds * 1000;
      timeout->interval = milliseconds;
      timeout->func = func;
      timeout->data = data;
      timeout->destroy = destroy;
      g_ptr_array_add (self->timeouts, timeout);
      return id;
    }

  SystemTimeout *timeout = g_new0 (SystemTimeout, 1);
  GSource *source = g_timeout_source_new ((guint) MIN (milliseconds, G_MAXUINT));

  timeout->clock = self;
  timeout->id = id;
  timeout->func = func;
  timeout->data = data;
  timeout->destroy = destroy;
  g_source_set_callback (source, on_system_timeout, timeout, system_timeout_free);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_hash_table_insert (self->sources, GUINT_TO_POINTER (id), source);
  return id;
}

/**
 * wt_clock_remove_timeout:
 * @self: a clock
 * @id: from wt_clock_add_timeout(); one that is gone is ignored
 */
void
wt_clock_remove_timeout (WtClock *self, guint id)
{
  g_return_if_fail (WT_IS_CLOCK (self));

  if (self->sources != NULL)
    g_hash_table_remove (self->sources, GUINT_TO_POINTER (id));
  if (self->timeouts != NULL)
    {
      gint index = find_manual (self, id);

      if (index >= 0)
        g_ptr_array_remove_index (self->timeouts, (guint) index);
    }
}

/**
 * wt_clock_advance:
 * @self: a manual clock
 * @milliseconds: how much time passes
 *
 * Lets time pass, calling each timeout at its own moment.
 */
void
wt_clock_advance (WtClock *self, guint64 milliseconds)
{
  g_return_if_fail (WT_IS_CLOCK (self));
  g_return_if_fail (self->manual);

  g_autoptr (WtClock) keep = g_object_ref (self);
  gint64 until = self->monotonic + (gint64) milliseconds * 1000;
  gint index;

  while ((index = find_due (keep, until)) >= 0)
    {
      ManualTimeout *timeout = g_ptr_array_index (keep->timeouts, index);
      guint id = timeout->id;
      gint64 passed = MAX (timeout->due - keep->monotonic, 0);

      keep->monotonic += passed;
      keep->real += passed;
      timeout->due = keep->monotonic + (gint64) MAX (timeout->interval, 1) * 1000;
      if (!timeout->func (timeout->data))
        wt_clock_remove_timeout (keep, id);
    }
  keep->real += until - keep->monotonic;
  keep->monotonic = until;
}

/**
 * wt_clock_set_real:
 * @self: a manual clock
 * @real_us: the time of day it is suddenly, in microseconds since the epoch
 *
 * Lets the time of day jump; monotonic time does not.
 */
void
wt_clock_set_real (WtClock *self, gint64 real_us)
{
  g_return_if_fail (WT_IS_CLOCK (self));
  g_return_if_fail (self->manual);

  self->real = real_us;
}
