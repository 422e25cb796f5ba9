/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-block-test.h"

#include <string.h>

#include "wt-chat-profile.h"
#include "wt-test.h"

#define WAVE_RATE 8000

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
on_trouble (WtBlockTest *self, const char *words)
{
  g_string_append_printf (self->troubles, "%s\n", words);
}

static void
on_jump (WtBlockTest *self, gint64 seq)
{
  self->jumped = seq;
}

void
wt_block_test_set_up (WtBlockTest *self, gconstpointer data)
{
  g_autoptr (WtPictureLoader) loader = wt_picture_loader_new (WT_PICTURE_LOADER_MEMORY);

  self->troubles = g_string_new (NULL);
  self->profile = wt_chat_profile_open (&self->folder, &self->session);
  self->conversation = wt_chat_profile_add (self->session, WT_CONVERSATION_GROUP, "group");
  self->timeline = wt_session_open_timeline (self->session, self->conversation);

  self->context = wt_message_context_new ();
  wt_message_context_set_loader (self->context, loader);
  wt_message_context_set_conversation (self->context, self->session, self->conversation);
  g_signal_connect_swapped (self->context, "trouble", G_CALLBACK (on_trouble), self);
  g_signal_connect_swapped (self->context, "jump", G_CALLBACK (on_jump), self);
}

void
wt_block_test_tear_down (WtBlockTest *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->context, self);
  wt_message_context_set_conversation (self->context, NULL, NULL);
  g_clear_object (&self->context);
  g_clear_object (&self->timeline);
  g_clear_object (&self->conversation);
  g_clear_object (&self->session);
  wt_chat_profile_close (g_steal_pointer (&self->profile), g_steal_pointer (&self->folder));
  g_string_free (self->troubles, TRUE);
}

/* As it is after it has arrived: in the blob folder, its type sniffed. */
WtMedia *
wt_block_test_import (WtBlockTest *self,
                      WtSegmentKind kind,
                      const char *name,
                      gconstpointer bytes,
                      gsize length)
{
  g_autoptr (GBytes) contents = g_bytes_new (bytes, length);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WtMedia *media;

  wt_session_import_bytes_async (self->session, contents, name, kind, 0, NULL, keep_result,
                                 &result);
  wt_test_wait_until (result != NULL);
  media = wt_session_import_finish (self->session, result, &error);
  g_assert_no_error (error);
  g_free (media->name);
  media->name = g_strdup (name);
  return media;
}

/* Stores a message as if it had come in, and takes it from the timeline. Takes @segment. */
WtMessage *
wt_block_test_add (WtBlockTest *self, const char *author, WtSegment *segment)
{
  g_autoptr (WtStoredMessage) stored = wt_chat_profile_store (self->profile, self->conversation,
                                                              author, segment);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  WtMessage *message;

  g_ptr_array_add (records, stored->message);
  wt_timeline_append (self->timeline, records);

  message = g_list_model_get_item (G_LIST_MODEL (self->timeline), (guint) stored->message->seq - 1);
  wt_test_wait_until (wt_message_get_loaded (message));
  return message;
}

void
wt_block_test_set (WtBlockTest *self, GtkWidget *block, WtMessage *message, guint index)
{
  WtTextBudget budget = { 2000, 30 };
  gboolean folded;
  g_autoptr (GPtrArray) parts = wt_message_parts_new (wt_message_get_segment (message), "me",
                                                      budget, &folded);

  g_assert_cmpuint (index, <, parts->len);
  wt_message_block_set_part (WT_MESSAGE_BLOCK (block), parts->pdata[index], message, self->context);
}

/* The block of a message's part, as a bubble makes it. Returns: (transfer full) */
GtkWidget *
wt_block_test_make (WtBlockTest *self, WtMessage *message, guint index)
{
  WtTextBudget budget = { 2000, 30 };
  gboolean folded;
  g_autoptr (GPtrArray) parts = wt_message_parts_new (wt_message_get_segment (message), "me",
                                                      budget, &folded);
  const WtMessagePart *part = parts->pdata[index];
  GtkWidget *block = wt_message_block_new (part->kind);

  g_object_ref_sink (block);
  wt_message_block_set_part (WT_MESSAGE_BLOCK (block), part, message, self->context);
  return block;
}

/* The text of its first visible label of that class. */
const char *
wt_block_test_get_label (GtkWidget *block, const char *css_class)
{
  GtkWidget *label = wt_chat_test_find (block, GTK_TYPE_LABEL, css_class);

  return label != NULL && gtk_widget_get_visible (label) ? gtk_label_get_text (GTK_LABEL (label))
                                                         : NULL;
}

static void
put32 (GByteArray *bytes, guint32 value)
{
  guint8 raw[] = { (guint8) value, (guint8) (value >> 8), (guint8) (value >> 16),
                   (guint8) (value >> 24) };

  g_byte_array_append (bytes, raw, sizeof raw);
}

/* Silence; @said: the length in its header, which a stream does not know. */
GBytes *
wt_block_test_make_wave (guint seconds, guint32 said)
{
  GByteArray *bytes = g_byte_array_new ();
  guint data = seconds * WAVE_RATE * 2;
  guint before;

  g_byte_array_append (bytes, (const guint8 *) "RIFF", 4);
  put32 (bytes, said == 0 || said == G_MAXUINT32 ? said : 36 + data);
  g_byte_array_append (bytes, (const guint8 *) "WAVEfmt ", 8);
  put32 (bytes, 16);
  put32 (bytes, 1 | 1 << 16);
  put32 (bytes, WAVE_RATE);
  put32 (bytes, WAVE_RATE * 2);
  put32 (bytes, 2 | 16 << 16);
  g_byte_array_append (bytes, (const guint8 *) "data", 4);
  put32 (bytes, said);
  before = bytes->len;
  g_byte_array_set_size (bytes, before + data);
  memset (bytes->data + before, 0, data);
  return g_byte_array_free_to_bytes (bytes);
}
