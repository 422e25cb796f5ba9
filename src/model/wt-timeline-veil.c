/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-timeline-private.h"

/* What is about to be deleted and can still come back: shown as deleted, and kept. */

/*
 * wt_timeline_show:
 * @self: a timeline
 * @message: one of its messages
 * @record: the message as it is stored
 *
 * Loads the message. What is about to be deleted looks as if it were.
 */
void
wt_timeline_show (WtTimeline *self, WtMessage *message, const WtMessageRecord *record)
{
  g_autoptr (WtMessageRecord) tombstone = NULL;

  if (record->deleted
      || !wt_veil_hides (wt_conversation_get_veil (self->conversation), record->seq))
    {
      g_hash_table_remove (self->kept, &record->seq);
      wt_message_load (message, record);
      return;
    }

  WtMessageRecord *kept = wt_message_record_copy (record);

  g_hash_table_replace (self->kept, &kept->seq, kept);
  tombstone = wt_message_record_copy (kept);
  tombstone->deleted = TRUE;
  g_clear_pointer (&tombstone->segments, g_free);
  g_clear_pointer (&tombstone->text, g_free);
  wt_message_load (message, tombstone);
}

static void
unveil (WtTimeline *self)
{
  WtVeil *veil = wt_conversation_get_veil (self->conversation);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_message_record_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (wt_veil_hides (veil, *(gint64 *) key))
        continue;
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (records, value);
    }
  for (guint i = 0; i < records->len; i++)
    wt_timeline_change (self, g_ptr_array_index (records, i));
}

/*
 * wt_timeline_veil_changed:
 * @self: a timeline
 *
 * Shows as deleted what is about to be, and as it was what is not any more.
 */
void
wt_timeline_veil_changed (WtTimeline *self)
{
  WtVeil *veil = wt_conversation_get_veil (self->conversation);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  unveil (self);
  /* Who is told may let go of messages. */
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const WtTimelineLive *live = value;

      if (wt_veil_hides (veil, live->seq) && wt_message_get_loaded (live->message))
        g_ptr_array_add (messages, g_object_ref (live->message));
    }
  for (guint i = 0; i < messages->len; i++)
    {
      WtMessage *message = g_ptr_array_index (messages, i);
      g_autoptr (WtMessageRecord) record = wt_message_record_copy (wt_message_get_record (message));

      if (!record->deleted)
        wt_timeline_show (self, message, record);
    }
}

/**
 * wt_timeline_lookup_record:
 * @self: a timeline
 * @seq: a message's position
 *
 * Returns: (transfer none) (nullable): the message as it is stored, where it is in memory, though it may be shown as deleted
 */
const WtMessageRecord *
wt_timeline_lookup_record (WtTimeline *self, gint64 seq)
{
  g_return_val_if_fail (WT_IS_TIMELINE (self), NULL);

  const WtMessageRecord *kept = g_hash_table_lookup (self->kept, &seq);
  WtMessage *message = kept == NULL ? wt_timeline_lookup_message (self, seq) : NULL;

  return message != NULL ? wt_message_get_record (message) : kept;
}
