/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-picture-block-private.h"

#include <glib/gi18n-lib.h>

#include "wt-fetch-words.h"
#include "wt-picture-words.h"

/* A picture that is elsewhere. The download is the session's: it goes on while nobody looks, and is found again. */

static gboolean
is_sticker (WtPictureBlock *self)
{
  return self->kind == WT_MESSAGE_PART_STICKER;
}

static const char *
get_icon_name (WtPictureBlock *self)
{
  return is_sticker (self) ? "face-smile-symbolic" : "image-x-generic-symbolic";
}

static void
show_progress (WtPictureBlock *self)
{
  gint64 received = wt_fetch_get_received (self->fetch);
  gint64 total = wt_fetch_get_total (self->fetch);
  g_autofree char *words = wt_picture_words_progress (received, total);

  wt_picture_block_say (self, "folder-download-symbolic", words, _ ("Cancel"),
                        total > 0 ? (double) received / (double) total
                                  : WT_PICTURE_NOTICE_NO_PROGRESS);
  wt_picture_block_set_state (self, WT_PICTURE_BLOCK_FETCHING);
}

static void
show_fetch_failure (WtPictureBlock *self)
{
  const GError *error = wt_fetch_get_error (self->fetch);
  gboolean cancelled = error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *words = error != NULL ? wt_fetch_words_failure (error)
                                         : g_strdup (_ ("It could not be loaded"));

  wt_picture_block_say (self, cancelled ? get_icon_name (self) : "dialog-warning-symbolic", words,
                        /* Translators: fetches a picture from the web */
                        cancelled ? _ ("Load") : _ ("Retry"), WT_PICTURE_NOTICE_NO_PROGRESS);
  wt_picture_block_set_state (self, WT_PICTURE_BLOCK_FETCH_FAILED);
}

/* When it is done, the message says so, and we are given the picture. */
static void
on_fetch_changed (WtPictureBlock *self)
{
  if (wt_fetch_get_state (self->fetch) == WT_FETCH_FAILED)
    show_fetch_failure (self);
  else
    show_progress (self);
}

static void
forget_fetch (WtPictureBlock *self)
{
  if (self->fetch != NULL)
    g_signal_handlers_disconnect_by_func (self->fetch, on_fetch_changed, self);
  g_clear_object (&self->fetch);
}

static void
watch (WtPictureBlock *self, WtFetch *fetch)
{
  forget_fetch (self);
  self->fetch = g_object_ref (fetch);
  g_signal_connect_object (fetch, "notify", G_CALLBACK (on_fetch_changed), self, G_CONNECT_SWAPPED);
  on_fetch_changed (self);
}

static WtSession *
get_session (WtPictureBlock *self)
{
  return self->context != NULL ? wt_message_context_get_session (self->context) : NULL;
}

static void
start (WtPictureBlock *self)
{
  WtSession *session = get_session (self);
  g_autoptr (WtFetch) fetch = NULL;

  if (session == NULL || self->message == NULL)
    return;

  fetch = wt_session_fetch (session, wt_message_context_get_conversation (self->context),
                            self->message, self->position);
  if (fetch != NULL)
    watch (self, fetch);
}

static void
ask (WtPictureBlock *self, WtRemotePictures setting)
{
  g_autofree char *where = wt_picture_words_remote (is_sticker (self), self->media->url);

  if (self->media->removed)
    {
      /* Translators: above “Picture from example.org” */
      g_autofree char *removed = g_strdup_printf ("%s\n%s", _ ("Removed from this computer"),
                                                  where);

      g_free (where);
      where = g_steal_pointer (&removed);
    }
  if (setting == WT_REMOTE_NEVER)
    {
      /* Translators: below “Picture from example.org” */
      g_autofree char *words = g_strdup_printf ("%s\n%s", where, _ ("Click to open its address"));

      wt_picture_block_say (self, get_icon_name (self), words, NULL, WT_PICTURE_NOTICE_NO_PROGRESS);
      wt_picture_block_set_state (self, WT_PICTURE_BLOCK_FORBIDDEN);
      return;
    }

  wt_picture_block_say (self, get_icon_name (self), where,
                        get_session (self) != NULL ? _ ("Load") : NULL,
                        WT_PICTURE_NOTICE_NO_PROGRESS);
  wt_picture_block_set_state (self, WT_PICTURE_BLOCK_REMOTE);
}

/* The setting counts for what is to be decided yet. */
static void
decide (WtPictureBlock *self)
{
  WtRemotePictures setting = self->account != NULL
                                 ? wt_account_get_record (self->account)->remote_pictures
                                 : WT_REMOTE_ASK;

  ask (self, setting);
  /* What the user had removed does not come back by itself. */
  if (setting == WT_REMOTE_ALWAYS && !self->media->removed)
    start (self);
}

static void
on_setting_changed (WtPictureBlock *self)
{
  if (self->state == WT_PICTURE_BLOCK_REMOTE || self->state == WT_PICTURE_BLOCK_FORBIDDEN)
    decide (self);
}

static void
watch_setting (WtPictureBlock *self, WtAccount *account)
{
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_func (self->account, on_setting_changed, self);
  g_set_object (&self->account, account);
  if (account != NULL)
    g_signal_connect_object (account, "notify::remote-pictures", G_CALLBACK (on_setting_changed),
                             self, G_CONNECT_SWAPPED);
}

/* Shows how it stands with a picture of which only the address is known, and loads it if the account wants that. */
void
wt_picture_block_begin_remote (WtPictureBlock *self)
{
  WtSession *session = get_session (self);
  WtFetch *fetch = session != NULL
                       ? wt_session_lookup_fetch (session, self->message_id, self->position)
                       : NULL;

  watch_setting (self, session != NULL ? wt_session_get_account (session) : NULL);
  if (fetch != NULL)
    watch (self, fetch);
  else
    decide (self);
}

/* Lets go of the download, without ending it. */
void
wt_picture_block_end_remote (WtPictureBlock *self)
{
  forget_fetch (self);
  watch_setting (self, NULL);
}

/* Its button was pressed. */
void
wt_picture_block_press (WtPictureBlock *self)
{
  if (self->state == WT_PICTURE_BLOCK_FETCHING && self->fetch != NULL)
    wt_fetch_cancel (self->fetch);
  else if (self->state == WT_PICTURE_BLOCK_REMOTE || self->state == WT_PICTURE_BLOCK_FETCH_FAILED)
    start (self);
}
