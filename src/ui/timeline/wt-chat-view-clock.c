/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-view-private.h"

#include "wt-date-words.h"

/* What is said of times is another on another day, in another time zone, and with another clock. */

#define DESKTOP "org.gnome.desktop.interface"
#define CLOCK "clock-format"

/* A timeout does not count the hours that a computer sleeps: a look now and then, however far midnight is. */
#define MOST_WAIT 300

/* Some rows beyond the edges are alive, too. */
#define BEYOND 50

static void
refresh (WtChatView *self)
{
  guint first, last;

  if (!self->prepared || !wt_timeline_view_get_visible_range (self->view, &first, &last))
    return;

  first -= MIN (first, BEYOND);
  for (guint i = first; i < last + BEYOND; i++)
    {
      GtkWidget *row = wt_timeline_view_get_row (self->view, i);

      if (row != NULL)
        wt_message_row_refresh_time (WT_MESSAGE_ROW (row));
    }
}

/* Whatever may have happened meanwhile. */
void
wt_chat_view_check_clock (WtChatView *self)
{
  gint64 calendar = wt_date_words_get_calendar (g_get_real_time ());

  if (self->calendar == calendar)
    return;

  self->calendar = calendar;
  refresh (self);
}

static gboolean
on_time (gpointer data)
{
  WtChatView *self = data;
  guint wait = wt_date_words_seconds_to_midnight (g_get_real_time ());

  wt_chat_view_check_clock (self);
  self->clock_source = g_timeout_add_seconds (MIN (wait, MOST_WAIT), on_time, self);
  return G_SOURCE_REMOVE;
}

/* While the view can be seen. */
void
wt_chat_view_start_clock (WtChatView *self)
{
  wt_chat_view_stop_clock (self);
  on_time (self);
}

void
wt_chat_view_stop_clock (WtChatView *self)
{
  g_clear_handle_id (&self->clock_source, g_source_remove);
}

/* What the user chose; where nothing was chosen, the locale decides. */
static void
on_clock_format (WtChatView *self)
{
  g_autoptr (GVariant) chosen = g_settings_get_user_value (self->desktop, CLOCK);
  WtDateClock clock = WT_DATE_CLOCK_LOCALE;

  if (chosen != NULL && g_variant_is_of_type (chosen, G_VARIANT_TYPE_STRING))
    clock = g_str_equal (g_variant_get_string (chosen, NULL), "12h") ? WT_DATE_CLOCK_12
                                                                     : WT_DATE_CLOCK_24;
  wt_date_words_set_clock (clock);
  refresh (self);
}

/* With the view made. Other desktops have no such setting. */
void
wt_chat_view_init_clock (WtChatView *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL
                                           ? g_settings_schema_source_lookup (source, DESKTOP, TRUE)
                                           : NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, CLOCK))
    return;

  self->desktop = g_settings_new_full (schema, NULL, NULL);
  g_signal_connect_object (self->desktop, "changed::" CLOCK, G_CALLBACK (on_clock_format), self,
                           G_CONNECT_SWAPPED);
  on_clock_format (self);
}
