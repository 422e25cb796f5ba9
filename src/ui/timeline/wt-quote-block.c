/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-quote-block.h"

#include <glib/gi18n-lib.h>

#include "wt-author-words.h"
#include "wt-display-text.h"
#include "wt-message-block.h"
#include "wt-sniff.h"
#include "wt-tooltip.h"

#define SPACING 8
#define THUMBNAIL_SIZE 32
#define MOST_WIDTH_CHARS 40
#define MOST_TEXT 160

struct _WtQuoteBlock
{
  GtkWidget parent_instance;

  /* owned */
  WtMessageContext *context; /* nullable */
  char *reference;

  GCancellable *cancellable; /* nullable: of the thumbnail */

  gint64 seq; /* where to jump, or 0 */

  /* children, owned by the widget tree */
  GtkWidget *thumbnail;
  GtkWidget *words;
  GtkWidget *author;
  GtkWidget *text;
};

static void init_block (WtMessageBlockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtQuoteBlock,
                               wt_quote_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_MESSAGE_BLOCK, init_block))

static void
on_jump (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WtQuoteBlock *self = WT_QUOTE_BLOCK (widget);

  if (self->seq > 0 && self->context != NULL)
    wt_message_context_jump (self->context, self->seq);
}

/* The first of its media, however deep in lists. */
static WtSegment *
find_media (WtSegment *segment)
{
  if (wt_segment_get_kind (segment) != WT_SEGMENT_SEGLIST)
    return wt_segment_get_media (segment) != NULL ? segment : NULL;

  for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
    {
      WtSegment *found = find_media (wt_segment_get_child (segment, i));

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
get_icon_name (WtSegmentKind kind)
{
  switch (kind)
    {
    case WT_SEGMENT_IMAGE:
      return "image-x-generic-symbolic";
    case WT_SEGMENT_EMOJI:
      return "face-smile-symbolic";
    case WT_SEGMENT_VOICE:
      return "audio-input-microphone-symbolic";
    case WT_SEGMENT_FILE:
    case WT_SEGMENT_TEXT:
    case WT_SEGMENT_AT:
    case WT_SEGMENT_FACE:
    case WT_SEGMENT_REPLY:
    case WT_SEGMENT_SEGLIST:
    case WT_SEGMENT_FORWARD:
    case WT_SEGMENT_OTHER:
    default:
      return "text-x-generic-symbolic";
    }
}

static void
on_thumbnail (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtQuoteBlock) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source),
                                                                  result, NULL, &error);

  /* What was asked for before is cancelled. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture != NULL && self->thumbnail != NULL)
    gtk_image_set_from_paintable (GTK_IMAGE (self->thumbnail), GDK_PAINTABLE (texture));
}

/* Until it comes, and where it does not, the icon stands in its place, as large. */
static void
load_thumbnail (WtQuoteBlock *self, const WtMedia *media)
{
  WtSession *session = wt_message_context_get_session (self->context);
  WtPictureLoader *loader = wt_message_context_get_loader (self->context);
  int size = THUMBNAIL_SIZE * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autofree char *path = NULL;

  if (session == NULL || loader == NULL || media->blob == NULL
      || !wt_sniff_is_picture (media->mime_type))
    return;
  path = wt_session_dup_media_path (session, media);
  if (path == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  wt_picture_loader_load_async (loader, path, size, size, self->cancellable, on_thumbnail,
                                g_object_ref (self));
}

static void
set_thumbnail (WtQuoteBlock *self, const WtMessageRecord *record)
{
  g_autoptr (WtSegment) segment = NULL;
  WtSegment *media = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (record != NULL)
    segment = wt_message_record_dup_segment (record, NULL);
  if (segment != NULL)
    media = find_media (segment);

  gtk_widget_set_visible (self->thumbnail, media != NULL);
  if (media == NULL)
    return;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->thumbnail),
                                get_icon_name (wt_segment_get_kind (media)));
  load_thumbnail (self, wt_segment_get_media (media));
}

static void
set_words (WtQuoteBlock *self, const char *author, const char *text)
{
  g_autofree char *spoken = g_strdup_printf (_ ("Reply to %s: %s"), author, text);

  gtk_label_set_text (GTK_LABEL (self->author), author);
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
set_target (WtQuoteBlock *self, gint64 seq)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->seq = seq;
  gtk_widget_set_focusable (widget, seq > 0);
  wt_tooltip_set_text (widget, seq > 0 ? _ ("Show this message") : NULL);
  gtk_widget_action_set_enabled (widget, "quote.jump", seq > 0);
  if (seq > 0)
    gtk_widget_add_css_class (widget, "activatable");
  else
    gtk_widget_remove_css_class (widget, "activatable");
}

static void
show_found (WtQuoteBlock *self, const WtMessageRecord *record)
{
  g_autofree char *author = wt_author_words (record);
  g_autofree char *line = record->deleted || record->text == NULL
                              ? NULL
                              : wt_display_text_line (record->text, MOST_TEXT);

  if (record->deleted)
    set_words (self, author, _ ("Message deleted here"));
  else
    set_words (self, author, line != NULL && *line != '\0' ? line : _ ("Empty message"));
  set_target (self, record->seq);
}

static void
update (WtQuoteBlock *self)
{
  const WtMessageRecord *record = NULL;
  WtQuoteState state = WT_QUOTE_MISSING;

  if (self->reference == NULL)
    return;
  if (self->context != NULL)
    state = wt_quote_finder_look_up (wt_message_context_get_quotes (self->context), self->reference,
                                     &record);

  set_thumbnail (self, record);
  switch (state)
    {
    case WT_QUOTE_FOUND:
      show_found (self, record);
      break;
    case WT_QUOTE_LOOKING:
      set_words (self, _ ("Reply"), "…");
      set_target (self, 0);
      break;
    case WT_QUOTE_MISSING:
    default:
      set_words (self, _ ("Reply"), _ ("This message is not in this history"));
      set_target (self, 0);
      break;
    }
  if (state == WT_QUOTE_FOUND && !record->deleted)
    gtk_widget_remove_css_class (self->text, "missing");
  else
    gtk_widget_add_css_class (self->text, "missing");
}

static void
on_released (GtkGestureClick *gesture, int n_presses, double x, double y, WtQuoteBlock *self)
{
  if (self->seq == 0 || !gtk_widget_contains (GTK_WIDGET (self), x, y))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "quote.jump", NULL);
}

static void
set_context (WtQuoteBlock *self, WtMessageContext *context)
{
  if (self->context == context)
    return;

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_func (wt_message_context_get_quotes (self->context), update,
                                          self);
  g_set_object (&self->context, context);
  if (context != NULL)
    g_signal_connect_object (wt_message_context_get_quotes (context), "changed",
                             G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
wt_quote_block_dispose (GObject *object)
{
  WtQuoteBlock *self = WT_QUOTE_BLOCK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->thumbnail, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  g_clear_object (&self->context); /* the connection goes with us */
  g_clear_pointer (&self->reference, g_free);

  G_OBJECT_CLASS (wt_quote_block_parent_class)->dispose (object);
}

static void
wt_quote_block_class_init (WtQuoteBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_quote_block_dispose;
  gtk_widget_class_set_css_name (widget_class, "quoteblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LINK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "quote.jump", NULL, on_jump);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "quote.jump", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "quote.jump", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "quote.jump", NULL);
}

static void
wt_quote_block_init (WtQuoteBlock *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), SPACING);
  self->thumbnail = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->thumbnail), THUMBNAIL_SIZE);
  gtk_widget_add_css_class (self->thumbnail, "thumbnail");
  gtk_widget_set_parent (self->thumbnail, widget);
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  /* As high as with a thumbnail, which comes later. */
  gtk_box_set_homogeneous (GTK_BOX (self->words), TRUE);
  gtk_widget_set_size_request (self->words, -1, THUMBNAIL_SIZE);
  gtk_widget_set_parent (self->words, widget);
  self->author = wt_message_block_add_line (self->words, "title", MOST_WIDTH_CHARS);
  self->text = wt_message_block_add_line (self->words, "subtitle", MOST_WIDTH_CHARS);

  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
wt_quote_block_set_part (WtMessageBlock *block,
                         const WtMessagePart *part,
                         WtMessage *message,
                         WtMessageContext *context)
{
  WtQuoteBlock *self = WT_QUOTE_BLOCK (block);

  g_free (self->reference);
  self->reference = g_strdup (part->reference);
  set_context (self, context);
  update (self);
}

static void
init_block (WtMessageBlockInterface *iface)
{
  iface->set_part = wt_quote_block_set_part;
}
