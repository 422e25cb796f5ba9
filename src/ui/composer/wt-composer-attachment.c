/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-attachment-private.h"

#include "wt-attachment-words.h"

G_DEFINE_FINAL_TYPE (WtComposerAttachment, wt_composer_attachment, G_TYPE_OBJECT)

typedef enum
{
  PROP_NAME = 1,
  PROP_WORDS,
  PROP_STATE,
  PROP_AS_FILE,
  PROP_SCALED,
} WtComposerAttachmentProperty;

static GParamSpec *properties[PROP_SCALED + 1];

enum
{
  SIGNAL_SIZED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
notify (WtComposerAttachment *self, WtComposerAttachmentProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
wt_composer_attachment_set_name (WtComposerAttachment *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
  notify (self, PROP_NAME);
}

/* It can be refused now. */
void
wt_composer_attachment_tell_size (WtComposerAttachment *self)
{
  g_signal_emit (self, signals[SIGNAL_SIZED], 0);
}

static void
set_words (WtComposerAttachment *self, char *words)
{
  g_autofree char *before = self->words;

  self->words = words;
  if (g_strcmp0 (before, words) != 0)
    notify (self, PROP_WORDS);
}

static void
update_words (WtComposerAttachment *self)
{
  if (self->state == WT_COMPOSER_ATTACHMENT_FAILED)
    return;

  set_words (self, wt_attachment_words_size (
                       self->plain != NULL ? self->plain->size : self->size,
                       wt_composer_attachment_uses_small (self) ? self->small->size : -1));
}

void
wt_composer_attachment_set_state (WtComposerAttachment *self, WtComposerAttachmentState state)
{
  self->state = state;
  update_words (self);
  notify (self, PROP_STATE);
}

static void
stop (WtComposerAttachment *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
wt_composer_attachment_fail (WtComposerAttachment *self, const GError *error)
{
  self->state = WT_COMPOSER_ATTACHMENT_FAILED;
  set_words (self, wt_attachment_words_failure (error, self->size));
  wt_composer_attachment_set_state (self, WT_COMPOSER_ATTACHMENT_FAILED);
}

static void
wt_composer_attachment_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtComposerAttachment *self = WT_COMPOSER_ATTACHMENT (object);

  switch ((WtComposerAttachmentProperty) id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_AS_FILE:
      g_value_set_boolean (value, self->as_file);
      break;
    case PROP_SCALED:
      g_value_set_boolean (value, self->scaled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_composer_attachment_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  WtComposerAttachment *self = WT_COMPOSER_ATTACHMENT (object);

  switch ((WtComposerAttachmentProperty) id)
    {
    case PROP_AS_FILE:
      wt_composer_attachment_set_as_file (self, g_value_get_boolean (value));
      break;
    case PROP_SCALED:
      wt_composer_attachment_set_scaled (self, g_value_get_boolean (value));
      break;
    case PROP_NAME:
    case PROP_WORDS:
    case PROP_STATE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_composer_attachment_finalize (GObject *object)
{
  WtComposerAttachment *self = WT_COMPOSER_ATTACHMENT (object);

  stop (self);
  g_clear_handle_id (&self->keep_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->file);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->plain, wt_media_free);
  g_clear_pointer (&self->small, wt_media_free);

  G_OBJECT_CLASS (wt_composer_attachment_parent_class)->finalize (object);
}

static void
wt_composer_attachment_class_init (WtComposerAttachmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = wt_composer_attachment_get_property;
  object_class->set_property = wt_composer_attachment_set_property;
  object_class->finalize = wt_composer_attachment_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, readable);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, readable);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, WT_COMPOSER_ATTACHMENT_FAILED,
                                             0, readable);
  properties[PROP_AS_FILE] = g_param_spec_boolean ("as-file", NULL, NULL, FALSE, writable);
  properties[PROP_SCALED] = g_param_spec_boolean ("scaled", NULL, NULL, FALSE, writable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_SIZED] = g_signal_new ("sized", WT_TYPE_COMPOSER_ATTACHMENT, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_composer_attachment_init (WtComposerAttachment *self)
{
  self->size = -1;
  self->words = g_strdup ("");
}

/**
 * wt_composer_attachment_new_file:
 * @session: where it will be sent
 * @file: any file, also one that a portal offers
 * @scaled: whether a large picture is made smaller
 *
 * Returns: (transfer full): an attachment; nothing is read before wt_composer_attachment_start()
 */
WtComposerAttachment *
wt_composer_attachment_new_file (WtSession *session, GFile *file, gboolean scaled)
{
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  WtComposerAttachment *self = g_object_new (WT_TYPE_COMPOSER_ATTACHMENT, NULL);
  g_autofree char *basename = g_file_get_basename (file);

  self->session = g_object_ref (session);
  self->file = g_object_ref (file);
  self->name = basename != NULL ? g_filename_display_name (basename) : g_strdup ("?");
  self->scaled = !!scaled;
  return self;
}

/**
 * wt_composer_attachment_new_texture:
 * @session: where it will be sent
 * @texture: a picture, from the clipboard, say
 * @name: what it is called, with the ending “.png”
 * @scaled: whether a large picture is made smaller
 *
 * Returns: (transfer full): an attachment; nothing is done before wt_composer_attachment_start()
 */
WtComposerAttachment *
wt_composer_attachment_new_texture (WtSession *session,
                                    GdkTexture *texture,
                                    const char *name,
                                    gboolean scaled)
{
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);
  g_return_val_if_fail (GDK_IS_TEXTURE (texture), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  WtComposerAttachment *self = g_object_new (WT_TYPE_COMPOSER_ATTACHMENT, NULL);

  self->session = g_object_ref (session);
  self->texture = g_object_ref (texture);
  self->name = g_strdup (name);
  self->scaled = !!scaled;
  return self;
}

/**
 * wt_composer_attachment_start:
 * @self: an attachment
 *
 * Takes it into the blob folder, in the background, from the beginning.
 */
void
wt_composer_attachment_start (WtComposerAttachment *self)
{
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (self));

  stop (self);
  self->cancellable = g_cancellable_new ();
  self->refused = FALSE;
  wt_composer_attachment_set_state (self, WT_COMPOSER_ATTACHMENT_LOADING);
  wt_composer_attachment_load (self);
}

/**
 * wt_composer_attachment_stop:
 * @self: an attachment
 *
 * Nothing more is done for it: it was removed.
 */
void
wt_composer_attachment_stop (WtComposerAttachment *self)
{
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (self));

  stop (self);
}

/**
 * wt_composer_attachment_refuse:
 * @self: an attachment
 * @words: why
 *
 * It cannot be sent with the others. Can be started again when there is room.
 */
void
wt_composer_attachment_refuse (WtComposerAttachment *self, const char *words)
{
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (self));
  g_return_if_fail (words != NULL);

  stop (self);
  self->refused = TRUE;
  self->state = WT_COMPOSER_ATTACHMENT_FAILED;
  set_words (self, g_strdup (words));
  wt_composer_attachment_set_state (self, WT_COMPOSER_ATTACHMENT_FAILED);
}

const char *
wt_composer_attachment_get_name (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), NULL);

  return self->name;
}

const char *
wt_composer_attachment_get_words (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), NULL);

  return self->words;
}

WtComposerAttachmentState
wt_composer_attachment_get_state (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), WT_COMPOSER_ATTACHMENT_FAILED);

  return self->state;
}

/**
 * wt_composer_attachment_get_refused:
 * @self: an attachment
 *
 * Returns: whether it failed only because of wt_composer_attachment_refuse()
 */
gboolean
wt_composer_attachment_get_refused (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), FALSE);

  return self->refused;
}

gboolean
wt_composer_attachment_get_is_picture (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), FALSE);

  return self->picture;
}

/**
 * wt_composer_attachment_get_can_be_file:
 * @self: an attachment
 *
 * Returns: whether it is a picture that could be sent as a file, just as it is
 */
gboolean
wt_composer_attachment_get_can_be_file (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), FALSE);

  return self->picture && self->plain != NULL;
}

/**
 * wt_composer_attachment_get_can_scale:
 * @self: an attachment
 *
 * Returns: whether it is a picture that is larger than need be, and can be sent in both sizes
 */
gboolean
wt_composer_attachment_get_can_scale (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), FALSE);

  return self->picture && self->scalable && self->plain != NULL && !self->as_file;
}

gboolean
wt_composer_attachment_get_as_file (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), FALSE);

  return self->as_file;
}

void
wt_composer_attachment_set_as_file (WtComposerAttachment *self, gboolean as_file)
{
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (self));

  as_file = !!as_file;
  if (self->as_file == as_file)
    return;

  self->as_file = as_file;
  notify (self, PROP_AS_FILE);
  wt_composer_attachment_set_state (self, self->state);
}

gboolean
wt_composer_attachment_get_scaled (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), FALSE);

  return self->scaled;
}

/**
 * wt_composer_attachment_set_scaled:
 * @self: an attachment
 * @scaled: whether a large picture is made smaller
 *
 * Makes the smaller one, in the background, when it is wanted for the first time.
 */
void
wt_composer_attachment_set_scaled (WtComposerAttachment *self, gboolean scaled)
{
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (self));

  scaled = !!scaled;
  if (self->scaled == scaled)
    return;

  self->scaled = scaled;
  notify (self, PROP_SCALED);
  if (scaled && self->state == WT_COMPOSER_ATTACHMENT_READY && self->small == NULL
      && self->scalable)
    {
      wt_composer_attachment_set_state (self, WT_COMPOSER_ATTACHMENT_LOADING);
      wt_composer_attachment_shrink (self);
    }
  else
    wt_composer_attachment_set_state (self, self->state);
}
