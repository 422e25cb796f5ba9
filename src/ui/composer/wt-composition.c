/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composition.h"

#include <glib/gi18n-lib.h>

#include "wt-attachment-words.h"

/* More than anybody looks through before sending. */
#define MOST_ATTACHMENTS 50

struct _WtComposition
{
  GObject parent_instance;

  /* owned */
  WtSession *session; /* nullable: nothing can be attached */
  GListStore *attachments;
  WtMessageRecord *reply; /* nullable */
  char *text;             /* nullable */
  GPtrArray *pieces;      /* (nullable): of WtSegment: the text, and what stands in it */

  gboolean busy;
  gboolean waiting;
  gboolean checking;
};

G_DEFINE_FINAL_TYPE (WtComposition, wt_composition, G_TYPE_OBJECT)

typedef enum
{
  PROP_BUSY = 1,
  PROP_WAITING,
} WtCompositionProperty;

static GParamSpec *properties[PROP_WAITING + 1];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
count (WtComposition *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->attachments));
}

static WtComposerAttachment *
get (WtComposition *self, guint position)
{
  g_autoptr (WtComposerAttachment) attachment = g_list_model_get_item (
      G_LIST_MODEL (self->attachments), position);

  return attachment; /* the list holds it */
}

/* Of what is not refused, in bytes as sent. What may still shrink counts when it has. */
static gint64
add_up (WtComposition *self, WtComposerAttachment *without, gboolean encoded)
{
  gint64 total = 0;

  for (guint i = 0; i < count (self); i++)
    {
      WtComposerAttachment *attachment = get (self, i);
      gint64 size = wt_composer_attachment_get_size (attachment);

      if (attachment == without || size < 0
          || wt_composer_attachment_get_state (attachment) == WT_COMPOSER_ATTACHMENT_FAILED
          || wt_composer_attachment_get_may_shrink (attachment))
        continue;
      total += encoded ? wt_attachment_words_get_encoded (size) : size;
    }
  return total;
}

static gboolean
has_room (WtComposition *self, WtComposerAttachment *attachment)
{
  gint64 size = wt_composer_attachment_get_size (attachment);

  return size < 0 || wt_composer_attachment_get_may_shrink (attachment)
         || add_up (self, attachment, TRUE) + wt_attachment_words_get_encoded (size)
                <= wt_attachment_words_get_most ();
}

static gboolean
find_busy (WtComposition *self)
{
  for (guint i = 0; i < count (self); i++)
    if (wt_composer_attachment_get_state (get (self, i)) == WT_COMPOSER_ATTACHMENT_LOADING)
      return TRUE;

  return FALSE;
}

static void
update (WtComposition *self)
{
  gboolean busy = find_busy (self);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (self->busy == busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
refuse_crowding (WtComposition *self, WtComposerAttachment *attachment)
{
  g_autofree char *words = wt_attachment_words_crowded (
      add_up (self, attachment, FALSE) + wt_composer_attachment_get_size (attachment));

  wt_composer_attachment_refuse (attachment, words);
}

/* What was refused has room, perhaps, now that another is gone or smaller. */
static void
retry_refused (WtComposition *self)
{
  for (guint i = 0; i < count (self); i++)
    {
      WtComposerAttachment *attachment = get (self, i);

      if (wt_composer_attachment_get_refused (attachment) && has_room (self, attachment))
        wt_composer_attachment_start (attachment);
    }
}

static void
on_sized (WtComposerAttachment *attachment, WtComposition *self)
{
  if (!has_room (self, attachment))
    refuse_crowding (self, attachment);
}

static void
on_state (WtComposerAttachment *attachment, GParamSpec *pspec, WtComposition *self)
{
  if (self->checking)
    return;

  self->checking = TRUE;
  if (wt_composer_attachment_get_state (attachment) == WT_COMPOSER_ATTACHMENT_READY
      && !has_room (self, attachment))
    refuse_crowding (self, attachment);
  retry_refused (self);
  self->checking = FALSE;
  update (self);
}

static void
adopt (WtComposition *self, WtComposerAttachment *attachment, guint position)
{
  g_list_store_insert (self->attachments, position, attachment);
  g_signal_connect_object (attachment, "sized", G_CALLBACK (on_sized), self, 0);
  g_signal_connect_object (attachment, "notify::state", G_CALLBACK (on_state), self, 0);
}

static void
disown (WtComposition *self, WtComposerAttachment *attachment)
{
  guint position;

  g_signal_handlers_disconnect_by_func (attachment, on_sized, self);
  g_signal_handlers_disconnect_by_func (attachment, on_state, self);
  if (g_list_store_find (self->attachments, attachment, &position))
    g_list_store_remove (self->attachments, position);
}

static void
add (WtComposition *self, WtComposerAttachment *attachment)
{
  adopt (self, attachment, count (self));
  wt_composer_attachment_start (attachment);
}

static void
wt_composition_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtComposition *self = WT_COMPOSITION (object);

  switch ((WtCompositionProperty) id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_composition_dispose (GObject *object)
{
  WtComposition *self = WT_COMPOSITION (object);

  for (guint i = 0; i < count (self); i++)
    wt_composer_attachment_stop (get (self, i));
  g_list_store_remove_all (self->attachments);

  G_OBJECT_CLASS (wt_composition_parent_class)->dispose (object);
}

static void
wt_composition_finalize (GObject *object)
{
  WtComposition *self = WT_COMPOSITION (object);

  g_clear_object (&self->session);
  g_clear_object (&self->attachments);
  g_clear_pointer (&self->reply, wt_message_record_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);

  G_OBJECT_CLASS (wt_composition_parent_class)->finalize (object);
}

static void
wt_composition_class_init (WtCompositionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_composition_get_property;
  object_class->dispose = wt_composition_dispose;
  object_class->finalize = wt_composition_finalize;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_COMPOSITION, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_composition_init (WtComposition *self)
{
  self->attachments = g_list_store_new (WT_TYPE_COMPOSER_ATTACHMENT);
}

/**
 * wt_composition_new:
 * @session: (nullable): who sends; without one nothing can be attached
 *
 * Returns: (transfer full): an empty one
 */
WtComposition *
wt_composition_new (WtSession *session)
{
  g_return_val_if_fail (session == NULL || WT_IS_SESSION (session), NULL);

  WtComposition *self = g_object_new (WT_TYPE_COMPOSITION, NULL);

  g_set_object (&self->session, session);
  return self;
}

/**
 * wt_composition_add_file:
 * @self: a composition
 * @file: any file
 * @scaled: whether a large picture is made smaller
 *
 * Attaches a file, last. One that cannot be sent is there, too, and says why. Beyond fifty nothing happens.
 */
void
wt_composition_add_file (WtComposition *self, GFile *file, gboolean scaled)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (G_IS_FILE (file));

  g_autoptr (WtComposerAttachment) attachment = NULL;

  if (self->session == NULL || count (self) >= MOST_ATTACHMENTS)
    return;
  attachment = wt_composer_attachment_new_file (self->session, file, scaled);
  add (self, attachment);
}

/**
 * wt_composition_add_texture:
 * @self: a composition
 * @texture: a picture that has no file
 * @scaled: whether a large picture is made smaller
 *
 * Attaches a picture as a PNG named by the time.
 */
void
wt_composition_add_texture (WtComposition *self, GdkTexture *texture, gboolean scaled)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (GDK_IS_TEXTURE (texture));

  g_autoptr (WtComposerAttachment) attachment = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: the name of a pasted picture, by strftime's letters for date and time; no colons or slashes */
  g_autofree char *name = g_date_time_format (now, _ ("Picture %Y-%m-%d %H-%M-%S.png"));

  if (self->session == NULL || count (self) >= MOST_ATTACHMENTS)
    return;
  attachment = wt_composer_attachment_new_texture (self->session, texture,
                                                   name != NULL ? name : "picture.png", scaled);
  add (self, attachment);
}

/**
 * wt_composition_remove:
 * @self: a composition
 * @attachment: one of its own
 *
 * Takes it away, whatever its state.
 */
void
wt_composition_remove (WtComposition *self, WtComposerAttachment *attachment)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (attachment));

  g_autoptr (WtComposerAttachment) held = g_object_ref (attachment);

  wt_composer_attachment_stop (held);
  disown (self, held);
  self->checking = TRUE;
  retry_refused (self);
  self->checking = FALSE;
  update (self);
}

/**
 * wt_composition_move:
 * @self: a composition
 * @attachment: one of its own
 * @position: where it is to be; the last place if there is no such place
 *
 * Changes the order, which is that of the message.
 */
void
wt_composition_move (WtComposition *self, WtComposerAttachment *attachment, guint position)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (WT_IS_COMPOSER_ATTACHMENT (attachment));

  g_autoptr (WtComposerAttachment) held = g_object_ref (attachment);
  guint before;

  if (!g_list_store_find (self->attachments, held, &before))
    return;

  position = MIN (position, count (self) - 1);
  if (position == before)
    return;

  g_list_store_remove (self->attachments, before);
  g_list_store_insert (self->attachments, position, held);
  update (self);
}

/**
 * wt_composition_find:
 * @self: a composition
 * @attachment: one of its own
 *
 * Returns: where it is, or %G_MAXUINT
 */
guint
wt_composition_find (WtComposition *self, WtComposerAttachment *attachment)
{
  guint position = G_MAXUINT;

  g_return_val_if_fail (WT_IS_COMPOSITION (self), G_MAXUINT);

  return g_list_store_find (self->attachments, attachment, &position) ? position : G_MAXUINT;
}

/**
 * wt_composition_get_attachments:
 * @self: a composition
 *
 * Returns: (transfer none): of #WtComposerAttachment, in the order they are sent
 */
GListModel *
wt_composition_get_attachments (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), NULL);

  return G_LIST_MODEL (self->attachments);
}

/**
 * wt_composition_set_reply:
 * @self: a composition
 * @message: (nullable): the message that is replied to, copied; ignored without a `message_id` that could name it
 */
void
wt_composition_set_reply (WtComposition *self, const WtMessageRecord *message)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));

  if (message != NULL && (message->message_id == NULL || *message->message_id == '\0'))
    return;

  g_clear_pointer (&self->reply, wt_message_record_free);
  self->reply = message != NULL ? wt_message_record_copy (message) : NULL;
  update (self);
}

/**
 * wt_composition_get_reply:
 * @self: a composition
 *
 * Returns: (transfer none) (nullable): the message that is replied to
 */
const WtMessageRecord *
wt_composition_get_reply (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), NULL);

  return self->reply;
}

/**
 * wt_composition_set_text:
 * @self: a composition
 * @text: (nullable): what is written
 * @pieces: (nullable): of #WtSegment: the same as it is sent; shared
 */
void
wt_composition_set_text (WtComposition *self, const char *text, GPtrArray *pieces)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));

  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  self->pieces = pieces != NULL ? g_ptr_array_ref (pieces) : NULL;
}

/**
 * wt_composition_get_text:
 * @self: a composition
 *
 * Returns: (nullable): what was written
 */
const char *
wt_composition_get_text (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), NULL);

  return self->text;
}

/**
 * wt_composition_is_empty:
 * @self: a composition
 *
 * Returns: whether nothing is attached
 */
gboolean
wt_composition_is_empty (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), TRUE);

  return count (self) == 0;
}

gboolean
wt_composition_get_busy (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), FALSE);

  return self->busy;
}

gboolean
wt_composition_get_waiting (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), FALSE);

  return self->waiting;
}

void
wt_composition_set_waiting (WtComposition *self, gboolean waiting)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));

  waiting = !!waiting;
  if (self->waiting == waiting)
    return;

  self->waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

/**
 * wt_composition_dup_problem:
 * @self: a composition
 *
 * Returns: (transfer full) (nullable): why it cannot be sent as it is, and what to do
 */
char *
wt_composition_dup_problem (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), NULL);

  for (guint i = 0; i < count (self); i++)
    {
      WtComposerAttachment *attachment = get (self, i);

      if (wt_composer_attachment_get_state (attachment) == WT_COMPOSER_ATTACHMENT_FAILED)
        /* Translators: a file's name, and why it cannot be sent */
        return g_strdup_printf (_ ("“%s” cannot be sent: %s. Remove it first."),
                                wt_composer_attachment_get_name (attachment),
                                wt_composer_attachment_get_words (attachment));
    }
  return NULL;
}

/**
 * wt_composition_take:
 * @self: a composition
 *
 * Returns: (transfer full): all that was in it; it is empty then
 */
WtComposition *
wt_composition_take (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), NULL);

  WtComposition *taken = wt_composition_new (self->session);

  wt_composition_put_back (taken, self);
  wt_composition_set_text (taken, self->text, self->pieces);
  wt_composition_set_text (self, NULL, NULL);
  wt_composition_set_waiting (self, FALSE);
  return taken;
}

/**
 * wt_composition_put_back:
 * @self: a composition
 * @taken: what could not be sent; nothing is attached to it then
 *
 * What was attached comes first, and what was replied to is again, unless something else is by now. The text is the caller's.
 */
void
wt_composition_put_back (WtComposition *self, WtComposition *taken)
{
  g_return_if_fail (WT_IS_COMPOSITION (self));
  g_return_if_fail (WT_IS_COMPOSITION (taken));

  for (guint i = 0; count (taken) > 0; i++)
    {
      g_autoptr (WtComposerAttachment) attachment = g_object_ref (get (taken, 0));

      disown (taken, attachment);
      adopt (self, attachment, i);
    }
  if (self->reply == NULL)
    self->reply = g_steal_pointer (&taken->reply);
  g_clear_pointer (&taken->reply, wt_message_record_free);
  update (taken);
  update (self);
}

/**
 * wt_composition_make_segment:
 * @self: a composition whose text was set
 *
 * What is sent: the reply, then pictures and files, then the text with its mentions and faces; a list of one level, or the only
 * part itself (wire.md, section 3).
 *
 * Returns: (transfer full) (nullable): %NULL where there is nothing but a reply
 */
WtSegment *
wt_composition_make_segment (WtComposition *self)
{
  g_return_val_if_fail (WT_IS_COMPOSITION (self), NULL);

  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_segment_unref);
  guint n_own = 0;

  if (self->reply != NULL)
    g_ptr_array_add (parts, wt_segment_new_reply (self->reply->message_id));
  for (guint i = 0; i < count (self); i++)
    {
      WtSegment *segment = wt_composer_attachment_make_segment (get (self, i));

      if (segment == NULL)
        continue;
      g_ptr_array_add (parts, segment);
      n_own++;
    }
  for (guint i = 0; self->pieces != NULL && i < self->pieces->len; i++, n_own++)
    g_ptr_array_add (parts, wt_segment_ref (self->pieces->pdata[i]));

  if (n_own == 0)
    return NULL;
  if (parts->len == 1)
    return wt_segment_ref (parts->pdata[0]);

  return wt_segment_new_list ((WtSegment *const *) parts->pdata, parts->len);
}
