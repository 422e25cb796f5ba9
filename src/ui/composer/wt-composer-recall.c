/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-private.h"

/* So many texts are kept, of the open conversation only. */
#define MOST_SENT 50

static void
add (WtComposer *self, guint position, const char *text)
{
  const char *before = position > 0 ? self->sent->pdata[position - 1] : NULL;
  const char *after = position < self->sent->len ? self->sent->pdata[position] : NULL;

  /* What was said twice is found once. */
  if (g_strcmp0 (before, text) != 0 && g_strcmp0 (after, text) != 0)
    g_ptr_array_insert (self->sent, (int) position, g_strdup (text));
  if (self->sent->len > MOST_SENT)
    g_ptr_array_set_size (self->sent, MOST_SENT);
}

/* It was sent just now. */
void
wt_composer_remember (WtComposer *self, const char *text)
{
  add (self, 0, text);
}

/* Whether the Up key (-1) or the Down key (1) goes through what was sent: not where one writes something. */
gboolean
wt_composer_can_recall (WtComposer *self, int direction)
{
  if (!gtk_text_view_get_editable (self->view))
    return FALSE;

  return self->recalled >= 0
         || (direction < 0 && self->sent->len > 0 && wt_composer_is_empty (self));
}

/* To the one before, or to the one after; after the newest nothing is written. */
void
wt_composer_recall (WtComposer *self, int direction)
{
  int next = MIN (self->recalled - direction, (int) self->sent->len - 1);

  if (next == self->recalled)
    return;

  self->recalling = TRUE;
  wt_composer_set_text (self, next >= 0 ? self->sent->pdata[next] : NULL);
  self->recalling = FALSE;
  self->recalled = next;
}

/* What is changed is being written. */
static void
on_touched (WtComposer *self)
{
  if (!self->recalling)
    self->recalled = -1;
}

void
wt_composer_init_recall (WtComposer *self)
{
  self->sent = g_ptr_array_new_with_free_func (g_free);
  self->recalled = -1;
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_touched), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (on_touched), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wt_composer_set_sent:
 * @self: a composer
 * @texts: (nullable): what was sent in the conversation, the newest first; %NULL: another one is opened
 *
 * What the Up key brings back into an empty composer, and further back with each press; Down goes forward. What was sent since the
 * conversation was opened comes before it.
 */
void
wt_composer_set_sent (WtComposer *self, const char *const *texts)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  if (texts == NULL)
    g_ptr_array_set_size (self->sent, 0);
  for (guint i = 0; texts != NULL && texts[i] != NULL && self->sent->len < MOST_SENT; i++)
    add (self, self->sent->len, texts[i]);
  self->recalled = -1;
}
