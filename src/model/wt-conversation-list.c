/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-list.h"

#include "wt-conversation-private.h"

#include <gio/gio.h>

/* A conversation that moves by no more is said to have moved within what changed, and its row goes with it. What comes from
 * further away is taken out and put in: so much as lies between is not looked at again for each message. */
#define NEAR 64

/* What is counted, for each kind of conversation; in the order of the properties. */
typedef enum
{
  COUNT_UNREAD,
  COUNT_MENTIONS,
  COUNT_ARCHIVED,
  COUNT_ARCHIVED_UNREAD,
  N_COUNTS,
} Count;

typedef struct
{
  WtConversationList *list; /* borrowed: the list removes its entries */
  WtConversation *conversation;
  GSequenceIter *iter; /* NULL while it is on its way */
  /* What it is sorted by, as it was when it was put in its place. */
  gboolean pinned;
  gint64 last_time;
  gint64 id;
  gboolean archived;
  gboolean hidden;
  /* What it adds to the list's counts, as it was counted last. */
  guint counted[N_COUNTS];
} Entry;

struct _WtConversationList
{
  GObject parent_instance;

  GSequence *entries;        /* of borrowed Entry */
  GHashTable *by_id;         /* gint64* → Entry */
  guint counts[N_COUNTS][2]; /* by WtConversationKind */
};

static void wt_conversation_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtConversationList,
                               wt_conversation_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wt_conversation_list_model_init))

static const char *const property_names[N_COUNTS][2] = {
  { "unread-direct", "unread-groups" },
  { "mentions-direct", "mentions-groups" },
  { "archived-direct", "archived-groups" },
  { "archived-unread-direct", "archived-unread-groups" },
};

static GParamSpec *properties[1 + 2 * N_COUNTS];

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
count (WtConversationList *self, Entry *entry, gboolean present)
{
  const WtConversationRecord *record = wt_conversation_get_record (entry->conversation);
  guint now[N_COUNTS] = { 0 };

  if (present && !wt_conversation_get_hidden (entry->conversation))
    {
      now[COUNT_ARCHIVED] = record->archived ? 1 : 0;
      now[COUNT_ARCHIVED_UNREAD] = record->archived ? record->unread : 0;
      now[COUNT_UNREAD] = record->archived ? 0 : wt_conversation_count_wanted (entry->conversation);
      now[COUNT_MENTIONS] = record->archived || record->level == WT_LEVEL_NONE ? 0
                                                                               : record->mentions;
    }
  for (guint i = 0; i < N_COUNTS; i++)
    {
      if (now[i] == entry->counted[i])
        continue;
      self->counts[i][record->kind] += now[i] - entry->counted[i];
      entry->counted[i] = now[i];
      g_object_notify_by_pspec (G_OBJECT (self), properties[1 + 2 * i + record->kind]);
    }
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

static void
put_in (WtConversationList *self, Entry *entry)
{
  entry->iter = g_sequence_insert_sorted (self->entries, entry, compare_entries, NULL);
  g_list_model_items_changed (G_LIST_MODEL (self),
                              (guint) g_sequence_iter_get_position (entry->iter), 0, 1);
}

static void
take_out (WtConversationList *self, Entry *entry)
{
  GSequenceIter *iter = g_steal_pointer (&entry->iter);
  guint position = (guint) g_sequence_iter_get_position (iter);

  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
move (WtConversationList *self, Entry *entry)
{
  guint old = (guint) g_sequence_iter_get_position (entry->iter);

  g_sequence_remove (g_steal_pointer (&entry->iter));

  GSequenceIter *before = g_sequence_search (self->entries, entry, compare_entries, NULL);
  guint new = (guint) g_sequence_iter_get_position (before);
  guint first = MIN (old, new), last = MAX (old, new);

  if (last - first > NEAR)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), old, 1, 0);
      put_in (self, entry);
      return;
    }
  entry->iter = g_sequence_insert_before (before, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), first, last - first + 1, last - first + 1);
}

static void
on_changed (WtConversation *conversation, gpointer data)
{
  Entry *entry = data;
  WtConversationList *self = entry->list;
  gboolean replaced = read_place (entry);
  GSequenceIter *previous, *next;

  count (self, entry, TRUE);
  if ((!read_sort_key (entry) && !replaced) || entry->iter == NULL)
    return;

  previous = g_sequence_iter_prev (entry->iter);
  next = g_sequence_iter_next (entry->iter);
  /* The usual case in a busy chat: it is the topmost already. */
  if (!replaced
      && (previous == entry->iter || compare_entries (g_sequence_get (previous), entry, NULL) < 0)
      && (g_sequence_iter_is_end (next)
          || compare_entries (entry, g_sequence_get (next), NULL) < 0))
    return;
  move (self, entry);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  wt_conversation_set_watch (entry->conversation, NULL, NULL);
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

  guint at = id - 1;

  if (at < 2 * N_COUNTS)
    g_value_set_uint (value, self->counts[at / 2][at % 2]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wt_conversation_list_finalize (GObject *object)
{
  WtConversationList *self = WT_CONVERSATION_LIST (object);

  g_clear_pointer (&self->entries, g_sequence_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);

  G_OBJECT_CLASS (wt_conversation_list_parent_class)->finalize (object);
}

static void
wt_conversation_list_class_init (WtConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_conversation_list_get_property;
  object_class->finalize = wt_conversation_list_finalize;

  for (guint i = 0; i < 2 * N_COUNTS; i++)
    properties[1 + i] = g_param_spec_uint (property_names[i / 2][i % 2], NULL, NULL, 0, G_MAXUINT,
                                           0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_conversation_list_init (WtConversationList *self)
{
  self->entries = g_sequence_new (NULL);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
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
  wt_conversation_set_watch (conversation, on_changed, entry);
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

  g_hash_table_insert (self->by_id, &entry->id, entry);
  put_in (self, entry);
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

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < conversations->len; i++)
    {
      Entry *entry = entry_new (self, g_ptr_array_index (conversations, i));

      g_hash_table_insert (self->by_id, &entry->id, entry);
      entry->iter = g_sequence_append (self->entries, entry);
      count (self, entry, TRUE);
    }
  g_sequence_sort (self->entries, compare_entries, NULL);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, before + conversations->len);
  g_object_thaw_notify (G_OBJECT (self));
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
  Entry *entry = g_hash_table_lookup (self->by_id, &id);

  if (entry == NULL || entry->iter == NULL)
    return;

  count (self, entry, FALSE);
  g_hash_table_steal (self->by_id, &id);
  take_out (self, entry);
  entry_free (entry);
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

  Entry *entry = g_hash_table_lookup (self->by_id, &id);

  return entry != NULL ? entry->conversation : NULL;
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

  return self->counts[COUNT_UNREAD][kind];
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

  return self->counts[COUNT_ARCHIVED][kind];
}

/**
 * wt_conversation_list_get_archived_unread:
 * @self: a list
 * @kind: which of the two panes
 *
 * Returns: how many messages in its archived conversations are unread. Also as the properties `archived-unread-direct` and
 *   `archived-unread-groups`.
 */
guint
wt_conversation_list_get_archived_unread (WtConversationList *self, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), 0);

  return self->counts[COUNT_ARCHIVED_UNREAD][kind];
}

/**
 * wt_conversation_list_get_mentions:
 * @self: a list
 * @kind: which of the two panes
 *
 * Returns: how many unread messages of it mention the user; muted and archived conversations do not count. Also as the
 *   properties `mentions-direct` and `mentions-groups`.
 */
guint
wt_conversation_list_get_mentions (WtConversationList *self, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), 0);

  return self->counts[COUNT_MENTIONS][kind];
}
