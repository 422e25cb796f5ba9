/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-transcript.h"

#include <glib/gi18n-lib.h>

#include "wt-display-text.h"
#include "wt-message-store.h"
#include "wt-segment.h"

/* Messages are read so many positions at a time, and what lies between selected ones is passed over. */
#define CHUNK 256

/* What the clipboard is given at most. */
#define MOST_CHARACTERS (8 * 1024 * 1024)
#define MOST_LINES (1024 * 1024)

#define MOST_NAME 64

/* What is made, and how far it got. */
typedef struct
{
  GArray *seqs;
  guint next; /* the first of @seqs that was not read */
  gint64 conversation_id;
  GPtrArray *records;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_array_unref (job->seqs);
  g_ptr_array_unref (job->records);
  g_free (job);
}

static char *
dup_author (const WtMessageRecord *record)
{
  const char *const names[] = { record->author_cardname, record->author_nickname,
                                record->author_id };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = names[i] != NULL ? wt_display_text_line (names[i], MOST_NAME) : NULL;

      if (name != NULL && *name != '\0')
        return g_steal_pointer (&name);
    }
  return g_strdup (_ ("Unknown"));
}

static char *
dup_words (WtSegment *segment)
{
  const WtMedia *media = wt_segment_get_kind (segment) == WT_SEGMENT_IMAGE
                             ? wt_segment_get_media (segment)
                             : NULL;

  if (media != NULL && media->name != NULL && *media->name != '\0')
    {
      g_autofree char *name = wt_display_text_line (media->name, MOST_NAME);

      /* Translators: a picture in messages that are copied as text; %s is its file's name */
      return g_strdup_printf (_ ("[Picture: %s]"), name);
    }
  return wt_segment_to_plain_text (segment);
}

/* As wt_segment_to_plain_text(), with the names of pictures. */
static void
append_segment (GString *text, WtSegment *segment)
{
  g_autofree char *words = NULL;
  guint n_children = 0;

  if (wt_segment_get_kind (segment) == WT_SEGMENT_SEGLIST)
    n_children = wt_segment_get_n_children (segment);
  for (guint i = 0; i < n_children; i++)
    {
      WtSegment *child = wt_segment_get_child (segment, i);

      if (wt_segment_get_kind (child) != WT_SEGMENT_REPLY || n_children == 1)
        append_segment (text, child);
    }
  if (wt_segment_get_kind (segment) == WT_SEGMENT_SEGLIST)
    return;

  words = dup_words (segment);
  if (text->len > 0 && *words != '\0' && !g_ascii_isspace (text->str[text->len - 1])
      && !g_ascii_isspace (*words) && wt_segment_get_kind (segment) != WT_SEGMENT_TEXT)
    g_string_append_c (text, ' ');
  g_string_append (text, words);
}

static char *
dup_text (const WtMessageRecord *record)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (WtSegment) segment = wt_message_record_dup_segment (record, NULL);

  if (segment != NULL)
    append_segment (text, segment);
  else
    g_string_append (text, record->text != NULL ? record->text : "");
  return g_strdup (text->str);
}

static gboolean
append_line (GString *transcript, const WtMessageRecord *record, WtTextBudget *budget)
{
  g_autofree char *author = dup_author (record);
  g_autofree char *text = dup_text (record);
  g_autofree char *when = NULL;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (
      record->time / G_USEC_PER_SEC - (record->time % G_USEC_PER_SEC < 0));

  when = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("?");
  g_string_append_printf (transcript, "[%s] %s: ", when, author);
  return wt_display_text_append (transcript, text, budget);
}

/* In a thread: ten thousand messages take a while to be read. */
static void
write_down (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GString) transcript = g_string_new (NULL);
  WtTextBudget budget = { MOST_CHARACTERS, MOST_LINES };
  gboolean all = TRUE;

  for (guint i = 0; i < job->records->len && all; i++)
    {
      if (transcript->len > 0)
        g_string_append_c (transcript, '\n');
      all = append_line (transcript, g_ptr_array_index (job->records, i), &budget);
    }
  if (!all)
    g_string_append (transcript, "…");
  g_task_return_pointer (task, g_string_free (g_steal_pointer (&transcript), FALSE), g_free);
}

static void load_chunk (GTask *task);

/* Of what was read, what is wanted and not deleted. */
static void
take_chunk (Job *job, GPtrArray *records)
{
  gint64 end = g_array_index (job->seqs, gint64, job->next) + CHUNK;

  for (guint i = 0; i < records->len; i++)
    {
      WtMessageRecord *record = g_ptr_array_index (records, i);

      while (job->next < job->seqs->len
             && g_array_index (job->seqs, gint64, job->next) < record->seq)
        job->next++;
      if (job->next < job->seqs->len && g_array_index (job->seqs, gint64, job->next) == record->seq
          && !record->deleted)
        g_ptr_array_add (job->records, wt_message_record_copy (record));
    }
  while (job->next < job->seqs->len && g_array_index (job->seqs, gint64, job->next) < end)
    job->next++;
}

static void
on_chunk (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) records = wt_message_store_load_finish (WT_DATABASE (source), result,
                                                                &error);

  if (records == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_chunk (g_task_get_task_data (task), records);
  load_chunk (task);
}

static void
load_chunk (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (job->next >= job->seqs->len)
    {
      g_task_run_in_thread (task, write_down);
      return;
    }
  wt_message_store_load_async (g_task_get_source_object (task), job->conversation_id,
                               g_array_index (job->seqs, gint64, job->next), CHUNK,
                               g_task_get_cancellable (task), on_chunk, g_object_ref (task));
}

/**
 * wt_transcript_make_async:
 * @database: where the messages are
 * @conversation_id: whose they are
 * @seqs: (element-type gint64): their positions in order
 * @cancellable: (nullable): stops it
 * @callback: called when it is there
 * @data: for @callback
 *
 * Writes messages down as text: "[2026-11-22 19:03] Anna: text", each on a line of its own, pictures and files by their names. Those
 * that were deleted are left out. At most eight million characters of what they say.
 */
void
wt_transcript_make_async (WtDatabase *database,
                          gint64 conversation_id,
                          GArray *seqs,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_return_if_fail (WT_IS_DATABASE (database));
  g_return_if_fail (seqs != NULL);

  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, wt_transcript_make_async);
  job->seqs = g_array_ref (seqs);
  job->conversation_id = conversation_id;
  job->records = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_message_record_free);
  g_task_set_task_data (task, job, job_free);
  load_chunk (task);
}

/**
 * wt_transcript_make_finish:
 * @database: where the messages are
 * @result: the result
 * @error: return location for a #WtDatabaseError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the text, without a line break at its end; %NULL on error
 */
char *
wt_transcript_make_finish (WtDatabase *database, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, database), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
