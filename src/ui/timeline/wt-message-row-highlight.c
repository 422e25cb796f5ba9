/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-row-private.h"

/* What a row and the conversation's context tell each other. */

static void
update (WtMessageRow *self)
{
  gboolean shown = self->context != NULL && self->message != NULL
                   && wt_message_context_get_highlight (self->context)
                          == wt_message_get_seq (self->message);

  if (shown)
    gtk_widget_add_css_class (GTK_WIDGET (self), "highlighted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "highlighted");
}

static void
on_marks (WtMessageRow *self)
{
  wt_message_row_update_marks (self);
}

/* For the row's construction. */
void
wt_message_row_follow_highlight (WtMessageRow *self)
{
  if (self->context == NULL)
    return;

  g_signal_connect_object (self->context, "notify::highlight", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::marks", G_CALLBACK (on_marks), self,
                           G_CONNECT_SWAPPED);
}

/* After another message was bound. */
void
wt_message_row_update_highlight (WtMessageRow *self)
{
  update (self);
}

/* After the text is another. */
void
wt_message_row_update_marks (WtMessageRow *self)
{
  if (self->context != NULL && self->message != NULL)
    wt_message_bubble_mark (WT_MESSAGE_BUBBLE (self->bubble),
                            wt_message_context_get_marks (self->context));
}
