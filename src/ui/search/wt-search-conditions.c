/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-conditions.h"

#include <glib/gi18n-lib.h>

#include "wt-date-words.h"
#include "wt-search-author.h"
#include "wt-search-date-button.h"

#define N_KINDS 4

struct _WtSearchConditions
{
  GtkWidget parent_instance;

  gint64 from;
  gint64 to;
  gboolean filling; /* what changes is not the user's doing */

  /* children */
  GtkWidget *button;
  WtSearchAuthor *author;
  GtkWidget *kinds[N_KINDS];
  GtkWidget *days[2]; /* from, to */
  GtkWidget *revealer;
  GtkWidget *calendar;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE (WtSearchConditions, wt_search_conditions, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  WtSearchKinds kind;
  const char *label;
} kinds[N_KINDS] = {
  { WT_SEARCH_PICTURES, N_ ("Pictures") },
  { WT_SEARCH_FILES, N_ ("Files") },
  { WT_SEARCH_LINKS, N_ ("Links") },
  { WT_SEARCH_VOICES, N_ ("Recordings") },
};

static void
update_day (GtkWidget *button, const char *name, gint64 time, const char *none)
{
  g_autofree char *day = time != 0 ? wt_date_words_day (time) : g_strdup (none);
  g_autofree char *words = g_strdup_printf ("%s: %s", name, day);

  gtk_button_set_label (GTK_BUTTON (button), words);
}

static void
update (WtSearchConditions *self)
{
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();
  gboolean any;
  const char *words;

  wt_search_conditions_write (self, filter);
  any = !wt_search_filter_is_empty (filter);
  words = any ? _ ("Conditions of the Search: Some Are Set") : _ ("Conditions of the Search");
  /* Translators: the first day that is searched */
  update_day (self->days[0], _ ("From"), self->from, _ ("the beginning"));
  /* Translators: the last day that is searched */
  update_day (self->days[1], _ ("To"), self->to != 0 ? self->to - 1 : 0, _ ("today"));
  gtk_widget_set_sensitive (self->clear, any);
  gtk_widget_set_tooltip_text (self->button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  if (any)
    gtk_widget_add_css_class (self->button, "accent");
  else
    gtk_widget_remove_css_class (self->button, "accent");
}

static void
on_changed (WtSearchConditions *self)
{
  if (self->filling)
    return;

  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The calendar is about the day whose button is down. */
static void
on_day_toggled (WtSearchConditions *self, GtkToggleButton *button)
{
  GtkWidget *other = self->days[GTK_WIDGET (button) == self->days[0] ? 1 : 0];
  gint64 time = GTK_WIDGET (button) == self->days[0] ? self->from : self->to - 1;
  gboolean down = gtk_toggle_button_get_active (button);

  if (down)
    {
      g_autoptr (GDateTime) shown = time > 0
                                        ? g_date_time_new_from_unix_local (time / G_USEC_PER_SEC)
                                        : g_date_time_new_now_local ();

      self->filling = TRUE;
      if (shown != NULL)
        gtk_calendar_select_day (GTK_CALENDAR (self->calendar), shown);
      self->filling = FALSE;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (other), FALSE);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer),
                                 down || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (other)));
}

static void
on_day_selected (WtSearchConditions *self)
{
  if (self->filling)
    return;

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->days[0])))
    self->from = wt_search_date_button_get_day (GTK_CALENDAR (self->calendar), 0);
  else
    self->to = wt_search_date_button_get_day (GTK_CALENDAR (self->calendar), 1);
  on_changed (self);
}

static void
on_clear (WtSearchConditions *self)
{
  wt_search_conditions_clear (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_activate (WtSearchConditions *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static GtkWidget *
make_author (WtSearchConditions *self)
{
  GtkWidget *author = wt_search_author_new ();

  self->author = WT_SEARCH_AUTHOR (author);
  g_signal_connect_object (author, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (author, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);
  return author;
}

static GtkWidget *
make_kinds (WtSearchConditions *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (int i = 0; i < N_KINDS; i++)
    {
      self->kinds[i] = gtk_toggle_button_new_with_label (_ (kinds[i].label));
      g_signal_connect_object (self->kinds[i], "toggled", G_CALLBACK (on_changed), self,
                               G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), self->kinds[i], i % 2, i / 2, 1, 1);
    }
  return grid;
}

static void
add_days (WtSearchConditions *self, GtkBox *box)
{
  for (guint i = 0; i < 2; i++)
    {
      self->days[i] = gtk_toggle_button_new_with_label ("");
      g_signal_connect_object (self->days[i], "toggled", G_CALLBACK (on_day_toggled), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (box, self->days[i]);
    }
  self->calendar = gtk_calendar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Day"), -1);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_day_selected), self,
                           G_CONNECT_SWAPPED);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->calendar);
  gtk_box_append (box, self->revealer);
}

static void
wt_search_conditions_dispose (GObject *object)
{
  g_clear_pointer (&WT_SEARCH_CONDITIONS (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_search_conditions_parent_class)->dispose (object);
}

static void
wt_search_conditions_class_init (WtSearchConditionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_search_conditions_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_SEARCH_CONDITIONS, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wt_search_conditions_init (WtSearchConditions *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_box_append (GTK_BOX (box), make_author (self));
  gtk_box_append (GTK_BOX (box), make_kinds (self));
  add_days (self, GTK_BOX (box));
  self->clear = gtk_button_new_with_mnemonic (_ ("_Clear Conditions"));
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (on_clear), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->clear);
  gtk_widget_add_css_class (popover, "search-conditions");
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "wt-filter-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  update (self);
}

GtkWidget *
wt_search_conditions_new (void)
{
  return g_object_new (WT_TYPE_SEARCH_CONDITIONS, NULL);
}

/**
 * wt_search_conditions_set_place:
 * @self: conditions
 * @database: (nullable): where people are looked for, to be offered as authors
 * @conversation_id: the only conversation that is searched, or 0
 */
void
wt_search_conditions_set_place (WtSearchConditions *self,
                                WtDatabase *database,
                                gint64 conversation_id)
{
  g_return_if_fail (WT_IS_SEARCH_CONDITIONS (self));

  wt_search_author_set_place (self->author, database, conversation_id);
}

/**
 * wt_search_conditions_write:
 * @self: conditions
 * @filter: where to put them; its words and its place are left as they are
 */
void
wt_search_conditions_write (WtSearchConditions *self, WtSearchFilter *filter)
{
  g_return_if_fail (WT_IS_SEARCH_CONDITIONS (self));
  g_return_if_fail (filter != NULL);

  g_free (filter->author);
  filter->author = g_strdup (wt_search_author_get_text (self->author));
  filter->kinds = 0;
  for (guint i = 0; i < N_KINDS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->kinds[i])))
      filter->kinds |= kinds[i].kind;
  filter->from = self->from;
  filter->to = self->to;
}

/**
 * wt_search_conditions_read:
 * @self: conditions
 * @filter: what to show; no signal tells
 */
void
wt_search_conditions_read (WtSearchConditions *self, const WtSearchFilter *filter)
{
  g_return_if_fail (WT_IS_SEARCH_CONDITIONS (self));
  g_return_if_fail (filter != NULL);

  self->filling = TRUE;
  self->from = filter->from;
  self->to = filter->to;
  wt_search_author_set_text (self->author, filter->author);
  for (guint i = 0; i < N_KINDS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->kinds[i]),
                                  (filter->kinds & kinds[i].kind) != 0);
  for (guint i = 0; i < 2; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->days[i]), FALSE);
  self->filling = FALSE;
  update (self);
}

/**
 * wt_search_conditions_clear:
 * @self: conditions
 *
 * Asks for nothing; no signal tells.
 */
void
wt_search_conditions_clear (WtSearchConditions *self)
{
  g_autoptr (WtSearchFilter) nothing = wt_search_filter_new ();

  wt_search_conditions_read (self, nothing);
}
