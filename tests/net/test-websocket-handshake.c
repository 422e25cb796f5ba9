/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-websocket.h"

#include "meeting.h"
#include "wt-test.h"

#include <string.h>

static void
answer_with (RawPeer *peer, gpointer data)
{
  g_autofree char *request G_GNUC_UNUSED = raw_peer_read_request (peer);

  raw_peer_write_text (peer, data);
}

static void
test_answers (void)
{
  static const struct
  {
    const char *answer;
    WtDiagnosisKind kind;
    guint code;
    guint connections; /* two with a look for Socket.IO */
  } rows[] = {
    { "HTTP/1.1 401 No\r\nContent-Length: 0\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n",
      WT_DIAGNOSIS_AUTHENTICATION, 401, 1 },
    { "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", WT_DIAGNOSIS_AUTHENTICATION, 403, 2 },
    { "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno", WT_DIAGNOSIS_HTTP_STATUS, 404, 2 },
    { "HTTP/1.1 426 No\r\nContent-Length: 0\r\n\r\n", WT_DIAGNOSIS_HTTP_STATUS, 426, 2 },
    { "HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n", WT_DIAGNOSIS_HTTP_STATUS, 400, 2 },
    { "HTTP/1.1 407 No\r\nContent-Length: 0\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n",
      WT_DIAGNOSIS_PROXY, 407, 1 },
    { "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", WT_DIAGNOSIS_HTTP_STATUS, 500, 1 },
    { "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", WT_DIAGNOSIS_HTTP_STATUS, 503, 1 },
    { "HTTP/1.1 302 No\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
      WT_DIAGNOSIS_HTTP_STATUS, 302, 2 },
    { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", WT_DIAGNOSIS_NOT_API_SERVER, 200, 2 },
    { "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nhello", WT_DIAGNOSIS_NOT_API_SERVER,
      200, 2 },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz", WT_DIAGNOSIS_NOT_API_SERVER, 200,
      2 },
    { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: tea\r\nConnection: Upgrade\r\n\r\n",
      WT_DIAGNOSIS_NOT_API_SERVER, 0, 1 },
    { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: nonsense\r\n\r\n",
      WT_DIAGNOSIS_NOT_API_SERVER, 0, 1 },
    { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Extensions: x-unheard-of\r\nSec-WebSocket-Accept: nonsense\r\n\r\n",
      WT_DIAGNOSIS_NOT_API_SERVER, 0, 1 },
    { "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", WT_DIAGNOSIS_NOT_API_SERVER, 0, 1 },
    { "\x15\x03\x01\x00\x02\x02\x46", WT_DIAGNOSIS_NOT_API_SERVER, 0, 1 },
    { "HTTP/1.1 101 Switching Prot", WT_DIAGNOSIS_NOT_API_SERVER, 0, 1 },
    { "", WT_DIAGNOSIS_CLOSED, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (answer_with, (gpointer) rows[i].answer);
      g_autoptr (Recorder) client = NULL;

      g_test_message ("%s", rows[i].answer);
      client = meeting_hold (server, MEETING_PATIENT);
      g_test_message ("%s", wt_diagnosis_get_detail (client->diagnosis));
      recorder_assert_kind (client, rows[i].kind);
      g_assert_cmpuint (wt_diagnosis_get_code (client->diagnosis), ==, rows[i].code);
      g_assert_cmpuint (raw_server_get_connections (server), ==, rows[i].connections);
      g_assert_cmpuint (client->opened, ==, 0);
    }
}

static void
answer_endlessly (RawPeer *peer, gpointer data)
{
  g_autofree char *request G_GNUC_UNUSED = raw_peer_read_request (peer);
  g_autofree char *block = g_strnfill (65536, 'x');

  raw_peer_write_text (peer, data);
  for (guint i = 0; i < 1000; i++)
    raw_peer_write (peer, block, 65536);
}

static void
test_endless_answers (void)
{
  static const struct
  {
    const char *head;
    WtDiagnosisKind kind;
  } rows[] = {
    { "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", WT_DIAGNOSIS_NOT_API_SERVER },
    { "HTTP/1.1 404 OK\r\nContent-Length: 99999999999\r\n\r\n", WT_DIAGNOSIS_HTTP_STATUS },
    { "HTTP/1.1 101 OK\r\nX-Endless: ", WT_DIAGNOSIS_CLOSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (answer_endlessly, (gpointer) rows[i].head);
      g_autoptr (Recorder) client = NULL;

      g_test_message ("%s", rows[i].head);
      client = meeting_hold (server, MEETING_PATIENT);
      recorder_assert_kind (client, rows[i].kind);
    }
}

typedef struct
{
  const char *first;
  const char *second;
  guint count;
  char *probe;
} Answers;

static void
answer_in_turn (RawPeer *peer, gpointer data)
{
  Answers *answers = data;
  char *request = raw_peer_read_request (peer);

  raw_peer_write_text (peer, answers->count++ == 0 ? answers->first : answers->second);
  if (answers->count == 2)
    answers->probe = g_steal_pointer (&request);
  g_free (request);
}

/* Version 0.7 of maim_message: wire.md, section 1. */
static void
test_socket_io (void)
{
  static const char *const handshakes[] = {
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 74\r\n\r\n"
    "0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],\"pingTimeout\":2000}",
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n97:0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (handshakes); i++)
    {
      Answers answers = { "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", handshakes[i], 0,
                          NULL };
      RawServer *server = raw_server_new (answer_in_turn, &answers);
      g_autoptr (Recorder) client = meeting_hold (server, MEETING_PATIENT);
      g_autofree char *remedy = wt_diagnosis_get_remedy (client->diagnosis);

      raw_server_free (server);
      recorder_assert_kind (client, WT_DIAGNOSIS_SOCKET_IO);
      g_assert_nonnull (strstr (remedy, "0.6.8"));
      g_assert_true (
          g_str_has_prefix (answers.probe, "GET /ws/?EIO=4&transport=polling HTTP/1.1\r\n"));
      meeting_check_text (answers.probe);
      g_free (answers.probe);
    }
}

static void
say_nothing (RawPeer *peer, gpointer data)
{
  if (data != NULL)
    raw_peer_write_text (peer, data);
  raw_peer_wait_for_end (peer);
}

static void
test_never_answering (void)
{
  static const char *const beginnings[] = { NULL, "HTTP/1.1 101 Swi" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (say_nothing, (gpointer) beginnings[i]);
      g_autoptr (Recorder) client = meeting_hold (server, MEETING_IMPATIENT);

      recorder_assert_kind (client, WT_DIAGNOSIS_TIMEOUT);
    }
}

static void
reset_at_once (RawPeer *peer, gpointer data)
{
  g_autofree char *request G_GNUC_UNUSED = raw_peer_read_request (peer);

  raw_peer_reset (peer);
}

static void
test_reset_before_answer (void)
{
  g_autoptr (RawServer) server = raw_server_new (reset_at_once, NULL);
  g_autoptr (Recorder) client = meeting_hold (server, MEETING_PATIENT);

  recorder_assert_kind (client, WT_DIAGNOSIS_CLOSED);
}

static void
test_refused (void)
{
  RawServer *server = raw_server_new (say_nothing, NULL);
  g_autofree char *url = raw_server_get_url (server);
  g_autoptr (Recorder) client = meeting_new_client (MEETING_LIMIT, MEETING_PATIENT, 0);

  raw_server_free (server);
  meeting_open (client, url);
  wt_test_wait_until (client->closed == 1);
  recorder_assert_kind (client, WT_DIAGNOSIS_REFUSED);
  g_assert_cmpstr (client->steps->str, ==, "resolving connecting closed ");
}

/* --- no name service is asked --- */

#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

struct _FakeResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
fake_resolver_lookup_async (GResolver *resolver,
                            const char *name,
                            GResolverNameLookupFlags flags,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such name: %s",
                           name);
}

static GList *
fake_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_resolver_lookup_plain_async (GResolver *resolver,
                                  const char *name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  fake_resolver_lookup_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable,
                              callback, data);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = fake_resolver_lookup_plain_async;
  resolver_class->lookup_by_name_finish = fake_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = fake_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = fake_resolver_lookup_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
}

static void
test_dns (void)
{
  g_autoptr (GResolver) system = g_resolver_get_default ();
  g_autoptr (GResolver) fake = g_object_new (FAKE_TYPE_RESOLVER, NULL);
  g_autoptr (Recorder) client = meeting_new_client (MEETING_LIMIT, MEETING_PATIENT, 0);

  g_resolver_set_default (fake);
  meeting_open (client, "ws://no-such-host.example:18040/ws");
  wt_test_wait_until (client->closed == 1);
  g_resolver_set_default (system);
  recorder_assert_kind (client, WT_DIAGNOSIS_DNS);
  g_assert_cmpstr (client->steps->str, ==, "resolving closed ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  meeting_watch_log ();

  g_test_add_func ("/net/websocket-handshake/answers", test_answers);
  g_test_add_func ("/net/websocket-handshake/endless-answers", test_endless_answers);
  g_test_add_func ("/net/websocket-handshake/socket-io", test_socket_io);
  g_test_add_func ("/net/websocket-handshake/never-answering", test_never_answering);
  g_test_add_func ("/net/websocket-handshake/reset-before-answer", test_reset_before_answer);
  g_test_add_func ("/net/websocket-handshake/refused", test_refused);
  g_test_add_func ("/net/websocket-handshake/dns", test_dns);
  g_test_add_func ("/net/websocket-handshake/nothing-logged", meeting_check_log);

  return g_test_run ();
}
