/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "wt-download.h"
#include "wt-model-test.h"
#include "wt-test.h"

/* A web server at the account's own address, which answers as the test says. */
typedef struct
{
  WtModelFixture model;
  SoupServer *server;
  char *base;
  GBytes *body;
  gsize sent; /* of the body, before it stalls; 0: all of it */
  guint requests;
  gint64 resumed_from; /* by the last request's Range, or -1 */
  gboolean broken;
  SoupServerMessage *stalled;
} Fixture;

static void
on_stalled_gone (SoupServerMessage *message, Fixture *fixture)
{
  g_clear_object (&fixture->stalled);
}

static void
stall (Fixture *fixture, SoupServerMessage *message)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (fixture->body, 0, fixture->sent);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_set_content_length (headers, (goffset) g_bytes_get_size (fixture->body));
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), part);
  g_set_object (&fixture->stalled, message);
  g_signal_connect (message, "finished", G_CALLBACK (on_stalled_gone), fixture);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  Fixture *fixture = data;
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *range = soup_message_headers_get_one (request, "Range");
  gsize size = g_bytes_get_size (fixture->body);

  fixture->requests++;
  fixture->resumed_from = range != NULL ? g_ascii_strtoll (range + strlen ("bytes="), NULL, 10)
                                        : -1;
  if (fixture->broken)
    {
      soup_server_message_set_status (message, 500, NULL);
      return;
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_append (headers, "ETag", "\"one\"");
  soup_message_headers_append (headers, "Accept-Ranges", "bytes");
  soup_message_headers_append (headers, "Content-Type", "image/png");
  if (fixture->sent > 0 && fixture->sent < size)
    {
      stall (fixture, message);
      return;
    }
  /* libsoup answers ranges by itself. */
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), fixture->body);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  wt_model_test_set_up (&fixture->model, data);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->base = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  fixture->body = wt_model_test_make_picture (200, 100, "png", FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wt_model_test_tear_down (&fixture->model, data);
  if (fixture->stalled != NULL)
    g_signal_handlers_disconnect_by_data (fixture->stalled, fixture);
  g_clear_object (&fixture->stalled);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_clear_pointer (&fixture->body, g_bytes_unref);
  g_clear_pointer (&fixture->base, g_free);
}

/* Text and something that is only an address, stored. */
static WtMessage *
add_message (Fixture *fixture, WtSegmentKind kind, const char *name)
{
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (WtSegment) text = wt_segment_new_text ("look:");
  g_autoptr (WtSegment) picture = NULL;
  g_autoptr (WtSegment) list = NULL;
  g_autoptr (WtTimeline) timeline = NULL;
  WtSegment *children[2];

  media->url = g_strconcat (fixture->base, name, NULL);
  picture = wt_segment_new_media (kind, media);
  children[0] = text;
  children[1] = picture;
  list = wt_segment_new_list (children, 2);
  wt_model_test_send (&fixture->model, list);
  timeline = wt_session_open_timeline (fixture->model.session, fixture->model.conversation);
  return wt_model_test_get_message (timeline, 0);
}

static WtFetch *
fetch (Fixture *fixture, WtMessage *message)
{
  return wt_session_fetch (fixture->model.session, fixture->model.conversation, message, 0);
}

static const WtMedia *
get_media (WtMessage *message)
{
  return wt_segment_get_media (wt_segment_get_child (wt_message_get_segment (message), 1));
}

static void
on_notify (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
assert_done (Fixture *fixture, WtMessage *message)
{
  const WtMedia *media = get_media (message);
  g_autofree char *path = wt_session_dup_media_path (fixture->model.session, media);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (fixture->body, NULL),
                   g_bytes_get_size (fixture->body));
  g_assert_cmpint (media->size, ==, (gint64) length);
  g_assert_cmpstr (media->mime_type, ==, "image/png");
  g_assert_nonnull (media->url);
}

static guint
count_parts (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->model.folder, "downloads", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
test_done (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->model.session,
                                                              fixture->model.conversation);
  g_autoptr (WtMessage) message = add_message (fixture, WT_SEGMENT_IMAGE, "a.png");
  gint64 id = wt_message_get_id (message);
  g_autoptr (WtFetch) first = NULL, second = NULL, third = NULL;
  guint notified = 0;

  g_signal_connect (message, "notify::segment", G_CALLBACK (on_notify), &notified);
  g_assert_null (wt_session_lookup_fetch (fixture->model.session, id, 0));
  first = fetch (fixture, message);
  g_assert_cmpint (wt_fetch_get_state (first), ==, WT_FETCH_RUNNING);
  g_assert_true (wt_session_lookup_fetch (fixture->model.session, id, 0) == first);
  second = fetch (fixture, message);
  g_assert_true (first == second);
  wt_test_wait_until (wt_fetch_get_state (first) != WT_FETCH_RUNNING);
  g_assert_no_error (wt_fetch_get_error (first));
  g_assert_cmpint (wt_fetch_get_received (first), ==, (gint64) g_bytes_get_size (fixture->body));
  g_assert_cmpuint (fixture->requests, ==, 1);
  g_assert_cmpuint (notified, ==, 1);
  assert_done (fixture, message);
  g_assert_cmpint (get_media (message)->width, ==, 200);
  g_assert_cmpint (get_media (message)->height, ==, 100);
  g_assert_cmpuint (count_parts (fixture), ==, 0);

  /* There is nothing left to do. */
  g_assert_null (wt_session_lookup_fetch (fixture->model.session, id, 0));
  third = fetch (fixture, message);
  g_assert_cmpint (wt_fetch_get_state (third), ==, WT_FETCH_DONE);
  g_assert_cmpuint (fixture->requests, ==, 1);

  /* And it is stored. */
  g_clear_object (&message);
  g_clear_object (&timeline);
  wt_model_test_reopen (&fixture->model);
  timeline = wt_session_open_timeline (fixture->model.session, fixture->model.conversation);
  message = wt_model_test_get_message (timeline, 0);
  assert_done (fixture, message);
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = add_message (fixture, WT_SEGMENT_IMAGE, "a.png");
  g_autoptr (WtFetch) first = NULL, second = NULL;

  fixture->broken = TRUE;
  first = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_state (first) == WT_FETCH_FAILED);
  g_assert_error (wt_fetch_get_error (first), WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_HTTP_STATUS);
  g_assert_true (wt_session_lookup_fetch (fixture->model.session, wt_message_get_id (message), 0)
                 == first);
  g_assert_null (get_media (message)->blob);

  fixture->broken = FALSE;
  second = fetch (fixture, message);
  g_assert_true (first == second);
  g_assert_cmpint (wt_fetch_get_state (first), ==, WT_FETCH_RUNNING);
  g_assert_null (wt_fetch_get_error (first));
  wt_test_wait_until (wt_fetch_get_state (first) == WT_FETCH_DONE);
  assert_done (fixture, message);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = add_message (fixture, WT_SEGMENT_FILE, "a.png");
  g_autoptr (WtFetch) running = NULL, again = NULL;

  fixture->sent = 5000;
  running = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_received (running) == 5000);
  g_assert_cmpint (wt_fetch_get_total (running), ==, (gint64) g_bytes_get_size (fixture->body));
  wt_fetch_cancel (running);
  wt_test_wait_until (wt_fetch_get_state (running) == WT_FETCH_FAILED);
  g_assert_error (wt_fetch_get_error (running), G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Goes on where it was, also when asked for again before the end of what was cancelled. */
  fixture->sent = 0;
  again = fetch (fixture, message);
  wt_fetch_cancel (again);
  g_clear_object (&again);
  again = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_state (again) != WT_FETCH_RUNNING);
  g_assert_no_error (wt_fetch_get_error (again));
  g_assert_cmpint (fixture->resumed_from, ==, 5000);
  assert_done (fixture, message);
  g_assert_cmpstr (get_media (message)->name, ==, "a.png");
}

/* The program ends half way: the message has its address, and what came is there. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = NULL;
  g_autoptr (WtMessage) message = add_message (fixture, WT_SEGMENT_IMAGE, "a.png");
  g_autoptr (WtFetch) running = NULL;

  fixture->sent = 5000;
  running = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_received (running) == 5000);
  g_clear_object (&message);
  wt_model_test_reopen (&fixture->model);
  wt_test_wait_until (wt_fetch_get_state (running) == WT_FETCH_FAILED);
  g_clear_object (&running);

  timeline = wt_session_open_timeline (fixture->model.session, fixture->model.conversation);
  message = wt_model_test_get_message (timeline, 0);
  g_assert_null (get_media (message)->blob);
  g_assert_nonnull (get_media (message)->url);
  g_assert_null (wt_session_lookup_fetch (fixture->model.session, wt_message_get_id (message), 0));
  fixture->sent = 0;
  running = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_state (running) != WT_FETCH_RUNNING);
  g_assert_no_error (wt_fetch_get_error (running));
  assert_done (fixture, message);
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const char page[] = "<!DOCTYPE html><html><body>Sign in</body></html>";
  g_autoptr (WtMessage) message = add_message (fixture, WT_SEGMENT_IMAGE, "a.png");
  g_autoptr (GBytes) picture = g_steal_pointer (&fixture->body);
  g_autoptr (WtFetch) running = NULL;

  fixture->body = g_bytes_new_static (page, strlen (page));
  running = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_state (running) != WT_FETCH_RUNNING);
  g_assert_error (wt_fetch_get_error (running), WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
  g_assert_null (get_media (message)->blob);
  g_assert_cmpuint (count_parts (fixture), ==, 0);
  g_clear_object (&running);

  /* Cut short, though the server says that this is all. */
  g_clear_pointer (&fixture->body, g_bytes_unref);
  fixture->body = g_bytes_new_from_bytes (picture, 0, 20);
  running = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_state (running) != WT_FETCH_RUNNING);
  g_assert_error (wt_fetch_get_error (running), WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN);
  g_assert_null (get_media (message)->blob);
}

static void
on_huge (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer data)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_content_length (soup_server_message_get_response_headers (message),
                                           G_GINT64_CONSTANT (1) << 40);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                            "x", 1);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = add_message (fixture, WT_SEGMENT_FILE, "huge");
  g_autoptr (WtFetch) running = NULL;

  soup_server_add_handler (fixture->server, "/huge", on_huge, fixture, NULL);
  running = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_state (running) != WT_FETCH_RUNNING);
  g_assert_error (wt_fetch_get_error (running), WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_TOO_LARGE);
}

/* Deleted while it is on its way: nothing is stored, and nothing is left. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = add_message (fixture, WT_SEGMENT_IMAGE, "a.png");
  g_autoptr (WtFetch) running = NULL;

  fixture->sent = 5000;
  running = fetch (fixture, message);
  wt_test_wait_until (wt_fetch_get_received (running) == 5000);
  wt_session_delete_message (fixture->model.session, fixture->model.conversation, message);
  wt_test_wait_until (wt_fetch_get_state (running) == WT_FETCH_FAILED);
  wt_test_wait_until (count_parts (fixture) == 0);
  g_assert_null (wt_session_lookup_fetch (fixture->model.session, wt_message_get_id (message), 0));
}

static void
test_nothing_to_fetch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = add_message (fixture, WT_SEGMENT_IMAGE, "a.png");
  g_autoptr (WtFetch) beyond = wt_session_fetch (fixture->model.session,
                                                 fixture->model.conversation, message, 7);

  g_assert_cmpint (wt_fetch_get_state (beyond), ==, WT_FETCH_FAILED);
  g_assert_error (wt_fetch_get_error (beyond), WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
  g_assert_cmpuint (fixture->requests, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/fetch/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("done", test_done);
  ADD ("failure", test_failure);
  ADD ("cancel", test_cancel);
  ADD ("restart", test_restart);
  ADD ("hostile", test_hostile);
  ADD ("too-large", test_too_large);
  ADD ("deleted", test_deleted);
  ADD ("nothing-to-fetch", test_nothing_to_fetch);

  return g_test_run ();
}
