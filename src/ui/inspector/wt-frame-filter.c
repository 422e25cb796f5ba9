/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-filter.h"

#include <string.h>

struct _WtFrameFilter
{
  GtkFilter parent_instance;

  /* owned */
  char *text; /* case folded; empty: any */

  gint64 account_id; /* 0: any */
  WtFrameWay way;
  WtFrameSort sort;
  gboolean only_warnings;
};

G_DEFINE_FINAL_TYPE (WtFrameFilter, wt_frame_filter, GTK_TYPE_FILTER)

static gboolean
contains (const char *text, const char *wanted)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, wanted) != NULL;
}

static gboolean
is_of_sort (WtFrame *frame, WtFrameSort sort)
{
  switch (wt_frame_get_kind (frame))
    {
    case WT_FRAME_MESSAGE:
      return sort == WT_FRAME_SORT_MESSAGES;
    case WT_FRAME_ACK:
      return sort == WT_FRAME_SORT_ACKS;
    case WT_FRAME_PONG:
    case WT_FRAME_STATE:
    case WT_FRAME_PAUSE:
      return sort == WT_FRAME_SORT_CONNECTION;
    case WT_FRAME_OTHER:
    case WT_FRAME_BAD:
    default:
      return sort == WT_FRAME_SORT_REST;
    }
}

static gboolean
has_way (WtFrame *frame, WtFrameWay way)
{
  WtFrameKind kind = wt_frame_get_kind (frame);

  return kind != WT_FRAME_STATE && kind != WT_FRAME_PAUSE
         && wt_frame_get_outgoing (frame) == (way == WT_FRAME_WAY_SENT);
}

static gboolean
wt_frame_filter_match (GtkFilter *filter, gpointer item)
{
  WtFrameFilter *self = WT_FRAME_FILTER (filter);
  GPtrArray *lints = wt_frame_get_lints (item);

  if (self->account_id != 0 && wt_frame_get_account_id (item) != self->account_id)
    return FALSE;
  if (self->way != WT_FRAME_WAY_BOTH && !has_way (item, self->way))
    return FALSE;
  if (self->sort != WT_FRAME_SORT_ALL && !is_of_sort (item, self->sort))
    return FALSE;
  if (self->only_warnings && (lints == NULL || lints->len == 0))
    return FALSE;
  return *self->text == '\0' || contains (wt_frame_get_summary (item), self->text)
         || contains (wt_frame_get_json (item), self->text);
}

static GtkFilterMatch
wt_frame_filter_get_strictness (GtkFilter *filter)
{
  return wt_frame_filter_is_all (WT_FRAME_FILTER (filter)) ? GTK_FILTER_MATCH_ALL
                                                           : GTK_FILTER_MATCH_SOME;
}

static void
wt_frame_filter_finalize (GObject *object)
{
  g_clear_pointer (&WT_FRAME_FILTER (object)->text, g_free);

  G_OBJECT_CLASS (wt_frame_filter_parent_class)->finalize (object);
}

static void
wt_frame_filter_class_init (WtFrameFilterClass *klass)
{
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wt_frame_filter_finalize;
  filter_class->match = wt_frame_filter_match;
  filter_class->get_strictness = wt_frame_filter_get_strictness;
}

static void
wt_frame_filter_init (WtFrameFilter *self)
{
  self->text = g_strdup ("");
}

/**
 * wt_frame_filter_new:
 *
 * Returns: (transfer full): a filter that lets everything pass
 */
WtFrameFilter *
wt_frame_filter_new (void)
{
  return g_object_new (WT_TYPE_FRAME_FILTER, NULL);
}

static void
changed (WtFrameFilter *self)
{
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * wt_frame_filter_set_account:
 * @self: a filter
 * @account_id: an account's row id; 0: any
 */
void
wt_frame_filter_set_account (WtFrameFilter *self, gint64 account_id)
{
  g_return_if_fail (WT_IS_FRAME_FILTER (self));

  if (self->account_id == account_id)
    return;
  self->account_id = account_id;
  changed (self);
}

/**
 * wt_frame_filter_set_way:
 * @self: a filter
 * @way: sent, received, or both; events of a connection are neither
 */
void
wt_frame_filter_set_way (WtFrameFilter *self, WtFrameWay way)
{
  g_return_if_fail (WT_IS_FRAME_FILTER (self));

  if (self->way == way)
    return;
  self->way = way;
  changed (self);
}

/**
 * wt_frame_filter_set_sort:
 * @self: a filter
 * @sort: which kinds pass
 */
void
wt_frame_filter_set_sort (WtFrameFilter *self, WtFrameSort sort)
{
  g_return_if_fail (WT_IS_FRAME_FILTER (self));

  if (self->sort == sort)
    return;
  self->sort = sort;
  changed (self);
}

/**
 * wt_frame_filter_set_only_warnings:
 * @self: a filter
 * @only_warnings: whether only frames with warnings pass
 */
void
wt_frame_filter_set_only_warnings (WtFrameFilter *self, gboolean only_warnings)
{
  g_return_if_fail (WT_IS_FRAME_FILTER (self));

  if (self->only_warnings == only_warnings)
    return;
  self->only_warnings = only_warnings;
  changed (self);
}

/**
 * wt_frame_filter_set_text:
 * @self: a filter
 * @text: what passes has this in it, whatever the case; empty: anything
 */
void
wt_frame_filter_set_text (WtFrameFilter *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  g_return_if_fail (WT_IS_FRAME_FILTER (self));

  if (strcmp (self->text, folded) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&folded);
  changed (self);
}

/**
 * wt_frame_filter_is_all:
 * @self: a filter
 *
 * Returns: whether everything passes
 */
gboolean
wt_frame_filter_is_all (WtFrameFilter *self)
{
  return self->account_id == 0 && self->way == WT_FRAME_WAY_BOTH && self->sort == WT_FRAME_SORT_ALL
         && !self->only_warnings && *self->text == '\0';
}
