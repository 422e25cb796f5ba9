/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-context.h"

/* How long a message that was jumped to stands out. */
#define HIGHLIGHT_MS 1600

struct _WtMessageContext
{
  GObject parent_instance;

  /* owned */
  WtSession *session;
  WtConversation *conversation;
  WtPictureLoader *loader; /* nullable */
  WtQuoteFinder *quotes;
  WtVoicePlayer *voices;
  WtFileDesk *files;
  WtMessageSelection *selection;
  GHashTable *unfolded; /* keys of what the user unfolded */
  char *marks;          /* nullable */

  gint64 highlight;
  guint highlight_source;
};

G_DEFINE_FINAL_TYPE (WtMessageContext, wt_message_context, G_TYPE_OBJECT)

typedef enum
{
  PROP_HIGHLIGHT = 1,
  PROP_MARKS,
} WtMessageContextProperty;

static GParamSpec *properties[PROP_MARKS + 1];

enum
{
  SIGNAL_JUMP,
  SIGNAL_VIEW,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_highlight (WtMessageContext *self, gint64 seq)
{
  g_clear_handle_id (&self->highlight_source, g_source_remove);
  if (self->highlight == seq)
    return;

  self->highlight = seq;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIGHLIGHT]);
}

static gboolean
on_highlight_over (gpointer data)
{
  WtMessageContext *self = data;

  self->highlight_source = 0;
  set_highlight (self, 0);
  return G_SOURCE_REMOVE;
}

static void
wt_message_context_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((WtMessageContextProperty) id)
    {
    case PROP_HIGHLIGHT:
      g_value_set_int64 (value, WT_MESSAGE_CONTEXT (object)->highlight);
      break;
    case PROP_MARKS:
      g_value_set_string (value, WT_MESSAGE_CONTEXT (object)->marks);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_message_context_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((WtMessageContextProperty) id)
    {
    case PROP_MARKS:
      wt_message_context_set_marks (WT_MESSAGE_CONTEXT (object), g_value_get_string (value));
      break;
    case PROP_HIGHLIGHT:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_message_context_dispose (GObject *object)
{
  WtMessageContext *self = WT_MESSAGE_CONTEXT (object);

  g_clear_handle_id (&self->highlight_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->conversation);
  g_clear_object (&self->loader);
  g_clear_object (&self->quotes);
  g_clear_object (&self->voices);
  g_clear_object (&self->files);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->unfolded, g_hash_table_unref);
  g_clear_pointer (&self->marks, g_free);

  G_OBJECT_CLASS (wt_message_context_parent_class)->dispose (object);
}

static void
wt_message_context_class_init (WtMessageContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_message_context_get_property;
  object_class->set_property = wt_message_context_set_property;
  object_class->dispose = wt_message_context_dispose;

  properties[PROP_HIGHLIGHT] = g_param_spec_int64 ("highlight", NULL, NULL, 0, G_MAXINT64, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                       | G_PARAM_STATIC_STRINGS);
  properties[PROP_MARKS] = g_param_spec_string ("marks", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                    | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_JUMP] = g_signal_new ("jump", WT_TYPE_MESSAGE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_VIEW] = g_signal_new ("view", WT_TYPE_MESSAGE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, WT_TYPE_MESSAGE, G_TYPE_UINT);
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", WT_TYPE_MESSAGE_CONTEXT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wt_message_context_init (WtMessageContext *self)
{
  self->quotes = wt_quote_finder_new ();
  self->voices = wt_voice_player_new ();
  self->files = wt_file_desk_new ();
  self->selection = wt_message_selection_new ();
  self->unfolded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

WtMessageContext *
wt_message_context_new (void)
{
  return g_object_new (WT_TYPE_MESSAGE_CONTEXT, NULL);
}

/**
 * wt_message_context_set_conversation:
 * @self: a context
 * @session: (nullable): the conversation's session
 * @conversation: (nullable): what is open
 *
 * Before rows are bound to its messages. What plays in another one stops.
 */
void
wt_message_context_set_conversation (WtMessageContext *self,
                                     WtSession *session,
                                     WtConversation *conversation)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  wt_voice_player_stop (self->voices);
  wt_quote_finder_set_conversation (self->quotes, session, conversation);
  g_hash_table_remove_all (self->unfolded);
  set_highlight (self, 0);
  wt_message_selection_clear (self->selection);
  wt_message_context_set_marks (self, NULL);
  g_set_object (&self->session, session);
  g_set_object (&self->conversation, conversation);
}

/**
 * wt_message_context_get_session:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the session; %NULL once its account is gone
 */
WtSession *
wt_message_context_get_session (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->session;
}

/**
 * wt_message_context_get_conversation:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): what is open
 */
WtConversation *
wt_message_context_get_conversation (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->conversation;
}

/**
 * wt_message_context_set_loader:
 * @self: a context
 * @loader: (nullable): the window's pictures
 *
 * Before rows are bound. Without it pictures keep their place and do not show.
 */
void
wt_message_context_set_loader (WtMessageContext *self, WtPictureLoader *loader)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  g_set_object (&self->loader, loader);
}

/**
 * wt_message_context_get_loader:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the window's pictures
 */
WtPictureLoader *
wt_message_context_get_loader (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->loader;
}

/**
 * wt_message_context_get_my_user_id:
 * @self: a context
 *
 * Returns: (nullable): who I am here
 */
const char *
wt_message_context_get_my_user_id (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  if (self->session == NULL)
    return NULL;
  return wt_account_get_record (wt_session_get_account (self->session))->user_id;
}

/**
 * wt_message_context_get_quotes:
 * @self: a context
 *
 * Returns: (transfer none): finds what messages of the conversation quote
 */
WtQuoteFinder *
wt_message_context_get_quotes (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->quotes;
}

/**
 * wt_message_context_get_voices:
 * @self: a context
 *
 * Returns: (transfer none): plays the conversation's recordings
 */
WtVoicePlayer *
wt_message_context_get_voices (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->voices;
}

/**
 * wt_message_context_get_selection:
 * @self: a context
 *
 * Returns: (transfer none): which messages are selected; empties with another conversation
 */
WtMessageSelection *
wt_message_context_get_selection (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->selection;
}

/**
 * wt_message_context_get_files:
 * @self: a context
 *
 * Returns: (transfer none): knows what was saved where, and holds what is open elsewhere
 */
WtFileDesk *
wt_message_context_get_files (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->files;
}

/**
 * wt_message_context_get_highlight:
 * @self: a context
 *
 * Returns: the position of the message that was just jumped to, or 0
 */
gint64
wt_message_context_get_highlight (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), 0);

  return self->highlight;
}

/**
 * wt_message_context_get_unfolded:
 * @self: a context
 * @key: names what can be unfolded among all of the conversation
 *
 * Returns: whether the user unfolded it since the conversation was opened
 */
gboolean
wt_message_context_get_unfolded (WtMessageContext *self, const char *key)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), FALSE);

  return g_hash_table_contains (self->unfolded, key);
}

/**
 * wt_message_context_set_unfolded:
 * @self: a context
 * @key: names what can be unfolded among all of the conversation
 * @unfolded: whether it is
 *
 * Remembers it for when its row is made anew.
 */
void
wt_message_context_set_unfolded (WtMessageContext *self, const char *key, gboolean unfolded)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  if (unfolded)
    g_hash_table_add (self->unfolded, g_strdup (key));
  else
    g_hash_table_remove (self->unfolded, key);
}

/**
 * wt_message_context_get_marks:
 * @self: a context
 *
 * Returns: (nullable): words that were searched for
 */
const char *
wt_message_context_get_marks (WtMessageContext *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (self), NULL);

  return self->marks;
}

/**
 * wt_message_context_set_marks:
 * @self: a context
 * @typed: (nullable): what was searched for; the words stand out until there are others or none
 */
void
wt_message_context_set_marks (WtMessageContext *self, const char *typed)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  const char *marks = typed != NULL && *typed != '\0' ? typed : NULL;

  if (g_strcmp0 (self->marks, marks) == 0)
    return;
  g_free (self->marks);
  self->marks = g_strdup (marks);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARKS]);
}

/**
 * wt_message_context_jump:
 * @self: a context
 * @seq: a message's position in the conversation, 1…
 *
 * Asks for a message to be shown, and has it stand out for a moment.
 */
void
wt_message_context_jump (WtMessageContext *self, gint64 seq)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  g_signal_emit (self, signals[SIGNAL_JUMP], 0, seq);
  set_highlight (self, seq);
  self->highlight_source = g_timeout_add (HIGHLIGHT_MS, on_highlight_over, self);
}

/**
 * wt_message_context_view:
 * @self: a context
 * @message: a message
 * @position: of a picture among its media, from 0
 *
 * Asks for a picture to be shown in full.
 */
void
wt_message_context_view (WtMessageContext *self, WtMessage *message, guint position)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  g_signal_emit (self, signals[SIGNAL_VIEW], 0, message, position);
}

/**
 * wt_message_context_report:
 * @self: a context
 * @words: what went wrong and what to do, for the user
 *
 * Tells the user in passing.
 */
void
wt_message_context_report (WtMessageContext *self, const char *words)
{
  g_return_if_fail (WT_IS_MESSAGE_CONTEXT (self));

  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, words);
}
