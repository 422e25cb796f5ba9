/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-message-context.h"
#include "wt-shared.h"

G_BEGIN_DECLS

/**
 * WtPictureStrip:
 *
 * A row with the last pictures of a conversation; hidden where there are none.
 *
 * Signals: `chosen` (#WtShared): one was clicked.
 */
#define WT_TYPE_PICTURE_STRIP (wt_picture_strip_get_type ())
G_DECLARE_FINAL_TYPE (WtPictureStrip, wt_picture_strip, WT, PICTURE_STRIP, AdwPreferencesRow)

void wt_picture_strip_set_conversation (WtPictureStrip *self,
                                        WtMessageContext *context,
                                        WtSession *session,
                                        WtConversation *conversation);

G_END_DECLS
