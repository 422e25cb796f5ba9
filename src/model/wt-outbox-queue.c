/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-outbox-queue.h"

static void
entry_free (gpointer data)
{
  WtOutboxEntry *entry = data;

  wt_outgoing_free (entry->outgoing);
  g_clear_pointer (&entry->frame, g_bytes_unref);
  g_free (entry);
}

/**
 * wt_outbox_queue_init:
 * @self: a queue
 *
 * Makes it an empty one.
 */
void
wt_outbox_queue_init (WtOutboxQueue *self)
{
  g_queue_init (&self->entries);
  self->by_msg_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->n_sent = 0;
}

/**
 * wt_outbox_queue_clear:
 * @self: a queue
 *
 * Frees what it holds, more than once does no harm.
 */
void
wt_outbox_queue_clear (WtOutboxQueue *self)
{
  g_clear_pointer (&self->by_msg_id, g_hash_table_unref);
  g_queue_clear_full (&self->entries, entry_free);
  self->n_sent = 0;
}

/**
 * wt_outbox_queue_add:
 * @self: a queue
 * @outgoing: (transfer full): a message
 *
 * Puts it where its id belongs.
 *
 * Returns: (transfer none) (nullable): its entry; %NULL where its `msg_id` is in the queue already
 */
WtOutboxEntry *
wt_outbox_queue_add (WtOutboxQueue *self, WtOutgoing *outgoing)
{
  const WtMessageRecord *message = outgoing->message;

  if (g_hash_table_contains (self->by_msg_id, message->msg_id))
    {
      wt_outgoing_free (outgoing);
      return NULL;
    }

  WtOutboxEntry *entry = g_new0 (WtOutboxEntry, 1);
  GList *after = self->entries.tail;

  entry->outgoing = outgoing;
  while (after != NULL && ((WtOutboxEntry *) after->data)->outgoing->message->id > message->id)
    after = after->prev;
  g_queue_insert_after (&self->entries, after, entry);
  g_hash_table_insert (self->by_msg_id, message->msg_id,
                       after != NULL ? after->next : self->entries.head);
  return entry;
}

/**
 * wt_outbox_queue_remove:
 * @self: a queue
 * @link: a link of its entries
 *
 * Frees the entry.
 */
void
wt_outbox_queue_remove (WtOutboxQueue *self, GList *link)
{
  WtOutboxEntry *entry = link->data;

  wt_outbox_queue_set_state (self, entry, WT_OUTBOX_QUEUED);
  g_hash_table_remove (self->by_msg_id, entry->outgoing->message->msg_id);
  g_queue_delete_link (&self->entries, link);
  entry_free (entry);
}

/**
 * wt_outbox_queue_remove_all:
 * @self: a queue
 */
void
wt_outbox_queue_remove_all (WtOutboxQueue *self)
{
  g_hash_table_remove_all (self->by_msg_id);
  g_queue_clear_full (&self->entries, entry_free);
  self->n_sent = 0;
}

/**
 * wt_outbox_queue_find:
 * @self: a queue
 * @id: a message's row id
 *
 * Returns: (nullable): its link
 */
GList *
wt_outbox_queue_find (WtOutboxQueue *self, gint64 id)
{
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    {
      WtOutboxEntry *entry = l->data;

      if (entry->outgoing->message->id == id)
        return l;
    }
  return NULL;
}

/**
 * wt_outbox_queue_lookup:
 * @self: a queue
 * @msg_id: an id on the wire
 *
 * Returns: (nullable): the link of the message that has it
 */
GList *
wt_outbox_queue_lookup (WtOutboxQueue *self, const char *msg_id)
{
  return g_hash_table_lookup (self->by_msg_id, msg_id);
}

/**
 * wt_outbox_queue_set_state:
 * @self: a queue
 * @entry: one of its entries
 * @state: how it is from now on
 */
void
wt_outbox_queue_set_state (WtOutboxQueue *self, WtOutboxEntry *entry, WtOutboxState state)
{
  if (entry->state == WT_OUTBOX_SENT)
    self->n_sent--;
  entry->state = state;
  if (state == WT_OUTBOX_SENT)
    self->n_sent++;
}

/**
 * wt_outbox_queue_count_sent_bytes:
 * @self: a queue
 *
 * Returns: the bytes of all frames that are sent and not acknowledged
 */
gsize
wt_outbox_queue_count_sent_bytes (WtOutboxQueue *self)
{
  gsize bytes = 0;
  guint left = self->n_sent;

  for (GList *l = self->entries.head; l != NULL && left > 0; l = l->next)
    {
      WtOutboxEntry *entry = l->data;

      if (entry->state != WT_OUTBOX_SENT)
        continue;
      bytes += entry->size;
      left--;
    }
  return bytes;
}

/**
 * wt_outbox_queue_get_deadline:
 * @self: a queue
 *
 * Returns: when the next ACK is missed, monotonic microseconds; %G_MAXINT64 where none is waited for
 */
gint64
wt_outbox_queue_get_deadline (WtOutboxQueue *self)
{
  gint64 earliest = G_MAXINT64;
  guint left = self->n_sent;

  for (GList *l = self->entries.head; l != NULL && left > 0; l = l->next)
    {
      WtOutboxEntry *entry = l->data;

      if (entry->state != WT_OUTBOX_SENT)
        continue;
      earliest = MIN (earliest, entry->deadline);
      left--;
    }
  return earliest;
}
