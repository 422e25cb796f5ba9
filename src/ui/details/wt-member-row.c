/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-member-row.h"

#include "wt-details-words.h"
#include "wt-display-text.h"

#include <glib/gi18n-lib.h>

#define MOST_NAME 80

struct _WtMemberRow
{
  GtkWidget parent_instance;

  /* owned */
  WtMember *member;

  /* children */
  GtkWidget *box;
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *about;
  GtkWidget *copy;
};

G_DEFINE_FINAL_TYPE (WtMemberRow, wt_member_row, GTK_TYPE_WIDGET)

static void
on_copy (WtMemberRow *self)
{
  if (self->member == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          wt_member_get_user_id (self->member));
  gtk_button_set_icon_name (GTK_BUTTON (self->copy), "object-select-symbolic");
}

/* The list's own row has the keyboard focus, so that is what is read out. */
static void
update (WtMemberRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = NULL, *about = NULL, *spoken = NULL, *copy = NULL;

  if (self->member == NULL)
    return;
  name = wt_display_text_line (wt_member_get_name (self->member), MOST_NAME);
  about = wt_details_words_member (self->member);
  /* TRANSLATORS: somebody's name, and what else is known */
  spoken = g_strdup_printf (_ ("%s, %s: mention"), name, about);
  copy = g_strdup_printf (_ ("Copy the ID of %s"), name);

  adw_avatar_set_text (ADW_AVATAR (self->avatar), name);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->about), about);
  gtk_widget_set_tooltip_text (self->copy, copy);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, copy,
                                  -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                    -1);
}

static void
wt_member_row_dispose (GObject *object)
{
  WtMemberRow *self = WT_MEMBER_ROW (object);

  wt_member_row_set_member (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_member_row_parent_class)->dispose (object);
}

static void
wt_member_row_class_init (WtMemberRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_member_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 1);
  gtk_widget_set_hexpand (label, TRUE);
  for (; css_class != NULL; css_class = NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
wt_member_row_init (WtMemberRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->avatar = adw_avatar_new (32, NULL, TRUE);
  gtk_widget_set_valign (self->avatar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->avatar);
  self->name = make_label (NULL);
  self->about = make_label ("caption");
  gtk_widget_add_css_class (self->about, "dim-label");
  gtk_box_append (GTK_BOX (lines), self->name);
  gtk_box_append (GTK_BOX (lines), self->about);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), lines);
  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_box_append (GTK_BOX (self->box), self->copy);
  g_signal_connect_object (self->copy, "clicked", G_CALLBACK (on_copy), self, G_CONNECT_SWAPPED);
}

/**
 * wt_member_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
wt_member_row_new (void)
{
  return g_object_new (WT_TYPE_MEMBER_ROW, NULL);
}

/**
 * wt_member_row_set_member:
 * @self: a row
 * @member: (nullable): who is shown; followed while they are
 */
void
wt_member_row_set_member (WtMemberRow *self, WtMember *member)
{
  g_return_if_fail (WT_IS_MEMBER_ROW (self));

  if (self->member == member)
    return;
  if (self->member != NULL)
    g_signal_handlers_disconnect_by_func (self->member, update, self);
  g_set_object (&self->member, member);
  if (member == NULL)
    return;
  g_signal_connect_object (member, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_button_set_icon_name (GTK_BUTTON (self->copy), "edit-copy-symbolic");
  update (self);
}
