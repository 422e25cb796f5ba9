/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-lint.h"
#include "wt-session.h"

G_BEGIN_DECLS

/**
 * WtMessageEnvelope:
 * @json: the envelope in one line of JSON, without keys and contents; perhaps cut
 * @cut: how many bytes of @json are missing
 * @size: the frame's bytes, as it would be sent; of one that was received, about
 * @lints: (element-type WtLint): what a strict server would drop it for
 * @has_target: of an outgoing message, whether there is a key to route it to
 * @target_platform: (nullable): of an outgoing message, the platform it is routed to
 *
 * What the envelope of a message looks like.
 */
typedef struct
{
  char *json;
  gsize cut;
  gsize size;
  GPtrArray *lints;
  gboolean has_target;
  char *target_platform;
} WtMessageEnvelope;

void wt_message_envelope_free (WtMessageEnvelope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtMessageEnvelope, wt_message_envelope_free)

/* finish: (transfer full) (nullable) */
void wt_message_envelope_make_async (WtSession *session,
                                     WtConversation *conversation,
                                     WtMessage *message,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
WtMessageEnvelope *
wt_message_envelope_make_finish (WtSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
