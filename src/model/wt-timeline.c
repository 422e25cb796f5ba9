/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-timeline-private.h"

#include "wt-message-store.h"

#define PAGE WT_TIMELINE_PAGE
/* So many pages are kept besides what somebody holds. */
#define MOST_PAGES 12

static void wt_timeline_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtTimeline,
                               wt_timeline,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wt_timeline_model_init))

static void
page_free (gpointer data)
{
  WtTimelinePage *page = data;

  for (guint i = 0; i < PAGE; i++)
    g_clear_object (&page->messages[i]);
  g_free (page);
}

static gpointer
page_key (gint64 seq)
{
  return GUINT_TO_POINTER ((guint) ((seq - 1) / PAGE));
}

static gint64
page_first (gint64 seq)
{
  return (seq - 1) / PAGE * PAGE + 1;
}

static void
on_message_gone (gpointer data, GObject *where)
{
  WtTimelineLive *live = data;

  g_hash_table_remove (live->table, &live->seq);
}

/*
 * wt_timeline_lookup_message:
 * @self: a timeline
 * @seq: a message's position
 *
 * Returns: (transfer none) (nullable): the message's object, if anybody holds it
 */
WtMessage *
wt_timeline_lookup_message (WtTimeline *self, gint64 seq)
{
  WtTimelineLive *live = g_hash_table_lookup (self->live, &seq);

  return live != NULL ? live->message : NULL;
}

/* The message's object, the same one for as long as anybody holds it. */
static WtMessage *
ref_message (WtTimeline *self, gint64 seq)
{
  WtMessage *message = wt_timeline_lookup_message (self, seq);

  if (message != NULL)
    return g_object_ref (message);

  WtTimelineLive *live = g_new (WtTimelineLive, 1);

  message = wt_message_new (seq);
  live->table = self->live;
  live->seq = seq;
  live->message = message;
  g_hash_table_insert (self->live, &live->seq, live);
  g_object_weak_ref (G_OBJECT (message), on_message_gone, live);
  return message;
}

static WtTimelinePage *
get_page (WtTimeline *self, gint64 seq)
{
  WtTimelinePage *page = g_hash_table_lookup (self->pages, page_key (seq));

  if (page == NULL)
    {
      page = g_new0 (WtTimelinePage, 1);
      g_hash_table_insert (self->pages, page_key (seq), page);
    }
  page->used = ++self->uses;
  return page;
}

static void
forget_old_pages (WtTimeline *self)
{
  while (g_hash_table_size (self->pages) > MOST_PAGES)
    {
      GHashTableIter iter;
      gpointer key, value, oldest = NULL;
      guint64 used = G_MAXUINT64;

      g_hash_table_iter_init (&iter, self->pages);
      while (g_hash_table_iter_next (&iter, &key, &value))
        {
          WtTimelinePage *page = value;

          if (!page->loading && page->used < used)
            {
              used = page->used;
              oldest = key;
            }
        }
      if (used == G_MAXUINT64)
        return;
      g_hash_table_remove (self->pages, oldest);
    }
}

static void
fill (WtTimeline *self, WtTimelinePage *page, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const WtMessageRecord *record = g_ptr_array_index (records, i);
      WtMessage **slot = &page->messages[(record->seq - 1) % PAGE];

      if (*slot == NULL)
        *slot = ref_message (self, record->seq);
      /* What is loaded already is newer than what was read: changes reach it directly. */
      if (!wt_message_get_loaded (*slot))
        wt_timeline_show (self, *slot, record);
    }
}

static void
on_page_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtTimeline *self = g_task_get_source_object (task);
  gint64 first = *(gint64 *) g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) records = wt_message_store_load_finish (WT_DATABASE (source), result,
                                                                &error);
  WtTimelinePage *page = g_hash_table_lookup (self->pages, page_key (first));

  if (page != NULL)
    page->loading = FALSE;
  if (records == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (page != NULL)
    fill (self, page, records);
  forget_old_pages (self);
  g_task_return_boolean (task, TRUE);
}

static gboolean
page_is_loaded (WtTimeline *self, const WtTimelinePage *page, gint64 first)
{
  guint count = (guint) MIN (PAGE, (gint64) self->n_items - first + 1);

  for (guint i = 0; i < count; i++)
    {
      if (page->messages[i] == NULL || !wt_message_get_loaded (page->messages[i]))
        return FALSE;
    }
  return TRUE;
}

/* The task, which may be NULL, returns when the page is there. */
static void
load_page (WtTimeline *self, gint64 seq, GTask *task)
{
  g_autoptr (GTask) own = NULL;
  gint64 first = page_first (seq);
  WtTimelinePage *page = get_page (self, seq);

  if (task == NULL && page->loading)
    return;
  if (page_is_loaded (self, page, first))
    {
      if (task != NULL)
        g_task_return_boolean (task, TRUE);
      return;
    }
  if (task == NULL)
    task = own = g_task_new (self, self->cancellable, NULL, NULL);
  g_task_set_task_data (task, g_memdup2 (&first, sizeof first), g_free);
  page->loading = TRUE;
  wt_message_store_load_async (self->database, wt_conversation_get_id (self->conversation), first,
                               PAGE, self->cancellable, on_page_loaded, g_object_ref (task));
}

static GType
wt_timeline_get_item_type (GListModel *model)
{
  return WT_TYPE_MESSAGE;
}

static guint
wt_timeline_get_n_items (GListModel *model)
{
  return WT_TIMELINE (model)->n_items;
}

static gpointer
wt_timeline_get_item (GListModel *model, guint position)
{
  WtTimeline *self = WT_TIMELINE (model);
  gint64 seq = (gint64) position + 1;

  if (position >= self->n_items)
    return NULL;

  WtTimelinePage *page = get_page (self, seq);
  WtMessage **slot = &page->messages[(seq - 1) % PAGE];

  if (*slot == NULL)
    *slot = ref_message (self, seq);

  WtMessage *message = g_object_ref (*slot);

  if (!wt_message_get_loaded (message))
    load_page (self, seq, NULL);
  return message;
}

static void
wt_timeline_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wt_timeline_get_item_type;
  iface->get_n_items = wt_timeline_get_n_items;
  iface->get_item = wt_timeline_get_item;
}

static void
wt_timeline_dispose (GObject *object)
{
  WtTimeline *self = WT_TIMELINE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  if (self->live != NULL)
    {
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, self->live);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        g_object_weak_unref (G_OBJECT (((WtTimelineLive *) value)->message), on_message_gone,
                             value);
    }
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_object (&self->database);
  g_clear_object (&self->conversation);

  G_OBJECT_CLASS (wt_timeline_parent_class)->dispose (object);
}

static void
wt_timeline_class_init (WtTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_timeline_dispose;
}

static void
wt_timeline_init (WtTimeline *self)
{
  self->cancellable = g_cancellable_new ();
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, page_free);
  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                      (GDestroyNotify) wt_message_record_free);
}

/**
 * wt_timeline_new:
 * @database: where the messages are
 * @conversation: whose messages they are
 *
 * Returns: (transfer full): the conversation's timeline
 */
WtTimeline *
wt_timeline_new (WtDatabase *database, WtConversation *conversation)
{
  WtTimeline *self = g_object_new (WT_TYPE_TIMELINE, NULL);

  self->database = g_object_ref (database);
  self->conversation = g_object_ref (conversation);
  self->n_items = (guint) MIN (wt_conversation_get_last_seq (conversation), G_MAXINT);
  g_signal_connect_object (wt_conversation_get_veil (conversation), "changed",
                           G_CALLBACK (wt_timeline_veil_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wt_timeline_get_conversation:
 * @self: a timeline
 *
 * Returns: (transfer none): whose messages they are
 */
WtConversation *
wt_timeline_get_conversation (WtTimeline *self)
{
  g_return_val_if_fail (WT_IS_TIMELINE (self), NULL);

  return self->conversation;
}

/**
 * wt_timeline_prepare_async:
 * @self: a timeline
 * @position: what will be looked at, from 0
 * @cancellable: (nullable): stops it
 * @callback: called when it is there
 * @data: for @callback
 *
 * Loads the messages around @position, so that the first painted frame has them.
 */
void
wt_timeline_prepare_async (WtTimeline *self,
                           guint position,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_return_if_fail (WT_IS_TIMELINE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  gint64 seq = (gint64) MIN (position, self->n_items > 0 ? self->n_items - 1 : 0) + 1;

  g_task_set_source_tag (task, wt_timeline_prepare_async);
  if (self->n_items == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* A view shows what is above, too. The database answers in order: the page asked for last comes last. */
  if (page_first (seq) > 1)
    load_page (self, page_first (seq) - 1, NULL);
  if (page_first (seq) + PAGE <= self->n_items)
    load_page (self, page_first (seq) + PAGE, NULL);
  load_page (self, seq, task);
}

/**
 * wt_timeline_prepare_finish:
 * @self: a timeline
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: whether the messages are loaded
 */
gboolean
wt_timeline_prepare_finish (WtTimeline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wt_timeline_append:
 * @self: a timeline
 * @records: (element-type WtMessageRecord): messages that were stored, in order; those that it has are passed over
 */
void
wt_timeline_append (WtTimeline *self, GPtrArray *records)
{
  g_return_if_fail (WT_IS_TIMELINE (self));

  guint before = self->n_items;
  guint n_items = before;

  for (guint i = 0; i < records->len; i++)
    {
      const WtMessageRecord *record = g_ptr_array_index (records, i);

      if (record->seq <= before || record->seq > G_MAXINT)
        continue;

      WtMessage **slot = &get_page (self, record->seq)->messages[(record->seq - 1) % PAGE];

      if (*slot == NULL)
        *slot = ref_message (self, record->seq);
      wt_message_load (*slot, record);
      n_items = MAX (n_items, (guint) record->seq);
    }
  forget_old_pages (self);
  if (n_items == before)
    return;
  self->n_items = n_items;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n_items - before);
}

/**
 * wt_timeline_change:
 * @self: a timeline
 * @record: a message as it is now
 */
void
wt_timeline_change (WtTimeline *self, const WtMessageRecord *record)
{
  g_return_if_fail (WT_IS_TIMELINE (self));

  WtMessage *message = wt_timeline_lookup_message (self, record->seq);

  if (message != NULL && wt_message_get_loaded (message))
    wt_timeline_show (self, message, record);
}

/**
 * wt_timeline_set_delivery:
 * @self: a timeline
 * @record: a message whose delivery changed
 */
void
wt_timeline_set_delivery (WtTimeline *self, const WtMessageRecord *record)
{
  g_return_if_fail (WT_IS_TIMELINE (self));

  WtTimelinePage *page = g_hash_table_lookup (self->pages, page_key (record->seq));
  WtMessage *message = wt_timeline_lookup_message (self, record->seq);
  WtMessageRecord *kept = g_hash_table_lookup (self->kept, &record->seq);

  if (kept != NULL)
    kept->delivery = record->delivery;

  /* What is on its way from the disk may be older than this. */
  if (message == NULL && page != NULL && page->loading && record->seq <= self->n_items)
    message = page->messages[(record->seq - 1) % PAGE] = ref_message (self, record->seq);
  if (message != NULL)
    wt_message_set_delivery (message, record);
}

/**
 * wt_timeline_set_progress:
 * @self: a timeline
 * @seq: a message's position
 * @progress: how far it is on its way out, see #WtMessage:progress
 */
void
wt_timeline_set_progress (WtTimeline *self, gint64 seq, double progress)
{
  g_return_if_fail (WT_IS_TIMELINE (self));

  WtMessage *message = wt_timeline_lookup_message (self, seq);

  if (message != NULL)
    wt_message_set_progress (message, progress);
}
