/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-date-button.h"

#include <glib/gi18n-lib.h>

struct _WtSearchDateButton
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *button;
  GtkWidget *calendar;
};

G_DEFINE_FINAL_TYPE (WtSearchDateButton, wt_search_date_button, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * wt_search_date_button_get_day:
 * @calendar: a calendar
 * @days_later: 0, or so many days after the one that is chosen in it
 *
 * Returns: the day's first moment in the local time zone, microseconds since the epoch
 */
gint64
wt_search_date_button_get_day (GtkCalendar *calendar, int days_later)
{
  g_autoptr (GDateTime) chosen = gtk_calendar_get_date (calendar);
  g_autoptr (GDateTime) noon = g_date_time_new_local (
      g_date_time_get_year (chosen), g_date_time_get_month (chosen),
      g_date_time_get_day_of_month (chosen), 12, 0, 0);
  /* By noon: a day may be an hour longer, and may begin at one. */
  g_autoptr (GDateTime) later = g_date_time_add_days (noon, days_later);
  g_autoptr (GDateTime) start = g_date_time_new_local (
      g_date_time_get_year (later), g_date_time_get_month (later),
      g_date_time_get_day_of_month (later), 0, 0, 0);

  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

static void
on_go (WtSearchDateButton *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0,
                 wt_search_date_button_get_day (GTK_CALENDAR (self->calendar), 0));
}

static void
wt_search_date_button_dispose (GObject *object)
{
  g_clear_pointer (&WT_SEARCH_DATE_BUTTON (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_search_date_button_parent_class)->dispose (object);
}

static void
wt_search_date_button_class_init (WtSearchDateButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_search_date_button_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WT_TYPE_SEARCH_DATE_BUTTON, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wt_search_date_button_init (WtSearchDateButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *go = gtk_button_new_with_mnemonic (_ ("_Go to This Day"));

  self->calendar = gtk_calendar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Day to go to"), -1);
  gtk_widget_add_css_class (go, "suggested-action");
  g_signal_connect_object (go, "clicked", G_CALLBACK (on_go), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_box_append (GTK_BOX (box), go);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_popover_set_default_widget (GTK_POPOVER (popover), go);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_tooltip_text (self->button, _ ("Jump to a Day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Jump to a Day"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
wt_search_date_button_new (void)
{
  return g_object_new (WT_TYPE_SEARCH_DATE_BUTTON, NULL);
}

/**
 * wt_search_date_button_popup:
 * @self: a button that is shown
 *
 * Shows the calendar.
 */
void
wt_search_date_button_popup (WtSearchDateButton *self)
{
  g_return_if_fail (WT_IS_SEARCH_DATE_BUTTON (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
