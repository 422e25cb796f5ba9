/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-card.h"

#include "wt-message-block.h"

#define MOST_WIDTH_CHARS 40

struct _WtMessageCard
{
  GtkWidget parent_instance;

  /* children, owned by the widget tree */
  GtkWidget *icon;
  GtkWidget *words;
  GtkWidget *title;
  GtkWidget *subtitle;
};

static void init_block (WtMessageBlockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtMessageCard,
                               wt_message_card,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_MESSAGE_BLOCK, init_block))

static void
wt_message_card_dispose (GObject *object)
{
  WtMessageCard *self = WT_MESSAGE_CARD (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_message_card_parent_class)->dispose (object);
}

static void
wt_message_card_class_init (WtMessageCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_message_card_dispose;
  gtk_widget_class_set_css_name (widget_class, "messagecard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

/* One line, never wrapped: cheap to measure, whatever the name. */
static GtkWidget *
make_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_WIDTH_CHARS);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
wt_message_card_init (WtMessageCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 10);
  self->icon = gtk_image_new ();
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  self->title = make_label (self->words, "title");
  self->subtitle = make_label (self->words, "subtitle");
}

static void
wt_message_card_set_part (WtMessageBlock *block,
                          const WtMessagePart *part,
                          WtMessage *message,
                          WtMessageContext *context)
{
  WtMessageCard *self = WT_MESSAGE_CARD (block);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), part->icon_name);
  gtk_label_set_text (GTK_LABEL (self->title), part->title);
  gtk_label_set_text (GTK_LABEL (self->subtitle), part->subtitle != NULL ? part->subtitle : "");
  gtk_widget_set_visible (self->subtitle, part->subtitle != NULL);
  if (part->kind == WT_MESSAGE_PART_QUOTE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "quote");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "quote");
}

static void
init_block (WtMessageBlockInterface *iface)
{
  iface->set_part = wt_message_card_set_part;
}
