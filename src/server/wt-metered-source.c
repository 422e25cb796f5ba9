/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-metered-source.h"

#include "wt-meter.h"

/**
 * wt_metered_source_new:
 * @stream: the pollable stream whose source it is
 * @child: (nullable): what to wait for, if @wait is %WT_METER_NOW
 * @wait: milliseconds, %WT_METER_NOW or %WT_METER_NEVER
 * @cancellable: (nullable): a cancellable
 *
 * Returns: (transfer full): a pollable stream's source that fires when @child does, when the time is over, or never
 */
GSource *
wt_metered_source_new (GObject *stream, GSource *child, int wait, GCancellable *cancellable)
{
  g_autoptr (GSource) timeout = NULL;

  if (wait > 0)
    {
      timeout = g_timeout_source_new ((guint) wait);
      child = timeout;
    }
  return g_pollable_source_new_full (stream, child, cancellable);
}
