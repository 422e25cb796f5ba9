/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-log.h"

#include "wt-frame-pairs.h"

/* An hour of lively talk; a minute of a flood. */
#define MOST_FRAMES 10000
#define MOST_BYTES (32 * 1024 * 1024)

/* Of one text within a frame. */
#define LONGEST_TEXT 1024

/* So often new frames enter the list: often enough for eyes. */
#define FLUSH_MS 100

struct _WtFrameLog
{
  GObject parent_instance;

  /* owned */
  GListModel *sessions;
  GPtrArray *watched; /* of WtSession */
  GPtrArray *frames;  /* of WtFrame: the list */
  GQueue entering;    /* of WtFrame: not in the list yet */
  WtFramePairs *pairs;

  guint64 last_serial;
  guint64 dropped;
  gsize bytes; /* of all that are kept */
  gsize most_bytes;
  guint most_frames;
  guint flush;
  gboolean recording;
};

typedef enum
{
  PROP_RECORDING = 1,
  PROP_DROPPED,
} WtFrameLogProperty;

static GParamSpec *properties[PROP_DROPPED + 1];

static GType
wt_frame_log_get_item_type (GListModel *model)
{
  return WT_TYPE_FRAME;
}

static guint
wt_frame_log_get_n_items (GListModel *model)
{
  return WT_FRAME_LOG (model)->frames->len;
}

static gpointer
wt_frame_log_get_item (GListModel *model, guint position)
{
  WtFrameLog *self = WT_FRAME_LOG (model);

  return position < self->frames->len ? g_object_ref (g_ptr_array_index (self->frames, position))
                                      : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = wt_frame_log_get_item_type;
  iface->get_n_items = wt_frame_log_get_n_items;
  iface->get_item = wt_frame_log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WtFrameLog,
                               wt_frame_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

/* Keeping to the limits */

static void
forget (WtFrameLog *self, WtFrame *frame)
{
  self->bytes -= wt_frame_get_weight (frame);
  wt_frame_pairs_forget (self->pairs, frame);
}

static gboolean
is_over (WtFrameLog *self, guint kept)
{
  return kept > 1 && (kept > self->most_frames || self->bytes > self->most_bytes);
}

/* The list's oldest go first, all at once; then those that never enter it. */
static void
make_room (WtFrameLog *self)
{
  guint n_entering = self->entering.length;
  guint n_removed = 0;
  guint n_lost = 0;

  while (n_removed < self->frames->len
         && is_over (self, self->frames->len - n_removed + n_entering))
    forget (self, g_ptr_array_index (self->frames, n_removed++));
  if (n_removed > 0)
    {
      g_ptr_array_remove_range (self->frames, 0, n_removed);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, 0);
    }
  while (is_over (self, self->frames->len + self->entering.length))
    {
      g_autoptr (WtFrame) frame = g_queue_pop_head (&self->entering);

      forget (self, frame);
      n_lost++;
    }
  if (n_removed + n_lost > 0)
    {
      self->dropped += n_removed + n_lost;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DROPPED]);
    }
}

static gboolean
on_flush (gpointer data)
{
  WtFrameLog *self = data;
  guint position, n_added;

  self->flush = 0;
  make_room (self);
  position = self->frames->len;
  n_added = self->entering.length;
  while (!g_queue_is_empty (&self->entering))
    g_ptr_array_add (self->frames, g_queue_pop_head (&self->entering));
  if (n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n_added);
  return G_SOURCE_REMOVE;
}

/* Watching */

static void
add_for (WtFrameLog *self, WtSession *session, WtFrame *frame)
{
  WtAccount *account = wt_session_get_account (session);
  g_autofree char *name = wt_account_dup_display_name (account);

  wt_frame_log_add (self, wt_account_get_id (account), name, frame);
}

static void
on_frame (WtFrameLog *self, WtFrame *frame, WtSession *session)
{
  add_for (self, session, frame);
}

static void
on_state (WtFrameLog *self, GParamSpec *pspec, WtSession *session)
{
  WtConnectionState state = wt_session_get_state (session);
  WtDiagnosis *diagnosis = state == WT_CONNECTION_WAITING || state == WT_CONNECTION_REFUSED
                               ? wt_session_get_diagnosis (session)
                               : NULL;
  g_autoptr (WtFrame) frame = wt_frame_new_state (state, diagnosis, g_get_real_time ());

  add_for (self, session, frame);
}

static void
unwatch (gpointer data, gpointer user_data)
{
  wt_session_set_frame_tap (data, 0);
  g_signal_handlers_disconnect_by_data (data, user_data);
}

static void
unwatch_all (WtFrameLog *self)
{
  g_ptr_array_foreach (self->watched, unwatch, self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
watch_all (WtFrameLog *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->sessions); i++)
    {
      WtSession *session = g_list_model_get_item (self->sessions, i);

      g_signal_connect_object (session, "frame", G_CALLBACK (on_frame), self, G_CONNECT_SWAPPED);
      /* The diagnosis is set by the time that this is told. */
      g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state), self,
                               G_CONNECT_SWAPPED);
      wt_session_set_frame_tap (session, LONGEST_TEXT);
      g_ptr_array_add (self->watched, session);
    }
}

static void
on_sessions_changed (WtFrameLog *self)
{
  unwatch_all (self);
  if (self->recording)
    watch_all (self);
}

static void
wt_frame_log_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtFrameLog *self = WT_FRAME_LOG (object);

  switch ((WtFrameLogProperty) id)
    {
    case PROP_RECORDING:
      g_value_set_boolean (value, self->recording);
      break;
    case PROP_DROPPED:
      g_value_set_uint64 (value, self->dropped);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_frame_log_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((WtFrameLogProperty) id)
    {
    case PROP_RECORDING:
      wt_frame_log_set_recording (WT_FRAME_LOG (object), g_value_get_boolean (value));
      break;
    case PROP_DROPPED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_frame_log_dispose (GObject *object)
{
  WtFrameLog *self = WT_FRAME_LOG (object);

  unwatch_all (self);
  g_clear_handle_id (&self->flush, g_source_remove);
  g_clear_object (&self->sessions);

  G_OBJECT_CLASS (wt_frame_log_parent_class)->dispose (object);
}

static void
wt_frame_log_finalize (GObject *object)
{
  WtFrameLog *self = WT_FRAME_LOG (object);

  g_queue_clear_full (&self->entering, g_object_unref);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->frames, g_ptr_array_unref);
  g_clear_pointer (&self->pairs, wt_frame_pairs_free);

  G_OBJECT_CLASS (wt_frame_log_parent_class)->finalize (object);
}

static void
wt_frame_log_class_init (WtFrameLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_frame_log_get_property;
  object_class->set_property = wt_frame_log_set_property;
  object_class->dispose = wt_frame_log_dispose;
  object_class->finalize = wt_frame_log_finalize;
  properties[PROP_RECORDING] = g_param_spec_boolean ("recording", NULL, NULL, FALSE,
                                                     flags | G_PARAM_READWRITE);
  properties[PROP_DROPPED] = g_param_spec_uint64 ("dropped", NULL, NULL, 0, G_MAXUINT64, 0,
                                                  flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_frame_log_init (WtFrameLog *self)
{
  g_queue_init (&self->entering);
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->frames = g_ptr_array_new_with_free_func (g_object_unref);
  self->pairs = wt_frame_pairs_new ();
  self->most_frames = MOST_FRAMES;
  self->most_bytes = MOST_BYTES;
}

/**
 * wt_frame_log_new:
 * @sessions: of #WtSession: whose frames; as they come and go
 *
 * Returns: (transfer full): an empty log that does not record
 */
WtFrameLog *
wt_frame_log_new (GListModel *sessions)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (sessions), NULL);

  WtFrameLog *self = g_object_new (WT_TYPE_FRAME_LOG, NULL);

  self->sessions = g_object_ref (sessions);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (on_sessions_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wt_frame_log_set_limits:
 * @self: a log
 * @frames: the most frames, at least 1
 * @bytes: the most memory for them, about; one is kept in any case
 *
 * Sets how much is kept.
 */
void
wt_frame_log_set_limits (WtFrameLog *self, guint frames, gsize bytes)
{
  g_return_if_fail (WT_IS_FRAME_LOG (self));

  self->most_frames = MAX (frames, 1);
  self->most_bytes = bytes;
  make_room (self);
}

/**
 * wt_frame_log_set_recording:
 * @self: a log
 * @recording: whether to record
 *
 * While it does not record it costs nothing, and what passes is not seen: where it goes on, a %WT_FRAME_PAUSE stands.
 */
void
wt_frame_log_set_recording (WtFrameLog *self, gboolean recording)
{
  g_return_if_fail (WT_IS_FRAME_LOG (self));

  if (self->recording == recording)
    return;

  self->recording = recording;
  if (recording)
    {
      g_autoptr (WtFrame) gap = wt_frame_new_event (WT_FRAME_PAUSE, g_get_real_time ());

      if (self->frames->len + self->entering.length > 0)
        wt_frame_log_add (self, 0, "", gap);
      watch_all (self);
    }
  else
    unwatch_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORDING]);
}

/**
 * wt_frame_log_get_recording:
 * @self: a log
 *
 * Returns: whether it records
 */
gboolean
wt_frame_log_get_recording (WtFrameLog *self)
{
  g_return_val_if_fail (WT_IS_FRAME_LOG (self), FALSE);

  return self->recording;
}

/**
 * wt_frame_log_get_dropped:
 * @self: a log
 *
 * Returns: how many frames made way for newer ones since it was empty
 */
guint64
wt_frame_log_get_dropped (WtFrameLog *self)
{
  g_return_val_if_fail (WT_IS_FRAME_LOG (self), 0);

  return self->dropped;
}

/**
 * wt_frame_log_add:
 * @self: a log
 * @account_id: whose connection it was, or 0
 * @account_name: what the account is called
 * @frame: a frame that is in no log
 *
 * Adds a frame. It is in the list some moments later.
 */
void
wt_frame_log_add (WtFrameLog *self, gint64 account_id, const char *account_name, WtFrame *frame)
{
  g_return_if_fail (WT_IS_FRAME_LOG (self));
  g_return_if_fail (WT_IS_FRAME (frame));
  g_return_if_fail (wt_frame_get_serial (frame) == 0);

  wt_frame_enter (frame, ++self->last_serial, account_id, account_name);
  g_queue_push_tail (&self->entering, g_object_ref (frame));
  self->bytes += wt_frame_get_weight (frame);
  wt_frame_pairs_take (self->pairs, frame);
  /* Where they come faster than they are shown. */
  if (self->entering.length > self->most_frames || self->bytes / 2 > self->most_bytes)
    make_room (self);
  if (self->flush == 0)
    self->flush = g_timeout_add (FLUSH_MS, on_flush, self);
}

/**
 * wt_frame_log_lookup:
 * @self: a log
 * @serial: a frame's number
 *
 * Returns: (transfer none) (nullable): the frame, if it is in the list
 */
WtFrame *
wt_frame_log_lookup (WtFrameLog *self, guint64 serial)
{
  g_return_val_if_fail (WT_IS_FRAME_LOG (self), NULL);

  guint low = 0;
  guint high = self->frames->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      WtFrame *frame = g_ptr_array_index (self->frames, middle);

      if (wt_frame_get_serial (frame) == serial)
        return frame;
      if (wt_frame_get_serial (frame) < serial)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/**
 * wt_frame_log_clear:
 * @self: a log
 *
 * Forgets all frames.
 */
void
wt_frame_log_clear (WtFrameLog *self)
{
  g_return_if_fail (WT_IS_FRAME_LOG (self));

  guint n_frames = self->frames->len;

  g_clear_handle_id (&self->flush, g_source_remove);
  g_queue_clear_full (&self->entering, g_object_unref);
  wt_frame_pairs_clear (self->pairs);
  g_ptr_array_set_size (self->frames, 0);
  self->bytes = 0;
  self->dropped = 0;
  if (n_frames > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_frames, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DROPPED]);
}
