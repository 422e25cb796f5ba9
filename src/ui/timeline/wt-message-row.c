/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-row.h"
#include "wt-message-row-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-css-class.h"
#include "wt-linkify.h"

/* How much of a long text is shown at first, and after each “Show more”. A label cannot hold any length: past
 * the last step the text can be copied. */
#define FOLD_CHARACTERS 2000
#define FOLD_LINES 30
#define UNFOLD_CHARACTERS 10000
#define UNFOLD_LINES 500
#define MOST_UNFOLDED 4

G_DEFINE_FINAL_TYPE (WtMessageRow, wt_message_row, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_RETRY,
  SIGNAL_DETAILS,
  SIGNAL_DELETE,
  SIGNAL_LINK,
  SIGNAL_REPLY,
  SIGNAL_STICKER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_more_words (WtMessageRow *self, gboolean folded)
{
  if (!folded)
    return NULL;

  return self->unfolded < MOST_UNFOLDED ? _ ("Show more") : _ ("Copy the whole text");
}

/* Everything that depends on what the message says. */
static void
update_content (WtMessageRow *self)
{
  WtMessageBubble *bubble = WT_MESSAGE_BUBBLE (self->bubble);
  gboolean deleted = wt_message_get_deleted (self->message);
  WtSegment *segment = NULL;
  WtTextBudget budget = { FOLD_CHARACTERS + self->unfolded * UNFOLD_CHARACTERS,
                          FOLD_LINES + self->unfolded * UNFOLD_LINES };
  const char *my_user_id = self->context != NULL ? wt_message_context_get_my_user_id (self->context)
                                                 : NULL;
  g_autoptr (GPtrArray) parts = NULL;
  gboolean folded = FALSE;

  if (wt_message_row_is_loaded (self->message) && !deleted)
    segment = wt_message_get_segment (self->message);
  if (segment != NULL)
    parts = wt_message_parts_new (segment, my_user_id, budget, &folded);
  else if (deleted)
    parts = wt_message_parts_new_words (_ ("Message deleted here"));
  else if (wt_message_row_is_loaded (self->message))
    parts = wt_message_parts_new_words (_ ("This message cannot be shown"));

  wt_message_bubble_set_parts (bubble, parts, get_more_words (self, folded), self->message,
                               self->context);
  wt_message_row_update_marks (self);
  wt_css_class_set (self->bubble, "skeleton", parts == NULL);
  wt_css_class_set (self->bubble, "tombstone", deleted);

  g_clear_pointer (&self->shown, wt_segment_unref);
  if (segment != NULL)
    self->shown = wt_segment_ref (segment);
}

static void
on_message_notify (WtMessage *message, GParamSpec *pspec, WtMessageRow *self)
{
  const char *name = g_param_spec_get_name (pspec);

  /* Loading notifies of everything at once; each thing is done once. */
  if (g_str_equal (name, "loaded") || g_str_equal (name, "segment")
      || g_str_equal (name, "deleted"))
    {
      WtSegment *segment = wt_message_row_is_loaded (message) && !wt_message_get_deleted (message)
                               ? wt_message_get_segment (message)
                               : NULL;

      if (segment != self->shown || segment == NULL)
        {
          wt_message_row_update_heading (self);
          update_content (self);
          wt_message_row_update_state (self);
        }
    }
  else if (g_str_equal (name, "delivery") || g_str_equal (name, "progress"))
    wt_message_row_update_state (self);
}

static void
on_previous_notify (WtMessageRow *self)
{
  wt_message_row_update_heading (self);
}

static void
on_more (WtMessageRow *self)
{
  if (self->message == NULL)
    return;
  if (self->unfolded >= MOST_UNFOLDED)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "message.copy", NULL);
      return;
    }

  self->unfolded++;
  update_content (self);
}

static void
on_retry (WtMessageRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "message.retry", NULL);
}

static void
on_link (WtMessageRow *self, const char *uri)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "message.open-link", "s", uri);
}

/* One stop for Tab a message, then what can be pressed in it. */
static gboolean
wt_message_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (gtk_widget_is_focus (widget))
    return direction == GTK_DIR_TAB_FORWARD && gtk_widget_child_focus (self->bubble, direction);
  if (gtk_widget_get_focus_child (widget) == NULL)
    return gtk_widget_grab_focus (widget);
  if (gtk_widget_child_focus (self->bubble, direction))
    return TRUE;

  return direction == GTK_DIR_TAB_BACKWARD && gtk_widget_grab_focus (widget);
}

static GtkSizeRequestMode
wt_message_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wt_message_row_dispose (GObject *object)
{
  WtMessageRow *self = WT_MESSAGE_ROW (object);

  wt_message_row_unbind (self);
  g_clear_pointer (&self->day, gtk_widget_unparent);
  g_clear_pointer (&self->divider, gtk_widget_unparent);
  g_clear_pointer (&self->avatar, gtk_widget_unparent);
  g_clear_pointer (&self->bubble, gtk_widget_unparent);
  g_clear_pointer (&self->check, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wt_message_row_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, WT_TYPE_MESSAGE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
wt_message_row_class_init (WtMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_message_row_dispose;
  widget_class->measure = wt_message_row_measure;
  widget_class->size_allocate = wt_message_row_size_allocate;
  widget_class->get_request_mode = wt_message_row_get_request_mode;
  widget_class->focus = wt_message_row_focus;

  signals[SIGNAL_RETRY] = add_signal ("retry");
  signals[SIGNAL_DETAILS] = add_signal ("details");
  signals[SIGNAL_DELETE] = add_signal ("delete");
  signals[SIGNAL_REPLY] = add_signal ("reply");
  signals[SIGNAL_STICKER] = g_signal_new ("sticker", WT_TYPE_MESSAGE_ROW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_LINK] = g_signal_new ("link", WT_TYPE_MESSAGE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "messagerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  wt_message_row_install_menu (widget_class);
}

static void
wt_message_row_init (WtMessageRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->bubble = wt_message_bubble_new ();
  gtk_widget_set_parent (self->bubble, GTK_WIDGET (self));
  g_signal_connect_object (self->bubble, "more", G_CALLBACK (on_more), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bubble, "retry", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bubble, "link", G_CALLBACK (on_link), self, G_CONNECT_SWAPPED);
  wt_message_row_init_menu (self);
  wt_message_row_init_select (self);
  wt_message_row_init_swipe (self);
}

/**
 * wt_message_row_new:
 * @context: (nullable): the open conversation
 *
 * Returns: a row that is not bound yet
 */
GtkWidget *
wt_message_row_new (WtMessageContext *context)
{
  WtMessageRow *self = g_object_new (WT_TYPE_MESSAGE_ROW, NULL);

  g_set_object (&self->context, context);
  wt_message_row_follow_highlight (self);
  wt_message_row_follow_selection (self);
  return GTK_WIDGET (self);
}

static void
set_previous (WtMessageRow *self, WtMessage *previous)
{
  if (self->previous == previous)
    return;

  if (self->previous != NULL)
    g_signal_handlers_disconnect_by_func (self->previous, on_previous_notify, self);
  g_set_object (&self->previous, previous);
  if (previous != NULL)
    g_signal_connect_object (previous, "notify::loaded", G_CALLBACK (on_previous_notify), self,
                             G_CONNECT_SWAPPED);
}

/**
 * wt_message_row_bind:
 * @self: a row
 * @message: what it shows; it may load later
 * @previous: (nullable): the message above
 * @group: whether authors are named
 * @unread_divider: whether the messages from here on are unread
 *
 * Shows @message and follows what becomes of it. May be called again with another @previous without unbinding.
 */
void
wt_message_row_bind (WtMessageRow *self,
                     WtMessage *message,
                     WtMessage *previous,
                     gboolean group,
                     gboolean unread_divider)
{
  g_return_if_fail (WT_IS_MESSAGE_ROW (self));
  g_return_if_fail (WT_IS_MESSAGE (message));
  g_return_if_fail (previous == NULL || WT_IS_MESSAGE (previous));

  gboolean same = self->message == message;

  if (!same)
    {
      wt_message_row_unbind (self);
      self->message = g_object_ref (message);
      g_signal_connect_object (message, "notify", G_CALLBACK (on_message_notify), self, 0);
    }
  set_previous (self, previous);
  self->group = group;
  self->unread_divider = unread_divider;

  wt_message_row_update_heading (self);
  if (!same)
    {
      update_content (self);
      wt_message_row_update_state (self);
      wt_message_row_update_highlight (self);
      wt_message_row_update_selection (self);
    }
}

/**
 * wt_message_row_unbind:
 * @self: a row
 *
 * Lets go of the message. The row keeps its widgets for the next one.
 */
void
wt_message_row_unbind (WtMessageRow *self)
{
  g_return_if_fail (WT_IS_MESSAGE_ROW (self));

  if (self->message != NULL)
    g_signal_handlers_disconnect_by_func (self->message, on_message_notify, self);
  g_clear_object (&self->message);
  set_previous (self, NULL);
  g_clear_pointer (&self->shown, wt_segment_unref);
  self->unfolded = 0;
  wt_message_row_clear_menu (self);
}

/**
 * wt_message_row_set_unread_divider:
 * @self: a bound row
 * @shown: whether the messages from here on are unread
 *
 * Shows or hides the divider.
 */
void
wt_message_row_set_unread_divider (WtMessageRow *self, gboolean shown)
{
  g_return_if_fail (WT_IS_MESSAGE_ROW (self));

  if (self->message == NULL || self->unread_divider == shown)
    return;

  self->unread_divider = shown;
  wt_message_row_update_heading (self);
}

/**
 * wt_message_row_refresh_time:
 * @self: a row
 *
 * After midnight “Today” has become “Yesterday”; in another time zone everything is another time.
 */
void
wt_message_row_refresh_time (WtMessageRow *self)
{
  g_return_if_fail (WT_IS_MESSAGE_ROW (self));

  if (self->message == NULL)
    return;
  wt_message_row_update_heading (self);
  wt_message_row_update_state (self);
}

/**
 * wt_message_row_get_message:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the message it shows
 */
WtMessage *
wt_message_row_get_message (WtMessageRow *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_ROW (self), NULL);

  return self->message;
}

/**
 * wt_message_row_get_busy:
 * @self: a row
 *
 * Returns: whether the user is at it - the focus, selected text or an open menu is in it - so that it must not
 *   be taken away
 */
gboolean
wt_message_row_get_busy (WtMessageRow *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_ROW (self), FALSE);

  return gtk_widget_is_focus (GTK_WIDGET (self))
         || gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL
         || (self->menu != NULL && gtk_widget_get_visible (self->menu))
         || wt_message_bubble_has_selection (WT_MESSAGE_BUBBLE (self->bubble));
}
