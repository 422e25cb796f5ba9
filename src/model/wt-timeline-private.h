/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-timeline.h"

G_BEGIN_DECLS

/* Messages are read a page at a time. */
#define WT_TIMELINE_PAGE 64

typedef struct
{
  guint64 used; /* when it was last asked for, as a count */
  gboolean loading;
  WtMessage *messages[WT_TIMELINE_PAGE]; /* owned; NULL: never asked for */
} WtTimelinePage;

/* A message that somebody holds. */
typedef struct
{
  GHashTable *table; /* borrowed: the timeline takes its weak references back */
  gint64 seq;
  WtMessage *message; /* not owned */
} WtTimelineLive;

struct _WtTimeline
{
  GObject parent_instance;

  /* owned */
  WtDatabase *database;
  WtConversation *conversation;
  GCancellable *cancellable;
  GHashTable *pages; /* page index → WtTimelinePage */
  GHashTable *live;  /* seq → WtTimelineLive */
  GHashTable *kept;  /* seq → WtMessageRecord: what is shown as deleted and can still come back */

  guint n_items;
  guint64 uses;
};

WtMessage *wt_timeline_lookup_message (WtTimeline *self, gint64 seq);
void wt_timeline_show (WtTimeline *self, WtMessage *message, const WtMessageRecord *record);
void wt_timeline_veil_changed (WtTimeline *self);

G_END_DECLS
