/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-pill.h"

struct _WtPill
{
  GtkTextTag parent_instance;

  /* owned */
  WtSegment *segment;
};

G_DEFINE_FINAL_TYPE (WtPill, wt_pill, GTK_TYPE_TEXT_TAG)

static void
wt_pill_finalize (GObject *object)
{
  g_clear_pointer (&WT_PILL (object)->segment, wt_segment_unref);

  G_OBJECT_CLASS (wt_pill_parent_class)->finalize (object);
}

static void
wt_pill_class_init (WtPillClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_pill_finalize;
}

static void
wt_pill_init (WtPill *self)
{
}

/**
 * wt_pill_new:
 * @segment: what the text stands for
 *
 * Returns: (transfer full): a tag for one piece of text, in no table yet
 */
WtPill *
wt_pill_new (WtSegment *segment)
{
  g_return_val_if_fail (segment != NULL, NULL);

  WtPill *self = g_object_new (WT_TYPE_PILL, NULL);

  self->segment = wt_segment_ref (segment);
  return self;
}

/**
 * wt_pill_get_segment:
 * @self: a pill
 *
 * Returns: (transfer none): what the text stands for
 */
WtSegment *
wt_pill_get_segment (WtPill *self)
{
  g_return_val_if_fail (WT_IS_PILL (self), NULL);

  return self->segment;
}

/**
 * wt_pill_set_colours:
 * @self: a pill
 * @text: of the text
 * @background: behind it
 *
 * A mention stands out; a face is a picture already.
 */
void
wt_pill_set_colours (WtPill *self, const GdkRGBA *text, const GdkRGBA *background)
{
  g_return_if_fail (WT_IS_PILL (self));

  if (wt_segment_get_kind (self->segment) == WT_SEGMENT_AT)
    g_object_set (self, "foreground-rgba", text, "background-rgba", background, "weight",
                  PANGO_WEIGHT_SEMIBOLD, NULL);
}

/**
 * wt_pill_find:
 * @iter: a place in a text
 *
 * Returns: (transfer none) (nullable): the pill that the character there belongs to
 */
WtPill *
wt_pill_find (const GtkTextIter *iter)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *l = tags; l != NULL; l = l->next)
    if (WT_IS_PILL (l->data))
      return l->data;

  return NULL;
}

/**
 * wt_pill_find_range:
 * @iter: a place in a text
 * @start: (out): where the pill begins
 * @end: (out): where it ends
 *
 * Returns: (transfer none) (nullable): the pill that the character there belongs to
 */
WtPill *
wt_pill_find_range (const GtkTextIter *iter, GtkTextIter *start, GtkTextIter *end)
{
  WtPill *pill = wt_pill_find (iter);

  if (pill == NULL)
    return NULL;

  *start = *end = *iter;
  if (!gtk_text_iter_starts_tag (start, GTK_TEXT_TAG (pill)))
    gtk_text_iter_backward_to_tag_toggle (start, GTK_TEXT_TAG (pill));
  gtk_text_iter_forward_to_tag_toggle (end, GTK_TEXT_TAG (pill));
  return pill;
}
