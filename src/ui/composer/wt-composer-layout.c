/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composer-private.h"

#include <glib/gi18n-lib.h>

#include "wt-sticker-popover.h"

static void
on_emoji_picked (WtComposer *self, const char *emoji)
{
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, emoji, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Made when first opened: it is large. */
static void
create_emoji_chooser (GtkMenuButton *button, gpointer data)
{
  WtComposer *self = data;
  GtkWidget *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  chooser = gtk_emoji_chooser_new ();
  g_signal_connect_object (chooser, "emoji-picked", G_CALLBACK (on_emoji_picked), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, chooser);
}

static void
on_sticker (WtComposer *self, WtSticker *sticker)
{
  g_signal_emit_by_name (self, "sticker", sticker);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_face (WtComposer *self, const char *id)
{
  wt_composer_insert_face (self, id);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Made when first opened, too. */
static void
create_sticker_popover (GtkMenuButton *button, gpointer data)
{
  WtComposer *self = data;
  GtkWidget *popover;

  if (gtk_menu_button_get_popover (button) != NULL || self->stickers == NULL)
    return;

  popover = wt_sticker_popover_new (self->stickers, self->loader);
  g_signal_connect_object (popover, "sticker", G_CALLBACK (on_sticker), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "face", G_CALLBACK (on_face), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "trouble", G_CALLBACK (wt_composer_report), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static void
make_view (WtComposer *self)
{
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_input_hints (self->view, GTK_INPUT_HINT_SPELLCHECK | GTK_INPUT_HINT_EMOJI);
  gtk_text_view_set_top_margin (self->view, 8);
  gtk_text_view_set_bottom_margin (self->view, 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
                                  _ ("Write a message"), GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE,
                                  -1);
  wt_composer_set_recipient (self, NULL);
}

static GtkWidget *
make_text (WtComposer *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  make_view (self);
  self->scroller = gtk_scrolled_window_new ();
  /* Without a scrollbar: a text view tells where it ends between being laid out and drawn, and GTK 4.8 warns of a
   * scrollbar that has heard of it. The cursor, the wheel and fingers scroll all the same. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->scroller);

  self->placeholder = gtk_label_new (_ ("Write a message"));
  gtk_label_set_ellipsize (GTK_LABEL (self->placeholder), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->placeholder), 0);
  gtk_widget_set_valign (self->placeholder, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (self->placeholder, FALSE);
  gtk_widget_add_css_class (self->placeholder, "placeholder");
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->placeholder);
  gtk_widget_set_hexpand (overlay, TRUE);
  return overlay;
}

static void
name_button (GtkWidget *button, const char *name)
{
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
add_menu_button (WtComposer *self,
                 GtkWidget *box,
                 const char *icon_name,
                 const char *name,
                 GtkMenuButtonCreatePopupFunc create)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon_name);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create, self, NULL);
  name_button (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* The text, then what adds to it: the order in which Tab goes. */
static GtkWidget *
make_line (WtComposer *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (line), make_text (self));

  self->attach = gtk_button_new_from_icon_name ("mail-attachment-symbolic");
  name_button (self->attach, _ ("Attach Files"));
  gtk_widget_set_valign (self->attach, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->attach, "flat");
  gtk_widget_add_css_class (self->attach, "circular");
  gtk_widget_add_css_class (self->attach, "attach");
  g_signal_connect_object (self->attach, "clicked", G_CALLBACK (wt_composer_choose_files), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->attach);

  self->sticker = add_menu_button (self, line, "wt-sticker-symbolic", _ ("Stickers and Faces"),
                                   create_sticker_popover);
  gtk_widget_set_visible (self->sticker, FALSE);
  gtk_widget_add_css_class (self->sticker, "sticker");
  self->emoji = add_menu_button (self, line, "face-smile-symbolic", _ ("Insert Emoji"),
                                 create_emoji_chooser);
  gtk_widget_add_css_class (self->emoji, "emoji");
  return line;
}

static void
make_button (WtComposer *self)
{
  self->button = gtk_button_new ();
  self->button_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->button_stack),
                       gtk_image_new_from_icon_name ("go-up-symbolic"), "send");
  gtk_stack_add_named (GTK_STACK (self->button_stack), gtk_spinner_new (), "wait");
  gtk_button_set_child (GTK_BUTTON (self->button), self->button_stack);
  name_button (self->button, _ ("Send"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->button, "image-button");
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_sensitive (self->button, FALSE);
}

void
wt_composer_make_widgets (WtComposer *self)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->strip = WT_REPLY_STRIP (wt_reply_strip_new ());
  gtk_box_append (GTK_BOX (entry), GTK_WIDGET (self->strip));
  self->tray = WT_COMPOSER_TRAY (wt_composer_tray_new ());
  gtk_box_append (GTK_BOX (entry), GTK_WIDGET (self->tray));
  gtk_box_append (GTK_BOX (entry), make_line (self));
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_add_css_class (entry, "entry");
  gtk_widget_set_overflow (entry, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (self->box), entry);

  make_button (self);
  gtk_box_append (GTK_BOX (self->box), self->button);
}

/* While what is attached is still being read after the user sent it, nothing can be changed; the button stops it. */
void
wt_composer_show_waiting (WtComposer *self, gboolean waiting)
{
  GtkWidget *spinner = gtk_stack_get_child_by_name (GTK_STACK (self->button_stack), "wait");

  gtk_stack_set_visible_child_name (GTK_STACK (self->button_stack), waiting ? "wait" : "send");
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), waiting);
  name_button (self->button, waiting ? _ ("Waiting for Attachments: Stop") : _ ("Send"));
  gtk_text_view_set_editable (self->view, !waiting);
}

/**
 * wt_composer_set_recipient:
 * @self: a composer
 * @name: (nullable): who is written to, for a screen reader
 */
void
wt_composer_set_recipient (WtComposer *self, const char *name)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  /* Translators: what is written, and to whom */
  g_autofree char *label = name != NULL && *name != '\0'
                               ? g_strdup_printf (_ ("Message to %s"), name)
                               : g_strdup (_ ("Message"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}
