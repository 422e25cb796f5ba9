/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-details.h"

#include <glib/gi18n-lib.h>

#include "wt-copy-row.h"
#include "wt-date-words.h"
#include "wt-delivery-words.h"
#include "wt-details-words.h"
#include "wt-display-text.h"
#include "wt-error-words.h"
#include "wt-file-kind.h"
#include "wt-frame-words.h"
#include "wt-message-envelope.h"
#include "wt-raw-json.h"

#define WIDTH 460
#define HEIGHT 640
#define MOST_VALUE 200

/* More is in the envelope below. */
#define MOST_ATTACHMENTS 20

struct _WtMessageDetails
{
  AdwWindow parent_instance;

  /* owned */
  WtSession *session;
  WtConversation *conversation;
  WtMessage *message;
  GCancellable *cancellable; /* of the envelope that is being made */
  GPtrArray *rows;           /* in @delivery, not owned: made anew when something changes */

  /* children */
  GtkWidget *page;
  GtkWidget *delivery;
  GtkWidget *route;
  GtkWidget *ids;
  GtkWidget *attachments;
  GtkWidget *warnings;
  GtkWidget *contents;
};

G_DEFINE_FINAL_TYPE (WtMessageDetails, wt_message_details, ADW_TYPE_WINDOW)

/* Returns: (nullable): NULL where there is nothing to show */
static GtkWidget *
add_row (GtkWidget *group, const char *title, const char *value, gboolean copy)
{
  GtkWidget *row;
  g_autofree char *line = NULL;

  if (value == NULL || *value == '\0')
    return NULL;

  row = copy ? g_object_new (WT_TYPE_COPY_ROW, NULL) : adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_widget_add_css_class (row, "property");
  if (copy)
    {
      wt_copy_row_set_text (WT_COPY_ROW (row), value);
    }
  else
    {
      line = wt_display_text_line (value, MOST_VALUE);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/* Delivery */

static void
add_delivery (WtMessageDetails *self, const char *title, const char *value)
{
  GtkWidget *row = add_row (self->delivery, title, value, FALSE);

  if (row != NULL)
    g_ptr_array_add (self->rows, row);
}

static void
add_time (WtMessageDetails *self, const char *title, gint64 time)
{
  g_autofree char *words = time > 0 ? wt_date_words_full (time) : NULL;

  add_delivery (self, title, words);
}

static void
fill_outgoing (WtMessageDetails *self, const WtMessageRecord *record)
{
  g_autofree char *attempts = g_strdup_printf ("%u", record->attempts);
  g_autofree char *round_trip = record->acked_time > 0 && record->rtt >= 0
                                    ? wt_frame_words_round_trip (record->rtt)
                                    : NULL;

  /* Translators: when a message was written */
  add_time (self, _ ("Written"), record->time);
  add_delivery (self, _ ("Attempts"), attempts);
  add_time (self, _ ("Received by the server"), record->acked_time);
  add_delivery (self, _ ("Round trip"), round_trip);
}

static void
fill_delivery (WtMessageDetails *self)
{
  const WtMessageRecord *record = wt_message_get_record (self->message);
  g_autofree char *state = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->delivery),
                                  g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  if (record == NULL)
    return;

  state = record->deleted ? g_strdup (_ ("Deleted here"))
                          : wt_delivery_words (record->delivery, record->failure);
  /* Translators: how far a message, or a connection, has come: sent, connecting, … */
  add_delivery (self, _ ("State"), state);
  add_delivery (self, _ ("Author"), wt_message_get_author_name (self->message));
  if (record->direction == WT_DIRECTION_OUT)
    {
      fill_outgoing (self, record);
      return;
    }
  /* Translators: when a message was received */
  add_time (self, C_ ("time", "Received"), record->time);
  add_time (self, _ ("Sent, by the sender’s clock"), record->peer_time);
}

static void
on_delivery (WtMessageDetails *self, const WtMessageRecord *record)
{
  if (record->id != wt_message_get_id (self->message))
    return;
  /* An attempt more is no other state. */
  wt_message_set_delivery (self->message, record);
  fill_delivery (self);
}

/* What does not change */

static void
fill_ids (WtMessageDetails *self, const WtMessageRecord *record)
{
  add_row (self->ids, _ ("Message id"), record->message_id, TRUE);
  add_row (self->ids, _ ("Envelope id"), record->msg_id, TRUE);
  add_row (self->ids, _ ("Author id"), record->author_id, TRUE);
  add_row (self->ids, _ ("Author’s platform"), record->author_platform, TRUE);
}

static void
add_attachment (WtMessageDetails *self, const WtMedia *media)
{
  g_autofree char *words = wt_file_kind_dup_words (media);
  g_autofree char *size = media->size >= 0 ? g_format_size_full ((guint64) media->size,
                                                                 G_FORMAT_SIZE_LONG_FORMAT)
                                           : NULL;
  g_autoptr (GString) facts = g_string_new (words);
  const char *title = media->name != NULL && *media->name != '\0' ? media->name : _ ("Unnamed");
  g_autofree char *line = wt_display_text_line (title, MOST_VALUE);

  if (media->mime_type != NULL && *media->mime_type != '\0')
    g_string_append_printf (facts, "%s%s", facts->len > 0 ? " · " : "", media->mime_type);
  if (media->width > 0 && media->height > 0)
    g_string_append_printf (facts, " · %d × %d", media->width, media->height);
  if (size != NULL)
    g_string_append_printf (facts, " · %s", size);
  add_row (self->attachments, line, facts->str, FALSE);
  add_row (self->attachments, _ ("SHA-256"), media->blob, TRUE);
  add_row (self->attachments, _ ("Address"), media->url, TRUE);
}

static void
add_attachments (WtMessageDetails *self, WtSegment *segment, guint *left)
{
  const WtMedia *media = wt_segment_get_media (segment);

  if (media != NULL && *left > 0)
    {
      add_attachment (self, media);
      --*left;
    }
  for (guint i = 0; i < wt_segment_get_n_children (segment) && *left > 0; i++)
    add_attachments (self, wt_segment_get_child (segment, i), left);
}

/* The envelope */

static void
fill_route (WtMessageDetails *self, const WtMessageEnvelope *envelope)
{
  const WtMessageRecord *record = wt_message_get_record (self->message);
  const WtConversationRecord *conversation = wt_conversation_get_record (self->conversation);
  WtAccount *account = wt_session_get_account (self->session);
  g_autofree char *name = wt_account_dup_display_name (account);
  g_autofree char *size = g_format_size_full (envelope->size, G_FORMAT_SIZE_LONG_FORMAT);

  add_row (self->route, _ ("Account"), name, FALSE);
  if (record->direction == WT_DIRECTION_OUT)
    add_row (self->route, _ ("Routed to the platform"),
             envelope->has_target ? envelope->target_platform
                                  : _ ("Nowhere: neither the chat nor the account has a target"),
             FALSE);
  if (conversation->kind == WT_CONVERSATION_GROUP)
    add_row (self->route, _ ("Group id"), conversation->peer_id, TRUE);
  add_row (self->route, _ ("Written for"),
           wt_details_words_dialect (wt_conversation_get_dialect (self->conversation)), FALSE);
  add_row (self->route, _ ("Size of the envelope"), size, FALSE);
}

static void
fill_warnings (WtMessageDetails *self, GPtrArray *lints)
{
  gtk_widget_set_visible (self->warnings, lints->len > 0);
  for (guint i = 0; i < lints->len; i++)
    {
      const WtLint *lint = g_ptr_array_index (lints, i);
      g_autofree char *words = wt_frame_words_lint (lint);
      GtkWidget *row = add_row (self->warnings, words, wt_frame_words_remedy (lint->rule), FALSE);

      gtk_widget_remove_css_class (row, "property");
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
    }
}

static void
fill_contents (WtMessageDetails *self, const WtMessageEnvelope *envelope)
{
  gboolean outgoing = wt_message_get_outgoing (self->message);
  g_autofree char *pretty = envelope->cut == 0 ? wt_raw_json_make_pretty (envelope->json)
                                               : g_strdup (envelope->json);

  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->contents),
      outgoing ? _ ("As it is sent. Keys are hidden, pictures and files left out.")
               : _ ("Built anew from what is stored: what came is not kept as it was. Keys are "
                    "hidden, pictures and files left out."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->contents),
                                           wt_raw_json_copy_button_new (pretty));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->contents),
                             wt_raw_json_view_new (pretty, _ ("Envelope")));
}

/* The window cancels it in its dispose, and is not kept alive by it: a window that outlives the one it belongs to
 * is more than GTK expects. */
static void
on_envelope (GObject *source, GAsyncResult *result, gpointer data)
{
  WtMessageDetails *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMessageEnvelope) envelope = wt_message_envelope_make_finish (WT_SESSION (source),
                                                                            result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_visible (self->route, envelope != NULL);
  gtk_widget_set_visible (self->contents, TRUE);
  if (envelope != NULL)
    {
      fill_route (self, envelope);
      fill_warnings (self, envelope->lints);
      fill_contents (self, envelope);
    }
  else
    {
      g_autofree char *sentence = wt_error_words_sentence (error);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->contents), sentence);
    }
}

static void
fill (WtMessageDetails *self)
{
  const WtMessageRecord *record = wt_message_get_record (self->message);
  WtSegment *segment = wt_message_get_segment (self->message);
  guint left = MOST_ATTACHMENTS;

  fill_delivery (self);
  fill_ids (self, record);
  if (segment != NULL && !record->deleted)
    add_attachments (self, segment, &left);
  gtk_widget_set_visible (self->attachments, left < MOST_ATTACHMENTS);
  if (!record->deleted)
    wt_message_envelope_make_async (self->session, self->conversation, self->message,
                                    self->cancellable, on_envelope, self);
}

/* What it said is gone, here too. */
static void
on_deleted (WtMessageDetails *self)
{
  if (!wt_message_get_deleted (self->message))
    return;
  g_cancellable_cancel (self->cancellable);
  fill_delivery (self);
  gtk_widget_set_visible (self->route, FALSE);
  gtk_widget_set_visible (self->attachments, FALSE);
  gtk_widget_set_visible (self->warnings, FALSE);
  gtk_widget_set_visible (self->contents, FALSE);
}

static void
wt_message_details_dispose (GObject *object)
{
  WtMessageDetails *self = WT_MESSAGE_DETAILS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->message);
  g_clear_object (&self->conversation);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (wt_message_details_parent_class)->dispose (object);
}

static void
wt_message_details_finalize (GObject *object)
{
  WtMessageDetails *self = WT_MESSAGE_DETAILS (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (wt_message_details_parent_class)->finalize (object);
}

static void
wt_message_details_class_init (WtMessageDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_message_details_dispose;
  object_class->finalize = wt_message_details_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
add_group (WtMessageDetails *self, const char *title, gboolean visible)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_widget_set_visible (group, visible);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
wt_message_details_init (WtMessageDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_window_set_title (GTK_WINDOW (self), _ ("Message Details"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  self->page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (self->page, TRUE);
  self->delivery = add_group (self, _ ("Delivery"), TRUE);
  self->warnings = add_group (self, _ ("Warnings"), FALSE);
  self->route = add_group (self, _ ("Route"), FALSE);
  self->ids = add_group (self, _ ("Identifiers"), TRUE);
  self->attachments = add_group (self, _ ("Attachments"), FALSE);
  self->contents = add_group (self, _ ("Envelope"), FALSE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->page);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * wt_message_details_new:
 * @session: whose it is
 * @conversation: where it is
 * @message: a loaded message
 *
 * Returns: (transfer none): a window, owned by GTK like every toplevel, not shown yet
 */
GtkWidget *
wt_message_details_new (WtSession *session, WtConversation *conversation, WtMessage *message)
{
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (WT_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (wt_message_get_loaded (message), NULL);

  WtMessageDetails *self = g_object_new (WT_TYPE_MESSAGE_DETAILS, NULL);

  self->session = g_object_ref (session);
  self->conversation = g_object_ref (conversation);
  self->message = g_object_ref (message);
  g_signal_connect_object (session, "delivery-changed", G_CALLBACK (on_delivery), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::delivery", G_CALLBACK (fill_delivery), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::deleted", G_CALLBACK (on_deleted), self,
                           G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
