/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-lint.h"

#include "wt-inspection.h"
#include "wt-protocol-test.h"

/* What MaiBot's bridge drops (`wire.md` section 3), one row a rule; the scenes hold the same table against a bridge as strict. */

#define USER "'user_info':{'platform':'p','user_id':'u','user_nickname':'n'}"
#define INFO "'message_info':{'platform':'p','message_id':'i','time':1.5,'sender_info':{" USER "}}"
#define TEXT "'message_segment':{'type':'text','data':'hi'}"
#define DIM "'message_dim':{'api_key':'k','platform':'q'}"
#define STD "{'ver':1,'msg_id':'m','type':'sys_std','payload':{"
#define PART(type, data) STD INFO "," DIM ",'message_segment':{'type':'" type "','data':" data "}}}"
#define WITH_INFO(info) STD DIM "," TEXT ",'message_info':{" info "}}}"
#define SENDER(sender) "'platform':'p','message_id':'i','time':1,'sender_info':{" sender "}"

typedef struct
{
  const char *frame;
  const char *expected; /* rule:detail, one after the other */
} Case;

static const Case cases[] = {
  /* What is accepted. */
  { STD INFO "," DIM "," TEXT "}}", "" },
  { PART ("image", "'aGVsbG8='"), "" },
  { PART ("emoji", "'aGVsbG8h'"), "" },
  { PART ("voice", "'aGVsbA=='"), "" },
  { PART ("at", "'10001'"), "" },
  { PART ("at", "{'qq':'10001'}"), "" },
  { PART ("at", "{'target_user_id':'10001','target_user_nickname':'n'}"), "" },
  { PART ("reply", "'i'"), "" },
  { PART ("dict", "{'type':'face','data':'1'}"), "" },
  { PART ("file", "{'name':'a.txt','base64':'aGVsbG8='}"), "" },
  { PART ("file", "{'filename':'a.txt','url':'http://h/a'}"), "" },
  { PART ("seglist", "[{'type':'reply','data':'i'},{'type':'text','data':''}]"), "" },
  { WITH_INFO (SENDER (USER ",'group_info':{'group_id':'g','group_name':'G'}")), "" },
  { WITH_INFO (SENDER (USER ",'group_info':null")), "" },
  { WITH_INFO (SENDER (USER) ",'additional_config':{'file_name':'a','x':1}"), "" },
  { "{'ver':1,'msg_id':'m','type':'custom_thing','payload':{}}", "" },
  { "{'ver':1,'msg_id':'m','type':'sys_ack','payload':{},'meta':{'acked_msg_id':'o'}}", "" },

  /* The envelope. */
  { "{'type':'sys_std','payload':{}}", "no-envelope:msg_id " },
  { "{'msg_id':'m','payload':{}}", "no-envelope:type " },
  { "{'msg_id':'m','type':'sys_std'}", "no-envelope:payload " },
  { "{'msg_id':'m','type':'sys_std','payload':'x'}", "no-envelope:payload " },
  { "{'msg_id':'','type':'','payload':null}",
    "no-envelope:msg_id no-envelope:type no-envelope:payload " },

  /* The message as a whole. */
  { WITH_INFO ("'platform':'p','message_id':'i','sender_info':{" USER "}"), "no-time: " },
  { WITH_INFO ("'platform':'p','message_id':'i','time':0,'sender_info':{" USER "}"), "no-time: " },
  { WITH_INFO ("'platform':'p','message_id':'i','time':'1','sender_info':{" USER "}"),
    "no-time: " },
  { WITH_INFO ("'platform':'p','time':1,'sender_info':{" USER "}"), "no-message-id: " },
  { WITH_INFO ("'platform':'p','message_id':'','time':1,'sender_info':{" USER "}"),
    "no-message-id: " },
  { WITH_INFO ("'platform':'qq','message_id':'i','time':1,'sender_info':{" USER "}"),
    "platform:qq " },
  { WITH_INFO ("'message_id':'i','time':1,'sender_info':{" USER "}"), "platform: " },
  { WITH_INFO ("'platform':'p','message_id':'i','time':1"), "no-sender: " },
  { WITH_INFO (SENDER ("'user_info':null")), "no-sender: " },
  { WITH_INFO (SENDER ("'user_info':{'platform':'p','user_nickname':'n'}")),
    "sender-field:user_id " },
  { WITH_INFO (SENDER ("'user_info':{'user_id':7,'user_nickname':''}")),
    "sender-field:user_id sender-field:platform sender-field:user_nickname " },
  { WITH_INFO (SENDER (USER ",'group_info':{'group_id':'g'}")), "no-group-name: " },
  { WITH_INFO (SENDER (USER ",'group_info':{'group_id':'g','group_name':''}")), "no-group-name: " },
  { STD INFO "," TEXT "}}", "no-route: " },
  { WITH_INFO (SENDER (USER) ",'additional_config':{'self_id':'1','connection_id':'2'}"),
    "routing-config:self_id routing-config:connection_id " },

  /* Its parts. */
  { PART ("face", "'123'"), "segment-kind:face " },
  { PART ("forward", "[]"), "segment-kind:forward " },
  { PART ("video", "'x'"), "segment-kind:video " },
  { STD INFO "," DIM "}}", "segment-kind: " },
  { PART ("image", "'http://h/a.png'"), "not-base64:image " },
  { PART ("image", "'data:image/png;base64,aGVsbG8='"), "not-base64:image " },
  { PART ("emoji", "''"), "not-base64:emoji " },
  { PART ("voice", "'aGVsbG8'"), "not-base64:voice " },
  { PART ("image", "'aGVs\\nbG8='"), "not-base64:image " },
  { PART ("file", "'aGVsbG8='"), "file: " },
  { PART ("file", "{'base64':'aGVsbG8='}"), "file: " },
  { PART ("file", "{'name':'a','base64':'data:,'}"), "not-base64:file " },
  { PART ("text", "7"), "segment-data:text " },
  { PART ("at", "{'name':'n'}"), "segment-data:at " },
  { PART ("at", "''"), "segment-data:at " },
  { PART ("dict", "'x'"), "segment-data:dict " },
  { PART ("reply", "''"), "segment-data:reply " },
  { PART ("seglist", "[]"), "segment-data:seglist " },
  { PART ("seglist", "'x'"), "segment-data:seglist " },
  { PART ("seglist", "[{'type':'text','data':''},{'type':'reply','data':'i'}]"), "reply-place: " },
  { PART ("seglist", "[{'type':'seglist','data':[{'type':'face','data':'1'}]}]"), "nested-list: " },
  { PART ("seglist", "[{'type':'face','data':'1'},{'type':'face','data':'2'},7]"),
    "segment-kind:face segment-kind: " },
};

static char *
write_lints (GPtrArray *lints)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lints->len; i++)
    {
      const WtLint *lint = g_ptr_array_index (lints, i);

      g_string_append_printf (text, "%s:%s ", wt_lint_rule_to_nick (lint->rule),
                              lint->detail != NULL ? lint->detail : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_sent (gconstpointer data)
{
  const Case *sample = data;
  g_autoptr (GBytes) frame = wt_test_bytes (sample->frame);
  g_autoptr (WtInspection) inspection = wt_inspection_new (frame, TRUE, "p", 1024);
  g_autofree char *found = write_lints (inspection->lints);

  g_assert_cmpstr (found, ==, sample->expected);
}

/* Nobody knows the platform before a connection. */
static void
test_no_platform (void)
{
  g_autoptr (GBytes) frame = wt_test_bytes (STD INFO "," DIM "," TEXT "}}");
  g_autoptr (WtInspection) inspection = wt_inspection_new (frame, TRUE, NULL, 1024);

  g_assert_cmpuint (inspection->lints->len, ==, 0);
}

/* Contents that are not in the tree are looked at, too. */
static void
test_lifted (void)
{
  g_autofree char *base64 = wt_test_make_base64 (40000);
  g_autofree char *good = g_strdup_printf (PART ("image", "'%s'"), base64);
  g_autofree char *bad = g_strdup_printf (PART ("image", "'%s*'"), base64);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) frame = wt_test_bytes (i == 0 ? good : bad);
      g_autoptr (WtInspection) inspection = wt_inspection_new (frame, TRUE, "p", 1024);
      g_autofree char *found = write_lints (inspection->lints);

      g_assert_cmpstr (found, ==, i == 0 ? "" : "not-base64:image ");
    }
}

/* Received: what cannot be used, and nothing of what only a strict server minds. */
static void
test_received (void)
{
  static const Case received[] = {
    { STD INFO "," DIM "," TEXT "}}", "" },
    { PART ("face", "'123'"), "" },
    { "{'type':'sys_std','payload':{}}", "no-envelope:msg_id is missing " },
    { STD DIM "," TEXT "}}", "refused:payload.message_info is missing " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (received); i++)
    {
      g_autoptr (GBytes) frame = wt_test_bytes (received[i].frame);
      g_autoptr (WtInspection) inspection = wt_inspection_new (frame, FALSE, "other", 1024);
      g_autofree char *found = write_lints (inspection->lints);

      g_assert_cmpstr (found, ==, received[i].expected);
    }
}

static void
test_bounded (void)
{
  g_autoptr (GPtrArray) list = wt_lint_list_new ();
  g_autofree char *words = g_strnfill (1000, 'x');
  const WtLint *lint;

  wt_lint_list_add (list, WT_LINT_REFUSED, words);
  wt_lint_list_add (list, WT_LINT_REFUSED, words);
  g_assert_cmpuint (list->len, ==, 1);
  lint = g_ptr_array_index (list, 0);
  g_assert_cmpuint (strlen (lint->detail), <, 130);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *kind = g_strdup_printf ("kind-%u", i);

      wt_lint_list_add (list, WT_LINT_SEGMENT_KIND, kind);
    }
  g_assert_cmpuint (list->len, ==, 16);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lint/sent/%02u", i);

      g_test_add_data_func (path, &cases[i], test_sent);
    }
  g_test_add_func ("/lint/no-platform", test_no_platform);
  g_test_add_func ("/lint/lifted", test_lifted);
  g_test_add_func ("/lint/received", test_received);
  g_test_add_func ("/lint/bounded", test_bounded);

  return g_test_run ();
}
