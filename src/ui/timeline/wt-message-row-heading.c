/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-row-private.h"

#include <glib/gi18n-lib.h>

#include "wt-avatar.h"
#include "wt-css-class.h"
#include "wt-date-words.h"

/* What stands above a message and beside it: the day, the divider, and who wrote it, unless it carries on the one before. */

/* Messages of one author this close together are joined. */
#define JOIN_US (5 * 60 * G_USEC_PER_SEC)

#define AVATAR_SIZE 32

gboolean
wt_message_row_is_loaded (WtMessage *message)
{
  return message != NULL && wt_message_get_loaded (message);
}

static GtkWidget *
make_heading (WtMessageRow *self, const char *css_class, GtkWidget *after)
{
  GtkWidget *heading = gtk_label_new (NULL);

  gtk_widget_add_css_class (heading, css_class);
  gtk_label_set_ellipsize (GTK_LABEL (heading), PANGO_ELLIPSIZE_END);
  gtk_widget_insert_after (heading, GTK_WIDGET (self), after);
  return heading;
}

static void
update_day (WtMessageRow *self)
{
  gint64 time = 0;
  gboolean shown = FALSE;

  if (wt_message_row_is_loaded (self->message))
    {
      time = wt_message_get_time (self->message);
      /* One whose predecessor is still unknown waits: a separator that vanishes would move everything. */
      shown = self->previous == NULL
              || (wt_message_row_is_loaded (self->previous)
                  && wt_date_words_later_day (time, wt_message_get_time (self->previous)));
    }
  if (shown)
    {
      g_autofree char *words = wt_date_words_day (time);

      if (self->day == NULL)
        self->day = make_heading (self, "day", NULL);
      gtk_label_set_text (GTK_LABEL (self->day), words);
      /* Some times are in no calendar. */
      shown = *words != '\0';
    }
  if (self->day != NULL)
    gtk_widget_set_visible (self->day, shown);
}

static void
update_divider (WtMessageRow *self)
{
  if (self->unread_divider && self->divider == NULL)
    {
      self->divider = make_heading (self, "unread", self->day);
      gtk_label_set_text (GTK_LABEL (self->divider), _ ("Unread messages"));
    }
  if (self->divider != NULL)
    gtk_widget_set_visible (self->divider, self->unread_divider);
}

/* Whether the message carries on the one above. */
static gboolean
find_joined (WtMessageRow *self)
{
  WtMessage *message = self->message;
  WtMessage *previous = self->previous;
  gint64 earlier, later;

  if (!wt_message_row_is_loaded (message) || !wt_message_row_is_loaded (previous)
      || self->unread_divider)
    return FALSE;
  if (wt_message_get_outgoing (message) != wt_message_get_outgoing (previous)
      || g_strcmp0 (wt_message_get_author_id (message), wt_message_get_author_id (previous)) != 0)
    return FALSE;

  earlier = MIN (wt_message_get_time (message), wt_message_get_time (previous));
  later = MAX (wt_message_get_time (message), wt_message_get_time (previous));
  /* As far apart as they may be: that is less than the unsigned type holds. */
  return (guint64) later - (guint64) earlier < JOIN_US && wt_date_words_same_day (earlier, later);
}

static void
update_avatar (WtMessageRow *self, const char *name)
{
  if (name != NULL && self->avatar == NULL)
    {
      self->avatar = wt_avatar_new (AVATAR_SIZE);
      gtk_widget_insert_before (self->avatar, GTK_WIDGET (self), self->bubble);
    }
  if (self->avatar == NULL)
    return;

  if (name != NULL)
    wt_avatar_set_name (WT_AVATAR (self->avatar), name);
  gtk_widget_set_visible (self->avatar, name != NULL);
}

/* Everything that depends on the message above. */
void
wt_message_row_update_heading (WtMessageRow *self)
{
  gboolean outgoing = wt_message_get_outgoing (self->message);
  gboolean named;
  g_autofree char *name = NULL;

  self->joined = find_joined (self);
  update_day (self);
  update_divider (self);

  named = self->group && !outgoing && !self->joined && wt_message_row_is_loaded (self->message);
  if (named)
    {
      const char *id = wt_message_get_author_id (self->message);

      name = wt_display_text_line (wt_message_get_author_name (self->message),
                                   WT_MESSAGE_ROW_MOST_NAME);
      wt_message_bubble_set_author (WT_MESSAGE_BUBBLE (self->bubble), name,
                                    g_str_hash (id != NULL ? id : "") % WT_MESSAGE_N_COLOURS);
    }
  else
    wt_message_bubble_set_author (WT_MESSAGE_BUBBLE (self->bubble), NULL, 0);

  update_avatar (self, name);
  wt_css_class_set (self->bubble, "joined", self->joined);
  wt_css_class_set (self->bubble, "outgoing", outgoing);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
