/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame.h"

#include <string.h>

/* What a frame costs beside its texts. */
#define OWN_WEIGHT 512

struct _WtFrame
{
  GObject parent_instance;

  /* owned; immutable after construction */
  WtInspection *inspection; /* of a frame */
  WtDiagnosis *diagnosis;   /* nullable; of a state */
  gint64 time;
  gint64 monotonic;
  gsize size;
  WtFrameKind kind;
  WtConnectionState state;
  gboolean outgoing;

  /* owned; the main thread's */
  GRefString *account_name;
  guint64 serial;
  guint64 pair;
  gint64 account_id;
  gint64 round_trip;
  WtFrameAck ack;
};

G_DEFINE_FINAL_TYPE (WtFrame, wt_frame, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACK = 1,
  PROP_PAIR,
} WtFrameProperty;

static GParamSpec *properties[PROP_PAIR + 1];

static void
wt_frame_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtFrame *self = WT_FRAME (object);

  switch ((WtFrameProperty) id)
    {
    case PROP_ACK:
      g_value_set_int (value, self->ack);
      break;
    case PROP_PAIR:
      g_value_set_uint64 (value, self->pair);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_frame_finalize (GObject *object)
{
  WtFrame *self = WT_FRAME (object);

  g_clear_pointer (&self->inspection, wt_inspection_free);
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_clear_pointer (&self->account_name, g_ref_string_release);

  G_OBJECT_CLASS (wt_frame_parent_class)->finalize (object);
}

static void
wt_frame_class_init (WtFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_frame_get_property;
  object_class->finalize = wt_frame_finalize;
  properties[PROP_ACK] = g_param_spec_int ("ack", NULL, NULL, WT_FRAME_ACK_NONE, WT_FRAME_ACK_LOST,
                                           WT_FRAME_ACK_NONE, flags);
  properties[PROP_PAIR] = g_param_spec_uint64 ("pair", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_frame_init (WtFrame *self)
{
  self->monotonic = g_get_monotonic_time ();
  self->round_trip = -1;
}

/**
 * wt_frame_new:
 * @bytes: what went over the wire
 * @outgoing: whether it was sent
 * @platform: (nullable): the connection's platform
 * @longest: as for wt_inspection_new()
 * @time: when it did, microseconds since the epoch
 *
 * Takes as long as wt_inspection_new(): not for the main thread.
 *
 * Returns: (transfer full): a frame, in no log
 */
WtFrame *
wt_frame_new (GBytes *bytes, gboolean outgoing, const char *platform, gsize longest, gint64 time)
{
  static const WtFrameKind kinds[] = {
    [WT_INSPECTION_MESSAGE] = WT_FRAME_MESSAGE,
    [WT_INSPECTION_ACK] = WT_FRAME_ACK,
    [WT_INSPECTION_OTHER] = WT_FRAME_OTHER,
    [WT_INSPECTION_BAD] = WT_FRAME_BAD,
  };
  WtFrame *self = g_object_new (WT_TYPE_FRAME, NULL);

  self->inspection = wt_inspection_new (bytes, outgoing, platform, longest);
  self->kind = kinds[self->inspection->kind];
  self->outgoing = outgoing;
  self->time = time;
  self->size = g_bytes_get_size (bytes);
  if (self->kind == WT_FRAME_MESSAGE || self->kind == WT_FRAME_OTHER)
    self->ack = WT_FRAME_ACK_PENDING;
  return self;
}

/**
 * wt_frame_new_event:
 * @kind: %WT_FRAME_PONG or %WT_FRAME_PAUSE
 * @time: when it was, microseconds since the epoch
 *
 * Returns: (transfer full): an event, in no log
 */
WtFrame *
wt_frame_new_event (WtFrameKind kind, gint64 time)
{
  WtFrame *self = g_object_new (WT_TYPE_FRAME, NULL);

  self->kind = kind;
  self->time = time;
  return self;
}

/**
 * wt_frame_new_state:
 * @state: the connection's new state
 * @diagnosis: (nullable): why it is not connected
 * @time: when it changed, microseconds since the epoch
 *
 * Returns: (transfer full): an event, in no log
 */
WtFrame *
wt_frame_new_state (WtConnectionState state, WtDiagnosis *diagnosis, gint64 time)
{
  WtFrame *self = wt_frame_new_event (WT_FRAME_STATE, time);

  self->state = state;
  self->diagnosis = diagnosis != NULL ? wt_diagnosis_ref (diagnosis) : NULL;
  return self;
}

/**
 * wt_frame_get_kind:
 * @self: a frame
 *
 * Returns: what it is
 */
WtFrameKind
wt_frame_get_kind (WtFrame *self)
{
  return self->kind;
}

/**
 * wt_frame_get_outgoing:
 * @self: a frame
 *
 * Returns: whether it was sent
 */
gboolean
wt_frame_get_outgoing (WtFrame *self)
{
  return self->outgoing;
}

/**
 * wt_frame_get_time:
 * @self: a frame
 *
 * Returns: when it was sent or received, microseconds since the epoch
 */
gint64
wt_frame_get_time (WtFrame *self)
{
  return self->time;
}

/**
 * wt_frame_get_size:
 * @self: a frame
 *
 * Returns: its bytes, before they were compressed; 0 for events
 */
gsize
wt_frame_get_size (WtFrame *self)
{
  return self->size;
}

/**
 * wt_frame_get_type_name:
 * @self: a frame
 *
 * Returns: (nullable): the envelope's `type`
 */
const char *
wt_frame_get_type_name (WtFrame *self)
{
  return self->inspection != NULL ? self->inspection->type_name : NULL;
}

/**
 * wt_frame_get_msg_id:
 * @self: a frame
 *
 * Returns: (nullable): the envelope's `msg_id`
 */
const char *
wt_frame_get_msg_id (WtFrame *self)
{
  return self->inspection != NULL ? self->inspection->msg_id : NULL;
}

/**
 * wt_frame_get_acked_msg_id:
 * @self: a frame
 *
 * Returns: (nullable): of an ACK, what it acknowledges
 */
const char *
wt_frame_get_acked_msg_id (WtFrame *self)
{
  return self->inspection != NULL ? self->inspection->acked_msg_id : NULL;
}

/**
 * wt_frame_get_summary:
 * @self: a frame
 *
 * Returns: (nullable): of a message, what it says, in one line
 */
const char *
wt_frame_get_summary (WtFrame *self)
{
  return self->inspection != NULL ? self->inspection->summary : NULL;
}

/**
 * wt_frame_get_json:
 * @self: a frame
 *
 * Returns: (nullable): the frame as JSON in one line, without keys and contents; %NULL for events. Where
 *   wt_frame_get_cut() is not 0 its end is missing; of a bad one a line that says what is wrong
 */
const char *
wt_frame_get_json (WtFrame *self)
{
  return self->inspection != NULL ? self->inspection->json : NULL;
}

/**
 * wt_frame_get_cut:
 * @self: a frame
 *
 * Returns: how many bytes of its JSON are not kept
 */
gsize
wt_frame_get_cut (WtFrame *self)
{
  return self->inspection != NULL ? self->inspection->cut : 0;
}

/**
 * wt_frame_get_lints:
 * @self: a frame
 *
 * Returns: (transfer none) (nullable) (element-type WtLint): what is wrong with it; %NULL for events
 */
GPtrArray *
wt_frame_get_lints (WtFrame *self)
{
  return self->inspection != NULL ? self->inspection->lints : NULL;
}

/**
 * wt_frame_get_state:
 * @self: a frame
 *
 * Returns: of a %WT_FRAME_STATE, the connection's new state
 */
WtConnectionState
wt_frame_get_state (WtFrame *self)
{
  return self->state;
}

/**
 * wt_frame_get_diagnosis:
 * @self: a frame
 *
 * Returns: (transfer none) (nullable): of a %WT_FRAME_STATE, why it is not connected
 */
WtDiagnosis *
wt_frame_get_diagnosis (WtFrame *self)
{
  return self->diagnosis;
}

/**
 * wt_frame_get_weight:
 * @self: a frame
 *
 * Returns: about how many bytes of memory it takes
 */
gsize
wt_frame_get_weight (WtFrame *self)
{
  gsize texts = 0;

  if (self->inspection != NULL)
    {
      const char *const all[] = { self->inspection->json, self->inspection->msg_id,
                                  self->inspection->type_name, self->inspection->acked_msg_id,
                                  self->inspection->summary };

      for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        texts += all[i] != NULL ? strlen (all[i]) : 0;
    }
  return OWN_WEIGHT + texts;
}

/**
 * wt_frame_get_serial:
 * @self: a frame
 *
 * Returns: its number in its log, from 1; 0 in none
 */
guint64
wt_frame_get_serial (WtFrame *self)
{
  return self->serial;
}

/**
 * wt_frame_get_account_id:
 * @self: a frame
 *
 * Returns: whose connection it was
 */
gint64
wt_frame_get_account_id (WtFrame *self)
{
  return self->account_id;
}

/**
 * wt_frame_get_account_name:
 * @self: a frame
 *
 * Returns: whose connection it was, as the account was called then; empty in no log
 */
const char *
wt_frame_get_account_name (WtFrame *self)
{
  return self->account_name != NULL ? self->account_name : "";
}

/**
 * wt_frame_get_ack:
 * @self: a frame
 *
 * Returns: what is known of its acknowledgement
 */
WtFrameAck
wt_frame_get_ack (WtFrame *self)
{
  return self->ack;
}

/**
 * wt_frame_get_pair:
 * @self: a frame
 *
 * Returns: the serial of its ACK, or of what it acknowledges; 0 where there is none
 */
guint64
wt_frame_get_pair (WtFrame *self)
{
  return self->pair;
}

/**
 * wt_frame_get_round_trip:
 * @self: a frame
 *
 * Returns: how long its ACK took, in microseconds; of an ACK, the same; -1 where there is none
 */
gint64
wt_frame_get_round_trip (WtFrame *self)
{
  return self->round_trip;
}

/*< private >
 * wt_frame_enter:
 * @self: a frame that is in no log
 * @serial: its number in the log, from 1
 * @account_id: whose connection it was
 * @account_name: what the account is called
 *
 * For the log that takes it.
 */
void
wt_frame_enter (WtFrame *self, guint64 serial, gint64 account_id, const char *account_name)
{
  self->serial = serial;
  self->account_id = account_id;
  self->account_name = g_ref_string_new_intern (account_name);
}

/*< private >
 * wt_frame_set_pair:
 * @self: a frame
 * @ack: the ACK to it
 *
 * Makes them know each other.
 */
void
wt_frame_set_pair (WtFrame *self, WtFrame *ack)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->pair = ack->serial;
  self->ack = WT_FRAME_ACK_DONE;
  self->round_trip = MAX (ack->monotonic - self->monotonic, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACK]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAIR]);
  g_object_thaw_notify (G_OBJECT (self));

  ack->pair = self->serial;
  ack->round_trip = self->round_trip;
  g_object_notify_by_pspec (G_OBJECT (ack), properties[PROP_PAIR]);
}

/*< private >
 * wt_frame_set_lost:
 * @self: a frame
 *
 * No ACK to it will come any more.
 */
void
wt_frame_set_lost (WtFrame *self)
{
  if (self->ack != WT_FRAME_ACK_PENDING)
    return;
  self->ack = WT_FRAME_ACK_LOST;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACK]);
}
