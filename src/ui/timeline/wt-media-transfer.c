/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-media-transfer.h"

#include <glib/gi18n-lib.h>

#include "wt-fetch-words.h"

struct _WtMediaTransfer
{
  GObject parent_instance;

  /* owned */
  WtSegment *segment;        /* nullable; holds the media */
  WtMessageContext *context; /* nullable */
  WtFetch *fetch;            /* nullable */

  /* borrowed */
  WtMessage *message; /* nullable; weak: rows let go of it and keep their blocks */

  guint position;
};

G_DEFINE_FINAL_TYPE (WtMediaTransfer, wt_media_transfer, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_fetch_notify (WtMediaTransfer *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
follow (WtMediaTransfer *self, WtFetch *fetch)
{
  if (self->fetch == fetch)
    return;

  if (self->fetch != NULL)
    g_signal_handlers_disconnect_by_func (self->fetch, on_fetch_notify, self);
  g_set_object (&self->fetch, fetch);
  if (fetch != NULL)
    g_signal_connect_object (fetch, "notify", G_CALLBACK (on_fetch_notify), self,
                             G_CONNECT_SWAPPED);
}

static void
clear (WtMediaTransfer *self)
{
  follow (self, NULL);
  g_clear_pointer (&self->segment, wt_segment_unref);
  g_clear_weak_pointer (&self->message);
  g_clear_object (&self->context);
}

static void
wt_media_transfer_dispose (GObject *object)
{
  clear (WT_MEDIA_TRANSFER (object));

  G_OBJECT_CLASS (wt_media_transfer_parent_class)->dispose (object);
}

static void
wt_media_transfer_class_init (WtMediaTransferClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_media_transfer_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_MEDIA_TRANSFER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_media_transfer_init (WtMediaTransfer *self)
{
}

WtMediaTransfer *
wt_media_transfer_new (void)
{
  return g_object_new (WT_TYPE_MEDIA_TRANSFER, NULL);
}

/**
 * wt_media_transfer_set_part:
 * @self: a transfer
 * @part: a part with media
 * @message: (nullable): the message it is in
 * @context: (nullable): the open conversation
 *
 * What it is about from now on. A download that runs already is followed; one of another part goes on.
 */
void
wt_media_transfer_set_part (WtMediaTransfer *self,
                            const WtMessagePart *part,
                            WtMessage *message,
                            WtMessageContext *context)
{
  WtSession *session = context != NULL ? wt_message_context_get_session (context) : NULL;

  g_return_if_fail (WT_IS_MEDIA_TRANSFER (self));
  g_return_if_fail (part->media != NULL);

  clear (self);
  self->segment = wt_segment_ref (part->segment);
  self->position = part->position;
  g_set_weak_pointer (&self->message, message);
  g_set_object (&self->context, context);
  if (session != NULL && message != NULL && part->media->blob == NULL)
    follow (self, wt_session_lookup_fetch (session, wt_message_get_id (message), part->position));
}

/**
 * wt_media_transfer_get_media:
 * @self: a transfer
 *
 * Returns: (nullable): what it is about
 */
const WtMedia *
wt_media_transfer_get_media (WtMediaTransfer *self)
{
  g_return_val_if_fail (WT_IS_MEDIA_TRANSFER (self), NULL);

  return self->segment != NULL ? wt_segment_get_media (self->segment) : NULL;
}

/**
 * wt_media_transfer_get_context:
 * @self: a transfer
 *
 * Returns: (transfer none) (nullable): the open conversation
 */
WtMessageContext *
wt_media_transfer_get_context (WtMediaTransfer *self)
{
  g_return_val_if_fail (WT_IS_MEDIA_TRANSFER (self), NULL);

  return self->context;
}

/**
 * wt_media_transfer_get_state:
 * @self: a transfer
 *
 * Returns: where the contents are
 */
WtMediaState
wt_media_transfer_get_state (WtMediaTransfer *self)
{
  const WtMedia *media = wt_media_transfer_get_media (self);

  if (media == NULL)
    return WT_MEDIA_STATE_BROKEN;
  if (media->blob != NULL)
    return WT_MEDIA_STATE_STORED;
  if (self->fetch != NULL)
    switch (wt_fetch_get_state (self->fetch))
      {
      case WT_FETCH_FAILED:
        return g_error_matches (wt_fetch_get_error (self->fetch), G_IO_ERROR, G_IO_ERROR_CANCELLED)
                   ? WT_MEDIA_STATE_REMOTE
                   : WT_MEDIA_STATE_FAILED;
      case WT_FETCH_RUNNING:
      case WT_FETCH_DONE: /* the message is about to change */
      default:
        return WT_MEDIA_STATE_RUNNING;
      }
  if (media->url != NULL)
    return WT_MEDIA_STATE_REMOTE;
  if (media->removed)
    return WT_MEDIA_STATE_REMOVED;

  return media->file_id != NULL ? WT_MEDIA_STATE_ELSEWHERE : WT_MEDIA_STATE_BROKEN;
}

/**
 * wt_media_transfer_dup_path:
 * @self: a transfer
 *
 * Returns: (transfer full) (nullable): the file that the contents are in
 */
char *
wt_media_transfer_dup_path (WtMediaTransfer *self)
{
  WtSession *session = self->context != NULL ? wt_message_context_get_session (self->context)
                                             : NULL;

  if (session == NULL || wt_media_transfer_get_state (self) != WT_MEDIA_STATE_STORED)
    return NULL;
  return wt_session_dup_media_path (session, wt_media_transfer_get_media (self));
}

static char *
make_progress (WtFetch *fetch)
{
  gint64 total = wt_fetch_get_total (fetch);
  g_autofree char *received = g_format_size ((guint64) MAX (wt_fetch_get_received (fetch), 0));
  g_autofree char *whole = NULL;

  if (total <= 0)
    return g_strdup (received);

  whole = g_format_size ((guint64) total);
  /* Translators: how much of a download is here, as in “1.2 MB of 5 MB” */
  return g_strdup_printf (_ ("%s of %s"), received, whole);
}

/**
 * wt_media_transfer_dup_words:
 * @self: a transfer
 *
 * Returns: (transfer full) (nullable): what there is to say of it in a line; %NULL where all is well
 */
char *
wt_media_transfer_dup_words (WtMediaTransfer *self)
{
  switch (wt_media_transfer_get_state (self))
    {
    case WT_MEDIA_STATE_RUNNING:
      return make_progress (self->fetch);
    case WT_MEDIA_STATE_FAILED:
      return wt_fetch_get_error (self->fetch) != NULL
                 ? wt_fetch_words_failure (wt_fetch_get_error (self->fetch))
                 : g_strdup (_ ("Not downloaded"));
    case WT_MEDIA_STATE_ELSEWHERE:
      return g_strdup (_ ("Only the sender’s server has this file"));
    case WT_MEDIA_STATE_BROKEN:
      return g_strdup (_ ("Arrived damaged"));
    case WT_MEDIA_STATE_REMOVED:
      return g_strdup (_ ("Removed from this computer"));
    case WT_MEDIA_STATE_REMOTE:
      return wt_media_transfer_get_media (self)->removed
                 ? g_strdup (_ ("Removed here; can be downloaded again"))
                 : NULL;
    case WT_MEDIA_STATE_STORED:
    default:
      return NULL;
    }
}

/**
 * wt_media_transfer_get_fraction:
 * @self: a transfer
 *
 * Returns: how much of it is here, 0…1, or -1 where that is not known
 */
double
wt_media_transfer_get_fraction (WtMediaTransfer *self)
{
  gint64 total = self->fetch != NULL ? wt_fetch_get_total (self->fetch) : 0;

  if (total <= 0)
    return -1;
  return CLAMP ((double) wt_fetch_get_received (self->fetch) / (double) total, 0, 1);
}

static void
start (WtMediaTransfer *self)
{
  WtSession *session = self->context != NULL ? wt_message_context_get_session (self->context)
                                             : NULL;
  g_autoptr (WtFetch) fetch = NULL;

  if (session == NULL || self->message == NULL)
    return;

  fetch = wt_session_fetch (session, wt_message_context_get_conversation (self->context),
                            self->message, self->position);
  follow (self, fetch);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * wt_media_transfer_get_offer:
 * @self: a transfer
 * @icon_name: (out): of the button
 * @words: (out): what the button does
 *
 * What can be done about a download: begin it, end it, or go on with it.
 *
 * Returns: whether there is anything
 */
gboolean
wt_media_transfer_get_offer (WtMediaTransfer *self, const char **icon_name, const char **words)
{
  g_return_val_if_fail (WT_IS_MEDIA_TRANSFER (self), FALSE);

  switch (wt_media_transfer_get_state (self))
    {
    case WT_MEDIA_STATE_REMOTE:
      *icon_name = "folder-download-symbolic";
      *words = _ ("Download");
      return TRUE;
    case WT_MEDIA_STATE_RUNNING:
      *icon_name = "process-stop-symbolic";
      *words = _ ("Cancel");
      return TRUE;
    case WT_MEDIA_STATE_FAILED:
      *icon_name = "view-refresh-symbolic";
      *words = _ ("Retry");
      return TRUE;
    case WT_MEDIA_STATE_STORED:
    case WT_MEDIA_STATE_ELSEWHERE:
    case WT_MEDIA_STATE_REMOVED:
    case WT_MEDIA_STATE_BROKEN:
    default:
      return FALSE;
    }
}

/**
 * wt_media_transfer_accept:
 * @self: a transfer
 *
 * Does what wt_media_transfer_get_offer() says; nothing where that is nothing. When the contents are here, the message
 * changes.
 */
void
wt_media_transfer_accept (WtMediaTransfer *self)
{
  g_return_if_fail (WT_IS_MEDIA_TRANSFER (self));

  switch (wt_media_transfer_get_state (self))
    {
    case WT_MEDIA_STATE_REMOTE:
    case WT_MEDIA_STATE_FAILED:
      start (self);
      break;
    case WT_MEDIA_STATE_RUNNING:
      wt_fetch_cancel (self->fetch);
      break;
    case WT_MEDIA_STATE_STORED:
    case WT_MEDIA_STATE_ELSEWHERE:
    case WT_MEDIA_STATE_REMOVED:
    case WT_MEDIA_STATE_BROKEN:
    default:
      break;
    }
}
