/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-details-pane-private.h"

#include <glib/gi18n-lib.h>

#include "wt-file-opener.h"
#include "wt-file-saver.h"
#include "wt-shared-row.h"
#include "wt-sniff.h"
#include "wt-thumbnail.h"

/* What can be done with a picture, file or recording: by the second button, a long press, or the menu key. */

static const WtMedia *
get_media (WtDetailsPane *self)
{
  return wt_shared_get_media (self->menu_shared);
}

static gboolean
is_picture (WtShared *shared)
{
  return g_strcmp0 (wt_shared_get_record (shared)->attachment->kind, "image") == 0;
}

static void
open_shared (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtDetailsPane *self = WT_DETAILS_PANE (widget);

  if (self->menu_shared == NULL)
    return;
  if (is_picture (self->menu_shared))
    wt_details_pane_view (self, self->menu_shared);
  else
    wt_shared_row_activate (widget, self->context, self->menu_shared);
}

static void
save_shared (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtDetailsPane *self = WT_DETAILS_PANE (widget);

  if (self->menu_shared != NULL)
    wt_file_saver_save (widget, self->context, get_media (self));
}

static void
copy_shared (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtDetailsPane *self = WT_DETAILS_PANE (widget);

  if (self->menu_shared != NULL)
    wt_file_opener_copy (widget, self->context, get_media (self));
}

static void
show_folder (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtDetailsPane *self = WT_DETAILS_PANE (widget);

  if (self->menu_shared != NULL)
    wt_file_opener_show (widget, self->context, get_media (self));
}

static void
show_message (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtDetailsPane *self = WT_DETAILS_PANE (widget);

  if (self->menu_shared != NULL)
    wt_message_context_jump (self->context, wt_shared_get_record (self->menu_shared)->seq);
}

static GMenuModel *
make_model (WtDetailsPane *self)
{
  const WtMedia *media = get_media (self);
  gboolean here = wt_file_saver_can_save (self->context, media);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) contents = g_menu_new ();
  g_autoptr (GMenu) message = g_menu_new ();
  g_autoptr (GMenuItem) removal = g_menu_item_new (_ ("Delete Message _Here"), NULL);

  if (here)
    {
      g_menu_append (contents, _ ("_Open"), "shared.open");
      g_menu_append (contents, _ ("_Save As…"), "shared.save");
      g_menu_append (
          contents, wt_sniff_is_picture (media->mime_type) ? _ ("Copy _Picture") : _ ("Copy _File"),
          "shared.copy");
      if (wt_file_opener_can_show (self->context, media))
        g_menu_append (contents, _ ("Show in _Folder"), "shared.folder");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (contents));
    }
  g_menu_append (message, _ ("Show in _Chat"), "shared.show");
  g_menu_item_set_action_and_target (removal, "win.delete-message", "(xx)",
                                     wt_conversation_get_id (self->conversation),
                                     wt_shared_get_record (self->menu_shared)->seq);
  g_menu_append_item (message, removal);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (message));
  return G_MENU_MODEL (menu);
}

/* What is at @widget, or around it; with the keyboard it is in the list's own row. */
static WtShared *
find_shared (WtDetailsPane *self, GtkWidget *widget)
{
  GtkWidget *child = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;

  if (child != NULL && (WT_IS_THUMBNAIL (child) || WT_IS_SHARED_ROW (child)))
    widget = child;
  for (; widget != NULL && widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    {
      if (WT_IS_THUMBNAIL (widget))
        return wt_thumbnail_get_shared (WT_THUMBNAIL (widget));
      if (WT_IS_SHARED_ROW (widget))
        return wt_shared_row_get_shared (WT_SHARED_ROW (widget));
    }
  return NULL;
}

static gboolean
open_menu (WtDetailsPane *self, WtShared *shared, double x, double y)
{
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };
  g_autoptr (GMenuModel) model = NULL;

  if (shared == NULL || self->conversation == NULL)
    return GDK_EVENT_PROPAGATE;
  g_set_object (&self->menu_shared, shared);
  model = make_model (self);
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
  return GDK_EVENT_STOP;
}

static void
open_menu_at (WtDetailsPane *self, GtkGesture *gesture, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (open_menu (self, find_shared (self, widget), x, y) == GDK_EVENT_STOP)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pressed (WtDetailsPane *self, int n_press, double x, double y, GtkGesture *gesture)
{
  open_menu_at (self, gesture, x, y);
}

static void
on_long_press (WtDetailsPane *self, double x, double y, GtkGesture *gesture)
{
  open_menu_at (self, gesture, x, y);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget)
      || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return GDK_EVENT_PROPAGATE;
  return open_menu (WT_DETAILS_PANE (widget), find_shared (WT_DETAILS_PANE (widget), focus),
                    bounds.origin.x + bounds.size.width / 2,
                    bounds.origin.y + bounds.size.height / 2);
}

void
wt_details_pane_install_menu (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "shared.open", NULL, open_shared);
  gtk_widget_class_install_action (widget_class, "shared.save", NULL, save_shared);
  gtk_widget_class_install_action (widget_class, "shared.copy", NULL, copy_shared);
  gtk_widget_class_install_action (widget_class, "shared.folder", NULL, show_folder);
  gtk_widget_class_install_action (widget_class, "shared.show", NULL, show_message);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
}

void
wt_details_pane_init_menu (WtDetailsPane *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (on_long_press), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

void
wt_details_pane_dispose_menu (WtDetailsPane *self)
{
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->menu_shared);
}
