/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-hit.h"

#include <glib/gi18n-lib.h>

#include "wt-author-words.h"
#include "wt-display-text.h"
#include "wt-search-words.h"

#define MOST_EXCERPT 140

struct _WtSearchHit
{
  GObject parent_instance;

  /* owned */
  WtConversation *conversation;
  char *author;
  char *excerpt;
  char *typed; /* nullable */

  gint64 seq;
  gint64 time;
};

G_DEFINE_FINAL_TYPE (WtSearchHit, wt_search_hit, G_TYPE_OBJECT)

static void
wt_search_hit_finalize (GObject *object)
{
  WtSearchHit *self = WT_SEARCH_HIT (object);

  g_clear_object (&self->conversation);
  g_free (self->author);
  g_free (self->excerpt);
  g_free (self->typed);

  G_OBJECT_CLASS (wt_search_hit_parent_class)->finalize (object);
}

static void
wt_search_hit_class_init (WtSearchHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_search_hit_finalize;
}

static void
wt_search_hit_init (WtSearchHit *self)
{
}

/**
 * wt_search_hit_new:
 * @conversation: where it was found
 * @record: the message; only what is shown of it is kept
 * @typed: (nullable): the words that it was found by
 *
 * Returns: (transfer full): a hit
 */
WtSearchHit *
wt_search_hit_new (WtConversation *conversation, const WtMessageRecord *record, const char *typed)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  WtSearchHit *self = g_object_new (WT_TYPE_SEARCH_HIT, NULL);

  self->conversation = g_object_ref (conversation);
  self->seq = record->seq;
  self->time = record->time;
  self->author = wt_author_words (record);
  self->excerpt = wt_search_words_excerpt (record->text, typed, MOST_EXCERPT);
  if (*self->excerpt == '\0')
    {
      g_clear_pointer (&self->excerpt, g_free);
      self->excerpt = g_strdup (_ ("Message without text"));
    }
  self->typed = g_strdup (typed);
  return self;
}

/**
 * wt_search_hit_get_conversation:
 * @self: a hit
 *
 * Returns: (transfer none): where it was found
 */
WtConversation *
wt_search_hit_get_conversation (WtSearchHit *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_HIT (self), NULL);

  return self->conversation;
}

/**
 * wt_search_hit_get_seq:
 * @self: a hit
 *
 * Returns: the message's position in the conversation, 1…
 */
gint64
wt_search_hit_get_seq (WtSearchHit *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_HIT (self), 0);

  return self->seq;
}

/**
 * wt_search_hit_get_time:
 * @self: a hit
 *
 * Returns: microseconds since the epoch, by our clock
 */
gint64
wt_search_hit_get_time (WtSearchHit *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_HIT (self), 0);

  return self->time;
}

/**
 * wt_search_hit_get_author:
 * @self: a hit
 *
 * Returns: who wrote it, in one line; never empty
 */
const char *
wt_search_hit_get_author (WtSearchHit *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_HIT (self), NULL);

  return self->author;
}

/**
 * wt_search_hit_get_excerpt:
 * @self: a hit
 *
 * Returns: the text around the first word that was found, in one line; never empty
 */
const char *
wt_search_hit_get_excerpt (WtSearchHit *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_HIT (self), NULL);

  return self->excerpt;
}

/**
 * wt_search_hit_get_typed:
 * @self: a hit
 *
 * Returns: (nullable): the words that it was found by
 */
const char *
wt_search_hit_get_typed (WtSearchHit *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_HIT (self), NULL);

  return self->typed;
}
