/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view-private.h"

#include <glib/gi18n-lib.h>

static gboolean
can_drop (WtChatView *self)
{
  return self->session != NULL && gtk_widget_is_sensitive (GTK_WIDGET (self->composer));
}

static gboolean
on_accept (GtkDropTarget *target, GdkDrop *drop, WtChatView *self)
{
  return can_drop (self) && (gdk_drop_get_actions (drop) & GDK_ACTION_COPY) != 0
         && gdk_content_formats_match_gtype (gtk_drop_target_get_formats (target),
                                             gdk_drop_get_formats (drop))
                != G_TYPE_INVALID;
}

static GdkDragAction
on_enter (GtkDropTarget *target, double x, double y, WtChatView *self)
{
  gtk_widget_set_visible (self->drop_here, TRUE);
  return GDK_ACTION_COPY;
}

static void
on_leave (GtkDropTarget *target, WtChatView *self)
{
  gtk_widget_set_visible (self->drop_here, FALSE);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, WtChatView *self)
{
  gtk_widget_set_visible (self->drop_here, FALSE);
  if (!can_drop (self) || !wt_composer_take_value (self->composer, value))
    return FALSE;

  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
  return TRUE;
}

static GtkWidget *
make_drop_here (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("mail-attachment-symbolic");
  GtkWidget *label = gtk_label_new (_ ("Drop here to attach"));

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 48);
  gtk_widget_set_valign (icon, GTK_ALIGN_END);
  gtk_widget_set_vexpand (icon, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_vexpand (label, TRUE);
  gtk_widget_add_css_class (label, "title-2");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "drop-here");
  gtk_widget_set_can_target (box, FALSE);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

/* Caught before the text sees it: that would take a file for its name. */
void
wt_chat_view_init_drop (WtChatView *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  self->drop_here = make_drop_here ();
  gtk_widget_set_parent (self->drop_here, GTK_WIDGET (self));

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "accept", G_CALLBACK (on_accept), self, 0);
  g_signal_connect_object (target, "enter", G_CALLBACK (on_enter), self, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (on_leave), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
