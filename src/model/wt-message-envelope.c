/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-envelope.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wt-inspection.h"
#include "wt-outgoing.h"
#include "wt-session-private.h"

/* A message's envelope for people to look at: by the builder that sends, with stand-ins for keys and contents. */

/* In the place of keys: they stay where they are. */
#define NO_KEY "•••"

#define LONGEST_TEXT 1024

/* Base64 that is found again in the text, and is written there as its length. */
typedef struct
{
  char *token;
  gsize length;
} StandIn;

typedef struct
{
  WtOutgoing *outgoing; /* also of a received message: it holds the same */
  WtBlobs *blobs;
  GPtrArray *stand_ins; /* of StandIn */
  gboolean has_target;
} Job;

static void
stand_in_free (gpointer data)
{
  StandIn *self = data;

  g_free (self->token);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  wt_outgoing_free (job->outgoing);
  g_object_unref (job->blobs);
  g_ptr_array_unref (job->stand_ins);
  g_free (job);
}

/**
 * wt_message_envelope_free:
 * @self: (transfer full): an envelope
 */
void
wt_message_envelope_free (WtMessageEnvelope *self)
{
  g_free (self->json);
  g_free (self->target_platform);
  g_ptr_array_unref (self->lints);
  g_free (self);
}

/* On a thread of its own */

static WtMedia *
put_stand_in (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  Job *job = data;
  WtMedia *copy = wt_media_copy (media);
  g_autofree char *path = NULL;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (GString) token = NULL;
  StandIn *stand_in;
  GStatBuf info;

  if (media->blob == NULL)
    return copy;

  /* As base64 it passes for what it stands for. */
  path = wt_blobs_get_path (job->blobs, media->blob);
  token = g_string_new (uuid);
  g_string_replace (token, "-", "", 0);
  stand_in = g_new0 (StandIn, 1);
  stand_in->length = g_stat (path, &info) == 0 ? ((gsize) info.st_size + 2) / 3 * 4 : 0;
  stand_in->token = g_strdup (token->str);
  g_ptr_array_add (job->stand_ins, stand_in);
  copy->base64 = g_bytes_new (token->str, token->len);
  g_clear_pointer (&copy->blob, g_free);
  return copy;
}

/* What it came with beside its parts; its route is not kept. */
static GBytes *
rebuild_received (Job *job, GError **error)
{
  const WtMessageRecord *record = job->outgoing->message;
  g_autoptr (WtSegment) stored = wt_message_record_dup_segment (record, error);
  g_autoptr (WtSegment) segment = stored != NULL
                                      ? wt_segment_map_media (stored, put_stand_in, job, error)
                                      : NULL;
  g_autoptr (WtJsonValue) config = NULL;
  g_autoptr (WtEnvelope) envelope = NULL;
  WtGroupInfo *group = NULL;
  WtMessageInfo *info;

  if (segment == NULL)
    return NULL;

  info = wt_message_info_new (job->outgoing->platform, record->message_id,
                              (double) record->peer_time / G_USEC_PER_SEC);
  if (job->outgoing->kind == WT_CONVERSATION_GROUP)
    group = wt_group_info_new (job->outgoing->peer_platform, job->outgoing->peer_id,
                               job->outgoing->title);
  info->sender = wt_party_new (wt_user_info_new (record->author_platform, record->author_id,
                                                 record->author_nickname, record->author_cardname),
                               group);
  if (record->config != NULL)
    config = wt_json_value_from_text (record->config, NULL);
  if (wt_json_value_is (config, WT_JSON_KIND_OBJECT))
    info->additional_config = g_steal_pointer (&config);
  envelope = wt_envelope_new_server_message (
      record->msg_id, NO_KEY, job->outgoing->platform, (double) record->peer_time / G_USEC_PER_SEC,
      wt_payload_new (info, g_steal_pointer (&segment), NO_KEY, job->outgoing->platform));
  return wt_envelope_to_bytes (envelope, job->outgoing->dialect);
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gboolean outgoing = job->outgoing->message->direction == WT_DIRECTION_OUT;
  g_autoptr (GBytes) frame = outgoing ? wt_outgoing_make_frame_with (job->outgoing, put_stand_in,
                                                                     job, &error)
                                      : rebuild_received (job, &error);

  if (frame == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_autoptr (WtInspection) inspection = wt_inspection_new (
      frame, outgoing, outgoing ? job->outgoing->platform : NULL, LONGEST_TEXT);
  g_autoptr (GString) json = g_string_new (inspection->json);
  WtMessageEnvelope *envelope = g_new0 (WtMessageEnvelope, 1);

  envelope->size = g_bytes_get_size (frame);
  for (guint i = 0; i < job->stand_ins->len; i++)
    {
      StandIn *stand_in = g_ptr_array_index (job->stand_ins, i);
      g_autofree char *shown = g_strdup_printf ("<%" G_GSIZE_FORMAT " bytes>", stand_in->length);

      g_string_replace (json, stand_in->token, shown, 1);
      envelope->size += stand_in->length - strlen (stand_in->token);
    }
  envelope->json = g_string_free (g_steal_pointer (&json), FALSE);
  envelope->cut = inspection->cut;
  envelope->lints = g_ptr_array_ref (inspection->lints);
  envelope->has_target = job->has_target;
  envelope->target_platform = outgoing && job->has_target
                                  ? g_strdup (job->outgoing->target_platform)
                                  : NULL;
  g_task_return_pointer (task, envelope, (GDestroyNotify) wt_message_envelope_free);
}

/* On the main thread */

static Job *
job_new (WtSession *session, WtConversation *conversation, const WtMessageRecord *message)
{
  const WtConversationRecord *record = wt_conversation_get_record (conversation);
  const WtAccountRecord *account = wt_account_get_record (session->account);
  Job *job = g_new0 (Job, 1);
  WtOutgoing *outgoing = wt_outgoing_new (message);

  outgoing->kind = record->kind;
  outgoing->peer_id = g_strdup (record->peer_id);
  outgoing->peer_platform = g_strdup (record->platform);
  outgoing->title = g_strdup (record->title);
  outgoing->platform = g_strdup (account->platform);
  outgoing->api_key = g_strdup (NO_KEY);
  outgoing->target_key = g_strdup ("");
  outgoing->target_platform = g_strdup ("");
  outgoing->dialect = wt_conversation_get_dialect (conversation);
  job->outgoing = outgoing;
  job->blobs = g_object_ref (session->blobs);
  job->stand_ins = g_ptr_array_new_with_free_func (stand_in_free);
  return job;
}

static void
on_target (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (WtTarget) target = wt_targets_lookup_finish (WT_TARGETS (source), result, NULL);

  /* Without one it cannot be sent; what it looks like can be shown all the same. */
  if (target != NULL)
    {
      job->has_target = TRUE;
      g_free (job->outgoing->target_key);
      g_free (job->outgoing->target_platform);
      job->outgoing->target_key = g_strdup (*target->key != '\0' ? NO_KEY : "");
      job->outgoing->target_platform = g_strdup (target->platform);
    }
  g_task_run_in_thread (task, make_in_thread);
}

/**
 * wt_message_envelope_make_async:
 * @session: a session
 * @conversation: one of its conversations
 * @message: a loaded message of it that is not deleted
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @data: for @callback
 *
 * Builds a message's envelope: of an outgoing one as it is sent, of a received one anew, from what is stored of it. No key and no file
 * is read for it.
 */
void
wt_message_envelope_make_async (WtSession *session,
                                WtConversation *conversation,
                                WtMessage *message,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (session));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));

  const WtMessageRecord *record = wt_message_get_record (message);
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, data);

  g_task_set_source_tag (task, wt_message_envelope_make_async);
  if (record == NULL || record->deleted)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the message is not there");
      return;
    }
  g_task_set_task_data (task, job_new (session, conversation, record), job_free);
  if (record->direction == WT_DIRECTION_OUT)
    wt_targets_lookup_async (session->targets, conversation, cancellable, on_target,
                             g_steal_pointer (&task));
  else
    g_task_run_in_thread (task, make_in_thread);
}

/**
 * wt_message_envelope_make_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: return location for what the builder fails with, or %G_IO_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the envelope
 */
WtMessageEnvelope *
wt_message_envelope_make_finish (WtSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
