/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-add.h"

#include <string.h>

#include "wt-conversation-store.h"
#include "wt-message-columns.h"
#include "wt-row.h"
#include "wt-search-store.h"

/* Storing one message: conversation, message, summary, member, attachments, index. This is the path
 * that has to take thousands a second: look-ups go by the caller's record, and nothing is read
 * back. */

/* The summary's text, in bytes: what a row of a list can show of it, and more. */
#define SUMMARY_MOST_BYTES 512

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static char *
dup_summary (const char *text)
{
  gsize length = 0;

  if (text == NULL)
    return NULL;
  length = strnlen (text, SUMMARY_MOST_BYTES);
  /* Not through a character. */
  while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
    length--;

  return g_strndup (text, length);
}

static const char *
name_author (const WtMessageRecord *message)
{
  if (!is_empty (message->author_cardname))
    return message->author_cardname;
  if (!is_empty (message->author_nickname))
    return message->author_nickname;

  return message->author_id;
}

static WtStoredMessage *
new_repeat (WtDatabase *db, WtMessageRecord *stored, GError **error)
{
  g_autoptr (WtStoredMessage) result = g_new0 (WtStoredMessage, 1);

  result->repeat = TRUE;
  result->message = stored;
  result->conversation = wt_conversation_store_load (db, stored->conversation_id, error);

  return result->conversation != NULL ? g_steal_pointer (&result) : NULL;
}

static gboolean
update_summary (WtDatabase *db,
                WtConversationRecord *conversation,
                const WtMessageRecord *message,
                GError **error)
{
  gboolean unread = message->direction == WT_DIRECTION_IN;
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "UPDATE conversation SET last_seq = ?2, unread = ?3, mentions = ?4, last_time = ?5,"
      " last_direction = ?6, last_delivery = ?7, last_author = ?8, last_text = ?9 WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;

  conversation->last_seq = message->seq;
  conversation->unread += unread ? 1 : 0;
  conversation->mentions += unread && message->mentions_me ? 1 : 0;
  conversation->last_time = message->time;
  conversation->last_direction = message->direction;
  conversation->last_delivery = message->delivery;
  g_free (conversation->last_author);
  conversation->last_author = g_strdup (name_author (message));
  g_free (conversation->last_text);
  conversation->last_text = dup_summary (message->text);

  sqlite3_bind_int64 (statement, 1, conversation->id);
  sqlite3_bind_int64 (statement, 2, conversation->last_seq);
  sqlite3_bind_int64 (statement, 3, conversation->unread);
  sqlite3_bind_int64 (statement, 4, conversation->mentions);
  sqlite3_bind_int64 (statement, 5, conversation->last_time);
  sqlite3_bind_int (statement, 6, conversation->last_direction);
  sqlite3_bind_int (statement, 7, conversation->last_delivery);
  wt_row_bind_text (statement, 8, conversation->last_author);
  wt_row_bind_text (statement, 9, conversation->last_text);

  return wt_database_step_done (db, statement, error);
}

/* A name that is missing in this message was not taken away: the last one known stays. */
static gboolean
meet_member (WtDatabase *db, const WtMessageRecord *message, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (message->direction != WT_DIRECTION_IN || is_empty (message->author_id))
    return TRUE;

  statement = wt_database_prepare (
      db,
      "INSERT INTO member (conversation_id, platform, user_id, nickname, cardname, last_seen)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (conversation_id, platform, user_id) DO UPDATE"
      " SET nickname = coalesce (nullif (excluded.nickname, ''), nickname),"
      " cardname = coalesce (nullif (excluded.cardname, ''), cardname),"
      " last_seen = max (last_seen, excluded.last_seen)",
      error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message->conversation_id);
  wt_row_bind_key (statement, 2, message->author_platform);
  wt_row_bind_key (statement, 3, message->author_id);
  wt_row_bind_text (statement, 4, message->author_nickname);
  wt_row_bind_text (statement, 5, message->author_cardname);
  sqlite3_bind_int64 (statement, 6, message->time);

  return wt_database_step_done (db, statement, error);
}

static gboolean
insert_attachment (WtDatabase *db,
                   gint64 message_id,
                   const WtAttachmentRecord *attachment,
                   GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "INSERT INTO attachment (message_id, position, kind, blob, url, mime_type, name, size, width,"
      " height, state, conversation_id) VALUES (?1, ?2, ?3, nullif (?4, ''), ?5, ?6, ?7, ?8, ?9, "
      "?10,"
      " ?11, (SELECT conversation_id FROM message WHERE id = ?1))",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message_id);
  sqlite3_bind_int (statement, 2, attachment->position);
  wt_row_bind_text (statement, 3, attachment->kind);
  wt_row_bind_text (statement, 4, attachment->blob);
  wt_row_bind_text (statement, 5, attachment->url);
  wt_row_bind_text (statement, 6, attachment->mime_type);
  wt_row_bind_text (statement, 7, attachment->name);
  sqlite3_bind_int64 (statement, 8, attachment->size);
  sqlite3_bind_int (statement, 9, attachment->width);
  sqlite3_bind_int (statement, 10, attachment->height);
  sqlite3_bind_int (statement, 11, attachment->state);

  return wt_database_step_done (db, statement, error);
}

static gboolean
insert_attachments (WtDatabase *db, gint64 message_id, GPtrArray *attachments, GError **error)
{
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    {
      if (!insert_attachment (db, message_id, g_ptr_array_index (attachments, i), error))
        return FALSE;
    }

  return TRUE;
}

/* The conversation as it was before the message; or, in @repeat, the message that is stored
 * already: a repeat must not make or rename a conversation, so it is looked for first where that
 * might happen. */
static WtConversationRecord *
prepare_conversation (WtDatabase *db,
                      const WtConversationRecord *wanted,
                      const WtMessageRecord *message,
                      WtMessageRecord **repeat,
                      GError **error)
{
  g_autoptr (WtConversationRecord) found = NULL;
  g_autoptr (GError) failure = NULL;

  if (message->conversation_id != 0)
    return wt_conversation_store_load (db, message->conversation_id, error);

  found = wt_conversation_store_find (db, wanted, &failure);
  if (failure == NULL && (found == NULL || wt_conversation_store_differs (found, wanted)))
    {
      g_clear_pointer (&found, wt_conversation_record_free);
      *repeat = wt_message_columns_find_repeat (db, wanted->account_id, message, &failure);
      if (*repeat == NULL && failure == NULL)
        found = wt_conversation_store_ensure (db, wanted, &failure);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return g_steal_pointer (&found);
}

/**
 * wt_message_add:
 * @db: the database, on its thread, in a task that writes
 * @conversation: (nullable): the conversation, needed where the message names none
 * @message: (inout) (transfer full): the message; taken when it is stored
 * @attachments: (nullable) (element-type WtAttachmentRecord): its attachments
 * @error: return location for an error
 *
 * See wt_message_store_add_async().
 *
 * Returns: (nullable) (transfer full): what became of it
 */
WtStoredMessage *
wt_message_add (WtDatabase *db,
                const WtConversationRecord *conversation,
                WtMessageRecord **message,
                GPtrArray *attachments,
                GError **error)
{
  g_autoptr (WtStoredMessage) result = NULL;
  g_autoptr (WtConversationRecord) home = NULL;
  WtMessageRecord *repeat = NULL;
  WtMessageRecord *new = *message;

  home = prepare_conversation (db, conversation, new, &repeat, error);
  if (repeat != NULL)
    return new_repeat (db, repeat, error);
  if (home == NULL)
    return NULL;

  new->conversation_id = home->id;
  new->seq = home->last_seq + 1;
  new->id = wt_message_columns_insert (db, home->account_id, new, error);
  if (new->id < 0)
    return NULL;
  if (new->id == 0)
    {
      repeat = wt_message_columns_find_repeat (db, home->account_id, new, error);
      return repeat != NULL ? new_repeat (db, repeat, error) : NULL;
    }

  if (!update_summary (db, home, new, error) || !meet_member (db, new, error)
      || !insert_attachments (db, new->id, attachments, error)
      || !wt_search_store_index (db, new->id, new->text, error))
    return NULL;

  result = g_new0 (WtStoredMessage, 1);
  result->message = g_steal_pointer (message);
  result->conversation = g_steal_pointer (&home);

  return g_steal_pointer (&result);
}
