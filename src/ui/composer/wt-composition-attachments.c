/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composition-private.h"

#include <glib/gi18n-lib.h>

#include "wt-attachment-words.h"

/* What is attached: as many and as much as a message has room for. */

/* More than anybody looks through before sending. */
#define MOST_ATTACHMENTS 50

/*
 * wt_composition_count:
 * @self: a composition
 *
 * Returns: how much is attached
 */
guint
wt_composition_count (WtComposition *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->attachments));
}

/*
 * wt_composition_get:
 * @self: a composition
 * @position: less than wt_composition_count()
 *
 * Returns: (transfer none): what is attached there
 */
WtComposerAttachment *
wt_composition_get (WtComposition *self, guint position)
{
  g_autoptr (WtComposerAttachment) attachment = g_list_model_get_item (
      G_LIST_MODEL (self->attachments), position);

  return attachment; /* the list holds it */
}

/* Of what is not refused, in bytes as sent. What may still shrink counts when it has. */
static gint64
add_up (WtComposition *self, WtComposerAttachment *without, gboolean encoded)
{
  gint64 total = 0;

  for (guint i = 0; i < wt_composition_count (self); i++)
    {
      WtComposerAttachment *attachment = wt_composition_get (self, i);
      gint64 size = wt_composer_attachment_get_size (attachment);

      if (attachment == without || size < 0
          || wt_composer_attachment_get_state (attachment) == WT_COMPOSER_ATTACHMENT_FAILED
          || wt_composer_attachment_get_may_shrink (attachment))
        continue;
      total += encoded ? wt_attachment_words_get_encoded (size) : size;
    }
  return total;
}

static gboolean
has_room (WtComposition *self, WtComposerAttachment *attachment)
{
  gint64 size = wt_composer_attachment_get_size (attachment);

  return size < 0 || wt_composer_attachment_get_may_shrink (attachment)
         || add_up (self, attachment, TRUE) + wt_attachment_words_get_encoded (size)
                <= wt_attachment_words_get_most ();
}

static void
refuse_crowding (WtComposition *self, WtComposerAttachment *attachment)
{
  g_autofree char *words = wt_attachment_words_crowded (
      add_up (self, attachment, FALSE) + wt_composer_attachment_get_size (attachment));

  wt_composer_attachment_refuse (attachment, words);
}

/* What was refused has room, perhaps, now that another is gone or smaller. */
static void
retry_refused (WtComposition *self)
{
  for (guint i = 0; i < wt_composition_count (self); i++)
    {
      WtComposerAttachment *attachment = wt_composition_get (self, i);

      if (wt_composer_attachment_get_refused (attachment) && has_room (self, attachment))
        wt_composer_attachment_start (attachment);
    }
}

static void
on_sized (WtComposerAttachment *attachment, WtComposition *self)
{
  if (!has_room (self, attachment))
    refuse_crowding (self, attachment);
}

static void
on_state (WtComposerAttachment *attachment, GParamSpec *pspec, WtComposition *self)
{
  if (self->checking)
    return;

  self->checking = TRUE;
  if (wt_composer_attachment_get_state (attachment) == WT_COMPOSER_ATTACHMENT_READY
      && !has_room (self, attachment))
    refuse_crowding (self, attachment);
  retry_refused (self);
  self->checking = FALSE;
  wt_composition_update (self);
}

static void
adopt (WtComposition *self, WtComposerAttachment *attachment, guint position)
{
  g_list_store_insert (self->attachments, position, attachment);
  g_signal_connect_object (attachment, "sized", G_CALLBACK (on_sized), self, 0);
  g_signal_connect_object (attachment, "notify::state", G_CALLBACK (on_state), self, 0);
}

static void
disown (WtComposition *self, WtComposerAttachment *attachment)
{
  guint position;

  g_signal_handlers_disconnect_by_func (attachment, on_sized, self);
  g_signal_handlers_disconnect_by_func (attachment, on_state, self);
  if (g_list_store_find (self->attachments, attachment, &position))
    g_list_store_remove (self->attachments, position);
}

static void
add (WtComposition *self, WtComposerAttachment *attachment)
{
  adopt (self, attachment, wt_composition_count (self));
  wt_composer_attachment_start (attachment);
}

/**
 * wt_composition_add_file:
 * @self: a composition
 * @file: any file
 * @scaled: whether a large picture is made smaller
 *
 * Attaches a file, last. One that cannot be sent is there, too, and says why. Beyond fifty nothing happens.
 */
void
wt_composition_add_file (WtComposition *self, GFile *file, gboolean scaled)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (G_IS_FILE (file));

  g_autoptr (WtComposerAttachment) attachment = NULL;

  if (self->session == NULL || wt_composition_count (self) >= MOST_ATTACHMENTS)
    return;
  attachment = wt_composer_attachment_new_file (self->session, file, scaled);
  add (self, attachment);
}

/**
 * wt_composition_add_texture:
 * @self: a composition
 * @texture: a picture that has no file
 * @scaled: whether a large picture is made smaller
 *
 * Attaches a picture as a PNG named by the time.
 */
void
wt_composition_add_texture (WtComposition *self, GdkTexture *texture, gboolean scaled)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (GDK_IS_TEXTURE (texture));

  g_autoptr (WtComposerAttachment) attachment = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: the name of a pasted picture, by strftime's letters for date and time; no colons or slashes */
  g_autofree char *name = g_date_time_format (now, _ ("Picture %Y-%m-%d %H-%M-%S.png"));

  if (self->session == NULL || wt_composition_count (self) >= MOST_ATTACHMENTS)
    return;
  attachment = wt_composer_attachment_new_texture (self->session, texture,
                                                   name != NULL ? name : "picture.png", scaled);
  add (self, attachment);
}

/**
 * wt_composition_add_drafts:
 * @self: a composition
 * @drafts: (element-type WtDraftAttachment): what wt_composition_list_drafts() listed once
 *
 * Attaches it again, in its order, before what is attached already.
 */
void
wt_composition_add_drafts (WtComposition *self, GPtrArray *drafts)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (drafts != NULL);

  for (guint i = 0; self->session != NULL && i < drafts->len; i++)
    {
      g_autoptr (WtComposerAttachment) attachment = wt_composer_attachment_new_draft (
          self->session, drafts->pdata[i]);

      adopt (self, attachment, i);
      wt_composer_attachment_start (attachment);
    }
}

/**
 * wt_composition_list_drafts:
 * @self: a composition
 * @drafts: (element-type WtDraftAttachment): where what is attached is added, to be kept over a restart
 *
 * What is still being read, or cannot be, is not among them.
 */
void
wt_composition_list_drafts (WtComposition *self, GPtrArray *drafts)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (drafts != NULL);

  for (guint i = 0; i < wt_composition_count (self); i++)
    {
      WtDraftAttachment *draft = wt_composer_attachment_make_draft (wt_composition_get (self, i));

      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
    }
}

/**
 * wt_composition_remove:
 * @self: a composition
 * @attachment: one of its own
 *
 * Takes it away, whatever its state.
 */
void
wt_composition_remove (WtComposition *self, WtComposerAttachment *attachment)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (attachment));

  g_autoptr (WtComposerAttachment) held = g_object_ref (attachment);

  wt_composer_attachment_stop (held);
  disown (self, held);
  self->checking = TRUE;
  retry_refused (self);
  self->checking = FALSE;
  wt_composition_update (self);
}

/**
 * wt_composition_move:
 * @self: a composition
 * @attachment: one of its own
 * @position: where it is to be; the last place if there is no such place
 *
 * Changes the order, which is that of the message.
 */
void
wt_composition_move (WtComposition *self, WtComposerAttachment *attachment, guint position)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (attachment));

  g_autoptr (WtComposerAttachment) held = g_object_ref (attachment);
  guint before;

  if (!g_list_store_find (self->attachments, held, &before))
    return;

  position = MIN (position, wt_composition_count (self) - 1);
  if (position == before)
    return;

  g_list_store_remove (self->attachments, before);
  g_list_store_insert (self->attachments, position, held);
  wt_composition_update (self);
}

/**
 * wt_composition_find:
 * @self: a composition
 * @attachment: one of its own
 *
 * Returns: where it is, or %G_MAXUINT
 */
guint
wt_composition_find (WtComposition *self, WtComposerAttachment *attachment)
{
  guint position = G_MAXUINT;

  g_return_val_if_fail (WT_IS_COMPOSITION (self), G_MAXUINT);

  return g_list_store_find (self->attachments, attachment, &position) ? position : G_MAXUINT;
}

/**
 * wt_composition_get_attachments:
 * @self: a composition
 *
 * Returns: (transfer none): of #WtComposerAttachment, in the order they are sent
 */
GListModel *
wt_composition_get_attachments (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), NULL);

  return G_LIST_MODEL (self->attachments);
}

/**
 * wt_composition_dup_problem:
 * @self: a composition
 *
 * Returns: (transfer full) (nullable): why it cannot be sent as it is, and what to do
 */
char *
wt_composition_dup_problem (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), NULL);

  for (guint i = 0; i < wt_composition_count (self); i++)
    {
      WtComposerAttachment *attachment = wt_composition_get (self, i);

      if (wt_composer_attachment_get_state (attachment) == WT_COMPOSER_ATTACHMENT_FAILED)
        /* Translators: a file's name, and why it cannot be sent */
        return g_strdup_printf (_ ("“%s” cannot be sent: %s. Remove it first."),
                                wt_composer_attachment_get_name (attachment),
                                wt_composer_attachment_get_words (attachment));
    }
  return NULL;
}

/**
 * wt_composition_put_back:
 * @self: a composition
 * @taken: what could not be sent; nothing is attached to it then
 *
 * What was attached comes first, and what was replied to is again, unless something else is by now. The text is the caller's.
 */
void
wt_composition_put_back (WtComposition *self, WtComposition *taken)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (WT_IS_COMPOSITION (taken));

  for (guint i = 0; wt_composition_count (taken) > 0; i++)
    {
      g_autoptr (WtComposerAttachment) attachment = g_object_ref (wt_composition_get (taken, 0));

      disown (taken, attachment);
      adopt (self, attachment, i);
    }
  if (self->reply == NULL)
    self->reply = g_steal_pointer (&taken->reply);
  g_clear_pointer (&taken->reply, wt_message_record_free);
  wt_composition_update (taken);
  wt_composition_update (self);
}
