/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-selection.h"

struct _WtMessageSelection
{
  GObject parent_instance;

  /* owned */
  GHashTable *seqs; /* of gint64 */

  gint64 anchor; /* where a range begins, or 0 */
  gint64 end;    /* how far it was extended */
};

G_DEFINE_FINAL_TYPE (WtMessageSelection, wt_message_selection, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
add (WtMessageSelection *self, gint64 seq)
{
  if (g_hash_table_contains (self->seqs, &seq))
    return TRUE;
  if (g_hash_table_size (self->seqs) >= WT_MESSAGE_SELECTION_MOST)
    return FALSE;

  g_hash_table_add (self->seqs, g_memdup2 (&seq, sizeof seq));
  return TRUE;
}

static void
changed (WtMessageSelection *self)
{
  if (g_hash_table_size (self->seqs) == 0)
    self->anchor = self->end = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
wt_message_selection_finalize (GObject *object)
{
  g_clear_pointer (&WT_MESSAGE_SELECTION (object)->seqs, g_hash_table_unref);

  G_OBJECT_CLASS (wt_message_selection_parent_class)->finalize (object);
}

static void
wt_message_selection_class_init (WtMessageSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_message_selection_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_MESSAGE_SELECTION, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_message_selection_init (WtMessageSelection *self)
{
  self->seqs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * wt_message_selection_new:
 *
 * Returns: (transfer full): an empty selection
 */
WtMessageSelection *
wt_message_selection_new (void)
{
  return g_object_new (WT_TYPE_MESSAGE_SELECTION, NULL);
}

/**
 * wt_message_selection_get_size:
 * @self: a selection
 *
 * Returns: how many messages are selected
 */
guint
wt_message_selection_get_size (WtMessageSelection *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_SELECTION (self), 0);

  return g_hash_table_size (self->seqs);
}

/**
 * wt_message_selection_contains:
 * @self: a selection
 * @seq: a message's position, 1…
 *
 * Returns: whether it is selected
 */
gboolean
wt_message_selection_contains (WtMessageSelection *self, gint64 seq)
{
  g_return_val_if_fail (WT_IS_MESSAGE_SELECTION (self), FALSE);

  return g_hash_table_contains (self->seqs, &seq);
}

/**
 * wt_message_selection_toggle:
 * @self: a selection
 * @seq: a message's position, 1…
 *
 * Selects it, or does not any more. A range that is extended next begins here.
 *
 * Returns: %FALSE where it is one too many
 */
gboolean
wt_message_selection_toggle (WtMessageSelection *self, gint64 seq)
{
  g_return_val_if_fail (WT_IS_MESSAGE_SELECTION (self), FALSE);
  g_return_val_if_fail (seq > 0, FALSE);

  if (!g_hash_table_remove (self->seqs, &seq) && !add (self, seq))
    return FALSE;

  self->anchor = self->end = seq;
  changed (self);
  return TRUE;
}

/**
 * wt_message_selection_extend:
 * @self: a selection
 * @seq: a message's position, 1…
 *
 * Selects everything from where the range began up to @seq, and no more what it was extended over before. Without a beginning, that
 * is @seq.
 *
 * Returns: %FALSE where they are too many: only the first are selected then
 */
gboolean
wt_message_selection_extend (WtMessageSelection *self, gint64 seq)
{
  g_return_val_if_fail (WT_IS_MESSAGE_SELECTION (self), FALSE);
  g_return_val_if_fail (seq > 0, FALSE);

  gint64 from = self->anchor > 0 ? self->anchor : seq;
  gint64 step = seq < from ? -1 : 1;
  gint64 old_step = self->end < from ? -1 : 1;
  gboolean fits = TRUE;

  if (self->anchor > 0)
    {
      if (seq == self->end)
        return TRUE;
      for (gint64 old = self->end; old != from; old -= old_step)
        g_hash_table_remove (self->seqs, &old);
    }

  self->anchor = self->end = from;
  for (gint64 next = from; fits; next += step)
    {
      fits = add (self, next);
      if (fits)
        self->end = next;
      if (next == seq)
        break;
    }
  changed (self);
  return fits;
}

/**
 * wt_message_selection_set_range:
 * @self: a selection
 * @first: a message's position, 1…
 * @last: one that is not before it, nor further away than %WT_MESSAGE_SELECTION_MOST
 *
 * Selects these and nothing else.
 */
void
wt_message_selection_set_range (WtMessageSelection *self, gint64 first, gint64 last)
{
  g_return_if_fail (WT_IS_MESSAGE_SELECTION (self));
  g_return_if_fail (first > 0 && first <= last && last - first < WT_MESSAGE_SELECTION_MOST);

  g_hash_table_remove_all (self->seqs);
  for (gint64 seq = first; seq <= last; seq++)
    add (self, seq);
  self->anchor = first;
  self->end = last;
  changed (self);
}

/**
 * wt_message_selection_clear:
 * @self: a selection
 *
 * Selects nothing.
 */
void
wt_message_selection_clear (WtMessageSelection *self)
{
  g_return_if_fail (WT_IS_MESSAGE_SELECTION (self));

  if (g_hash_table_size (self->seqs) == 0)
    return;

  g_hash_table_remove_all (self->seqs);
  changed (self);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/**
 * wt_message_selection_list:
 * @self: a selection
 *
 * Returns: (transfer full) (element-type gint64): the selected positions in order
 */
GArray *
wt_message_selection_list (WtMessageSelection *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_SELECTION (self), NULL);

  GArray *list = g_array_sized_new (FALSE, FALSE, sizeof (gint64), g_hash_table_size (self->seqs));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->seqs);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_val (list, *(gint64 *) key);
  g_array_sort (list, compare);
  return list;
}
