/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-member-row.h"

#include "wt-avatar.h"
#include "wt-date-words.h"
#include "wt-details-words.h"
#include "wt-display-text.h"
#include "wt-line-label.h"

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
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (WtMemberRow, wt_member_row, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHAT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The same as choosing the row. */
static void
on_mention (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate (gtk_widget_get_parent (widget));
}

static void
on_chat (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMemberRow *self = WT_MEMBER_ROW (widget);

  if (self->member != NULL)
    g_signal_emit (self, signals[SIGNAL_CHAT], 0, self->member);
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtMemberRow *self = WT_MEMBER_ROW (widget);

  if (self->member != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                            wt_member_get_user_id (self->member));
}

/* The list's own row has the keyboard focus, so that is what is read out. */
static void
update (WtMemberRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = NULL, *about = NULL, *spoken = NULL, *more = NULL, *full = NULL;

  if (self->member == NULL)
    return;
  name = wt_display_text_line (wt_member_get_name (self->member), MOST_NAME);
  about = wt_details_words_member (self->member);
  /* TRANSLATORS: somebody's name, and what else is known */
  spoken = g_strdup_printf (_ ("%s, %s: mention"), name, about);
  /* TRANSLATORS: a menu; %s is somebody's name */
  more = g_strdup_printf (_ ("More for %s"), name);
  if (wt_member_get_last_seen (self->member) > 0)
    full = wt_date_words_full (wt_member_get_last_seen (self->member));

  wt_avatar_set_name (WT_AVATAR (self->avatar), name);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->about), about);
  gtk_widget_set_tooltip_text (self->about, full);
  gtk_widget_set_tooltip_text (self->menu, more);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, more,
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
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_member_row_dispose;
  signals[SIGNAL_CHAT] = g_signal_new ("chat", WT_TYPE_MEMBER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, WT_TYPE_MEMBER);
  gtk_widget_class_install_action (widget_class, "member.mention", NULL, on_mention);
  gtk_widget_class_install_action (widget_class, "member.chat", NULL, on_chat);
  gtk_widget_class_install_action (widget_class, "member.copy", NULL, on_copy);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = wt_line_label_new (css_class);

  gtk_label_set_width_chars (GTK_LABEL (label), 1);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* Made when it is opened: a group has many members. */
static void
make_menu (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Mention"), "member.mention");
  g_menu_append (menu, _ ("Start a _Chat"), "member.chat");
  g_menu_append (menu, _ ("_Copy ID"), "member.copy");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
wt_member_row_init (WtMemberRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->avatar = wt_avatar_new (32);
  gtk_widget_set_valign (self->avatar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->avatar);
  self->name = make_label (NULL);
  self->about = make_label ("caption");
  gtk_widget_add_css_class (self->about, "dim-label");
  gtk_box_append (GTK_BOX (lines), self->name);
  gtk_box_append (GTK_BOX (lines), self->about);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), lines);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->menu), FALSE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), make_menu, NULL, NULL);
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->menu);
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
  update (self);
}
