/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-view-private.h"

/* After the first change that is not kept; a draft is also kept at once when the conversation is left. */
#define DRAFT_DELAY_MS 500

static void
draft_free (gpointer data)
{
  WtChatDraft *draft = data;

  g_clear_object (&draft->conversation);
  g_clear_object (&draft->session);
  g_clear_object (&draft->composition);
  g_clear_pointer (&draft->kept, g_ptr_array_unref);
  g_free (draft);
}

/* What is stored for a text: the list marks a draft without one, too, where something is attached. */
static const char *
get_stored (WtChatDraft *draft, const char *text)
{
  gboolean attached = draft != NULL && draft->kept != NULL && draft->kept->len > 0;

  return *text != '\0' ? text : attached ? "" : NULL;
}

static void
mark_attached (WtChatDraft *draft)
{
  const char *text = wt_conversation_get_draft (draft->conversation);

  if (text == NULL || *text == '\0')
    wt_session_set_draft (draft->session, draft->conversation, get_stored (draft, ""));
}

/* Not before it is known what is there; and what left the composer, until it is stored as a message. */
static void
save_attachments (WtChatView *self, WtChatDraft *draft)
{
  g_autoptr (GPtrArray) unsent = NULL;
  g_autoptr (GPtrArray) now = wt_draft_attachments_new ();

  if (draft->kept == NULL)
    return;

  unsent = wt_unsent_list (self->unsent, wt_conversation_get_id (draft->conversation));
  for (guint i = 0; i < unsent->len; i++)
    wt_composition_list_drafts (unsent->pdata[i], now);
  wt_composition_list_drafts (draft->composition, now);
  if (wt_draft_attachments_equal (draft->kept, now))
    return;

  wt_session_set_draft_attachments (draft->session, draft->conversation, now);
  g_clear_pointer (&draft->kept, g_ptr_array_unref);
  draft->kept = g_steal_pointer (&now);
  mark_attached (draft);
}

/* Of all conversations: something may be read to its end when another one is open. */
void
wt_chat_view_save_attachments (WtChatView *self)
{
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    save_attachments (self, draft);
}

void
wt_chat_view_store_text (WtChatView *self,
                         WtSession *session,
                         WtConversation *conversation,
                         const char *text)
{
  const char *before = wt_conversation_get_draft (conversation);
  WtChatDraft *draft = wt_chat_view_lookup_draft (self, conversation);

  if (g_strcmp0 (before != NULL ? before : "", text) == 0)
    return;

  wt_session_set_draft (session, conversation, get_stored (draft, text));
}

void
wt_chat_view_clear_draft_timer (WtChatView *self)
{
  g_clear_handle_id (&self->draft_source, g_source_remove);
}

/**
 * wt_chat_view_save_draft:
 * @self: a view
 *
 * Keeps what is typed and attached, at once. To be called before the profile is closed.
 */
void
wt_chat_view_save_draft (WtChatView *self)
{
  g_return_if_fail (WT_IS_CHAT_VIEW (self));

  wt_chat_view_clear_draft_timer (self);
  wt_chat_view_save_attachments (self);
  if (self->session == NULL || self->composer == NULL)
    return;

  gint64 id = wt_conversation_get_id (self->conversation);
  g_autofree char *text = wt_composer_dup_text (self->composer);
  g_autofree char *draft = wt_unsent_dup_draft (self->unsent, id, text);

  wt_unsent_set_rest (self->unsent, id, text);
  wt_chat_view_store_text (self, self->session, self->conversation, draft);
}

static gboolean
on_draft_due (gpointer data)
{
  WtChatView *self = data;

  self->draft_source = 0;
  wt_chat_view_save_draft (self);
  return G_SOURCE_REMOVE;
}

/* Whoever goes on without a pause has it kept all the same. */
static void
save_soon (WtChatView *self)
{
  if (self->draft_source == 0 && self->composer != NULL)
    self->draft_source = g_timeout_add (DRAFT_DELAY_MS, on_draft_due, self);
}

static void
on_text_changed (WtChatView *self)
{
  if (!self->filling && self->conversation != NULL)
    save_soon (self);
}

typedef struct
{
  WtChatView *view;
  WtConversation *conversation;
  WtComposition *composition;
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->view);
  g_clear_object (&reading->conversation);
  g_clear_object (&reading->composition);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
on_attachments_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = wt_session_list_draft_attachments_finish (WT_SESSION (source),
                                                                         result, &error);
  WtChatDraft *draft = wt_chat_view_lookup_draft (reading->view, reading->conversation);

  if (kept == NULL)
    {
      g_debug ("what was attached is not known: %s", error->message);
      return;
    }
  /* It was let go meanwhile, and is read again when it is wanted. */
  if (draft == NULL || draft->composition != reading->composition)
    return;

  draft->kept = g_steal_pointer (&kept);
  wt_composition_add_drafts (draft->composition, draft->kept);
  save_soon (reading->view);
}

static void
read_attachments (WtChatView *self, WtChatDraft *draft)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->view = g_object_ref (self);
  reading->conversation = g_object_ref (draft->conversation);
  reading->composition = g_object_ref (draft->composition);
  wt_session_list_draft_attachments_async (draft->session, draft->conversation, NULL,
                                           on_attachments_listed, reading);
}

WtChatDraft *
wt_chat_view_lookup_draft (WtChatView *self, WtConversation *conversation)
{
  gint64 id = wt_conversation_get_id (conversation);

  return g_hash_table_lookup (self->drafts, &id);
}

/* That of a conversation, with what was attached when the program ended. */
WtChatDraft *
wt_chat_view_open_draft (WtChatView *self, WtSession *session, WtConversation *conversation)
{
  gint64 id = wt_conversation_get_id (conversation);
  WtChatDraft *draft = wt_chat_view_lookup_draft (self, conversation);

  if (draft != NULL && draft->session == session)
    return draft;

  draft = g_new0 (WtChatDraft, 1);
  draft->conversation = g_object_ref (conversation);
  draft->session = g_object_ref (session);
  draft->composition = wt_composition_new (session);
  g_signal_connect_object (draft->composition, "notify::busy", G_CALLBACK (wt_chat_view_on_busy),
                           self, 0);
  g_signal_connect_object (draft->composition, "changed", G_CALLBACK (save_soon), self,
                           G_CONNECT_SWAPPED);
  g_hash_table_insert (self->drafts, g_memdup2 (&id, sizeof id), draft);
  read_attachments (self, draft);
  return draft;
}

static gboolean
is_unused (gpointer key, gpointer value, gpointer data)
{
  WtChatView *self = data;
  WtComposition *composition = ((WtChatDraft *) value)->composition;

  /* What is being stored goes back into it, perhaps; without a composer nobody goes on writing. */
  return !wt_unsent_holds (self->unsent, *(gint64 *) key)
         && (self->composer == NULL
             || (wt_composition_is_empty (composition)
                 && wt_composition_get_reply (composition) == NULL));
}

/* Those that nothing is in, or all. */
void
wt_chat_view_forget_drafts (WtChatView *self)
{
  wt_chat_view_save_attachments (self);
  g_hash_table_foreach_remove (self->drafts, is_unused, self);
}

void
wt_chat_view_init_drafts (WtChatView *self)
{
  self->drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, draft_free);
  g_signal_connect_object (self->composer, "notify::text", G_CALLBACK (on_text_changed), self,
                           G_CONNECT_SWAPPED);
}
