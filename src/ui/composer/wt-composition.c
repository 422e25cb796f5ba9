/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composition-private.h"

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

static gboolean
find_busy (WtComposition *self)
{
  for (guint i = 0; i < wt_composition_count (self); i++)
    if (wt_composer_attachment_get_state (wt_composition_get (self, i))
        == WT_COMPOSER_ATTACHMENT_LOADING)
      return TRUE;

  return FALSE;
}

/*
 * wt_composition_update:
 * @self: a composition
 *
 * Tells that it is another: what is attached, its state, or the reply.
 */
void
wt_composition_update (WtComposition *self)
{
  gboolean busy = find_busy (self);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (self->busy == busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
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

  for (guint i = 0; i < wt_composition_count (self); i++)
    wt_composer_attachment_stop (wt_composition_get (self, i));
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
  wt_composition_update (self);
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

  return wt_composition_count (self) == 0;
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
  for (guint i = 0; i < wt_composition_count (self); i++)
    {
      WtSegment *segment = wt_composer_attachment_make_segment (wt_composition_get (self, i));

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
