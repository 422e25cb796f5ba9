/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-list-private.h"

/* What the panes' badges say. */

/**
 * wt_conversation_list_get_unread:
 * @self: a list
 * @kind: which of the two panes
 *
 * Returns: how many unread messages are in it that the user wants to hear of (#WtLevel); archived conversations do not count. Also as the properties
 *   `unread-direct` and `unread-groups`.
 */
guint
wt_conversation_list_get_unread (WtConversationList *self, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), 0);

  return self->counts[COUNT_UNREAD][kind];
}

/**
 * wt_conversation_list_get_archived:
 * @self: a list
 * @kind: which of the two panes
 *
 * Returns: how many conversations of it are archived. Also as the properties `archived-direct` and `archived-groups`.
 */
guint
wt_conversation_list_get_archived (WtConversationList *self, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), 0);

  return self->counts[COUNT_ARCHIVED][kind];
}

/**
 * wt_conversation_list_get_archived_unread:
 * @self: a list
 * @kind: which of the two panes
 *
 * Returns: how many messages in its archived conversations are unread. Also as the properties `archived-unread-direct` and
 *   `archived-unread-groups`.
 */
guint
wt_conversation_list_get_archived_unread (WtConversationList *self, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), 0);

  return self->counts[COUNT_ARCHIVED_UNREAD][kind];
}

/**
 * wt_conversation_list_get_mentions:
 * @self: a list
 * @kind: which of the two panes
 *
 * Returns: how many unread messages of it mention the user; muted and archived conversations do not count. Also as the
 *   properties `mentions-direct` and `mentions-groups`.
 */
guint
wt_conversation_list_get_mentions (WtConversationList *self, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_LIST (self), 0);

  return self->counts[COUNT_MENTIONS][kind];
}
