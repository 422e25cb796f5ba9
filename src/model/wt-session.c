/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

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
  MEDIA_CHANGED,
  TROUBLE,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_REFUSED_FRAMES + 1];
static guint signals[N_SIGNALS];

void
wt_session_report_trouble (WtSession *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED))
    return;
  g_signal_emit (self, signals[TROUBLE], 0, error);
}

void
wt_session_emit_received (WtSession *self, WtConversation *conversation, WtMessage *message)
{
  g_signal_emit (self, signals[MESSAGE_RECEIVED], 0, conversation, message);
}

void
wt_session_emit_delivery (WtSession *self, const WtMessageRecord *message)
{
  g_signal_emit (self, signals[DELIVERY_CHANGED], 0, message);
}

void
wt_session_emit_media_changed (WtSession *self, gint64 conversation_id)
{
  g_signal_emit (self, signals[MEDIA_CHANGED], 0, conversation_id);
}

void
wt_session_emit_frame (WtSession *self, const WtEngineEvent *event)
{
  g_signal_emit (self, signals[FRAME], 0, event->frame);
}

void
wt_session_count_refused (WtSession *self)
{
  self->refused_frames++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFUSED_FRAMES]);
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

void
wt_session_set_connection (WtSession *self,
                           WtConnectionState state,
                           WtDiagnosis *diagnosis,
                           gint64 retry_at)
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
  wt_session_clear_waiting (self);
  g_clear_pointer (&self->timelines, g_hash_table_unref);
  g_clear_pointer (&self->fetches, g_hash_table_unref);
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
install_signals (void)
{
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
   * @frame: what it was, without keys and base64, in no log
   *
   * A frame was sent or received, or a pong; emitted only where wt_session_set_frame_tap() asks for it.
   */
  signals[FRAME] = g_signal_new ("frame", WT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, WT_TYPE_FRAME);
  /**
   * WtSession::media-changed:
   * @self: a session
   * @conversation_id: a conversation's row id
   *
   * A message was deleted there, or the contents of a picture, file or recording came.
   */
  signals[MEDIA_CHANGED] = g_signal_new ("media-changed", WT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
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
  install_signals ();
}

static void
wt_session_init (WtSession *self)
{
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
  self->timelines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->fetches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
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
                                wt_session_on_engine_events, self);
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
  wt_session_cancel_fetches (self);
  wt_targets_finish (self->targets);
  g_hash_table_iter_init (&iter, self->timelines);
  while (g_hash_table_iter_next (&iter, NULL, &timeline))
    g_object_weak_unref (timeline, on_timeline_gone, self);
  g_hash_table_remove_all (self->timelines);
  wt_engine_close (self->engine);
  self->started = FALSE;
  wt_session_set_connection (self, WT_CONNECTION_OFFLINE, NULL, 0);
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
