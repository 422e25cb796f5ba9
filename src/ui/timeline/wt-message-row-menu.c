/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-row-private.h"

#include <glib/gi18n-lib.h>

#include "wt-file-opener.h"
#include "wt-file-saver.h"
#include "wt-linkify.h"
#include "wt-message-block.h"
#include "wt-sniff.h"

/* The row's actions and the menu that offers them: by the second button, a long press, or the menu key. */

static void
copy (WtMessageRow *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (self->message != NULL && wt_message_get_text (self->message) != NULL)
    copy (self, wt_message_get_text (self->message));
}

/* What is selected, or all if nothing is. */
static void
on_copy_selection (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);
  g_autofree char *selection = wt_message_bubble_dup_selection (WT_MESSAGE_BUBBLE (self->bubble));

  if (self->selecting)
    gtk_widget_activate_action (widget, "chat.copy-selected", NULL);
  else if (selection != NULL)
    copy (self, selection);
  else
    on_copy (widget, action, parameter);
}

static void
on_copy_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  copy (WT_MESSAGE_ROW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_open_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *uri = g_variant_get_string (parameter, NULL);

  if (wt_linkify_is_allowed (uri))
    g_signal_emit_by_name (widget, "link", uri);
}

static void
on_media_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (self->menu_media != NULL)
    wt_file_opener_open (widget, self->context, self->menu_media);
}

static void
on_media_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (self->menu_media != NULL)
    wt_file_saver_save (widget, self->context, self->menu_media);
}

static void
on_media_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (self->menu_media != NULL)
    wt_file_opener_copy (widget, self->context, self->menu_media);
}

static void
on_media_show (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (self->menu_media != NULL)
    wt_file_opener_show (widget, self->context, self->menu_media);
}

static void
on_add_sticker (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (self->menu_media != NULL)
    g_signal_emit_by_name (self, "sticker", self->menu_media);
}

static void
emit_wanted (WtMessageRow *self, const char *signal)
{
  if (self->message != NULL && wt_message_get_loaded (self->message))
    g_signal_emit_by_name (self, signal);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  emit_wanted (WT_MESSAGE_ROW (widget), "retry");
}

static void
on_details (GtkWidget *widget, const char *action, GVariant *parameter)
{
  emit_wanted (WT_MESSAGE_ROW (widget), "details");
}

static void
on_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  emit_wanted (WT_MESSAGE_ROW (widget), "delete");
}

static void
on_reply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (self->message != NULL && !wt_message_get_deleted (self->message))
    emit_wanted (self, "reply");
}

static void
on_select (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wt_message_row_select (WT_MESSAGE_ROW (widget), FALSE);
}

/* One that has not left: what was to be sent is deleted. */
static gboolean
can_cancel (WtMessageRow *self)
{
  return wt_message_get_outgoing (self->message) && !wt_message_get_deleted (self->message)
         && wt_message_get_delivery (self->message) == WT_DELIVERY_QUEUED;
}

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);

  if (self->message != NULL && can_cancel (self))
    emit_wanted (self, "delete");
}

static void
append (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (target != NULL)
    g_menu_item_set_action_and_target (item, action, "s", target);
  else
    g_menu_item_set_detailed_action (item, action);
  g_menu_append_item (menu, item);
}

/* The first block in @widget with contents that are here. */
static const WtMedia *
find_media (WtMessageRow *self, GtkWidget *widget)
{
  if (WT_IS_MESSAGE_BLOCK (widget))
    {
      const WtMedia *media = wt_message_block_get_media (WT_MESSAGE_BLOCK (widget));

      if (wt_file_saver_can_save (self->context, media))
        return media;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const WtMedia *media = find_media (self, child);

      if (media != NULL)
        return media;
    }
  return NULL;
}

/* What the menu is about: what is under the pointer, else the first there is. */
static void
choose_media (WtMessageRow *self, double x, double y, gboolean by_key)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *picked = by_key ? NULL : gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  const WtMedia *media = NULL;

  while (picked != NULL && picked != widget && !WT_IS_MESSAGE_BLOCK (picked))
    picked = gtk_widget_get_parent (picked);
  if (picked != NULL && picked != widget)
    media = find_media (self, picked);
  else
    media = find_media (self, self->bubble);

  g_clear_pointer (&self->menu_media, wt_media_free);
  if (media != NULL)
    self->menu_media = wt_media_copy (media);
}

/* Whether the contents came as a sticker, however deep in lists. */
static gboolean
has_sticker (WtSegment *segment, const char *blob)
{
  if (wt_segment_get_kind (segment) == WT_SEGMENT_EMOJI)
    return g_strcmp0 (wt_segment_get_media (segment)->blob, blob) == 0;
  if (wt_segment_get_kind (segment) != WT_SEGMENT_SEGLIST)
    return FALSE;

  for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
    if (has_sticker (wt_segment_get_child (segment, i), blob))
      return TRUE;
  return FALSE;
}

static void
append_media (WtMessageRow *self, GMenu *menu)
{
  gboolean picture = wt_sniff_is_picture (self->menu_media->mime_type);

  append (menu, _ ("_Open"), "message.media-open", NULL);
  append (menu, _ ("_Save As…"), "message.media-save", NULL);
  append (menu, picture ? _ ("Copy _Picture") : _ ("Copy _File"), "message.media-copy", NULL);
  if (wt_file_opener_can_show (self->context, self->menu_media))
    append (menu, _ ("Show in _Folder"), "message.media-show", NULL);
  if (self->menu_media->blob != NULL && wt_message_get_segment (self->message) != NULL
      && has_sticker (wt_message_get_segment (self->message), self->menu_media->blob))
    append (menu, _ ("Add to _My Stickers"), "message.add-sticker", NULL);
}

static GMenuModel *
make_model (WtMessageRow *self, const char *link)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) clipboard = g_menu_new ();
  g_autoptr (GMenu) media = g_menu_new ();
  g_autoptr (GMenu) message = g_menu_new ();
  gboolean deleted = wt_message_get_deleted (self->message);

  if (link != NULL)
    {
      append (clipboard, _ ("_Open Link"), "message.open-link", link);
      append (clipboard, _ ("Copy _Link Address"), "message.copy-link", link);
    }
  if (wt_message_bubble_has_selection (WT_MESSAGE_BUBBLE (self->bubble)))
    append (clipboard, _ ("Copy _Selected"), "message.copy-selection", NULL);
  if (!deleted)
    append (clipboard, _ ("_Copy"), "message.copy", NULL);

  if (!deleted && self->menu_media != NULL)
    append_media (self, media);

  if (!deleted && wt_message_get_delivery (self->message) == WT_DELIVERY_FAILED)
    append (message, _ ("_Retry"), "message.retry", NULL);
  if (!deleted)
    append (message, _ ("Re_ply"), "message.reply", NULL);
  if (can_cancel (self))
    append (message, _ ("Cancel Se_nding"), "message.cancel", NULL);
  if (!deleted)
    append (message, wt_message_row_is_selected (self) ? _ ("Dese_lect") : _ ("Selec_t"),
            "message.select", NULL);
  append (message, _ ("_Details"), "message.details", NULL);
  if (!deleted)
    append (message, _ ("Delete _Here"), "message.delete", NULL);

  g_menu_append_section (menu, NULL, G_MENU_MODEL (clipboard));
  if (g_menu_model_get_n_items (G_MENU_MODEL (media)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (media));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (message));
  return G_MENU_MODEL (menu);
}

/* Within the menu: left to themselves, the arrows would go on to the next message. */
static gboolean
on_menu_key (GtkEventControllerKey *keys,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             gpointer data)
{
  GtkWidget *menu = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));

  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return gtk_widget_child_focus (menu, GTK_DIR_UP) || GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return gtk_widget_child_focus (menu, GTK_DIR_DOWN) || GDK_EVENT_STOP;
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      return gtk_widget_child_focus (menu, GTK_DIR_TAB_FORWARD) || GDK_EVENT_STOP;
    case GDK_KEY_ISO_Left_Tab:
      return gtk_widget_child_focus (menu, GTK_DIR_TAB_BACKWARD) || GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
add_menu_keys (GtkWidget *menu)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_menu_key), NULL);
  gtk_widget_add_controller (menu, keys);
}

static void
open_menu (WtMessageRow *self, double x, double y, gboolean by_key)
{
  g_autofree char *link = NULL;
  g_autoptr (GMenuModel) model = NULL;

  if (self->message == NULL || !wt_message_get_loaded (self->message))
    return;

  wt_message_row_clear_menu (self);
  if (!by_key)
    link = wt_message_bubble_dup_link_at (WT_MESSAGE_BUBBLE (self->bubble), GTK_WIDGET (self), x,
                                          y);
  choose_media (self, x, y, by_key);
  model = make_model (self, link);
  self->menu = gtk_popover_menu_new_from_model (model);
  add_menu_keys (self->menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* By the keyboard: at the bubble. */
static void
on_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMessageRow *self = WT_MESSAGE_ROW (widget);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (self->bubble, widget, &bounds))
    open_menu (self, bounds.origin.x + 12, bounds.origin.y + MIN (bounds.size.height, 24), TRUE);
}

static void
on_pressed (GtkGestureClick *gesture, int n_presses, double x, double y, WtMessageRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (event != NULL && gdk_event_triggers_context_menu (event))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      open_menu (self, x, y, FALSE);
    }
  else if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture))
               == GDK_BUTTON_PRIMARY
           && gtk_widget_get_focus_child (widget) == NULL)
    /* So that Ctrl+C is about this message; the labels themselves take no focus. */
    gtk_widget_grab_focus (widget);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, WtMessageRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, x, y, FALSE);
}

/* For the row's class_init. */
void
wt_message_row_install_menu (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "message.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "message.copy-selection", NULL, on_copy_selection);
  gtk_widget_class_install_action (widget_class, "message.copy-link", "s", on_copy_link);
  gtk_widget_class_install_action (widget_class, "message.open-link", "s", on_open_link);
  gtk_widget_class_install_action (widget_class, "message.media-open", NULL, on_media_open);
  gtk_widget_class_install_action (widget_class, "message.media-save", NULL, on_media_save);
  gtk_widget_class_install_action (widget_class, "message.media-copy", NULL, on_media_copy);
  gtk_widget_class_install_action (widget_class, "message.media-show", NULL, on_media_show);
  gtk_widget_class_install_action (widget_class, "message.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "message.details", NULL, on_details);
  gtk_widget_class_install_action (widget_class, "message.delete", NULL, on_delete);
  gtk_widget_class_install_action (widget_class, "message.select", NULL, on_select);
  gtk_widget_class_install_action (widget_class, "message.reply", NULL, on_reply);
  gtk_widget_class_install_action (widget_class, "message.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "message.add-sticker", NULL, on_add_sticker);
  gtk_widget_class_install_action (widget_class, "message.menu", NULL, on_menu);
}

static void
add_shortcut (GtkEventController *controller, const char *trigger, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_named_action_new (action)));
}

/* For the row's init. Everything is caught before the labels see it: theirs is another menu. */
void
wt_message_row_init_menu (WtMessageRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (long_press), GTK_PHASE_CAPTURE);
  g_signal_connect_object (long_press, "pressed", G_CALLBACK (on_long_press), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (long_press));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_shortcut (keys, "Menu", "message.menu");
  add_shortcut (keys, "<Shift>F10", "message.menu");
  add_shortcut (keys, "<Control>c", "message.copy-selection");
  add_shortcut (keys, "<Control>r", "message.reply");
  add_shortcut (keys, "<Control>i", "message.details");
  gtk_widget_add_controller (widget, keys);
}

/* For unbinding and disposing: the menu is about the message that was shown. */
void
wt_message_row_clear_menu (WtMessageRow *self)
{
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->menu_media, wt_media_free);
}
