/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-engine-event.h"

/**
 * wt_engine_event_new:
 * @kind: what it tells
 *
 * Returns: (transfer full): an event of which nothing else is set
 */
WtEngineEvent *
wt_engine_event_new (WtEngineEventKind kind)
{
  WtEngineEvent *self = g_new0 (WtEngineEvent, 1);

  self->kind = kind;
  return self;
}

/**
 * wt_engine_event_free:
 * @self: (transfer full): an event
 */
void
wt_engine_event_free (WtEngineEvent *self)
{
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_clear_pointer (&self->stored, wt_stored_message_free);
  g_clear_pointer (&self->reply_key, g_free);
  g_clear_pointer (&self->message, wt_message_record_free);
  g_clear_error (&self->error);
  g_clear_object (&self->frame);
  g_free (self);
}
