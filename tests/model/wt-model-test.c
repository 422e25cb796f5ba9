/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-model-test.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "wt-envelope.h"
#include "wt-test-folder.h"
#include "wt-test.h"

void
wt_model_test_on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  WtModelFixture *fixture = data;

  g_set_object (&fixture->result, result);
}

GAsyncResult *
wt_model_test_wait (WtModelFixture *fixture)
{
  wt_test_wait_until (fixture->result != NULL);
  return fixture->result;
}

static void
on_received (WtApiServer *server,
             const char *user,
             const char *platform,
             WtEnvelope *envelope,
             WtModelFixture *fixture)
{
  g_ptr_array_add (fixture->received, wt_envelope_ref (envelope));
}

static void
open_profile (WtModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GListModel *sessions, *conversations;

  fixture->profile = wt_profile_new (fixture->folder);
  wt_model_test_call (fixture, wt_profile_open_async, fixture->profile);
  wt_profile_open_finish (fixture->profile, fixture->result, &error);
  g_assert_no_error (error);
  sessions = wt_profile_get_sessions (fixture->profile);
  conversations = G_LIST_MODEL (wt_profile_get_conversations (fixture->profile));
  fixture->session = g_list_model_get_item (sessions, 0);
  fixture->conversation = g_list_model_get_item (conversations, 0);
}

static void
close_profile (WtModelFixture *fixture)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->conversation);
  g_clear_object (&fixture->session);
  wt_profile_close (fixture->profile);
  g_clear_object (&fixture->profile);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
add_account (WtModelFixture *fixture)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autoptr (GError) error = NULL;

  record->url = g_strdup_printf ("ws://127.0.0.1:%u/ws", fixture->port);
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me-id");
  record->nickname = g_strdup ("Me");
  record->enabled = TRUE;
  record->target_platform = g_strdup ("desk");
  wt_model_test_call (fixture, wt_profile_save_account_async, fixture->profile, record,
                      "my-secret-key", "peer-secret-key");
  fixture->session = wt_profile_save_account_finish (fixture->profile, fixture->result, &error);
  g_assert_no_error (error);
  g_object_ref (fixture->session);
}

void
wt_model_test_set_up (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("wt-model-XXXXXX", NULL);
  fixture->received = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_envelope_unref);
  fixture->server = wt_api_server_new ();
  wt_api_server_add_key (fixture->server, "my-secret-key", "me");
  wt_api_server_add_key (fixture->server, "peer-secret-key", "peer");
  g_signal_connect (fixture->server, "received", G_CALLBACK (on_received), fixture);
  wt_api_server_listen (fixture->server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  fixture->port = wt_api_server_get_port (fixture->server);

  open_profile (fixture);
  add_account (fixture);
  wt_model_test_call (fixture, wt_session_ensure_conversation_async, fixture->session,
                      WT_CONVERSATION_GROUP, NULL, "group-id", "Group", NULL, NULL);
  fixture->conversation = wt_session_ensure_conversation_finish (fixture->session, fixture->result,
                                                                 &error);
  g_assert_no_error (error);
}

void
wt_model_test_tear_down (WtModelFixture *fixture, gconstpointer data)
{
  close_profile (fixture);
  wt_api_server_stop (fixture->server);
  g_clear_object (&fixture->server);
  g_clear_pointer (&fixture->received, g_ptr_array_unref);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

/* As if the program had ended and been started again. */
void
wt_model_test_reopen (WtModelFixture *fixture)
{
  close_profile (fixture);
  open_profile (fixture);
}

void
wt_model_test_go_online (WtModelFixture *fixture)
{
  wt_profile_start (fixture->profile);
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_ONLINE);
}

gint64
wt_model_test_send (WtModelFixture *fixture, WtSegment *segment)
{
  g_autoptr (WtMessageRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  wt_model_test_call (fixture, wt_session_send_async, fixture->session, fixture->conversation,
                      segment);
  record = wt_session_send_finish_record (fixture->session, fixture->result, &error);
  g_assert_no_error (error);
  return record->id;
}

WtMessage *
wt_model_test_get_message (WtTimeline *timeline, guint position)
{
  WtMessage *message = g_list_model_get_item (G_LIST_MODEL (timeline), position);

  g_assert_nonnull (message);
  wt_test_wait_until (wt_message_get_loaded (message));
  return message;
}

void
wt_model_test_peer_says (WtModelFixture *fixture,
                         const char *msg_id,
                         const char *user_id,
                         const char *nickname,
                         const char *segment)
{
  g_autofree char *text = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"%s\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":"
      "\"peer-secret-key\",\"platform\":\"desk\"},\"payload\":{\"message_info\":{\"platform\":"
      "\"desk\",\"message_id\":\"%s\",\"time\":1700000000.5,\"sender_info\":{\"user_info\":{"
      "\"platform\":\"desk\",\"user_id\":\"%s\",\"user_nickname\":\"%s\"},\"group_info\":{"
      "\"platform\":\"desk\",\"group_id\":\"group-id\",\"group_name\":\"Group\"}}},"
      "\"message_segment\":%s,\"message_dim\":{\"api_key\":\"my-secret-key\",\"platform\":"
      "\"desk\"}}}",
      msg_id, msg_id, user_id, nickname, segment);
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));
  g_autoptr (GHashTable) sent = wt_api_server_send (fixture->server, "me", "desk", frame);

  g_assert_cmpuint (g_hash_table_size (sent), ==, 1);
}

char *
wt_model_test_write (WtModelFixture *fixture, const char *name, const void *data, gsize size)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

WtMedia *
wt_model_test_import (WtModelFixture *fixture,
                      const char *path,
                      WtSegmentKind kind,
                      guint longest_edge,
                      GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  wt_model_test_call (fixture, wt_session_import_file_async, fixture->session, file, kind,
                      longest_edge);
  return wt_session_import_finish (fixture->session, fixture->result, error);
}

/* Noise, so that it does not become small by being compressed. */
GBytes *
wt_model_test_make_picture (int width, int height, const char *type, gboolean transparent)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, transparent, 8, width, height);
  guint8 *row = gdk_pixbuf_get_pixels (pixbuf);
  g_autoptr (GError) error = NULL;
  guint32 noise = 1;
  char *contents = NULL;
  gsize length = 0;

  for (int y = 0; y < height; y++, row += gdk_pixbuf_get_rowstride (pixbuf))
    {
      for (int x = 0; x < width * gdk_pixbuf_get_n_channels (pixbuf); x++)
        {
          noise = noise * 1664525 + 1013904223;
          row[x] = (guint8) (noise >> 24);
        }
    }
  gdk_pixbuf_save_to_buffer (pixbuf, &contents, &length, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}
