/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-demo-cast.h"
#include "wt-demo-script.h"
#include "wt-echo-bot.h"
#include "wt-test-client.h"
#include "wt-test.h"

#define TEXT "{\"type\":\"text\",\"data\":\"你好\"}"

static JsonObject *
get_segment (JsonNode *root)
{
  JsonObject *payload = json_object_get_object_member (json_node_get_object (root), "payload");

  return json_object_get_object_member (payload, "message_segment");
}

static void
test_echo_direct (gconstpointer data)
{
  const char *segment = data;
  WtApiServer *server = wt_test_server_new (NULL);
  g_autofree char *message = wt_test_make_message ("m", "key-of-alice", "echo", "anything",
                                                   segment);
  g_autoptr (WtTestClient) alice = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) expected = json_from_string (segment, NULL);
  g_autoptr (JsonNode) got = NULL;

  wt_api_server_add_bot (server, wt_echo_bot_new ());
  alice = wt_test_client_connect (server, "key-of-alice", "p");
  wt_test_client_send (alice, message);
  answer = wt_test_client_take_type (alice, "sys_std");
  g_assert_cmpuint (wt_test_client_count_acks (alice, "m"), ==, 1);
  g_assert_cmpstr (wt_test_get_string (answer, "meta.sender_user"), ==, "echo");
  g_assert_cmpstr (wt_test_get_string (answer, "meta.target_user"), ==, "alice");
  g_assert_cmpstr (wt_test_get_string (answer, "payload.message_dim.api_key"), ==, "key-of-alice");
  g_assert_cmpstr (wt_test_get_string (answer, "payload.message_dim.platform"), ==, "p");
  g_assert_cmpstr (
      wt_test_get_string (answer, "payload.message_info.sender_info.user_info.user_id"), ==,
      "echo");
  g_assert_null (
      wt_test_get_string (answer, "payload.message_info.sender_info.group_info.group_id"));
  g_assert_cmpstr (wt_test_get_string (answer, "msg_id"), !=, "m");
  got = json_node_init_object (json_node_alloc (), get_segment (answer));
  g_assert_true (json_node_equal (got, expected));
  wt_test_server_free (server);
}

static void
test_echo_group (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) alice = NULL;
  g_autoptr (JsonNode) answer = NULL;

  wt_api_server_add_bot (server, wt_echo_bot_new ());
  alice = wt_test_client_connect (server, "key-of-alice", "p");
  wt_test_client_send (
      alice,
      "{\"msg_id\":\"g\",\"type\":\"sys_std\",\"payload\":{\"message_info\":{\"platform\":\"p\","
      "\"message_id\":\"x\",\"time\":1,\"sender_info\":{\"user_info\":{\"platform\":\"p\","
      "\"user_id\":\"u\"},\"group_info\":{\"platform\":\"p\",\"group_id\":\"g-1\","
      "\"group_name\":\"麦\"}}},\"message_segment\":" TEXT ",\"message_dim\":{\"api_key\":\"echo\","
      "\"platform\":\"p\"}}}");
  answer = wt_test_client_take_type (alice, "sys_std");
  g_assert_cmpstr (
      wt_test_get_string (answer, "payload.message_info.sender_info.group_info.group_id"), ==,
      "g-1");
  g_assert_cmpstr (
      wt_test_get_string (answer, "payload.message_info.sender_info.group_info.group_name"), ==,
      "麦");
  wt_test_server_free (server);
}

/* Answers go to whoever wrote, whatever they say of themselves; a repeat is not answered. */
static void
test_echo_to_the_writer (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autofree char *message = wt_test_make_message ("m", "key-of-bob", "echo", "p", TEXT);
  g_autoptr (WtTestClient) alice = NULL;
  g_autoptr (WtTestClient) bob = NULL;

  wt_api_server_add_bot (server, wt_echo_bot_new ());
  alice = wt_test_client_connect (server, "key-of-alice", "p");
  bob = wt_test_client_connect (server, "key-of-bob", "p");
  wt_test_client_send (alice, message);
  wt_test_client_send (alice, message);
  wt_test_client_settle (alice, server);
  wt_test_client_settle (bob, server);
  g_assert_cmpuint (wt_test_client_count_type (alice, "sys_std"), ==, 1);
  g_assert_cmpuint (wt_test_client_count_type (bob, "sys_std"), ==, 0);
  wt_test_server_free (server);
}

typedef struct
{
  WtApiServer *server;
  guint complete;
} Demo;

static void
on_complete (WtDemoCast *cast, const char *user, Demo *demo)
{
  g_assert_cmpstr (user, ==, "alice");
  demo->complete++;
}

static void
demo_start (Demo *demo)
{
  g_autoptr (WtClock) clock = wt_clock_new ();
  WtDemoCast *cast = wt_demo_cast_new (clock, "my-id", "我");

  demo->server = wt_test_server_new (NULL);
  g_object_set (cast, "pace", 1, NULL);
  g_signal_connect (cast, "complete", G_CALLBACK (on_complete), demo);
  wt_api_server_add_bot (demo->server, WT_BOT (cast));
}

/* What each message is, by its segment: the types in a list in order. */
static char *
describe (JsonNode *root)
{
  JsonObject *segment = get_segment (root);
  const char *type = json_object_get_string_member (segment, "type");
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *list;

  if (!g_str_equal (type, "seglist"))
    return g_strdup (type);
  list = json_object_get_array_member (segment, "data");
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? "+" : "",
        json_object_get_string_member (json_array_get_object_element (list, i), "type"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_demo_script (void)
{
  static const struct
  {
    const char *user;
    gboolean group;
    const char *what;
  } steps[] = {
    { "demo-maimai", FALSE, "text" },      { "demo-xiaohe", TRUE, "text" },
    { "demo-alice", TRUE, "text" },        { "demo-xiaohe", TRUE, "image" },
    { "demo-laomai", TRUE, "reply+text" }, { "demo-xiaohe", TRUE, "emoji" },
    { "demo-alice", TRUE, "file" },        { "demo-alice", TRUE, "voice" },
    { "demo-laomai", TRUE, "dict" },       { "demo-laomai", TRUE, "forward" },
    { "demo-alice", TRUE, "at+text" },     { "demo-maimai", FALSE, "text" },
  };
  Demo demo = { 0 };
  g_autoptr (WtTestClient) client = NULL;
  g_autofree char *picture_id = NULL;
  g_autofree guchar *picture = NULL;
  gsize size;

  demo_start (&demo);
  client = wt_test_client_connect (demo.server, "key-of-alice", WT_DEMO_PLATFORM);
  client->auto_ack = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (JsonNode) message = wt_test_client_take_type (client, "sys_std");
      g_autofree char *what = describe (message);
      JsonObject *segment = get_segment (message);

      g_test_message ("%s: %s", wt_test_get_string (message, "meta.sender_user"), what);
      g_assert_cmpstr (wt_test_get_string (message, "meta.sender_user"), ==, steps[i].user);
      g_assert_cmpstr (wt_test_get_string (message, "meta.target_user"), ==, "alice");
      g_assert_cmpstr (what, ==, steps[i].what);
      g_assert_cmpstr (
          wt_test_get_string (message, "payload.message_info.sender_info.group_info.group_id"), ==,
          steps[i].group ? WT_DEMO_GROUP_ID : NULL);
      g_assert_cmpstr (wt_test_get_string (message, "payload.message_dim.api_key"), ==,
                       "key-of-alice");
      g_assert_nonnull (
          wt_test_get_string (message, "payload.message_info.sender_info.user_info.user_nickname"));
      if (g_str_equal (what, "image"))
        {
          picture_id = g_strdup (wt_test_get_string (message, "payload.message_info.message_id"));
          picture = g_base64_decode (json_object_get_string_member (segment, "data"), &size);
          g_assert_cmpmem (picture, 4, "\x89PNG", 4);
        }
      if (g_str_equal (what, "reply+text"))
        g_assert_cmpstr (
            json_object_get_string_member (
                json_array_get_object_element (json_object_get_array_member (segment, "data"), 0),
                "data"),
            ==, picture_id);
    }
  g_assert_cmpuint (G_N_ELEMENTS (steps), ==, wt_demo_script_get_n_steps ());
  wt_test_wait_until (demo.complete == 1);
  wt_test_server_free (demo.server);
}

/* The first connection ACKs nothing: its messages come again on the next, with the same ids. */
static void
test_demo_reconnect (void)
{
  Demo demo = { 0 };
  WtTestClient *first;
  g_autoptr (WtTestClient) second = NULL;
  g_autoptr (JsonNode) lost = NULL;
  g_autoptr (JsonNode) again = NULL;

  demo_start (&demo);
  first = wt_test_client_connect (demo.server, "key-of-alice", WT_DEMO_PLATFORM);
  lost = wt_test_client_take_type (first, "sys_std");
  wt_test_wait_until (wt_test_client_count_type (first, "sys_std") >= 3);
  wt_test_client_free (first);
  wt_test_wait_until (wt_api_server_get_n_connections (demo.server) == 0);
  g_assert_cmpuint (demo.complete, ==, 0);

  second = wt_test_client_connect (demo.server, "key-of-alice", WT_DEMO_PLATFORM);
  second->auto_ack = TRUE;
  again = wt_test_client_take_type (second, "sys_std");
  g_assert_cmpstr (wt_test_get_string (lost, "msg_id"), ==, wt_test_get_string (again, "msg_id"));
  wt_test_wait_until (demo.complete == 1);
  wt_test_server_free (demo.server);
}

static void
test_demo_answers (void)
{
  Demo demo = { 0 };
  g_autoptr (WtTestClient) client = NULL;
  g_autofree char *direct = wt_test_make_message ("d", "key-of-alice", "demo-maimai", "p", TEXT);
  g_autofree char *picture = wt_test_make_message ("i", "key-of-alice", "demo-maimai", "p",
                                                   "{\"type\":\"image\",\"data\":\"AAAA\"}");
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) back = NULL;
  g_autoptr (JsonNode) group = NULL;
  g_autofree char *what = NULL;
  g_autofree char *what_back = NULL;
  g_autofree char *answer_text = NULL;

  demo_start (&demo);
  client = wt_test_client_connect (demo.server, "key-of-alice", WT_DEMO_PLATFORM);
  client->auto_ack = TRUE;
  wt_test_wait_until (demo.complete == 1);
  client->taken = client->frames->len;

  wt_test_client_send (client, direct);
  answer = wt_test_client_take_type (client, "sys_std");
  what = describe (answer);
  g_assert_cmpstr (what, ==, "reply+text");
  g_assert_cmpstr (wt_test_get_string (answer, "meta.sender_user"), ==, "demo-maimai");
  answer_text = json_to_string (answer, FALSE);
  g_assert_nonnull (strstr (answer_text, "你好"));

  wt_test_client_send (client, picture);
  back = wt_test_client_take_type (client, "sys_std");
  what_back = describe (back);
  g_assert_cmpstr (what_back, ==, "image");

  wt_test_client_send (
      client,
      "{\"msg_id\":\"g\",\"type\":\"sys_std\",\"payload\":{\"message_info\":{\"platform\":\"p\","
      "\"message_id\":\"x\",\"time\":1,\"sender_info\":{\"user_info\":{\"platform\":\"p\","
      "\"user_id\":\"u\"},\"group_info\":{\"platform\":\"p\",\"group_id\":\"wheat-field\"}}},"
      "\"message_segment\":" TEXT ",\"message_dim\":{\"api_key\":\"demo-alice\","
      "\"platform\":\"p\"}}}");
  group = wt_test_client_take_type (client, "sys_std");
  g_assert_cmpstr (
      wt_test_get_string (group, "payload.message_info.sender_info.group_info.group_id"), ==,
      WT_DEMO_GROUP_ID);
  g_assert_cmpstr (wt_test_get_string (group, "meta.sender_user"), !=, "demo-maimai");
  wt_test_server_free (demo.server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/server/bots/echo/text", TEXT, test_echo_direct);
  g_test_add_data_func ("/server/bots/echo/image", "{\"type\":\"image\",\"data\":\"AAAA\"}",
                        test_echo_direct);
  g_test_add_data_func ("/server/bots/echo/list",
                        "{\"type\":\"seglist\",\"data\":[{\"type\":\"at\",\"data\":\"7\"},"
                        "{\"type\":\"text\",\"data\":\"x\"}]}",
                        test_echo_direct);
  g_test_add_func ("/server/bots/echo/group", test_echo_group);
  g_test_add_func ("/server/bots/echo/to-the-writer", test_echo_to_the_writer);
  g_test_add_func ("/server/bots/demo/script", test_demo_script);
  g_test_add_func ("/server/bots/demo/reconnect", test_demo_reconnect);
  g_test_add_func ("/server/bots/demo/answers", test_demo_answers);
  return g_test_run ();
}
