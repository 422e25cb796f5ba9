/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-list-private.h"

#include "wt-conversation-private.h"

#include <gio/gio.h>

/* A conversation that moves by no more is said to have moved within what changed, and its row goes with it. What comes from
 * further away is taken out and put in: so much as lies between is not looked at again for each message. */
#define NEAR 64

/* Nobody reads a list that is sorted more often than so. */
#define TURN_MS 100

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
  gboolean waiting; /* among those that are to be put in their places */
  /* What it adds to the list's counts, as it was counted last. */
  guint counted[N_COUNTS];
} Entry;

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

static int
compare_pointers (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_entries (*(gpointer const *) a, *(gpointer const *) b, data);
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
tell_moved (WtConversationList *self)
{
  guint first = self->moved_first;
  guint n = self->moved_last + 1 - first;

  if (first > self->moved_last)
    return;
  self->moved_first = G_MAXUINT;
  self->moved_last = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
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

/* What moves near is told of later, and once for all that does. */
static void
move (WtConversationList *self, Entry *entry)
{
  guint old = (guint) g_sequence_iter_get_position (entry->iter);
  GSequenceIter *next = g_sequence_iter_next (entry->iter);

  g_sequence_remove (g_steal_pointer (&entry->iter));

  GSequenceIter *before = g_sequence_search (self->entries, entry, compare_entries, NULL);
  guint new = (guint) g_sequence_iter_get_position (before);
  guint first = MIN (old, new), last = MAX (old, new);

  if (last - first <= NEAR)
    {
      entry->iter = g_sequence_insert_before (before, entry);
      self->moved_first = MIN (self->moved_first, first);
      self->moved_last = MAX (self->moved_last, last);
      return;
    }
  entry->iter = g_sequence_insert_before (next, entry);
  tell_moved (self);
  take_out (self, entry);
  put_in (self, entry);
}

static void
put_in_place (WtConversationList *self, Entry *entry)
{
  gboolean replaced = read_place (entry);
  GSequenceIter *previous, *next;

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
on_changed (WtConversation *conversation, gpointer data)
{
  Entry *entry = data;
  WtConversationList *self = entry->list;

  count (self, entry, TRUE);
  if (self->frozen == 0)
    {
      put_in_place (self, entry);
      tell_moved (self);
    }
  else if (!entry->waiting)
    {
      entry->waiting = TRUE;
      g_ptr_array_add (self->waiting, entry);
    }
}

static gboolean
on_turn (gpointer data)
{
  WtConversationList *self = data;

  if (!self->held)
    {
      self->turn_source = 0;
      return G_SOURCE_REMOVE;
    }
  self->held = FALSE;
  wt_conversation_list_thaw (self);
  return G_SOURCE_CONTINUE;
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

  g_clear_handle_id (&self->turn_source, g_source_remove);
  g_clear_pointer (&self->entries, g_sequence_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

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
  self->waiting = g_ptr_array_new ();
  self->moved_first = G_MAXUINT;
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

  g_autoptr (GPtrArray) entries = g_ptr_array_sized_new (conversations->len);
  guint before = (guint) g_sequence_get_length (self->entries);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < conversations->len; i++)
    {
      Entry *entry = entry_new (self, g_ptr_array_index (conversations, i));

      g_hash_table_insert (self->by_id, &entry->id, entry);
      g_ptr_array_add (entries, entry);
      count (self, entry, TRUE);
    }
  /* Sorting pointers costs a tenth of sorting a sequence. */
  g_ptr_array_sort_with_data (entries, compare_pointers, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      entry->iter = g_sequence_append (self->entries, entry);
    }
  if (before > 0)
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
  if (entry->waiting)
    g_ptr_array_remove_fast (self->waiting, entry);
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
 * wt_conversation_list_freeze:
 * @self: a list
 *
 * Until wt_conversation_list_thaw(), conversations stay where they are while they change: a burst of messages to many of them
 * moves each once, and those who show the list are told of all of it together.
 */
void
wt_conversation_list_freeze (WtConversationList *self)
{
  g_return_if_fail (WT_IS_CONVERSATION_LIST (self));

  self->frozen++;
  g_object_freeze_notify (G_OBJECT (self));
}

/**
 * wt_conversation_list_thaw:
 * @self: a list after as many wt_conversation_list_freeze()
 *
 * Puts everything in its place again, if it was frozen once only.
 */
void
wt_conversation_list_thaw (WtConversationList *self)
{
  g_return_if_fail (WT_IS_CONVERSATION_LIST (self));
  g_return_if_fail (self->frozen > 0);

  self->frozen--;
  while (self->frozen == 0 && self->waiting->len > 0)
    {
      Entry *entry = g_ptr_array_steal_index_fast (self->waiting, self->waiting->len - 1);

      entry->waiting = FALSE;
      put_in_place (self, entry);
    }
  tell_moved (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * wt_conversation_list_thaw_in_turn:
 * @self: a list after as many wt_conversation_list_freeze()
 *
 * As wt_conversation_list_thaw(), but not more than ten times a second: what comes sooner stays frozen until it is its turn. For
 * messages, which may come faster than anybody reads.
 */
void
wt_conversation_list_thaw_in_turn (WtConversationList *self)
{
  g_return_if_fail (WT_IS_CONVERSATION_LIST (self));

  if (self->turn_source != 0 && !self->held)
    {
      self->held = TRUE;
      return;
    }
  if (self->turn_source == 0)
    self->turn_source = g_timeout_add (TURN_MS, on_turn, self);
  wt_conversation_list_thaw (self);
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
