/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-route.h"

#define ME "me-1"

typedef struct
{
  const char *name;
  const char *meta;
  const char *info; /* after platform, message_id and time */
  const char *segment;
  gboolean foreign;
  WtConversationKind kind;
  const char *platform;
  const char *peer_id;
  const char *title;
  const char *author_id;
  const char *author_name;
  const char *reply_key;
  gboolean mentions_me;
} Case;

#define TEXT "{\"type\":\"text\",\"data\":\"hi\"}"
#define BOT "\"user_info\":{\"platform\":\"p\",\"user_id\":\"bot\",\"user_nickname\":\"Mai\"}"
#define ALICE "\"user_info\":{\"platform\":\"q\",\"user_id\":\"alice\",\"user_nickname\":\"Alice\"}"
#define GROUP "\"group_info\":{\"platform\":\"g\",\"group_id\":\"42\",\"group_name\":\"Field\"}"

static const Case cases[] = {
  { "author/direct", "\"sender_user\":\"alice-key\"", ",\"sender_info\":{" ALICE "}", TEXT, FALSE,
    WT_CONVERSATION_DIRECT, "q", "alice", "Alice", "alice", "Alice", "alice-key", FALSE },
  { "author/group-of-sender", "\"sender_user\":\"alice-key\"",
    ",\"sender_info\":{" ALICE "," GROUP "}", TEXT, FALSE, WT_CONVERSATION_GROUP, "g", "42",
    "Field", "alice", "Alice", "alice-key", FALSE },
  { "author/group-of-receiver", "\"sender_user\":\"server\"",
    ",\"sender_info\":{" ALICE "},\"receiver_info\":{" GROUP "}", TEXT, FALSE,
    WT_CONVERSATION_GROUP, "g", "42", "Field", "alice", "Alice", NULL, FALSE },
  { "author/number-ids", "\"sender_user\":\"k-12345\"",
    ",\"sender_info\":{\"user_info\":{\"user_id\":7},\"group_info\":{\"group_id\":8}}", TEXT, FALSE,
    WT_CONVERSATION_GROUP, "p", "8", NULL, "7", NULL, "k-12345", FALSE },
  { "author/null-group", "\"sender_user\":\"server\"",
    ",\"sender_info\":{" ALICE ",\"group_info\":null}", TEXT, FALSE, WT_CONVERSATION_DIRECT, "q",
    "alice", "Alice", "alice", "Alice", NULL, FALSE },
  { "bot/direct", "\"sender_user\":\"server\",\"target_user\":\"me\"",
    ",\"receiver_info\":{" BOT
    "},\"additional_config\":{\"platform_io_account_id\":\"bot\",\"platform_io_target_user_id\":"
    "\"" ME "\"}",
    TEXT, FALSE, WT_CONVERSATION_DIRECT, "p", "bot", "Mai", "bot", "Mai", NULL, FALSE },
  { "bot/direct-for-somebody-else", "\"sender_user\":\"server\"",
    ",\"receiver_info\":{" BOT
    "},\"additional_config\":{\"platform_io_account_id\":\"bot\",\"platform_io_target_user_id\":"
    "\"other\"}",
    TEXT, TRUE, WT_CONVERSATION_DIRECT, "p", "bot", "Mai", "bot", "Mai", NULL, FALSE },
  { "bot/direct-without-hint", "\"sender_user\":\"server\"",
    ",\"receiver_info\":{" BOT "},\"additional_config\":{\"platform_io_account_id\":\"bot\"}", TEXT,
    FALSE, WT_CONVERSATION_DIRECT, "p", "bot", "Mai", "bot", "Mai", NULL, FALSE },
  { "bot/group", "\"sender_user\":\"server\"",
    ",\"receiver_info\":{" BOT "," GROUP
    "},\"additional_config\":{\"platform_io_account_id\":\"bot\",\"platform_io_target_user_id\":"
    "\"other\"}",
    TEXT, FALSE, WT_CONVERSATION_GROUP, "g", "42", "Field", "bot", "Mai", NULL, FALSE },
  { "sender/server", "\"sender_user\":\"server\"", "", TEXT, FALSE, WT_CONVERSATION_DIRECT, "p",
    "server", NULL, "server", NULL, NULL, FALSE },
  { "sender/none", "\"platform\":\"p\"", "", TEXT, FALSE, WT_CONVERSATION_DIRECT, "p", "server",
    NULL, "server", NULL, NULL, FALSE },
  { "sender/group", "\"sender_user\":\"server\"", ",\"receiver_info\":{" GROUP "}", TEXT, FALSE,
    WT_CONVERSATION_GROUP, "g", "42", "Field", "server", NULL, NULL, FALSE },
  { "mention/me", "\"sender_user\":\"server\"", ",\"sender_info\":{" ALICE "}",
    "{\"type\":\"seglist\",\"data\":[{\"type\":\"at\",\"data\":\"" ME "\"}," TEXT "]}", FALSE,
    WT_CONVERSATION_DIRECT, "q", "alice", "Alice", "alice", "Alice", NULL, TRUE },
  { "mention/other", "\"sender_user\":\"server\"", ",\"sender_info\":{" ALICE "}",
    "{\"type\":\"at\",\"data\":\"you\"}", FALSE, WT_CONVERSATION_DIRECT, "q", "alice", "Alice",
    "alice", "Alice", NULL, FALSE },
  { "mention/all", "\"sender_user\":\"server\"", ",\"sender_info\":{" ALICE "}",
    "{\"type\":\"at\",\"data\":{\"user_id\":\"all\"}}", FALSE, WT_CONVERSATION_DIRECT, "q", "alice",
    "Alice", "alice", "Alice", NULL, TRUE },
};

static WtEnvelope *
make_envelope (const char *meta, const char *info, const char *segment)
{
  g_autofree char *text = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"m\",\"type\":\"sys_std\",\"meta\":{%s},\"payload\":{"
      "\"message_info\":{\"platform\":\"p\",\"message_id\":\"i\",\"time\":1.5%s},"
      "\"message_segment\":%s,\"message_dim\":{\"api_key\":\"k\",\"platform\":\"p\"}}}",
      meta, info, segment);
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  WtEnvelope *envelope = wt_envelope_parse (frame, &error);

  g_assert_no_error (error);
  g_assert_null (wt_envelope_get_error (envelope));
  return envelope;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (WtEnvelope) envelope = make_envelope (test->meta, test->info, test->segment);
  g_autoptr (WtRoute) route = wt_route_new (envelope, ME, "salt");

  g_assert_cmpint (route->foreign, ==, test->foreign);
  g_assert_cmpint (route->kind, ==, test->kind);
  g_assert_cmpstr (route->platform, ==, test->platform);
  g_assert_cmpstr (route->peer_id, ==, test->peer_id);
  g_assert_cmpstr (route->title, ==, test->title);
  g_assert_cmpstr (route->author_id, ==, test->author_id);
  g_assert_cmpstr (route->author_nickname, ==, test->author_name);
  g_assert_cmpstr (route->reply_key, ==, test->reply_key);
  g_assert_cmpint (route->mentions_me, ==, test->mentions_me);
}

/* As the guide's samples without `sender_info` do: the only thing known of the sender is a key. */
static void
test_key_is_no_id (void)
{
  g_autoptr (WtEnvelope) envelope = make_envelope ("\"sender_user\":\"secret-key\"", "", TEXT);
  g_autoptr (WtRoute) route = wt_route_new (envelope, ME, "salt");
  g_autoptr (WtRoute) again = wt_route_new (envelope, ME, "salt");
  g_autoptr (WtRoute) elsewhere = wt_route_new (envelope, ME, "other salt");

  g_assert_null (strstr (route->author_id, "secret"));
  g_assert_null (strstr (route->peer_id, "secret"));
  g_assert_cmpstr (route->author_id, ==, again->author_id);
  g_assert_cmpstr (route->author_id, !=, elsewhere->author_id);
  g_assert_cmpstr (route->reply_key, ==, "secret-key");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/route/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/route/key-is-no-id", test_key_is_no_id);
  return g_test_run ();
}
