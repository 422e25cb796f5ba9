/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-fetched.h"
#include "wt-import.h"

/* Pictures and files: those that come by address, and those that are to be sent. */

static char *
make_key (gint64 message_id, guint position)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%u", message_id, position);
}

static void
on_fetch_stored (WtFetch *fetch, const WtMessageRecord *record, WtSession *self)
{
  WtTimeline *timeline = wt_session_lookup_timeline (self, record->conversation_id);

  if (timeline != NULL)
    wt_timeline_change (timeline, record);
  wt_session_emit_media_changed (self, record->conversation_id);
}

static gboolean
is_done (gpointer key, gpointer value, gpointer data)
{
  return wt_fetch_get_state (value) == WT_FETCH_DONE;
}

/**
 * wt_session_fetch:
 * @self: a session
 * @conversation: where the message is
 * @message: a loaded message
 * @position: which of its media, from 0, in the order of wt_segment_map_media()
 *
 * Downloads a picture, sticker, recording or file that came as an address, or joins the download that runs. After a failure
 * starts anew, with what came already where the server can go on. The account's setting is for the caller to look at:
 * nothing is downloaded by itself. An address that is not public is refused unless it is that of the account's own server, whose
 * certificate is trusted as the account says. Once it
 * is done the message is stored with the contents' blob, type as sniffed, size and extent, and notifies of #WtMessage:segment.
 *
 * Returns: (transfer full): the download; one that failed where there is nothing to download, or that is done where there is
 *   nothing left to
 */
WtFetch *
wt_session_fetch (WtSession *self, WtConversation *conversation, WtMessage *message, guint position)
{
  g_return_val_if_fail (WT_IS_SESSION (self), NULL);
  g_return_val_if_fail (WT_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (wt_message_get_loaded (message), NULL);

  g_autofree char *key = make_key (wt_message_get_id (message), position);
  g_autoptr (WtEndpoint) endpoint = wt_account_make_endpoint (self->account, "", NULL);
  WtFetch *fetch;

  g_hash_table_foreach_remove (self->fetches, is_done, NULL);
  fetch = g_hash_table_lookup (self->fetches, key);
  if (fetch == NULL)
    {
      fetch = wt_fetch_new (self->database, self->blobs, message, position);
      g_signal_connect_object (fetch, "stored", G_CALLBACK (on_fetch_stored), self, 0);
      g_hash_table_insert (self->fetches, g_steal_pointer (&key), fetch);
    }
  if (!g_cancellable_is_cancelled (self->cancellable))
    wt_fetch_start (fetch, endpoint);
  return g_object_ref (fetch);
}

/**
 * wt_session_lookup_fetch:
 * @self: a session
 * @message_id: a message's row id
 * @position: which of its media
 *
 * Returns: (transfer none) (nullable): its download, where there was one since the program started and it is not done
 */
WtFetch *
wt_session_lookup_fetch (WtSession *self, gint64 message_id, guint position)
{
  g_return_val_if_fail (WT_IS_SESSION (self), NULL);

  g_autofree char *key = make_key (message_id, position);
  WtFetch *fetch = g_hash_table_lookup (self->fetches, key);

  return fetch != NULL && wt_fetch_get_state (fetch) != WT_FETCH_DONE ? fetch : NULL;
}

/*< private >
 * wt_session_cancel_fetches:
 * @self: a session
 *
 * Nothing is downloaded any more.
 */
void
wt_session_cancel_fetches (WtSession *self)
{
  GHashTableIter iter;
  gpointer fetch;

  g_hash_table_iter_init (&iter, self->fetches);
  while (g_hash_table_iter_next (&iter, NULL, &fetch))
    wt_fetch_cancel (fetch);
}

static void
discard_parts (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char **paths = data;

  for (gsize i = 0; paths[i] != NULL; i++)
    wt_fetched_discard (paths[i]);
  g_task_return_boolean (task, TRUE);
}

/*< private >
 * wt_session_forget_fetches:
 * @self: a session
 * @message: a message that is being deleted
 *
 * Ends its downloads, and removes what came of them.
 */
void
wt_session_forget_fetches (WtSession *self, WtMessage *message)
{
  WtSegment *segment = wt_message_get_segment (message);
  guint count = segment != NULL ? wt_segment_count_media (segment) : 0;
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autoptr (GTask) task = NULL;

  if (count == 0)
    return;
  for (guint position = 0; position < count; position++)
    {
      g_autofree char *key = make_key (wt_message_get_id (message), position);
      g_autofree char *path = wt_fetch_dup_path (self->blobs, wt_message_get_id (message),
                                                 position);
      WtFetch *fetch = g_hash_table_lookup (self->fetches, key);

      if (fetch != NULL)
        wt_fetch_cancel (fetch);
      g_hash_table_remove (self->fetches, key);
      g_strv_builder_add (paths, path);
    }

  /* A download that is just ending may leave its part all the same: that goes when it is old. */
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, wt_session_forget_fetches);
  g_task_set_task_data (task, g_strv_builder_end (paths), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, discard_parts);
}

/**
 * wt_session_dup_media_path:
 * @self: a session
 * @media: some media of one of its messages
 *
 * Returns: (transfer full) (nullable) (type filename): where its contents are; %NULL where they are not here. Whether the
 *   file is still there is not looked at.
 */
char *
wt_session_dup_media_path (WtSession *self, const WtMedia *media)
{
  g_return_val_if_fail (WT_IS_SESSION (self), NULL);
  g_return_val_if_fail (media != NULL, NULL);

  return media->blob != NULL ? wt_blobs_get_path (self->blobs, media->blob) : NULL;
}

/* Sending */

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  WtMedia *media = wt_import_finish (WT_BLOBS (source), result, &error);

  if (media != NULL)
    g_task_return_pointer (task, media, (GDestroyNotify) wt_media_free);
  else
    g_task_return_error (task, error);
}

/**
 * wt_session_import_file_async:
 * @self: a session
 * @file: a regular file, also one behind a portal or on another machine
 * @kind: what it is to be sent as: %WT_SEGMENT_IMAGE, %WT_SEGMENT_EMOJI, %WT_SEGMENT_VOICE or %WT_SEGMENT_FILE
 * @longest_edge: pictures with more pixels than this on a side are made smaller: JPEG, or PNG where something can be seen through;
 *   animated ones never; 0: none
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * Takes a file into the blob folder, to be sent with wt_session_send_async(). What would be larger than the protocol's cap
 * (guide, 100 MiB a message) in base64 is refused by its size, before it is read.
 */
void
wt_session_import_file_async (WtSession *self,
                              GFile *file,
                              WtSegmentKind kind,
                              guint longest_edge,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));

  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_session_import_file_async);
  wt_import_file_async (self->blobs, file, kind, longest_edge, cancellable, on_imported, task);
}

/**
 * wt_session_import_bytes_async:
 * @self: a session
 * @bytes: the contents, from the clipboard, say
 * @name: (nullable): what it is called
 * @kind: as wt_session_import_file_async()
 * @longest_edge: as wt_session_import_file_async()
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * As wt_session_import_file_async(), for what is no file.
 */
void
wt_session_import_bytes_async (WtSession *self,
                               GBytes *bytes,
                               const char *name,
                               WtSegmentKind kind,
                               guint longest_edge,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (bytes != NULL);

  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_session_import_file_async);
  wt_import_bytes_async (self->blobs, bytes, name, kind, longest_edge, cancellable, on_imported,
                         task);
}

/**
 * wt_session_import_finish:
 * @self: a session
 * @result: the result
 * @error: return location for %WT_MEDIA_ERROR_TOO_LARGE, %WT_MEDIA_ERROR_EMPTY, %WT_MEDIA_ERROR_NOT_FOUND,
 *   %WT_MEDIA_ERROR_UNSUPPORTED (a folder or a pipe; for a picture: not one, so send it as a file), %WT_MEDIA_ERROR_BROKEN,
 *   %G_IO_ERROR_CANCELLED or another #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): media with a blob, a safe name, its size, type as sniffed, and a picture's extent
 */
WtMedia *
wt_session_import_finish (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
