/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-file-block.h"

#include <glib/gi18n-lib.h>

#include "wt-display-text.h"
#include "wt-file-kind.h"
#include "wt-file-opener.h"
#include "wt-file-saver.h"
#include "wt-media-transfer.h"
#include "wt-message-block.h"
#include "wt-tooltip.h"

#define SPACING 10
#define ICON_SIZE 32
#define NAME_WIDTH_CHARS 34
#define MOST_NAME 200

struct _WtFileBlock
{
  GtkWidget parent_instance;

  /* owned */
  WtMediaTransfer *transfer;

  /* children, owned by the widget tree */
  GtkWidget *icon;
  GtkWidget *words;
  GtkWidget *name;
  GtkWidget *state;
  GtkWidget *bar;
  GtkWidget *button; /* download, cancel, retry */
  GtkWidget *menu;   /* of a file that is here */
};

static void init_block (WtMessageBlockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtFileBlock,
                               wt_file_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_MESSAGE_BLOCK, init_block))

/* The file's kind and size. */
static char *
describe (const WtMedia *media)
{
  g_autofree char *kind = wt_file_kind_dup_words (media);
  g_autofree char *size = media->size >= 0 ? g_format_size ((guint64) media->size) : NULL;

  return size != NULL ? g_strdup_printf ("%s · %s", size, kind) : g_steal_pointer (&kind);
}

static void
update_button (WtFileBlock *self)
{
  const char *icon_name, *words;
  gboolean offered = wt_media_transfer_get_offer (self->transfer, &icon_name, &words);

  gtk_widget_set_visible (self->button, offered);
  if (!offered)
    return;

  gtk_button_set_icon_name (GTK_BUTTON (self->button), icon_name);
  wt_tooltip_set_text (self->button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
update_bar (WtFileBlock *self, WtMediaState state)
{
  double fraction = wt_media_transfer_get_fraction (self->transfer);
  gboolean running = state == WT_MEDIA_STATE_RUNNING;

  /* Its room is kept, so that nothing moves when it comes. */
  gtk_widget_set_opacity (self->bar, running ? 1 : 0);
  if (running && fraction < 0)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  else
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), running ? fraction : 0);
}

static void
update (WtFileBlock *self)
{
  const WtMedia *media = wt_media_transfer_get_media (self->transfer);
  WtMediaState state = wt_media_transfer_get_state (self->transfer);
  g_autofree char *words = wt_media_transfer_dup_words (self->transfer);
  g_autofree char *spoken = NULL;

  if (media == NULL)
    return;

  wt_tooltip_set_text (self->state, words);
  if (words == NULL)
    words = describe (media);
  gtk_label_set_text (GTK_LABEL (self->state), words);
  if (state == WT_MEDIA_STATE_FAILED || state == WT_MEDIA_STATE_BROKEN)
    gtk_widget_add_css_class (self->state, "bad");
  else
    gtk_widget_remove_css_class (self->state, "bad");
  update_button (self);
  update_bar (self, state);
  gtk_widget_set_visible (self->menu, state == WT_MEDIA_STATE_STORED);
  gtk_widget_set_focusable (GTK_WIDGET (self), state == WT_MEDIA_STATE_STORED);
  if (state == WT_MEDIA_STATE_STORED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "activatable");

  /* Translators: a file as a screen reader says it: its name, then kind and size or what is the matter */
  spoken = g_strdup_printf (_ ("File %s, %s"), gtk_label_get_text (GTK_LABEL (self->name)), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
on_activate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtFileBlock *self = WT_FILE_BLOCK (widget);

  if (wt_media_transfer_get_state (self->transfer) == WT_MEDIA_STATE_STORED)
    wt_file_opener_open (widget, wt_media_transfer_get_context (self->transfer),
                         wt_media_transfer_get_media (self->transfer));
  else
    wt_media_transfer_accept (self->transfer);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtFileBlock *self = WT_FILE_BLOCK (widget);

  wt_file_saver_save (widget, wt_media_transfer_get_context (self->transfer),
                      wt_media_transfer_get_media (self->transfer));
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtFileBlock *self = WT_FILE_BLOCK (widget);

  wt_file_opener_copy (widget, wt_media_transfer_get_context (self->transfer),
                       wt_media_transfer_get_media (self->transfer));
}

static void
on_show (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtFileBlock *self = WT_FILE_BLOCK (widget);

  wt_file_opener_show (widget, wt_media_transfer_get_context (self->transfer),
                       wt_media_transfer_get_media (self->transfer));
}

/* Made when it is opened: what it offers changes. */
static void
on_menu (GtkMenuButton *button, gpointer data)
{
  WtFileBlock *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Open"), "file.activate");
  g_menu_append (menu, _ ("_Save As…"), "file.save");
  g_menu_append (menu, _ ("_Copy File"), "file.copy");
  if (wt_file_opener_can_show (wt_media_transfer_get_context (self->transfer),
                               wt_media_transfer_get_media (self->transfer)))
    g_menu_append (menu, _ ("Show in _Folder"), "file.show");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
on_released (GtkGestureClick *gesture, int n_presses, double x, double y, WtFileBlock *self)
{
  if (!gtk_widget_contains (GTK_WIDGET (self), x, y)
      || wt_media_transfer_get_state (self->transfer) != WT_MEDIA_STATE_STORED)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "file.activate", NULL);
}

static void
wt_file_block_dispose (GObject *object)
{
  WtFileBlock *self = WT_FILE_BLOCK (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->transfer);

  G_OBJECT_CLASS (wt_file_block_parent_class)->dispose (object);
}

static void
wt_file_block_class_init (WtFileBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_file_block_dispose;
  gtk_widget_class_set_css_name (widget_class, "fileblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "file.activate", NULL, on_activate);
  gtk_widget_class_install_action (widget_class, "file.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "file.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "file.show", NULL, on_show);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "file.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "file.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "file.activate", NULL);
}

/* One line, never wrapped: cheap to measure, whatever it says. */
static void
wt_file_block_init (WtFileBlock *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();

  self->transfer = wt_media_transfer_new ();
  g_signal_connect_object (self->transfer, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), SPACING);

  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), ICON_SIZE);
  gtk_widget_set_parent (self->icon, widget);
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->words, widget);
  self->name = wt_message_block_add_line (self->words, "title", NAME_WIDTH_CHARS);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_MIDDLE);
  self->state = wt_message_block_add_line (self->words, "subtitle", NAME_WIDTH_CHARS);
  self->bar = gtk_progress_bar_new ();
  gtk_box_append (GTK_BOX (self->words), self->bar);

  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "file.activate");
  gtk_widget_set_parent (self->button, widget);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->menu), FALSE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), on_menu, self, NULL);
  gtk_widget_set_tooltip_text (self->menu, _ ("What to do with the file"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What to do with the file"), -1);
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->menu, widget);

  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
wt_file_block_set_part (WtMessageBlock *block,
                        const WtMessagePart *part,
                        WtMessage *message,
                        WtMessageContext *context)
{
  WtFileBlock *self = WT_FILE_BLOCK (block);
  g_autoptr (GIcon) icon = wt_file_kind_get_icon (part->media);
  g_autofree char *name = part->media->name != NULL
                              ? wt_display_text_line (part->media->name, MOST_NAME)
                              : g_strdup ("");

  wt_media_transfer_set_part (self->transfer, part, message, context);
  gtk_image_set_from_gicon (GTK_IMAGE (self->icon), icon);
  gtk_label_set_text (GTK_LABEL (self->name), *name != '\0' ? name : _ ("File without a name"));
  wt_tooltip_set_text (self->name, *name != '\0' ? name : NULL);
  update (self);
}

static void
init_block (WtMessageBlockInterface *iface)
{
  iface->set_part = wt_file_block_set_part;
}
