/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-quote-finder.h"

/* What is remembered; then all of it is forgotten, since finding it again is quick. */
#define MOST_REMEMBERED 500

typedef struct
{
  WtQuoteState state;
  gboolean stale;          /* to be looked for again, as soon as somebody asks */
  WtMessageRecord *record; /* nullable */
} Quote;

struct _WtQuoteFinder
{
  GObject parent_instance;

  /* owned */
  GHashTable *quotes; /* by message_id */
  WtSession *session;
  WtConversation *conversation;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WtQuoteFinder, wt_quote_finder, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  WtQuoteFinder *self;
  char *message_id;
  GCancellable *cancellable;
} Search;

static void
quote_free (gpointer data)
{
  Quote *quote = data;

  g_clear_pointer (&quote->record, wt_message_record_free);
  g_free (quote);
}

static void
search_free (Search *search)
{
  g_clear_object (&search->self);
  g_clear_object (&search->cancellable);
  g_free (search->message_id);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Search) search = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMessageRecord) record = wt_session_find_message_finish (WT_SESSION (source), result,
                                                                       &error);
  Quote *quote;

  if (g_cancellable_is_cancelled (search->cancellable))
    return;
  quote = g_hash_table_lookup (search->self->quotes, search->message_id);
  if (quote == NULL)
    return;

  quote->state = record != NULL ? WT_QUOTE_FOUND : WT_QUOTE_MISSING;
  g_clear_pointer (&quote->record, wt_message_record_free);
  quote->record = g_steal_pointer (&record);
  g_signal_emit (search->self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_missing (gpointer key, gpointer value, gpointer data)
{
  return ((Quote *) value)->state == WT_QUOTE_MISSING;
}

/* What was not there may be what came. */
static void
on_message_received (WtQuoteFinder *self, WtConversation *conversation)
{
  if (conversation == self->conversation
      && g_hash_table_foreach_remove (self->quotes, is_missing, NULL) > 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* One of those found may be deleted by now, or have its picture. Which, only the store knows. */
static void
on_media_changed (WtQuoteFinder *self, gint64 conversation_id)
{
  GHashTableIter iter;
  gpointer quote;

  if (conversation_id != wt_conversation_get_id (self->conversation)
      || g_hash_table_size (self->quotes) == 0)
    return;
  g_hash_table_iter_init (&iter, self->quotes);
  while (g_hash_table_iter_next (&iter, NULL, &quote))
    ((Quote *) quote)->stale = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
look (WtQuoteFinder *self, const char *message_id)
{
  Search *search = g_new0 (Search, 1);

  search->self = g_object_ref (self);
  search->message_id = g_strdup (message_id);
  search->cancellable = g_object_ref (self->cancellable);
  wt_session_find_message_async (self->session, self->conversation, message_id, self->cancellable,
                                 on_found, search);
}

static void
wt_quote_finder_dispose (GObject *object)
{
  WtQuoteFinder *self = WT_QUOTE_FINDER (object);

  wt_quote_finder_set_conversation (self, NULL, NULL);
  g_clear_pointer (&self->quotes, g_hash_table_unref);

  G_OBJECT_CLASS (wt_quote_finder_parent_class)->dispose (object);
}

static void
wt_quote_finder_class_init (WtQuoteFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_quote_finder_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_QUOTE_FINDER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_quote_finder_init (WtQuoteFinder *self)
{
  self->quotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, quote_free);
}

WtQuoteFinder *
wt_quote_finder_new (void)
{
  return g_object_new (WT_TYPE_QUOTE_FINDER, NULL);
}

/**
 * wt_quote_finder_set_conversation:
 * @self: a finder
 * @session: (nullable): the conversation's session
 * @conversation: (nullable): where to look from now on
 *
 * Forgets what was found elsewhere.
 */
void
wt_quote_finder_set_conversation (WtQuoteFinder *self,
                                  WtSession *session,
                                  WtConversation *conversation)
{
  g_return_if_fail (WT_IS_QUOTE_FINDER (self));

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, on_message_received, self);
      g_signal_handlers_disconnect_by_func (self->session, on_media_changed, self);
    }
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->quotes != NULL)
    g_hash_table_remove_all (self->quotes);

  g_set_object (&self->session, session);
  g_set_object (&self->conversation, conversation);
  if (session == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (session, "message-received", G_CALLBACK (on_message_received), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "media-changed", G_CALLBACK (on_media_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wt_quote_finder_look_up:
 * @self: a finder
 * @message_id: `message_info.message_id` of the message quoted
 * @record: (out) (nullable) (transfer none): the message, where it was found; until `changed`
 *
 * Returns: whether it is known; otherwise it is being looked for
 */
WtQuoteState
wt_quote_finder_look_up (WtQuoteFinder *self,
                         const char *message_id,
                         const WtMessageRecord **record)
{
  Quote *quote;

  g_return_val_if_fail (WT_IS_QUOTE_FINDER (self), WT_QUOTE_MISSING);
  g_return_val_if_fail (message_id != NULL, WT_QUOTE_MISSING);

  *record = NULL;
  if (self->session == NULL || *message_id == '\0')
    return WT_QUOTE_MISSING;
  quote = g_hash_table_lookup (self->quotes, message_id);
  if (quote != NULL)
    {
      if (quote->stale)
        {
          quote->stale = FALSE;
          look (self, message_id);
        }
      *record = quote->record;
      return quote->state;
    }

  if (g_hash_table_size (self->quotes) >= MOST_REMEMBERED)
    g_hash_table_remove_all (self->quotes);
  quote = g_new0 (Quote, 1);
  quote->state = WT_QUOTE_LOOKING;
  g_hash_table_insert (self->quotes, g_strdup (message_id), quote);

  look (self, message_id);
  return WT_QUOTE_LOOKING;
}
