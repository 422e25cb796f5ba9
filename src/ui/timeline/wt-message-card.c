/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-card.h"

#include <glib/gi18n-lib.h>

#include "wt-card-words.h"
#include "wt-message-block.h"
#include "wt-raw-json.h"
#include "wt-tooltip.h"

#define SPACING 10
#define MOST_WIDTH_CHARS 36

struct _WtMessageCard
{
  GtkWidget parent_instance;

  /* owned */
  WtSegment *segment; /* nullable */
  char *url;          /* nullable */

  /* children, owned by the widget tree */
  GtkWidget *icon;
  GtkWidget *words;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *link;
  GtkWidget *raw;
};

static void init_block (WtMessageBlockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtMessageCard,
                               wt_message_card,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_MESSAGE_BLOCK, init_block))

static void
on_raw (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageCard *self = WT_MESSAGE_CARD (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window;

  if (self->segment == NULL || !GTK_IS_WINDOW (root))
    return;

  window = wt_raw_json_window_new (self->segment);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

/* The row asks before it opens anything but what it knows. */
static void
on_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageCard *self = WT_MESSAGE_CARD (widget);

  if (self->url != NULL)
    gtk_widget_activate_action (widget, "message.open-link", "s", self->url);
}

static void
wt_message_card_dispose (GObject *object)
{
  WtMessageCard *self = WT_MESSAGE_CARD (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  g_clear_pointer (&self->link, gtk_widget_unparent);
  g_clear_pointer (&self->raw, gtk_widget_unparent);
  g_clear_pointer (&self->segment, wt_segment_unref);
  g_clear_pointer (&self->url, g_free);

  G_OBJECT_CLASS (wt_message_card_parent_class)->dispose (object);
}

static void
wt_message_card_class_init (WtMessageCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_message_card_dispose;
  gtk_widget_class_set_css_name (widget_class, "messagecard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "card.raw", NULL, on_raw);
  gtk_widget_class_install_action (widget_class, "card.link", NULL, on_link);
}

static GtkWidget *
make_button (WtMessageCard *self, GtkWidget *button, const char *action, const char *words)
{
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
wt_message_card_init (WtMessageCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->icon = gtk_image_new ();
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  self->title = wt_message_block_add_line (self->words, "title", MOST_WIDTH_CHARS);
  self->subtitle = wt_message_block_add_line (self->words, "subtitle", MOST_WIDTH_CHARS);
  self->link = make_button (self, gtk_button_new_from_icon_name ("adw-external-link-symbolic"),
                            "card.link", _ ("Open Link"));
  self->raw = make_button (self, gtk_button_new_with_label ("{ }"), "card.raw",
                           _ ("Show Raw JSON"));
  gtk_widget_add_css_class (self->raw, "raw");
}

static void
set_words (WtMessageCard *self, const char *title, const char *subtitle, const char *url)
{
  gboolean shown = subtitle != NULL && *subtitle != '\0';
  g_autofree char *spoken = shown ? g_strdup_printf ("%s, %s", title, subtitle) : g_strdup (title);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->subtitle), shown ? subtitle : "");
  gtk_widget_set_visible (self->subtitle, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  g_clear_pointer (&self->url, g_free);
  self->url = g_strdup (url);
  gtk_widget_set_visible (self->link, url != NULL);
  wt_tooltip_set_text (self->link, url);
}

static void
wt_message_card_set_part (WtMessageBlock *block,
                          const WtMessagePart *part,
                          WtMessage *message,
                          WtMessageContext *context)
{
  WtMessageCard *self = WT_MESSAGE_CARD (block);

  g_clear_pointer (&self->segment, wt_segment_unref);
  self->segment = part->segment != NULL ? wt_segment_ref (part->segment) : NULL;
  gtk_widget_set_visible (self->raw, self->segment != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), part->icon_name);

  if (part->segment != NULL && wt_segment_get_kind (part->segment) != WT_SEGMENT_FORWARD)
    {
      g_autoptr (WtCardWords) words = wt_card_words_new (part->segment);

      set_words (self, words->title, words->subtitle, words->url);
    }
  else
    set_words (self, part->title, part->subtitle, NULL);
}

static void
init_block (WtMessageBlockInterface *iface)
{
  iface->set_part = wt_message_card_set_part;
}
