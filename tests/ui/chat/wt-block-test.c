/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-block-test.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wt-message-store.h"
#include "wt-test.h"

#define WAVE_RATE 8000

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  WtBlockTest *self = data;

  g_set_object (&self->result, result);
}

static GAsyncResult *
wait_result (WtBlockTest *self)
{
  wt_test_wait_until (self->result != NULL);
  return self->result;
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

static void
add_account (WtBlockTest *self)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autoptr (GError) error = NULL;

  record->url = g_strdup ("ws://127.0.0.1:9/ws");
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me");
  record->nickname = g_strdup ("Me");
  record->target_platform = g_strdup ("desk");
  g_clear_object (&self->result);
  wt_profile_save_account_async (self->profile, record, "my-key", "peer-key", NULL, keep_result,
                                 self);
  self->session = g_object_ref (
      wt_profile_save_account_finish (self->profile, wait_result (self), &error));
  g_assert_no_error (error);
}

static void
add_conversation (WtBlockTest *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->result);
  wt_session_ensure_conversation_async (self->session, WT_CONVERSATION_GROUP, NULL, "group",
                                        "group", NULL, NULL, NULL, keep_result, self);
  self->conversation = wt_session_ensure_conversation_finish (self->session, wait_result (self),
                                                              &error);
  g_assert_no_error (error);
}

void
wt_block_test_set_up (WtBlockTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtPictureLoader) loader = wt_picture_loader_new (WT_PICTURE_LOADER_MEMORY);

  self->troubles = g_string_new (NULL);
  self->folder = g_dir_make_tmp ("wheatear-blocks-XXXXXX", &error);
  g_assert_no_error (error);
  self->profile = wt_profile_new (self->folder);
  wt_profile_open_async (self->profile, NULL, keep_result, self);
  g_assert_true (wt_profile_open_finish (self->profile, wait_result (self), &error));
  g_assert_no_error (error);
  add_account (self);
  add_conversation (self);
  self->timeline = wt_session_open_timeline (self->session, self->conversation);

  self->context = wt_message_context_new ();
  wt_message_context_set_loader (self->context, loader);
  wt_message_context_set_conversation (self->context, self->session, self->conversation);
  g_signal_connect_swapped (self->context, "trouble", G_CALLBACK (on_trouble), self);
  g_signal_connect_swapped (self->context, "jump", G_CALLBACK (on_jump), self);
}

static void
delete_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        delete_tree (child);
    }
  g_rmdir (path);
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
  g_clear_object (&self->result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  wt_profile_close (self->profile);
  g_clear_object (&self->profile);
  delete_tree (self->folder);
  g_clear_pointer (&self->folder, g_free);
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
  g_autoptr (GError) error = NULL;
  WtMedia *media;

  g_clear_object (&self->result);
  wt_session_import_bytes_async (self->session, contents, name, kind, 0, NULL, keep_result, self);
  media = wt_session_import_finish (self->session, wait_result (self), &error);
  g_assert_no_error (error);
  g_free (media->name);
  media->name = g_strdup (name);
  return media;
}

/* Stores a message as if it had come in, and takes it from the timeline. Takes @segment. */
WtMessage *
wt_block_test_add (WtBlockTest *self, const char *author, WtSegment *segment)
{
  gint64 seq = wt_conversation_get_last_seq (self->conversation) + 1;
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (
      &(WtChatTestMessage){ .seq = seq,
                            .author = author,
                            .time = WT_CHAT_TEST_NOW + seq * WT_CHAT_TEST_MINUTE,
                            .delivery = author != NULL ? WT_DELIVERY_RECEIVED : WT_DELIVERY_ACKED,
                            .segment = segment });
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  WtDatabase *database = wt_profile_get_database (self->profile);
  WtMessage *message;

  record->id = record->seq = 0;
  record->author_platform = g_strdup ("desk");
  g_free (record->digest);
  record->digest = g_strdup (record->msg_id);
  g_clear_object (&self->result);
  wt_message_store_add_async (database, wt_conversation_get_record (self->conversation), record,
                              NULL, NULL, keep_result, self);
  stored = wt_message_store_add_finish (database, wait_result (self), &error);
  g_assert_no_error (error);
  wt_conversation_update (self->conversation, stored->conversation);
  g_ptr_array_add (records, stored->message);
  wt_timeline_append (self->timeline, records);

  message = g_list_model_get_item (G_LIST_MODEL (self->timeline), (guint) seq - 1);
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
