/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-veil.h"

struct _WtVeil
{
  GObject parent_instance;

  /* owned */
  GHashTable *seqs; /* of gint64 */
};

G_DEFINE_FINAL_TYPE (WtVeil, wt_veil, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
wt_veil_finalize (GObject *object)
{
  g_clear_pointer (&WT_VEIL (object)->seqs, g_hash_table_unref);

  G_OBJECT_CLASS (wt_veil_parent_class)->finalize (object);
}

static void
wt_veil_class_init (WtVeilClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_veil_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_VEIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
wt_veil_init (WtVeil *self)
{
  self->seqs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * wt_veil_new:
 *
 * Returns: (transfer full): a veil over nothing
 */
WtVeil *
wt_veil_new (void)
{
  return g_object_new (WT_TYPE_VEIL, NULL);
}

/**
 * wt_veil_set:
 * @self: a veil
 * @seqs: (array length=n_seqs): positions of messages
 * @n_seqs: how many
 * @veiled: whether they are hidden from now on
 */
void
wt_veil_set (WtVeil *self, const gint64 *seqs, gsize n_seqs, gboolean veiled)
{
  g_return_if_fail (WT_IS_VEIL (self));
  g_return_if_fail (seqs != NULL || n_seqs == 0);

  gboolean changed = FALSE;

  for (gsize i = 0; i < n_seqs; i++)
    {
      if (wt_veil_hides (self, seqs[i]) == veiled)
        continue;
      changed = TRUE;
      if (veiled)
        g_hash_table_add (self->seqs, g_memdup2 (&seqs[i], sizeof seqs[i]));
      else
        g_hash_table_remove (self->seqs, &seqs[i]);
    }
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * wt_veil_hides:
 * @self: a veil
 * @seq: a message's position
 *
 * Returns: whether it is hidden
 */
gboolean
wt_veil_hides (WtVeil *self, gint64 seq)
{
  g_return_val_if_fail (WT_IS_VEIL (self), FALSE);

  return g_hash_table_contains (self->seqs, &seq);
}
