/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect-spy.h"
#include "download-run.h"
#include "fake-resolver.h"
#include "wt-address.h"
#include "wt-test.h"

#include <libsoup/soup.h>
#include <string.h>

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"

static const Reply good = { OK, 0, 10 };

/* A name for the network, led to loopback by the spy. */
static const char *const at_home[] = { "93.184.216.34", "10.0.0.1", "10.0.0.2", NULL };

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    gboolean public;
  } rows[] = {
    { "0.0.0.0", FALSE },
    { "0.255.255.255", FALSE },
    { "1.0.0.0", TRUE },
    { "9.255.255.255", TRUE },
    { "10.0.0.0", FALSE },
    { "10.255.255.255", FALSE },
    { "11.0.0.0", TRUE },
    { "100.63.255.255", TRUE },
    { "100.64.0.0", FALSE },
    { "100.127.255.255", FALSE },
    { "100.128.0.0", TRUE },
    { "126.255.255.255", TRUE },
    { "127.0.0.1", FALSE },
    { "127.255.255.255", FALSE },
    { "128.0.0.0", TRUE },
    { "169.253.255.255", TRUE },
    { "169.254.169.254", FALSE },
    { "169.255.0.0", TRUE },
    { "172.15.255.255", TRUE },
    { "172.16.0.0", FALSE },
    { "172.31.255.255", FALSE },
    { "172.32.0.0", TRUE },
    { "191.255.255.255", TRUE },
    { "192.0.0.0", FALSE },
    { "192.0.0.255", FALSE },
    { "192.0.1.0", TRUE },
    { "192.0.2.1", FALSE },
    { "192.88.99.1", FALSE },
    { "192.167.255.255", TRUE },
    { "192.168.0.0", FALSE },
    { "192.168.255.255", FALSE },
    { "192.169.0.0", TRUE },
    { "198.17.255.255", TRUE },
    { "198.18.0.0", FALSE },
    { "198.19.255.255", FALSE },
    { "198.20.0.0", TRUE },
    { "198.51.100.1", FALSE },
    { "203.0.113.1", FALSE },
    { "223.255.255.255", TRUE },
    { "224.0.0.1", FALSE },
    { "239.255.255.255", FALSE },
    { "240.0.0.0", FALSE },
    { "255.255.255.255", FALSE },
    { "8.8.8.8", TRUE },
    { "::", FALSE },
    { "::1", FALSE },
    { "::2", FALSE },
    { "::7f00:1", FALSE },
    { "::808:808", FALSE },
    { "::ffff:8.8.8.8", TRUE },
    { "::ffff:127.0.0.1", FALSE },
    { "::ffff:10.0.0.1", FALSE },
    { "::ffff:0:8.8.8.8", FALSE },
    { "64:ff9b::8.8.8.8", TRUE },
    { "64:ff9b::127.0.0.1", FALSE },
    { "64:ff9b::192.168.1.1", FALSE },
    { "64:ff9b:1::8.8.8.8", FALSE },
    { "100::1", FALSE },
    { "1fff:ffff::1", FALSE },
    { "2000::1", TRUE },
    { "2001::1", FALSE },
    { "2001:0:4136:e378:8000:63bf:3fff:fdd2", FALSE },
    { "2001:1ff::1", FALSE },
    { "2001:200::1", TRUE },
    { "2001:db8::1", FALSE },
    { "2001:4860:4860::8888", TRUE },
    { "2001:4860::5efe:8.8.8.8", TRUE },
    { "2001:4860::5efe:10.0.0.1", FALSE },
    { "2001:4860::200:5efe:10.0.0.1", FALSE },
    { "2002:808:808::1", TRUE },
    { "2002:7f00:1::1", FALSE },
    { "2002:c0a8:101::1", FALSE },
    { "2606:2800:220:1:248:1893:25c8:1946", TRUE },
    { "3fff::1", FALSE },
    { "3fff:1000::1", TRUE },
    { "4000::1", FALSE },
    { "fc00::1", FALSE },
    { "fdff::1", FALSE },
    { "fe80::1", FALSE },
    { "febf::1", FALSE },
    { "fec0::1", FALSE },
    { "ff02::1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (rows[i].address);

      g_test_message ("%s", rows[i].address);
      g_assert_nonnull (address);
      g_assert_true (wt_address_is_public (address) == rows[i].public);
    }
}

static void
test_hosts (void)
{
  static const char *const rows[][2] = {
    { "127.0.0.1", "127.0.0.1" },
    { "127.0.0.1.", "127.0.0.1" },
    { "127.1", "127.0.0.1" },
    { "0177.0.0.1", "127.0.0.1" },
    { "0x7f.1", "127.0.0.1" },
    { "0x7f000001", "127.0.0.1" },
    { "2130706433", "127.0.0.1" },
    { "017700000001", "127.0.0.1" },
    { "0", "0.0.0.0" },
    { "192.168.257", "192.168.1.1" },
    { "localhost", "127.0.0.1" },
    { "LocalHost.", "127.0.0.1" },
    { "a.localhost", "127.0.0.1" },
    { "::1", "::1" },
    { "fe80::1%eth0", "fe80::1" },
    { "::ffff:127.0.0.1", "::ffff:127.0.0.1" },
    { "example.org", NULL },
    { "notlocalhost", NULL },
    { "localhost.example", NULL },
    { "256.1.1.1", NULL },
    { "1.2.3.4.5", NULL },
    { "", NULL },
    { ".", NULL },
    { ":", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GInetAddress) address = wt_address_new_from_host (rows[i][0]);
      g_autofree char *text = address != NULL ? g_inet_address_to_string (address) : NULL;

      g_test_message ("%s", rows[i][0]);
      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

/* However it is written, nothing is even tried. */
static void
test_refused (void)
{
  static const char *const hosts[] = {
    "127.0.0.1",
    "127.1",
    "0x7f000001",
    "0x7f.1",
    "2130706433",
    "0177.0.0.1",
    "127.0.0.1.",
    "１２７.0.0.1",
    "①②⑦。0。0。1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "x.localhost",
    "0.0.0.0",
    "0",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1%25lo]",
    "[fd00::1]",
    "private.test",
    "both.test",
    "mapped.test",
  };
  static const char *const own_hosts[] = { NULL, "", "far.test", "93.184.216.34", "unknown.test" };
  g_autoptr (ReplyServer) server = reply_server_new (&good, 1);
  g_autoptr (DownloadRun) run = download_run_new ();

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *url = reply_server_get_url (server, hosts[i], "/");

      connect_spy_reset ();
      g_test_message ("%s", url);
      run->own_host = own_hosts[i % G_N_ELEMENTS (own_hosts)];
      download_run (run, url);
      download_run_assert_error (run, WT_DOWNLOAD_ERROR_REFUSED_ADDRESS);
      g_assert_cmpuint (connect_spy_count_all (), ==, 0);
      g_assert_cmpint (download_run_get_file_size (run), ==, -1);
    }
  g_assert_cmpuint (reply_server_get_connections (server), ==, 0);
}

static void
test_allowed (void)
{
  static const struct
  {
    const char *host;
    const char *own_host;
  } rows[] = {
    { "public.test", NULL },
    { "93.184.216.34", NULL },
    { "127.0.0.1", "127.0.0.1" },
    { "127.0.0.1", "localhost" },
    { "127.0.0.1", "::1" },
    { "near.test", "near.test" },
    { "Near.Test.", "near.test" },
    { "near.test", "NEAR.test." },
    { "10.0.0.1", "near.test" },
    { "near.test", "10.0.0.1" },
    { "also-near.test", "near.test" },
  };
  g_autoptr (ReplyServer) server = reply_server_new (&good, 1);
  g_autoptr (DownloadRun) run = download_run_new ();

  connect_spy_reset ();
  connect_spy_lead_home (at_home);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = reply_server_get_url (server, rows[i].host, "/");

      g_test_message ("%s, own %s", url, rows[i].own_host);
      run->own_host = rows[i].own_host;
      download_run (run, url);
      download_run_assert_sample (run, 10);
    }
}

/* The other of two private addresses is none of the own server's. */
static void
test_other_private (void)
{
  g_autoptr (ReplyServer) server = reply_server_new (&good, 1);
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autofree char *url = reply_server_get_url (server, "10.0.0.2", "/");

  connect_spy_reset ();
  connect_spy_lead_home (at_home);
  run->own_host = "near.test";
  download_run (run, url);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_REFUSED_ADDRESS);
  g_assert_cmpuint (connect_spy_count_all (), ==, 0);
}

/* A name that is public when it is asked for first, and this machine the next time. */
static void
test_rebinding (void)
{
  static const Reply replies[] = {
    { "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /again\r\n\r\n" },
    { OK, 0, 10 },
  };
  g_autoptr (ReplyServer) server = reply_server_new (replies, G_N_ELEMENTS (replies));
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autofree char *url = reply_server_get_url (server, "rebound.test", "/");

  connect_spy_reset ();
  connect_spy_lead_home (at_home);
  run->own_host = NULL;
  download_run (run, url);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_REFUSED_ADDRESS);
  g_assert_cmpuint (connect_spy_count ("93.184.216.34"), ==, 1);
  g_assert_cmpuint (connect_spy_count_all (), ==, 1);
  g_assert_cmpuint (reply_server_get_connections (server), ==, 1);
}

/* The same between the look at the own server's address and the connection. */
static void
test_rebinding_own (void)
{
  g_autoptr (ReplyServer) server = reply_server_new (&good, 1);
  g_autoptr (DownloadRun) run = download_run_new ();
  g_autofree char *url = reply_server_get_url (server, "rebound-own.test", "/");

  connect_spy_reset ();
  connect_spy_lead_home (at_home);
  run->own_host = "near.test";
  download_run (run, url);
  download_run_assert_error (run, WT_DOWNLOAD_ERROR_REFUSED_ADDRESS);
  g_assert_cmpuint (connect_spy_count_all (), ==, 0);
}

/* One that answers with a public address nobody is at, and this machine. */
static void
test_fallback (void)
{
  static const char *const hosts[] = { "dead-then-private.test", "private-then-dead.test" };
  g_autoptr (ReplyServer) server = reply_server_new (&good, 1);
  g_autoptr (DownloadRun) run = download_run_new ();

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *url = reply_server_get_url (server, hosts[i], "/");

      connect_spy_reset ();
      run->own_host = NULL;
      download_run (run, url);
      download_run_assert_error (run, WT_DOWNLOAD_ERROR_REFUSED_ADDRESS);
      g_assert_cmpuint (connect_spy_count ("9.9.9.9"), ==, 1);
      g_assert_cmpuint (connect_spy_count_all (), ==, 1);
    }
}

static void
test_unreachable (void)
{
  static const char *const urls[] = { "http://unknown.test/", "http://9.9.9.9/" };
  g_autoptr (DownloadRun) run = download_run_new ();

  connect_spy_reset ();
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      download_run (run, urls[i]);
      download_run_assert_error (run, WT_DOWNLOAD_ERROR_NETWORK);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (FakeResolver) resolver = NULL;

  g_test_init (&argc, &argv, NULL);

  resolver = fake_resolver_new ();
  fake_resolver_add (resolver, "public.test", "93.184.216.34");
  fake_resolver_add (resolver, "far.test", "93.184.216.34");
  fake_resolver_add (resolver, "private.test", "127.0.0.1");
  fake_resolver_add (resolver, "both.test", "::1,127.0.0.1,10.0.0.1");
  fake_resolver_add (resolver, "mapped.test", "::ffff:127.0.0.1");
  fake_resolver_add (resolver, "near.test", "10.0.0.1");
  fake_resolver_add (resolver, "also-near.test", "10.0.0.1");
  fake_resolver_add (resolver, "rebound.test", "93.184.216.34 127.0.0.1");
  fake_resolver_add (resolver, "rebound-own.test", "10.0.0.1 10.0.0.2");
  fake_resolver_add (resolver, "dead-then-private.test", "9.9.9.9,127.0.0.1");
  fake_resolver_add (resolver, "private-then-dead.test", "127.0.0.1,9.9.9.9");
  g_resolver_set_default (G_RESOLVER (resolver));

  g_test_add_func ("/download-guard/addresses", test_addresses);
  g_test_add_func ("/download-guard/hosts", test_hosts);
  g_test_add_func ("/download-guard/refused", test_refused);
  g_test_add_func ("/download-guard/allowed", test_allowed);
  g_test_add_func ("/download-guard/other-private", test_other_private);
  g_test_add_func ("/download-guard/rebinding", test_rebinding);
  g_test_add_func ("/download-guard/rebinding-own", test_rebinding_own);
  g_test_add_func ("/download-guard/fallback", test_fallback);
  g_test_add_func ("/download-guard/unreachable", test_unreachable);

  return g_test_run ();
}
