/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-member-list.h"

#include "wt-conversation-store.h"

struct _WtMemberList
{
  GObject parent_instance;

  /* owned */
  WtConversation *conversation;
  GCancellable *cancellable;
  GSequence *members; /* of WtMember, seen last first */
  GHashTable *places; /* “platform/user id” → GSequenceIter */
};

static void wt_member_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtMemberList,
                               wt_member_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wt_member_list_model_init))

static char *
make_key (const char *platform, const char *user_id)
{
  return g_strconcat (platform != NULL ? platform : "", "\n", user_id, NULL);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 first = wt_member_get_last_seen ((WtMember *) a);
  gint64 second = wt_member_get_last_seen ((WtMember *) b);

  return (first < second) - (first > second);
}

static gboolean
is_me (WtMemberList *self, const WtMemberRecord *record)
{
  const WtAccountRecord *account = wt_account_get_record (
      wt_conversation_get_account (self->conversation));
  gboolean elsewhere = record->platform != NULL && *record->platform != '\0'
                       && g_strcmp0 (record->platform, account->platform) != 0;

  return !elsewhere && g_strcmp0 (record->user_id, account->user_id) == 0;
}

static void
add (WtMemberList *self, char *key, const WtMemberRecord *record)
{
  GSequenceIter *place = g_sequence_insert_sorted (self->members, wt_member_new (record), compare,
                                                   NULL);

  g_hash_table_insert (self->places, key, place);
  g_list_model_items_changed (G_LIST_MODEL (self), (guint) g_sequence_iter_get_position (place), 0,
                              1);
}

/* One change for the whole way, so that a selection survives it. */
static void
move (WtMemberList *self, GSequenceIter *place)
{
  guint before = (guint) g_sequence_iter_get_position (place);
  guint after, first, count;

  g_sequence_sort_changed (place, compare, NULL);
  after = (guint) g_sequence_iter_get_position (place);
  if (after == before)
    return;

  first = MIN (before, after);
  count = MAX (before, after) - first + 1;
  g_list_model_items_changed (G_LIST_MODEL (self), first, count, count);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtMemberList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = wt_conversation_store_list_members_finish (WT_DATABASE (source),
                                                                             result, &error);

  if (records == NULL)
    {
      /* Those who write from now on are found all the same. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("The members of a conversation could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; i < records->len && !g_cancellable_is_cancelled (self->cancellable); i++)
    wt_member_list_meet (self, g_ptr_array_index (records, i));
}

static GType
wt_member_list_get_item_type (GListModel *model)
{
  return WT_TYPE_MEMBER;
}

static guint
wt_member_list_get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (WT_MEMBER_LIST (model)->members);
}

static gpointer
wt_member_list_get_item (GListModel *model, guint position)
{
  WtMemberList *self = WT_MEMBER_LIST (model);

  if (position >= wt_member_list_get_n_items (model))
    return NULL;
  return g_object_ref (g_sequence_get (g_sequence_get_iter_at_pos (self->members, (int) position)));
}

static void
wt_member_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wt_member_list_get_item_type;
  iface->get_n_items = wt_member_list_get_n_items;
  iface->get_item = wt_member_list_get_item;
}

static void
wt_member_list_dispose (GObject *object)
{
  WtMemberList *self = WT_MEMBER_LIST (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (wt_member_list_parent_class)->dispose (object);
}

static void
wt_member_list_finalize (GObject *object)
{
  WtMemberList *self = WT_MEMBER_LIST (object);

  g_clear_object (&self->conversation);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->members, g_sequence_free);

  G_OBJECT_CLASS (wt_member_list_parent_class)->finalize (object);
}

static void
wt_member_list_class_init (WtMemberListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_member_list_dispose;
  object_class->finalize = wt_member_list_finalize;
}

static void
wt_member_list_init (WtMemberList *self)
{
  self->cancellable = g_cancellable_new ();
  self->members = g_sequence_new (g_object_unref);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * wt_member_list_new:
 * @database: where the members are
 * @conversation: whose members they are
 *
 * Returns: (transfer full): a list that is empty, and is filled within moments
 */
WtMemberList *
wt_member_list_new (WtDatabase *database, WtConversation *conversation)
{
  WtMemberList *self = g_object_new (WT_TYPE_MEMBER_LIST, NULL);

  self->conversation = g_object_ref (conversation);
  wt_conversation_store_list_members_async (database, wt_conversation_get_id (conversation),
                                            self->cancellable, on_listed, g_object_ref (self));
  return self;
}

/**
 * wt_member_list_get_conversation:
 * @self: a list
 *
 * Returns: (transfer none): whose members they are
 */
WtConversation *
wt_member_list_get_conversation (WtMemberList *self)
{
  g_return_val_if_fail (WT_IS_MEMBER_LIST (self), NULL);

  return self->conversation;
}

/**
 * wt_member_list_meet:
 * @self: a list
 * @record: somebody who wrote there; the account itself is passed over
 *
 * Adds a member, or moves one up, with the names that the newest message brought.
 */
void
wt_member_list_meet (WtMemberList *self, const WtMemberRecord *record)
{
  g_return_if_fail (WT_IS_MEMBER_LIST (self));

  g_autofree char *key = NULL;
  GSequenceIter *place;

  if (record->user_id == NULL || *record->user_id == '\0' || is_me (self, record))
    return;

  key = make_key (record->platform, record->user_id);
  place = g_hash_table_lookup (self->places, key);
  if (place == NULL)
    {
      add (self, g_steal_pointer (&key), record);
      return;
    }
  wt_member_meet (g_sequence_get (place), record);
  move (self, place);
}

/**
 * wt_member_list_lookup:
 * @self: a list
 * @platform: (nullable): a platform
 * @user_id: a user's id there
 *
 * Returns: (transfer none) (nullable): the member
 */
WtMember *
wt_member_list_lookup (WtMemberList *self, const char *platform, const char *user_id)
{
  g_return_val_if_fail (WT_IS_MEMBER_LIST (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  g_autofree char *key = make_key (platform, user_id);
  GSequenceIter *place = g_hash_table_lookup (self->places, key);

  return place != NULL ? g_sequence_get (place) : NULL;
}
