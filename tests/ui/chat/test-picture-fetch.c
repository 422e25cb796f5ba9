/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <libsoup/soup.h>
#include <string.h>

#include "../wt-ui-test.h"
#include "wt-chat-test.h"
#include "wt-message-row.h"
#include "wt-picture-block.h"
#include "wt-picture-notice.h"
#include "wt-picture-samples.h"

typedef struct
{
  char *folder;
  char *profile_folder;
  WtProfile *profile;
  WtSession *session;
  WtConversation *conversation;
  WtMessageContext *context;
  WtTimeline *timeline;
  WtMessageRow *row;
  GtkWidget *window;
  SoupServer *server;
  char *url;
  GBytes *body;
  gboolean stalls; /* after half of it */
  gboolean refuses;
  guint n_requests;
} Fixture;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  Fixture *fixture = data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  gsize size = g_bytes_get_size (fixture->body);

  fixture->n_requests++;
  soup_server_message_set_status (message, fixture->refuses ? 404 : 200, NULL);
  if (fixture->refuses)
    return;

  soup_message_headers_append (headers, "Content-Type", "image/png");
  if (fixture->stalls)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (fixture->body, 0, size / 2);

      soup_message_headers_set_content_length (headers, (goffset) size);
      soup_message_body_append_bytes (body, part);
      return;
    }
  soup_message_body_append_bytes (body, fixture->body);
}

static void
start_server (Fixture *fixture)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "remote", 300, 100);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->body = wt_picture_samples_read (path);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%d/a.png", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtPictureLoader) loader = wt_picture_loader_new (WT_PICTURE_LOADER_MEMORY);

  fixture->folder = wt_picture_samples_make_folder ();
  start_server (fixture);
  fixture->profile = wt_ui_test_open_profile (&fixture->profile_folder);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->conversation = wt_ui_test_add_conversation (fixture->session, WT_CONVERSATION_DIRECT,
                                                       "peer");
  fixture->context = wt_message_context_new ();
  wt_message_context_set_loader (fixture->context, loader);
  wt_message_context_set_conversation (fixture->context, fixture->session, fixture->conversation);
  fixture->row = WT_MESSAGE_ROW (wt_message_row_new (fixture->context));
  gtk_widget_set_valign (GTK_WIDGET (fixture->row), GTK_ALIGN_START);
  fixture->window = wt_chat_test_show (GTK_WIDGET (fixture->row));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->timeline);
  g_clear_object (&fixture->conversation);
  g_clear_object (&fixture->context);
  wt_ui_test_close_profile (fixture->profile, fixture->profile_folder);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_clear_pointer (&fixture->body, g_bytes_unref);
  g_clear_pointer (&fixture->url, g_free);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static void
set_remote_pictures (Fixture *fixture, WtRemotePictures setting)
{
  WtAccount *account = wt_session_get_account (fixture->session);
  g_autoptr (WtAccountRecord) record = wt_account_record_copy (wt_account_get_record (account));

  record->remote_pictures = setting;
  wt_account_update (account, record);
}

/* A message with a picture of which only the address is known, as it is stored and shown. */
static void
bind (Fixture *fixture)
{
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (WtSegment) segment = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMessage) message = NULL;

  media->url = g_strdup (fixture->url);
  segment = wt_segment_new_media (WT_SEGMENT_IMAGE, media);
  wt_session_send_async (fixture->session, fixture->conversation, segment, NULL, wt_ui_test_on_done,
                         &result);
  wt_test_wait_until (result != NULL);
  wt_session_send_finish (fixture->session, result, &error);
  g_assert_no_error (error);

  fixture->timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)) == 1);
  message = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 0);
  wt_test_wait_until (wt_message_get_loaded (message));
  wt_message_row_bind (fixture->row, message, NULL, FALSE, FALSE);
  wt_chat_test_wait_painted (fixture->window);
}

static WtPictureBlock *
get_block (Fixture *fixture)
{
  return WT_PICTURE_BLOCK (
      wt_chat_test_find (GTK_WIDGET (fixture->row), WT_TYPE_PICTURE_BLOCK, NULL));
}

static WtPictureNotice *
get_notice (Fixture *fixture)
{
  return WT_PICTURE_NOTICE (
      wt_chat_test_find (GTK_WIDGET (fixture->row), WT_TYPE_PICTURE_NOTICE, NULL));
}

static WtPictureBlockState
get_state (Fixture *fixture)
{
  return wt_picture_block_get_state (get_block (fixture));
}

static void
assert_says (Fixture *fixture, const char *words, const char *button)
{
  g_assert_cmpstr (wt_picture_notice_get_words (get_notice (fixture)), ==, words);
  g_assert_cmpstr (wt_picture_notice_get_button (get_notice (fixture)), ==, button);
}

static void
assert_size (Fixture *fixture)
{
  wt_chat_test_wait_painted (fixture->window);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (get_block (fixture))), ==, 240);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (get_block (fixture))), ==, 180);
}

static void
test_ask (Fixture *fixture, gconstpointer data)
{
  set_remote_pictures (fixture, WT_REMOTE_ASK);
  bind (fixture);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_REMOTE);
  assert_says (fixture, "Picture from 127.0.0.1", "Load");
  assert_size (fixture);
  g_assert_cmpuint (fixture->n_requests, ==, 0);

  wt_picture_notice_click (get_notice (fixture));
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
  g_assert_cmpint (gdk_texture_get_width (wt_picture_block_get_texture (get_block (fixture))), ==,
                   240);
  /* Nothing jumps before somebody's eyes: the box stays, around a picture of another shape. */
  assert_size (fixture);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (get_block (fixture)), "loaded"));
}

static void
test_always (Fixture *fixture, gconstpointer data)
{
  set_remote_pictures (fixture, WT_REMOTE_ALWAYS);
  bind (fixture);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);
  assert_size (fixture);
}

static void
on_link (WtMessageRow *row, const char *uri, char **opened)
{
  *opened = g_strdup (uri);
}

static void
test_never (Fixture *fixture, gconstpointer data)
{
  g_autofree char *opened = NULL;

  g_signal_connect (fixture->row, "link", G_CALLBACK (on_link), &opened);
  set_remote_pictures (fixture, WT_REMOTE_NEVER);
  bind (fixture);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_FORBIDDEN);
  assert_says (fixture, "Picture from 127.0.0.1\nClick to open its address", NULL);
  wt_picture_notice_click (get_notice (fixture));
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_FORBIDDEN);
  gtk_widget_activate_action (GTK_WIDGET (get_block (fixture)), "picture.open", NULL);
  g_assert_cmpstr (opened, ==, fixture->url);
  g_assert_cmpuint (fixture->n_requests, ==, 0);
}

/* A changed setting counts for what is shown already. */
static void
test_setting (Fixture *fixture, gconstpointer data)
{
  set_remote_pictures (fixture, WT_REMOTE_NEVER);
  bind (fixture);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_FORBIDDEN);
  set_remote_pictures (fixture, WT_REMOTE_ASK);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_REMOTE);
  assert_says (fixture, "Picture from 127.0.0.1", "Load");
  g_assert_cmpuint (fixture->n_requests, ==, 0);

  set_remote_pictures (fixture, WT_REMOTE_ALWAYS);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);
  set_remote_pictures (fixture, WT_REMOTE_NEVER);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_SHOWN);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = NULL;

  fixture->stalls = TRUE;
  bind (fixture);
  wt_picture_notice_click (get_notice (fixture));
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_FETCHING);
  wt_test_wait_until (wt_picture_notice_get_fraction (get_notice (fixture)) > 0.3);
  g_assert_cmpfloat (wt_picture_notice_get_fraction (get_notice (fixture)), <, 0.7);
  assert_size (fixture);

  /* It goes on while the row shows something else, and is found again. */
  message = wt_chat_test_make_text (7, "ann", WT_CHAT_TEST_NOW, "else");
  wt_message_row_bind (fixture->row, message, NULL, FALSE, FALSE);
  g_clear_object (&message);
  message = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 0);
  wt_message_row_bind (fixture->row, message, NULL, FALSE, FALSE);
  wt_chat_test_wait_painted (fixture->window);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_FETCHING);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
  g_assert_cmpstr (wt_picture_notice_get_button (get_notice (fixture)), ==, "Cancel");

  wt_picture_notice_click (get_notice (fixture));
  wt_test_wait_until (get_state (fixture) != WT_PICTURE_BLOCK_FETCHING);
  g_assert_cmpstr (wt_picture_notice_get_button (get_notice (fixture)), ==, "Load");
  assert_size (fixture);
}

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  fixture->refuses = TRUE;
  bind (fixture);
  wt_picture_notice_click (get_notice (fixture));
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_FETCH_FAILED);
  assert_says (fixture, "The server says 404", "Retry");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (get_block (fixture))), ==,
                   "The server says 404");
  assert_size (fixture);

  fixture->refuses = FALSE;
  wt_picture_notice_click (get_notice (fixture));
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);
  g_assert_null (gtk_widget_get_tooltip_text (GTK_WIDGET (get_block (fixture))));
  g_assert_cmpuint (fixture->n_requests, ==, 2);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/chat/picture-fetch/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  wt_chat_test_init (&argc, &argv);

  ADD ("ask", test_ask);
  ADD ("always", test_always);
  ADD ("never", test_never);
  ADD ("setting", test_setting);
  ADD ("progress", test_progress);
  ADD ("retry", test_retry);
  return g_test_run ();
}
