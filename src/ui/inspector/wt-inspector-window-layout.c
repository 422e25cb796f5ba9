/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-inspector-window-private.h"

#include <glib/gi18n-lib.h>

#include "wt-frame-filter-button.h"
#include "wt-frame-row.h"
#include "wt-shrinking.h"

#define LIST_WIDTH 340
#define VIEW_WIDTH 340

static GtkWidget *
make_button (const char *icon_name, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_menu_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("_Save What Is Shown…"), "inspector.save");
  g_menu_append (menu, _ ("_Clear the List"), "inspector.clear");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Menu"), -1);
  return button;
}

/* Where letters are large the buttons need its room. */
static GtkWidget *
make_squeezed (GtkWidget *title)
{
  GtkWidget *squeezer = adw_squeezer_new ();

  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_set_allow_none (ADW_SQUEEZER (squeezer), TRUE);
  adw_squeezer_set_switch_threshold_policy (ADW_SQUEEZER (squeezer),
                                            ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), title);
  return squeezer;
}

static GtkWidget *
make_list_header (WtInspectorWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  g_object_bind_property (self->leaflet, "folded", header, "show-end-title-buttons",
                          G_BINDING_SYNC_CREATE);
  self->title = adw_window_title_new (_ ("Inspector"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), make_squeezed (self->title));
  self->record = make_button ("media-playback-pause-symbolic", _ ("Pause"), "inspector.record");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->record);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             make_button ("edit-find-symbolic", _ ("Search"), "inspector.find"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_menu_button ());
  self->filter_button = wt_frame_filter_button_new (self->filter, self->sessions);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->filter_button);
  return header;
}

/* The list */

static void
on_row_clicked (GtkGestureClick *gesture, int n_presses, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row != NULL)
    gtk_widget_activate_action (row, "list.activate-item", "u", gtk_list_item_get_position (item));
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = wt_frame_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_row_clicked), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  wt_frame_row_set_frame (WT_FRAME_ROW (gtk_list_item_get_child (item)),
                          gtk_list_item_get_item (item));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item)
{
  wt_frame_row_set_frame (WT_FRAME_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkWidget *
make_list (WtInspectorWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  self->list = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory);
  gtk_widget_add_css_class (self->list, "frames");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Frames"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  self->scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  return scroller;
}

static GtkWidget *
make_no_match (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Show Everything"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "edit-find-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing Like That"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("The filter or the search hides all that was recorded."));
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "inspector.reset-filter");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
make_search (WtInspectorWindow *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->search = gtk_search_bar_new ();
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Text, ID or type"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search the frames"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->entry);
  gtk_search_bar_set_child (GTK_SEARCH_BAR (self->search), clamp);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search), GTK_EDITABLE (self->entry));
  return self->search;
}

static GtkWidget *
make_list_page (WtInspectorWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), make_list_header (self));
  gtk_box_append (GTK_BOX (box), make_search (self));
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_list (self), "list");
  self->empty = adw_status_page_new ();
  gtk_widget_add_css_class (self->empty, "compact");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), make_no_match (), "no-match");
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_widget_set_size_request (box, LIST_WIDTH, -1);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
make_frame_page (WtInspectorWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *button = make_button ("go-previous-symbolic", _ ("Back to the List"),
                                   "inspector.back");

  g_object_bind_property (self->leaflet, "folded", button, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->leaflet, "folded", header, "show-start-title-buttons",
                          G_BINDING_SYNC_CREATE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), button);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Details"), NULL));
  gtk_box_append (GTK_BOX (box), header);
  self->view = WT_FRAME_VIEW (wt_frame_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  gtk_widget_set_size_request (box, VIEW_WIDTH, -1);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

/*< private >
 * wt_inspector_window_build:
 * @self: an inspector with its models
 *
 * Makes what it shows.
 */
void
wt_inspector_window_build (WtInspectorWindow *self)
{
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  self->list_page = make_list_page (self);
  self->frame_page = make_frame_page (self);
  adw_leaflet_append (self->leaflet, self->list_page);
  adw_leaflet_page_set_navigatable (adw_leaflet_append (self->leaflet, separator), FALSE);
  adw_leaflet_append (self->leaflet, self->frame_page);
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);

  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->leaflet));
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
  wt_shrinking_allow (GTK_WIDGET (self));
}
