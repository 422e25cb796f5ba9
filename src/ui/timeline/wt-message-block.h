/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-message-context.h"
#include "wt-message-parts.h"

G_BEGIN_DECLS

/**
 * WtMessageBlock:
 * @set_part: shows another part, dropping what was loading for the one before
 *
 * A widget in a bubble that shows anything but text. Bubbles are used again for other messages, and their blocks
 * with them. A block's height at a width never changes by what it loads, and measuring it costs next to nothing.
 */
#define WT_TYPE_MESSAGE_BLOCK (wt_message_block_get_type ())
G_DECLARE_INTERFACE (WtMessageBlock, wt_message_block, WT, MESSAGE_BLOCK, GtkWidget)

struct _WtMessageBlockInterface
{
  GTypeInterface parent;

  void (*set_part) (WtMessageBlock *self,
                    const WtMessagePart *part,
                    WtMessage *message,
                    WtMessageContext *context);
};

GtkWidget *wt_message_block_new (WtMessagePartKind kind);
gboolean wt_message_block_is_for (WtMessageBlock *self, WtMessagePartKind kind);
void wt_message_block_set_part (WtMessageBlock *self,
                                const WtMessagePart *part,
                                WtMessage *message,
                                WtMessageContext *context);
const WtMedia *wt_message_block_get_media (WtMessageBlock *self);
GtkWidget *wt_message_block_add_line (GtkWidget *box, const char *css_class, int most_width_chars);

G_END_DECLS
