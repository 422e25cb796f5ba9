/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-envelope.h"

#include "wt-envelope-test.h"

/* What is accepted with another type than the guide's. */

static void
test_numbers_for_strings (void)
{
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (
      "{'ver':'1','msg_id':9007199254740993,'type':'sys_std','meta':{'sender_user':12,"
      "'timestamp':'1.25'},'payload':{'message_info':{'platform':1,'message_id':"
      "-9223372036854775808,'time':'1703123456.789','sender_info':{'user_info':{"
      "'user_id':1234567890123456789,'user_nickname':1.5},'group_info':{'group_id':3.0}}},"
      "'message_segment':{'type':'text','data':42},'message_dim':{'api_key':7,"
      "'platform':8}}}");
  const WtPayload *payload = wt_envelope_get_payload (envelope);

  g_assert_no_error (wt_envelope_get_error (envelope));
  g_assert_cmpstr (wt_envelope_get_msg_id (envelope), ==, "9007199254740993");
  g_assert_cmpstr (wt_envelope_get_sender_user (envelope), ==, "12");
  g_assert_cmpfloat (wt_envelope_get_timestamp (envelope), ==, 1.25);
  g_assert_cmpstr (payload->info->platform, ==, "1");
  g_assert_cmpstr (payload->info->message_id, ==, "-9223372036854775808");
  g_assert_cmpfloat (payload->info->time, ==, 1703123456.789);
  g_assert_cmpstr (payload->info->sender->user->user_id, ==, "1234567890123456789");
  g_assert_cmpstr (payload->info->sender->user->nickname, ==, "1.5");
  g_assert_cmpstr (payload->info->sender->group->group_id, ==, "3");
  g_assert_cmpstr (wt_segment_get_text (payload->segment), ==, "42");
  g_assert_cmpstr (payload->dim_api_key, ==, "7");
  g_assert_cmpstr (payload->dim_platform, ==, "8");
}

static void
test_empty_strings (void)
{
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (
      "{" STD ",'payload':{'message_info':{'platform':'','message_id':'','time':0},"
      "'message_segment':{'type':'text','data':''},"
      "'message_dim':{'api_key':'','platform':''}}}");

  g_assert_no_error (wt_envelope_get_error (envelope));
  g_assert_cmpstr (wt_envelope_get_payload (envelope)->dim_api_key, ==, "");
}

/* Optional members: null is absent, anything else that cannot be used is kept as it came. */

typedef struct
{
  const char *name;
  const char *member; /* of message_info */
  gboolean is_null;
} Optional;

static const Optional optional[] = {
  { "sender/null", "'sender_info':null", TRUE },
  { "sender/string", "'sender_info':'x'", FALSE },
  { "sender/array", "'sender_info':[{}]", FALSE },
  { "receiver/null", "'receiver_info':null", TRUE },
  { "receiver/number", "'receiver_info':1", FALSE },
  { "format/null", "'format_info':null", TRUE },
  { "format/boolean", "'format_info':true", FALSE },
  { "template/null", "'template_info':null", TRUE },
  { "template/array", "'template_info':[]", FALSE },
  { "config/null", "'additional_config':null", TRUE },
  { "config/string", "'additional_config':'{}'", FALSE },
  { "unknown/null", "'new_thing':null", FALSE },
  { "unknown/object", "'new_thing':{'a':[1,{'b':null}]}", FALSE },
};

static void
test_optional (gconstpointer data)
{
  const Optional *test = data;
  g_autofree char *text = g_strdup_printf ("{" STD
                                           ",'meta':{},'payload':{'message_info':{'platform':'p','"
                                           "message_id':'i','time':1.5,%s}," SEGMENT "," DIM "}}",
                                           test->member);
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (text);
  g_autoptr (GBytes) output = wt_envelope_to_bytes (envelope, WT_DIALECT_GUIDE);
  g_autoptr (GBytes) expected = wt_test_bytes (test->is_null ? "{" STD ",'meta':{}," PAYLOAD "}"
                                                             : text);
  const WtMessageInfo *info;

  g_assert_no_error (wt_envelope_get_error (envelope));
  info = wt_envelope_get_payload (envelope)->info;
  g_assert_null (info->sender);
  g_assert_null (info->receiver);
  g_assert_null (info->format);
  g_assert_null (info->template_info);
  g_assert_null (info->additional_config);
  wt_test_assert_same_json (output, expected);
}

/* Nothing is lost on the way through. */

static const char *const whole
    = "{'ver':2,'msg_id':'m','type':'sys_std','new_top':{'a':1},"
      "'meta':{'sender_user':'s','target_user':'t','platform':'p','timestamp':1.5,'uuid':'u',"
      "'new_meta':[1,2.5,'x',null,true]},"
      "'payload':{'new_payload':'x','message_info':{'platform':'p','message_id':'i','time':1.5,"
      "'new_info':{'deep':{'er':[{}]}},"
      "'sender_info':{'new_party':1,'user_info':{'platform':'p','user_id':'u','user_nickname':'n',"
      "'user_cardname':'c','new_user':'😀'},'group_info':{'platform':'p','group_id':'g',"
      "'group_name':'G','new_group':[]}},"
      "'receiver_info':{'user_info':{'platform':'p','user_id':'r'},'group_info':null},"
      "'format_info':{'content_format':['text','image'],'accept_format':['text'],'new_format':1},"
      "'template_info':{'template_items':{'a':'b','c':{'d':1}},'template_name':'t',"
      "'template_default':false,'new_template':{}},"
      "'additional_config':{'a':1,'b':{'c':null},'platform_io_account_id':'bot'}},"
      "'message_segment':{'type':'seglist','new_segment':1,'data':["
      "{'type':'text','data':'hi','new_text':2},"
      "{'type':'at','data':{'user_id':'1','nickname':'n','cardname':'c','new_at':3}},"
      "{'type':'image','data':'QUJD'},{'type':'face','data':'14'},{'type':'reply','data':'r'},"
      "{'type':'poke','data':{'x':[1]},'new_poke':4},"
      "{'type':'forward','data':[{'message_info':{'platform':null,'user_info':{'user_id':'1'}},"
      "'message_segment':{'type':'text','data':'f'},'raw_message':null}]},"
      "{'type':'file','data':{'name':'f','url':'https://h/f','new_file':5}}]},"
      "'message_dim':{'api_key':'k','platform':'q','new_dim':{'a':'b'}}}}";

static void
test_round_trip (void)
{
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (whole);
  g_autoptr (GBytes) output = wt_envelope_to_bytes (envelope, WT_DIALECT_GUIDE);
  g_autofree char *expected_text = NULL;
  g_autoptr (GBytes) expected = NULL;
  const WtMessageInfo *info;

  g_assert_no_error (wt_envelope_get_error (envelope));
  info = wt_envelope_get_payload (envelope)->info;
  g_assert_cmpint (wt_envelope_get_version (envelope), ==, 2);
  g_assert_cmpstr (wt_envelope_get_target_user (envelope), ==, "t");
  g_assert_cmpstr (info->sender->user->cardname, ==, "c");
  g_assert_cmpstr (info->sender->group->group_name, ==, "G");
  g_assert_cmpstr (info->receiver->user->user_id, ==, "r");
  g_assert_null (info->receiver->group);
  g_assert_cmpstr (info->format->content_format[1], ==, "image");
  g_assert_cmpstr (info->template_info->name, ==, "t");
  g_assert_true (info->template_info->has_default);
  g_assert_false (info->template_info->is_default);
  g_assert_true (wt_json_value_has_member (info->template_info->items, "c"));

  /* Two things are added or dropped on purpose: the null, and a file's name beside the file. */
  {
    g_auto (GStrv) parts = g_strsplit (whole, ",'group_info':null", 2);
    g_autofree char *joined = g_strjoinv ("", parts);
    g_auto (GStrv) config = g_strsplit (joined, "'additional_config':{", 2);

    expected_text = g_strjoinv ("'additional_config':{'file_name':'f',", config);
  }
  expected = wt_test_bytes (expected_text);
  wt_test_assert_same_json (output, expected);
}

static void
test_other_types (void)
{
  static const char *const frames[] = {
    "{'msg_id':'m','ver':1,'type':'custom_x','meta':{},'payload':{'any':[1,{'b':null}]},'c':2}",
    "{'ver':1,'msg_id':'m','type':'custom_x','meta':{},'payload':'text'}",
    "{'ver':1,'msg_id':'m','type':'whatever','meta':{},'payload':[1,2.5,false]}",
    "{'ver':1,'msg_id':'m','type':'custom_x','meta':'odd','payload':0}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (frames[i]);
      g_autoptr (GBytes) expected = wt_test_bytes (frames[i]);
      g_autoptr (GBytes) output = wt_envelope_to_bytes (envelope, WT_DIALECT_MAIBOT);

      g_assert_cmpint (wt_envelope_get_envelope_type (envelope), ==, WT_ENVELOPE_OTHER);
      g_assert_no_error (wt_envelope_get_error (envelope));
      g_assert_true (wt_envelope_wants_ack (envelope));
      g_assert_null (wt_envelope_get_payload (envelope));
      wt_test_assert_same_json (output, expected);
    }
}

static void
test_bad_meta (void)
{
  static const char *const metas[] = {
    "null",
    "1",
    "[]",
    "'x'",
    "{'timestamp':'later','sender_user':[]}",
    "{'timestamp':1e400}",
    "{'timestamp':'1e400'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (metas); i++)
    {
      g_autofree char *text = g_strdup_printf ("{" STD ",'ver':{},'meta':%s," PAYLOAD "}",
                                               metas[i]);
      g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (text);

      g_assert_no_error (wt_envelope_get_error (envelope));
      g_assert_null (wt_envelope_get_sender_user (envelope));
      g_assert_cmpint (wt_envelope_get_version (envelope), ==, 1);
      g_assert_true (wt_envelope_get_timestamp (envelope) <= G_MAXDOUBLE);
    }
}

/* In the guide's dialect a file's name is beside it. */
static void
test_file_name (void)
{
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (
      "{" STD ",'payload':{'message_info':{'platform':'p','message_id':'i','time':1.5,"
      "'additional_config':{'file_name':'a.txt','x':1}},'message_segment':{'type':'seglist','data':"
      "["
      "{'type':'text','data':'x'},{'type':'file','data':'QUJD'},{'type':'file','data':'REVG'}]}"
      "," DIM "}}");
  WtSegment *list = wt_envelope_get_payload (envelope)->segment;
  g_autoptr (WtEnvelope) named = wt_test_parse_envelope (
      "{" STD ",'payload':{'message_info':{'platform':'p','message_id':'i','time':1.5,"
      "'additional_config':{'file_name':'other'}},'message_segment':{'type':'file','data':"
      "{'name':'own','base64':'QUJD'}}," DIM "}}");
  g_assert_null (wt_segment_get_media (wt_segment_get_child (list, 0)));
  g_assert_cmpstr (wt_segment_get_media (wt_segment_get_child (list, 1))->name, ==, "a.txt");
  g_assert_null (wt_segment_get_media (wt_segment_get_child (list, 2))->name);
  g_assert_cmpstr (wt_segment_get_media (wt_envelope_get_payload (named)->segment)->name, ==,
                   "own");
}

/* What could not be used when it was read gives way to what is set since. */
static void
test_set_after_reading (void)
{
  g_autoptr (WtJson) document = wt_test_parse (
      "{'platform':'p','message_id':'i','time':1,'sender_info':'me','new':1}");
  g_autoptr (WtMessageInfo) info = wt_message_info_from_json (document, wt_json_get_root (document),
                                                              "info", NULL);
  g_autoptr (WtJsonValue) node = NULL;
  WtJsonValue *object;

  g_assert_null (info->sender);
  info->sender = wt_party_new (wt_user_info_new ("p", "u", NULL, NULL), NULL);
  node = wt_message_info_to_json (info);
  object = node;
  g_assert_true (
      wt_json_value_is (wt_json_value_get_member (object, "sender_info"), WT_JSON_KIND_OBJECT));
  g_assert_cmpint (wt_json_value_get_integer (wt_json_value_get_member (object, "new")), ==, 1);
}

static void
test_ack_read (void)
{
  g_autoptr (WtEnvelope) ack = wt_test_parse_envelope (
      "{'ver':1,'msg_id':'a','type':'sys_ack','meta':{'uuid':'u','acked_msg_id':'m',"
      "'timestamp':2.5},'payload':{'status':'received','server_timestamp':2.5}}");
  g_autoptr (WtEnvelope) bare = wt_test_parse_envelope (
      "{'msg_id':'a','type':'sys_ack','meta':{'acked_msg_id':5}}");
  g_autoptr (WtEnvelope) broken = wt_test_parse_envelope (
      "{'msg_id':'a','type':'sys_ack','payload':{}}");

  g_assert_cmpint (wt_envelope_get_envelope_type (ack), ==, WT_ENVELOPE_ACK);
  g_assert_cmpstr (wt_envelope_get_acked_msg_id (ack), ==, "m");
  g_assert_no_error (wt_envelope_get_error (ack));
  g_assert_false (wt_envelope_wants_ack (ack));

  g_assert_cmpstr (wt_envelope_get_acked_msg_id (bare), ==, "5");
  g_assert_no_error (wt_envelope_get_error (bare));

  g_assert_error (wt_envelope_get_error (broken), WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING);
  g_assert_true (g_str_has_prefix (wt_envelope_get_error (broken)->message, "meta.acked_msg_id "));
  g_assert_false (wt_envelope_wants_ack (broken));
}

static void
test_ack_written (void)
{
  static const char *const names[] = { "client_timestamp", "server_timestamp" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) output = i == 0 ? wt_envelope_write_client_ack ("m\"\\\n", "u\"", 2.5)
                                         : wt_envelope_write_server_ack ("m\"\\\n", "u\"", 2.5);
      g_autoptr (GBytes) bare = wt_envelope_write_client_ack ("m", NULL, 2.5);
      g_autoptr (GError) error = NULL;
      g_autoptr (WtEnvelope) ack = wt_envelope_parse (output, &error);
      g_autoptr (WtEnvelope) without = wt_envelope_parse (bare, &error);
      g_autofree char *text = g_strdup_printf (
          "{'ver':1,'msg_id':'%s','type':'sys_ack','meta':{'uuid':'u\\\"','acked_msg_id':'"
          "m\\\"\\\\\\n',"
          "'timestamp':2.5},'payload':{'status':'received','%s':2.5}}",
          wt_envelope_get_msg_id (ack), names[i]);
      g_autoptr (GBytes) expected = wt_test_bytes (text);

      g_assert_no_error (error);
      wt_test_assert_same_json (output, expected);
      g_assert_false (wt_envelope_wants_ack (ack));
      g_assert_cmpuint (strlen (wt_envelope_get_msg_id (ack)), >=, 36);
      g_assert_cmpstr (wt_envelope_get_acked_msg_id (ack), ==, "m\"\\\n");
      g_assert_cmpstr (wt_envelope_get_acked_msg_id (without), ==, "m");
    }
}

static WtPayload *
make_payload (WtSegment *segment)
{
  WtMessageInfo *info = wt_message_info_new ("p", "i", 1.5);

  info->sender = wt_party_new (wt_user_info_new ("p", "u", "n", NULL), NULL);
  wt_message_info_set_config (info, "a", "1");
  wt_message_info_set_config (info, "b", "2");
  wt_message_info_set_config (info, "a", NULL);

  return wt_payload_new (info, segment, "k", "q");
}

static void
test_message_written (void)
{
  g_autoptr (WtEnvelope) envelope = wt_envelope_new_message (
      "m", "s", "p", 2.5, make_payload (wt_segment_new_text ("hi\n\"麦\"")));
  g_autoptr (WtEnvelope) server = wt_envelope_new_server_message (
      "m", "t", "p", 2.5, make_payload (wt_segment_new_text ("hi")));
  g_autoptr (GBytes) output = wt_envelope_to_bytes (envelope, WT_DIALECT_GUIDE);
  g_autoptr (GBytes) server_output = wt_envelope_to_bytes (server, WT_DIALECT_GUIDE);
  g_autofree char *text = wt_test_bytes_to_text (output);
  g_autoptr (WtEnvelope) again = wt_envelope_parse (output, NULL);
  g_autoptr (WtEnvelope) server_again = wt_envelope_parse (server_output, NULL);

  g_assert_cmpstr (
      text, ==,
      "{\"ver\":1,\"msg_id\":\"m\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":\"s\","
      "\"platform\":\"p\",\"timestamp\":2.5},\"payload\":{\"message_info\":{\"platform\":\"p\","
      "\"message_id\":\"i\",\"time\":1.5,\"sender_info\":{\"user_info\":{\"platform\":\"p\","
      "\"user_id\":\"u\",\"user_nickname\":\"n\"}},\"additional_config\":{\"b\":\"2\"}},"
      "\"message_segment\":{\"type\":\"text\",\"data\":\"hi\\n\\\"麦\\\"\"},"
      "\"message_dim\":{\"api_key\":\"k\",\"platform\":\"q\"}}}");
  g_assert_cmpstr (wt_envelope_get_digest (envelope), ==, wt_envelope_get_digest (again));
  g_assert_cmpuint (wt_envelope_get_size (envelope), ==, 0);
  g_assert_cmpstr (wt_envelope_get_sender_user (server_again), ==, "server");
  g_assert_cmpstr (wt_envelope_get_target_user (server_again), ==, "t");
}

static gpointer
read_in_thread (gpointer data)
{
  WtEnvelope *envelope = data;
  g_autoptr (GBytes) output = wt_envelope_to_bytes (envelope, WT_DIALECT_MAIBOT);
  g_autofree char *storage = wt_segment_to_storage (wt_envelope_get_payload (envelope)->segment);

  g_assert_cmpuint (strlen (storage), >, 0);
  g_assert_cmpuint (g_bytes_get_size (output), >, 0);
  return (gpointer) wt_envelope_get_digest (envelope);
}

static void
test_threads (void)
{
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (whole);
  GThread *threads[8];
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_in_thread, envelope);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      const char *result = g_thread_join (threads[i]);

      if (first == NULL)
        first = result;
      g_assert_true (first == result);
    }
}

static void
test_new_unref (void)
{
  g_autoptr (WtEnvelope) envelope = wt_envelope_new_ping ("m", NULL, NULL, 0);
  WtEnvelope *again = wt_envelope_ref (envelope);
  g_auto (GValue) value = G_VALUE_INIT;

  wt_envelope_unref (again);
  g_value_init (&value, WT_TYPE_ENVELOPE);
  g_value_set_boxed (&value, envelope);
  g_assert_true (g_value_get_boxed (&value) == envelope);
}

#define ADD_CASES(path, cases, function)                                                           \
  for (guint i_ = 0; i_ < G_N_ELEMENTS (cases); i_++)                                              \
    {                                                                                              \
      g_autofree char *path_ = g_strconcat (path, cases[i_].name, NULL);                           \
      g_test_add_data_func (path_, &cases[i_], function);                                          \
    }

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_CASES ("/envelope/optional/", optional, test_optional);
  g_test_add_func ("/envelope/numbers-for-strings", test_numbers_for_strings);
  g_test_add_func ("/envelope/empty-strings", test_empty_strings);
  g_test_add_func ("/envelope/round-trip", test_round_trip);
  g_test_add_func ("/envelope/other-types", test_other_types);
  g_test_add_func ("/envelope/bad-meta", test_bad_meta);
  g_test_add_func ("/envelope/file-name", test_file_name);
  g_test_add_func ("/envelope/set-after-reading", test_set_after_reading);
  g_test_add_func ("/envelope/ack/read", test_ack_read);
  g_test_add_func ("/envelope/ack/written", test_ack_written);
  g_test_add_func ("/envelope/message/written", test_message_written);
  g_test_add_func ("/envelope/threads", test_threads);
  g_test_add_func ("/envelope/new-unref", test_new_unref);

  return g_test_run ();
}
