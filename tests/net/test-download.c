/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-run.h"
#include "raw-server.h"
#include "wt-pace.h"
#include "wt-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define OK "HTTP/1.1 200 OK\r\n"
#define REDIRECT(to) "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " to "\r\n\r\n"
#define TAG "ETag: \"one\"\r\n"
#define PART "HTTP/1.1 206 Partial Content\r\n"

/* What a test's server says, and what must come of it. */
typedef struct
{
  const char *name;
  Reply replies[8];
  guint64 limit;
  guint64 size;         /* of the sample file, if it is to succeed */
  WtDownloadError code; /* or else */
  guint connections;
} Scene;

static void
test_scene (gconstpointer data)
{
  const Scene *scene = data;
  g_autoptr (DownloadRun) run = download_run_new ();
  guint n_replies = 0;
  g_autoptr (ReplyServer) server = NULL;

  while (n_replies < G_N_ELEMENTS (scene->replies) && scene->replies[n_replies].head != NULL)
    n_replies++;
  server = reply_server_new (scene->replies, n_replies);
  run->limit = scene->limit;
  download_run_server (run, server);
  if (scene->code == 0)
    download_run_assert_sample (run, scene->size);
  else
    {
      download_run_assert_error (run, scene->code);
      g_assert_cmpint (download_run_get_file_size (run), ==, -1);
      g_assert_false (download_run_has_note (run));
    }
  g_assert_cmpuint (reply_server_get_connections (server), ==, scene->connections);
}

static const Scene scenes[] = {
  { "plain", { { OK "Content-Length: 300000\r\n\r\n", 0, 300000 } }, 0, 300000, 0, 1 },
  { "empty", { { OK "Content-Length: 0\r\n\r\n" } }, 0, 0, 0, 1 },
  { "no-length", { { OK "\r\n", 0, 200000 } }, 0, 200000, 0, 1 },
  { "http-1.0", { { "HTTP/1.0 200 OK\r\n\r\n", 0, 100 } }, 0, 100, 0, 1 },
  { "chunked-cut",
    { { OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhel" } },
    0,
    0,
    WT_DOWNLOAD_ERROR_TRUNCATED,
    1 },
  { "more-than-announced", { { OK "Content-Length: 1000\r\n\r\n", 0, 2000 } }, 0, 1000, 0, 1 },
  { "less-than-announced",
    { { OK "Content-Length: 1000\r\n\r\n", 0, 500 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_TRUNCATED,
    1 },
  { "reset",
    { { OK "Content-Length: 1000\r\n\r\n", 0, 0, REPLY_RESET } },
    0,
    0,
    WT_DOWNLOAD_ERROR_NETWORK,
    1 },
  { "just-the-limit", { { OK "Content-Length: 1000\r\n\r\n", 0, 1000 } }, 1000, 1000, 0, 1 },
  { "too-large",
    { { OK "Content-Length: 1001\r\n\r\n", 0, 0, REPLY_HOLD } },
    1000,
    0,
    WT_DOWNLOAD_ERROR_TOO_LARGE,
    1 },
  { "too-large-usually",
    { { OK "Content-Length: 104857601\r\n\r\n", 0, 0, REPLY_HOLD } },
    0,
    0,
    WT_DOWNLOAD_ERROR_TOO_LARGE,
    1 },
  { "endless",
    { { OK "\r\n", 0, G_GUINT64_CONSTANT (30000000) } },
    1000000,
    0,
    WT_DOWNLOAD_ERROR_TOO_LARGE,
    1 },
  { "absurd-length",
    { { OK "Content-Length: 99999999999999999999\r\n\r\n", 0, 0 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_TOO_LARGE,
    1 },
  { "404",
    { { "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\n", 0, 5 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_HTTP_STATUS,
    1 },
  { "500",
    { { "HTTP/1.1 500 Oops\r\nContent-Length: 5\r\n\r\n", 0, 5 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_HTTP_STATUS,
    1 },
  { "204", { { "HTTP/1.1 204 No Content\r\n\r\n" } }, 0, 0, WT_DOWNLOAD_ERROR_HTTP_STATUS, 1 },
  { "101",
    { { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" } },
    0,
    0,
    WT_DOWNLOAD_ERROR_NETWORK,
    1 },
  { "challenge",
    { { "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n" } },
    0,
    0,
    WT_DOWNLOAD_ERROR_HTTP_STATUS,
    1 },
  { "part-not-asked-for",
    { { PART "Content-Range: bytes 0-9/10\r\nContent-Length: 10\r\n\r\n", 0, 10 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_HTTP_STATUS,
    1 },
  { "not-http", { { "SSH-2.0-OpenSSH_9.2\r\n" } }, 0, 0, WT_DOWNLOAD_ERROR_NETWORK, 1 },
  { "nothing", { { "" } }, 0, 0, WT_DOWNLOAD_ERROR_NETWORK, 1 },
  { "endless-header",
    { { OK "X: ", 0, G_GUINT64_CONSTANT (4000000), REPLY_HOLD } },
    0,
    0,
    WT_DOWNLOAD_ERROR_NETWORK,
    1 },
  { "five-redirects",
    { { REDIRECT ("/a") },
      { REDIRECT ("b?c") },
      { REDIRECT ("//@/d") },
      { REDIRECT ("http://@/e") },
      { REDIRECT ("/f#g") },
      { OK "Content-Length: 10\r\n\r\n", 0, 10 } },
    0,
    10,
    0,
    6 },
  { "six-redirects", { { REDIRECT ("/again") } }, 0, 0, WT_DOWNLOAD_ERROR_TOO_MANY_REDIRECTS, 6 },
  { "to-a-file", { { REDIRECT ("file:///etc/passwd") } }, 0, 0, WT_DOWNLOAD_ERROR_SCHEME, 1 },
  { "to-data", { { REDIRECT ("data:,x") } }, 0, 0, WT_DOWNLOAD_ERROR_SCHEME, 1 },
  { "to-credentials", { { REDIRECT ("http://a:b%40@/") } }, 0, 0, WT_DOWNLOAD_ERROR_BAD_URL, 1 },
  { "to-nowhere",
    { { "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n" } },
    0,
    0,
    WT_DOWNLOAD_ERROR_BAD_URL,
    1 },
  { "to-nonsense", { { REDIRECT ("http://[zz]/") } }, 0, 0, WT_DOWNLOAD_ERROR_BAD_URL, 1 },
  { "to-private",
    { { REDIRECT ("http://10.1.2.3/") } },
    0,
    0,
    WT_DOWNLOAD_ERROR_REFUSED_ADDRESS,
    1 },
  { "to-private-v6",
    { { REDIRECT ("http://[fd00::1]/") } },
    0,
    0,
    WT_DOWNLOAD_ERROR_REFUSED_ADDRESS,
    1 },
  { "304", { { "HTTP/1.1 304 Not Modified\r\n\r\n" } }, 0, 0, WT_DOWNLOAD_ERROR_HTTP_STATUS, 1 },
};

/* Going on with a file whose first 1000 of 3000 bytes are there. */
static const Reply first_part = { OK TAG "Content-Length: 3000\r\n\r\n", 0, 1000 };

#define REST "Content-Range: bytes 1000-2999/3000\r\nContent-Length: 2000\r\n\r\n"

/* What the second try is told. */
static const Scene resumptions[] = {
  { "rest", { { PART TAG REST, 1000, 2000 } }, 0, 3000, 0, 2 },
  { "total-unknown",
    { { PART "Content-Range: bytes 1000-2999/*\r\n\r\n", 1000, 2000 } },
    0,
    3000,
    0,
    2 },
  { "changed", { { OK "ETag: \"two\"\r\nContent-Length: 400\r\n\r\n", 0, 400 } }, 0, 400, 0, 2 },
  { "ignored", { { OK "\r\n", 0, 3000 } }, 0, 3000, 0, 2 },
  { "416",
    { { "HTTP/1.1 416 No\r\nContent-Range: bytes */3000\r\nContent-Length: 0\r\n\r\n" },
      { OK TAG "Content-Length: 3000\r\n\r\n", 0, 3000 } },
    0,
    3000,
    0,
    3 },
  { "416-for-ever",
    { { "HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n" } },
    0,
    0,
    WT_DOWNLOAD_ERROR_HTTP_STATUS,
    3 },
  { "part-of-another",
    { { PART "ETag: \"two\"\r\n" REST, 1000, 2000 },
      { OK "ETag: \"two\"\r\nContent-Length: 50\r\n\r\n", 0, 50 } },
    0,
    50,
    0,
    3 },
  { "redirected-rest", { { REDIRECT ("/x") }, { PART TAG REST, 1000, 2000 } }, 0, 3000, 0, 3 },
  { "earlier-start",
    { { PART "Content-Range: bytes 999-2999/3000\r\n\r\n", 999, 2001 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_RANGE,
    2 },
  { "later-start",
    { { PART "Content-Range: bytes 1001-2999/3000\r\n\r\n", 1001, 1999 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_RANGE,
    2 },
  { "other-total",
    { { PART "Content-Range: bytes 1000-2999/4000\r\n\r\n", 1000, 2000 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_RANGE,
    2 },
  { "no-range",
    { { PART "Content-Length: 2000\r\n\r\n", 1000, 2000 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_RANGE,
    2 },
  { "garbled-range",
    { { PART "Content-Range: bytes 1000-/3000\r\n\r\n", 1000, 2000 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_RANGE,
    2 },
  { "too-long-part",
    { { PART "Content-Range: bytes 1000-1999/3000\r\n\r\n", 1000, 2000 } },
    0,
    0,
    WT_DOWNLOAD_ERROR_RANGE,
    2 },
  { "gone",
    { { "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n" } },
    0,
    0,
    WT_DOWNLOAD_ERROR_HTTP_STATUS,
    2 },
};

static void
test_resume (gconstpointer data)
{
  const Scene *scene = data;
  g_autoptr (DownloadRun) run = download_run_new ();
  Reply replies[1 + G_N_ELEMENTS (scene->replies)] = { first_part };
  guint n_replies = 1;
  g_autoptr (ReplyServer) server = NULL;
  g_autofree char *request = NULL;

  for (; scene->replies[n_replies - 1].head != NULL; n_replies++)
    replies[n_replies] = scene->replies[n_replies - 1];
  server = reply_server_new (replies, n_replies);
  download_run_server (run, server);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_TRUNCATED);
  g_assert_cmpint (download_run_get_file_size (run), ==, 1000);
  g_assert_true (download_run_has_note (run));

  download_run_server (run, server);
  request = reply_server_dup_request (server, 1);
  g_assert_nonnull (strstr (request, "\r\nRange: bytes=1000-\r\n"));
  g_assert_nonnull (strstr (request, "\r\nIf-Range: \"one\"\r\n"));
  if (scene->code == 0)
    download_run_assert_sample (run, scene->size);
  else
    {
      download_run_assert_error (run, scene->code);
      g_assert_cmpint (download_run_get_file_size (run), ==, -1);
      g_assert_false (download_run_has_note (run));
    }
  g_assert_cmpuint (reply_server_get_connections (server), ==, scene->connections);
}

/* Failures that are not the file's leave it, as often as they happen. */
static void
test_resume_later (void)
{
  static const Reply replies[] = {
    { OK TAG "Content-Length: 3000\r\n\r\n", 0, 1000 },
    { "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" },
    { "" },
    { PART TAG REST, 1000, 500 },
    { PART "Content-Range: bytes 1500-2499/3000\r\n\r\n", 1500, 1000 },
    { PART "Content-Range: bytes 2500-2999/3000\r\n\r\n", 2500, 500 },
  };
  static const gint64 sizes[] = { 1000, 1000, 1000, 1500, 2500 };
  static const WtDownloadError codes[] = { WT_DOWNLOAD_ERROR_TRUNCATED,
                                           WT_DOWNLOAD_ERROR_HTTP_STATUS, WT_DOWNLOAD_ERROR_NETWORK,
                                           WT_DOWNLOAD_ERROR_TRUNCATED,
                                           WT_DOWNLOAD_ERROR_TRUNCATED };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (replies, G_N_ELEMENTS (replies));

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      download_run_server (run, server);
      download_run_assert_error (run, codes[i]);
      g_assert_cmpint (download_run_get_file_size (run), ==, sizes[i]);
      g_assert_true (download_run_has_note (run));
    }
  download_run_server (run, server);
  download_run_assert_sample (run, 3000);
}

/* Whether a second try of something may ask for the rest only. */
static void
assert_asks_for_all (DownloadRun *run, ReplyServer *server, const char *path)
{
  g_autofree char *url = reply_server_get_url (server, "127.0.0.1", path);
  g_autofree char *request = NULL;

  download_run (run, url);
  request = reply_server_dup_request (server, reply_server_get_connections (server) - 1);
  g_assert_null (strstr (request, "Range:"));
}

static void
test_no_resume (void)
{
  static const struct
  {
    Reply reply;
    const char *path;
  } rows[] = {
    /* No version, or none that is exact. */
    { { OK "Content-Length: 3000\r\n\r\n", 0, 1000 }, "/file.bin" },
    { { OK "ETag: W/\"one\"\r\nContent-Length: 3000\r\n\r\n", 0, 1000 }, "/file.bin" },
    { { OK "ETag: one\r\nContent-Length: 3000\r\n\r\n", 0, 1000 }, "/file.bin" },
    { { OK "Date: Thu, 01 Jan 2026 00:00:10 GMT\r\nLast-Modified: Thu, 01 Jan 2026 00:00:09 GMT\r\n"
           "Content-Length: 3000\r\n\r\n",
        0, 1000 },
      "/file.bin" },
    /* Another URL. */
    { { OK TAG "Content-Length: 3000\r\n\r\n", 0, 1000 }, "/other.bin" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DownloadRun) run = download_run_new ();
      g_autoptr (ReplyServer) server = reply_server_new (&rows[i].reply, 1);

      download_run_server (run, server);
      download_run_assert_error (run, WT_DOWNLOAD_ERROR_TRUNCATED);
      assert_asks_for_all (run, server, rows[i].path);
    }
}

static void
test_resume_by_time (void)
{
  static const Reply replies[] = {
    { OK "Date: Fri, 02 Jan 2026 00:00:00 GMT\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
         "Content-Length: 3000\r\n\r\n",
      0, 1000 },
    { PART REST, 1000, 2000 },
  };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (replies, G_N_ELEMENTS (replies));
  g_autofree char *request = NULL;

  download_run_server (run, server);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_TRUNCATED);
  download_run_server (run, server);
  download_run_assert_sample (run, 3000);
  request = reply_server_dup_request (server, 1);
  g_assert_nonnull (strstr (request, "\r\nIf-Range: Thu, 01 Jan 2026 00:00:00 GMT\r\n"));
}

/* A note that anything happened to. */
static void
test_damaged_note (void)
{
  static const char *const notes[] = {
    "",
    "\xff\xfe",
    "[resume]\n",
    "[resume]\nurl=x\nvalidator=\"one\"\n",
    "[resume]\nurl=%s\nvalidator=\"a\\nb\"\n",
  };
  static const Reply reply = { OK "Content-Length: 3000\r\n\r\n", 0, 3000 };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (DownloadRun) run = download_run_new ();
      g_autoptr (ReplyServer) server = reply_server_new (&reply, 1);
      g_autofree char *url = reply_server_get_url (server, "127.0.0.1", "/");
      g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);
      g_autofree char *note = g_strconcat (run->path, ".resume", NULL);
      g_auto (GStrv) pieces = g_strsplit (notes[i], "%s", -1);
      g_autofree char *text = g_strjoinv (digest, pieces);

      g_assert_true (g_file_set_contents (note, text, -1, NULL));
      g_assert_true (g_file_set_contents (run->path, "xyz", -1, NULL));
      assert_asks_for_all (run, server, "/");
      download_run_assert_sample (run, 3000);
    }
}

static void
assert_header (const char *request, const char *header, gboolean there)
{
  g_autofree char *line = g_strdup_printf ("\r\n%s", header);

  if ((strstr (request, line) != NULL) != there)
    g_error ("\"%s\" in %s", header, request);
}

static void
test_request (void)
{
  static const Reply replies[] = {
    { "HTTP/1.1 302 Found\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n"
      "Location: /next\r\n\r\n" },
    { OK "Set-Cookie: a=b; Path=/\r\nContent-Length: 10\r\n\r\n", 0, 10 },
  };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (replies, G_N_ELEMENTS (replies));

  download_run_server (run, server);
  download_run_server (run, server);
  download_run_assert_sample (run, 10);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *request = reply_server_dup_request (server, i);

      g_assert_true (g_str_has_prefix (request, "GET /"));
      assert_header (request, "User-Agent: Wheatear/", TRUE);
      assert_header (request, "Accept-Encoding: identity\r\n", TRUE);
      assert_header (request, "Cookie", FALSE);
      assert_header (request, "Referer", FALSE);
      assert_header (request, "Authorization", FALSE);
      assert_header (request, "Accept-Language", FALSE);
      assert_header (request, "Origin", FALSE);
      assert_header (request, "Range", FALSE);
    }
}

static void
answer_encoded (RawPeer *peer, gpointer data)
{
  GBytes *packed = data;
  g_autofree char *request G_GNUC_UNUSED = raw_peer_read_request (peer);

  raw_peer_write_text (peer, OK "Content-Encoding: gzip\r\n\r\n");
  raw_peer_write (peer, g_bytes_get_data (packed, NULL), (gssize) g_bytes_get_size (packed));
}

/* Not a byte of it is decoded: a megabyte of zeros stays the kilobyte it is. */
static void
test_encoded (void)
{
  g_autoptr (GConverter) packer = G_CONVERTER (
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autofree guint8 *zeros = g_malloc0 (1000000);
  g_autofree guint8 *buffer = g_malloc (10000);
  g_autofree char *url = NULL;
  g_autofree char *got = NULL;
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (RawServer) server = NULL;
  g_autoptr (DownloadRun) run = download_run_new ();
  gsize taken = 0;
  gsize size = 0;

  g_assert_cmpint (g_converter_convert (packer, zeros, 1000000, buffer, 10000,
                                        G_CONVERTER_INPUT_AT_END, &taken, &size, NULL),
                   ==, G_CONVERTER_FINISHED);
  packed = g_bytes_new (buffer, size);
  server = raw_server_new (answer_encoded, packed);
  url = g_strdup_printf ("http://127.0.0.1:%u/", raw_server_get_port (server));
  download_run (run, url);
  g_assert_no_error (run->error);
  g_assert_cmpuint (run->result->size, ==, size);
  g_assert_true (g_file_get_contents (run->path, &got, &size, NULL));
  g_assert_cmpmem (got, size, buffer, g_bytes_get_size (packed));
}

static void
test_chunked (void)
{
  static const Reply reply = { OK "Transfer-Encoding: chunked\r\n\r\n"
                                  "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n" };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (&reply, 1);
  g_autofree char *text = NULL;

  download_run_server (run, server);
  g_assert_no_error (run->error);
  g_assert_true (g_file_get_contents (run->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "hello world");
}

static void
test_bad_urls (void)
{
  static const struct
  {
    const char *url;
    WtDownloadError code;
  } rows[] = {
    { "", WT_DOWNLOAD_ERROR_BAD_URL },
    { "x", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http:", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http:///x", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://127.0.0.1:0/", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://127.0.0.1:99999/", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://127.0.0.1/\r\nX: y", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://127.0.0.1/a b", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://\xff/", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://me@127.0.0.1/", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://me:secret@127.0.0.1/", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://@127.0.0.1/", WT_DOWNLOAD_ERROR_BAD_URL },
    { "http://%31%32%37.0.0.1/", WT_DOWNLOAD_ERROR_BAD_URL },
    { "file:///etc/passwd", WT_DOWNLOAD_ERROR_SCHEME },
    { "ftp://127.0.0.1/", WT_DOWNLOAD_ERROR_SCHEME },
    { "ws://127.0.0.1/", WT_DOWNLOAD_ERROR_SCHEME },
    { "data:text/plain,x", WT_DOWNLOAD_ERROR_SCHEME },
    { "javascript:x", WT_DOWNLOAD_ERROR_SCHEME },
  };
  g_autofree char *long_url = g_strdup_printf ("http://127.0.0.1/%0100000d", 0);
  g_autoptr (DownloadRun) run = download_run_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].url);
      download_run (run, rows[i].url);
      download_run_assert_error (run, rows[i].code);
      g_assert_cmpint (download_run_get_file_size (run), ==, -1);
    }
  download_run (run, long_url);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_BAD_URL);
}

static void
test_names (void)
{
  static const struct
  {
    const char *head;
    const char *path;
    const char *type;
    const char *name;
  } rows[] = {
    { "Content-Type: Image/PNG; x=y\r\n", "/a/b.png?c=d.e", "image/png", "b.png" },
    { "", "/", NULL, NULL },
    { "", "/%E9%BA%A6%2F..%2Fx", NULL, "麦/../x" },
    { "", "/麦.gif", NULL, "麦.gif" },
    { "", "/%00", NULL, "%00" },
    { "", "/%FF", NULL, "\uFFFD" },
    { "Content-Disposition: attachment; filename=\"a b.txt\"\r\n", "/x", NULL, "a b.txt" },
    { "Content-Disposition: attachment; filename=\"x\"; filename*=UTF-8''%E9%BA%A6.txt\r\n", "/x",
      NULL, "麦.txt" },
    { "Content-Disposition: attachment; filename=\"../../x\"\r\n", "/y", NULL, "x" },
    { "Content-Disposition: attachment\r\n", "/y", NULL, "y" },
    { "Content-Disposition: attachment; filename=\"\xff\xfe\"\r\n", "/y", NULL, "\uFFFD\uFFFD" },
    { "Content-Type: \xff\r\n", "/y", NULL, "y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *head = g_strconcat (OK, rows[i].head, "Content-Length: 1\r\n\r\n", NULL);
      const Reply reply = { head, 0, 1 };
      g_autoptr (DownloadRun) run = download_run_new ();
      g_autoptr (ReplyServer) server = reply_server_new (&reply, 1);
      g_autofree char *url = reply_server_get_url (server, "127.0.0.1", rows[i].path);

      g_test_message ("%u: %s", i, rows[i].path);
      download_run (run, url);
      download_run_assert_sample (run, 1);
      g_assert_cmpstr (run->result->mime_type, ==, rows[i].type);
      g_assert_cmpstr (run->result->suggested_name, ==, rows[i].name);
    }
}

static const Reply held = { OK TAG "Content-Length: 3000\r\n\r\n", 0, 1000, REPLY_HOLD };

static void
start_held (DownloadRun *run, ReplyServer *server)
{
  g_autofree char *url = reply_server_get_url (server, "127.0.0.1", "/file.bin");

  download_run_start (run, url);
  wt_test_wait_until (wt_download_get_received (run->download) == 1000);
  g_assert_cmpint (wt_download_get_total (run->download), ==, 3000);
}

static void
test_cancel (void)
{
  const Reply replies[] = { held, { PART TAG REST, 1000, 2000 } };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (replies, G_N_ELEMENTS (replies));

  start_held (run, server);
  g_cancellable_cancel (run->cancellable);
  download_run_wait (run);
  g_assert_error (run->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (download_run_get_file_size (run), ==, 1000);

  download_run_server (run, server);
  download_run_assert_sample (run, 3000);
}

static void
test_cancel_early (void)
{
  static const Reply silent = { "", 0, 0, REPLY_HOLD };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (&silent, 1);
  g_autofree char *url = reply_server_get_url (server, "127.0.0.1", "/file.bin");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  /* Waiting for the answer. */
  download_run_start (run, url);
  wt_test_wait_until (reply_server_get_connections (server) == 1);
  g_cancellable_cancel (run->cancellable);
  download_run_wait (run);
  g_assert_error (run->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (download_run_get_file_size (run), ==, -1);

  /* At once. */
  download_run_start (run, url);
  g_cancellable_cancel (run->cancellable);
  download_run_wait (run);
  g_assert_error (run->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (download_run_get_file_size (run), ==, -1);
  g_assert_cmpuint (reply_server_get_connections (server), ==, 1);
}

static void
on_cancelled_before (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_download_start_finish (WT_DOWNLOAD (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *done = TRUE;
}

static void
test_cancel_before (void)
{
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  WtDownload *download = wt_download_new ("http://127.0.0.1:1/", run->path, NULL);
  gboolean done = FALSE;

  g_cancellable_cancel (cancelled);
  wt_download_start_async (download, cancelled, on_cancelled_before, &done);
  g_assert_false (done);
  wt_test_wait_until (done);
  g_assert_cmpint (download_run_get_file_size (run), ==, -1);
  g_assert_finalize_object (download);
}

static void
test_stall (void)
{
  const Reply replies[] = { held, { PART TAG REST, 1000, 2000 } };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (replies, G_N_ELEMENTS (replies));

  start_held (run, server);
  wt_clock_advance (run->clock, 29999);
  g_assert_false (run->done);
  /* A timer that a piece just started runs on. */
  wt_clock_advance (run->clock, 1);
  download_run_wait (run);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_STALLED);
  g_assert_cmpint (download_run_get_file_size (run), ==, 1000);

  download_run_server (run, server);
  download_run_assert_sample (run, 3000);
}

static void
test_no_answer (void)
{
  static const Reply replies[] = {
    { "", 0, 0, REPLY_HOLD },
    { "HTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 200", 0, 0, REPLY_HOLD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (DownloadRun) run = download_run_new ();
      g_autoptr (ReplyServer) server = reply_server_new (&replies[i], 1);
      g_autofree char *url = reply_server_get_url (server, "127.0.0.1", "/file.bin");

      download_run_start (run, url);
      wt_test_wait_until (reply_server_get_connections (server) == 1);
      wt_clock_advance (run->clock, 30000);
      download_run_wait (run);
      download_run_assert_error (run, WT_DOWNLOAD_ERROR_STALLED);
      g_assert_cmpint (download_run_get_file_size (run), ==, -1);
    }
}

static void
on_too_slow (GError *reason, gpointer data)
{
  guint *told = data;

  g_assert_error (reason, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_STALLED);
  g_error_free (reason);
  (*told)++;
}

/* How long a server that sends @bytes every @seconds is borne with, up to @most. */
static guint
bear_with (gsize bytes, guint seconds, guint most)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (0, 0);
  guint told = 0;
  g_autoptr (WtPace) pace = wt_pace_new (clock, on_too_slow, &told);
  guint passed = 0;

  while (told == 0 && passed < most)
    {
      wt_pace_expect_bytes (pace);
      wt_clock_advance (clock, (guint64) seconds * 1000);
      passed += seconds;
      if (told == 0)
        g_assert_true (wt_pace_count (pace, bytes) == (told == 0));
      /* The own disk's time is nobody's fault. */
      wt_clock_advance (clock, 3600 * 1000);
    }
  g_assert_cmpuint (told, <=, 1);
  return passed;
}

static void
test_pace (void)
{
  g_assert_cmpuint (bear_with (1, 1, 600), ==, 60);
  g_assert_cmpuint (bear_with (1023, 1, 600), ==, 60);
  g_assert_cmpuint (bear_with (1024, 1, 600), ==, 600);
  g_assert_cmpuint (bear_with (20 * 1024, 20, 600), ==, 600);
  g_assert_cmpuint (bear_with (20 * 1024, 29, 600), ==, 87);
  g_assert_cmpuint (bear_with (100 * 1024, 30, 600), ==, 30);
}

static void
test_no_disk (void)
{
  static const Reply reply = { OK "Content-Length: 10\r\n\r\n", 0, 10 };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (&reply, 1);
  g_autofree char *elsewhere = g_build_filename (run->folder, "elsewhere", NULL);

  /* Not through a link, of either kind, into a folder, or a pipe. */
  g_assert_true (g_file_set_contents (elsewhere, "mine", -1, NULL));
  g_assert_cmpint (symlink (elsewhere, run->path), ==, 0);
  download_run_server (run, server);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_WRITE);
  g_unlink (run->path);
  g_assert_cmpint (link (elsewhere, run->path), ==, 0);
  download_run_server (run, server);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_WRITE);
  g_unlink (run->path);
  g_assert_cmpint (g_mkdir (run->path, 0700), ==, 0);
  download_run_server (run, server);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_WRITE);
  g_rmdir (run->path);

  g_assert_cmpuint (reply_server_get_connections (server), ==, 0);
  g_assert_cmpint (g_unlink (elsewhere), ==, 0);
}

static void
test_two_at_once (void)
{
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (DownloadRun) other = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (&held, 1);
  g_autofree char *path = g_steal_pointer (&other->path);

  other->path = g_strdup (run->path);
  start_held (run, server);
  download_run_server (other, server);
  download_run_assert_error (other, WT_DOWNLOAD_ERROR_WRITE);
  g_assert_cmpint (download_run_get_file_size (run), ==, 1000);
  g_cancellable_cancel (run->cancellable);
  download_run_wait (run);
}

static void
test_progress (void)
{
  static const Reply reply = { OK "Content-Length: 5000000\r\n\r\n", 0, 5000000 };
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autoptr (ReplyServer) server = reply_server_new (&reply, 1);

  /* The clock stands still: once at the beginning, once at the end. */
  download_run_server (run, server);
  download_run_assert_sample (run, 5000000);
  g_assert_cmpuint (run->notified, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autofree char *path = g_strconcat ("/download/scene/", scenes[i].name, NULL);

      g_test_add_data_func (path, &scenes[i], test_scene);
    }
  for (guint i = 0; i < G_N_ELEMENTS (resumptions); i++)
    {
      g_autofree char *path = g_strconcat ("/download/resume/", resumptions[i].name, NULL);

      g_test_add_data_func (path, &resumptions[i], test_resume);
    }
  g_test_add_func ("/download/resume-later", test_resume_later);
  g_test_add_func ("/download/no-resume", test_no_resume);
  g_test_add_func ("/download/resume-by-time", test_resume_by_time);
  g_test_add_func ("/download/damaged-note", test_damaged_note);
  g_test_add_func ("/download/request", test_request);
  g_test_add_func ("/download/encoded", test_encoded);
  g_test_add_func ("/download/chunked", test_chunked);
  g_test_add_func ("/download/bad-urls", test_bad_urls);
  g_test_add_func ("/download/names", test_names);
  g_test_add_func ("/download/cancel", test_cancel);
  g_test_add_func ("/download/cancel-early", test_cancel_early);
  g_test_add_func ("/download/cancel-before", test_cancel_before);
  g_test_add_func ("/download/stall", test_stall);
  g_test_add_func ("/download/pace", test_pace);
  g_test_add_func ("/download/no-answer", test_no_answer);
  g_test_add_func ("/download/no-disk", test_no_disk);
  g_test_add_func ("/download/two-at-once", test_two_at_once);
  g_test_add_func ("/download/progress", test_progress);

  return g_test_run ();
}
