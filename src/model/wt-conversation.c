/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-private.h"

#include "wt-message.h"

G_DEFINE_FINAL_TYPE (WtConversation, wt_conversation, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_TITLE,
  PROP_LAST_TEXT,
  PROP_LAST_AUTHOR,
  PROP_LAST_TIME,
  PROP_LAST_DIRECTION,
  PROP_LAST_DELIVERY,
  PROP_UNREAD,
  PROP_MENTIONS,
  PROP_LEVEL,
  PROP_DIALECT,
  PROP_PINNED,
  PROP_ARCHIVED,
  PROP_DRAFT,
  PROP_LAST_SEQ,
  PROP_READ_SEQ,
  PROP_HIDDEN,
} WtConversationProperty;

static GParamSpec *properties[PROP_HIDDEN + 1];

static void
wt_conversation_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtConversation *self = WT_CONVERSATION (object);
  const WtConversationRecord *record = self->record;

  switch ((WtConversationProperty) id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_TITLE:
      g_value_set_string (value, wt_conversation_get_title (self));
      break;
    case PROP_LAST_TEXT:
      g_value_set_string (value, record->last_text);
      break;
    case PROP_LAST_AUTHOR:
      g_value_set_string (value, record->last_author);
      break;
    case PROP_LAST_TIME:
      g_value_set_int64 (value, record->last_time);
      break;
    case PROP_LAST_DIRECTION:
      g_value_set_int (value, record->last_direction);
      break;
    case PROP_LAST_DELIVERY:
      g_value_set_enum (value, record->last_delivery);
      break;
    case PROP_UNREAD:
      g_value_set_uint (value, record->unread);
      break;
    case PROP_MENTIONS:
      g_value_set_uint (value, record->mentions);
      break;
    case PROP_LEVEL:
      g_value_set_int (value, record->level);
      break;
    case PROP_DIALECT:
      g_value_set_int (value, record->dialect);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, record->pinned);
      break;
    case PROP_ARCHIVED:
      g_value_set_boolean (value, record->archived);
      break;
    case PROP_DRAFT:
      g_value_set_string (value, record->draft);
      break;
    case PROP_LAST_SEQ:
      g_value_set_int64 (value, record->last_seq);
      break;
    case PROP_READ_SEQ:
      g_value_set_int64 (value, record->read_seq);
      break;
    case PROP_HIDDEN:
      g_value_set_boolean (value, self->hidden);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_conversation_dispatch_properties_changed (GObject *object, guint n, GParamSpec **changed)
{
  WtConversation *self = WT_CONVERSATION (object);

  if (self->watch != NULL)
    self->watch (self, self->watch_data);
  G_OBJECT_CLASS (wt_conversation_parent_class)->dispatch_properties_changed (object, n, changed);
}

static void
wt_conversation_finalize (GObject *object)
{
  WtConversation *self = WT_CONVERSATION (object);

  g_clear_object (&self->account);
  g_clear_pointer (&self->record, wt_conversation_record_free);
  g_clear_object (&self->veil);
  g_clear_pointer (&self->folded, g_free);

  G_OBJECT_CLASS (wt_conversation_parent_class)->finalize (object);
}

static void
wt_conversation_class_init (WtConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_conversation_get_property;
  object_class->dispatch_properties_changed = wt_conversation_dispatch_properties_changed;
  object_class->finalize = wt_conversation_finalize;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, WT_TYPE_ACCOUNT, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_LAST_TEXT] = g_param_spec_string ("last-text", NULL, NULL, NULL, flags);
  properties[PROP_LAST_AUTHOR] = g_param_spec_string ("last-author", NULL, NULL, NULL, flags);
  properties[PROP_LAST_TIME] = g_param_spec_int64 ("last-time", NULL, NULL, 0, G_MAXINT64, 0,
                                                   flags);
  properties[PROP_LAST_DIRECTION] = g_param_spec_int ("last-direction", NULL, NULL, 0,
                                                      WT_DIRECTION_OUT, 0, flags);
  properties[PROP_LAST_DELIVERY] = g_param_spec_enum ("last-delivery", NULL, NULL, WT_TYPE_DELIVERY,
                                                      WT_DELIVERY_RECEIVED, flags);
  properties[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_MENTIONS] = g_param_spec_uint ("mentions", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_DIALECT] = g_param_spec_int ("dialect", NULL, NULL, WT_DIALECT_OF_ACCOUNT,
                                               WT_DIALECT_MAIBOT, WT_DIALECT_OF_ACCOUNT, flags);
  properties[PROP_LEVEL] = g_param_spec_int ("level", NULL, NULL, WT_LEVEL_ALL, WT_LEVEL_NONE,
                                             WT_LEVEL_ALL, flags);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, flags);
  properties[PROP_ARCHIVED] = g_param_spec_boolean ("archived", NULL, NULL, FALSE, flags);
  properties[PROP_DRAFT] = g_param_spec_string ("draft", NULL, NULL, NULL, flags);
  properties[PROP_LAST_SEQ] = g_param_spec_int64 ("last-seq", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_READ_SEQ] = g_param_spec_int64 ("read-seq", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_conversation_init (WtConversation *self)
{
}

/**
 * wt_conversation_new:
 * @account: whose conversation it is
 * @record: the conversation as stored
 *
 * Returns: (transfer full): a conversation
 */
WtConversation *
wt_conversation_new (WtAccount *account, const WtConversationRecord *record)
{
  return wt_conversation_new_take (account, wt_conversation_record_copy (record));
}

/**
 * wt_conversation_new_take:
 * @account: whose conversation it is
 * @record: (transfer full): the conversation as stored
 *
 * Returns: (transfer full): a conversation that keeps the very record, where ten thousand are read at once
 */
WtConversation *
wt_conversation_new_take (WtAccount *account, WtConversationRecord *record)
{
  WtConversation *self = g_object_new (WT_TYPE_CONVERSATION, NULL);

  self->account = g_object_ref (account);
  self->record = record;
  return self;
}

/*
 * wt_conversation_set_watch:
 * @self: a conversation
 * @watch: (nullable): called when properties have changed
 * @data: for @watch
 *
 * For the list that it is in: a signal's handler for each of ten thousand costs more than the rest of their entries.
 */
void
wt_conversation_set_watch (WtConversation *self, WtConversationWatch watch, gpointer data)
{
  self->watch = watch;
  self->watch_data = data;
}

static void
notify_if (WtConversation *self, gboolean changed, WtConversationProperty id)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
notify_changes (WtConversation *self, const WtConversationRecord *old)
{
  const WtConversationRecord *now = self->record;

  g_clear_pointer (&self->folded, g_free);
  g_object_freeze_notify (G_OBJECT (self));
  notify_if (self, g_strcmp0 (old->title, now->title) != 0 || g_strcmp0 (old->name, now->name) != 0,
             PROP_TITLE);
  notify_if (self, g_strcmp0 (old->last_text, now->last_text) != 0, PROP_LAST_TEXT);
  notify_if (self, g_strcmp0 (old->last_author, now->last_author) != 0, PROP_LAST_AUTHOR);
  notify_if (self, old->last_time != now->last_time, PROP_LAST_TIME);
  notify_if (self, old->last_direction != now->last_direction, PROP_LAST_DIRECTION);
  notify_if (self, old->last_delivery != now->last_delivery, PROP_LAST_DELIVERY);
  notify_if (self, old->unread != now->unread, PROP_UNREAD);
  notify_if (self, old->mentions != now->mentions, PROP_MENTIONS);
  notify_if (self, old->level != now->level, PROP_LEVEL);
  notify_if (self, old->dialect != now->dialect, PROP_DIALECT);
  notify_if (self, old->pinned != now->pinned, PROP_PINNED);
  notify_if (self, old->archived != now->archived, PROP_ARCHIVED);
  notify_if (self, g_strcmp0 (old->draft, now->draft) != 0, PROP_DRAFT);
  notify_if (self, old->last_seq != now->last_seq, PROP_LAST_SEQ);
  notify_if (self, old->read_seq != now->read_seq, PROP_READ_SEQ);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
take_options (WtConversationRecord *to, const WtConversationRecord *from)
{
  g_autofree char *platform G_GNUC_UNUSED = to->target_platform;
  g_autofree char *secret G_GNUC_UNUSED = to->target_secret;
  g_autofree char *name G_GNUC_UNUSED = to->name;

  to->target_platform = g_strdup (from->target_platform);
  to->target_secret = g_strdup (from->target_secret);
  to->name = g_strdup (from->name);
  to->dialect = from->dialect;
  to->level = from->level;
  to->pinned = from->pinned;
  to->archived = from->archived;
}

/**
 * wt_conversation_update:
 * @self: a conversation
 * @record: the conversation as the database had it at some time
 *
 * Takes over what the record says and notifies of what changed. Records reach the main thread by more than one
 * way, so one may be overtaken by a newer one; both positions in it only grow, which shows it, and such a
 * record is ignored.
 *
 * Returns: whether the record was taken
 */
gboolean
wt_conversation_update (WtConversation *self, const WtConversationRecord *record)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  if (record->last_seq < self->record->last_seq || record->read_seq < self->record->read_seq)
    return FALSE;

  g_autoptr (WtConversationRecord) old = g_steal_pointer (&self->record);

  self->record = wt_conversation_record_copy (record);
  /* What becomes of a message is told when it happens, and stored after that. */
  if (record->last_seq == old->last_seq)
    self->record->last_delivery = old->last_delivery;
  /* What the user decides is written from here: it is newer than what comes back from the disk. */
  take_options (self->record, old);
  g_free (self->record->draft);
  self->record->draft = g_strdup (old->draft);
  notify_changes (self, old);
  return TRUE;
}

/**
 * wt_conversation_set_options:
 * @self: a conversation
 * @record: brings what the user decides: name, target, dialect, level, pinned, archived
 */
void
wt_conversation_set_options (WtConversation *self, const WtConversationRecord *record)
{
  g_return_if_fail (WT_IS_CONVERSATION (self));
  g_return_if_fail (record != NULL);

  g_autoptr (WtConversationRecord) old = wt_conversation_record_copy (self->record);

  take_options (self->record, record);
  notify_changes (self, old);
}

/**
 * wt_conversation_set_last_delivery:
 * @self: a conversation
 * @seq: the position of a message
 * @delivery: what became of it
 *
 * Does nothing where that message is not the newest.
 */
void
wt_conversation_set_last_delivery (WtConversation *self, gint64 seq, WtDelivery delivery)
{
  g_return_if_fail (WT_IS_CONVERSATION (self));

  if (seq != self->record->last_seq || delivery == self->record->last_delivery)
    return;

  self->record->last_delivery = delivery;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_DELIVERY]);
}

/**
 * wt_conversation_set_draft:
 * @self: a conversation
 * @draft: (nullable): what is typed and not sent; empty where something is attached to no text
 */
void
wt_conversation_set_draft (WtConversation *self, const char *draft)
{
  g_return_if_fail (WT_IS_CONVERSATION (self));

  if (g_strcmp0 (draft, self->record->draft) == 0)
    return;

  g_free (self->record->draft);
  self->record->draft = g_strdup (draft);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT]);
}

/**
 * wt_conversation_get_hidden:
 * @self: a conversation
 *
 * Returns: whether it is as good as deleted, though that can still be undone
 */
gboolean
wt_conversation_get_hidden (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), FALSE);

  return self->hidden;
}

/**
 * wt_conversation_set_hidden:
 * @self: a conversation
 * @hidden: whether it is as good as deleted; not on the disk
 */
void
wt_conversation_set_hidden (WtConversation *self, gboolean hidden)
{
  g_return_if_fail (WT_IS_CONVERSATION (self));

  if (self->hidden == hidden)
    return;
  self->hidden = hidden;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDDEN]);
}

/**
 * wt_conversation_get_veil:
 * @self: a conversation
 *
 * Returns: (transfer none): which of its messages are about to be deleted
 */
WtVeil *
wt_conversation_get_veil (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), NULL);

  if (self->veil == NULL)
    self->veil = wt_veil_new ();
  return self->veil;
}
