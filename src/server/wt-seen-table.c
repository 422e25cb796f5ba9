/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-seen-table.h"

typedef struct
{
  char *digest;
  gint64 expires; /* monotonic µs */
} Seen;

struct _WtSeenTable
{
  GHashTable *digests; /* borrowed from @order */
  GQueue order;        /* Seen, the oldest first */
  WtClock *clock;
  guint most;
};

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  g_free (seen->digest);
  g_free (seen);
}

static void
forget_oldest (WtSeenTable *self)
{
  Seen *oldest = g_queue_pop_head (&self->order);

  g_hash_table_remove (self->digests, oldest->digest);
  seen_free (oldest);
}

/**
 * wt_seen_table_new:
 * @clock: what tells the time
 * @most: how many ids at most; beyond that the oldest are forgotten early
 *
 * Returns: (transfer full): an empty table
 */
WtSeenTable *
wt_seen_table_new (WtClock *clock, guint most)
{
  WtSeenTable *self = g_new0 (WtSeenTable, 1);

  self->digests = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->order);
  self->clock = g_object_ref (clock);
  self->most = most;
  return self;
}

void
wt_seen_table_free (WtSeenTable *self)
{
  g_queue_clear_full (&self->order, seen_free);
  g_clear_pointer (&self->digests, g_hash_table_unref);
  g_clear_object (&self->clock);
  g_free (self);
}

/**
 * wt_seen_table_add:
 * @self: a table
 * @msg_id: an envelope's id
 *
 * Remembers an id for an hour from when it was first seen (wire.md section 2). A digest is kept, so that
 * long ids cost no more than short ones.
 *
 * Returns: whether it is new
 */
gboolean
wt_seen_table_add (WtSeenTable *self, const char *msg_id)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, msg_id, -1);
  gint64 now = wt_clock_get_monotonic (self->clock);
  Seen *seen;

  while (!g_queue_is_empty (&self->order)
         && ((Seen *) g_queue_peek_head (&self->order))->expires <= now)
    forget_oldest (self);
  if (g_hash_table_contains (self->digests, digest))
    return FALSE;
  if (g_queue_get_length (&self->order) >= self->most)
    forget_oldest (self);

  seen = g_new0 (Seen, 1);
  seen->digest = g_steal_pointer (&digest);
  seen->expires = now + (gint64) WT_SEEN_SECONDS * G_USEC_PER_SEC;
  g_queue_push_tail (&self->order, seen);
  g_hash_table_add (self->digests, seen->digest);
  return TRUE;
}

/**
 * wt_seen_table_get_size:
 * @self: a table
 *
 * Returns: how many ids are remembered
 */
guint
wt_seen_table_get_size (WtSeenTable *self)
{
  return g_queue_get_length (&self->order);
}
