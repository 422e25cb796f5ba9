/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-frame-row.h"

#include <glib/gi18n-lib.h>

#include "wt-display-text.h"
#include "wt-frame-words.h"
#include "wt-line-label.h"
#include "wt-tooltip.h"

#define MOST_TITLE 160

struct _WtFrameRow
{
  GtkWidget parent_instance;

  /* owned */
  GSignalGroup *signals; /* of the frame shown */

  /* children */
  GtkWidget *arrow;
  GtkWidget *lines;
  GtkWidget *title;
  GtkWidget *caption;
  GtkWidget *state; /* a box: what became of its ACK, and whether something is wrong */
  GtkWidget *ack;
  GtkWidget *warning;
};

G_DEFINE_FINAL_TYPE (WtFrameRow, wt_frame_row, GTK_TYPE_WIDGET)

static char *
make_short_ack (WtFrame *frame)
{
  switch (wt_frame_get_ack (frame))
    {
    case WT_FRAME_ACK_DONE:
      return wt_frame_words_round_trip (wt_frame_get_round_trip (frame));
    case WT_FRAME_ACK_PENDING:
      return g_strdup ("…");
    case WT_FRAME_ACK_LOST:
      /* Translators: a message to which no acknowledgement came; short */
      return g_strdup (_ ("no ACK"));
    case WT_FRAME_ACK_NONE:
    default:
      return g_strdup ("");
    }
}

static void
set_spoken (WtFrameRow *self, WtFrame *frame)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *spoken = wt_frame_words_spoken (frame);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                    -1);
}

static void
show_ack (WtFrameRow *self, GParamSpec *pspec, WtFrame *frame)
{
  g_autofree char *ack = make_short_ack (frame);
  g_autofree char *words = wt_frame_words_ack (frame);

  gtk_label_set_text (GTK_LABEL (self->ack), ack);
  wt_tooltip_set_text (self->ack, words);
  if (wt_frame_get_ack (frame) == WT_FRAME_ACK_LOST)
    gtk_widget_add_css_class (self->ack, "lost");
  else
    gtk_widget_remove_css_class (self->ack, "lost");
  set_spoken (self, frame);
}

static void
show_caption (WtFrameRow *self, WtFrame *frame)
{
  g_autofree char *time = wt_frame_words_time (wt_frame_get_time (frame));
  g_autoptr (GString) caption = g_string_new (time);
  const char *id = wt_frame_get_kind (frame) == WT_FRAME_ACK ? wt_frame_get_acked_msg_id (frame)
                                                             : wt_frame_get_msg_id (frame);

  g_string_append_printf (caption, " · %s", wt_frame_words_kind (frame));
  if (id != NULL)
    {
      g_autofree char *line = wt_display_text_line (id, MOST_TITLE);

      g_string_append_printf (caption, " · %s", line);
    }
  gtk_label_set_text (GTK_LABEL (self->caption), caption->str);
}

static void
wt_frame_row_dispose (GObject *object)
{
  WtFrameRow *self = WT_FRAME_ROW (object);

  g_clear_pointer (&self->arrow, gtk_widget_unparent);
  g_clear_pointer (&self->lines, gtk_widget_unparent);
  g_clear_pointer (&self->state, gtk_widget_unparent);
  g_clear_object (&self->signals);

  G_OBJECT_CLASS (wt_frame_row_parent_class)->dispose (object);
}

static void
wt_frame_row_class_init (WtFrameRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_frame_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "framerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_line (const char *css_class)
{
  GtkWidget *label = wt_line_label_new (css_class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static void
wt_frame_row_init (WtFrameRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), 12);
  self->arrow = gtk_image_new ();
  gtk_widget_set_parent (self->arrow, widget);

  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->title = make_line ("frame-title");
  self->caption = make_line ("caption");
  gtk_widget_add_css_class (self->caption, "dim-label");
  gtk_widget_add_css_class (self->caption, "numeric");
  gtk_box_append (GTK_BOX (self->lines), self->title);
  gtk_box_append (GTK_BOX (self->lines), self->caption);
  gtk_widget_set_parent (self->lines, widget);

  self->state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->warning, "warning");
  self->ack = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->ack, "caption");
  gtk_widget_add_css_class (self->ack, "numeric");
  gtk_box_append (GTK_BOX (self->state), self->warning);
  gtk_box_append (GTK_BOX (self->state), self->ack);
  gtk_widget_set_parent (self->state, widget);

  self->signals = g_signal_group_new (WT_TYPE_FRAME);
  g_signal_group_connect_object (self->signals, "notify::ack", G_CALLBACK (show_ack), self,
                                 G_CONNECT_SWAPPED);
}

/**
 * wt_frame_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
wt_frame_row_new (void)
{
  return g_object_new (WT_TYPE_FRAME_ROW, NULL);
}

/**
 * wt_frame_row_set_frame:
 * @self: a row in its list
 * @frame: (nullable): what to show
 */
void
wt_frame_row_set_frame (WtFrameRow *self, WtFrame *frame)
{
  g_return_if_fail (WT_IS_FRAME_ROW (self));

  g_signal_group_set_target (self->signals, frame);
  if (frame == NULL)
    return;

  g_autofree char *words = wt_frame_words_title (frame);
  g_autofree char *title = wt_display_text_line (words, MOST_TITLE);
  GPtrArray *lints = wt_frame_get_lints (frame);
  g_autofree char *lint = lints != NULL && lints->len > 0
                              ? wt_frame_words_lint (g_ptr_array_index (lints, 0))
                              : NULL;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), wt_frame_words_icon_name (frame));
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->warning, lint != NULL);
  wt_tooltip_set_text (self->warning, lint);
  show_caption (self, frame);
  show_ack (self, NULL, frame);
}
