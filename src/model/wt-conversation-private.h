/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"

G_BEGIN_DECLS

/* Told once of each batch of changes, before those who are notified of its properties. */
typedef void (*WtConversationWatch) (WtConversation *conversation, gpointer data);

struct _WtConversation
{
  GObject parent_instance;

  WtAccount *account;
  WtConversationRecord *record;
  WtVeil *veil; /* made when it is asked for: most conversations never need one */
  char *folded; /* what is looked through, made when it is asked for */
  gboolean hidden;

  /* Borrowed. */
  WtConversationWatch watch;
  gpointer watch_data;
};

void wt_conversation_set_watch (WtConversation *self, WtConversationWatch watch, gpointer data);

G_END_DECLS
