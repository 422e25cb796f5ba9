/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-forward-block.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-display-text.h"
#include "wt-message-block.h"

#define SPACING 2
#define HEADER_SPACING 8
#define MESSAGE_SPACING 8

#define PREVIEW_LINES 3
#define MOST_WIDTH_CHARS 40
#define TEXT_WIDTH_CHARS 16
#define MOST_NAME 48
#define MOST_LINE 120

/* More of them, or longer ones, are not shown; nor any deeper than that in each other. */
#define MOST_MESSAGES 100
#define MOST_TEXT 1500
#define MOST_TEXT_LINES 40
#define DEEPEST 4

struct _WtForwardBlock
{
  GtkWidget parent_instance;

  /* owned */
  WtSegment *segment;
  WtMessageContext *context; /* nullable */
  char *key;                 /* of this among all of the conversation */

  /* borrowed */
  WtMessage *message; /* nullable; weak: rows let go of it and keep their blocks */

  guint position; /* of the first medium in it among the message's */

  /* children, owned by the widget tree */
  GtkWidget *header; /* the button */
  GtkWidget *arrow;
  GtkWidget *count;
  GtkWidget *preview;
  GtkWidget *messages; /* only while unfolded */
};

static void init_block (WtMessageBlockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtForwardBlock,
                               wt_forward_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_MESSAGE_BLOCK, init_block))

static char *
make_author (WtSegment *segment, guint index)
{
  const char *author = wt_segment_get_forward_author (segment, index);
  g_autofree char *line = author != NULL ? wt_display_text_line (author, MOST_NAME) : NULL;

  return line != NULL && *line != '\0' ? g_steal_pointer (&line) : g_strdup (_ ("Unknown"));
}

static void
clear_children (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* As wt_segment_to_plain_text(), but never more than is shown. */
static void
append_preview (GString *preview, WtSegment *segment)
{
  g_autofree char *text = NULL;

  switch (wt_segment_get_kind (segment))
    {
    case WT_SEGMENT_TEXT:
      text = wt_display_text_line (wt_segment_get_text (segment), MOST_LINE);
      break;
    case WT_SEGMENT_SEGLIST:
      for (guint i = 0; i < wt_segment_get_n_children (segment) && preview->len < MOST_LINE; i++)
        append_preview (preview, wt_segment_get_child (segment, i));
      return;
    case WT_SEGMENT_FACE:
    case WT_SEGMENT_IMAGE:
    case WT_SEGMENT_EMOJI:
    case WT_SEGMENT_VOICE:
    case WT_SEGMENT_FILE:
    case WT_SEGMENT_AT:
    case WT_SEGMENT_REPLY:
    case WT_SEGMENT_FORWARD:
    case WT_SEGMENT_OTHER:
    default:
      text = wt_segment_to_plain_text (segment);
      break;
    }
  g_string_append_printf (preview, "%s%s", preview->len > 0 ? " " : "", text);
}

static void
fill_preview (WtForwardBlock *self)
{
  guint n_messages = wt_segment_get_n_children (self->segment);

  clear_children (self->preview);
  for (guint i = 0; i < MIN (n_messages, PREVIEW_LINES); i++)
    {
      g_autofree char *author = make_author (self->segment, i);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *line = NULL;
      g_autofree char *words = NULL;

      append_preview (text, wt_segment_get_child (self->segment, i));
      line = wt_display_text_line (text->str, MOST_LINE);
      /* Translators: a forwarded message in a line: author, text */
      words = g_strdup_printf (_ ("%s: %s"), author, line);
      gtk_label_set_text (
          GTK_LABEL (wt_message_block_add_line (self->preview, "subtitle", MOST_WIDTH_CHARS)),
          words);
    }
}

static gboolean
on_link (GtkLabel *label, const char *uri, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (label), "message.open-link", "s", uri);
  return TRUE; /* never GTK's own way, which opens anything */
}

static GtkWidget *
make_text (const WtMessagePart *part)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_WIDTH_CHARS);
  if (part->n_characters >= TEXT_WIDTH_CHARS)
    gtk_label_set_width_chars (GTK_LABEL (label), TEXT_WIDTH_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_markup (GTK_LABEL (label), part->markup);
  gtk_widget_set_focusable (label, strstr (part->markup, "<a href") != NULL);
  gtk_widget_add_css_class (label, "text");
  g_signal_connect (label, "activate-link", G_CALLBACK (on_link), NULL);
  return label;
}

/* Forwards in forwards, up to the outermost. */
static guint
get_depth (WtForwardBlock *self)
{
  guint depth = 0;

  for (GtkWidget *widget = gtk_widget_get_parent (GTK_WIDGET (self)); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    depth += WT_IS_FORWARD_BLOCK (widget) ? 1 : 0;
  return depth;
}

/* Takes @part for one of the whole message: its media are counted from there. */
static void
add_part (WtForwardBlock *self, GtkWidget *box, WtMessagePart *part, guint position)
{
  WtMessagePart shown = *part;
  GtkWidget *block;

  if (part->kind == WT_MESSAGE_PART_TEXT)
    {
      gtk_box_append (GTK_BOX (box), make_text (part));
      return;
    }

  shown.position += position;
  if (part->kind == WT_MESSAGE_PART_FORWARD && get_depth (self) + 1 >= DEEPEST)
    shown.kind = WT_MESSAGE_PART_CARD;
  block = wt_message_block_new (shown.kind);
  gtk_box_append (GTK_BOX (box), block);
  wt_message_block_set_part (WT_MESSAGE_BLOCK (block), &shown, self->message, self->context);
}

/* In its place first: how deep a forward in it is counts. */
static void
add_message (WtForwardBlock *self, guint index, guint position)
{
  WtTextBudget budget = { MOST_TEXT, MOST_TEXT_LINES };
  const char *my_user_id = self->context != NULL ? wt_message_context_get_my_user_id (self->context)
                                                 : NULL;
  gboolean folded;
  g_autoptr (GPtrArray) parts = wt_message_parts_new (wt_segment_get_child (self->segment, index),
                                                      my_user_id, budget, &folded);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  g_autofree char *author = make_author (self->segment, index);

  gtk_box_append (GTK_BOX (self->messages), box);
  gtk_widget_add_css_class (box, "forwarded");
  gtk_label_set_text (GTK_LABEL (wt_message_block_add_line (box, "title", MOST_WIDTH_CHARS)),
                      author);
  for (guint i = 0; i < parts->len; i++)
    add_part (self, box, parts->pdata[i], position);
  if (folded)
    gtk_label_set_text (GTK_LABEL (wt_message_block_add_line (box, "subtitle", MOST_WIDTH_CHARS)),
                        _ ("Cut short here"));
}

static void
fill_messages (WtForwardBlock *self)
{
  guint n_messages = wt_segment_get_n_children (self->segment);
  guint shown = MIN (n_messages, MOST_MESSAGES);
  guint position = self->position;

  for (guint i = 0; i < shown; i++)
    {
      add_message (self, i, position);
      position += wt_segment_count_media (wt_segment_get_child (self->segment, i));
    }
  if (shown < n_messages)
    {
      g_autofree char *words = g_strdup_printf (
          ngettext ("and %u more message", "and %u more messages", n_messages - shown),
          n_messages - shown);

      gtk_label_set_text (
          GTK_LABEL (wt_message_block_add_line (self->messages, "subtitle", MOST_WIDTH_CHARS)),
          words);
    }
}

static void
set_unfolded (WtForwardBlock *self, gboolean unfolded)
{
  g_clear_pointer (&self->messages, gtk_widget_unparent);
  if (unfolded)
    {
      self->messages = gtk_box_new (GTK_ORIENTATION_VERTICAL, MESSAGE_SPACING);
      gtk_widget_add_css_class (self->messages, "messages");
      gtk_widget_set_parent (self->messages, GTK_WIDGET (self));
      fill_messages (self);
    }

  gtk_widget_set_visible (self->preview, !unfolded);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                unfolded ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED,
                               unfolded, -1);
}

static void
on_toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtForwardBlock *self = WT_FORWARD_BLOCK (widget);
  gboolean unfolded = self->messages == NULL;

  if (self->segment == NULL)
    return;
  if (self->context != NULL)
    wt_message_context_set_unfolded (self->context, self->key, unfolded);
  set_unfolded (self, unfolded);
}

static void
clear (WtForwardBlock *self)
{
  g_clear_pointer (&self->messages, gtk_widget_unparent);
  g_clear_pointer (&self->segment, wt_segment_unref);
  g_clear_weak_pointer (&self->message);
  g_clear_object (&self->context);
  g_clear_pointer (&self->key, g_free);
}

static void
wt_forward_block_dispose (GObject *object)
{
  WtForwardBlock *self = WT_FORWARD_BLOCK (object);

  clear (self);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->preview, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_forward_block_parent_class)->dispose (object);
}

static void
wt_forward_block_class_init (WtForwardBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_forward_block_dispose;
  gtk_widget_class_set_css_name (widget_class, "forwardblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "forward.toggle", NULL, on_toggle);
}

static GtkWidget *
make_header (WtForwardBlock *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, HEADER_SPACING);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("mail-forward-symbolic"));
  self->count = wt_message_block_add_line (box, "title", MOST_WIDTH_CHARS);
  gtk_widget_set_hexpand (self->count, TRUE);
  self->arrow = gtk_image_new ();
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "forward.toggle");
  return button;
}

static void
wt_forward_block_init (WtForwardBlock *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->header = make_header (self);
  gtk_widget_set_parent (self->header, widget);
  self->preview = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->preview, "preview");
  gtk_widget_set_parent (self->preview, widget);
}

/* Not by the part's number, which a download may change. */
static char *
make_key (WtForwardBlock *self, const WtMessagePart *part)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%u:%u:%u",
                          self->message != NULL ? wt_message_get_id (self->message) : 0,
                          get_depth (self), part->position,
                          wt_segment_get_n_children (part->segment));
}

static void
wt_forward_block_set_part (WtMessageBlock *block,
                           const WtMessagePart *part,
                           WtMessage *message,
                           WtMessageContext *context)
{
  WtForwardBlock *self = WT_FORWARD_BLOCK (block);
  g_autofree char *words = g_strdup_printf ("%s · %s", part->title, part->subtitle);

  clear (self);
  self->segment = wt_segment_ref (part->segment);
  g_set_weak_pointer (&self->message, message);
  g_set_object (&self->context, context);
  self->position = part->position;
  self->key = make_key (self, part);

  gtk_label_set_text (GTK_LABEL (self->count), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  fill_preview (self);
  set_unfolded (self, context != NULL && wt_message_context_get_unfolded (context, self->key));
}

static void
init_block (WtMessageBlockInterface *iface)
{
  iface->set_part = wt_forward_block_set_part;
}
