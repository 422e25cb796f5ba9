/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-outbox.h"

#include "wt-outbox-queue.h"

/* A frame's way to the peer is given this much time per byte before its ACK is missed: 128 KiB/s. */
#define SLOWEST_BYTES_PER_MS 131

/**
 * WtOutbox:
 *
 * The delivery state machine of one account's outgoing messages, on the thread of its connection: writes them in the order they were
 * stored, waits for each ACK, repeats with the same `msg_id` after a lost connection or a missed ACK, and gives up on a message only
 * when its ACK was missed several times on a connection that stayed open. What waits holds back later messages of
 * its conversation, not of others. Times are monotonic: a jump of the machine's clock changes nothing.
 */
struct _WtOutbox
{
  GObject parent_instance;

  /* owned */
  WtClock *clock;
  WtBlobs *blobs;
  WtOutboxQueue queue;
  GCancellable *cancellable;

  /* borrowed */
  WtOutboxFuncs funcs;
  gpointer data;

  gboolean online;
  gboolean encoding;
  gboolean pumping;
  guint timer;
  guint ack_timeout_ms;
  guint most_timeouts;
  guint window;
  guint unknown_acks;
};

G_DEFINE_FINAL_TYPE (WtOutbox, wt_outbox, G_TYPE_OBJECT)

static void pump (WtOutbox *self);

static void
report (WtOutbox *self, WtOutboxEntry *entry, WtDelivery delivery)
{
  entry->outgoing->message->delivery = delivery;
  self->funcs.changed (entry->outgoing->message, self->data);
}

static void
fail (WtOutbox *self, GList *link, const char *failure)
{
  WtOutboxEntry *entry = link->data;

  g_free (entry->outgoing->message->failure);
  entry->outgoing->message->failure = g_strdup (failure);
  report (self, entry, WT_DELIVERY_FAILED);
  wt_outbox_queue_remove (&self->queue, link);
}

static const char *
failure_of (const GError *error)
{
  if (g_error_matches (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_TOO_LARGE)
      || g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE))
    return WT_FAILURE_TOO_LARGE;
  return WT_FAILURE_UNREADABLE;
}

typedef struct
{
  gint64 id;
  WtOutgoing *outgoing;
  WtBlobs *blobs;
} Encoding;

static void
encoding_free (gpointer data)
{
  Encoding *encoding = data;

  wt_outgoing_free (encoding->outgoing);
  g_object_unref (encoding->blobs);
  g_free (encoding);
}

static void
encode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Encoding *encoding = data;
  GError *error = NULL;
  GBytes *frame = wt_outgoing_make_frame (encoding->outgoing, encoding->blobs, &error);

  if (frame != NULL)
    g_task_return_pointer (task, frame, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
on_encoded (GObject *source, GAsyncResult *result, gpointer data)
{
  WtOutbox *self = WT_OUTBOX (source);
  Encoding *encoding = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) frame = g_task_propagate_pointer (G_TASK (result), &error);
  GList *link = wt_outbox_queue_find (&self->queue, encoding->id);

  self->encoding = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (link != NULL)
    {
      WtOutboxEntry *entry = link->data;

      wt_outbox_queue_set_state (&self->queue, entry, WT_OUTBOX_QUEUED);
      if (frame != NULL)
        entry->frame = g_steal_pointer (&frame);
      else
        fail (self, link, failure_of (error));
    }
  pump (self);
}

static void
start_encoding (WtOutbox *self, WtOutboxEntry *entry)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_encoded, NULL);
  Encoding *encoding = g_new0 (Encoding, 1);

  encoding->id = entry->outgoing->message->id;
  encoding->outgoing = wt_outgoing_copy (entry->outgoing);
  encoding->blobs = g_object_ref (self->blobs);
  g_task_set_source_tag (task, start_encoding);
  g_task_set_task_data (task, encoding, encoding_free);
  wt_outbox_queue_set_state (&self->queue, entry, WT_OUTBOX_ENCODING);
  self->encoding = TRUE;
  if (self->funcs.encoding != NULL)
    self->funcs.encoding (entry->outgoing, self->data);
  g_task_run_in_thread (task, encode_in_thread);
}

/* Returns FALSE where the connection does not take anything any more. */
static gboolean
write_entry (WtOutbox *self, GList *link)
{
  WtOutboxEntry *entry = link->data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) frame = g_steal_pointer (&entry->frame);

  if (frame == NULL)
    frame = wt_outgoing_make_frame (entry->outgoing, self->blobs, &error);
  if (frame == NULL)
    {
      fail (self, link, failure_of (error));
      return TRUE;
    }
  if (!self->funcs.write (frame, self->data, NULL))
    return FALSE;

  entry->size = g_bytes_get_size (frame);
  entry->written = wt_clock_get_monotonic (self->clock);
  wt_outbox_queue_set_state (&self->queue, entry, WT_OUTBOX_SENT);
  entry->deadline = entry->written
                    + ((gint64) self->ack_timeout_ms
                       + (gint64) (wt_outbox_queue_count_sent_bytes (&self->queue)
                                   / SLOWEST_BYTES_PER_MS))
                          * 1000;
  entry->outgoing->message->attempts++;
  report (self, entry, WT_DELIVERY_SENT);
  return TRUE;
}

/* Repeats what was not acknowledged in time, or gives it up. */
static void
check_deadlines (WtOutbox *self)
{
  gint64 now = wt_clock_get_monotonic (self->clock);
  guint left = self->queue.n_sent;
  GList *next;

  for (GList *l = self->queue.entries.head; l != NULL && left > 0; l = next)
    {
      WtOutboxEntry *entry = l->data;

      next = l->next;
      if (entry->state != WT_OUTBOX_SENT)
        continue;
      left--;
      if (entry->deadline > now)
        continue;
      if (++entry->timeouts >= self->most_timeouts)
        fail (self, l, WT_FAILURE_NO_ACK);
      else
        {
          wt_outbox_queue_set_state (&self->queue, entry, WT_OUTBOX_QUEUED);
          report (self, entry, WT_DELIVERY_QUEUED);
        }
    }
}

static gboolean
on_timer (gpointer data)
{
  WtOutbox *self = data;

  self->timer = 0;
  check_deadlines (self);
  pump (self);
  return G_SOURCE_REMOVE;
}

static void
set_timer (WtOutbox *self)
{
  gint64 earliest = wt_outbox_queue_get_deadline (&self->queue);

  if (self->timer != 0)
    wt_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
  if (earliest == G_MAXINT64)
    return;

  gint64 wait = MAX (earliest - wt_clock_get_monotonic (self->clock), 0);

  self->timer = wt_clock_add_timeout (self->clock, (guint64) (wait / 1000 + 1), on_timer, self,
                                      NULL);
}

/* Writes what may be written now. */
static void
pump (WtOutbox *self)
{
  g_autoptr (GHashTable) blocked = g_hash_table_new (g_int64_hash, g_int64_equal);
  GList *next;

  if (self->pumping)
    return;
  self->pumping = TRUE;
  for (GList *l = self->queue.entries.head;
       l != NULL && self->online && self->queue.n_sent < self->window; l = next)
    {
      WtOutboxEntry *entry = l->data;
      gint64 *conversation = &entry->outgoing->message->conversation_id;

      next = l->next;
      if (entry->state == WT_OUTBOX_SENT)
        continue;
      if (entry->state == WT_OUTBOX_ENCODING || g_hash_table_contains (blocked, conversation))
        g_hash_table_add (blocked, conversation);
      else if (entry->frame == NULL && wt_outgoing_has_blobs (entry->outgoing))
        {
          if (!self->encoding)
            start_encoding (self, entry);
          g_hash_table_add (blocked, conversation);
        }
      else if (!write_entry (self, l))
        break;
    }
  self->pumping = FALSE;
  set_timer (self);
}

static void
wt_outbox_dispose (GObject *object)
{
  WtOutbox *self = WT_OUTBOX (object);

  wt_outbox_close (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_clear_object (&self->blobs);
  wt_outbox_queue_clear (&self->queue);

  G_OBJECT_CLASS (wt_outbox_parent_class)->dispose (object);
}

static void
wt_outbox_class_init (WtOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_outbox_dispose;
}

static void
wt_outbox_init (WtOutbox *self)
{
  wt_outbox_queue_init (&self->queue);
  self->cancellable = g_cancellable_new ();
  wt_outbox_set_limits (self, 15000, 5, 32);
}

/**
 * wt_outbox_new:
 * @clock: for timeouts and round trips
 * @blobs: where pictures and files are
 * @funcs: what the outbox calls; copied
 * @data: for @funcs; not owned: call wt_outbox_close() before it goes
 *
 * Returns: (transfer full): an empty outbox, offline
 */
WtOutbox *
wt_outbox_new (WtClock *clock, WtBlobs *blobs, const WtOutboxFuncs *funcs, gpointer data)
{
  WtOutbox *self = g_object_new (WT_TYPE_OUTBOX, NULL);

  self->clock = g_object_ref (clock);
  self->blobs = g_object_ref (blobs);
  self->funcs = *funcs;
  self->data = data;
  return self;
}

/**
 * wt_outbox_set_limits:
 * @self: an outbox
 * @ack_timeout_ms: how long to wait for an ACK once a frame could have arrived; 15 000 by default
 * @most_timeouts: after so many missed ACKs a message fails; 5 by default
 * @window: the most messages without an ACK at a time; 32 by default
 */
void
wt_outbox_set_limits (WtOutbox *self, guint ack_timeout_ms, guint most_timeouts, guint window)
{
  g_return_if_fail (WT_IS_OUTBOX (self));

  self->ack_timeout_ms = ack_timeout_ms;
  self->most_timeouts = MAX (most_timeouts, 1);
  self->window = MAX (window, 1);
}

/**
 * wt_outbox_add:
 * @self: an outbox
 * @outgoing: (transfer full): a message that is stored and not acknowledged
 *
 * Takes its place by the message's id. One that is already in the outbox is ignored.
 */
void
wt_outbox_add (WtOutbox *self, WtOutgoing *outgoing)
{
  g_return_if_fail (WT_IS_OUTBOX (self));
  g_return_if_fail (outgoing != NULL);

  WtOutboxEntry *entry = wt_outbox_queue_add (&self->queue, outgoing);

  if (entry == NULL)
    return;
  if (outgoing->message->delivery != WT_DELIVERY_QUEUED)
    report (self, entry, WT_DELIVERY_QUEUED);
  pump (self);
}

/**
 * wt_outbox_remove:
 * @self: an outbox
 * @id: a message's row id
 *
 * Forgets a message, for one that was deleted: it is not written any more. One that was handed to the connection already
 * leaves all the same, whole: half a frame would end the connection and all that is behind it. Its ACK is then one for nothing.
 */
void
wt_outbox_remove (WtOutbox *self, gint64 id)
{
  g_return_if_fail (WT_IS_OUTBOX (self));

  GList *link = wt_outbox_queue_find (&self->queue, id);

  if (link == NULL)
    return;

  wt_outbox_queue_remove (&self->queue, link);
  pump (self);
}

/**
 * wt_outbox_set_online:
 * @self: an outbox
 * @online: whether frames can be written
 *
 * Going offline returns what was sent and not acknowledged to the queue; that does not count as a missed ACK.
 */
void
wt_outbox_set_online (WtOutbox *self, gboolean online)
{
  g_return_if_fail (WT_IS_OUTBOX (self));

  if (self->online == online)
    return;

  self->online = online;
  for (GList *l = self->queue.entries.head; l != NULL && !online; l = l->next)
    {
      WtOutboxEntry *entry = l->data;

      if (entry->state != WT_OUTBOX_SENT)
        continue;
      wt_outbox_queue_set_state (&self->queue, entry, WT_OUTBOX_QUEUED);
      report (self, entry, WT_DELIVERY_QUEUED);
    }
  pump (self);
}

/**
 * wt_outbox_ack:
 * @self: an outbox
 * @msg_id: (nullable): what a `sys_ack` acknowledges
 *
 * An ACK says that the server received the message, nothing more. One for something unknown (a repeat's second ACK) is counted.
 *
 * Returns: whether a message was acknowledged by it
 */
gboolean
wt_outbox_ack (WtOutbox *self, const char *msg_id)
{
  g_return_val_if_fail (WT_IS_OUTBOX (self), FALSE);

  GList *link = msg_id != NULL ? wt_outbox_queue_lookup (&self->queue, msg_id) : NULL;
  WtOutboxEntry *entry = link != NULL ? link->data : NULL;

  if (entry == NULL || entry->written == 0)
    {
      self->unknown_acks++;
      return FALSE;
    }

  WtMessageRecord *message = entry->outgoing->message;

  message->acked_time = wt_clock_get_real (self->clock);
  message->rtt = wt_clock_get_monotonic (self->clock) - entry->written;
  report (self, entry, WT_DELIVERY_ACKED);
  wt_outbox_queue_remove (&self->queue, link);
  pump (self);
  return TRUE;
}

/**
 * wt_outbox_get_n_waiting:
 * @self: an outbox
 *
 * Returns: how many messages are neither acknowledged nor failed
 */
guint
wt_outbox_get_n_waiting (WtOutbox *self)
{
  g_return_val_if_fail (WT_IS_OUTBOX (self), 0);

  return self->queue.entries.length;
}

/**
 * wt_outbox_get_unknown_acks:
 * @self: an outbox
 *
 * Returns: how many ACKs were for nothing that waits
 */
guint
wt_outbox_get_unknown_acks (WtOutbox *self)
{
  g_return_val_if_fail (WT_IS_OUTBOX (self), 0);

  return self->unknown_acks;
}

/**
 * wt_outbox_close:
 * @self: an outbox
 *
 * Forgets everything: what waits is in the database, and is added again at the next start.
 */
void
wt_outbox_close (WtOutbox *self)
{
  g_return_if_fail (WT_IS_OUTBOX (self));

  if (self->clock == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  if (self->timer != 0)
    wt_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
  wt_outbox_queue_remove_all (&self->queue);
}
