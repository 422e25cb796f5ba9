/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-chat-test.h"
#include "wt-message-block.h"
#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtBlockTest:
 *
 * A real profile that never goes online, with a conversation that is open, for blocks of its messages.
 */
typedef struct
{
  char *folder;
  WtProfile *profile;
  WtSession *session;
  WtConversation *conversation;
  WtTimeline *timeline;
  WtMessageContext *context;
  GString *troubles; /* what was reported, each in a line */
  gint64 jumped;
} WtBlockTest;

void wt_block_test_set_up (WtBlockTest *self, gconstpointer data);
void wt_block_test_tear_down (WtBlockTest *self, gconstpointer data);
WtMedia *wt_block_test_import (WtBlockTest *self,
                               WtSegmentKind kind,
                               const char *name,
                               gconstpointer bytes,
                               gsize length);
WtMessage *wt_block_test_add (WtBlockTest *self, const char *author, WtSegment *segment);
GtkWidget *wt_block_test_make (WtBlockTest *self, WtMessage *message, guint index);
void wt_block_test_set (WtBlockTest *self, GtkWidget *block, WtMessage *message, guint index);
const char *wt_block_test_get_label (GtkWidget *block, const char *css_class);
GBytes *wt_block_test_make_wave (guint seconds, guint32 said);

G_END_DECLS
