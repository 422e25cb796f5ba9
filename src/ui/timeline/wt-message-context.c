/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-context.h"

struct _WtMessageContext
{
  GObject parent_instance;

  /* owned */
  WtSession *session;
  WtConversation *conversation;
};

G_DEFINE_FINAL_TYPE (WtMessageContext, wt_message_context, G_TYPE_OBJECT)

enum
{
  SIGNAL_JUMP,
  SIGNAL_VIEW,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
wt_message_context_dispose (GObject *object)
{
  WtMessageContext *self = WT_MESSAGE_CONTEXT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->conversation);

  G_OBJECT_CLASS (wt_message_context_parent_class)->dispose (object);
}

static void
wt_message_context_class_init (WtMessageContextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_message_context_dispose;

  signals[SIGNAL_JUMP] = g_signal_new ("jump", WT_TYPE_MESSAGE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_VIEW] = g_signal_new ("view", WT_TYPE_MESSAGE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, WT_TYPE_MESSAGE, G_TYPE_UINT);
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", WT_TYPE_MESSAGE_CONTEXT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wt_message_context_init (WtMessageContext *self)
{
}

WtMessageContext *
wt_message_context_new (void)
{
  return g_object_new (WT_TYPE_MESSAGE_CONTEXT, NULL);
}

/**
 * wt_message_context_set_conversation:
 * @self: a context
 * @session: (nullable): the conversation's session
 * @conversation: (nullable): what is open
 *
 * Before rows are bound to its messages.
 */
void
wt_message_context_set_conversation (WtMessageContext *self,
                                     WtSession *session,
                                     WtConversation *conversation)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  g_set_object (&self->session, session);
  g_set_object (&self->conversation, conversation);
}

/**
 * wt_message_context_get_session:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the session; %NULL once its account is gone
 */
WtSession *
wt_message_context_get_session (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->session;
}

/**
 * wt_message_context_get_conversation:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): what is open
 */
WtConversation *
wt_message_context_get_conversation (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->conversation;
}

/**
 * wt_message_context_get_my_user_id:
 * @self: a context
 *
 * Returns: (nullable): who I am here
 */
const char *
wt_message_context_get_my_user_id (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  if (self->session == NULL)
    return NULL;
  return wt_account_get_record (wt_session_get_account (self->session))->user_id;
}

/**
 * wt_message_context_jump:
 * @self: a context
 * @seq: a message's position in the conversation, 1…
 *
 * Asks for a message to be shown.
 */
void
wt_message_context_jump (WtMessageContext *self, gint64 seq)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  g_signal_emit (self, signals[SIGNAL_JUMP], 0, seq);
}

/**
 * wt_message_context_view:
 * @self: a context
 * @message: a message
 * @position: of a picture among its media, from 0
 *
 * Asks for a picture to be shown in full.
 */
void
wt_message_context_view (WtMessageContext *self, WtMessage *message, guint position)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  g_signal_emit (self, signals[SIGNAL_VIEW], 0, message, position);
}

/**
 * wt_message_context_report:
 * @self: a context
 * @words: what went wrong and what to do, for the user
 *
 * Tells the user in passing.
 */
void
wt_message_context_report (WtMessageContext *self, const char *words)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, words);
}
