/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composer-item.h"

#include <glib/gi18n-lib.h>

#include "wt-css-class.h"
#include "wt-display-text.h"
#include "wt-file-kind.h"

#define THUMBNAIL_SIZE 56
#define NAME_CHARS 18
#define MOST_NAME 120

struct _WtComposerItem
{
  GtkWidget parent_instance;

  /* owned */
  WtComposerAttachment *attachment;
  WtPictureLoader *loader; /* nullable */
  GCancellable *cancellable;
  char *path; /* (nullable): what the thumbnail shows */

  /* children */
  GtkWidget *box;
  GtkWidget *picture;
  GtkWidget *icon;
  GtkWidget *spinner;
  GtkWidget *name;
  GtkWidget *words;
  GtkWidget *options;
  GtkWidget *as_file;
  GtkWidget *scaled;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (WtComposerItem, wt_composer_item, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_REMOVE,
  SIGNAL_MOVE,
  SIGNAL_DROP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtComposerItem) self = data;
  g_autoptr (GdkTexture) texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source),
                                                                  result, NULL, NULL);

  /* None of what was cancelled either: something else is asked for by then, or the item is gone. */
  if (texture == NULL)
    return;

  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->picture, TRUE);
  gtk_widget_set_visible (self->icon, FALSE);
}

static void
load_thumbnail (WtComposerItem *self)
{
  g_autofree char *path = wt_composer_attachment_get_is_picture (self->attachment)
                              ? wt_composer_attachment_dup_path (self->attachment)
                              : NULL;
  int size = THUMBNAIL_SIZE * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (path == NULL || self->loader == NULL || g_strcmp0 (path, self->path) == 0)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_free (self->path);
  self->path = g_steal_pointer (&path);
  /* The thumbnail is filled: the longer side is twice as long at most. */
  wt_picture_loader_load_async (self->loader, self->path, 2 * size, 2 * size, self->cancellable,
                                on_loaded, g_object_ref (self));
}

static void
update_icon (WtComposerItem *self)
{
  g_autoptr (WtMedia) media = NULL;
  g_autoptr (GIcon) icon = NULL;

  if (wt_composer_attachment_get_media (self->attachment) != NULL)
    media = wt_media_copy (wt_composer_attachment_get_media (self->attachment));
  else
    {
      media = wt_media_new ();
      media->name = g_strdup (wt_composer_attachment_get_name (self->attachment));
    }
  icon = wt_file_kind_get_icon (media);
  gtk_image_set_from_gicon (GTK_IMAGE (self->icon), icon);
}

static void
update_accessible (WtComposerItem *self, const char *name, const char *words)
{
  gboolean busy = wt_composer_attachment_get_state (self->attachment)
                  == WT_COMPOSER_ATTACHMENT_LOADING;
  /* Translators: an attachment as a screen reader says it: name, size or trouble */
  g_autofree char *label = g_strdup_printf (_ ("Attachment %s, %s"), name, words);
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove, -1);
}

static void
update (WtComposerItem *self)
{
  WtComposerAttachment *attachment = self->attachment;
  WtComposerAttachmentState state = wt_composer_attachment_get_state (attachment);
  gboolean loading = state == WT_COMPOSER_ATTACHMENT_LOADING;
  gboolean failed = state == WT_COMPOSER_ATTACHMENT_FAILED;
  g_autofree char *name = wt_display_text_line (wt_composer_attachment_get_name (attachment),
                                                MOST_NAME);
  const char *words = wt_composer_attachment_get_words (attachment);

  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_widget_set_tooltip_text (self->name, name);
  gtk_label_set_text (GTK_LABEL (self->words), *words != '\0' ? words : _ ("Reading…"));
  gtk_widget_set_tooltip_text (self->words, failed ? words : NULL);
  gtk_label_set_lines (GTK_LABEL (self->words), failed ? 3 : 1);
  wt_css_class_set (GTK_WIDGET (self), "failed", failed);
  gtk_widget_set_visible (self->spinner, loading);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), loading);

  gtk_widget_set_visible (self->as_file,
                          !failed && wt_composer_attachment_get_can_be_file (attachment));
  gtk_widget_set_visible (self->scaled,
                          !failed && wt_composer_attachment_get_can_scale (attachment));
  update_icon (self);
  load_thumbnail (self);
  update_accessible (self, name, gtk_label_get_text (GTK_LABEL (self->words)));
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_REMOVE], 0);
}

static void
on_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  int by = g_variant_get_int32 (parameter);

  g_signal_emit (widget, signals[SIGNAL_MOVE], 0,
                 gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? -by : by);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, WtComposerItem *self)
{
  return gdk_content_provider_new_typed (WT_TYPE_COMPOSER_ATTACHMENT, self->attachment);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, WtComposerItem *self)
{
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, icon, 16, 16);
}

static gboolean
on_dropped (GtkDropTarget *target, const GValue *value, double x, double y, WtComposerItem *self)
{
  WtComposerAttachment *dropped = g_value_get_object (value);

  if (dropped == NULL || dropped == self->attachment)
    return FALSE;

  g_signal_emit (self, signals[SIGNAL_DROP], 0, dropped);
  return TRUE;
}

static void
on_pressed (GtkGestureClick *click, int n_presses, double x, double y, WtComposerItem *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
add_controllers (WtComposerItem *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (WT_TYPE_COMPOSER_ATTACHMENT, GDK_ACTION_MOVE);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (on_drag_prepare), self, 0);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begin), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  g_signal_connect_object (drop, "drop", G_CALLBACK (on_dropped), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop));

  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
wt_composer_item_dispose (GObject *object)
{
  WtComposerItem *self = WT_COMPOSER_ITEM (object);

  g_cancellable_cancel (self->cancellable);
  self->picture = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_composer_item_parent_class)->dispose (object);
}

static void
wt_composer_item_finalize (GObject *object)
{
  WtComposerItem *self = WT_COMPOSER_ITEM (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->attachment);
  g_clear_object (&self->loader);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (wt_composer_item_parent_class)->finalize (object);
}

static void
add_move_keys (GtkWidgetClass *klass, guint left, guint right)
{
  gtk_widget_class_add_binding_action (klass, left, GDK_CONTROL_MASK, "attachment.move", "i", -1);
  gtk_widget_class_add_binding_action (klass, right, GDK_CONTROL_MASK, "attachment.move", "i", 1);
}

static void
wt_composer_item_class_init (WtComposerItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_composer_item_dispose;
  object_class->finalize = wt_composer_item_finalize;

  signals[SIGNAL_REMOVE] = g_signal_new ("remove", WT_TYPE_COMPOSER_ITEM, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MOVE] = g_signal_new ("move", WT_TYPE_COMPOSER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_DROP] = g_signal_new ("drop", WT_TYPE_COMPOSER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_COMPOSER_ATTACHMENT);

  gtk_widget_class_install_action (widget_class, "attachment.remove", NULL, on_remove);
  gtk_widget_class_install_action (widget_class, "attachment.move", "i", on_move);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "attachment.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "attachment.remove",
                                       NULL);
  add_move_keys (widget_class, GDK_KEY_Left, GDK_KEY_Right);
  add_move_keys (widget_class, GDK_KEY_KP_Left, GDK_KEY_KP_Right);

  gtk_widget_class_set_css_name (widget_class, "attachment");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_thumbnail (WtComposerItem *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 32);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->icon);

  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_visible (self->picture, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->picture);

  self->spinner = gtk_spinner_new ();
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_CENTER);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->spinner);

  gtk_widget_set_size_request (overlay, THUMBNAIL_SIZE, THUMBNAIL_SIZE);
  gtk_widget_set_valign (overlay, GTK_ALIGN_START);
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (overlay, "thumbnail");
  return overlay;
}

static GtkWidget *
make_label (const char *css_class, PangoEllipsizeMode ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_words (WtComposerItem *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->name = make_label ("name", PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (box), self->name);
  self->words = make_label ("words", PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->words), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), self->words);

  self->options = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->as_file = gtk_check_button_new_with_label (_ ("As File"));
  gtk_widget_set_tooltip_text (self->as_file, _ ("Send the picture as a file, just as it is"));
  gtk_box_append (GTK_BOX (self->options), self->as_file);
  /* Translators: with fewer pixels */
  self->scaled = gtk_check_button_new_with_label (_ ("Smaller"));
  gtk_widget_set_tooltip_text (self->scaled, _ ("Send the picture with fewer pixels"));
  gtk_box_append (GTK_BOX (self->options), self->scaled);
  gtk_box_append (GTK_BOX (box), self->options);

  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
wt_composer_item_init (WtComposerItem *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), make_thumbnail (self));
  gtk_box_append (GTK_BOX (self->box), make_words (self));

  self->remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_set_tooltip_text (self->remove, _ ("Remove"));
  gtk_widget_set_valign (self->remove, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_add_css_class (self->remove, "circular");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->remove), "attachment.remove");
  gtk_box_append (GTK_BOX (self->box), self->remove);
  add_controllers (self);
}

/**
 * wt_composer_item_new:
 * @attachment: what it shows
 * @loader: (nullable): for the thumbnail
 *
 * Returns: (transfer floating): an item for the tray
 */
GtkWidget *
wt_composer_item_new (WtComposerAttachment *attachment, WtPictureLoader *loader)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (attachment), NULL);
  g_return_val_if_fail (loader == NULL || WT_IS_PICTURE_LOADER (loader), NULL);

  WtComposerItem *self = g_object_new (WT_TYPE_COMPOSER_ITEM, NULL);

  self->attachment = g_object_ref (attachment);
  g_set_object (&self->loader, loader);
  g_object_bind_property (attachment, "as-file", self->as_file, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (attachment, "scaled", self->scaled, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (attachment, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (attachment, "notify::name", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * wt_composer_item_get_attachment:
 * @self: an item
 *
 * Returns: (transfer none): what it shows
 */
WtComposerAttachment *
wt_composer_item_get_attachment (WtComposerItem *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ITEM (self), NULL);

  return self->attachment;
}
