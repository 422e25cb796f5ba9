/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-mention-popover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-avatar.h"
#include "wt-display-text.h"
#include "wt-line-label.h"
#include "wt-member.h"

/* So many are offered at once: who is not among them has a name one can type more of. */
#define MOST_OFFERED 40

#define MOST_NAME 64
#define MOST_HEIGHT 260
#define AVATAR_SIZE 24

/* How the protocol names everybody. */
#define EVERYBODY "all"

struct _WtMentionPopover
{
  GtkPopover parent_instance;

  /* owned */
  GListModel *members; /* (nullable): of WtMember */
  GPtrArray *offered;  /* of WtMember; NULL in it: everybody */

  gboolean all; /* whether everybody may be meant, too */

  /* children */
  GtkWidget *scroller;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WtMentionPopover, wt_mention_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_everybody (void)
{
  return _ ("everybody");
}

/* In a line, without what could disguise it. */
static char *
make_name (WtMember *member)
{
  g_autofree char *name = NULL;

  if (member == NULL)
    return g_strdup (get_everybody ());

  name = wt_display_text_line (wt_member_get_name (member), MOST_NAME);
  g_strstrip (name);
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup (wt_member_get_user_id (member));
}

static WtSegment *
make_segment (WtMember *member)
{
  if (member == NULL)
    return wt_segment_new_mention (EVERYBODY, NULL, NULL);

  return wt_segment_new_mention (wt_member_get_user_id (member), wt_member_get_nickname (member),
                                 wt_member_get_cardname (member));
}

/* 2: begins with what was typed; 1: has it; 0: neither. */
static guint
rate (const char *text, const char *folded)
{
  g_autofree char *own = text != NULL ? g_utf8_casefold (text, -1) : NULL;
  const char *found = own != NULL ? strstr (own, folded) : NULL;

  return found == NULL ? 0 : found == own ? 2 : 1;
}

static guint
rate_member (WtMember *member, const char *folded)
{
  if (member == NULL)
    return MAX (rate (get_everybody (), folded), rate (EVERYBODY, folded));

  return MAX (MAX (rate (wt_member_get_cardname (member), folded),
                   rate (wt_member_get_nickname (member), folded)),
              rate (wt_member_get_user_id (member), folded));
}

static void
collect (WtMentionPopover *self, const char *folded, guint wanted)
{
  guint n_members = self->members != NULL ? g_list_model_get_n_items (self->members) : 0;

  for (guint i = 0; i < n_members && self->offered->len < MOST_OFFERED; i++)
    {
      g_autoptr (WtMember) member = g_list_model_get_item (self->members, i);

      if (rate_member (member, folded) == wanted)
        g_ptr_array_add (self->offered, g_steal_pointer (&member));
    }
  if (self->all && n_members > 0 && rate_member (NULL, folded) == wanted)
    g_ptr_array_add (self->offered, NULL);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = wt_line_label_new (css_class);

  gtk_label_set_label (GTK_LABEL (label), text);
  return label;
}

static GtkWidget *
make_row (WtMember *member)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *name = make_name (member);
  g_autofree char *id = member != NULL
                            ? wt_display_text_line (wt_member_get_user_id (member), MOST_NAME)
                            : g_strdup (_ ("All members"));
  /* Translators: a name and an id */
  g_autofree char *spoken = g_strdup_printf (_ ("%s, %s"), name, id);
  GtkWidget *avatar = wt_avatar_new (AVATAR_SIZE);
  GtkWidget *title = make_label (name, NULL);
  GtkWidget *subtitle = make_label (id, "dim-label");

  wt_avatar_set_name (WT_AVATAR (avatar), name);
  if (member == NULL)
    wt_avatar_set_icon_name (WT_AVATAR (avatar), "system-users-symbolic");
  gtk_label_set_max_width_chars (GTK_LABEL (title), 20);
  gtk_widget_set_hexpand (subtitle, TRUE);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 1);
  gtk_label_set_max_width_chars (GTK_LABEL (subtitle), 16);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
show_offered (WtMentionPopover *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < self->offered->len; i++)
    gtk_list_box_append (self->list, make_row (self->offered->pdata[i]));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
scroll_to (WtMentionPopover *self, GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y,
                               (double) bounds.origin.y + bounds.size.height);
}

static void
free_member (gpointer member)
{
  g_clear_object (&member);
}

static void
wt_mention_popover_finalize (GObject *object)
{
  WtMentionPopover *self = WT_MENTION_POPOVER (object);

  g_clear_object (&self->members);
  g_clear_pointer (&self->offered, g_ptr_array_unref);

  G_OBJECT_CLASS (wt_mention_popover_parent_class)->finalize (object);
}

static void
wt_mention_popover_class_init (WtMentionPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_mention_popover_finalize;

  signals[SIGNAL_PICKED] = g_signal_new ("picked", WT_TYPE_MENTION_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 2, WT_TYPE_SEGMENT,
                                         G_TYPE_STRING);
}

static void
on_row_activated (WtMentionPopover *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  wt_mention_popover_pick (self);
}

static void
wt_mention_popover_init (WtMentionPopover *self)
{
  self->offered = g_ptr_array_new_with_free_func (free_member);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Members to mention"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (self->scroller, 220, -1);

  gtk_popover_set_child (GTK_POPOVER (self), self->scroller);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mentions");
}

GtkWidget *
wt_mention_popover_new (void)
{
  return g_object_new (WT_TYPE_MENTION_POPOVER, NULL);
}

/**
 * wt_mention_popover_set_members:
 * @self: a popover
 * @members: (nullable): of #WtMember, those that are likely meant first
 * @all: whether everybody can be mentioned at once
 */
void
wt_mention_popover_set_members (WtMentionPopover *self, GListModel *members, gboolean all)
{
  g_return_if_fail (WT_IS_MENTION_POPOVER (self));

  g_set_object (&self->members, members);
  self->all = all;
}

GListModel *
wt_mention_popover_get_members (WtMentionPopover *self)
{
  g_return_val_if_fail (WT_IS_MENTION_POPOVER (self), NULL);

  return self->members;
}

/**
 * wt_mention_popover_filter:
 * @self: a popover
 * @typed: what follows the “@”, perhaps empty
 *
 * Offers whose name in the group, nickname or id has that in it, in any case; those that begin with it first.
 *
 * Returns: whether there is anybody
 */
gboolean
wt_mention_popover_filter (WtMentionPopover *self, const char *typed)
{
  g_return_val_if_fail (WT_IS_MENTION_POPOVER (self), FALSE);
  g_return_val_if_fail (typed != NULL, FALSE);

  g_autofree char *folded = g_utf8_casefold (typed, -1);

  g_ptr_array_set_size (self->offered, 0);
  collect (self, folded, 2);
  collect (self, folded, 1);
  show_offered (self);
  return self->offered->len > 0;
}

/**
 * wt_mention_popover_choose_next:
 * @self: a popover
 * @by: how many further down, or up
 *
 * The one after the last is the first.
 */
void
wt_mention_popover_choose_next (WtMentionPopover *self, int by)
{
  g_return_if_fail (WT_IS_MENTION_POPOVER (self));

  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int n_rows = (int) self->offered->len;
  int index = row != NULL ? gtk_list_box_row_get_index (row) : 0;

  if (n_rows == 0)
    return;
  index = ((index + by) % n_rows + n_rows) % n_rows;
  row = gtk_list_box_get_row_at_index (self->list, index);
  gtk_list_box_select_row (self->list, row);
  scroll_to (self, row);
}

/**
 * wt_mention_popover_pick:
 * @self: a popover
 *
 * Emits `picked` for the chosen one.
 */
void
wt_mention_popover_pick (WtMentionPopover *self)
{
  g_return_if_fail (WT_IS_MENTION_POPOVER (self));

  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  guint index = row != NULL ? (guint) gtk_list_box_row_get_index (row) : G_MAXUINT;

  if (index >= self->offered->len)
    return;

  g_autoptr (WtSegment) segment = make_segment (self->offered->pdata[index]);
  g_autofree char *name = make_name (self->offered->pdata[index]);
  g_autofree char *label = g_strconcat ("@", name, NULL);

  g_signal_emit (self, signals[SIGNAL_PICKED], 0, segment, label);
}

/* How many bytes of @text are “@” and this name, followed by a blank or nothing; else 0. */
static gsize
match_name (const char *text, WtMember *member)
{
  g_autofree char *name = make_name (member);
  gsize length = strlen (name);
  gunichar next;

  if (strncmp (text + 1, name, length) != 0)
    return 0;
  next = g_utf8_get_char (text + 1 + length);
  return next == 0 || g_unichar_isspace (next) ? length + 1 : 0;
}

/**
 * wt_mention_popover_match:
 * @self: a popover
 * @text: begins with “@”
 * @n_characters: (out): how many characters the mention has
 *
 * Finds who is meant in a text that was stored plain: the longest name counts, unless two share it.
 *
 * Returns: (transfer full) (nullable): a mention
 */
WtSegment *
wt_mention_popover_match (WtMentionPopover *self, const char *text, glong *n_characters)
{
  g_return_val_if_fail (WT_IS_MENTION_POPOVER (self), NULL);
  g_return_val_if_fail (text != NULL && *text == '@', NULL);

  guint n_members = self->members != NULL ? g_list_model_get_n_items (self->members) : 0;
  gsize longest = self->all && n_members > 0 ? match_name (text, NULL) : 0;
  guint n_found = longest > 0 ? 1 : 0;
  g_autoptr (WtMember) found = NULL;

  for (guint i = 0; i < n_members; i++)
    {
      g_autoptr (WtMember) member = g_list_model_get_item (self->members, i);
      gsize length = match_name (text, member);

      if (length == 0 || length < longest)
        continue;
      n_found = length > longest ? 1 : n_found + 1;
      longest = length;
      g_set_object (&found, member);
    }

  *n_characters = g_utf8_strlen (text, (gssize) longest);
  return n_found == 1 ? make_segment (found) : NULL;
}
