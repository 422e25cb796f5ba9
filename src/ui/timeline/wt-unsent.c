/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-unsent.h"

typedef struct
{
  guint id;
  WtComposition *message;
} Held;

/* What one conversation waits for. */
typedef struct
{
  GPtrArray *held; /* in the order they were sent */
  guint n_waiting;
  char *rest; /* what the composer held when the conversation was left */
} Group;

struct _WtUnsent
{
  GHashTable *groups; /* of Group by conversation */
  guint last_id;
};

static void
held_free (gpointer data)
{
  Held *held = data;

  g_clear_object (&held->message);
  g_free (held);
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_clear_pointer (&group->held, g_ptr_array_unref);
  g_clear_pointer (&group->rest, g_free);
  g_free (group);
}

static Group *
lookup (WtUnsent *self, gint64 conversation)
{
  return g_hash_table_lookup (self->groups, &conversation);
}

WtUnsent *
wt_unsent_new (void)
{
  WtUnsent *self = g_new0 (WtUnsent, 1);

  self->groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, group_free);
  return self;
}

void
wt_unsent_free (WtUnsent *self)
{
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_free (self);
}

/**
 * wt_unsent_join:
 * @above: (nullable): a text
 * @below: (nullable): another
 *
 * Returns: (transfer full): both, one below the other; empty if there is neither
 */
char *
wt_unsent_join (const char *above, const char *below)
{
  gboolean has_above = above != NULL && *above != '\0';
  gboolean has_below = below != NULL && *below != '\0';

  if (has_above && has_below)
    return g_strconcat (above, "\n", below, NULL);

  return g_strdup (has_above ? above : has_below ? below : "");
}

/**
 * wt_unsent_hold:
 * @self: the messages
 * @conversation: the conversation's id
 * @message: what left the composer
 *
 * Returns: names the message for wt_unsent_settle()
 */
guint
wt_unsent_hold (WtUnsent *self, gint64 conversation, WtComposition *message)
{
  Group *group = lookup (self, conversation);
  Held *held = g_new0 (Held, 1);

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->held = g_ptr_array_new_with_free_func (held_free);
      g_hash_table_insert (self->groups, g_memdup2 (&conversation, sizeof conversation), group);
    }

  held->id = ++self->last_id;
  held->message = g_object_ref (message);
  g_ptr_array_add (group->held, held);
  group->n_waiting++;
  return held->id;
}

/**
 * wt_unsent_holds:
 * @self: the messages
 * @conversation: the conversation's id
 *
 * Returns: whether a message of the conversation is not settled
 */
gboolean
wt_unsent_holds (WtUnsent *self, gint64 conversation)
{
  return lookup (self, conversation) != NULL;
}

/**
 * wt_unsent_set_rest:
 * @self: the messages
 * @conversation: the conversation's id
 * @rest: what the composer holds besides
 *
 * To be called when the conversation is left. Does nothing if all its messages are settled.
 */
void
wt_unsent_set_rest (WtUnsent *self, gint64 conversation, const char *rest)
{
  Group *group = lookup (self, conversation);

  if (group == NULL)
    return;

  g_clear_pointer (&group->rest, g_free);
  group->rest = g_strdup (rest);
}

/**
 * wt_unsent_get_rest:
 * @self: the messages
 * @conversation: the conversation's id
 *
 * Returns: (nullable): what was set by wt_unsent_set_rest()
 */
const char *
wt_unsent_get_rest (WtUnsent *self, gint64 conversation)
{
  Group *group = lookup (self, conversation);

  return group != NULL ? group->rest : NULL;
}

static GPtrArray *
list_messages (Group *group)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < group->held->len; i++)
    {
      Held *held = group->held->pdata[i];

      g_ptr_array_add (messages, g_object_ref (held->message));
    }
  return g_steal_pointer (&messages);
}

/**
 * wt_unsent_list:
 * @self: the messages
 * @conversation: the conversation's id
 *
 * Returns: (transfer full) (element-type WtComposition): those that are not settled, in order; perhaps empty
 */
GPtrArray *
wt_unsent_list (WtUnsent *self, gint64 conversation)
{
  Group *group = lookup (self, conversation);

  return group != NULL ? list_messages (group) : g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * wt_unsent_join_texts:
 * @messages: of #WtComposition
 *
 * Returns: (transfer full): their texts, one below the other; perhaps empty
 */
char *
wt_unsent_join_texts (GPtrArray *messages)
{
  g_autofree char *joined = g_strdup ("");

  for (guint i = 0; i < messages->len; i++)
    {
      g_autofree char *above = g_steal_pointer (&joined);

      joined = wt_unsent_join (above, wt_composition_get_text (messages->pdata[i]));
    }
  return g_steal_pointer (&joined);
}

/**
 * wt_unsent_dup_draft:
 * @self: the messages
 * @conversation: the conversation's id
 * @rest: (nullable): what the composer holds
 *
 * Returns: (transfer full): all that would be lost by a crash now, to be kept as the draft; perhaps empty
 */
char *
wt_unsent_dup_draft (WtUnsent *self, gint64 conversation, const char *rest)
{
  g_autoptr (GPtrArray) messages = wt_unsent_list (self, conversation);
  g_autofree char *texts = wt_unsent_join_texts (messages);

  return wt_unsent_join (texts, rest);
}

/**
 * wt_unsent_settle:
 * @self: the messages
 * @conversation: the conversation's id
 * @id: from wt_unsent_hold()
 * @stored: whether the message is on disk
 * @failed: (out) (transfer full): of #WtComposition: those that could not be stored, in order; perhaps empty
 * @rest: (out) (transfer full) (nullable): what wt_unsent_set_rest() was told
 *
 * Settles one message. With the last one of the conversation, @failed and @rest are handed out and the conversation is
 * forgotten.
 *
 * Returns: %TRUE if it was the last one
 */
gboolean
wt_unsent_settle (WtUnsent *self,
                  gint64 conversation,
                  guint id,
                  gboolean stored,
                  GPtrArray **failed,
                  char **rest)
{
  Group *group = lookup (self, conversation);

  *failed = NULL;
  *rest = NULL;
  g_return_val_if_fail (group != NULL, FALSE);

  for (guint i = 0; i < group->held->len; i++)
    {
      Held *held = group->held->pdata[i];

      if (held->id != id)
        continue;
      if (stored)
        g_ptr_array_remove_index (group->held, i);
      group->n_waiting--;
      break;
    }
  if (group->n_waiting > 0)
    return FALSE;

  /* What was stored is gone from it, so that all that is left failed. */
  *failed = list_messages (group);
  *rest = g_steal_pointer (&group->rest);
  g_hash_table_remove (self->groups, &conversation);
  return TRUE;
}
