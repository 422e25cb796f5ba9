/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-send-progress.h"

#define TICK_MS 100

/* A message that is told of. */
typedef struct
{
  WtMessageRecord *message;
  gint64 start; /* where in what was written its frame begins; -1: it is being encoded */
  gint64 size;
  double told;
} Load;

struct _WtSendProgress
{
  /* owned */
  WtClock *clock;
  GPtrArray *loads; /* of Load, as they were written */

  /* borrowed */
  WtSendProgressFuncs funcs;
  gpointer data;

  gint64 base; /* what had been confirmed when nothing was written */
  gint64 written;
  gboolean has_base;
  guint timer;
};

static void
load_free (gpointer data)
{
  Load *load = data;

  wt_message_record_free (load->message);
  g_free (load);
}

static Load *
find (WtSendProgress *self, gint64 message_id, guint *index)
{
  for (guint i = 0; i < self->loads->len; i++)
    {
      Load *load = g_ptr_array_index (self->loads, i);

      if (load->message->id == message_id)
        {
          *index = i;
          return load;
        }
    }
  return NULL;
}

static Load *
ensure (WtSendProgress *self, const WtMessageRecord *message)
{
  guint index = 0;
  Load *load = find (self, message->id, &index);

  if (load != NULL)
    return load;
  load = g_new0 (Load, 1);
  load->message = wt_message_record_new ();
  load->message->id = message->id;
  load->message->conversation_id = message->conversation_id;
  load->message->seq = message->seq;
  load->start = -1;
  load->told = -1;
  g_ptr_array_add (self->loads, load);
  return load;
}

static void
tell (WtSendProgress *self, Load *load, double progress)
{
  if (progress <= load->told)
    return;
  load->told = progress;
  self->funcs.told (load->message, progress, self->data);
}

static gboolean
on_tick (gpointer data)
{
  WtSendProgress *self = data;
  gint64 taken = (gint64) self->funcs.get_taken (self->data) - self->base;

  for (guint i = 0; i < self->loads->len; i++)
    {
      Load *load = g_ptr_array_index (self->loads, i);

      if (load->start >= 0)
        tell (self, load, CLAMP ((double) (taken - load->start) / (double) load->size, 0, 1));
    }
  return G_SOURCE_CONTINUE;
}

static void
stop_ticking (WtSendProgress *self)
{
  if (self->timer != 0)
    wt_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
}

/**
 * wt_send_progress_new:
 * @clock: for the ten times a second that it is told at most
 * @funcs: what it calls; copied
 * @data: for @funcs
 *
 * Returns: (transfer full): nothing to tell of yet
 */
WtSendProgress *
wt_send_progress_new (WtClock *clock, const WtSendProgressFuncs *funcs, gpointer data)
{
  WtSendProgress *self = g_new0 (WtSendProgress, 1);

  self->clock = g_object_ref (clock);
  self->loads = g_ptr_array_new_with_free_func (load_free);
  self->funcs = *funcs;
  self->data = data;
  return self;
}

/**
 * wt_send_progress_free:
 * @self: (transfer full): nothing more is told
 */
void
wt_send_progress_free (WtSendProgress *self)
{
  stop_ticking (self);
  g_ptr_array_unref (self->loads);
  g_object_unref (self->clock);
  g_free (self);
}

static WtMedia *
add_size (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  gint64 *size = data;

  if (media->blob != NULL && media->size > 0)
    *size += media->size / 3 * 4;
  return wt_media_copy (media);
}

/**
 * wt_send_progress_encoding:
 * @self: the progress
 * @outgoing: a message that is being encoded: that counts as nothing sent yet
 */
void
wt_send_progress_encoding (WtSendProgress *self, const WtOutgoing *outgoing)
{
  g_autoptr (WtSegment) segment = wt_message_record_dup_segment (outgoing->message, NULL);
  g_autoptr (WtSegment) same = NULL;
  gint64 size = 0;

  if (segment == NULL)
    return;
  same = wt_segment_map_media (segment, add_size, &size, NULL);
  if (same != NULL && size > WT_SEND_PROGRESS_LEAST_BYTES)
    tell (self, ensure (self, outgoing->message), 0);
}

/**
 * wt_send_progress_end:
 * @self: the progress
 * @message_id: the row id of a message that is not on its way any more
 */
void
wt_send_progress_end (WtSendProgress *self, gint64 message_id)
{
  guint index = 0;
  Load *load = find (self, message_id, &index);

  if (load == NULL)
    return;
  self->funcs.told (load->message, -1, self->data);
  g_ptr_array_remove_index (self->loads, index);
  if (self->loads->len == 0)
    stop_ticking (self);
}

/**
 * wt_send_progress_disconnected:
 * @self: the progress
 *
 * The connection is gone: nothing is on its way, and the next one counts from its beginning.
 */
void
wt_send_progress_disconnected (WtSendProgress *self)
{
  self->has_base = FALSE;
  for (guint i = self->loads->len; i > 0; i--)
    {
      Load *load = g_ptr_array_index (self->loads, i - 1);

      if (load->start >= 0)
        wt_send_progress_end (self, load->message->id);
    }
}

/* Every message counts, for those that are large wait behind the others. */
static void
note_written (WtSendProgress *self, const WtMessageRecord *message, gsize frame_size)
{
  Load *load;

  if (!self->has_base)
    {
      self->base = (gint64) self->funcs.get_taken (self->data);
      self->written = 0;
      self->has_base = TRUE;
    }
  self->written += (gint64) frame_size;
  if (frame_size <= WT_SEND_PROGRESS_LEAST_BYTES)
    {
      wt_send_progress_end (self, message->id);
      return;
    }

  load = ensure (self, message);
  load->start = self->written - (gint64) frame_size;
  load->size = (gint64) frame_size;
  tell (self, load, 0);
  if (self->timer == 0)
    self->timer = wt_clock_add_timeout (self->clock, TICK_MS, on_tick, self, NULL);
}

/* All up to its end has been taken then, in however few bytes it was compressed to: what follows is counted from there. */
static void
note_acked (WtSendProgress *self, gint64 message_id)
{
  guint index = 0;
  Load *load = find (self, message_id, &index);

  if (load != NULL && load->start >= 0 && self->has_base)
    self->base = MAX (self->base,
                      (gint64) self->funcs.get_taken (self->data) - (load->start + load->size));
  wt_send_progress_end (self, message_id);
}

/**
 * wt_send_progress_follow:
 * @self: the progress
 * @message: a message whose delivery changed
 * @frame_size: where it was written, its frame's bytes as they go out, compressed or not
 *
 * Takes the step that its delivery tells.
 */
void
wt_send_progress_follow (WtSendProgress *self, const WtMessageRecord *message, gsize frame_size)
{
  switch (message->delivery)
    {
    case WT_DELIVERY_SENT:
      note_written (self, message, frame_size);
      break;
    case WT_DELIVERY_ACKED:
      note_acked (self, message->id);
      break;
    case WT_DELIVERY_RECEIVED:
    case WT_DELIVERY_QUEUED:
    case WT_DELIVERY_FAILED:
    default:
      wt_send_progress_end (self, message->id);
    }
}
