/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-shared-row.h"

#include "wt-details-words.h"
#include "wt-file-kind.h"
#include "wt-file-opener.h"
#include "wt-file-saver.h"
#include "wt-line-label.h"

#include <glib/gi18n-lib.h>

struct _WtSharedRow
{
  GtkWidget parent_instance;

  /* owned */
  WtMessageContext *context;
  WtShared *shared;
  GSignalGroup *voice_signals;

  /* children */
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *about;
  GtkWidget *jump;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (WtSharedRow, wt_shared_row, GTK_TYPE_WIDGET)

static gboolean
is_voice (WtShared *shared)
{
  return g_strcmp0 (wt_shared_get_record (shared)->attachment->kind, "voice") == 0;
}

/* The same as in the chat, so that it is the same recording wherever it is started. */
static char *
make_key (WtShared *shared)
{
  const WtAttachmentRecord *attachment = wt_shared_get_record (shared)->attachment;

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%u", attachment->message_id,
                          (guint) attachment->position);
}

static gboolean
is_playing (WtMessageContext *context, WtShared *shared)
{
  WtVoicePlayer *player = wt_message_context_get_voices (context);
  g_autofree char *key = make_key (shared);

  return player != NULL && wt_voice_player_is_current (player, key)
         && wt_voice_player_get_playing (player);
}

static void
toggle_voice (WtMessageContext *context, WtShared *shared)
{
  WtVoicePlayer *player = wt_message_context_get_voices (context);
  WtSession *session = wt_message_context_get_session (context);
  g_autofree char *key = make_key (shared);
  g_autofree char *path = session != NULL
                              ? wt_session_dup_media_path (session, wt_shared_get_media (shared))
                              : NULL;

  if (is_playing (context, shared))
    wt_voice_player_pause (player);
  else if (player != NULL && path != NULL)
    wt_voice_player_play (player, key, path);
  else
    wt_message_context_jump (context, wt_shared_get_record (shared)->seq);
}

/**
 * wt_shared_row_activate:
 * @widget: where it is shown
 * @context: knows session and conversation
 * @shared: a file or recording
 *
 * Plays a recording, or opens a file, where it is here and may be opened; else goes to its message, which says what else can
 * be done.
 */
void
wt_shared_row_activate (GtkWidget *widget, WtMessageContext *context, WtShared *shared)
{
  const WtMedia *media = wt_shared_get_media (shared);

  if (is_voice (shared))
    toggle_voice (context, shared);
  else if (wt_file_opener_can_open (context, media))
    wt_file_opener_open (widget, context, media);
  else
    wt_message_context_jump (context, wt_shared_get_record (shared)->seq);
}

static void
update_icon (WtSharedRow *self)
{
  if (self->shared == NULL)
    return;
  if (is_voice (self->shared))
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), is_playing (self->context, self->shared)
                                                                ? "media-playback-pause-symbolic"
                                                                : "media-playback-start-symbolic");
      return;
    }

  g_autoptr (GIcon) icon = wt_file_kind_get_icon (wt_shared_get_media (self->shared));

  gtk_image_set_from_gicon (GTK_IMAGE (self->icon), icon);
}

static void
on_jump (WtSharedRow *self)
{
  if (self->shared != NULL)
    wt_message_context_jump (self->context, wt_shared_get_record (self->shared)->seq);
}

static void
on_save (WtSharedRow *self)
{
  if (self->shared != NULL)
    wt_file_saver_save (GTK_WIDGET (self), self->context, wt_shared_get_media (self->shared));
}

static void
wt_shared_row_dispose (GObject *object)
{
  WtSharedRow *self = WT_SHARED_ROW (object);

  g_clear_object (&self->voice_signals);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->shared);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wt_shared_row_parent_class)->dispose (object);
}

static void
wt_shared_row_class_init (WtSharedRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_shared_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_label (PangoEllipsizeMode mode)
{
  GtkWidget *label = wt_line_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), mode);
  gtk_label_set_width_chars (GTK_LABEL (label), 1);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
make_button (WtSharedRow *self, const char *icon_name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
wt_shared_row_init (WtSharedRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 32);
  gtk_box_append (GTK_BOX (self->box), self->icon);
  self->name = make_label (PANGO_ELLIPSIZE_MIDDLE);
  self->about = make_label (PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->about, "caption");
  gtk_widget_add_css_class (self->about, "dim-label");
  gtk_box_append (GTK_BOX (lines), self->name);
  gtk_box_append (GTK_BOX (lines), self->about);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), lines);
  self->jump = make_button (self, "wt-chats-symbolic", G_CALLBACK (on_jump));
  self->save = make_button (self, "document-save-symbolic", G_CALLBACK (on_save));
}

/**
 * wt_shared_row_new:
 * @context: knows session and conversation
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
wt_shared_row_new (WtMessageContext *context)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (context), NULL);

  WtSharedRow *self = g_object_new (WT_TYPE_SHARED_ROW, NULL);

  self->context = g_object_ref (context);
  self->voice_signals = g_signal_group_new (WT_TYPE_VOICE_PLAYER);
  g_signal_group_connect_swapped (self->voice_signals, "changed", G_CALLBACK (update_icon), self);
  return GTK_WIDGET (self);
}

static void
set_words (GtkWidget *button, const char *words, const char *name)
{
  g_autofree char *label = g_strdup_printf ("%s: %s", words, name);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/**
 * wt_shared_row_set_shared:
 * @self: a row
 * @shared: (nullable): a file or recording
 */
void
wt_shared_row_set_shared (WtSharedRow *self, WtShared *shared)
{
  g_return_if_fail (WT_IS_SHARED_ROW (self));

  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = NULL, *about = NULL, *spoken = NULL;

  g_set_object (&self->shared, shared);
  g_signal_group_set_target (
      self->voice_signals,
      shared != NULL && is_voice (shared) ? wt_message_context_get_voices (self->context) : NULL);
  if (shared == NULL)
    return;
  name = wt_details_words_shared_name (shared);
  about = wt_details_words_shared (shared);
  spoken = g_strdup_printf ("%s, %s", name, about);
  update_icon (self);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->about), about);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  set_words (self->jump, _ ("Show in the Chat"), name);
  set_words (self->save, _ ("Save As…"), name);
  gtk_widget_set_visible (self->save,
                          wt_file_saver_can_save (self->context, wt_shared_get_media (shared)));
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                    -1);
}

/**
 * wt_shared_row_get_shared:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
WtShared *
wt_shared_row_get_shared (WtSharedRow *self)
{
  g_return_val_if_fail (WT_IS_SHARED_ROW (self), NULL);

  return self->shared;
}
