/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-conversation-row.h"

#include "wt-account-mark.h"
#include "wt-avatar.h"
#include "wt-conversation-words.h"
#include "wt-css-class.h"
#include "wt-date-words.h"
#include "wt-display-text.h"
#include "wt-tooltip.h"

#include <glib/gi18n-lib.h>

#define TITLE_CHARACTERS 120

struct _WtConversationRow
{
  GtkWidget parent_instance;

  /* Owned. */
  WtConversation *conversation;

  /* Template children. */
  WtAvatar *avatar;
  GtkWidget *lines;
  GtkLabel *title;
  GtkLabel *time;
  GtkLabel *prefix;
  GtkLabel *preview;
  GtkLabel *unread;
  GtkLabel *mention;
  GtkWidget *muted;
  GtkWidget *pinned;
  GtkImage *delivery;
  WtAccountMark *mark;
};

G_DEFINE_FINAL_TYPE (WtConversationRow, wt_conversation_row, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_MENU,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
update_title (WtConversationRow *self, const WtConversationRecord *record)
{
  g_autofree char *title = wt_display_text_line (wt_conversation_get_title (self->conversation),
                                                 TITLE_CHARACTERS);

  gtk_label_set_label (self->title, title);
  wt_avatar_set_name (self->avatar, title);
  wt_css_class_set (GTK_WIDGET (self), "unread", record->unread > 0);
  gtk_widget_set_visible (self->muted, record->level == WT_LEVEL_NONE);
  gtk_widget_set_visible (self->pinned, record->pinned);
}

static void
update_preview (WtConversationRow *self, const WtConversationRecord *record)
{
  g_autofree char *prefix = wt_conversation_words_prefix (self->conversation);
  g_autofree char *preview = wt_conversation_words_preview (self->conversation);
  g_autofree char *count = wt_conversation_words_count (record->unread);
  g_autofree char *mentions = wt_conversation_words_mentions (record->mentions);
  const char *icon = wt_conversation_words_delivery_icon (self->conversation);

  gtk_label_set_label (self->prefix, prefix != NULL ? prefix : "");
  gtk_widget_set_visible (GTK_WIDGET (self->prefix), prefix != NULL);
  wt_css_class_set (GTK_WIDGET (self->prefix), "draft", record->draft != NULL);
  gtk_label_set_label (self->preview, preview);

  gtk_label_set_label (self->unread, count);
  gtk_widget_set_visible (GTK_WIDGET (self->unread), record->unread > 0);
  wt_css_class_set (GTK_WIDGET (self->unread), "muted",
                    record->level == WT_LEVEL_NONE
                        || (record->level == WT_LEVEL_MENTIONS && record->mentions == 0));
  gtk_label_set_label (self->mention, mentions);
  gtk_widget_set_visible (GTK_WIDGET (self->mention), record->mentions > 0);
  wt_css_class_set (GTK_WIDGET (self->mention), "muted", record->level == WT_LEVEL_NONE);

  gtk_image_set_from_icon_name (self->delivery, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->delivery), icon != NULL);
  wt_css_class_set (GTK_WIDGET (self->delivery), "failed",
                    icon != NULL && record->last_delivery == WT_DELIVERY_FAILED);
}

static char *
dup_tooltip (gpointer owner, GtkWidget *widget)
{
  return wt_conversation_row_dup_tooltip (owner, widget);
}

static void
on_released (WtConversationRow *self, int n_press, double x, double y)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
ask_for_menu (GtkGesture *gesture, double x, double y)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (row, signals[SIGNAL_MENU], 0, x, y);
}

static void
on_menu_pressed (GtkGesture *gesture, int n_press, double x, double y)
{
  ask_for_menu (gesture, x, y);
}

static void
on_long_pressed (GtkGesture *gesture, double x, double y)
{
  ask_for_menu (gesture, x, y);
}

static void
wt_conversation_row_dispose (GObject *object)
{
  WtConversationRow *self = WT_CONVERSATION_ROW (object);

  g_clear_object (&self->conversation);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_CONVERSATION_ROW);

  G_OBJECT_CLASS (wt_conversation_row_parent_class)->dispose (object);
}

static void
wt_conversation_row_class_init (WtConversationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_conversation_row_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE,
                                       G_TYPE_DOUBLE);

  g_type_ensure (WT_TYPE_AVATAR);
  g_type_ensure (WT_TYPE_ACCOUNT_MARK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/sidebar/wt-conversation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, lines);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, title);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, time);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, prefix);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, preview);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, unread);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, mention);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, muted);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, pinned);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, delivery);
  gtk_widget_class_bind_template_child (widget_class, WtConversationRow, mark);
  gtk_widget_class_bind_template_callback (widget_class, on_released);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_long_pressed);
}

static void
wt_conversation_row_init (WtConversationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wt_tooltip_explain (self->muted, dup_tooltip, self);
  wt_tooltip_explain (self->pinned, dup_tooltip, self);
  wt_tooltip_explain (GTK_WIDGET (self->time), dup_tooltip, self);
  wt_tooltip_explain (GTK_WIDGET (self->delivery), dup_tooltip, self);
  wt_tooltip_explain (GTK_WIDGET (self->mention), dup_tooltip, self);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              12);
}

/**
 * wt_conversation_row_new:
 *
 * Returns: (transfer floating): a row without a conversation
 */
GtkWidget *
wt_conversation_row_new (void)
{
  return g_object_new (WT_TYPE_CONVERSATION_ROW, NULL);
}

/**
 * wt_conversation_row_get_conversation:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
WtConversation *
wt_conversation_row_get_conversation (WtConversationRow *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_ROW (self), NULL);

  return self->conversation;
}

/**
 * wt_conversation_row_set_conversation:
 * @self: a row
 * @conversation: (nullable): what to show
 */
void
wt_conversation_row_set_conversation (WtConversationRow *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_CONVERSATION_ROW (self));

  if (!g_set_object (&self->conversation, conversation))
    return;

  /* One that waits for its next conversation keeps the mark: that is often of the same account. */
  if (conversation != NULL)
    wt_account_mark_set_account (self->mark, wt_conversation_get_account (conversation));
  wt_conversation_row_update (self);
}

/**
 * wt_conversation_row_update:
 * @self: a row
 *
 * Shows the conversation as it is at this moment: also for when the day changes, and with it the words for times.
 */
void
wt_conversation_row_update (WtConversationRow *self)
{
  g_return_if_fail (WT_IS_CONVERSATION_ROW (self));

  if (self->conversation == NULL)
    return;

  const WtConversationRecord *record = wt_conversation_get_record (self->conversation);
  g_autofree char *time = record->last_time > 0 ? wt_date_words_short (record->last_time)
                                                : g_strdup ("");

  update_title (self, record);
  update_preview (self, record);
  gtk_label_set_label (self->time, time);
}

/**
 * wt_conversation_row_dup_tooltip:
 * @self: a row
 * @part: one of the widgets in it
 *
 * Returns: (transfer full) (nullable): what is said more about it when the pointer rests there
 */
char *
wt_conversation_row_dup_tooltip (WtConversationRow *self, GtkWidget *part)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_ROW (self), NULL);

  gint64 time = self->conversation != NULL ? wt_conversation_get_last_time (self->conversation) : 0;

  if (part == self->muted)
    return g_strdup (_ ("Muted"));
  if (part == self->pinned)
    return g_strdup (_ ("Pinned"));
  if (part == GTK_WIDGET (self->mention))
    return g_strdup (_ ("You were mentioned"));
  if (part == GTK_WIDGET (self->delivery) && self->conversation != NULL)
    return wt_conversation_words_delivery (self->conversation);
  if (part == GTK_WIDGET (self->time) && time > 0)
    return wt_date_words_full (time);
  return NULL;
}
