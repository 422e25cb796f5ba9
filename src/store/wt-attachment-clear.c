/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-attachment-clear.h"

#include "wt-message-columns.h"
#include "wt-row.h"
#include "wt-segment.h"

/* Messages that do without the contents of what they received. The files go afterwards: whatever happens in between, a
 * message never names one that is not there, and one that nothing names is swept. */

/* A step: so many messages are written anew, or so many blobs looked at. */
#define MOST_MESSAGES 200
#define MOST_BLOBS 500

typedef struct
{
  WtBlobHold least;
  char *after;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->after);
  g_free (request);
}

static void
free_message (gpointer data)
{
  wt_message_record_free (data);
}

static void
free_cleared (gpointer data)
{
  wt_cleared_free (data);
}

/**
 * wt_cleared_free:
 * @self: (transfer full): a step
 */
void
wt_cleared_free (WtCleared *self)
{
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->blobs, g_ptr_array_unref);
  g_clear_pointer (&self->last, g_free);
  g_free (self);
}

static WtCleared *
cleared_new (const char *after)
{
  WtCleared *self = g_new0 (WtCleared, 1);

  self->messages = g_ptr_array_new_with_free_func (free_message);
  self->blobs = g_ptr_array_new_with_free_func (g_free);
  self->last = g_strdup (after);
  return self;
}

/* The next blob of a message; NULL without @error where there is none. */
static char *
find_next (WtDatabase *db, const char *after, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT blob FROM attachment WHERE blob > ?1 ORDER BY blob LIMIT 1", error);

  if (statement == NULL)
    return NULL;
  wt_row_bind_key (statement, 1, after);
  return wt_database_step (db, statement, error) == SQLITE_ROW ? wt_row_dup_text (statement, 0)
                                                               : NULL;
}

/* Whether nobody holds it closer than @least. */
static gboolean
may_clear (WtDatabase *db, const char *blob, WtBlobHold least, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT 1 FROM sticker WHERE blob = ?1 UNION ALL"
      " SELECT 1 FROM draft_attachment WHERE blob = ?1 UNION ALL"
      " SELECT 1 FROM attachment AS a JOIN message AS m ON m.id = a.message_id"
      " WHERE a.blob = ?1 AND " WT_ATTACHMENT_HOLD_SQL ("a", "m") " < ?2 LIMIT 1",
      error);

  if (statement == NULL)
    return FALSE;
  wt_row_bind_text (statement, 1, blob);
  sqlite3_bind_int (statement, 2, least);
  return wt_database_step (db, statement, error) == SQLITE_DONE;
}

static GArray *
list_users (WtDatabase *db, const char *blob, guint most, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT DISTINCT message_id FROM attachment WHERE blob = ?1 LIMIT ?2", error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  wt_row_bind_text (statement, 1, blob);
  sqlite3_bind_int64 (statement, 2, most);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  return code == SQLITE_DONE ? g_steal_pointer (&ids) : NULL;
}

static WtMedia *
let_go (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  WtMedia *copy = wt_media_copy (media);

  if (g_strcmp0 (copy->blob, data) == 0)
    {
      g_clear_pointer (&copy->blob, g_free);
      copy->removed = TRUE;
    }
  return copy;
}

static gboolean
write_message (WtDatabase *db, const WtMessageRecord *message, const char *blob, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "UPDATE message SET segments = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message->id);
  wt_row_bind_text (statement, 2, message->segments);
  if (!wt_database_step_done (db, statement, error))
    return FALSE;

  statement = wt_database_prepare (
      db, "UPDATE attachment SET blob = NULL, state = ?3 WHERE message_id = ?1 AND blob = ?2",
      error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message->id);
  wt_row_bind_text (statement, 2, blob);
  sqlite3_bind_int (statement, 3, WT_ATTACHMENT_REMOVED);
  return wt_database_step_done (db, statement, error);
}

static gboolean
clear_message (WtDatabase *db, WtCleared *cleared, gint64 id, char *blob, GError **error)
{
  g_autoptr (WtMessageRecord) message = wt_message_columns_load (db, id, error);
  g_autoptr (WtSegment) old = NULL;
  g_autoptr (WtSegment) new = NULL;

  if (message == NULL)
    return FALSE;
  old = wt_message_record_dup_segment (message, NULL);
  if (old != NULL)
    new = wt_segment_map_media (old, let_go, blob, error);
  if (old != NULL && new == NULL)
    return FALSE;
  if (new != NULL)
    {
      g_free (message->segments);
      message->segments = wt_segment_to_storage (new);
    }
  if (!write_message (db, message, blob, error))
    return FALSE;
  g_ptr_array_add (cleared->messages, g_steal_pointer (&message));
  return TRUE;
}

/* Whether it is done with the blob; FALSE without @error where the step is full before. */
static gboolean
clear_blob (WtDatabase *db, WtCleared *cleared, char *blob, GError **error)
{
  guint room = MOST_MESSAGES - cleared->messages->len;
  g_autoptr (GArray) ids = list_users (db, blob, room + 1, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (ids->len, room); i++)
    {
      if (!clear_message (db, cleared, g_array_index (ids, gint64, i), blob, error))
        return FALSE;
    }
  if (ids->len > room)
    return FALSE;
  g_ptr_array_add (cleared->blobs, g_strdup (blob));
  return TRUE;
}

static gpointer
clear_step (WtDatabase *db, gpointer data, GError **error)
{
  const Request *request = data;
  g_autoptr (WtCleared) cleared = cleared_new (request->after);
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < MOST_BLOBS; i++)
    {
      g_autofree char *blob = find_next (db, cleared->last != NULL ? cleared->last : "", &problem);
      gboolean more = FALSE;

      if (problem == NULL && blob == NULL)
        {
          g_clear_pointer (&cleared->last, g_free);
          break;
        }
      more = problem == NULL && may_clear (db, blob, request->least, &problem)
             && !clear_blob (db, cleared, blob, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      /* The rest of this blob's messages are the next step's. */
      if (more)
        {
          if (cleared->last == NULL)
            cleared->last = g_strdup ("");
          break;
        }
      g_free (cleared->last);
      cleared->last = g_steal_pointer (&blob);
    }
  return g_steal_pointer (&cleared);
}

/**
 * wt_attachment_clear_async:
 * @db: the database
 * @least: what is not held closer goes: %WT_BLOB_HOLD_REMOTE or %WT_BLOB_HOLD_CARRIED
 * @after: (nullable): #WtCleared.last of the step before, %NULL to begin
 * @cancellable: (nullable): a cancellable
 * @callback: called when the step is on disk
 * @data: for @callback
 *
 * Has the next received messages do without the contents of their pictures and files, in one transaction: what is shown
 * of them says so. What the user sent or has as a sticker stays, also where it was received as well. The files
 * are for the caller to remove: see wt_message_store_list_unused_async().
 */
void
wt_attachment_clear_async (WtDatabase *db,
                           WtBlobHold least,
                           const char *after,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  Request *request = NULL;

  g_return_if_fail (least == WT_BLOB_HOLD_REMOTE || least == WT_BLOB_HOLD_CARRIED);

  request = g_new0 (Request, 1);
  request->least = least;
  request->after = g_strdup (after);
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, clear_step, request, request_free,
                                    free_cleared, cancellable, wt_attachment_clear_async, callback,
                                    data);
}

/**
 * wt_attachment_clear_finish:
 * @db: the database
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: (transfer full) (nullable): what was done
 */
WtCleared *
wt_attachment_clear_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_attachment_clear_async), NULL);

  return wt_database_run_finish (db, result, error);
}
