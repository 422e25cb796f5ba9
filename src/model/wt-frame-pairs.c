/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-pairs.h"

struct _WtFramePairs
{
  GHashTable *unanswered; /* account, direction and id → WtFrame, borrowed from the log */
};

static char *
make_key (gint64 account_id, gboolean outgoing, const char *msg_id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %d %s", account_id, outgoing, msg_id);
}

/* A frame that waits for its ACK waits in vain when the same message is sent again: the ACK is the repeat's. */
static void
expect (WtFramePairs *self, WtFrame *frame)
{
  g_autofree char *key = make_key (wt_frame_get_account_id (frame), wt_frame_get_outgoing (frame),
                                   wt_frame_get_msg_id (frame));
  WtFrame *before = g_hash_table_lookup (self->unanswered, key);

  if (before != NULL)
    wt_frame_set_lost (before);
  g_hash_table_replace (self->unanswered, g_steal_pointer (&key), frame);
}

static void
answer (WtFramePairs *self, WtFrame *ack)
{
  g_autofree char *key = NULL;
  WtFrame *frame;

  if (wt_frame_get_acked_msg_id (ack) == NULL)
    return;

  key = make_key (wt_frame_get_account_id (ack), !wt_frame_get_outgoing (ack),
                  wt_frame_get_acked_msg_id (ack));
  frame = g_hash_table_lookup (self->unanswered, key);
  if (frame == NULL)
    return;
  wt_frame_set_pair (frame, ack);
  g_hash_table_remove (self->unanswered, key);
}

static void
give_up (WtFramePairs *self, gint64 account_id)
{
  GHashTableIter iter;
  gpointer frame;

  g_hash_table_iter_init (&iter, self->unanswered);
  while (g_hash_table_iter_next (&iter, NULL, &frame))
    {
      if (account_id != 0 && wt_frame_get_account_id (frame) != account_id)
        continue;
      wt_frame_set_lost (frame);
      g_hash_table_iter_remove (&iter);
    }
}

/**
 * wt_frame_pairs_new:
 *
 * Returns: (transfer full): pairs of a log that is empty
 */
WtFramePairs *
wt_frame_pairs_new (void)
{
  WtFramePairs *self = g_new0 (WtFramePairs, 1);

  self->unanswered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * wt_frame_pairs_free:
 * @self: (transfer full): pairs
 */
void
wt_frame_pairs_free (WtFramePairs *self)
{
  g_hash_table_unref (self->unanswered);
  g_free (self);
}

/**
 * wt_frame_pairs_take:
 * @self: pairs
 * @frame: the log's newest frame; kept alive by the log until wt_frame_pairs_forget()
 *
 * Makes an ACK and what it acknowledges know each other. Where a connection ends, or the recording is interrupted, what
 * waits for its ACK waits in vain.
 */
void
wt_frame_pairs_take (WtFramePairs *self, WtFrame *frame)
{
  if (wt_frame_get_ack (frame) == WT_FRAME_ACK_PENDING)
    expect (self, frame);
  else if (wt_frame_get_kind (frame) == WT_FRAME_ACK)
    answer (self, frame);
  else if (wt_frame_get_kind (frame) == WT_FRAME_PAUSE)
    give_up (self, 0);
  else if (wt_frame_get_kind (frame) == WT_FRAME_STATE
           && wt_frame_get_state (frame) != WT_CONNECTION_ONLINE
           && wt_frame_get_state (frame) != WT_CONNECTION_CONFIRMING)
    give_up (self, wt_frame_get_account_id (frame));
}

/**
 * wt_frame_pairs_forget:
 * @self: pairs
 * @frame: a frame that the log gives up
 */
void
wt_frame_pairs_forget (WtFramePairs *self, WtFrame *frame)
{
  if (wt_frame_get_ack (frame) != WT_FRAME_ACK_PENDING)
    return;

  g_autofree char *key = make_key (wt_frame_get_account_id (frame), wt_frame_get_outgoing (frame),
                                   wt_frame_get_msg_id (frame));

  if (g_hash_table_lookup (self->unanswered, key) == frame)
    g_hash_table_remove (self->unanswered, key);
}

/**
 * wt_frame_pairs_clear:
 * @self: pairs
 *
 * For a log that gives up all its frames.
 */
void
wt_frame_pairs_clear (WtFramePairs *self)
{
  g_hash_table_remove_all (self->unanswered);
}
