/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-conversation-pane-private.h"

#include "wt-conversation-menu.h"
#include "wt-conversation-slot.h"

/* The rows of a pane, which are made when they are first in view, and their menu. */

/* A menu that goes does not give the focus back by itself, and the arrow keys would do nothing. */
static void
on_menu_closed (WtConversationPane *self)
{
  if (self->before_menu != NULL)
    gtk_widget_grab_focus (self->before_menu);
  g_clear_weak_pointer (&self->before_menu);
}

static void
show_menu (WtConversationPane *self, WtConversationRow *row, double x, double y)
{
  WtConversation *conversation = wt_conversation_row_get_conversation (row);
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);

  if (conversation == NULL
      || !gtk_widget_compute_point (GTK_WIDGET (row), GTK_WIDGET (self), &point, &point))
    return;

  g_autoptr (GMenuModel) model = wt_conversation_menu_new (conversation);
  const GdkRectangle at = { (int) point.x, (int) point.y, 1, 1 };

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_object (self->menu, "closed", G_CALLBACK (on_menu_closed), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_row_menu (WtConversationPane *self, WtConversationRow *row, double x, double y)
{
  show_menu (self, row, x, y);
}

static void
on_setup (WtConversationPane *self, GtkListItem *item)
{
  GtkWidget *slot = wt_conversation_slot_new ();

  g_signal_connect_object (slot, "chosen", G_CALLBACK (wt_conversation_pane_choose), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (slot, "menu", G_CALLBACK (on_row_menu), self, G_CONNECT_SWAPPED);
  if (self->room > 0)
    wt_conversation_slot_set_room (WT_CONVERSATION_SLOT (slot), self->room);
  gtk_list_item_set_child (item, slot);
}

static void
on_bind (WtConversationPane *self, GtkListItem *item)
{
  wt_conversation_slot_set_conversation (WT_CONVERSATION_SLOT (gtk_list_item_get_child (item)),
                                         gtk_list_item_get_item (item));
}

static void
on_unbind (WtConversationPane *self, GtkListItem *item)
{
  wt_conversation_slot_set_conversation (WT_CONVERSATION_SLOT (gtk_list_item_get_child (item)),
                                         NULL);
}

/* What is in a row widget of the list. */
static WtConversationSlot *
get_slot (GtkWidget *item)
{
  GtkWidget *child = item != NULL ? gtk_widget_get_first_child (item) : NULL;

  return child != NULL && WT_IS_CONVERSATION_SLOT (child) ? WT_CONVERSATION_SLOT (child) : NULL;
}

/* The first place from a row widget on. */
static WtConversationSlot *
find_slot (GtkWidget *item)
{
  while (item != NULL && get_slot (item) == NULL)
    item = gtk_widget_get_next_sibling (item);
  return get_slot (item);
}

static WtConversationSlot *
get_first_slot (WtConversationPane *self)
{
  return find_slot (gtk_widget_get_first_child (GTK_WIDGET (self->list)));
}

static WtConversationSlot *
get_next_slot (WtConversationSlot *slot)
{
  return find_slot (gtk_widget_get_next_sibling (gtk_widget_get_parent (GTK_WIDGET (slot))));
}

static gboolean
is_in_view (WtConversationPane *self, WtConversationSlot *slot)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (slot));
  graphene_rect_t bounds;

  /* What the list hides keeps the place where it was when it was last seen. */
  return gtk_widget_get_child_visible (item)
         && gtk_widget_compute_bounds (item, GTK_WIDGET (self->list), &bounds)
         && bounds.size.height > 0 && bounds.origin.y + bounds.size.height > 0
         && bounds.origin.y < (float) gtk_widget_get_height (GTK_WIDGET (self->list));
}

/* How high the lowest row is, in pixels; 0: there is none. */
static int
measure_rows (WtConversationPane *self)
{
  int room = 0;

  for (WtConversationSlot *slot = get_first_slot (self); slot != NULL; slot = get_next_slot (slot))
    {
      WtConversationRow *row = wt_conversation_slot_get_row (slot);
      int height = 0;

      if (row != NULL)
        gtk_widget_measure (GTK_WIDGET (row), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL,
                            NULL);
      if (height > 0)
        room = room > 0 ? MIN (room, height) : height;
    }
  return room;
}

static void
update_room (WtConversationPane *self)
{
  int room = measure_rows (self);

  if (room == 0 || room == self->room)
    return;
  self->room = room;
  for (WtConversationSlot *slot = get_first_slot (self); slot != NULL; slot = get_next_slot (slot))
    wt_conversation_slot_set_room (slot, room);
}

/* The list makes some two hundred places around what it shows; rows are made for those in view. The first row of all tells
 * how high the places are, and so which of them are in view: they are laid out once more before there are others. */
static void
fill (WtConversationPane *self)
{
  guint most = self->room > 0 ? G_MAXUINT : 1;

  for (WtConversationSlot *slot = get_first_slot (self); slot != NULL && most > 0;
       slot = get_next_slot (slot))
    if (!wt_conversation_slot_is_filled (slot) && is_in_view (self, slot))
      {
        wt_conversation_slot_fill (slot);
        most--;
      }
  update_room (self);
}

static gboolean
list_all (gpointer data)
{
  WtConversationPane *self = data;

  self->list_source = 0;
  gtk_slice_list_model_set_size (self->listed, G_MAXUINT);
  wt_conversation_pane_update_stack (self);
  return G_SOURCE_REMOVE;
}

static void
on_painted (WtConversationPane *self)
{
  g_clear_signal_handler (&self->on_paint, self->clock);
  self->list_source = g_idle_add (list_all, self);
}

/*
 * wt_conversation_pane_watch_frames:
 * @self: a pane that is mapped
 *
 * Fills what comes into view from now on, when the places are laid out and before anything is painted. After the first time
 * that it is, all conversations are listed.
 */
void
wt_conversation_pane_watch_frames (WtConversationPane *self)
{
  self->clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  /* After the window's own handler: what is made then is laid out once more in the same frame. */
  self->on_layout = g_signal_connect_data (self->clock, "layout", G_CALLBACK (fill), self, NULL,
                                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (gtk_slice_list_model_get_size (self->listed) != G_MAXUINT)
    self->on_paint = g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (on_painted),
                                               self);
}

/*
 * wt_conversation_pane_forget_frames:
 * @self: a pane that is not mapped any more
 */
void
wt_conversation_pane_forget_frames (WtConversationPane *self)
{
  g_clear_handle_id (&self->list_source, g_source_remove);
  g_clear_signal_handler (&self->on_layout, self->clock);
  g_clear_signal_handler (&self->on_paint, self->clock);
  self->clock = NULL;
}

/*
 * wt_conversation_pane_make_factory:
 * @self: a pane
 *
 * Returns: (transfer full): makes its rows
 */
GtkListItemFactory *
wt_conversation_pane_make_factory (WtConversationPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  return factory;
}

/*
 * wt_conversation_pane_show_menu_at_focus:
 * @self: a pane
 *
 * Shows the menu of the row that has the focus, as the menu key does.
 */
void
wt_conversation_pane_show_menu_at_focus (WtConversationPane *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  WtConversationSlot *slot = get_slot (focus);

  if (slot == NULL)
    return;
  show_menu (self, wt_conversation_slot_fill (slot), gtk_widget_get_width (GTK_WIDGET (slot)) / 2.0,
             gtk_widget_get_height (GTK_WIDGET (slot)) / 2.0);
  g_set_weak_pointer (&self->before_menu, focus);
}

/**
 * wt_conversation_pane_refresh_times:
 * @self: a pane
 *
 * For when the day has changed: says the times of the visible rows anew.
 */
void
wt_conversation_pane_refresh_times (WtConversationPane *self)
{
  g_return_if_fail (WT_IS_CONVERSATION_PANE (self));

  for (WtConversationSlot *slot = get_first_slot (self); slot != NULL; slot = get_next_slot (slot))
    wt_conversation_slot_update (slot);
}
