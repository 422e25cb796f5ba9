/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composer.h"
#include "wt-composer-private.h"

#define MOST_LINES 8

G_DEFINE_FINAL_TYPE (WtComposer, wt_composer, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TEXT = 1,
  PROP_ENTER_SENDS,
  PROP_SCALE_PICTURES,
} WtComposerProperty;

static GParamSpec *properties[PROP_SCALE_PICTURES + 1];

enum
{
  SIGNAL_SEND,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_visible_character (gunichar c, gpointer data)
{
  return g_unichar_isgraph (c) && g_unichar_type (c) != G_UNICODE_FORMAT && c != 0xfffc;
}

/* Whether nothing in it shows. */
gboolean
wt_composer_is_blank (WtComposer *self)
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

void
wt_composer_update_button (WtComposer *self)
{
  gboolean waiting = wt_composition_get_waiting (self->composition);

  /* What is being composed is finished by pressing the button: it takes the focus. */
  gtk_widget_set_sensitive (self->button, waiting || self->composing || !wt_composer_is_blank (self)
                                              || !wt_composition_is_empty (self->composition));
  wt_composer_show_waiting (self, waiting);
}

static void
on_changed (WtComposer *self)
{
  wt_composer_update_button (self);
  update_placeholder (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
on_preedit_changed (WtComposer *self, const char *preedit)
{
  self->composing = preedit != NULL && *preedit != '\0';
  update_placeholder (self);
  wt_composer_update_button (self);
}

static void
on_button (WtComposer *self)
{
  if (wt_composition_get_waiting (self->composition))
    wt_composition_set_waiting (self->composition, FALSE);
  else
    wt_composer_send (self);
}

static void
on_strip_close (WtComposer *self)
{
  wt_composition_set_reply (self->composition, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_tray_emptied (WtComposer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
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
  if (WT_COMPOSER (widget)->scroller == NULL)
    return;

  update_most_height (WT_COMPOSER (widget));
  wt_composer_colour_pills (WT_COMPOSER (widget));
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
  GtkWidget *view = GTK_WIDGET (WT_COMPOSER (widget)->view);

  /* GTK asks this, too, when Shift+Tab leaves the text: it shall go on. */
  return !gtk_widget_is_focus (view) && gtk_widget_grab_focus (view);
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
    case PROP_SCALE_PICTURES:
      g_value_set_boolean (value, self->scale_pictures);
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
    case PROP_SCALE_PICTURES:
      if (self->scale_pictures != g_value_get_boolean (value))
        {
          self->scale_pictures = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_composer_dispose (GObject *object)
{
  WtComposer *self = WT_COMPOSER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->spell_menu);
  g_clear_object (&self->spelling);
  self->scroller = NULL;
  if (self->mentions != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->mentions));
  self->mentions = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_composer_parent_class)->dispose (object);
}

static void
wt_composer_finalize (GObject *object)
{
  WtComposer *self = WT_COMPOSER (object);

  g_clear_pointer (&self->sent, g_ptr_array_unref);
  g_clear_pointer (&self->gone_pills, g_ptr_array_unref);
  g_clear_object (&self->composition);
  g_clear_object (&self->stickers);
  g_clear_object (&self->loader);
  g_clear_object (&self->cancellable);

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
  properties[PROP_SCALE_PICTURES] = g_param_spec_boolean ("scale-pictures", NULL, NULL, TRUE,
                                                          flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_SEND] = g_signal_new ("send", WT_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", WT_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("page", WT_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_INT);
  g_signal_new ("sticker", WT_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                WT_TYPE_STICKER);
  g_signal_new ("reply", WT_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "composer");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wt_composer_init (WtComposer *self)
{
  self->enter_sends = TRUE;
  self->scale_pictures = TRUE;
  self->restoring = TRUE;
  wt_composer_make_widgets (self);
  wt_composer_set_composition (self, NULL);

  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "preedit-changed", G_CALLBACK (on_preedit_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_button), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "close", G_CALLBACK (on_strip_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tray, "emptied", G_CALLBACK (on_tray_emptied), self,
                           G_CONNECT_SWAPPED);
  wt_composer_init_pills (self);
  wt_composer_init_mentions (self);
  wt_composer_init_recall (self);
  wt_composer_init_keys (self);
  wt_composer_init_intake (self);
  update_most_height (self);
}

void
wt_composer_tell_send (WtComposer *self)
{
  g_signal_emit (self, signals[SIGNAL_SEND], 0);
}

/* For the user, in passing. */
void
wt_composer_report (WtComposer *self, const char *words)
{
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, words);
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
 * what an input method was composing is dropped. “@” and a name that only one of the members has mentions that one.
 */
void
wt_composer_set_text (WtComposer *self, const char *text)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  gtk_text_view_reset_im_context (self->view);
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  wt_composer_forget_pills (self);
  wt_composer_restore_pills (self);
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
  wt_composer_restore_pills (self);
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
 * wt_composer_finish_composing:
 * @self: a composer
 *
 * Ends what an input method is composing: it decides whether that is kept. To be called before the text is read for good.
 */
void
wt_composer_finish_composing (WtComposer *self)
{
  g_return_if_fail (WT_IS_COMPOSER (self));

  if (self->composing)
    gtk_text_view_reset_im_context (self->view);
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
