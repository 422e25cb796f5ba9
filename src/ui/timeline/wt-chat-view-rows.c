/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view-private.h"

#include <glib/gi18n-lib.h>

#include "wt-message-details.h"
#include "wt-picture-viewer.h"

/* The most that the button's badge counts to. */
#define MOST_COUNTED 999

/* Where a message that was jumped to stands. */
#define JUMP_ALIGN 0.4

static void
on_retry (WtChatView *self, WtMessageRow *row)
{
  WtMessage *message = wt_message_row_get_message (row);

  if (self->session != NULL && message != NULL)
    wt_session_retry (self->session, self->conversation, message);
}

static void
on_delete (WtChatView *self, WtMessageRow *row)
{
  WtMessage *message = wt_message_row_get_message (row);

  g_autoptr (WtDeletion) deletion = NULL;

  if (self->session != NULL && message != NULL)
    deletion = wt_deletion_new_for_message (self->session, self->conversation, message);
  if (deletion != NULL)
    wt_chat_view_report_deletion (self, deletion);
}

static void
on_details (WtChatView *self, WtMessageRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  WtMessage *message = wt_message_row_get_message (row);
  GtkWidget *details;

  if (message == NULL || self->session == NULL || !wt_message_get_loaded (message)
      || !GTK_IS_WINDOW (root))
    return;

  details = wt_message_details_new (self->session, self->conversation, message);
  gtk_window_set_transient_for (GTK_WINDOW (details), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (details));
}

/* The row has checked the address. */
static void
on_link (WtChatView *self, const char *uri)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
on_reply (WtChatView *self, WtMessageRow *row)
{
  if (wt_message_row_get_message (row) != NULL)
    wt_chat_view_reply_to (self, wt_message_row_get_message (row));
}

static void
on_sticker (WtChatView *self, gpointer media)
{
  wt_chat_view_add_sticker (self, media);
}

static GtkWidget *
create_row (gpointer data)
{
  WtChatView *self = data;
  GtkWidget *row = wt_message_row_new (self->context);

  g_signal_connect_object (row, "retry", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "delete", G_CALLBACK (on_delete), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "details", G_CALLBACK (on_details), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "link", G_CALLBACK (on_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "reply", G_CALLBACK (on_reply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "sticker", G_CALLBACK (on_sticker), self, G_CONNECT_SWAPPED);
  return row;
}

static void
bind_row (GtkWidget *row, GObject *item, GObject *previous, guint position, gpointer data)
{
  WtChatView *self = data;
  WtMessage *message = WT_MESSAGE (item);

  wt_message_row_bind (WT_MESSAGE_ROW (row), message, (WtMessage *) previous,
                       self->conversation != NULL
                           && wt_conversation_get_kind (self->conversation)
                                  == WT_CONVERSATION_GROUP,
                       self->divider_seq == wt_message_get_seq (message));
}

static void
unbind_row (GtkWidget *row, gpointer data)
{
  wt_message_row_unbind (WT_MESSAGE_ROW (row));
}

static gboolean
keep_row (GtkWidget *row, gpointer data)
{
  return wt_message_row_get_busy (WT_MESSAGE_ROW (row));
}

static void
update_scrollbar (WtChatView *self)
{
  GtkAdjustment *adjustment = wt_timeline_view_get_message_adjustment (self->view);

  /* One that could not move would only hide the ends of the messages. */
  gtk_widget_set_visible (self->scrollbar, gtk_adjustment_get_upper (adjustment)
                                                   - gtk_adjustment_get_lower (adjustment)
                                               > gtk_adjustment_get_page_size (adjustment));
}

static gboolean
on_update_due (gpointer data)
{
  WtChatView *self = data;

  self->update_source = 0;
  update_scrollbar (self);
  wt_chat_view_mark_read (self);
  wt_chat_view_update_jump (self);
  return G_SOURCE_REMOVE;
}

/* The view tells while it lays out, when nothing may be shown or hidden: after that. And of many messages together. */
void
wt_chat_view_queue_update (WtChatView *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_update_due, self, NULL);
}

/* A quoted message is found in the middle, or at an end. */
static void
on_jump (WtChatView *self, gint64 seq)
{
  if (self->prepared && seq > 0 && seq <= g_list_model_get_n_items (G_LIST_MODEL (self->timeline)))
    wt_timeline_view_show_position (self->view, (guint) seq - 1, JUMP_ALIGN);
}

static void
on_view (WtChatView *self, WtMessage *message, guint position)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *viewer;

  if (!GTK_IS_WINDOW (root))
    return;

  viewer = wt_picture_viewer_new (self->context, message, position);
  gtk_window_set_transient_for (GTK_WINDOW (viewer), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (viewer), TRUE);
  gtk_window_present (GTK_WINDOW (viewer));
}

/* Before the first conversation. */
void
wt_chat_view_init_rows (WtChatView *self)
{
  GtkAdjustment *adjustment = wt_timeline_view_get_message_adjustment (self->view);
  g_autoptr (WtPictureLoader) loader = wt_picture_loader_new (WT_PICTURE_LOADER_MEMORY);

  self->context = wt_message_context_new ();
  wt_message_context_set_loader (self->context, loader);
  g_signal_connect_object (self->context, "jump", G_CALLBACK (on_jump), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "view", G_CALLBACK (on_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "trouble", G_CALLBACK (wt_chat_view_report), self,
                           G_CONNECT_SWAPPED);
  wt_timeline_view_set_rows (self->view, create_row, bind_row, unbind_row, self, NULL);
  wt_timeline_view_set_keep_func (self->view, keep_row, self);
  g_signal_connect_object (self->view, "visible-range-changed",
                           G_CALLBACK (wt_chat_view_queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::at-bottom", G_CALLBACK (wt_chat_view_queue_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (wt_chat_view_queue_update), self,
                           G_CONNECT_SWAPPED);
  update_scrollbar (self);
}

static void
show_divider_at (WtChatView *self, gint64 seq, gboolean shown)
{
  GtkWidget *row = seq > 0 ? wt_timeline_view_get_row (self->view, (guint) seq - 1) : NULL;

  if (row != NULL)
    wt_message_row_set_unread_divider (WT_MESSAGE_ROW (row), shown);
}

/* Moves the unread divider above @seq, or away with 0. */
void
wt_chat_view_set_divider (WtChatView *self, gint64 seq)
{
  gint64 before = self->divider_seq;

  if (before == seq)
    return;

  self->divider_seq = seq;
  show_divider_at (self, before, FALSE);
  show_divider_at (self, seq, TRUE);
}

/* Whether somebody may be looking at the messages. */
gboolean
wt_chat_view_is_watched (WtChatView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root)
         && gtk_window_is_active (GTK_WINDOW (root));
}

/* Marks read what was on the screen of an active window, and nothing else. */
void
wt_chat_view_mark_read (WtChatView *self)
{
  guint first, last;
  g_autoptr (WtMessage) message = NULL;

  if (!self->prepared || !wt_chat_view_is_watched (self)
      || !wt_timeline_view_get_visible_range (self->view, &first, &last)
      || (gint64) last + 1 <= self->marked_seq)
    return;

  message = g_list_model_get_item (G_LIST_MODEL (self->timeline), last);
  if (message == NULL)
    return;

  self->marked_seq = (gint64) last + 1;
  wt_session_mark_read (self->session, self->conversation, self->marked_seq);
}

char *
wt_chat_view_dup_jump_words (WtChatView *self)
{
  if (self->below == 0)
    return g_strdup (_ ("To the newest message"));
  return g_strdup_printf (ngettext ("%u new message below", "%u new messages below", self->below),
                          self->below);
}

/* The button to the newest message, and how many new ones are below. */
void
wt_chat_view_update_jump (WtChatView *self)
{
  gboolean shown = self->prepared && !wt_timeline_view_get_at_bottom (self->view);
  guint first, last, below = 0;
  g_autofree char *count = NULL;
  g_autofree char *words = NULL;
  GtkWidget *button = NULL;

  if (shown && wt_timeline_view_get_visible_range (self->view, &first, &last))
    {
      guint n_messages = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));

      below = MIN (wt_conversation_get_unread (self->conversation),
                   n_messages - MIN (last + 1, n_messages));
    }

  gtk_widget_set_visible (self->jump, shown);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->jump), shown);
  if (!shown)
    return;

  self->below = below;
  count = below > MOST_COUNTED ? g_strdup_printf ("%u+", (guint) MOST_COUNTED)
                               : g_strdup_printf ("%u", below);
  words = wt_chat_view_dup_jump_words (self);
  gtk_label_set_text (GTK_LABEL (self->jump_count), count);
  gtk_widget_set_visible (self->jump_count, below > 0);

  button = gtk_overlay_get_child (GTK_OVERLAY (gtk_widget_get_parent (self->jump_count)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}
