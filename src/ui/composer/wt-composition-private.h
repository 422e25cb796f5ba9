/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-composition.h"

G_BEGIN_DECLS

struct _WtComposition
{
  GObject parent_instance;

  /* owned */
  WtSession *session; /* nullable: nothing can be attached */
  GListStore *attachments;
  WtMessageRecord *reply; /* nullable */
  char *text;             /* nullable */
  GPtrArray *pieces;      /* (nullable): of WtSegment: the text, and what stands in it */

  gboolean busy;
  gboolean waiting;
  gboolean checking;
};

void wt_composition_update (WtComposition *self);

guint wt_composition_count (WtComposition *self);
WtComposerAttachment *wt_composition_get (WtComposition *self, guint position);

G_END_DECLS
