/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-message-context.h"
#include "wt-message-parts.h"

G_BEGIN_DECLS

/**
 * WtMediaState:
 * @WT_MEDIA_STATE_STORED: its contents are here
 * @WT_MEDIA_STATE_REMOTE: they can be downloaded
 * @WT_MEDIA_STATE_RUNNING: they are being downloaded
 * @WT_MEDIA_STATE_FAILED: they could not be; trying again goes on where it stopped
 * @WT_MEDIA_STATE_ELSEWHERE: only the sender's server knows them
 * @WT_MEDIA_STATE_REMOVED: the user had them removed, and they are nowhere else
 * @WT_MEDIA_STATE_BROKEN: what came was nothing that can be read
 */
typedef enum
{
  WT_MEDIA_STATE_STORED,
  WT_MEDIA_STATE_REMOTE,
  WT_MEDIA_STATE_RUNNING,
  WT_MEDIA_STATE_FAILED,
  WT_MEDIA_STATE_ELSEWHERE,
  WT_MEDIA_STATE_REMOVED,
  WT_MEDIA_STATE_BROKEN,
} WtMediaState;

/**
 * WtMediaTransfer:
 *
 * Where the contents of a file or recording are, and the way to get them here, for the block that shows it.
 *
 * Signals: `changed`.
 */
#define WT_TYPE_MEDIA_TRANSFER (wt_media_transfer_get_type ())
G_DECLARE_FINAL_TYPE (WtMediaTransfer, wt_media_transfer, WT, MEDIA_TRANSFER, GObject)

WtMediaTransfer *wt_media_transfer_new (void);
void wt_media_transfer_set_part (WtMediaTransfer *self,
                                 const WtMessagePart *part,
                                 WtMessage *message,
                                 WtMessageContext *context);
WtMediaState wt_media_transfer_get_state (WtMediaTransfer *self);
const WtMedia *wt_media_transfer_get_media (WtMediaTransfer *self);
WtMessageContext *wt_media_transfer_get_context (WtMediaTransfer *self);
char *wt_media_transfer_dup_path (WtMediaTransfer *self);
char *wt_media_transfer_dup_words (WtMediaTransfer *self);
double wt_media_transfer_get_fraction (WtMediaTransfer *self);
gboolean
wt_media_transfer_get_offer (WtMediaTransfer *self, const char **icon_name, const char **words);
void wt_media_transfer_accept (WtMediaTransfer *self);

G_END_DECLS
