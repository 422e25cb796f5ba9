/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message.h"

struct _WtMessage
{
  GObject parent_instance;

  gint64 seq;
  WtMessageRecord *record;
  WtMessageRecord *early; /* brings a delivery that was told before the message was loaded */
  double progress;
  WtSegment *segment; /* read from the record when first asked for */
};

G_DEFINE_FINAL_TYPE (WtMessage, wt_message, G_TYPE_OBJECT)

typedef enum
{
  PROP_LOADED = 1,
  PROP_OUTGOING,
  PROP_AUTHOR_ID,
  PROP_AUTHOR_NAME,
  PROP_TIME,
  PROP_TEXT,
  PROP_SEGMENT,
  PROP_DELIVERY,
  PROP_DELETED,
  PROP_PROGRESS,
} WtMessageProperty;

static GParamSpec *properties[PROP_PROGRESS + 1];

GType
wt_delivery_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { WT_DELIVERY_RECEIVED, "WT_DELIVERY_RECEIVED", "received" },
        { WT_DELIVERY_QUEUED, "WT_DELIVERY_QUEUED", "queued" },
        { WT_DELIVERY_SENT, "WT_DELIVERY_SENT", "sent" },
        { WT_DELIVERY_ACKED, "WT_DELIVERY_ACKED", "acked" },
        { WT_DELIVERY_FAILED, "WT_DELIVERY_FAILED", "failed" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("WtDelivery", values));
    }
  return type;
}

static void
wt_message_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtMessage *self = WT_MESSAGE (object);

  switch ((WtMessageProperty) id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, wt_message_get_loaded (self));
      break;
    case PROP_OUTGOING:
      g_value_set_boolean (value, wt_message_get_outgoing (self));
      break;
    case PROP_AUTHOR_ID:
      g_value_set_string (value, wt_message_get_author_id (self));
      break;
    case PROP_AUTHOR_NAME:
      g_value_set_string (value, wt_message_get_author_name (self));
      break;
    case PROP_TIME:
      g_value_set_int64 (value, wt_message_get_time (self));
      break;
    case PROP_TEXT:
      g_value_set_string (value, wt_message_get_text (self));
      break;
    case PROP_SEGMENT:
      g_value_set_boxed (value, wt_message_get_segment (self));
      break;
    case PROP_DELIVERY:
      g_value_set_enum (value, wt_message_get_delivery (self));
      break;
    case PROP_DELETED:
      g_value_set_boolean (value, wt_message_get_deleted (self));
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_message_finalize (GObject *object)
{
  WtMessage *self = WT_MESSAGE (object);

  g_clear_pointer (&self->record, wt_message_record_free);
  g_clear_pointer (&self->early, wt_message_record_free);
  g_clear_pointer (&self->segment, wt_segment_unref);

  G_OBJECT_CLASS (wt_message_parent_class)->finalize (object);
}

static void
wt_message_class_init (WtMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_message_get_property;
  object_class->finalize = wt_message_finalize;

  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_OUTGOING] = g_param_spec_boolean ("outgoing", NULL, NULL, FALSE, flags);
  properties[PROP_AUTHOR_ID] = g_param_spec_string ("author-id", NULL, NULL, NULL, flags);
  properties[PROP_AUTHOR_NAME] = g_param_spec_string ("author-name", NULL, NULL, NULL, flags);
  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_SEGMENT] = g_param_spec_boxed ("segment", NULL, NULL, WT_TYPE_SEGMENT, flags);
  properties[PROP_DELIVERY] = g_param_spec_enum ("delivery", NULL, NULL, WT_TYPE_DELIVERY,
                                                 WT_DELIVERY_RECEIVED, flags);
  properties[PROP_DELETED] = g_param_spec_boolean ("deleted", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_message_init (WtMessage *self)
{
  self->progress = -1;
}

/**
 * wt_message_new:
 * @seq: its position in the conversation, 1…
 *
 * Returns: (transfer full): a message that is not loaded
 */
WtMessage *
wt_message_new (gint64 seq)
{
  WtMessage *self = g_object_new (WT_TYPE_MESSAGE, NULL);

  self->seq = seq;
  return self;
}

static void
take_delivery (WtMessage *self, const WtMessageRecord *record)
{
  self->record->delivery = record->delivery;
  self->record->attempts = record->attempts;
  self->record->acked_time = record->acked_time;
  self->record->rtt = record->rtt;
  g_free (self->record->failure);
  self->record->failure = g_strdup (record->failure);
}

static gboolean
says_same (const WtMessageRecord *a, const WtMessageRecord *b)
{
  return g_strcmp0 (a->segments, b->segments) == 0 && g_strcmp0 (a->text, b->text) == 0;
}

/**
 * wt_message_load:
 * @self: a message
 * @record: the message as stored, at the same position
 *
 * Loads the message, or changes it to what it has become; notifies of what changed.
 */
void
wt_message_load (WtMessage *self, const WtMessageRecord *record)
{
  g_return_if_fail (WT_IS_MESSAGE (self));
  g_return_if_fail (record != NULL);
  g_return_if_fail (record->seq == self->seq);

  g_autoptr (WtMessageRecord) old = g_steal_pointer (&self->record);
  g_autoptr (WtMessageRecord) early = g_steal_pointer (&self->early);

  self->record = wt_message_record_copy (record);
  if (early != NULL)
    take_delivery (self, early);
  record = self->record;
  if (old != NULL && old->delivery == record->delivery && old->deleted == record->deleted
      && says_same (old, record))
    return;

  g_object_freeze_notify (G_OBJECT (self));
  if (old == NULL || !says_same (old, record))
    {
      g_clear_pointer (&self->segment, wt_segment_unref);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEGMENT]);
    }
  if (old == NULL)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTGOING]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTHOR_ID]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTHOR_NAME]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIME]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
  if (old == NULL || old->delivery != record->delivery)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DELIVERY]);
  if (old == NULL ? record->deleted : old->deleted != record->deleted)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DELETED]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * wt_message_set_delivery:
 * @self: a message
 * @record: brings the delivery state, attempts, ACK time, round trip and failure
 *
 * Told when it happens and stored after that: while the message is being loaded, what is loaded may be older, so
 * the newest one told is kept until then.
 */
void
wt_message_set_delivery (WtMessage *self, const WtMessageRecord *record)
{
  g_return_if_fail (WT_IS_MESSAGE (self));
  g_return_if_fail (record != NULL);

  if (self->record == NULL)
    {
      g_clear_pointer (&self->early, wt_message_record_free);
      self->early = wt_message_record_copy (record);
      return;
    }

  WtDelivery old = self->record->delivery;

  take_delivery (self, record);
  if (old != record->delivery)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DELIVERY]);
}

/**
 * wt_message_get_loaded:
 * @self: a message
 *
 * Returns: whether more than its position is known
 */
gboolean
wt_message_get_loaded (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), FALSE);

  return self->record != NULL;
}

/**
 * wt_message_get_seq:
 * @self: a message
 *
 * Returns: its position in the conversation, 1…
 */
gint64
wt_message_get_seq (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), 0);

  return self->seq;
}

/**
 * wt_message_get_id:
 * @self: a message
 *
 * Returns: its row id, 0 while not loaded
 */
gint64
wt_message_get_id (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), 0);

  return self->record != NULL ? self->record->id : 0;
}

/**
 * wt_message_get_record:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the message as stored; %NULL while not loaded
 */
const WtMessageRecord *
wt_message_get_record (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), NULL);

  return self->record;
}

/**
 * wt_message_get_outgoing:
 * @self: a message
 *
 * Returns: whether it was written here
 */
gboolean
wt_message_get_outgoing (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), FALSE);

  return self->record != NULL && self->record->direction == WT_DIRECTION_OUT;
}

/**
 * wt_message_get_author_id:
 * @self: a message
 *
 * Returns: (nullable): the author's user id; %NULL while not loaded
 */
const char *
wt_message_get_author_id (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), NULL);

  return self->record != NULL ? self->record->author_id : NULL;
}

/**
 * wt_message_get_author_name:
 * @self: a message
 *
 * Returns: (nullable): the author's card name, else nickname, else id; never empty once loaded
 */
const char *
wt_message_get_author_name (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), NULL);

  if (self->record == NULL)
    return NULL;

  const char *const names[] = { self->record->author_cardname, self->record->author_nickname,
                                self->record->author_id };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (names[i] != NULL && *names[i] != '\0')
        return names[i];
    }
  return "?";
}

/**
 * wt_message_get_time:
 * @self: a message
 *
 * Returns: when it was received or written by this machine's clock, in microseconds since the epoch; 0
 *   while not loaded
 */
gint64
wt_message_get_time (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), 0);

  return self->record != NULL ? self->record->time : 0;
}

/**
 * wt_message_get_text:
 * @self: a message
 *
 * Returns: (nullable): its plain text, as in previews; %NULL while not loaded
 */
const char *
wt_message_get_text (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), NULL);

  return self->record != NULL ? self->record->text : NULL;
}

/**
 * wt_message_get_segment:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): what it says; %NULL while not loaded or once deleted
 */
WtSegment *
wt_message_get_segment (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), NULL);

  if (self->record == NULL || self->record->deleted)
    return NULL;
  if (self->segment == NULL)
    {
      self->segment = wt_message_record_dup_segment (self->record, NULL);
      /* A damaged row still shows the text that was stored beside it. */
      if (self->segment == NULL)
        self->segment = wt_segment_new_text (self->record->text != NULL ? self->record->text : "");
    }
  return self->segment;
}

/**
 * wt_message_get_delivery:
 * @self: a message
 *
 * Returns: how far it has come
 */
WtDelivery
wt_message_get_delivery (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), WT_DELIVERY_RECEIVED);

  return self->record != NULL ? self->record->delivery : WT_DELIVERY_RECEIVED;
}

/**
 * wt_message_get_deleted:
 * @self: a message
 *
 * Returns: whether only its tombstone is left here
 */
gboolean
wt_message_get_deleted (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), FALSE);

  return self->record != NULL && self->record->deleted;
}

/**
 * wt_message_get_progress:
 * @self: a message
 *
 * Returns: how much of it has left and was confirmed by the peer's system, 0…1, while a large message is encoded (0) and sent;
 *   -1: there is nothing to show
 */
double
wt_message_get_progress (WtMessage *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE (self), -1);

  return self->progress;
}

/**
 * wt_message_set_progress:
 * @self: a message
 * @progress: 0…1, or -1
 */
void
wt_message_set_progress (WtMessage *self, double progress)
{
  g_return_if_fail (WT_IS_MESSAGE (self));

  progress = CLAMP (progress, -1, 1);
  if (self->progress <= progress && self->progress >= progress)
    return;
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}
