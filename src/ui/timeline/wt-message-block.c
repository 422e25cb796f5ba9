/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-block.h"

#include "wt-file-block.h"
#include "wt-forward-block.h"
#include "wt-line-label.h"
#include "wt-message-card.h"
#include "wt-picture-block.h"
#include "wt-quote-block.h"
#include "wt-voice-block.h"

G_DEFINE_INTERFACE (WtMessageBlock, wt_message_block, GTK_TYPE_WIDGET)

/* What a block shows, whichever block it is. */
static GQuark
segment_quark (void)
{
  return g_quark_from_static_string ("wt-message-block-segment");
}

static void
wt_message_block_default_init (WtMessageBlockInterface *iface)
{
}

/* The widget that shows parts of this kind. */
static GType
get_type_for (WtMessagePartKind kind)
{
  switch (kind)
    {
    case WT_MESSAGE_PART_PICTURE:
    case WT_MESSAGE_PART_STICKER:
      return WT_TYPE_PICTURE_BLOCK;
    case WT_MESSAGE_PART_FILE:
      return WT_TYPE_FILE_BLOCK;
    case WT_MESSAGE_PART_VOICE:
      return WT_TYPE_VOICE_BLOCK;
    case WT_MESSAGE_PART_QUOTE:
      return WT_TYPE_QUOTE_BLOCK;
    case WT_MESSAGE_PART_FORWARD:
      return WT_TYPE_FORWARD_BLOCK;
    case WT_MESSAGE_PART_CARD:
    case WT_MESSAGE_PART_TEXT:
    default:
      return WT_TYPE_MESSAGE_CARD;
    }
}

/**
 * wt_message_block_new:
 * @kind: anything but text
 *
 * Returns: a block for parts of this kind
 */
GtkWidget *
wt_message_block_new (WtMessagePartKind kind)
{
  return g_object_new (get_type_for (kind), NULL);
}

/**
 * wt_message_block_is_for:
 * @self: a block
 * @kind: anything but text
 *
 * Returns: whether it can show parts of this kind
 */
gboolean
wt_message_block_is_for (WtMessageBlock *self, WtMessagePartKind kind)
{
  return G_OBJECT_TYPE (self) == get_type_for (kind);
}

/**
 * wt_message_block_set_part:
 * @self: a block
 * @part: of a kind it is for
 * @message: (nullable): the message it is in
 * @context: (nullable): the open conversation
 *
 * Shows @part. Without @context nothing can be fetched, found or opened.
 */
void
wt_message_block_set_part (WtMessageBlock *self,
                           const WtMessagePart *part,
                           WtMessage *message,
                           WtMessageContext *context)
{
  g_return_if_fail (WT_IS_MESSAGE_BLOCK (self));
  g_return_if_fail (part != NULL);
  g_return_if_fail (wt_message_block_is_for (self, part->kind));

  g_object_set_qdata_full (G_OBJECT (self), segment_quark (),
                           part->segment != NULL ? wt_segment_ref (part->segment) : NULL,
                           part->segment != NULL ? (GDestroyNotify) wt_segment_unref : NULL);
  WT_MESSAGE_BLOCK_GET_IFACE (self)->set_part (self, part, message, context);
}

/**
 * wt_message_block_get_media:
 * @self: a block
 *
 * Returns: (nullable): the picture, sticker, recording or file that it shows
 */
const WtMedia *
wt_message_block_get_media (WtMessageBlock *self)
{
  WtSegment *segment;

  g_return_val_if_fail (WT_IS_MESSAGE_BLOCK (self), NULL);

  segment = g_object_get_qdata (G_OBJECT (self), segment_quark ());
  return segment != NULL ? wt_segment_get_media (segment) : NULL;
}

/**
 * wt_message_block_add_line:
 * @box: a box in a block
 * @css_class: of the line
 * @most_width_chars: its natural width at most, in characters
 *
 * Adds one line, never wrapped.
 *
 * Returns: (transfer none): the label
 */
GtkWidget *
wt_message_block_add_line (GtkWidget *box, const char *css_class, int most_width_chars)
{
  GtkWidget *label = wt_line_label_new (css_class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), most_width_chars);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}
