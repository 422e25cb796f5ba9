/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"

G_BEGIN_DECLS

struct _WtConversation
{
  GObject parent_instance;

  WtAccount *account;
  WtConversationRecord *record;
  WtVeil *veil; /* made when it is asked for: most conversations never need one */
  char *folded; /* what is looked through, made when it is asked for */
  gboolean hidden;
};

G_END_DECLS
