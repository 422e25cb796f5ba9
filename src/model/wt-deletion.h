/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-session.h"

G_BEGIN_DECLS

/**
 * WtDeletion:
 *
 * Messages, or a conversation, that are gone from sight and can still come back. They are deleted on the disk by
 * wt_deletion_commit(), or when the last reference goes: that is when the offer to undo it ends, and when the program quits.
 * After a crash it is all there again.
 *
 * Signals: `ended`: it was carried out or undone. Somebody writing in a conversation that is to be deleted undoes it: no message
 * is lost that nobody has seen.
 */
#define WT_TYPE_DELETION (wt_deletion_get_type ())
G_DECLARE_FINAL_TYPE (WtDeletion, wt_deletion, WT, DELETION, GObject)

WtDeletion *wt_deletion_new_for_messages (WtSession *session,
                                          WtConversation *conversation,
                                          const gint64 *seqs,
                                          gsize n_seqs);
WtDeletion *
wt_deletion_new_for_message (WtSession *session, WtConversation *conversation, WtMessage *message);
WtDeletion *wt_deletion_new_for_conversation (WtSession *session, WtConversation *conversation);
WtConversation *wt_deletion_get_conversation (WtDeletion *self);
guint wt_deletion_get_n_messages (WtDeletion *self);
void wt_deletion_undo (WtDeletion *self);
void wt_deletion_commit (WtDeletion *self);

G_END_DECLS
