/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-voice-block.h"

#include <glib/gi18n-lib.h>

#include "wt-file-saver.h"
#include "wt-media-transfer.h"
#include "wt-message-block.h"
#include "wt-tooltip.h"

#define SPACING 10
#define SCALE_WIDTH 140
#define WORDS_WIDTH_CHARS 30

/* By a key on the scale, in seconds. */
#define STEP 1
#define PAGE 5

struct _WtVoiceBlock
{
  GtkWidget parent_instance;

  /* owned */
  WtMediaTransfer *transfer;
  WtVoicePlayer *player; /* nullable */
  char *key;             /* of the recording, for the player */
  char *path;            /* nullable: once it is here */

  gboolean updating; /* the scale moves by itself */

  /* children, owned by the widget tree */
  GtkWidget *button;
  GtkWidget *middle;
  GtkWidget *scale;
  GtkWidget *words;
  GtkWidget *save; /* where it cannot be played */
};

static void init_block (WtMessageBlockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtVoiceBlock,
                               wt_voice_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_MESSAGE_BLOCK, init_block))

static char *
make_clock (gint64 duration)
{
  gint64 seconds = duration / G_USEC_PER_SEC;

  if (seconds >= 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600,
                            (int) (seconds / 60 % 60), (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

static gboolean
is_current (WtVoiceBlock *self)
{
  return self->player != NULL && wt_voice_player_is_current (self->player, self->key);
}

/* "0:03 / 0:12"; its size where the length is not known before it is played. */
static char *
make_times (WtVoiceBlock *self, gint64 position, gint64 duration)
{
  const WtMedia *media = wt_media_transfer_get_media (self->transfer);
  g_autofree char *at = make_clock (position);
  g_autofree char *whole = NULL;

  /* Shorter ones would all be "0:00". */
  if (duration > 0)
    whole = make_clock (MAX (duration, G_USEC_PER_SEC));
  if (whole != NULL)
    return is_current (self) ? g_strdup_printf ("%s / %s", at, whole) : g_steal_pointer (&whole);
  if (is_current (self))
    return g_steal_pointer (&at);
  if (media->size < 0)
    return g_strdup (_ ("Voice message"));

  whole = g_format_size ((guint64) media->size);
  return g_strdup_printf ("%s · %s", _ ("Voice message"), whole);
}

static char *
make_words (WtVoiceBlock *self, gint64 position, gint64 duration, gboolean *bad)
{
  const GError *error = is_current (self) ? wt_voice_player_get_error (self->player) : NULL;
  WtMediaState state = wt_media_transfer_get_state (self->transfer);
  char *words = wt_media_transfer_dup_words (self->transfer);

  *bad = error != NULL || state == WT_MEDIA_STATE_FAILED || state == WT_MEDIA_STATE_BROKEN;
  if (words != NULL)
    return words;
  if (error != NULL)
    return g_strdup (_ ("Cannot be played here; save it instead"));

  return make_times (self, position, duration);
}

static void
set_button (WtVoiceBlock *self, const char *icon_name, const char *words)
{
  gtk_button_set_icon_name (GTK_BUTTON (self->button), icon_name);
  wt_tooltip_set_text (self->button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
update_button (WtVoiceBlock *self, WtMediaState state)
{
  const char *icon_name, *words;

  if (wt_media_transfer_get_offer (self->transfer, &icon_name, &words))
    set_button (self, icon_name, words);
  else if (is_current (self) && wt_voice_player_get_playing (self->player))
    /* Translators: holds a recording, or the list of frames, for a moment */
    set_button (self, "media-playback-pause-symbolic", _ ("Pause"));
  else
    set_button (self, "media-playback-start-symbolic", _ ("Play"));
  gtk_widget_set_sensitive (self->button, state != WT_MEDIA_STATE_BROKEN
                                              && state != WT_MEDIA_STATE_REMOVED
                                              && state != WT_MEDIA_STATE_ELSEWHERE);
}

static void
update_scale (WtVoiceBlock *self, WtMediaState state, gint64 position, gint64 duration)
{
  double whole = duration > 0 ? (double) duration / G_USEC_PER_SEC : 1;
  double fraction = wt_media_transfer_get_fraction (self->transfer);
  double value = state == WT_MEDIA_STATE_RUNNING ? MAX (fraction, 0) * whole
                                                 : (double) position / G_USEC_PER_SEC;

  self->updating = TRUE;
  gtk_range_set_range (GTK_RANGE (self->scale), 0, whole);
  gtk_range_set_value (GTK_RANGE (self->scale), MIN (value, whole));
  gtk_widget_set_sensitive (self->scale,
                            state == WT_MEDIA_STATE_STORED && is_current (self) && duration > 0);
  self->updating = FALSE;
}

static void
update (WtVoiceBlock *self)
{
  WtMediaState state = wt_media_transfer_get_state (self->transfer);
  gint64 position = is_current (self) ? wt_voice_player_get_position (self->player) : 0;
  gint64 duration = -1;
  gboolean bad;
  g_autofree char *words = NULL;

  if (wt_media_transfer_get_media (self->transfer) == NULL)
    return;

  if (self->path != NULL && self->player != NULL)
    duration = wt_voice_player_get_duration (self->player, self->path);
  words = make_words (self, position, duration, &bad);
  if (!g_str_equal (words, gtk_label_get_text (GTK_LABEL (self->words))))
    {
      g_autofree char *spoken = g_strdup_printf (_ ("Voice message, %s"), words);

      gtk_label_set_text (GTK_LABEL (self->words), words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                      -1);
    }
  wt_tooltip_set_text (self->words, bad ? words : NULL);
  if (bad)
    gtk_widget_add_css_class (self->words, "bad");
  else
    gtk_widget_remove_css_class (self->words, "bad");
  gtk_widget_set_visible (self->save, bad && state == WT_MEDIA_STATE_STORED);
  update_button (self, state);
  update_scale (self, state, position, duration);
}

static void
on_toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtVoiceBlock *self = WT_VOICE_BLOCK (widget);

  if (wt_media_transfer_get_state (self->transfer) != WT_MEDIA_STATE_STORED)
    wt_media_transfer_accept (self->transfer);
  else if (self->path == NULL || self->player == NULL)
    return;
  else if (is_current (self) && wt_voice_player_get_playing (self->player))
    wt_voice_player_pause (self->player);
  else
    wt_voice_player_play (self->player, self->key, self->path);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtVoiceBlock *self = WT_VOICE_BLOCK (widget);

  wt_file_saver_save (widget, wt_media_transfer_get_context (self->transfer),
                      wt_media_transfer_get_media (self->transfer));
}

static gboolean
on_change_value (GtkRange *range, GtkScrollType scroll, double value, WtVoiceBlock *self)
{
  if (!self->updating && is_current (self))
    wt_voice_player_seek (self->player, (gint64) (MAX (value, 0) * G_USEC_PER_SEC));
  return GDK_EVENT_PROPAGATE;
}

static void
set_player (WtVoiceBlock *self, WtVoicePlayer *player)
{
  if (self->player == player)
    return;

  if (self->player != NULL)
    g_signal_handlers_disconnect_by_func (self->player, update, self);
  g_set_object (&self->player, player);
  if (player != NULL)
    g_signal_connect_object (player, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
wt_voice_block_dispose (GObject *object)
{
  WtVoiceBlock *self = WT_VOICE_BLOCK (object);

  set_player (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->middle, gtk_widget_unparent);
  g_clear_pointer (&self->save, gtk_widget_unparent);
  g_clear_object (&self->transfer);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (wt_voice_block_parent_class)->dispose (object);
}

static void
wt_voice_block_class_init (WtVoiceBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_voice_block_dispose;
  gtk_widget_class_set_css_name (widget_class, "voiceblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "voice.toggle", NULL, on_toggle);
  gtk_widget_class_install_action (widget_class, "voice.save", NULL, on_save);
}

static void
init_middle (WtVoiceBlock *self)
{
  self->middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->middle, TRUE);
  gtk_widget_set_valign (self->middle, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->middle, GTK_WIDGET (self));

  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, STEP);
  gtk_range_set_increments (GTK_RANGE (self->scale), STEP, PAGE);
  gtk_widget_set_size_request (self->scale, SCALE_WIDTH, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: how far a recording has been played */
                                  _ ("Position"), -1);
  g_signal_connect_object (self->scale, "change-value", G_CALLBACK (on_change_value), self, 0);
  gtk_box_append (GTK_BOX (self->middle), self->scale);

  self->words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->words), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->words), WORDS_WIDTH_CHARS);
  gtk_label_set_single_line_mode (GTK_LABEL (self->words), TRUE);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_add_css_class (self->words, "subtitle");
  gtk_widget_add_css_class (self->words, "numeric");
  gtk_box_append (GTK_BOX (self->middle), self->words);

  self->save = gtk_button_new_from_icon_name ("document-save-as-symbolic");
  gtk_widget_add_css_class (self->save, "flat");
  gtk_widget_set_valign (self->save, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->save, _ ("Save As…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Save As…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "voice.save");
  gtk_widget_set_parent (self->save, GTK_WIDGET (self));
}

static void
wt_voice_block_init (WtVoiceBlock *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->transfer = wt_media_transfer_new ();
  g_signal_connect_object (self->transfer, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "voice.toggle");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  init_middle (self);
}

static void
wt_voice_block_set_part (WtMessageBlock *block,
                         const WtMessagePart *part,
                         WtMessage *message,
                         WtMessageContext *context)
{
  WtVoiceBlock *self = WT_VOICE_BLOCK (block);

  set_player (self, context != NULL ? wt_message_context_get_voices (context) : NULL);
  wt_media_transfer_set_part (self->transfer, part, message, context);
  g_free (self->key);
  self->key = g_strdup_printf ("%" G_GINT64_FORMAT ":%u",
                               message != NULL ? wt_message_get_id (message) : 0, part->position);
  g_free (self->path);
  self->path = wt_media_transfer_dup_path (self->transfer);
  update (self);
}

static void
init_block (WtMessageBlockInterface *iface)
{
  iface->set_part = wt_voice_block_set_part;
}
