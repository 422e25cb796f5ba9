/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-envelope.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtOutgoing:
 * @message: the message as stored
 * @kind: its conversation's kind
 * @peer_id: the group's id, where it is a group
 * @peer_platform: the group's platform
 * @title: (nullable): the group's name
 * @platform: one's own platform, that of the connection
 * @api_key: (nullable): one's own key; a secret
 * @target_key: whom it is routed to; a secret
 * @target_platform: the platform it is routed to
 * @dialect: how segments are written
 *
 * Everything that the envelope of one outgoing message is made of. The same values make the same payload, so that a repeat can be
 * told from another message.
 */
typedef struct
{
  WtMessageRecord *message;
  WtConversationKind kind;
  char *peer_id;
  char *peer_platform;
  char *title;
  char *platform;
  char *api_key;
  char *target_key;
  char *target_platform;
  WtDialect dialect;
} WtOutgoing;

WtOutgoing *wt_outgoing_new (const WtMessageRecord *message);
WtOutgoing *wt_outgoing_copy (const WtOutgoing *self);
void wt_outgoing_free (WtOutgoing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtOutgoing, wt_outgoing_free)

gboolean wt_outgoing_has_blobs (const WtOutgoing *self);
GBytes *wt_outgoing_make_frame_with (const WtOutgoing *self,
                                     WtSegmentMediaFunc load,
                                     gpointer data,
                                     GError **error);
GBytes *wt_outgoing_make_frame (const WtOutgoing *self, WtBlobs *blobs, GError **error);

G_END_DECLS
