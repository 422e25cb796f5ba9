/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-private.h"

/* What is stored of a conversation, to be read. */

/**
 * wt_conversation_get_id:
 * @self: a conversation
 *
 * Returns: its row id
 */
gint64
wt_conversation_get_id (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), 0);

  return self->record->id;
}

/**
 * wt_conversation_get_account:
 * @self: a conversation
 *
 * Returns: (transfer none): whose it is
 */
WtAccount *
wt_conversation_get_account (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), NULL);

  return self->account;
}

/**
 * wt_conversation_get_dialect:
 * @self: a conversation
 *
 * Returns: how its messages are written: as the user chose for it, else as its account says
 */
WtDialect
wt_conversation_get_dialect (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), WT_DIALECT_GUIDE);

  return self->record->dialect != WT_DIALECT_OF_ACCOUNT
             ? (WtDialect) self->record->dialect
             : wt_account_get_record (self->account)->dialect;
}

/**
 * wt_conversation_get_record:
 * @self: a conversation
 *
 * Returns: (transfer none): the conversation as stored; good until the next change
 */
const WtConversationRecord *
wt_conversation_get_record (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), NULL);

  return self->record;
}

/**
 * wt_conversation_get_kind:
 * @self: a conversation
 *
 * Returns: whether it is a direct chat or a group
 */
WtConversationKind
wt_conversation_get_kind (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), WT_CONVERSATION_DIRECT);

  return self->record->kind;
}

/**
 * wt_conversation_get_title:
 * @self: a conversation
 *
 * Returns: what the user calls it, else its title, else the peer's or group's id; never empty
 */
const char *
wt_conversation_get_title (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), NULL);

  if (self->record->name != NULL && *self->record->name != '\0')
    return self->record->name;
  if (self->record->title != NULL && *self->record->title != '\0')
    return self->record->title;
  return self->record->peer_id != NULL && *self->record->peer_id != '\0' ? self->record->peer_id
                                                                         : "?";
}

/**
 * wt_conversation_get_last_seq:
 * @self: a conversation
 *
 * Returns: the newest message's position, 0 when empty
 */
gint64
wt_conversation_get_last_seq (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), 0);

  return self->record->last_seq;
}

/**
 * wt_conversation_get_read_seq:
 * @self: a conversation
 *
 * Returns: the newest position that was read
 */
gint64
wt_conversation_get_read_seq (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), 0);

  return self->record->read_seq;
}

/**
 * wt_conversation_get_unread:
 * @self: a conversation
 *
 * Returns: how many incoming messages were not read
 */
guint
wt_conversation_get_unread (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), 0);

  return self->record->unread;
}

/**
 * wt_conversation_get_last_time:
 * @self: a conversation
 *
 * Returns: the newest message's time by this machine's clock, in microseconds since the epoch; 0 when empty
 */
gint64
wt_conversation_get_last_time (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), 0);

  return self->record->last_time;
}

/**
 * wt_conversation_get_draft:
 * @self: a conversation
 *
 * Returns: (nullable): what is typed and not sent
 */
const char *
wt_conversation_get_draft (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), NULL);

  return self->record->draft;
}
