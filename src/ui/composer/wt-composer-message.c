/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-private.h"

/* What is written in the open conversation, and sending it. */

/* Without the blanks that nobody typed on purpose. */
static char *
dup_trimmed (WtComposer *self)
{
  g_autofree char *text = wt_composer_dup_text (self);
  const char *start = text;

  while (*start == '\n' || *start == '\r')
    start++;

  return g_strchomp (g_strdup (start));
}

/* The text goes with what is attached: once it is sent, or when another conversation is opened. */
static void
keep_text (WtComposer *self)
{
  g_autofree char *text = dup_trimmed (self);
  g_autoptr (GPtrArray) pieces = wt_composer_is_blank (self) ? NULL
                                                             : wt_composer_make_pieces (self);

  wt_composition_set_text (self->composition, text, pieces);
}

static void
on_composition_changed (WtComposer *self)
{
  wt_reply_strip_set_message (self->strip, wt_composition_get_reply (self->composition));
  wt_composer_update_button (self);
}

/* Everything is read that one waited for. */
static void
on_busy (WtComposer *self)
{
  if (wt_composition_get_busy (self->composition)
      || !wt_composition_get_waiting (self->composition))
    return;

  wt_composition_set_waiting (self->composition, FALSE);
  wt_composer_send (self);
}

/* The members of a conversation are known a moment after it is opened. */
static void
on_members_changed (WtComposer *self)
{
  GListModel *members = wt_mention_popover_get_members (self->mentions);

  if (self->restoring && members != NULL && g_list_model_get_n_items (members) > 0)
    wt_composer_restore_pills (self);
}

/**
 * wt_composer_set_composition:
 * @self: a composer
 * @composition: (nullable): what goes with the text of the conversation that is opened
 *
 * To be called before its text is set. If the one before waits to be sent, it keeps the text that it is sent with.
 */
void
wt_composer_set_composition (WtComposer *self, WtComposition *composition)
{
  g_return_if_fail (WT_IS_COMPOSER (self));
  g_return_if_fail (composition == NULL || WT_IS_COMPOSITION (composition));

  if (self->composition != NULL && self->composition == composition)
    return;
  if (self->composition != NULL)
    {
      if (wt_composition_get_waiting (self->composition))
        keep_text (self);
      g_signal_handlers_disconnect_by_func (self->composition, on_composition_changed, self);
      g_signal_handlers_disconnect_by_func (self->composition, on_busy, self);
    }

  g_clear_object (&self->composition);
  self->composition = composition != NULL ? g_object_ref (composition) : wt_composition_new (NULL);
  g_signal_connect_object (self->composition, "changed", G_CALLBACK (on_composition_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composition, "notify::waiting",
                           G_CALLBACK (on_composition_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composition, "notify::busy", G_CALLBACK (on_busy), self,
                           G_CONNECT_SWAPPED);
  wt_composer_tray_set_composition (self->tray, self->composition);
  on_composition_changed (self);
}

/**
 * wt_composer_get_composition:
 * @self: a composer
 *
 * Returns: (transfer none): what goes with the text
 */
WtComposition *
wt_composer_get_composition (WtComposer *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER (self), NULL);

  return self->composition;
}

/**
 * wt_composer_set_members:
 * @self: a composer
 * @members: (nullable): of #WtMember: who can be mentioned
 * @everybody: whether all can be at once
 */
void
wt_composer_set_members (WtComposer *self, GListModel *members, gboolean everybody)
{
  g_return_if_fail (WT_IS_COMPOSER (self));
  g_return_if_fail (members == NULL || G_IS_LIST_MODEL (members));

  GListModel *before = wt_mention_popover_get_members (self->mentions);

  if (before != NULL)
    g_signal_handlers_disconnect_by_func (before, on_members_changed, self);
  wt_mention_popover_set_members (self->mentions, members, everybody);
  if (members != NULL)
    g_signal_connect_object (members, "items-changed", G_CALLBACK (on_members_changed), self,
                             G_CONNECT_SWAPPED);
  gtk_popover_popdown (GTK_POPOVER (self->mentions));
  on_members_changed (self);
}

/**
 * wt_composer_set_stickers:
 * @self: a composer
 * @stickers: (nullable): one's own
 */
void
wt_composer_set_stickers (WtComposer *self, WtStickerList *stickers)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  g_set_object (&self->stickers, stickers);
  gtk_widget_set_visible (self->sticker, stickers != NULL);
}

/**
 * wt_composer_set_loader:
 * @self: a composer
 * @loader: (nullable): for thumbnails
 */
void
wt_composer_set_loader (WtComposer *self, WtPictureLoader *loader)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  g_set_object (&self->loader, loader);
  wt_composer_tray_set_loader (self->tray, loader);
}

/**
 * wt_composer_send:
 * @self: a composer
 *
 * Emits `send`, unless there is nothing to send. While something attached is being read, it waits for that; where something cannot
 * be sent, it says so instead. Remembers the text for the Up key.
 */
void
wt_composer_send (WtComposer *self)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  g_autofree char *text = NULL;
  g_autofree char *problem = NULL;

  if (wt_composition_get_waiting (self->composition)
      || (wt_composer_is_blank (self) && wt_composition_is_empty (self->composition)))
    return;

  problem = wt_composition_dup_problem (self->composition);
  if (problem != NULL)
    {
      wt_composer_report (self, problem);
      return;
    }
  if (wt_composition_get_busy (self->composition))
    {
      wt_composition_set_waiting (self->composition, TRUE);
      return;
    }

  text = dup_trimmed (self);
  if (*text != '\0')
    wt_composer_remember (self, text);
  wt_composer_tell_send (self);
}

/**
 * wt_composer_take:
 * @self: a composer
 *
 * Returns: (transfer full): all that is written and attached; it is the caller's to keep now, and the composer is empty
 */
WtComposition *
wt_composer_take (WtComposer *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER (self), NULL);

  WtComposition *taken;

  keep_text (self);
  taken = wt_composition_take (self->composition);
  wt_composer_set_text (self, NULL);
  return taken;
}
