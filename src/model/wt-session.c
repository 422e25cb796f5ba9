/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-conversation-store.h"
#include "wt-engine.h"
#include "wt-message-store.h"
#include "wt-outbox.h"
#include "wt-targets.h"

/* A stored message on its way to the engine: its target is looked up first, one message after the other. */
typedef struct
{
  WtConversation *conversation;
  WtMessageRecord *message;
} Waiting;

G_DEFINE_FINAL_TYPE (WtSession, wt_session, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_STATE,
  PROP_DIAGNOSIS,
  PROP_RETRY_AT,
  PROP_REFUSED_FRAMES,
} WtSessionProperty;

enum
{
  MESSAGE_RECEIVED,
  DELIVERY_CHANGED,
  FRAME,
  TROUBLE,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_REFUSED_FRAMES + 1];
static guint signals[N_SIGNALS];

static void resolve_next (WtSession *self);

static Waiting *
waiting_new (WtConversation *conversation, const WtMessageRecord *message)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->conversation = g_object_ref (conversation);
  waiting->message = wt_message_record_copy (message);
  return waiting;
}

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_object_unref (waiting->conversation);
  wt_message_record_free (waiting->message);
  g_free (waiting);
}

void
wt_session_report_trouble (WtSession *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED))
    return;
  g_signal_emit (self, signals[TROUBLE], 0, error);
}

/* Timelines */

static void
on_timeline_gone (gpointer data, GObject *where)
{
  WtSession *self = data;
  GHashTableIter iter;
  gpointer timeline;

  g_hash_table_iter_init (&iter, self->timelines);
  while (g_hash_table_iter_next (&iter, NULL, &timeline))
    {
      if (timeline == (gpointer) where)
        g_hash_table_iter_remove (&iter);
    }
}

WtTimeline *
wt_session_lookup_timeline (WtSession *self, gint64 conversation_id)
{
  return g_hash_table_lookup (self->timelines, &conversation_id);
}

/* What the engine reports */

static void
set_connection (WtSession *self, WtConnectionState state, WtDiagnosis *diagnosis, gint64 retry_at)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (self->diagnosis != diagnosis)
    {
      g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
      self->diagnosis = diagnosis != NULL ? wt_diagnosis_ref (diagnosis) : NULL;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIAGNOSIS]);
    }
  if (self->retry_at != retry_at)
    {
      self->retry_at = retry_at;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_AT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

WtConversation *
wt_session_take_conversation (WtSession *self, const WtConversationRecord *record)
{
  WtConversation *known = wt_conversation_list_lookup (self->conversations, record->id);

  if (known != NULL)
    {
      wt_conversation_update (known, record);
      return g_object_ref (known);
    }

  WtConversation *conversation = wt_conversation_new (self->account, record);

  wt_conversation_list_add (self->conversations, conversation);
  return conversation;
}

/* What was stored in one conversation since the last delivery of events. */
typedef struct
{
  WtConversationRecord *newest; /* borrowed from an event */
  const char *reply_key;        /* borrowed from an event */
  GPtrArray *records;           /* of WtMessageRecord, borrowed from events */
} Burst;

static void
burst_free (gpointer data)
{
  Burst *burst = data;

  g_ptr_array_unref (burst->records);
  g_free (burst);
}

static void
announce (WtSession *self, WtConversation *conversation, const WtMessageRecord *record)
{
  g_autoptr (WtMessage) message = wt_message_new (record->seq);

  wt_message_load (message, record);
  g_signal_emit (self, signals[MESSAGE_RECEIVED], 0, conversation, message);
}

static void
take_burst (WtSession *self, Burst *burst)
{
  g_autoptr (WtConversation) conversation = wt_session_take_conversation (self, burst->newest);
  WtTimeline *timeline = wt_session_lookup_timeline (self, burst->newest->id);

  if (timeline != NULL)
    wt_timeline_append (timeline, burst->records);
  if (burst->reply_key != NULL)
    wt_targets_learn (self->targets, conversation, burst->reply_key);
  for (guint i = 0; i < burst->records->len; i++)
    announce (self, conversation, g_ptr_array_index (burst->records, i));
}

/* One change of the models for all that was stored in a conversation, however much it was. */
static void
take_stored (WtSession *self, GPtrArray *events)
{
  g_autoptr (GHashTable) bursts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                                         burst_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    {
      WtEngineEvent *event = g_ptr_array_index (events, i);

      if (event->kind != WT_ENGINE_STORED)
        continue;

      WtConversationRecord *record = event->stored->conversation;
      Burst *burst = g_hash_table_lookup (bursts, &record->id);

      if (burst == NULL)
        {
          burst = g_new0 (Burst, 1);
          burst->records = g_ptr_array_new ();
          g_hash_table_insert (bursts, &record->id, burst);
          g_ptr_array_add (order, burst);
        }
      burst->newest = record;
      if (event->reply_key != NULL)
        burst->reply_key = event->reply_key;
      g_ptr_array_add (burst->records, event->stored->message);
    }
  for (guint i = 0; i < order->len; i++)
    take_burst (self, g_ptr_array_index (order, i));
}

static void
take_delivery (WtSession *self, const WtMessageRecord *record)
{
  WtTimeline *timeline = wt_session_lookup_timeline (self, record->conversation_id);
  WtConversation *conversation = wt_conversation_list_lookup (self->conversations,
                                                              record->conversation_id);

  if (timeline != NULL)
    wt_timeline_set_delivery (timeline, record);
  if (conversation != NULL)
    wt_conversation_set_last_delivery (conversation, record->seq, record->delivery);
  g_signal_emit (self, signals[DELIVERY_CHANGED], 0, record);
}

static void
on_engine_events (GPtrArray *events, gpointer data)
{
  g_autoptr (WtSession) self = g_object_ref (data);

  take_stored (self, events);
  for (guint i = 0; i < events->len; i++)
    {
      WtEngineEvent *event = g_ptr_array_index (events, i);

      switch (event->kind)
        {
        case WT_ENGINE_STATE:
          if (self->started)
            set_connection (self, event->state, event->diagnosis, event->retry_at);
          break;
        case WT_ENGINE_DELIVERY:
          take_delivery (self, event->message);
          break;
        case WT_ENGINE_REFUSED:
          g_message ("A frame could not be used: %s", event->error->message);
          self->refused_frames++;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFUSED_FRAMES]);
          break;
        case WT_ENGINE_TROUBLE:
          wt_session_report_trouble (self, event->error);
          break;
        case WT_ENGINE_FRAME:
          g_signal_emit (self, signals[FRAME], 0, event->outgoing, event->time,
                         (guint64) event->size, event->frame);
          break;
        case WT_ENGINE_STORED:
        default:
          break;
        }
    }
}

/* From the database to the engine */

static void
fail_message (WtSession *self, WtMessageRecord *message, const char *failure)
{
  message->delivery = WT_DELIVERY_FAILED;
  g_free (message->failure);
  message->failure = g_strdup (failure);
  wt_message_store_set_delivery_async (self->database, message, NULL, NULL, NULL);
  take_delivery (self, message);
}

static WtOutgoing *
make_outgoing (WtSession *self, const Waiting *waiting, const WtTarget *target)
{
  const WtConversationRecord *conversation = wt_conversation_get_record (waiting->conversation);
  const WtAccountRecord *account = wt_account_get_record (self->account);
  WtOutgoing *outgoing = wt_outgoing_new (waiting->message);

  outgoing->kind = conversation->kind;
  outgoing->peer_id = g_strdup (conversation->peer_id);
  outgoing->peer_platform = g_strdup (conversation->platform);
  outgoing->title = g_strdup (conversation->title);
  outgoing->platform = g_strdup (account->platform);
  outgoing->api_key = g_strdup (self->api_key);
  outgoing->target_key = g_strdup (target->key);
  outgoing->target_platform = g_strdup (target->platform);
  outgoing->dialect = account->dialect;
  return outgoing;
}

static void
on_target (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtTarget) target = wt_targets_lookup_finish (WT_TARGETS (source), result, &error);

  self->resolving = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  Waiting *waiting = g_queue_pop_head (&self->waiting);

  if (target != NULL)
    wt_engine_send (self->engine, make_outgoing (self, waiting, target));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    fail_message (self, waiting->message, WT_FAILURE_NO_TARGET);
  else
    wt_session_report_trouble (
        self, error); /* It stays queued: sent at the next start, when the keyring may answer. */
  waiting_free (waiting);
  resolve_next (self);
}

static void
resolve_next (WtSession *self)
{
  Waiting *waiting = g_queue_peek_head (&self->waiting);

  if (self->resolving || waiting == NULL || !self->pending_loaded)
    return;

  self->resolving = TRUE;
  wt_targets_lookup_async (self->targets, waiting->conversation, self->cancellable, on_target,
                           g_object_ref (self));
}

void
wt_session_queue_message (WtSession *self,
                          WtConversation *conversation,
                          const WtMessageRecord *message)
{
  g_queue_push_tail (&self->waiting, waiting_new (conversation, message));
  resolve_next (self);
}

static void
on_pending_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pending = wt_message_store_list_pending_finish (WT_DATABASE (source),
                                                                        result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (pending == NULL)
    wt_session_report_trouble (self, error);
  else
    /* What waits was stored before this list was made, so it is in it. */
    g_queue_clear_full (&self->waiting, waiting_free);
  for (guint i = 0; pending != NULL && i < pending->len; i++)
    {
      const WtMessageRecord *message = g_ptr_array_index (pending, i);
      WtConversation *conversation = wt_conversation_list_lookup (self->conversations,
                                                                  message->conversation_id);

      if (conversation != NULL)
        g_queue_push_tail (&self->waiting, waiting_new (conversation, message));
    }
  self->pending_loaded = TRUE;
  resolve_next (self);
}

/* Going online */

static void
start_engine (WtSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEndpoint) endpoint = wt_account_make_endpoint (self->account, self->api_key, &error);

  if (endpoint == NULL)
    {
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_BAD_URL, 0,
                                                            error->message);

      set_connection (self, WT_CONNECTION_REFUSED, diagnosis, 0);
      return;
    }
  wt_engine_start (self->engine, endpoint);
  if (!self->pending_loaded)
    wt_message_store_list_pending_async (self->database, wt_account_get_id (self->account),
                                         self->cancellable, on_pending_listed, g_object_ref (self));
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = wt_secrets_lookup_finish (WT_SECRETS (source), result, &error);

  if (!self->started || g_cancellable_is_cancelled (self->cancellable))
    return;

  if (key == NULL)
    {
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_NO_KEY, 0,
                                                            error != NULL ? error->message : NULL);

      set_connection (self, WT_CONNECTION_REFUSED, diagnosis, 0);
      return;
    }
  g_free (self->api_key);
  self->api_key = g_steal_pointer (&key);
  start_engine (self);
}

static void
look_up_key (WtSession *self)
{
  g_autofree char *name = wt_account_dup_key_name (self->account);

  wt_secrets_lookup_async (self->secrets, name, self->cancellable, on_key, g_object_ref (self));
}

static void
wt_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtSession *self = WT_SESSION (object);

  switch ((WtSessionProperty) id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_DIAGNOSIS:
      g_value_set_boxed (value, self->diagnosis);
      break;
    case PROP_RETRY_AT:
      g_value_set_int64 (value, self->retry_at);
      break;
    case PROP_REFUSED_FRAMES:
      g_value_set_uint (value, self->refused_frames);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_session_dispose (GObject *object)
{
  WtSession *self = WT_SESSION (object);

  wt_session_close (self);
  g_queue_clear_full (&self->waiting, waiting_free);
  g_clear_pointer (&self->timelines, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_object (&self->targets);
  g_clear_object (&self->conversations);
  g_clear_object (&self->blobs);
  g_clear_object (&self->secrets);
  g_clear_object (&self->database);
  g_clear_object (&self->account);
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_clear_pointer (&self->api_key, g_free);

  G_OBJECT_CLASS (wt_session_parent_class)->dispose (object);
}

static void
wt_session_class_init (WtSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_session_get_property;
  object_class->dispose = wt_session_dispose;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, WT_TYPE_ACCOUNT, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, WT_CONNECTION_OFFLINE,
                                             WT_CONNECTION_REFUSED, WT_CONNECTION_OFFLINE, flags);
  properties[PROP_DIAGNOSIS] = g_param_spec_boxed ("diagnosis", NULL, NULL, WT_TYPE_DIAGNOSIS,
                                                   flags);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_REFUSED_FRAMES] = g_param_spec_uint ("refused-frames", NULL, NULL, 0, G_MAXUINT,
                                                       0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * WtSession::message-received:
   * @self: a session
   * @conversation: where it is
   * @message: the message, loaded
   *
   * An incoming message was stored and is in the models.
   */
  signals[MESSAGE_RECEIVED] = g_signal_new ("message-received", WT_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                            WT_TYPE_CONVERSATION, WT_TYPE_MESSAGE);
  /**
   * WtSession::delivery-changed:
   * @self: a session
   * @message: (type WtMessageRecord): an outgoing message, with its delivery, attempts, round trip and failure as they are now;
   *   for this call only
   */
  signals[DELIVERY_CHANGED] = g_signal_new ("delivery-changed", WT_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /**
   * WtSession::frame:
   * @self: a session
   * @outgoing: whether it was sent, not received
   * @time: when, microseconds since the epoch
   * @size: its bytes
   * @text: the frame without keys and base64, as wt_envelope_redact_beyond() shows it
   *
   * A frame was sent or received; emitted only where wt_session_set_frame_tap() asks for it.
   */
  signals[FRAME] = g_signal_new ("frame", WT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 4, G_TYPE_BOOLEAN, G_TYPE_INT64, G_TYPE_UINT64,
                                 G_TYPE_STRING);
  /**
   * WtSession::trouble:
   * @self: a session
   * @error: what happened
   *
   * Something could not be stored or read.
   */
  signals[TROUBLE] = g_signal_new ("trouble", WT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wt_session_init (WtSession *self)
{
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
  self->timelines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/*< private >
 * wt_session_new:
 * @account: who goes online
 * @database: where messages are
 * @secrets: where keys are
 * @blobs: where pictures and files are
 * @worker: the thread that does the work
 * @conversations: the list that the account's conversations are in
 *
 * Returns: (transfer full): a session, offline
 */
WtSession *
wt_session_new (WtAccount *account,
                WtDatabase *database,
                WtSecrets *secrets,
                WtBlobs *blobs,
                WtWorker *worker,
                WtConversationList *conversations)
{
  WtSession *self = g_object_new (WT_TYPE_SESSION, NULL);
  const WtAccountRecord *record = wt_account_get_record (account);

  self->account = g_object_ref (account);
  self->database = g_object_ref (database);
  self->secrets = g_object_ref (secrets);
  self->blobs = g_object_ref (blobs);
  self->conversations = g_object_ref (conversations);
  self->targets = wt_targets_new (account, database, secrets);
  self->engine = wt_engine_new (worker, database, blobs, record->id, record->user_id, record->uuid,
                                on_engine_events, self);
  return self;
}

/*< private >
 * wt_session_forget_keys:
 * @self: a session
 *
 * The account's keys were changed: they are looked up again when they are needed.
 */
void
wt_session_forget_keys (WtSession *self)
{
  wt_targets_forget (self->targets);
}

/*< private >
 * wt_session_close:
 * @self: a session
 *
 * Ends it for good.
 */
void
wt_session_close (WtSession *self)
{
  if (self->engine == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  GHashTableIter iter;
  gpointer timeline;

  g_cancellable_cancel (self->cancellable);
  g_hash_table_iter_init (&iter, self->timelines);
  while (g_hash_table_iter_next (&iter, NULL, &timeline))
    g_object_weak_unref (timeline, on_timeline_gone, self);
  g_hash_table_remove_all (self->timelines);
  wt_engine_close (self->engine);
  self->started = FALSE;
  set_connection (self, WT_CONNECTION_OFFLINE, NULL, 0);
}

/*< private >
 * wt_session_wait_closed:
 * @self: a session, after wt_session_close()
 * @deadline: by g_get_monotonic_time()
 *
 * Blocks until its connection has ended in good order, or @deadline.
 */
void
wt_session_wait_closed (WtSession *self, gint64 deadline)
{
  if (self->engine != NULL)
    wt_engine_wait_closed (self->engine, deadline);
}

/**
 * wt_session_get_account:
 * @self: a session
 *
 * Returns: (transfer none): who it is
 */
WtAccount *
wt_session_get_account (WtSession *self)
{
  g_return_val_if_fail (WT_IS_SESSION (self), NULL);

  return self->account;
}

/**
 * wt_session_get_state:
 * @self: a session
 *
 * Returns: the connection's state
 */
WtConnectionState
wt_session_get_state (WtSession *self)
{
  g_return_val_if_fail (WT_IS_SESSION (self), WT_CONNECTION_OFFLINE);

  return self->state;
}

/**
 * wt_session_get_diagnosis:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why there is no connection
 */
WtDiagnosis *
wt_session_get_diagnosis (WtSession *self)
{
  g_return_val_if_fail (WT_IS_SESSION (self), NULL);

  return self->diagnosis;
}

/**
 * wt_session_get_retry_at:
 * @self: a session
 *
 * Returns: when the next attempt is due, by g_get_monotonic_time(), or 0
 */
gint64
wt_session_get_retry_at (WtSession *self)
{
  g_return_val_if_fail (WT_IS_SESSION (self), 0);

  return self->retry_at;
}

/**
 * wt_session_start:
 * @self: a session
 *
 * Goes online and stays so: connects again whenever the connection is lost. On a session that is started: takes over
 * a changed account, with a new connection.
 */
void
wt_session_start (WtSession *self)
{
  g_return_if_fail (WT_IS_SESSION (self));

  self->started = TRUE;
  look_up_key (self);
}

/**
 * wt_session_retry_now:
 * @self: a session
 *
 * Connects at once where it waits or was refused.
 */
void
wt_session_retry_now (WtSession *self)
{
  g_return_if_fail (WT_IS_SESSION (self));

  if (!self->started || self->api_key == NULL)
    wt_session_start (self);
  else
    wt_engine_retry_now (self->engine);
}

/**
 * wt_session_network_changed:
 * @self: a session
 *
 * Tells that the network may be another than before: after resuming, say. A session that waits tries at once; a link is
 * checked, so that a dead one is found soon.
 */
void
wt_session_network_changed (WtSession *self)
{
  g_return_if_fail (WT_IS_SESSION (self));

  if (self->started)
    wt_engine_network_changed (self->engine);
}

/**
 * wt_session_stop:
 * @self: a session
 *
 * Goes offline in good order; what is queued stays queued.
 */
void
wt_session_stop (WtSession *self)
{
  g_return_if_fail (WT_IS_SESSION (self));

  self->started = FALSE;
  wt_engine_stop (self->engine);
  set_connection (self, WT_CONNECTION_OFFLINE, NULL, 0);
}

/**
 * wt_session_set_frame_tap:
 * @self: a session
 * @longest: the longest string in a frame that is shown whole, in bytes; 0: frames are not shown, as at first
 *
 * Has #WtSession::frame emitted for each frame from now on.
 */
void
wt_session_set_frame_tap (WtSession *self, gsize longest)
{
  g_return_if_fail (WT_IS_SESSION (self));

  wt_engine_set_frame_tap (self->engine, longest);
}

/**
 * wt_session_open_timeline:
 * @self: a session
 * @conversation: one of the account's
 *
 * Returns: (transfer full): the conversation's timeline; the same object for as long as somebody holds it
 */
WtTimeline *
wt_session_open_timeline (WtSession *self, WtConversation *conversation)
{
  g_return_val_if_fail (WT_IS_SESSION (self), NULL);

  gint64 id = wt_conversation_get_id (conversation);
  WtTimeline *timeline = wt_session_lookup_timeline (self, id);

  if (timeline != NULL)
    return g_object_ref (timeline);

  timeline = wt_timeline_new (self->database, conversation);
  g_hash_table_insert (self->timelines, g_memdup2 (&id, sizeof id), timeline);
  g_object_weak_ref (G_OBJECT (timeline), on_timeline_gone, self);
  return timeline;
}
