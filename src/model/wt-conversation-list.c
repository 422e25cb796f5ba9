/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-list.h"

#include <gio/gio.h>

typedef struct
{
  WtConversationList *list; /* borrowed: the list removes its entries */
  WtConversation *conversation;
  gulong handler;
  /* What it is sorted by, as it was when it was put in its place. */
  gboolean pinned;
  gint64 last_time;
  gint64 id;
  gboolean archived;
  gboolean hidden;
  /* What it adds to the list's counts, as it was counted last. */
  guint counted;
  gboolean counted_archived;
} Entry;

struct _WtConversationList
{
  GObject parent_instance;

  GSequence *entries;
  GHashTable *by_id; /* gint64* → GSequenceIter */
  guint unread[2];   /* by WtConversationKind */
  guint archived[2]; /* by WtConversationKind: how many conversations */
};

static void wt_conversation_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtConversationList,
                               wt_conversation_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wt_conversation_list_model_init))

typedef enum
{
  PROP_UNREAD_DIRECT = 1,
  PROP_UNREAD_GROUPS,
  PROP_ARCHIVED_DIRECT,
  PROP_ARCHIVED_GROUPS,
} WtConversationListProperty;

static GParamSpec *properties[PROP_ARCHIVED_GROUPS + 1];

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer data)
{
  const Entry *left = a, *right = b;

  if (left->pinned != right->pinned)
    return left->pinned ? -1 : 1;
  if (left->last_time != right->last_time)
    return left->last_time > right->last_time ? -1 : 1;
  return left->id > right->id ? -1 : left->id < right->id ? 1 : 0;
}

static void
count_archived (WtConversationList *self, Entry *entry, gboolean present)
{
  const WtConversationRecord *record = wt_conversation_get_record (entry->conversation);
  gboolean now = present && record->archived && !wt_conversation_get_hidden (entry->conversation);

  if (now == entry->counted_archived)
    return;

  entry->counted_archived = now;
  self->archived[record->kind] += now ? 1 : -1U;
  g_object_notify_by_pspec (
      G_OBJECT (self), properties[record->kind == WT_CONVERSATION_GROUP ? PROP_ARCHIVED_GROUPS
                                                                        : PROP_ARCHIVED_DIRECT]);
}

static void
count (WtConversationList *self, Entry *entry, gboolean present)
{
  const WtConversationRecord *record = wt_conversation_get_record (entry->conversation);
  guint now = 0;

  if (present && !record->archived && !wt_conversation_get_hidden (entry->conversation))
    now = wt_conversation_count_wanted (entry->conversation);
  count_archived (self, entry, present);

  if (now == entry->counted)
    return;

  self->unread[record->kind] += now - entry->counted;
  entry->counted = now;
  g_object_notify_by_pspec (
      G_OBJECT (self),
      properties[record->kind == WT_CONVERSATION_GROUP ? PROP_UNREAD_GROUPS : PROP_UNREAD_DIRECT]);
}

static gboolean
read_sort_key (Entry *entry)
{
  const WtConversationRecord *record = wt_conversation_get_record (entry->conversation);

  if (entry->pinned == record->pinned && entry->last_time == record->last_time)
    return FALSE;
  entry->pinned = record->pinned;
  entry->last_time = record->last_time;
  return TRUE;
}

/* Those who show one or the other only must look at it again. */
static gboolean
read_place (Entry *entry)
{
  gboolean archived = wt_conversation_get_record (entry->conversation)->archived;
  gboolean hidden = wt_conversation_get_hidden (entry->conversation);

  if (entry->archived == archived && entry->hidden == hidden)
    return FALSE;
  entry->archived = archived;
  entry->hidden = hidden;
  return TRUE;
}

/* Moving is a removal and an insertion: that is all a GListModel can say. */
static void
on_notify (WtConversation *conversation, GParamSpec *pspec, gpointer data)
{
  Entry *entry = data;
  WtConversationList *self = entry->list;
  GSequenceIter *iter = g_hash_table_lookup (self->by_id, &entry->id);

  gboolean replaced = read_place (entry);

  count (self, entry, TRUE);
  if (!read_sort_key (entry) && !replaced)
    return;

  guint old = (guint) g_sequence_iter_get_position (iter);
  g_sequence_sort_changed (iter, compare_entries, NULL);
  guint position = (guint) g_sequence_iter_get_position (iter);

  if (old == position && !replaced)
    return;
  guint first = MIN (old, position), last = MAX (old, position);
  g_list_model_items_changed (G_LIST_MODEL (self), first, last - first + 1, last - first + 1);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_signal_handler (&entry->handler, entry->conversation);
  g_object_unref (entry->conversation);
  g_free (entry);
}

static GType
wt_conversation_list_get_item_type (GListModel *model)
{
  return WT_TYPE_CONVERSATION;
}

static guint
wt_conversation_list_get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (WT_CONVERSATION_LIST (model)->entries);
}

static gpointer
wt_conversation_list_get_item (GListModel *model, guint position)
{
  WtConversationList *self = WT_CONVERSATION_LIST (model);

  if (position >= (guint) g_sequence_get_length (self->entries))
    return NULL;

  GSequenceIter *iter = g_sequence_get_iter_at_pos (self->entries, (int) position);
  Entry *entry = g_sequence_get (iter);

  return g_object_ref (entry->conversation);
}

static void
wt_conversation_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wt_conversation_list_get_item_type;
  iface->get_n_items = wt_conversation_list_get_n_items;
  iface->get_item = wt_conversation_list_get_item;
}

static void
wt_conversation_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtConversationList *self = WT_CONVERSATION_LIST (object);

  switch ((WtConversationListProperty) id)
    {
    case PROP_UNREAD_DIRECT:
      g_value_set_uint (value, self->unread[WT_CONVERSATION_DIRECT]);
      break;
    case PROP_UNREAD_GROUPS:
      g_value_set_uint (value, self->unread[WT_CONVERSATION_GROUP]);
      break;
    case PROP_ARCHIVED_DIRECT:
      g_value_set_uint (value, self->archived[WT_CONVERSATION_DIRECT]);
      break;
    case PROP_ARCHIVED_GROUPS:
      g_value_set_uint (value, self->archived[WT_CONVERSATION_GROUP]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_conversation_list_finalize (GObject *object)
{
  WtConversationList *self = WT_CONVERSATION_LIST (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_sequence_free);

  G_OBJECT_CLASS (wt_conversation_list_parent_class)->finalize (object);
}

static void
wt_conversation_list_class_init (WtConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_conversation_list_get_property;
  object_class->finalize = wt_conversation_list_finalize;

  properties[PROP_UNREAD_DIRECT] = g_param_spec_uint ("unread-direct", NULL, NULL, 0, G_MAXUINT, 0,
                                                      flags);
  properties[PROP_UNREAD_GROUPS] = g_param_spec_uint ("unread-groups", NULL, NULL, 0, G_MAXUINT, 0,
                                                      flags);
  properties[PROP_ARCHIVED_DIRECT] = g_param_spec_uint ("archived-direct", NULL, NULL, 0, G_MAXUINT,
                                                        0, flags);
  properties[PROP_ARCHIVED_GROUPS] = g_param_spec_uint ("archived-groups", NULL, NULL, 0, G_MAXUINT,
                                                        0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_conversation_list_init (WtConversationList *self)
{
  self->entries = g_sequence_new (entry_free);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
}

/**
 * wt_conversation_list_new:
 *
 * Returns: (transfer full): an empty list
 */
WtConversationList *
wt_conversation_list_new (void)
{
  return g_object_new (WT_TYPE_CONVERSATION_LIST, NULL);
}

static Entry *
entry_new (WtConversationList *self, WtConversation *conversation)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->list = self;
  entry->conversation = g_object_ref (conversation);
  entry->id = wt_conversation_get_id (conversation);
  read_sort_key (entry);
  read_place (entry);
  entry->handler = g_signal_connect (conversation, "notify", G_CALLBACK (on_notify), entry);
  return entry;
}

/**
 * wt_conversation_list_add:
 * @self: a list
 * @conversation: one that is not in it
 */
void
wt_conversation_list_add (WtConversationList *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_CONVERSATION_LIST (self));
  g_return_if_fail (wt_conversation_list_lookup (self, wt_conversation_get_id (conversation))
                    == NULL);

  Entry *entry = entry_new (self, conversation);
  GSequenceIter *iter = g_sequence_insert_sorted (self->entries, entry, compare_entries, NULL);

  g_hash_table_insert (self->by_id, &entry->id, iter);
  g_list_model_items_changed (G_LIST_MODEL (self), (guint) g_sequence_iter_get_position (iter), 0,
                              1);
  count (self, entry, TRUE);
}

/**
 * wt_conversation_list_add_many:
 * @self: a list
 * @conversations: (element-type WtConversation): some that are not in it
 *
 * Adds them with one change of the model.
 */
void
wt_conversation_list_add_many (WtConversationList *self, GPtrArray *conversations)
{
  g_return_if_fail (WT_IS_CONVERSATION_LIST (self));

  guint before = (guint) g_sequence_get_length (self->entries);

  for (guint i = 0; i < conversations->len; i++)
    {
      Entry *entry = entry_new (self, g_ptr_array_index (conversations, i));

      g_hash_table_insert (self->by_id, &entry->id, g_sequence_append (self->entries, entry));
      count (self, entry, TRUE);
    }
  g_sequence_sort (self->entries, compare_entries, NULL);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, before + conversations->len);
}

/**
 * wt_conversation_list_remove:
 * @self: a list
 * @conversation: one that may be in it
 */
void
wt_conversation_list_remove (WtConversationList *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_CONVERSATION_LIST (self));

  gint64 id = wt_conversation_get_id (conversation);
  GSequenceIter *iter = g_hash_table_lookup (self->by_id, &id);

  if (iter == NULL)
    return;

  guint position = (guint) g_sequence_iter_get_position (iter);

  count (self, g_sequence_get (iter), FALSE);
  g_hash_table_remove (self->by_id, &id);
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * wt_conversation_list_remove_account:
 * @self: a list
 * @account: whose conversations go
 */
void
wt_conversation_list_remove_account (WtConversationList *self, WtAccount *account)
{
  g_return_if_fail (WT_IS_CONVERSATION_LIST (self));

  GSequenceIter *iter = g_sequence_get_begin_iter (self->entries);

  while (!g_sequence_iter_is_end (iter))
    {
      Entry *entry = g_sequence_get (iter);

      iter = g_sequence_iter_next (iter);
      if (wt_conversation_get_account (entry->conversation) == account)
        wt_conversation_list_remove (self, entry->conversation);
    }
}

/**
 * wt_conversation_list_lookup:
 * @self: a list
 * @id: a row id
 *
 * Returns: (transfer none) (nullable): the conversation
 */
WtConversation *
wt_conversation_list_lookup (WtConversationList *self, gint64 id)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), NULL);

  GSequenceIter *iter = g_hash_table_lookup (self->by_id, &id);

  if (iter == NULL)
    return NULL;

  Entry *entry = g_sequence_get (iter);

  return entry->conversation;
}

/**
 * wt_conversation_list_get_unread:
 * @self: a list
 * @kind: which of the two panes
 *
 * Returns: how many unread messages are in it that the user wants to hear of (#WtLevel); archived conversations do not count. Also as the properties
 *   `unread-direct` and `unread-groups`.
 */
guint
wt_conversation_list_get_unread (WtConversationList *self, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), 0);

  return self->unread[kind];
}

/**
 * wt_conversation_list_get_archived:
 * @self: a list
 * @kind: which of the two panes
 *
 * Returns: how many conversations of it are archived. Also as the properties `archived-direct` and `archived-groups`.
 */
guint
wt_conversation_list_get_archived (WtConversationList *self, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), 0);

  return self->archived[kind];
}
