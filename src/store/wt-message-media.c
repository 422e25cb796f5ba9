/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-store.h"

#include "wt-message-columns.h"
#include "wt-row.h"

/* What a message holds after one of its media was downloaded. */

typedef struct
{
  gint64 message_id;
  guint position;
  WtMedia *media;

  /* While the segments are written anew */
  guint seen;
  char *kind;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  wt_media_free (change->media);
  g_free (change->kind);
  g_free (change);
}

static void
free_message (gpointer data)
{
  wt_message_record_free (data);
}

static const char *
name_kind (WtSegmentKind kind)
{
  switch (kind)
    {
    case WT_SEGMENT_IMAGE:
      return "image";
    case WT_SEGMENT_EMOJI:
      return "emoji";
    case WT_SEGMENT_VOICE:
      return "voice";
    case WT_SEGMENT_TEXT:
    case WT_SEGMENT_FILE:
    case WT_SEGMENT_AT:
    case WT_SEGMENT_FACE:
    case WT_SEGMENT_REPLY:
    case WT_SEGMENT_SEGLIST:
    case WT_SEGMENT_FORWARD:
    case WT_SEGMENT_OTHER:
    default:
      return "file";
    }
}

static WtMedia *
put_in_place (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  Change *change = data;

  if (change->seen++ != change->position)
    return wt_media_copy (media);

  change->kind = g_strdup (name_kind (kind));
  return wt_media_copy (change->media);
}

static gboolean
write_segments (WtDatabase *db, const WtMessageRecord *message, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "UPDATE message SET segments = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message->id);
  wt_row_bind_text (statement, 2, message->segments);

  return wt_database_step_done (db, statement, error);
}

static gboolean
write_attachment (WtDatabase *db, const Change *change, GError **error)
{
  const WtMedia *media = change->media;
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "INSERT OR REPLACE INTO attachment (message_id, position, kind, blob, url, mime_type, name,"
      " size, width, height, state, conversation_id) VALUES (?1, ?2, ?3, nullif (?4, ''), ?5, ?6, "
      "?7,"
      " ?8, ?9, ?10, ?11, (SELECT conversation_id FROM message WHERE id = ?1))",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, change->message_id);
  sqlite3_bind_int (statement, 2, (int) change->position);
  wt_row_bind_text (statement, 3, change->kind);
  wt_row_bind_text (statement, 4, media->blob);
  wt_row_bind_text (statement, 5, media->url);
  wt_row_bind_text (statement, 6, media->mime_type);
  wt_row_bind_text (statement, 7, media->name);
  sqlite3_bind_int64 (statement, 8, media->size);
  sqlite3_bind_int (statement, 9, media->width);
  sqlite3_bind_int (statement, 10, media->height);
  sqlite3_bind_int (statement, 11,
                    media->blob != NULL ? WT_ATTACHMENT_STORED : WT_ATTACHMENT_REMOTE);

  return wt_database_step_done (db, statement, error);
}

static gboolean
refuse (WtDatabase *db, const char *what, GError **error)
{
  g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND, "%s: %s",
               wt_database_get_path (db), what);
  return FALSE;
}

static gboolean
change_segments (WtDatabase *db, Change *change, WtMessageRecord *message, GError **error)
{
  g_autoptr (WtSegment) old = NULL;
  g_autoptr (WtSegment) new = NULL;

  if (message->deleted)
    return refuse (db, "the message was deleted", error);
  old = wt_message_record_dup_segment (message, NULL);
  if (old == NULL || change->position >= wt_segment_count_media (old))
    return refuse (db, "no such picture or file in the message", error);

  new = wt_segment_map_media (old, put_in_place, change, error);
  if (new == NULL)
    return FALSE;
  g_free (message->segments);
  message->segments = wt_segment_to_storage (new);

  return TRUE;
}

static gpointer
set_media (WtDatabase *db, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (WtMessageRecord) message = wt_message_columns_load (db, change->message_id, error);

  /* The task may be run again. */
  change->seen = 0;
  g_clear_pointer (&change->kind, g_free);
  if (message == NULL || !change_segments (db, change, message, error)
      || !write_segments (db, message, error) || !write_attachment (db, change, error))
    return NULL;

  return g_steal_pointer (&message);
}

/**
 * wt_message_store_set_media_async:
 * @db: the database
 * @message_id: the message's row id
 * @position: the medium's place in the message, from 0, as wt_segment_map_media() meets them
 * @media: what is there now: its blob is in the blob folder
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Puts a medium in the place of another, in what is shown and among the attachments, in one transaction: what
 * else is in the message is as it is at that moment, so that several media of one message do not undo each
 * other. Nothing is written for a message that was deleted meanwhile.
 */
void
wt_message_store_set_media_async (WtDatabase *db,
                                  gint64 message_id,
                                  guint position,
                                  const WtMedia *media,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  Change *change = NULL;

  g_return_if_fail (media != NULL);

  change = g_new0 (Change, 1);
  change->message_id = message_id;
  change->position = position;
  change->media = wt_media_copy (media);
  g_clear_pointer (&change->media->base64, g_bytes_unref);
  if (media->blob != NULL)
    change->media->removed = FALSE;
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, set_media, change, change_free,
                                    free_message, cancellable, wt_message_store_set_media_async,
                                    callback, data);
}

/**
 * wt_message_store_set_media_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the message as it is now, or %NULL: with %WT_DATABASE_ERROR_NOT_FOUND where it
 *   was deleted, or has no medium there
 */
WtMessageRecord *
wt_message_store_set_media_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_set_media_async), NULL);

  return wt_database_run_finish (db, result, error);
}
