/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composer.h"
#include "wt-composer-private.h"

#include <glib/gi18n-lib.h>

#define MOST_LINES 8

G_DEFINE_FINAL_TYPE (WtComposer, wt_composer, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TEXT = 1,
  PROP_ENTER_SENDS,
} WtComposerProperty;

static GParamSpec *properties[PROP_ENTER_SENDS + 1];

enum
{
  SIGNAL_SEND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_visible_character (gunichar c, gpointer data)
{
  return g_unichar_isgraph (c) && g_unichar_type (c) != G_UNICODE_FORMAT && c != 0xfffc;
}

static gboolean
is_blank (WtComposer *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  if (is_visible_character (gtk_text_iter_get_char (&iter), NULL))
    return FALSE;

  return !gtk_text_iter_forward_find_char (&iter, is_visible_character, NULL, NULL);
}

gboolean
wt_composer_is_empty (WtComposer *self)
{
  return gtk_text_buffer_get_char_count (self->buffer) == 0;
}

static void
update_placeholder (WtComposer *self)
{
  gtk_widget_set_visible (self->placeholder, wt_composer_is_empty (self) && !self->composing);
}

static void
on_changed (WtComposer *self)
{
  gtk_widget_set_sensitive (self->button, !is_blank (self));
  update_placeholder (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
on_preedit_changed (WtComposer *self, const char *preedit)
{
  self->composing = preedit != NULL && *preedit != '\0';
  update_placeholder (self);
}

/* Without the blanks that nobody typed on purpose. */
static char *
dup_trimmed (WtComposer *self)
{
  g_autofree char *text = wt_composer_dup_text (self);
  const char *start = text;

  while (*start == '\n' || *start == '\r')
    start++;

  return g_strchomp (g_strdup (start));
}

static void
on_emoji_picked (WtComposer *self, const char *emoji)
{
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, emoji, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Made when first opened: it is large. */
static void
create_emoji_chooser (GtkMenuButton *button, gpointer data)
{
  WtComposer *self = data;
  GtkWidget *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  chooser = gtk_emoji_chooser_new ();
  g_signal_connect_object (chooser, "emoji-picked", G_CALLBACK (on_emoji_picked), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, chooser);
}

static void
update_most_height (WtComposer *self)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  PangoContext *context = gtk_widget_get_pango_context (view);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int line = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  int margins = gtk_text_view_get_top_margin (self->view)
                + gtk_text_view_get_bottom_margin (self->view);

  g_clear_pointer (&metrics, pango_font_metrics_unref);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                              MOST_LINES * line + margins);
}

static void
wt_composer_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wt_composer_parent_class)->css_changed (widget, change);
  if (WT_COMPOSER (widget)->scroller != NULL)
    update_most_height (WT_COMPOSER (widget));
}

static void
wt_composer_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (wt_composer_parent_class)->system_setting_changed (widget, setting);
  update_most_height (WT_COMPOSER (widget));
}

static gboolean
wt_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WT_COMPOSER (widget)->view));
}

static void
wt_composer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtComposer *self = WT_COMPOSER (object);

  switch ((WtComposerProperty) id)
    {
    case PROP_TEXT:
      g_value_take_string (value, wt_composer_dup_text (self));
      break;
    case PROP_ENTER_SENDS:
      g_value_set_boolean (value, self->enter_sends);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_composer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtComposer *self = WT_COMPOSER (object);

  switch ((WtComposerProperty) id)
    {
    case PROP_TEXT:
      wt_composer_set_text (self, g_value_get_string (value));
      break;
    case PROP_ENTER_SENDS:
      wt_composer_set_enter_sends (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_composer_dispose (GObject *object)
{
  WtComposer *self = WT_COMPOSER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->scroller = NULL;

  G_OBJECT_CLASS (wt_composer_parent_class)->dispose (object);
}

static void
wt_composer_finalize (GObject *object)
{
  WtComposer *self = WT_COMPOSER (object);

  g_clear_pointer (&self->last_sent, g_free);

  G_OBJECT_CLASS (wt_composer_parent_class)->finalize (object);
}

static void
wt_composer_class_init (WtComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_composer_get_property;
  object_class->set_property = wt_composer_set_property;
  object_class->dispose = wt_composer_dispose;
  object_class->finalize = wt_composer_finalize;
  widget_class->css_changed = wt_composer_css_changed;
  widget_class->system_setting_changed = wt_composer_system_setting_changed;
  widget_class->grab_focus = wt_composer_grab_focus;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  properties[PROP_ENTER_SENDS] = g_param_spec_boolean ("enter-sends", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_SEND] = g_signal_new ("send", WT_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("page", WT_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "composer");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_text (WtComposer *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_input_hints (self->view, GTK_INPUT_HINT_SPELLCHECK | GTK_INPUT_HINT_EMOJI);
  gtk_text_view_set_top_margin (self->view, 8);
  gtk_text_view_set_bottom_margin (self->view, 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Message"), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
                                  _ ("Write a message"), GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE,
                                  -1);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "preedit-changed", G_CALLBACK (on_preedit_changed), self,
                           G_CONNECT_SWAPPED);

  wt_composer_init_keys (self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->scroller);

  self->placeholder = gtk_label_new (_ ("Write a message"));
  gtk_label_set_ellipsize (GTK_LABEL (self->placeholder), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->placeholder), 0);
  gtk_widget_set_valign (self->placeholder, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (self->placeholder, FALSE);
  gtk_widget_add_css_class (self->placeholder, "placeholder");
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->placeholder);
  return overlay;
}

static void
wt_composer_init (WtComposer *self)
{
  GtkWidget *text;

  self->enter_sends = TRUE;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->emoji = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->emoji), "face-smile-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->emoji), GTK_ARROW_UP);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->emoji), create_emoji_chooser, self,
                                         NULL);
  gtk_widget_set_tooltip_text (self->emoji, _ ("Insert Emoji"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->emoji), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Insert Emoji"), -1);
  gtk_widget_set_valign (self->emoji, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->emoji, "flat");
  gtk_widget_add_css_class (self->emoji, "circular");
  gtk_box_append (GTK_BOX (self->box), self->emoji);

  text = make_text (self);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (text, "entry");
  gtk_box_append (GTK_BOX (self->box), text);

  self->button = gtk_button_new_from_icon_name ("go-up-symbolic");
  gtk_widget_set_tooltip_text (self->button, _ ("Send"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Send"), -1);
  gtk_widget_set_valign (self->button, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_sensitive (self->button, FALSE);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (wt_composer_send), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->button);
  update_most_height (self);
}

GtkWidget *
wt_composer_new (void)
{
  return g_object_new (WT_TYPE_COMPOSER, NULL);
}

/**
 * wt_composer_dup_text:
 * @self: a composer
 *
 * Returns: (transfer full): the text as it stands there, without what an input method is composing
 */
char *
wt_composer_dup_text (WtComposer *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (WT_IS_COMPOSER (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/**
 * wt_composer_set_text:
 * @self: a composer
 * @text: (nullable): valid UTF-8
 *
 * Replaces the text, as when another conversation is opened: what was there cannot be brought back by undo, and
 * what an input method was composing is dropped.
 */
void
wt_composer_set_text (WtComposer *self, const char *text)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  gtk_text_view_reset_im_context (self->view);
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
}

/**
 * wt_composer_restore:
 * @self: a composer
 * @text: what could not be sent
 *
 * Puts @text back, above what was written meanwhile.
 */
void
wt_composer_restore (WtComposer *self, const char *text)
{
  GtkTextIter start;

  g_return_if_fail (WT_IS_COMPOSER (self));
  g_return_if_fail (text != NULL);

  gtk_text_buffer_begin_user_action (self->buffer);
  if (!wt_composer_is_empty (self))
    {
      gtk_text_buffer_get_start_iter (self->buffer, &start);
      gtk_text_buffer_insert (self->buffer, &start, "\n", -1);
    }
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_insert (self->buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

/**
 * wt_composer_clear_sent:
 * @self: a composer
 *
 * Empties the text: somebody else holds it now.
 */
void
wt_composer_clear_sent (WtComposer *self)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  wt_composer_set_text (self, NULL);
}

/**
 * wt_composer_set_last_sent:
 * @self: a composer
 * @text: (nullable): the last text sent in this conversation
 *
 * What the Up key brings back into an empty composer.
 */
void
wt_composer_set_last_sent (WtComposer *self, const char *text)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  if (text == self->last_sent)
    return;

  g_clear_pointer (&self->last_sent, g_free);
  self->last_sent = g_strdup (text);
}

void
wt_composer_set_enter_sends (WtComposer *self, gboolean enter_sends)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  enter_sends = !!enter_sends;
  if (self->enter_sends == enter_sends)
    return;

  self->enter_sends = enter_sends;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTER_SENDS]);
}

gboolean
wt_composer_get_enter_sends (WtComposer *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER (self), FALSE);

  return self->enter_sends;
}

/**
 * wt_composer_send:
 * @self: a composer
 *
 * Emits `send` with the text, unless it is blank. Remembers it for the Up key.
 */
void
wt_composer_send (WtComposer *self)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  if (is_blank (self))
    return;

  g_autofree char *text = dup_trimmed (self);

  wt_composer_set_last_sent (self, text);
  g_signal_emit (self, signals[SIGNAL_SEND], 0, text);
}

/**
 * wt_composer_get_text_view:
 * @self: a composer
 *
 * Returns: (transfer none): where the text is written, for the tests and for focus
 */
GtkTextView *
wt_composer_get_text_view (WtComposer *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER (self), NULL);

  return self->view;
}
