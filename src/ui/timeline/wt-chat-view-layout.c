/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "wt-tooltip.h"

static char *
dup_jump_tooltip (gpointer owner, GtkWidget *widget)
{
  return wt_chat_view_dup_jump_words (owner);
}

static GtkWidget *
make_jump_button (WtChatView *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("go-bottom-symbolic");

  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "osd");
  wt_tooltip_explain (button, dup_jump_tooltip, self);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (wt_timeline_view_scroll_to_bottom),
                           self->view, G_CONNECT_SWAPPED);

  self->jump_count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->jump_count, "count");
  gtk_widget_set_halign (self->jump_count, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->jump_count, GTK_ALIGN_START);
  gtk_widget_set_can_target (self->jump_count, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->jump_count);

  self->jump = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->jump),
                                    GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_child (GTK_REVEALER (self->jump), overlay);
  gtk_widget_set_halign (self->jump, GTK_ALIGN_END);
  gtk_widget_set_valign (self->jump, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->jump, "jump");
  gtk_widget_set_visible (self->jump, FALSE);
  return self->jump;
}

/* Makes the messages, and what lies over them. */
GtkWidget *
wt_chat_view_make_timeline (WtChatView *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = WT_TIMELINE_VIEW (wt_timeline_view_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Messages"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);

  self->scrollbar = gtk_scrollbar_new (GTK_ORIENTATION_VERTICAL,
                                       wt_timeline_view_get_message_adjustment (self->view));
  gtk_widget_add_css_class (self->scrollbar, "overlay-indicator");
  gtk_widget_set_halign (self->scrollbar, GTK_ALIGN_END);
  gtk_widget_set_valign (self->scrollbar, GTK_ALIGN_FILL);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->scrollbar);

  self->nothing = gtk_label_new (_ ("No messages here yet"));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_add_css_class (self->nothing, "nothing");
  gtk_widget_set_can_target (self->nothing, FALSE);
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->nothing);

  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), make_jump_button (self));
  return overlay;
}

/* One writes in the column in which one reads. */
GtkWidget *
wt_chat_view_clamp (GtkWidget *child)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WT_MESSAGE_ROW_WIDEST);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WT_MESSAGE_ROW_WIDEST);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  return clamp;
}
