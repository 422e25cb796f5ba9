/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-export.h"

#include <string.h>

#include "wt-json.h"
#include "wt-log.h"

/* One frame a line, as docs/inspector.md has it. */

/* A frame's own values do not change; what its ACK changes is taken while nothing else happens. */
typedef struct
{
  WtFrame *frame;
  WtFrameAck ack;
  guint64 pair;
  gint64 round_trip;
} Line;

typedef struct
{
  GArray *lines; /* of Line */
  GFile *file;
} Job;

static void
line_clear (gpointer data)
{
  g_clear_object (&((Line *) data)->frame);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_array_unref (job->lines);
  g_object_unref (job->file);
  g_free (job);
}

static const char *
get_kind_nick (WtFrame *frame)
{
  switch (wt_frame_get_kind (frame))
    {
    case WT_FRAME_MESSAGE:
      return "message";
    case WT_FRAME_ACK:
      return "ack";
    case WT_FRAME_OTHER:
      return "other";
    case WT_FRAME_PONG:
      return "pong";
    case WT_FRAME_STATE:
      return "connection";
    case WT_FRAME_PAUSE:
      return "pause";
    case WT_FRAME_BAD:
    default:
      return "bad";
    }
}

static void
put (WtJsonValue *object, const char *name, const char *value)
{
  if (value != NULL)
    wt_json_value_set_string (object, name, value);
}

static void
put_time (WtJsonValue *object, WtFrame *frame)
{
  gint64 time = wt_frame_get_time (frame);
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *text = g_strdup_printf ("%s.%06dZ", date, (int) (time % G_USEC_PER_SEC));

  put (object, "time", text);
}

static void
put_ack (WtJsonValue *object, const Line *line)
{
  static const char *const nicks[] = { NULL, "pending", "done", "lost" };

  put (object, "ack", nicks[line->ack]);
  if (line->pair != 0)
    wt_json_value_set_integer (object, "pair", (gint64) line->pair);
  if (line->round_trip >= 0)
    wt_json_value_set_integer (object, "round_trip_us", line->round_trip);
}

static void
put_state (WtJsonValue *object, WtFrame *frame)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (WT_TYPE_CONNECTION_STATE);
  GEnumValue *state = g_enum_get_value (states, (int) wt_frame_get_state (frame));
  WtDiagnosis *diagnosis = wt_frame_get_diagnosis (frame);
  g_autofree char *detail = NULL;

  put (object, "state", state != NULL ? state->value_nick : NULL);
  if (diagnosis == NULL)
    return;
  /* A server may say the key in its reason for closing. */
  if (wt_diagnosis_get_detail (diagnosis) != NULL)
    detail = wt_log_redact (wt_diagnosis_get_detail (diagnosis));
  put (object, "reason", wt_diagnosis_kind_to_nick (wt_diagnosis_get_kind (diagnosis)));
  wt_json_value_set_integer (object, "code", wt_diagnosis_get_code (diagnosis));
  put (object, "detail", detail);
}

static void
put_warnings (WtJsonValue *object, GPtrArray *lints)
{
  WtJsonValue *array;

  if (lints == NULL || lints->len == 0)
    return;

  array = wt_json_value_new (WT_JSON_KIND_ARRAY);
  wt_json_value_set_member (object, "warnings", array);
  for (guint i = 0; i < lints->len; i++)
    {
      const WtLint *lint = g_ptr_array_index (lints, i);
      WtJsonValue *warning = wt_json_value_new (WT_JSON_KIND_OBJECT);

      put (warning, "rule", wt_lint_rule_to_nick (lint->rule));
      put (warning, "detail", lint->detail);
      wt_json_value_append (array, warning);
    }
}

/* The frame itself comes last, as it is kept: whole, it is an object already. */
static void
append_frame (GString *text, WtFrame *frame)
{
  const char *json = wt_frame_get_json (frame);
  g_autoptr (WtJsonValue) string = NULL;
  g_autofree char *quoted = NULL;

  if (json == NULL)
    return;
  if (*json == '{' && wt_frame_get_cut (frame) == 0)
    {
      g_string_append_printf (text, ",\"frame\":%s", json);
      return;
    }
  string = wt_json_value_new_string (json);
  quoted = wt_json_value_to_text (string);
  g_string_append_printf (text, ",\"frame_text\":%s,\"frame_cut\":%" G_GSIZE_FORMAT, quoted,
                          wt_frame_get_cut (frame));
}

static char *
write_line (const Line *line)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  g_autofree char *members = NULL;
  g_autoptr (GString) text = NULL;
  WtFrame *frame = line->frame;
  WtFrameKind kind = wt_frame_get_kind (frame);

  wt_json_value_set_integer (object, "serial", (gint64) wt_frame_get_serial (frame));
  put_time (object, frame);
  put (object, "kind", get_kind_nick (frame));
  if (kind != WT_FRAME_PAUSE)
    put (object, "account", wt_frame_get_account_name (frame));
  if (kind == WT_FRAME_STATE)
    put_state (object, frame);
  else if (kind != WT_FRAME_PAUSE)
    put (object, "direction", wt_frame_get_outgoing (frame) ? "sent" : "received");
  if (wt_frame_get_json (frame) != NULL)
    wt_json_value_set_integer (object, "size", (gint64) wt_frame_get_size (frame));
  put (object, "type", wt_frame_get_type_name (frame));
  put (object, "msg_id", wt_frame_get_msg_id (frame));
  put (object, "acked_msg_id", wt_frame_get_acked_msg_id (frame));
  put_ack (object, line);
  put_warnings (object, wt_frame_get_lints (frame));

  members = wt_json_value_to_text (object);
  text = g_string_new_len (members, (gssize) strlen (members) - 1);
  append_frame (text, frame);
  g_string_append (text, "}\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
export_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GFileOutputStream) stream = NULL;
  GError *error = NULL;

  stream = g_file_replace (job->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, &error);
  for (guint i = 0; stream != NULL && error == NULL && i < job->lines->len; i++)
    {
      g_autofree char *line = write_line (&g_array_index (job->lines, Line, i));

      g_output_stream_write_all (G_OUTPUT_STREAM (stream), line, strlen (line), NULL, cancellable,
                                 &error);
    }
  if (error == NULL)
    g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, job->lines->len);
}

/**
 * wt_frame_export_async:
 * @frames: of #WtFrame
 * @file: where to; overwritten if it exists, which the user was asked about
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @data: for @callback
 *
 * Writes frames as NDJSON: one object a line, its members as in `docs/inspector.md`, without keys and contents.
 */
void
wt_frame_export_async (GListModel *frames,
                       GFile *file,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_return_if_fail (G_IS_LIST_MODEL (frames));
  g_return_if_fail (G_IS_FILE (file));

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  guint n_frames = g_list_model_get_n_items (frames);
  Job *job = g_new0 (Job, 1);

  job->file = g_object_ref (file);
  job->lines = g_array_sized_new (FALSE, TRUE, sizeof (Line), n_frames);
  g_array_set_clear_func (job->lines, line_clear);
  for (guint i = 0; i < n_frames; i++)
    {
      WtFrame *frame = g_list_model_get_item (frames, i);
      Line line = { frame, wt_frame_get_ack (frame), wt_frame_get_pair (frame),
                    wt_frame_get_round_trip (frame) };

      g_array_append_val (job->lines, line);
    }
  g_task_set_source_tag (task, wt_frame_export_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, export_in_thread);
}

/**
 * wt_frame_export_finish:
 * @result: what the callback was given
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: how many frames were written, or -1
 */
gssize
wt_frame_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
