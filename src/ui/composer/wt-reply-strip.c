/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-reply-strip.h"

#include <glib/gi18n-lib.h>

#include "wt-author-words.h"
#include "wt-display-text.h"
#include "wt-line-label.h"
#include "wt-segment.h"

#define MOST_TEXT 160

struct _WtReplyStrip
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *author;
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (WtReplyStrip, wt_reply_strip, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Of the first picture or file in it, however deep in lists. */
static const char *
find_icon (WtSegment *segment)
{
  switch (wt_segment_get_kind (segment))
    {
    case WT_SEGMENT_IMAGE:
      return "image-x-generic-symbolic";
    case WT_SEGMENT_EMOJI:
      return "face-smile-symbolic";
    case WT_SEGMENT_VOICE:
      return "audio-input-microphone-symbolic";
    case WT_SEGMENT_FILE:
      return "text-x-generic-symbolic";
    case WT_SEGMENT_SEGLIST:
      break;
    case WT_SEGMENT_TEXT:
    case WT_SEGMENT_AT:
    case WT_SEGMENT_FACE:
    case WT_SEGMENT_REPLY:
    case WT_SEGMENT_FORWARD:
    case WT_SEGMENT_OTHER:
    default:
      return NULL;
    }

  for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
    {
      const char *found = find_icon (wt_segment_get_child (segment, i));

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
set_icon (WtReplyStrip *self, const WtMessageRecord *message)
{
  g_autoptr (WtSegment) segment = wt_message_record_dup_segment (message, NULL);
  const char *name = segment != NULL ? find_icon (segment) : NULL;

  gtk_widget_set_visible (self->icon, name != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), name);
}

static void
on_close (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSE], 0);
}

static void
wt_reply_strip_dispose (GObject *object)
{
  g_clear_pointer (&WT_REPLY_STRIP (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_reply_strip_parent_class)->dispose (object);
}

static void
wt_reply_strip_class_init (WtReplyStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_reply_strip_dispose;

  signals[SIGNAL_CLOSE] = g_signal_new ("close", WT_TYPE_REPLY_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "reply.close", NULL, on_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "reply.close", NULL);
  gtk_widget_class_set_css_name (widget_class, "replystrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wt_reply_strip_init (WtReplyStrip *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (self->box), self->icon);

  self->author = wt_line_label_new ("author");
  self->text = wt_line_label_new ("text");
  gtk_box_append (GTK_BOX (words), self->author);
  gtk_box_append (GTK_BOX (words), self->text);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (self->box), words);

  gtk_widget_set_tooltip_text (close, _ ("Do Not Reply"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Do Not Reply"), -1);
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "circular");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "reply.close");
  gtk_box_append (GTK_BOX (self->box), close);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
wt_reply_strip_new (void)
{
  return g_object_new (WT_TYPE_REPLY_STRIP, NULL);
}

/**
 * wt_reply_strip_set_message:
 * @self: a strip
 * @message: (nullable): what is replied to
 *
 * Shows it in a line, or hides.
 */
void
wt_reply_strip_set_message (WtReplyStrip *self, const WtMessageRecord *message)
{
  g_return_if_fail (WT_IS_REPLY_STRIP (self));

  g_autofree char *author = NULL;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), message != NULL);
  if (message == NULL)
    return;

  author = wt_author_words (message);
  if (message->text != NULL)
    text = wt_display_text_line (message->text, MOST_TEXT);
  spoken = g_strdup_printf (_ ("Replying to %s: %s"), author, text != NULL ? text : "");
  gtk_label_set_text (GTK_LABEL (self->author), author);
  gtk_label_set_text (GTK_LABEL (self->text), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  set_icon (self, message);
}
