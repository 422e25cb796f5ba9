/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation-list.h"

G_BEGIN_DECLS

/* What is counted, for each kind of conversation; in the order of the properties. */
typedef enum
{
  COUNT_UNREAD,
  COUNT_MENTIONS,
  COUNT_ARCHIVED,
  COUNT_ARCHIVED_UNREAD,
  N_COUNTS,
} Count;

struct _WtConversationList
{
  GObject parent_instance;

  GSequence *entries;        /* of borrowed Entry */
  GHashTable *by_id;         /* gint64* → Entry */
  guint counts[N_COUNTS][2]; /* by WtConversationKind */

  guint frozen;
  GPtrArray *waiting; /* of borrowed Entry: what changed meanwhile */
  /* What has moved and nobody was told of yet; @moved_last is before @moved_first where nothing has. */
  guint moved_first;
  guint moved_last;

  guint turn_source; /* from what was put in place in turn until the next may be */
  gboolean held;     /* the turn thaws once */
};

G_END_DECLS
