/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-filter.h"

static gboolean
is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isspace (*p))
        return FALSE;
    }

  return TRUE;
}

/**
 * wt_search_filter_new:
 *
 * Returns: (transfer full): a filter that asks for nothing
 */
WtSearchFilter *
wt_search_filter_new (void)
{
  return g_new0 (WtSearchFilter, 1);
}

/**
 * wt_search_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): the same
 */
WtSearchFilter *
wt_search_filter_copy (const WtSearchFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  WtSearchFilter *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  copy->author = g_strdup (self->author);
  return copy;
}

/**
 * wt_search_filter_free:
 * @self: (nullable) (transfer full): a filter
 */
void
wt_search_filter_free (WtSearchFilter *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->author);
  g_free (self);
}

/**
 * wt_search_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether nothing is asked for: every message in its account or conversation would do, which is not a search
 */
gboolean
wt_search_filter_is_empty (const WtSearchFilter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return is_blank (self->text) && is_blank (self->author) && self->kinds == 0 && self->from == 0
         && self->to == 0;
}

/**
 * wt_search_filter_equal:
 * @a: a filter
 * @b: another
 *
 * Returns: whether both ask for the same
 */
gboolean
wt_search_filter_equal (const WtSearchFilter *a, const WtSearchFilter *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->account_id == b->account_id && a->conversation_id == b->conversation_id
         && g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->author, b->author) == 0
         && a->kinds == b->kinds && a->from == b->from && a->to == b->to;
}
