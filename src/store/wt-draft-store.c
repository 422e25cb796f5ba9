/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-draft-store.h"

#include "wt-conversation-store.h"
#include "wt-row.h"

#define ALL_OPTIONS (WT_DRAFT_PICTURE | WT_DRAFT_AS_FILE | WT_DRAFT_SCALED)

typedef struct
{
  gint64 conversation_id;
  GPtrArray *attachments;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->attachments, g_ptr_array_unref);
  g_free (change);
}

static void
free_attachment (gpointer data)
{
  wt_draft_attachment_free (data);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static gboolean
insert (WtDatabase *db,
        gint64 conversation_id,
        guint position,
        gboolean small,
        const WtDraftAttachment *attachment,
        GError **error)
{
  const WtMedia *media = small ? attachment->small : attachment->plain;
  sqlite3_stmt *statement = NULL;

  if (media == NULL)
    return TRUE;

  statement = wt_database_prepare (
      db,
      "INSERT INTO draft_attachment (conversation_id, position, small, options, blob, mime_type,"
      " name, size, width, height) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, conversation_id);
  sqlite3_bind_int64 (statement, 2, position);
  sqlite3_bind_int (statement, 3, small);
  sqlite3_bind_int (statement, 4, (int) attachment->options);
  wt_row_bind_key (statement, 5, media->blob);
  wt_row_bind_text (statement, 6, media->mime_type);
  wt_row_bind_text (statement, 7, media->name);
  sqlite3_bind_int64 (statement, 8, media->size);
  sqlite3_bind_int (statement, 9, media->width);
  sqlite3_bind_int (statement, 10, media->height);

  return wt_database_step_done (db, statement, error);
}

static gpointer
set_attachments (WtDatabase *db, gpointer data, GError **error)
{
  const Change *change = data;
  g_autoptr (WtConversationRecord) conversation = wt_conversation_store_load (
      db, change->conversation_id, error);
  sqlite3_stmt *statement = NULL;

  if (conversation == NULL)
    return NULL;
  statement = wt_database_prepare (db, "DELETE FROM draft_attachment WHERE conversation_id = ?1",
                                   error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, change->conversation_id);
  if (!wt_database_step_done (db, statement, error))
    return NULL;

  for (guint i = 0; i < change->attachments->len; i++)
    {
      const WtDraftAttachment *attachment = change->attachments->pdata[i];

      if (!insert (db, change->conversation_id, i, FALSE, attachment, error)
          || !insert (db, change->conversation_id, i, TRUE, attachment, error))
        return NULL;
    }
  return GINT_TO_POINTER (TRUE);
}

static WtMedia *
read_media (sqlite3_stmt *statement)
{
  WtMedia *media = wt_media_new ();

  media->blob = wt_row_dup_text (statement, 3);
  media->mime_type = wt_row_dup_text (statement, 4);
  media->name = wt_row_dup_text (statement, 5);
  media->size = sqlite3_column_int64 (statement, 6);
  media->width = wt_row_get_int (statement, 7);
  media->height = wt_row_get_int (statement, 8);
  return media;
}

static gpointer
list_attachments (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *conversation_id = data;
  g_autoptr (GPtrArray) attachments = wt_draft_attachments_new ();
  WtDraftAttachment *attachment = NULL;
  gint64 last = 0;
  int code = SQLITE_ROW;
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT position, small, options, blob, mime_type, name, size, width, height"
      " FROM draft_attachment WHERE conversation_id = ?1 ORDER BY position, small",
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *conversation_id);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    {
      gint64 position = sqlite3_column_int64 (statement, 0);
      WtMedia **media = NULL;

      if (attachment == NULL || position != last)
        {
          attachment = wt_draft_attachment_new ();
          attachment->options = (WtDraftOptions) (sqlite3_column_int (statement, 2) & ALL_OPTIONS);
          g_ptr_array_add (attachments, attachment);
        }
      last = position;
      media = wt_row_get_flag (statement, 1) ? &attachment->small : &attachment->plain;
      g_clear_pointer (media, wt_media_free);
      *media = read_media (statement);
    }

  return code == SQLITE_DONE ? g_steal_pointer (&attachments) : NULL;
}

static gboolean
media_equal (const WtMedia *one, const WtMedia *other)
{
  if (one == NULL || other == NULL)
    return one == other;

  return g_strcmp0 (one->blob, other->blob) == 0
         && g_strcmp0 (one->mime_type, other->mime_type) == 0
         && g_strcmp0 (one->name, other->name) == 0 && one->size == other->size
         && one->width == other->width && one->height == other->height;
}

/**
 * wt_draft_attachment_new:
 *
 * Returns: (transfer full): one without contents
 */
WtDraftAttachment *
wt_draft_attachment_new (void)
{
  return g_new0 (WtDraftAttachment, 1);
}

/**
 * wt_draft_attachment_copy:
 * @self: an attachment
 *
 * Returns: (transfer full): a deep copy
 */
WtDraftAttachment *
wt_draft_attachment_copy (const WtDraftAttachment *self)
{
  WtDraftAttachment *copy = wt_draft_attachment_new ();

  copy->options = self->options;
  copy->plain = self->plain != NULL ? wt_media_copy (self->plain) : NULL;
  copy->small = self->small != NULL ? wt_media_copy (self->small) : NULL;
  return copy;
}

/**
 * wt_draft_attachment_free:
 * @self: (nullable) (transfer full): an attachment
 */
void
wt_draft_attachment_free (WtDraftAttachment *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->plain, wt_media_free);
  g_clear_pointer (&self->small, wt_media_free);
  g_free (self);
}

/**
 * wt_draft_attachments_new:
 *
 * Returns: (transfer full) (element-type WtDraftAttachment): an array that owns what is added
 */
GPtrArray *
wt_draft_attachments_new (void)
{
  return g_ptr_array_new_with_free_func (free_attachment);
}

/**
 * wt_draft_attachments_copy:
 * @attachments: (element-type WtDraftAttachment): some
 *
 * Returns: (transfer full) (element-type WtDraftAttachment): a deep copy
 */
GPtrArray *
wt_draft_attachments_copy (GPtrArray *attachments)
{
  g_autoptr (GPtrArray) copy = wt_draft_attachments_new ();

  for (guint i = 0; i < attachments->len; i++)
    g_ptr_array_add (copy, wt_draft_attachment_copy (attachments->pdata[i]));
  return g_steal_pointer (&copy);
}

/**
 * wt_draft_attachments_equal:
 * @one: (element-type WtDraftAttachment): some
 * @other: (element-type WtDraftAttachment): others
 *
 * Returns: whether they are the same, in the same order
 */
gboolean
wt_draft_attachments_equal (GPtrArray *one, GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;

  for (guint i = 0; i < one->len; i++)
    {
      const WtDraftAttachment *a = one->pdata[i];
      const WtDraftAttachment *b = other->pdata[i];

      if (a->options != b->options || !media_equal (a->plain, b->plain)
          || !media_equal (a->small, b->small))
        return FALSE;
    }
  return TRUE;
}

/**
 * wt_draft_store_set_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @attachments: (element-type WtDraftAttachment): all that is attached now, in its order; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Keeps what is attached to the message that is being written, in place of what was. As long as a row names them, the
 * blobs are not swept.
 */
void
wt_draft_store_set_async (WtDatabase *db,
                          gint64 conversation_id,
                          GPtrArray *attachments,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_return_if_fail (attachments != NULL);

  Change *change = g_new0 (Change, 1);

  change->conversation_id = conversation_id;
  change->attachments = wt_draft_attachments_copy (attachments);
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, set_attachments, change, change_free,
                                    NULL, cancellable, wt_draft_store_set_async, callback, data);
}

/**
 * wt_draft_store_set_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is on disk; else %WT_DATABASE_ERROR_NOT_FOUND where there is no such conversation
 */
gboolean
wt_draft_store_set_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_draft_store_set_async), FALSE);

  return GPOINTER_TO_INT (wt_database_run_finish (db, result, error));
}

/**
 * wt_draft_store_list_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads what is attached to the message that is being written.
 */
void
wt_draft_store_list_async (WtDatabase *db,
                           gint64 conversation_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  wt_database_run_with_flags_async (
      db, WT_DATABASE_READ, list_attachments, g_memdup2 (&conversation_id, sizeof conversation_id),
      g_free, free_array, cancellable, wt_draft_store_list_async, callback, data);
}

/**
 * wt_draft_store_list_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtDraftAttachment): in their order, or %NULL
 */
GPtrArray *
wt_draft_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_draft_store_list_async), NULL);

  return wt_database_run_finish (db, result, error);
}
