/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-find.h"

#include <string.h>

#include "wt-message-columns.h"
#include "wt-row.h"
#include "wt-search-store.h"

/* Pages of what a filter asks for. The writer has the same thread, so that one task looks at a bounded number of
 * messages and says where the next one goes on; who asks decides whether there is a next one. */

#define FIND_MOST_RESULTS 500
#define FIND_MOST_LOOKED_AT 10000

/* Between looks at whether anybody still wants to know. */
#define FIND_STRIDE 256

#define MOST_AUTHOR_BYTES 256

typedef struct
{
  WtSearchFilter *filter;
  gint64 next;
  guint limit;
  GCancellable *cancellable; /* nullable */

  char *match;   /* (nullable): FTS5 */
  char *literal; /* (nullable): what the index does not know: an emoji, a sign */
  char *author;  /* (nullable): for LIKE */
} Find;

/* What is looked at, from the newest on; each a statement with the same parameters. "+" keeps SQLite from going
 * through the account and asking the index about each. */
#define FITS                                                                                       \
  "m.deleted = 0 AND (?3 = 0 OR +m.account_id = ?3) AND (?4 = 0 OR +m.conversation_id = ?4)"       \
  " AND (?5 = 0 OR m.time >= ?5) AND (?6 = 0 OR m.time < ?6)"                                      \
  " AND (?7 IS NULL OR m.author_nickname LIKE ?7 ESCAPE '\\' OR m.author_cardname LIKE ?7 ESCAPE " \
  "'\\' OR m.author_id LIKE ?7 ESCAPE '\\')"                                                       \
  " AND (?8 = 0"                                                                                   \
  " OR (?8 & 1 AND EXISTS (SELECT 1 FROM attachment AS a WHERE a.message_id = m.id"                \
  " AND a.kind IN ('image', 'imageurl')))"                                                         \
  " OR (?8 & 2 AND EXISTS (SELECT 1 FROM attachment AS a WHERE a.message_id = m.id"                \
  " AND a.kind = 'file'))"                                                                         \
  " OR (?8 & 8 AND EXISTS (SELECT 1 FROM attachment AS a WHERE a.message_id = m.id"                \
  " AND a.kind IN ('voice', 'voiceurl')))"                                                         \
  " OR (?8 & 4 AND (m.text LIKE '%http://%' OR m.text LIKE '%https://%')))"                        \
  " AND (?9 IS NULL OR instr (m.text, ?9) > 0)"

/* Through the index */
static const char by_words[] = "SELECT m.id, " FITS
                               " FROM message_search AS s CROSS JOIN message AS m ON m.id = s.rowid"
                               " WHERE s.text MATCH ?1 AND s.rowid < ?2 ORDER BY s.rowid DESC";

/* Through what is attached to messages. All take ?1, so that they are bound alike. */
static const char by_attachment[]
    = "SELECT m.id, " FITS " FROM attachment AS t CROSS JOIN message AS m ON m.id = t.message_id"
      " WHERE t.message_id < ?2 AND ?1 IS NULL ORDER BY t.message_id DESC";

static const char by_conversation[]
    = "SELECT m.id, " FITS " FROM message AS m WHERE m.conversation_id = ?4 AND ?1 IS NULL"
      " AND m.seq < coalesce ((SELECT n.seq FROM message AS n WHERE n.id = ?2), "
      "9223372036854775807)"
      " ORDER BY m.seq DESC";

static const char by_id[] = "SELECT m.id, " FITS " FROM message AS m WHERE m.id < ?2 AND ?1 IS NULL"
                            " ORDER BY m.id DESC";

static void
find_free (gpointer data)
{
  Find *find = data;

  g_clear_pointer (&find->filter, wt_search_filter_free);
  g_clear_object (&find->cancellable);
  g_free (find->match);
  g_free (find->literal);
  g_free (find->author);
  g_free (find);
}

static void
free_page (gpointer data)
{
  wt_search_page_free (data);
}

/**
 * wt_search_page_free:
 * @self: (nullable) (transfer full): a page
 */
void
wt_search_page_free (WtSearchPage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_free (self);
}

static const char *
choose_way (const Find *find)
{
  if (find->match != NULL)
    return by_words;
  if (find->filter->kinds != 0 && (find->filter->kinds & WT_SEARCH_LINKS) == 0)
    return by_attachment;

  return find->filter->conversation_id != 0 ? by_conversation : by_id;
}

static void
bind (sqlite3_stmt *statement, const Find *find)
{
  const WtSearchFilter *filter = find->filter;

  wt_row_bind_text (statement, 1, find->match);
  sqlite3_bind_int64 (statement, 2, find->next != 0 ? find->next : G_MAXINT64);
  sqlite3_bind_int64 (statement, 3, filter->account_id);
  sqlite3_bind_int64 (statement, 4, filter->conversation_id);
  sqlite3_bind_int64 (statement, 5, filter->from);
  sqlite3_bind_int64 (statement, 6, filter->to);
  wt_row_bind_text (statement, 7, find->author);
  sqlite3_bind_int64 (statement, 8, (gint64) filter->kinds);
  wt_row_bind_text (statement, 9, find->literal);
}

static gboolean
add_message (WtDatabase *db, GPtrArray *messages, gint64 id, GError **error)
{
  WtMessageRecord *message = wt_message_columns_load (db, id, error);

  if (message == NULL)
    return FALSE;
  g_ptr_array_add (messages, message);
  return TRUE;
}

static gpointer
find_page (WtDatabase *db, gpointer data, GError **error)
{
  const Find *find = data;
  g_autoptr (WtSearchPage) page = g_new0 (WtSearchPage, 1);
  sqlite3_stmt *statement = NULL;
  gint64 id = 0;
  int code = SQLITE_ROW;

  page->messages = wt_message_columns_new_array ();
  if (wt_search_filter_is_empty (find->filter) || find->limit == 0)
    return g_steal_pointer (&page);

  statement = wt_database_prepare (db, choose_way (find), error);
  if (statement == NULL)
    return NULL;
  bind (statement, find);
  for (guint n = 0; n < FIND_MOST_LOOKED_AT && page->messages->len < find->limit; n++)
    {
      gint64 before = id;

      if (n % FIND_STRIDE == 0 && g_cancellable_set_error_if_cancelled (find->cancellable, error))
        return NULL;
      code = wt_database_step (db, statement, error);
      if (code != SQLITE_ROW)
        break;
      id = sqlite3_column_int64 (statement, 0);
      /* A message with several attachments is met several times. */
      if (id != before && sqlite3_column_int (statement, 1) != 0
          && !add_message (db, page->messages, id, error))
        return NULL;
    }
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return NULL;

  page->next = code == SQLITE_ROW ? id : 0;
  return g_steal_pointer (&page);
}

/**
 * wt_search_store_make_pattern:
 * @author: (nullable): a part of a name
 *
 * Returns: (transfer full) (nullable): a pattern for LIKE with a backslash as escape, in which nothing that was typed is one;
 *   %NULL where nothing was typed
 */
char *
wt_search_store_make_pattern (const char *author)
{
  g_autofree char *valid = author != NULL ? g_utf8_make_valid (author, -1) : NULL;
  g_autoptr (GString) pattern = NULL;

  if (valid == NULL || *g_strstrip (valid) == '\0')
    return NULL;

  pattern = g_string_new ("%");
  for (const char *p = valid; *p != '\0' && pattern->len < MOST_AUTHOR_BYTES;
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '%' || c == '_' || c == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_unichar (pattern, c);
    }
  g_string_append_c (pattern, '%');
  return g_strdup (pattern->str);
}

static char *
make_literal (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid == NULL || *g_strstrip (valid) == '\0' || strlen (valid) > MOST_AUTHOR_BYTES)
    return NULL;
  return g_steal_pointer (&valid);
}

/* The words are in the index as any others are. */
static char *
add_link_words (char *match, WtSearchKinds kinds)
{
  static const char links[] = "(\"http\" OR \"https\")";
  g_autofree char *words = match;

  if (kinds != WT_SEARCH_LINKS)
    return g_steal_pointer (&words);
  return words != NULL ? g_strdup_printf ("(%s) AND %s", words, links) : g_strdup (links);
}

/**
 * wt_search_store_find_async:
 * @db: the database
 * @filter: what to look for
 * @next: where the page before ended, or 0 for the newest
 * @limit: most messages; more than 500 are taken as that
 * @cancellable: (nullable): a cancellable, heeded also while it looks
 * @callback: called when the page is there
 * @data: for @callback
 *
 * Looks for messages that are not deleted, some thousands of them at a time: a page may hold fewer than @limit,
 * or none, and yet not be the last. A filter that asks for nothing finds nothing. Text without any word in it, an
 * emoji for instance, is looked for as it stands.
 */
void
wt_search_store_find_async (WtDatabase *db,
                            const WtSearchFilter *filter,
                            gint64 next,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  Find *find = NULL;
  g_autofree char *match = NULL;

  g_return_if_fail (filter != NULL);

  find = g_new0 (Find, 1);
  find->filter = wt_search_filter_copy (filter);
  find->next = next;
  find->limit = MIN (limit, FIND_MOST_RESULTS);
  g_set_object (&find->cancellable, cancellable);
  match = wt_search_store_make_match (filter->text);
  if (match == NULL)
    find->literal = make_literal (filter->text);
  find->match = add_link_words (g_steal_pointer (&match), filter->kinds);
  find->author = wt_search_store_make_pattern (filter->author);
  wt_database_run_with_flags_async (db, WT_DATABASE_READ | WT_DATABASE_SETTLED, find_page, find,
                                    find_free, free_page, cancellable, wt_search_store_find_async,
                                    callback, data);
}

/**
 * wt_search_store_find_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): a page, or %NULL: with %G_IO_ERROR_CANCELLED where nobody wanted to know any more
 */
WtSearchPage *
wt_search_store_find_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_search_store_find_async), NULL);

  return wt_database_run_finish (db, result, error);
}
