/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-details.h"

#include <glib/gi18n-lib.h>

#include "wt-date-words.h"
#include "wt-delivery-words.h"
#include "wt-display-text.h"
#include "wt-raw-json.h"

#define WIDTH 460
#define HEIGHT 600
#define MOST_VALUE 200

struct _WtMessageDetails
{
  AdwWindow parent_instance;

  /* owned */
  WtMessage *message;

  /* children */
  GtkWidget *page;
  GtkWidget *delivery; /* groups of rows, made anew when something changes */
  GtkWidget *ids;
  GtkWidget *contents;
};

G_DEFINE_FINAL_TYPE (WtMessageDetails, wt_message_details, ADW_TYPE_WINDOW)

static void
add_row (GtkWidget *group, const char *title, const char *value, gboolean copy)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *line = NULL;

  if (value == NULL || *value == '\0')
    {
      g_object_ref_sink (row);
      g_object_unref (row);
      return;
    }

  line = wt_display_text_line (value, MOST_VALUE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  if (copy)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), wt_raw_json_copy_button_new (value));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_time (GtkWidget *group, const char *title, gint64 time)
{
  g_autofree char *words = time > 0 ? wt_date_words_full (time) : NULL;

  add_row (group, title, words, FALSE);
}

static void
fill_delivery (WtMessageDetails *self, const WtMessageRecord *record)
{
  g_autofree char *state = wt_delivery_words (record->delivery, record->failure);
  gboolean outgoing = record->direction == WT_DIRECTION_OUT;

  if (outgoing)
    add_row (self->delivery, _ ("State"), state, FALSE);
  add_row (self->delivery, _ ("Author"), wt_message_get_author_name (self->message), FALSE);
  add_time (self->delivery, outgoing ? _ ("Written") : _ ("Received"), record->time);
  if (!outgoing)
    add_time (self->delivery, _ ("Sent, by the sender’s clock"), record->peer_time);
  add_time (self->delivery, _ ("Received by the server"), record->acked_time);
  if (outgoing)
    {
      g_autofree char *attempts = g_strdup_printf ("%u", record->attempts);

      add_row (self->delivery, _ ("Attempts"), attempts, FALSE);
    }
  if (record->acked_time > 0 && record->rtt >= 0)
    {
      /* Translators: milliseconds */
      g_autofree char *rtt = g_strdup_printf (_ ("%.1f ms"), (double) record->rtt / 1000.0);

      add_row (self->delivery, _ ("Round trip"), rtt, FALSE);
    }
}

static void
fill_ids (WtMessageDetails *self, const WtMessageRecord *record)
{
  add_row (self->ids, _ ("Message id"), record->message_id, TRUE);
  add_row (self->ids, _ ("Envelope id"), record->msg_id, TRUE);
  add_row (self->ids, _ ("Author id"), record->author_id, TRUE);
  add_row (self->ids, _ ("Author’s platform"), record->author_platform, TRUE);
}

static void
fill_contents (WtMessageDetails *self, const WtMessageRecord *record)
{
  g_autofree char *pretty = NULL;

  gtk_widget_set_visible (self->contents, record->segments != NULL && !record->deleted);
  if (record->segments == NULL || record->deleted)
    return;

  pretty = wt_raw_json_make_pretty (record->segments);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->contents),
                                           wt_raw_json_copy_button_new (pretty));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->contents),
                             wt_raw_json_view_new (pretty, _ ("Contents as stored")));
}

static GtkWidget *
replace_group (WtMessageDetails *self, GtkWidget **group, const char *title)
{
  if (*group != NULL)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (*group));

  *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (*group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (*group));
  return *group;
}

static void
fill (WtMessageDetails *self)
{
  const WtMessageRecord *record = wt_message_get_record (self->message);

  replace_group (self, &self->delivery, _ ("Delivery"));
  replace_group (self, &self->ids, _ ("Identifiers"));
  replace_group (self, &self->contents, _ ("Contents as stored"));
  if (record == NULL)
    return;

  fill_delivery (self, record);
  fill_ids (self, record);
  fill_contents (self, record);
}

static void
wt_message_details_dispose (GObject *object)
{
  WtMessageDetails *self = WT_MESSAGE_DETAILS (object);

  g_clear_object (&self->message);

  G_OBJECT_CLASS (wt_message_details_parent_class)->dispose (object);
}

static void
wt_message_details_class_init (WtMessageDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_message_details_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wt_message_details_init (WtMessageDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  gtk_window_set_title (GTK_WINDOW (self), _ ("Message Details"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  self->page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (self->page, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->page);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * wt_message_details_new:
 * @message: a loaded message
 *
 * Returns: (transfer none): a window, owned by GTK like every toplevel, not shown yet
 */
GtkWidget *
wt_message_details_new (WtMessage *message)
{
  g_return_val_if_fail (WT_IS_MESSAGE (message), NULL);

  WtMessageDetails *self = g_object_new (WT_TYPE_MESSAGE_DETAILS, NULL);

  self->message = g_object_ref (message);
  g_signal_connect_object (message, "notify::delivery", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::deleted", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
