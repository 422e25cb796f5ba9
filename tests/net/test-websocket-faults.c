/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-websocket.h"

#include "meeting.h"
#include "wt-protocol-error.h"
#include "wt-test.h"

#include <string.h>

static void
close_with (RawPeer *peer, gpointer data)
{
  GBytes *payload = data;
  gsize length;
  const void *bytes = g_bytes_get_data (payload, &length);

  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x88, bytes, length);
  raw_peer_pause (peer, 10000);
}

static GBytes *
new_close_payload (guint16 code, const char *reason)
{
  GByteArray *payload = g_byte_array_new ();
  guint8 number[2] = { (guint8) (code >> 8), (guint8) code };

  g_byte_array_append (payload, number, 2);
  g_byte_array_append (payload, (const guint8 *) reason, (guint) strlen (reason));
  return g_byte_array_free_to_bytes (payload);
}

/* The server keeps its socket open: its close frame is enough to know. */
static void
test_closes (void)
{
  static const struct
  {
    guint16 code;
    const char *reason;
    WtDiagnosisKind kind;
  } rows[] = {
    { 1000, "Authentication failed: 认证失败", WT_DIAGNOSIS_AUTHENTICATION },
    { 1000, "认证失败: key " MEETING_SECRET, WT_DIAGNOSIS_AUTHENTICATION },
    { 1000, "认证失败: key " MEETING_SECRET_ESCAPED, WT_DIAGNOSIS_AUTHENTICATION },
    { 1000, "", WT_DIAGNOSIS_REPLACED },
    { 1001, "", WT_DIAGNOSIS_GOING_AWAY },
    { 1002, "", WT_DIAGNOSIS_PROTOCOL },
    { 1003, "", WT_DIAGNOSIS_PROTOCOL },
    { 1007, "", WT_DIAGNOSIS_PROTOCOL },
    { 1008, "", WT_DIAGNOSIS_AUTHENTICATION },
    { 1009, "too big", WT_DIAGNOSIS_MESSAGE_TOO_BIG },
    { 1011, "oops", WT_DIAGNOSIS_CLOSED },
    { 1012, "", WT_DIAGNOSIS_GOING_AWAY },
    { 4401, "", WT_DIAGNOSIS_AUTHENTICATION },
    { 4999, "whatever", WT_DIAGNOSIS_CLOSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) payload = new_close_payload (rows[i].code, rows[i].reason);
      RawServer *server = raw_server_new (close_with, payload);
      g_autoptr (Recorder) client = NULL;
      gint64 start = g_get_monotonic_time ();

      g_test_message ("%u %s", rows[i].code, rows[i].reason);
      client = meeting_hold (server, MEETING_PATIENT);
      recorder_assert_kind (client, rows[i].kind);
      g_assert_cmpuint (wt_diagnosis_get_code (client->diagnosis), ==, rows[i].code);
      g_assert_true (wt_diagnosis_is_clean (client->diagnosis));
      g_assert_cmpuint (client->opened, ==, 1);
      /* libsoup would wait five seconds for the socket. */
      g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_TIME_SPAN_SECOND);
      raw_server_free (server);
    }
}

/* Closes that are against the rules: over, one way or another, and nothing read that is not there. */
static void
test_broken_closes (void)
{
  g_autofree char *long_reason = g_strnfill (60000, 'r');
  GBytes *payloads[] = {
    g_bytes_new_static ("", 0),
    g_bytes_new_static ("\x03", 1),
    g_bytes_new_static ("\x03\xee", 2), /* 1006 */
    g_bytes_new_static ("\x03\xe7", 2), /* 999 */
    g_bytes_new_static ("\x00\x00", 2),
    g_bytes_new_static ("\x03\xe8\xff\xfe", 4),
    new_close_payload (1000, long_reason),
  };

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      RawServer *server = raw_server_new (close_with, payloads[i]);
      g_autoptr (Recorder) client = meeting_hold (server, MEETING_PATIENT);

      g_test_message ("row %u: %s", i, wt_diagnosis_kind_to_nick (recorder_get_kind (client)));
      g_assert_true (wt_diagnosis_can_retry (client->diagnosis));
      raw_server_free (server);
      g_bytes_unref (payloads[i]);
    }
}

static void
upgrade_and_reset (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x81, "{}", 2);
  raw_peer_pause (peer, 50);
  raw_peer_reset (peer);
}

static void
upgrade_and_leave (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
}

static void
test_lost (void)
{
  static const RawScript scripts[] = { upgrade_and_reset, upgrade_and_leave };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (scripts[i], NULL);
      g_autoptr (Recorder) client = meeting_hold (server, MEETING_PATIENT);

      recorder_assert_kind (client, WT_DIAGNOSIS_CLOSED);
      g_assert_false (wt_diagnosis_is_clean (client->diagnosis));
    }
}

typedef struct
{
  const char *name;
  RawScript script;
  WtDiagnosisKind kind;
} Violation;

static void
send_too_long_header (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_write (peer, "\x81\x7f\x00\x00\x00\x00\x7f\xff\xff\xff", 10);
  raw_peer_wait_for_end (peer);
}

static void
send_over_limit (RawPeer *peer, gpointer data)
{
  g_autofree char *text = g_strnfill (MEETING_LIMIT + 1, 'x');

  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x81, text, MEETING_LIMIT + 1);
  raw_peer_wait_for_end (peer);
}

/* libsoup 3.2 itself would put them together until memory ends. */
static void
send_endless_fragments (RawPeer *peer, gpointer data)
{
  g_autofree char *text = g_strnfill (65536, 'x');

  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x01, text, 65536);
  for (guint i = 0; i < 10000; i++)
    raw_peer_write_frame (peer, 0x00, text, 65536);
}

static GByteArray *
deflate_zeros (gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
  g_autoptr (GInputStream) zeros = g_memory_input_stream_new ();
  g_autoptr (GInputStream) stream = NULL;
  g_autofree guint8 *block = g_malloc0 (65536);
  GByteArray *result = g_byte_array_new ();
  gssize n;

  for (gsize i = 0; i < length; i += 65536)
    g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (zeros), block, 65536, NULL);
  stream = g_converter_input_stream_new (zeros, G_CONVERTER (compressor));
  guint8 buffer[4096];
  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (result, buffer, (guint) n);
  return result;
}

#define DEFLATE "Sec-WebSocket-Extensions: permessage-deflate\r\n"

static void
send_deflate_bomb (RawPeer *peer, gpointer data)
{
  g_autoptr (GByteArray) bomb = NULL;

  raw_peer_upgrade (peer, DEFLATE);
  bomb = deflate_zeros (8 * MEETING_LIMIT);
  g_assert_cmpuint (bomb->len, <, MEETING_LIMIT);
  raw_peer_write_frame (peer, 0xc1, bomb->data, bomb->len);
  raw_peer_wait_for_end (peer);
}

static void
send_deflate_bomb_in_fragments (RawPeer *peer, gpointer data)
{
  g_autoptr (GByteArray) bomb = NULL;

  raw_peer_upgrade (peer, DEFLATE);
  bomb = deflate_zeros (8 * MEETING_LIMIT);
  for (guint i = 0; i < bomb->len; i += 500)
    raw_peer_write_frame (peer, i == 0 ? 0x41 : 0x00, bomb->data + i, MIN (500, bomb->len - i));
}

static void
send_deflate_garbage (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, DEFLATE);
  raw_peer_write_frame (peer, 0xc1, "\xff\xff\xff\xff\xff", 5);
  raw_peer_wait_for_end (peer);
}

static void
send_compressed_unasked (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0xc1, "\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
  raw_peer_wait_for_end (peer);
}

static void
send_compressed_continuation (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, DEFLATE);
  raw_peer_write_frame (peer, 0x41, "\xf2\x48\xcd", 3);
  raw_peer_write_frame (peer, 0xc0, "\xc9\xc9\x07\x00", 4);
  raw_peer_wait_for_end (peer);
}

static void
send_bad_utf8 (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x81, "{\"a\":\"\xed\xa0\xbd\"}", 11);
  raw_peer_wait_for_end (peer);
}

static void
send_masked (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_write (peer, "\x81\x82\x00\x00\x00\x00{}", 8);
  raw_peer_wait_for_end (peer);
}

static void
send_unknown_opcode (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x83, "{}", 2);
  raw_peer_wait_for_end (peer);
}

static void
send_lone_continuation (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x80, "{}", 2);
  raw_peer_wait_for_end (peer);
}

static void
test_violations (void)
{
  static const Violation rows[] = {
    { "too long header", send_too_long_header, WT_DIAGNOSIS_MESSAGE_TOO_BIG },
    { "over limit", send_over_limit, WT_DIAGNOSIS_MESSAGE_TOO_BIG },
    { "endless fragments", send_endless_fragments, WT_DIAGNOSIS_MESSAGE_TOO_BIG },
    { "deflate bomb", send_deflate_bomb, WT_DIAGNOSIS_MESSAGE_TOO_BIG },
    { "deflate bomb in fragments", send_deflate_bomb_in_fragments, WT_DIAGNOSIS_MESSAGE_TOO_BIG },
    { "deflate garbage", send_deflate_garbage, WT_DIAGNOSIS_PROTOCOL },
    { "compressed unasked", send_compressed_unasked, WT_DIAGNOSIS_PROTOCOL },
    { "compressed continuation", send_compressed_continuation, WT_DIAGNOSIS_PROTOCOL },
    { "bad UTF-8", send_bad_utf8, WT_DIAGNOSIS_PROTOCOL },
    { "masked", send_masked, WT_DIAGNOSIS_PROTOCOL },
    { "unknown opcode", send_unknown_opcode, WT_DIAGNOSIS_PROTOCOL },
    { "lone continuation", send_lone_continuation, WT_DIAGNOSIS_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RawServer *server = raw_server_new (rows[i].script, NULL);
      g_autoptr (Recorder) client = NULL;

      g_test_message ("%s", rows[i].name);
      client = meeting_hold (server, MEETING_PATIENT);
      recorder_assert_kind (client, rows[i].kind);
      g_assert_true (wt_diagnosis_can_retry (client->diagnosis));
      g_assert_cmpuint (client->frames->len, ==, 0);
      raw_server_free (server);
    }
}

/* RFC 7692, 7.2.3: the examples of its author, and what else is allowed. */
static void
send_compressed (RawPeer *peer, gpointer data)
{
  g_autoptr (GByteArray) zeros = deflate_zeros (65536);

  raw_peer_upgrade (peer,
                    "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=12\r\n");
  raw_peer_write_frame (peer, 0xc1, "\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
  raw_peer_write_frame (peer, 0xc1, "\xf2\x00\x11\x00\x00", 5);
  raw_peer_write_frame (peer, 0x41, "\xf2\x48\xcd", 3);
  raw_peer_write_frame (peer, 0x89, "ping", 4);
  raw_peer_write_frame (peer, 0x80, "\xc9\xc9\x07\x00", 4);
  raw_peer_write_frame (peer, 0xc1, "\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00", 11);
  raw_peer_write_frame (peer, 0xc1, "\xf3\x48\xcd\xc9\xc9\x07\x00\x00", 8);
  raw_peer_write_frame (peer, 0xc1, "\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", 13);
  raw_peer_write_frame (peer, 0x81, "Hello", 5);
  /* Its last block says that it is the last; a byte follows that begins an empty one. */
  g_byte_array_append (zeros, (const guint8 *) "\0", 1);
  raw_peer_write_frame (peer, 0xc1, zeros->data, zeros->len);
  raw_peer_write_frame (peer, 0xc1, "\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
  raw_peer_write_close (peer, 1001, NULL);
  raw_peer_wait_for_end (peer);
}

static void
test_compressed (void)
{
  RawServer *server = raw_server_new (send_compressed, NULL);
  g_autoptr (Recorder) client = meeting_hold (server, MEETING_PATIENT);

  raw_server_free (server);
  g_assert_cmpuint (client->frames->len, ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      GBytes *frame = g_ptr_array_index (client->frames, i);

      g_test_message ("frame %u", i);
      if (i == 7)
        g_assert_cmpuint (g_bytes_get_size (frame), ==, 65536);
      else
        g_assert_cmpmem (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), "Hello", 5);
    }
  recorder_assert_kind (client, WT_DIAGNOSIS_GOING_AWAY);
}

static void
send_binary (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x82, "\0\1\2", 3);
  raw_peer_write_frame (peer, 0x81, "one", 3);
  raw_peer_write_frame (peer, 0x82, "", 0);
  raw_peer_write_frame (peer, 0x01, "t", 1);
  raw_peer_write_frame (peer, 0x00, "w", 1);
  raw_peer_write_frame (peer, 0x80, "o", 1);
  raw_peer_write_close (peer, 1001, NULL);
  raw_peer_wait_for_end (peer);
}

static void
test_binary (void)
{
  RawServer *server = raw_server_new (send_binary, NULL);
  g_autoptr (Recorder) client = meeting_hold (server, MEETING_PATIENT);

  raw_server_free (server);
  g_assert_cmpuint (client->ignored, ==, 2);
  g_assert_cmpuint (client->frames->len, ==, 2);
  g_assert_cmpmem (g_bytes_get_data (client->frames->pdata[0], NULL), 3, "one", 3);
  g_assert_cmpmem (g_bytes_get_data (client->frames->pdata[1], NULL), 3, "two", 3);
  g_assert_cmpuint (client->alive, ==, 4);
}

static void
send_large (RawPeer *peer, gpointer data)
{
  g_autofree char *text = g_strnfill (8 * 1024 * 1024, 'x');

  raw_peer_upgrade (peer, NULL);
  raw_peer_write_frame (peer, 0x81, text, 8 * 1024 * 1024);
  raw_peer_wait_for_end (peer);
}

static void
test_large (void)
{
  g_autoptr (RawServer) server = raw_server_new (send_large, NULL);
  g_autofree char *url = raw_server_get_url (server);
  g_autoptr (Recorder) client = meeting_new_client (WT_PROTOCOL_MAX_BYTES, MEETING_PATIENT, 20);

  meeting_open (client, url);
  wt_test_wait_until (client->frames->len == 1);
  g_assert_cmpuint (g_bytes_get_size (client->frames->pdata[0]), ==, 8 * 1024 * 1024);
}

/* A large frame on a slow link, and no pong, which would wait behind it. */
static void
send_slowly (RawPeer *peer, gpointer data)
{
  g_autofree char *piece = g_strnfill (1000, 'x');

  raw_peer_upgrade (peer, NULL);
  raw_peer_write (peer, "\x81\x7f\x00\x00\x00\x00\x00\x10\x00\x00", 10);
  for (guint i = 0; i < 30; i++)
    {
      raw_peer_write (peer, piece, 1000);
      raw_peer_pause (peer, 50);
    }
  raw_peer_wait_for_end (peer);
}

static void
test_alive_while_receiving (void)
{
  g_autoptr (RawServer) server = raw_server_new (send_slowly, NULL);
  g_autofree char *url = raw_server_get_url (server);
  g_autoptr (Recorder) client = meeting_new_client (WT_PROTOCOL_MAX_BYTES, MEETING_PATIENT, 1);

  meeting_open (client, url);
  wt_test_wait_until (client->alive >= 3);
  g_assert_cmpuint (client->frames->len, ==, 0);
}

static void
receive_slowly (RawPeer *peer, gpointer data)
{
  g_autofree char *buffer = g_malloc (1024 * 1024);

  raw_peer_upgrade (peer, NULL);
  for (guint i = 0; i < 40 && raw_peer_read (peer, buffer, 1024 * 1024) > 0; i++)
    raw_peer_pause (peer, 50);
  raw_peer_wait_for_end (peer);
}

static void
test_alive_while_sending (void)
{
  g_autoptr (RawServer) server = raw_server_new (receive_slowly, NULL);
  g_autofree char *url = raw_server_get_url (server);
  g_autoptr (Recorder) client = meeting_new_client (WT_PROTOCOL_MAX_BYTES, MEETING_PATIENT, 1);
  g_autoptr (GBytes) text = g_bytes_new_take (g_strnfill (64 * 1024 * 1024, 'x'), 64 * 1024 * 1024);

  meeting_open (client, url);
  wt_test_wait_until (client->opened == 1);
  g_assert_true (wt_transport_send (client->transport, text, NULL));
  wt_test_wait_until (client->alive >= 3);
  g_assert_cmpuint (client->frames->len, ==, 0);
}

static gboolean
set_true (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* A program that hangs while its system still confirms what comes: pings alone do not make it alive. */
static void
stall (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  raw_peer_pause (peer, 10000);
}

static void
test_stalled (void)
{
  g_autoptr (RawServer) server = raw_server_new (stall, NULL);
  g_autofree char *url = raw_server_get_url (server);
  g_autoptr (Recorder) client = meeting_new_client (WT_PROTOCOL_MAX_BYTES, MEETING_PATIENT, 1);
  gboolean passed = FALSE;

  meeting_open (client, url);
  wt_test_wait_until (client->opened == 1);
  g_timeout_add (2600, set_true, &passed);
  wt_test_wait_until (passed);
  g_assert_cmpuint (client->alive, ==, 0);
  g_assert_cmpuint (client->closed, ==, 0);
}

/* The last it says is of before the check. */
static void
speak_and_stall (RawPeer *peer, gpointer data)
{
  raw_peer_upgrade (peer, NULL);
  /* Not together with the answer. */
  raw_peer_pause (peer, 300);
  raw_peer_write_frame (peer, 0x81, "one", 3);
  raw_peer_pause (peer, 10000);
}

static void
test_checked_after_speaking (void)
{
  g_autoptr (RawServer) server = raw_server_new (speak_and_stall, NULL);
  g_autofree char *url = raw_server_get_url (server);
  g_autoptr (Recorder) client = meeting_new_client (WT_PROTOCOL_MAX_BYTES, MEETING_PATIENT, 8);
  gboolean passed = FALSE;

  meeting_open (client, url);
  wt_test_wait_until (client->frames->len == 1);
  wt_transport_check (client->transport);
  client->alive = 0;
  g_timeout_add (2600, set_true, &passed);
  wt_test_wait_until (passed);
  g_assert_cmpuint (client->alive, ==, 0);
}

/* A peer that is gone is no reason to emit anything from within send(). */
static void
test_send_to_reset_peer (void)
{
  g_autoptr (RawServer) server = raw_server_new (upgrade_and_reset, NULL);
  g_autofree char *url = raw_server_get_url (server);
  g_autoptr (Recorder) client = meeting_new_client (MEETING_LIMIT, MEETING_PATIENT, 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("{}", 2);
  guint64 spins = 0;

  meeting_open (client, url);
  wt_test_wait_until (client->opened == 1);
  /* Without the main loop, until the write itself fails. */
  while (wt_transport_send (client->transport, text, NULL) && spins++ < 100000)
    {
      g_assert_cmpuint (client->closed, ==, 0);
      if (spins % 1000 == 0)
        g_thread_yield ();
    }
  g_assert_cmpuint (client->closed, ==, 0);
  wt_test_wait_until (client->closed == 1);
  recorder_assert_kind (client, WT_DIAGNOSIS_CLOSED);
}

/* The server does not answer the close. */
static void
test_close_unanswered (void)
{
  g_autoptr (RawServer) server = raw_server_new (stall, NULL);
  g_autofree char *url = raw_server_get_url (server);
  g_autoptr (Recorder) client = meeting_new_client (MEETING_LIMIT, MEETING_PATIENT, 0);

  meeting_open (client, url);
  wt_test_wait_until (client->opened == 1);
  wt_transport_close (client->transport, 1000, NULL);
  wt_test_wait_until (client->closed == 1);
  recorder_assert_kind (client, WT_DIAGNOSIS_NONE);
  g_assert_false (wt_diagnosis_is_clean (client->diagnosis));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  meeting_watch_log ();

  g_test_add_func ("/net/websocket-faults/closes", test_closes);
  g_test_add_func ("/net/websocket-faults/broken-closes", test_broken_closes);
  g_test_add_func ("/net/websocket-faults/lost", test_lost);
  g_test_add_func ("/net/websocket-faults/violations", test_violations);
  g_test_add_func ("/net/websocket-faults/compressed", test_compressed);
  g_test_add_func ("/net/websocket-faults/binary", test_binary);
  g_test_add_func ("/net/websocket-faults/large", test_large);
  g_test_add_func ("/net/websocket-faults/alive-while-receiving", test_alive_while_receiving);
  g_test_add_func ("/net/websocket-faults/alive-while-sending", test_alive_while_sending);
  g_test_add_func ("/net/websocket-faults/stalled", test_stalled);
  g_test_add_func ("/net/websocket-faults/checked-after-speaking", test_checked_after_speaking);
  g_test_add_func ("/net/websocket-faults/send-to-reset-peer", test_send_to_reset_peer);
  g_test_add_func ("/net/websocket-faults/close-unanswered", test_close_unanswered);
  g_test_add_func ("/net/websocket-faults/nothing-logged", meeting_check_log);

  return g_test_run ();
}
