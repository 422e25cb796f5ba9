/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-bubble.h"
#include "wt-message-bubble-private.h"

#include <glib/gi18n-lib.h>

#include "wt-date-words.h"
#include "wt-message-block.h"
#include "wt-tooltip.h"

/* A wrapping label wants both: without the first its minimum is one word a line, which takes long to find. */
#define FEWEST_WIDTH_CHARS 12
#define MOST_WIDTH_CHARS 60

/* Emoji alone are larger, up to this many. */
#define MOST_LARGE_EMOJI 3

G_DEFINE_FINAL_TYPE (WtMessageBubble, wt_message_bubble, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_MORE,
  SIGNAL_RETRY,
  SIGNAL_LINK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkSizeRequestMode
wt_message_bubble_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wt_message_bubble_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wt_message_bubble_parent_class)->css_changed (widget, change);
  wt_message_bubble_forget_lines (WT_MESSAGE_BUBBLE (widget));
}

static void
wt_message_bubble_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (wt_message_bubble_parent_class)->system_setting_changed (widget, setting);
  wt_message_bubble_forget_lines (WT_MESSAGE_BUBBLE (widget));
}

static void
wt_message_bubble_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (wt_message_bubble_parent_class)->direction_changed (widget, previous);
  wt_message_bubble_forget_lines (WT_MESSAGE_BUBBLE (widget));
}

static void
wt_message_bubble_dispose (GObject *object)
{
  WtMessageBubble *self = WT_MESSAGE_BUBBLE (object);

  g_ptr_array_set_size (self->blocks, 0);
  g_clear_pointer (&self->author, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_pointer (&self->failure, gtk_widget_unparent);
  g_clear_pointer (&self->retry, gtk_widget_unparent);
  g_clear_pointer (&self->footer, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_message_bubble_parent_class)->dispose (object);
}

static void
wt_message_bubble_finalize (GObject *object)
{
  WtMessageBubble *self = WT_MESSAGE_BUBBLE (object);

  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->delivery, g_free);

  G_OBJECT_CLASS (wt_message_bubble_parent_class)->finalize (object);
}

static void
wt_message_bubble_class_init (WtMessageBubbleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_message_bubble_dispose;
  object_class->finalize = wt_message_bubble_finalize;
  widget_class->measure = wt_message_bubble_measure;
  widget_class->size_allocate = wt_message_bubble_size_allocate;
  widget_class->get_request_mode = wt_message_bubble_get_request_mode;
  widget_class->css_changed = wt_message_bubble_css_changed;
  widget_class->system_setting_changed = wt_message_bubble_system_setting_changed;
  widget_class->direction_changed = wt_message_bubble_direction_changed;

  signals[SIGNAL_MORE] = g_signal_new ("more", WT_TYPE_MESSAGE_BUBBLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RETRY] = g_signal_new ("retry", WT_TYPE_MESSAGE_BUBBLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LINK] = g_signal_new ("link", WT_TYPE_MESSAGE_BUBBLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "messagebubble");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static char *
dup_tooltip (gpointer owner, GtkWidget *widget)
{
  WtMessageBubble *self = owner;

  return widget == self->clock ? wt_date_words_full (self->time) : g_strdup (self->delivery);
}

static void
wt_message_bubble_init (WtMessageBubble *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->delivery = g_strdup ("");
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  wt_message_bubble_forget_lines (self);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);

  self->footer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_add_css_class (self->footer, "footer");
  gtk_widget_set_parent (self->footer, widget);
  self->clock = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->clock, "numeric");
  gtk_box_append (GTK_BOX (self->footer), self->clock);
  wt_tooltip_explain (self->clock, dup_tooltip, self);
  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (self->footer), self->icon);
  wt_tooltip_explain (self->icon, dup_tooltip, self);
}

GtkWidget *
wt_message_bubble_new (void)
{
  return g_object_new (WT_TYPE_MESSAGE_BUBBLE, NULL);
}

/* Children stand in the order in which they are seen, for Tab and for screen readers. */
static GtkWidget *
get_sibling_for_block (WtMessageBubble *self, guint index)
{
  return index > 0 ? self->blocks->pdata[index - 1] : self->author;
}

/**
 * wt_message_bubble_set_author:
 * @self: a bubble
 * @name: (nullable): the author's name in one line, or %NULL for none
 * @colour: below %WT_MESSAGE_N_COLOURS
 *
 * Shows who wrote it.
 */
void
wt_message_bubble_set_author (WtMessageBubble *self, const char *name, guint colour)
{
  g_return_if_fail (WT_IS_MESSAGE_BUBBLE (self));

  if (self->author == NULL && name == NULL)
    return;
  if (self->author == NULL)
    {
      self->author = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (self->author), 0);
      gtk_label_set_ellipsize (GTK_LABEL (self->author), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (self->author), MOST_WIDTH_CHARS / 2);
      gtk_label_set_single_line_mode (GTK_LABEL (self->author), TRUE);
      gtk_widget_insert_after (self->author, GTK_WIDGET (self), NULL);
    }

  if (name != NULL)
    {
      g_autofree char *class = g_strdup_printf ("wt-author-%u", colour);
      const char *const classes[] = { "author", class, NULL };

      gtk_widget_set_css_classes (self->author, (const char **) classes);
      gtk_label_set_text (GTK_LABEL (self->author), name);
    }
  gtk_widget_set_visible (self->author, name != NULL);
}

static gboolean
on_activate_link (GtkLabel *label, const char *uri, WtMessageBubble *self)
{
  g_signal_emit (self, signals[SIGNAL_LINK], 0, uri);
  return TRUE; /* never GTK's own way, which opens anything */
}

static GtkWidget *
make_text (WtMessageBubble *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_WIDTH_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "text");
  g_signal_connect_object (label, "activate-link", G_CALLBACK (on_activate_link), self, 0);
  return label;
}

static void
set_text (GtkLabel *label, const WtMessagePart *part)
{
  gboolean links = strstr (part->markup, "<a href") != NULL;

  gtk_label_set_width_chars (label,
                             part->n_characters >= FEWEST_WIDTH_CHARS ? FEWEST_WIDTH_CHARS : -1);
  gtk_label_set_markup (label, part->markup);
  if (part->n_emoji > 0 && part->n_emoji <= MOST_LARGE_EMOJI)
    gtk_widget_add_css_class (GTK_WIDGET (label), "emoji");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "emoji");
  /* The row takes the focus; only links are worth a stop of their own. A label that cannot be focused says that it was: Tab would
   * end there. */
  gtk_widget_set_focusable (GTK_WIDGET (label), links);
  gtk_widget_set_can_focus (GTK_WIDGET (label), links);
}

static gboolean
is_block_for (GtkWidget *block, WtMessagePartKind kind)
{
  if (kind == WT_MESSAGE_PART_TEXT || GTK_IS_LABEL (block))
    return kind == WT_MESSAGE_PART_TEXT && GTK_IS_LABEL (block);

  return wt_message_block_is_for (WT_MESSAGE_BLOCK (block), kind);
}

static void
set_block (WtMessageBubble *self,
           guint index,
           const WtMessagePart *part,
           WtMessage *message,
           WtMessageContext *context)
{
  gboolean text = part->kind == WT_MESSAGE_PART_TEXT;
  GtkWidget *block = index < self->blocks->len ? self->blocks->pdata[index] : NULL;

  if (block != NULL && !is_block_for (block, part->kind))
    {
      g_ptr_array_set_size (self->blocks, (gint) index);
      block = NULL;
    }
  if (block == NULL)
    {
      block = text ? make_text (self) : wt_message_block_new (part->kind);
      gtk_widget_insert_after (block, GTK_WIDGET (self), get_sibling_for_block (self, index));
      g_ptr_array_add (self->blocks, block);
    }

  if (text)
    set_text (GTK_LABEL (block), part);
  else
    wt_message_block_set_part (WT_MESSAGE_BLOCK (block), part, message, context);
}

static void
on_more (WtMessageBubble *self)
{
  g_signal_emit (self, signals[SIGNAL_MORE], 0);
}

static void
on_retry (WtMessageBubble *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
set_more (WtMessageBubble *self, const char *words)
{
  if (self->more == NULL && words == NULL)
    return;
  if (self->more == NULL)
    {
      self->more = gtk_button_new ();
      gtk_button_set_has_frame (GTK_BUTTON (self->more), FALSE);
      gtk_widget_add_css_class (self->more, "more");
      gtk_widget_insert_before (self->more, GTK_WIDGET (self), self->footer);
      g_signal_connect_object (self->more, "clicked", G_CALLBACK (on_more), self,
                               G_CONNECT_SWAPPED);
    }
  if (words != NULL)
    gtk_button_set_label (GTK_BUTTON (self->more), words);
  gtk_widget_set_visible (self->more, words != NULL);
}

/**
 * wt_message_bubble_set_parts:
 * @self: a bubble
 * @parts: (nullable) (element-type WtMessagePart): what it shows, or %NULL while that is not known
 * @more: (nullable): words of the button that unfolds the rest, or %NULL for none
 * @message: (nullable): what @parts are of
 * @context: (nullable): the open conversation
 *
 * Shows the message. Widgets of what was shown before are used again.
 */
void
wt_message_bubble_set_parts (WtMessageBubble *self,
                             GPtrArray *parts,
                             const char *more,
                             WtMessage *message,
                             WtMessageContext *context)
{
  guint n_parts = parts != NULL ? parts->len : 0;

  g_return_if_fail (WT_IS_MESSAGE_BUBBLE (self));

  if (self->blocks->len > n_parts)
    g_ptr_array_set_size (self->blocks, (gint) n_parts);
  for (guint i = 0; i < n_parts; i++)
    set_block (self, i, parts->pdata[i], message, context);

  self->n_last_characters = n_parts > 0
                                ? ((WtMessagePart *) parts->pdata[n_parts - 1])->n_characters
                                : 0;
  /* A sticker stands by itself. */
  if (n_parts == 1 && ((WtMessagePart *) parts->pdata[0])->kind == WT_MESSAGE_PART_STICKER)
    gtk_widget_add_css_class (GTK_WIDGET (self), "bare");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "bare");
  set_more (self, more);
  gtk_widget_set_child_visible (self->footer, n_parts > 0);
  wt_message_bubble_forget_lines (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * wt_message_bubble_set_state:
 * @self: a bubble
 * @clock: the time of day
 * @time: the same in microseconds since 1970; its tooltip says it in full
 * @icon_name: (nullable): the icon of its delivery state
 * @words: the delivery state in words
 *
 * Sets what stands at the end corner.
 */
void
wt_message_bubble_set_state (WtMessageBubble *self,
                             const char *clock,
                             gint64 time,
                             const char *icon_name,
                             const char *words)
{
  g_return_if_fail (WT_IS_MESSAGE_BUBBLE (self));

  gtk_label_set_text (GTK_LABEL (self->clock), clock);
  self->time = time;
  g_free (self->delivery);
  self->delivery = g_strdup (words);
  gtk_widget_set_visible (self->icon, icon_name != NULL);
  if (icon_name != NULL)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      words, -1);
    }
}

/**
 * wt_message_bubble_set_failure:
 * @self: a bubble
 * @words: (nullable): why the message was not sent, or %NULL if that is not so
 *
 * Shows or hides the reason and the button to try again.
 */
void
wt_message_bubble_set_failure (WtMessageBubble *self, const char *words)
{
  g_return_if_fail (WT_IS_MESSAGE_BUBBLE (self));

  if (self->failure == NULL && words == NULL)
    return;
  if (self->failure == NULL)
    {
      self->failure = gtk_label_new (NULL);
      gtk_label_set_wrap (GTK_LABEL (self->failure), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (self->failure), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (self->failure), FEWEST_WIDTH_CHARS);
      gtk_label_set_max_width_chars (GTK_LABEL (self->failure), MOST_WIDTH_CHARS);
      gtk_label_set_xalign (GTK_LABEL (self->failure), 0);
      gtk_widget_add_css_class (self->failure, "failure");
      gtk_widget_insert_before (self->failure, GTK_WIDGET (self), self->footer);

      self->retry = gtk_button_new_with_mnemonic (_ ("_Retry"));
      gtk_widget_add_css_class (self->retry, "retry");
      gtk_widget_insert_before (self->retry, GTK_WIDGET (self), self->footer);
      g_signal_connect_object (self->retry, "clicked", G_CALLBACK (on_retry), self,
                               G_CONNECT_SWAPPED);
    }

  if (words != NULL)
    gtk_label_set_text (GTK_LABEL (self->failure), words);
  gtk_widget_set_visible (self->failure, words != NULL);
  gtk_widget_set_visible (self->retry, words != NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
