/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-conversation-slot.h"

#include "wt-conversation-words.h"
#include "wt-date-words.h"

/* A row is as high as its avatar at least; what it is in truth is known when the first one is made. */
#define LEAST_ROOM 40

/* Nobody reads a row that changes more often than so. */
#define PACE (100 * G_TIME_SPAN_MILLISECOND)

struct _WtConversationSlot
{
  GtkWidget parent_instance;

  /* Owned. */
  WtConversation *conversation;
  GSignalGroup *signals;
  GSignalGroup *account_signals;
  guint update_source;
  gboolean changed; /* since the row was given the conversation */
  gint64 updated;   /* when the row was, by the monotonic clock */

  GtkWidget *row; /* a child; NULL until it is first in view */
  int room;       /* in pixels, where there is no row */
};

G_DEFINE_FINAL_TYPE (WtConversationSlot, wt_conversation_slot, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_MENU,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The list's own row widget has the keyboard focus, so that is what a screen reader reads out. */
static void
speak (WtConversationSlot *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *time = NULL;
  g_autofree char *spoken = NULL;
  gint64 last;

  if (self->conversation == NULL)
    return;
  last = wt_conversation_get_last_time (self->conversation);
  time = last > 0 ? wt_date_words_short (last) : g_strdup ("");
  spoken = wt_conversation_words_spoken (self->conversation, time);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                    -1);
}

/* Only what is about to be seen: to begin and to end it takes longer than all else that is done for a place. */
static void
watch (WtConversationSlot *self)
{
  g_signal_group_set_target (self->signals, self->conversation);
  g_signal_group_set_target (
      self->account_signals,
      self->conversation != NULL ? wt_conversation_get_account (self->conversation) : NULL);
}

static void
update_row (WtConversationSlot *self)
{
  wt_conversation_row_update (WT_CONVERSATION_ROW (self->row));
  self->updated = g_get_monotonic_time ();
}

static gboolean
update_in_idle (gpointer data)
{
  WtConversationSlot *self = data;

  self->update_source = 0;
  watch (self);
  speak (self);
  if (self->row != NULL && self->changed)
    update_row (self);
  self->changed = FALSE;
  return G_SOURCE_REMOVE;
}

/* What a row shows is to be right in the next frame; what is only spoken may come after it. */
static void
update_soon (WtConversationSlot *self)
{
  int priority = self->row != NULL ? GDK_PRIORITY_REDRAW - 5 : G_PRIORITY_DEFAULT_IDLE;

  if (self->update_source == 0)
    self->update_source = g_idle_add_full (priority, update_in_idle, self, NULL);
}

static void
on_notify (WtConversationSlot *self)
{
  gint64 rest = self->updated + PACE - g_get_monotonic_time ();

  self->changed = TRUE;
  if (self->row == NULL || rest <= 0)
    update_soon (self);
  else if (self->update_source == 0)
    self->update_source = g_timeout_add_full (GDK_PRIORITY_REDRAW - 5, (guint) (rest / 1000 + 1),
                                              update_in_idle, self, NULL);
}

static void
on_row_chosen (WtConversationSlot *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, self->conversation);
}

static void
on_row_menu (WtConversationSlot *self, double x, double y, WtConversationRow *row)
{
  g_signal_emit (self, signals[SIGNAL_MENU], 0, row, x, y);
}

static void
wt_conversation_slot_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  WtConversationSlot *self = WT_CONVERSATION_SLOT (widget);

  if (self->row != NULL)
    gtk_widget_measure (self->row, orientation, for_size, minimum, natural, NULL, NULL);
  else
    *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? self->room : 0;
}

static void
wt_conversation_slot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtConversationSlot *self = WT_CONVERSATION_SLOT (widget);

  if (self->row != NULL)
    gtk_widget_allocate (self->row, width, height, baseline, NULL);
}

static void
wt_conversation_slot_dispose (GObject *object)
{
  WtConversationSlot *self = WT_CONVERSATION_SLOT (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->account_signals);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->row, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_conversation_slot_parent_class)->dispose (object);
}

static void
wt_conversation_slot_class_init (WtConversationSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_conversation_slot_dispose;
  widget_class->measure = wt_conversation_slot_measure;
  widget_class->size_allocate = wt_conversation_slot_size_allocate;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_CONVERSATION);
  signals[SIGNAL_MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 3, WT_TYPE_CONVERSATION_ROW,
                                       G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wt_conversation_slot_init (WtConversationSlot *self)
{
  self->room = LEAST_ROOM;
  self->signals = g_signal_group_new (WT_TYPE_CONVERSATION);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (on_notify), self,
                                 G_CONNECT_SWAPPED);
  self->account_signals = g_signal_group_new (WT_TYPE_ACCOUNT);
  g_signal_group_connect_object (self->account_signals, "notify", G_CALLBACK (on_notify), self,
                                 G_CONNECT_SWAPPED);
}

/**
 * wt_conversation_slot_new:
 *
 * Returns: (transfer floating): a place without a conversation
 */
GtkWidget *
wt_conversation_slot_new (void)
{
  return g_object_new (WT_TYPE_CONVERSATION_SLOT, NULL);
}

/**
 * wt_conversation_slot_set_conversation:
 * @self: a place
 * @conversation: (nullable): whose place it is; a row that is there shows it after wt_conversation_slot_fill()
 */
void
wt_conversation_slot_set_conversation (WtConversationSlot *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_CONVERSATION_SLOT (self));

  if (!g_set_object (&self->conversation, conversation))
    return;
  if (self->row != NULL)
    wt_conversation_row_set_conversation (WT_CONVERSATION_ROW (self->row), NULL);
  /* In a busy minute the list gives a place to one after the other: only the last of them is watched, painted or spoken. What
   * waits for its pace is another's. */
  g_clear_handle_id (&self->update_source, g_source_remove);
  self->changed = FALSE;
  update_soon (self);
}

/**
 * wt_conversation_slot_fill:
 * @self: a place
 *
 * Makes the row, where there is none, and lets it show the conversation.
 *
 * Returns: (transfer none): the row
 */
WtConversationRow *
wt_conversation_slot_fill (WtConversationSlot *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_SLOT (self), NULL);

  if (self->row == NULL)
    {
      self->row = wt_conversation_row_new ();
      gtk_widget_set_parent (self->row, GTK_WIDGET (self));
      g_signal_connect_object (self->row, "chosen", G_CALLBACK (on_row_chosen), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->row, "menu", G_CALLBACK (on_row_menu), self,
                               G_CONNECT_SWAPPED);
    }
  watch (self);
  if (!wt_conversation_slot_is_filled (self))
    self->updated = g_get_monotonic_time ();
  wt_conversation_row_set_conversation (WT_CONVERSATION_ROW (self->row), self->conversation);
  return WT_CONVERSATION_ROW (self->row);
}

/**
 * wt_conversation_slot_get_row:
 * @self: a place
 *
 * Returns: (transfer none) (nullable): the row, where one was made
 */
WtConversationRow *
wt_conversation_slot_get_row (WtConversationSlot *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_SLOT (self), NULL);

  return (WtConversationRow *) self->row;
}

/**
 * wt_conversation_slot_is_filled:
 * @self: a place
 *
 * Returns: whether there is a row that shows the conversation
 */
gboolean
wt_conversation_slot_is_filled (WtConversationSlot *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_SLOT (self), FALSE);

  return self->row != NULL
         && wt_conversation_row_get_conversation (WT_CONVERSATION_ROW (self->row))
                == self->conversation;
}

/**
 * wt_conversation_slot_set_room:
 * @self: a place
 * @room: how high a row is, in pixels, to be taken where none was made yet
 */
void
wt_conversation_slot_set_room (WtConversationSlot *self, int room)
{
  g_return_if_fail (WT_IS_CONVERSATION_SLOT (self));

  if (self->room == room)
    return;
  self->room = room;
  if (self->row == NULL)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * wt_conversation_slot_update:
 * @self: a place
 *
 * Shows and says the conversation as it is at this moment: also for when the day changes, and with it the words for times.
 */
void
wt_conversation_slot_update (WtConversationSlot *self)
{
  g_return_if_fail (WT_IS_CONVERSATION_SLOT (self));

  g_clear_handle_id (&self->update_source, g_source_remove);
  watch (self);
  speak (self);
  if (self->row != NULL)
    update_row (self);
}
