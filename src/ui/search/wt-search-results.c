/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-results.h"

#include "wt-search-find.h"

/* Nobody goes through more. */
#define MOST_HITS 10000

struct _WtSearchResults
{
  GObject parent_instance;

  /* owned */
  WtProfile *profile;
  GPtrArray *hits;
  GPtrArray *coming; /* nullable: what takes the place of the hits once all of it was found again */
  GHashTable *watched; /* of WtConversation: that messages were found in */
  WtSearchFilter *filter;
  GCancellable *cancellable; /* of what runs */
  GError *error;             /* nullable */

  guint page;
  guint wanted;     /* so many hits are to be there */
  gint64 next;      /* where the next page goes on; 0 at the start and at the end */
  guint generation; /* of the filter */
  gboolean running;
  gboolean searching;
  gboolean fresh; /* nothing of this filter is shown yet */
};

static void wt_search_results_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtSearchResults,
                               wt_search_results,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wt_search_results_list_model_init))

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A question, and who asked. */
typedef struct
{
  WtSearchResults *self;
  guint generation;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->self);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void ask (WtSearchResults *self);

static void
tell (WtSearchResults *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
clear_hits (WtSearchResults *self)
{
  guint n = self->hits->len;

  g_ptr_array_set_size (self->hits, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/* What is about to be deleted is as good as deleted, until it comes back. */

static gboolean
is_shown (WtSearchResults *self, WtConversation *conversation, gint64 seq)
{
  WtConversationList *conversations = wt_profile_get_conversations (self->profile);
  gint64 id = wt_conversation_get_id (conversation);

  return wt_conversation_list_lookup (conversations, id) == conversation
         && !wt_conversation_get_hidden (conversation)
         && !wt_veil_hides (wt_conversation_get_veil (conversation), seq);
}

static gboolean
is_same (WtSearchHit *a, WtSearchHit *b)
{
  return wt_search_hit_get_conversation (a) == wt_search_hit_get_conversation (b)
         && wt_search_hit_get_seq (a) == wt_search_hit_get_seq (b);
}

/* Only what differs changes, so that the list stays where it is. */
static void
replace_hits (WtSearchResults *self, GPtrArray *coming)
{
  guint old = self->hits->len, now = coming->len, head = 0, tail = 0;

  while (head < MIN (old, now) && is_same (self->hits->pdata[head], coming->pdata[head]))
    head++;
  while (tail < MIN (old, now) - head
         && is_same (self->hits->pdata[old - 1 - tail], coming->pdata[now - 1 - tail]))
    tail++;
  if (old == head + tail && now == head + tail)
    return;

  if (old > head + tail)
    g_ptr_array_remove_range (self->hits, head, old - head - tail);
  for (guint i = head; i < now - tail; i++)
    g_ptr_array_insert (self->hits, (int) i, g_object_ref (coming->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), head, old - head - tail, now - head - tail);
}

static void
leave_out_hidden (WtSearchResults *self)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->hits->len; i++)
    {
      WtSearchHit *hit = self->hits->pdata[i];

      if (is_shown (self, wt_search_hit_get_conversation (hit), wt_search_hit_get_seq (hit)))
        g_ptr_array_add (left, g_object_ref (hit));
    }
  replace_hits (self, left);
}

/* Something goes at once; what comes back, and whether it still can, the database knows. */
static void
on_hidden_changed (WtSearchResults *self)
{
  if (self->profile == NULL || wt_search_filter_is_empty (self->filter))
    return;

  self->wanted = MAX (self->page, self->hits->len);
  leave_out_hidden (self);
  self->generation++;
  self->next = 0;
  self->searching = TRUE;
  g_clear_pointer (&self->coming, g_ptr_array_unref);
  if (!self->fresh)
    self->coming = g_ptr_array_new_with_free_func (g_object_unref);
  g_cancellable_cancel (self->cancellable);
  if (!self->running)
    ask (self);
  tell (self);
}

static void
watch (WtSearchResults *self, WtConversation *conversation)
{
  if (!g_hash_table_add (self->watched, g_object_ref (conversation)))
    return;

  g_signal_connect_object (conversation, "notify::hidden", G_CALLBACK (on_hidden_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wt_conversation_get_veil (conversation), "changed",
                           G_CALLBACK (on_hidden_changed), self, G_CONNECT_SWAPPED);
}

static void
forget_watched (WtSearchResults *self)
{
  GHashTableIter iter;
  gpointer conversation;

  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    {
      g_signal_handlers_disconnect_by_data (conversation, self);
      g_signal_handlers_disconnect_by_data (wt_conversation_get_veil (conversation), self);
    }
  g_hash_table_remove_all (self->watched);
}

static GPtrArray *
list_hits (WtSearchResults *self, GPtrArray *messages)
{
  WtConversationList *conversations = wt_profile_get_conversations (self->profile);
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < messages->len; i++)
    {
      const WtMessageRecord *record = messages->pdata[i];
      WtConversation *conversation = wt_conversation_list_lookup (conversations,
                                                                  record->conversation_id);

      /* It may have been deleted meanwhile. */
      if (conversation == NULL)
        continue;
      watch (self, conversation);
      if (is_shown (self, conversation, record->seq))
        g_ptr_array_add (hits, wt_search_hit_new (conversation, record, self->filter->text));
    }
  return hits;
}

/* The first of another filter take the place of what was found before in one change: the list gives their rows to them. */
static void
add_hits (WtSearchResults *self, GPtrArray *messages)
{
  g_autoptr (GPtrArray) found = list_hits (self, messages);
  guint n_found = found->len, n_before = self->hits->len;

  if (self->coming != NULL)
    {
      g_ptr_array_extend_and_steal (self->coming, g_steal_pointer (&found));
      return;
    }

  if (self->fresh)
    {
      g_ptr_array_unref (self->hits);
      self->hits = g_steal_pointer (&found);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, n_found);
      return;
    }

  g_ptr_array_extend_and_steal (self->hits, g_steal_pointer (&found));
  g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, n_found);
}

static guint
count_found (WtSearchResults *self)
{
  return self->coming != NULL ? self->coming->len : self->hits->len;
}

static void
take_page (WtSearchResults *self, WtSearchPage *page)
{
  /* What was found before stays until there is something else to show. */
  if (!self->fresh || page->messages->len > 0 || page->next == 0)
    {
      add_hits (self, page->messages);
      self->fresh = FALSE;
    }
  self->next = count_found (self) < MOST_HITS ? page->next : 0;
  if (self->next != 0 && (self->fresh || count_found (self) < self->wanted))
    {
      ask (self);
      return;
    }
  self->searching = FALSE;
  if (self->coming != NULL)
    {
      g_autoptr (GPtrArray) coming = g_steal_pointer (&self->coming);

      replace_hits (self, coming);
    }
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  WtSearchResults *self = question->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSearchPage) page = wt_search_store_find_finish (WT_DATABASE (source), result,
                                                               &error);

  self->running = FALSE;
  if (question->generation != self->generation)
    {
      if (self->searching)
        ask (self);
      return;
    }

  if (page != NULL)
    {
      take_page (self, page);
    }
  else
    {
      clear_hits (self);
      g_clear_pointer (&self->coming, g_ptr_array_unref);
      self->fresh = self->searching = FALSE;
      self->next = 0;
      self->error = g_steal_pointer (&error);
    }
  tell (self);
}

static void
ask (WtSearchResults *self)
{
  Question *question = g_new0 (Question, 1);

  question->self = g_object_ref (self);
  question->generation = self->generation;
  self->running = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wt_search_store_find_async (wt_profile_get_database (self->profile), self->filter, self->next,
                              self->page, self->cancellable, on_found, question);
}

static GType
get_item_type (GListModel *model)
{
  return WT_TYPE_SEARCH_HIT;
}

static guint
get_n_items (GListModel *model)
{
  return WT_SEARCH_RESULTS (model)->hits->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  WtSearchResults *self = WT_SEARCH_RESULTS (model);

  return position < self->hits->len ? g_object_ref (self->hits->pdata[position]) : NULL;
}

static void
wt_search_results_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
wt_search_results_dispose (GObject *object)
{
  WtSearchResults *self = WT_SEARCH_RESULTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  forget_watched (self);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_search_results_parent_class)->dispose (object);
}

static void
wt_search_results_finalize (GObject *object)
{
  WtSearchResults *self = WT_SEARCH_RESULTS (object);

  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_pointer (&self->coming, g_ptr_array_unref);
  g_clear_pointer (&self->watched, g_hash_table_unref);
  g_clear_pointer (&self->filter, wt_search_filter_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (wt_search_results_parent_class)->finalize (object);
}

static void
wt_search_results_class_init (WtSearchResultsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_search_results_dispose;
  object_class->finalize = wt_search_results_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_SEARCH_RESULTS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_search_results_init (WtSearchResults *self)
{
  self->hits = g_ptr_array_new_with_free_func (g_object_unref);
  self->watched = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->filter = wt_search_filter_new ();
}

/**
 * wt_search_results_new:
 * @profile: an open profile
 * @page: how many hits are loaded at once
 *
 * Returns: (transfer full): results of nothing
 */
WtSearchResults *
wt_search_results_new (WtProfile *profile, guint page)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  WtSearchResults *self = g_object_new (WT_TYPE_SEARCH_RESULTS, NULL);

  self->profile = g_object_ref (profile);
  self->page = page;
  return self;
}

/**
 * wt_search_results_search:
 * @self: results
 * @filter: what to look for
 *
 * Looks for something else, unless it is the same: what is being looked for is given up. A filter that asks for
 * nothing clears the results at once.
 */
void
wt_search_results_search (WtSearchResults *self, const WtSearchFilter *filter)
{
  g_return_if_fail (WT_IS_SEARCH_RESULTS (self));
  g_return_if_fail (filter != NULL);

  if (wt_search_filter_equal (self->filter, filter) && self->error == NULL)
    return;

  g_clear_pointer (&self->filter, wt_search_filter_free);
  self->filter = wt_search_filter_copy (filter);
  g_clear_error (&self->error);
  g_clear_pointer (&self->coming, g_ptr_array_unref);
  forget_watched (self);
  self->generation++;
  self->next = 0;
  self->wanted = self->page;
  self->fresh = self->searching = !wt_search_filter_is_empty (filter);
  g_cancellable_cancel (self->cancellable);
  if (!self->searching)
    clear_hits (self);
  else if (!self->running)
    ask (self);
  tell (self);
}

/**
 * wt_search_results_load_more:
 * @self: results
 *
 * Loads another page, where there is one and none is being loaded.
 */
void
wt_search_results_load_more (WtSearchResults *self)
{
  g_return_if_fail (WT_IS_SEARCH_RESULTS (self));

  if (self->searching || self->next == 0)
    return;

  self->wanted = self->hits->len + self->page;
  self->searching = TRUE;
  ask (self);
  tell (self);
}

/**
 * wt_search_results_get_filter:
 * @self: results
 *
 * Returns: (transfer none): what is looked for
 */
const WtSearchFilter *
wt_search_results_get_filter (WtSearchResults *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_RESULTS (self), NULL);

  return self->filter;
}

/**
 * wt_search_results_get_searching:
 * @self: results
 *
 * Returns: whether a page is on its way
 */
gboolean
wt_search_results_get_searching (WtSearchResults *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_RESULTS (self), FALSE);

  return self->searching;
}

/**
 * wt_search_results_get_complete:
 * @self: results
 *
 * Returns: whether everything was looked at
 */
gboolean
wt_search_results_get_complete (WtSearchResults *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_RESULTS (self), FALSE);

  return !self->searching && self->next == 0;
}

/**
 * wt_search_results_get_error:
 * @self: results
 *
 * Returns: (transfer none) (nullable): why it failed
 */
const GError *
wt_search_results_get_error (WtSearchResults *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_RESULTS (self), NULL);

  return self->error;
}
