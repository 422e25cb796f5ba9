/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-relay.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *in;
  const char *out;
} rows[] = {
  { "plain", "{\"a\":1,\"meta\":{\"sender_user\":\"k\",\"x\":[1,{}]},\"payload\":{\"n\":1e400}}",
    "{\"a\":1,\"meta\":{\"sender_user\":\"k\",\"x\":[1,{}],\"target_user\":\"bob\"},\"payload\":{"
    "\"n\":1e400}}" },
  { "spaces-outside-stay", " {\"a\" : 1 , \"meta\" : { \"sender_user\" : \"k\" } , \"b\":2 } \n",
    " {\"a\" : 1 , \"meta\" : {\"sender_user\" : \"k\",\"target_user\":\"bob\"} , \"b\":2 } \n" },
  { "target-replaced",
    "{\"meta\":{\"target_user\":\"eve\",\"sender_user\":\"k\",\"target_user\":{\"a\":\"}\"}}}",
    "{\"meta\":{\"sender_user\":\"k\",\"target_user\":\"bob\"}}" },
  { "no-sender", "{\"meta\":{\"platform\":\"p\"}}",
    "{\"meta\":{\"platform\":\"p\",\"sender_user\":\"alice\",\"target_user\":\"bob\"}}" },
  { "null-sender", "{\"meta\":{\"sender_user\":null}}",
    "{\"meta\":{\"sender_user\":\"alice\",\"target_user\":\"bob\"}}" },
  { "no-meta", "{\"a\":1}",
    "{\"meta\":{\"sender_user\":\"alice\",\"target_user\":\"bob\"},\"a\":1}" },
  { "empty", "{}", "{\"meta\":{\"sender_user\":\"alice\",\"target_user\":\"bob\"}}" },
  { "null-meta", "{\"meta\":null,\"a\":1}",
    "{\"meta\":{\"sender_user\":\"alice\",\"target_user\":\"bob\"},\"a\":1}" },
  { "meta-is-a-list", "{\"meta\":[\"]\"]}",
    "{\"meta\":{\"sender_user\":\"alice\",\"target_user\":\"bob\"}}" },
  { "last-of-two", "{\"meta\":{\"sender_user\":\"1\"},\"meta\":{\"sender_user\":\"2\"}}",
    "{\"meta\":{\"sender_user\":\"1\"},\"meta\":{\"sender_user\":\"2\",\"target_user\":\"bob\"}}" },
  { "quotes-in-strings", "{\"t\":\"\\\"meta\\\":{}\\\\\",\"meta\":{\"sender_user\":\"k\\\"}\"}}",
    "{\"t\":\"\\\"meta\\\":{}\\\\\",\"meta\":{\"sender_user\":\"k\\\"}\",\"target_user\":\"bob\"}"
    "}" },
  { "inner-meta-stays", "{\"payload\":{\"meta\":{}},\"meta\":{\"sender_user\":\"k\"}}",
    "{\"payload\":{\"meta\":{}},\"meta\":{\"sender_user\":\"k\",\"target_user\":\"bob\"}}" },
  { "not-an-object", "[1]", "[1]" },
  { "broken", "{\"a\":", "{\"a\":" },
  { "open-string", "{\"a\":\"", "{\"a\":\"" },
  { "open-escape", "{\"a\":\"\\", "{\"a\":\"\\" },
  { "nothing", "", "" },
};

static void
test_row (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) in = g_bytes_new_static (rows[row].in, strlen (rows[row].in));
  g_autoptr (GBytes) out = wt_relay_address (in, "alice", "bob");
  g_autofree char *text = g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));

  g_assert_cmpstr (text, ==, rows[row].out);
}

static void
test_quoted (void)
{
  static const char frame[] = "{\"meta\":{}}";
  g_autoptr (GBytes) in = g_bytes_new_static (frame, strlen (frame));
  g_autoptr (GBytes) out = wt_relay_address (in, NULL, "b\"o\n麦");
  g_autofree char *text = g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));

  g_assert_cmpstr (text, ==, "{\"meta\":{\"target_user\":\"b\\\"o\\n麦\"}}");
}

/* Every beginning of a frame, from memory of exactly its size: nothing is read past the end. */
static void
test_cut_anywhere (void)
{
  static const char frame[] = "{\"a\":[1,{\"b\":\"\\u0041\\\\\"}],\"meta\":{\"x\":null,\"sender_"
                              "user\":\"k\"},\"c\":true}";

  for (gsize length = 0; length <= strlen (frame); length++)
    {
      g_autoptr (GBytes) in = g_bytes_new (frame, length);
      g_autoptr (GBytes) out = wt_relay_address (in, "alice", "bob");

      if (length < strlen (frame))
        g_assert_true (g_bytes_equal (in, out));
      else
        g_assert_false (g_bytes_equal (in, out));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/server/relay/", rows[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/server/relay/quoted", test_quoted);
  g_test_add_func ("/server/relay/cut-anywhere", test_cut_anywhere);
  return g_test_run ();
}
