/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-picture-strip.h"

#include "wt-shared-list.h"
#include "wt-thumbnail.h"

#define MOST 4

struct _WtPictureStrip
{
  AdwPreferencesRow parent_instance;

  /* Owned. */
  WtMessageContext *context;
  WtSharedList *pictures;
  GSignalGroup *signals;

  /* A child. */
  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (WtPictureStrip, wt_picture_strip, ADW_TYPE_PREFERENCES_ROW)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_clicked (WtPictureStrip *self, GtkButton *button)
{
  WtShared *shared = wt_thumbnail_get_shared (WT_THUMBNAIL (gtk_button_get_child (button)));

  if (shared != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, shared);
}

static GtkWidget *
make_thumbnail (WtPictureStrip *self, WtShared *shared)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *thumbnail = wt_thumbnail_new ();

  gtk_button_set_child (GTK_BUTTON (button), thumbnail);
  gtk_widget_add_css_class (button, "thumbnail-button");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  wt_thumbnail_set_shared (WT_THUMBNAIL (thumbnail), shared, self->context);
  return button;
}

static void
update (WtPictureStrip *self)
{
  guint n = self->pictures != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->pictures)) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < MIN (n, MOST); i++)
    {
      g_autoptr (WtShared) shared = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);

      gtk_box_append (self->box, make_thumbnail (self, shared));
    }
  /* Few are no larger than many. */
  for (guint i = n; n > 0 && i < MOST; i++)
    gtk_box_append (self->box, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
wt_picture_strip_dispose (GObject *object)
{
  WtPictureStrip *self = WT_PICTURE_STRIP (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->pictures);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wt_picture_strip_parent_class)->dispose (object);
}

static void
wt_picture_strip_class_init (WtPictureStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_picture_strip_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WT_TYPE_PICTURE_STRIP, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_SHARED);
}

static void
wt_picture_strip_init (WtPictureStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (box, "thumbnail-strip");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  self->box = GTK_BOX (box);
  self->signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->signals, "items-changed", G_CALLBACK (update), self);
}

/**
 * wt_picture_strip_set_conversation:
 * @self: a strip
 * @context: the chat view's
 * @session: (nullable): the conversation's session
 * @conversation: (nullable): whose pictures to show; %NULL with @session
 */
void
wt_picture_strip_set_conversation (WtPictureStrip *self,
                                   WtMessageContext *context,
                                   WtSession *session,
                                   WtConversation *conversation)
{
  g_return_if_fail (WT_IS_PICTURE_STRIP (self));
  g_return_if_fail ((session == NULL) == (conversation == NULL));

  g_set_object (&self->context, context);
  g_clear_object (&self->pictures);
  if (conversation != NULL)
    {
      self->pictures = wt_session_open_shared (session, conversation, "image");
      wt_shared_list_more (self->pictures);
    }
  g_signal_group_set_target (self->signals, self->pictures);
  update (self);
}
