/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-motion-clock.h"

typedef struct
{
  gint64 deadline;
  WtMotionFunc func;
} Alarm;

struct _WtMotionClock
{
  GObject parent_instance;

  /* owned */
  GHashTable *alarms; /* by owner */
  GSource *source;

  guint64 n_wakeups;
};

G_DEFINE_FINAL_TYPE (WtMotionClock, wt_motion_clock, G_TYPE_OBJECT)

static void
set_ready_time (WtMotionClock *self)
{
  gint64 nearest = -1;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->alarms);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Alarm *alarm = value;

      if (nearest < 0 || alarm->deadline < nearest)
        nearest = alarm->deadline;
    }
  g_source_set_ready_time (self->source, nearest);
}

static gboolean
on_ready (gpointer data)
{
  g_autoptr (WtMotionClock) self = g_object_ref (WT_MOTION_CLOCK (data));
  gint64 now = g_source_get_time (self->source);
  g_autoptr (GPtrArray) due = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer owner, value;

  self->n_wakeups++;
  g_hash_table_iter_init (&iter, self->alarms);
  while (g_hash_table_iter_next (&iter, &owner, &value))
    if (((Alarm *) value)->deadline <= now)
      g_ptr_array_add (due, owner);

  for (guint i = 0; i < due->len; i++)
    {
      /* One of those before may have taken it off, or put it off. */
      Alarm *alarm = g_hash_table_lookup (self->alarms, due->pdata[i]);
      WtMotionFunc func;

      if (alarm == NULL || alarm->deadline > now)
        continue;
      func = alarm->func;
      g_hash_table_remove (self->alarms, due->pdata[i]);
      func (due->pdata[i]);
    }

  set_ready_time (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

static void
wt_motion_clock_finalize (GObject *object)
{
  WtMotionClock *self = WT_MOTION_CLOCK (object);

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->alarms, g_hash_table_unref);

  G_OBJECT_CLASS (wt_motion_clock_parent_class)->finalize (object);
}

static void
wt_motion_clock_class_init (WtMotionClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_motion_clock_finalize;
}

static void
wt_motion_clock_init (WtMotionClock *self)
{
  self->alarms = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "wt-motion-clock");
  g_source_set_callback (self->source, on_ready, self, NULL);
  g_source_set_ready_time (self->source, -1);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/**
 * wt_motion_clock_new:
 *
 * Returns: (transfer full): a clock in the caller's thread-default main context
 */
WtMotionClock *
wt_motion_clock_new (void)
{
  return g_object_new (WT_TYPE_MOTION_CLOCK, NULL);
}

/**
 * wt_motion_clock_set:
 * @self: a clock
 * @owner: whose alarm it is; it must take it off before it is gone
 * @deadline: microseconds of g_get_monotonic_time()
 * @func: what to call with @owner, once, at @deadline or soon after
 *
 * Sets @owner's one alarm.
 */
void
wt_motion_clock_set (WtMotionClock *self, gpointer owner, gint64 deadline, WtMotionFunc func)
{
  g_return_if_fail (WT_IS_MOTION_CLOCK (self));

  Alarm *alarm = g_new0 (Alarm, 1);

  alarm->deadline = MAX (deadline, 0);
  alarm->func = func;
  g_hash_table_replace (self->alarms, owner, alarm);
  set_ready_time (self);
}

/**
 * wt_motion_clock_unset:
 * @self: a clock
 * @owner: whose alarm, if it has one, is taken off
 */
void
wt_motion_clock_unset (WtMotionClock *self, gpointer owner)
{
  g_return_if_fail (WT_IS_MOTION_CLOCK (self));

  if (g_hash_table_remove (self->alarms, owner))
    set_ready_time (self);
}

/**
 * wt_motion_clock_get_n_waiting:
 * @self: a clock
 *
 * Returns: how many alarms are set
 */
guint
wt_motion_clock_get_n_waiting (WtMotionClock *self)
{
  g_return_val_if_fail (WT_IS_MOTION_CLOCK (self), 0);

  return g_hash_table_size (self->alarms);
}

/**
 * wt_motion_clock_get_n_wakeups:
 * @self: a clock
 *
 * Returns: how often it woke up since it was made
 */
guint64
wt_motion_clock_get_n_wakeups (WtMotionClock *self)
{
  g_return_val_if_fail (WT_IS_MOTION_CLOCK (self), 0);

  return self->n_wakeups;
}
