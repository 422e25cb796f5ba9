/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-envelope.h"

#include "wt-envelope-test.h"

/* Frames that are no envelope at all: nothing to ACK. */

typedef struct
{
  const char *name;
  const char *frame;
  WtProtocolError code;
  const char *path;
} Bad;

static const Bad no_envelopes[] = {
  { "array", "[]", WT_PROTOCOL_ERROR_TYPE, NULL },
  { "string", "'x'", WT_PROTOCOL_ERROR_TYPE, NULL },
  { "null", "null", WT_PROTOCOL_ERROR_TYPE, NULL },
  { "text", "hello", WT_PROTOCOL_ERROR_SYNTAX, NULL },
  { "empty", "", WT_PROTOCOL_ERROR_SYNTAX, NULL },
  { "empty-object", "{}", WT_PROTOCOL_ERROR_MISSING, "msg_id" },
  { "no-id", "{'type':'sys_std'," PAYLOAD "}", WT_PROTOCOL_ERROR_MISSING, "msg_id" },
  { "null-id", "{'msg_id':null,'type':'sys_std'}", WT_PROTOCOL_ERROR_MISSING, "msg_id" },
  { "blank-id", "{'msg_id':'','type':'sys_std'}", WT_PROTOCOL_ERROR_MISSING, "msg_id" },
  { "object-id", "{'msg_id':{},'type':'sys_std'}", WT_PROTOCOL_ERROR_TYPE, "msg_id" },
  { "array-id", "{'msg_id':['m'],'type':'sys_std'}", WT_PROTOCOL_ERROR_TYPE, "msg_id" },
  { "boolean-id", "{'msg_id':true,'type':'sys_std'}", WT_PROTOCOL_ERROR_TYPE, "msg_id" },
};

static void
test_no_envelope (gconstpointer data)
{
  const Bad *test = data;
  g_autoptr (GBytes) frame = wt_test_bytes (test->frame);
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_envelope_parse (frame, &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, (int) test->code);
  if (test->path != NULL)
    g_assert_true (g_str_has_prefix (error->message, test->path));
}

/* Refused, but ACKed: the error names the member. */

#define WITH(payload) "{" STD ",'payload':{" payload "}}"
#define WITH_INFO(info) WITH ("'message_info':{" info "}," SEGMENT "," DIM)
#define WITH_SEGMENT(segment) WITH (INFO ",'message_segment':{" segment "}," DIM)
#define WITH_DIM(dim) WITH (INFO "," SEGMENT ",'message_dim':{" dim "}")
#define MISSING WT_PROTOCOL_ERROR_MISSING
#define TYPE WT_PROTOCOL_ERROR_TYPE
#define RANGE WT_PROTOCOL_ERROR_RANGE

static const Bad refused[] = {
  { "type/absent", "{'msg_id':'m'," PAYLOAD "}", MISSING, "type" },
  { "type/null", "{'msg_id':'m','type':null," PAYLOAD "}", MISSING, "type" },
  { "type/empty", "{'msg_id':'m','type':''," PAYLOAD "}", MISSING, "type" },
  { "type/object", "{'msg_id':'m','type':{}," PAYLOAD "}", TYPE, "type" },
  { "type/boolean", "{'msg_id':'m','type':true," PAYLOAD "}", TYPE, "type" },
  { "payload/absent", "{" STD "}", MISSING, "payload" },
  { "payload/null", "{" STD ",'payload':null}", MISSING, "payload" },
  { "payload/string", "{" STD ",'payload':'x'}", TYPE, "payload" },
  { "payload/array", "{" STD ",'payload':[]}", TYPE, "payload" },
  { "payload/custom", "{'msg_id':'m','type':'custom_x'}", MISSING, "payload" },
  { "info/absent", WITH (SEGMENT "," DIM), MISSING, "payload.message_info" },
  { "info/null", WITH ("'message_info':null," SEGMENT "," DIM), MISSING, "payload.message_info" },
  { "info/string", WITH ("'message_info':'x'," SEGMENT "," DIM), TYPE, "payload.message_info" },
  { "info/platform/absent", WITH_INFO ("'message_id':'i','time':1"), MISSING,
    "payload.message_info.platform" },
  { "info/platform/null", WITH_INFO ("'platform':null,'message_id':'i','time':1"), MISSING,
    "payload.message_info.platform" },
  { "info/platform/array", WITH_INFO ("'platform':[],'message_id':'i','time':1"), TYPE,
    "payload.message_info.platform" },
  { "info/message_id/absent", WITH_INFO ("'platform':'p','time':1"), MISSING,
    "payload.message_info.message_id" },
  { "info/message_id/boolean", WITH_INFO ("'platform':'p','message_id':false,'time':1"), TYPE,
    "payload.message_info.message_id" },
  { "info/time/absent", WITH_INFO ("'platform':'p','message_id':'i'"), MISSING,
    "payload.message_info.time" },
  { "info/time/null", WITH_INFO ("'platform':'p','message_id':'i','time':null"), MISSING,
    "payload.message_info.time" },
  { "info/time/words", WITH_INFO ("'platform':'p','message_id':'i','time':'now'"), TYPE,
    "payload.message_info.time" },
  { "info/time/empty", WITH_INFO ("'platform':'p','message_id':'i','time':''"), TYPE,
    "payload.message_info.time" },
  { "info/time/hexadecimal", WITH_INFO ("'platform':'p','message_id':'i','time':'0x10'"), TYPE,
    "payload.message_info.time" },
  { "info/time/nan", WITH_INFO ("'platform':'p','message_id':'i','time':'nan'"), TYPE,
    "payload.message_info.time" },
  { "info/time/boolean", WITH_INFO ("'platform':'p','message_id':'i','time':true"), TYPE,
    "payload.message_info.time" },
  { "info/time/object", WITH_INFO ("'platform':'p','message_id':'i','time':{}"), TYPE,
    "payload.message_info.time" },
  { "info/time/negative", WITH_INFO ("'platform':'p','message_id':'i','time':-1"), RANGE,
    "payload.message_info.time" },
  { "info/time/too-late", WITH_INFO ("'platform':'p','message_id':'i','time':1e12"), RANGE,
    "payload.message_info.time" },
  { "info/time/infinite", WITH_INFO ("'platform':'p','message_id':'i','time':1e400"), RANGE,
    "payload.message_info.time" },
  { "info/time/infinite-string", WITH_INFO ("'platform':'p','message_id':'i','time':'1e400'"),
    RANGE, "payload.message_info.time" },
  { "segment/absent", WITH (INFO "," DIM), MISSING, "payload.message_segment" },
  { "segment/null", WITH (INFO ",'message_segment':null," DIM), MISSING,
    "payload.message_segment" },
  { "segment/array", WITH (INFO ",'message_segment':[]," DIM), TYPE, "payload.message_segment" },
  { "segment/type/absent", WITH_SEGMENT ("'data':'x'"), MISSING, "payload.message_segment.type" },
  { "segment/type/null", WITH_SEGMENT ("'type':null,'data':'x'"), MISSING,
    "payload.message_segment.type" },
  { "segment/type/empty", WITH_SEGMENT ("'type':'','data':'x'"), MISSING,
    "payload.message_segment.type" },
  { "segment/type/array", WITH_SEGMENT ("'type':[],'data':'x'"), TYPE,
    "payload.message_segment.type" },
  { "segment/data/absent", WITH_SEGMENT ("'type':'text'"), MISSING,
    "payload.message_segment.data" },
  { "segment/data/null", WITH_SEGMENT ("'type':'text','data':null"), MISSING,
    "payload.message_segment.data" },
  { "segment/data/unknown-absent", WITH_SEGMENT ("'type':'poke'"), MISSING,
    "payload.message_segment.data" },
  { "segment/data/text-object", WITH_SEGMENT ("'type':'text','data':{}"), TYPE,
    "payload.message_segment.data" },
  { "segment/data/text-boolean", WITH_SEGMENT ("'type':'text','data':true"), TYPE,
    "payload.message_segment.data" },
  { "segment/data/image-array", WITH_SEGMENT ("'type':'image','data':[]"), TYPE,
    "payload.message_segment.data" },
  { "segment/data/image-number", WITH_SEGMENT ("'type':'image','data':1"), TYPE,
    "payload.message_segment.data" },
  { "segment/data/seglist-string", WITH_SEGMENT ("'type':'seglist','data':'x'"), TYPE,
    "payload.message_segment.data" },
  { "dim/absent", WITH (INFO "," SEGMENT), MISSING, "payload.message_dim" },
  { "dim/null", WITH (INFO "," SEGMENT ",'message_dim':null"), MISSING, "payload.message_dim" },
  { "dim/string", WITH (INFO "," SEGMENT ",'message_dim':'k'"), TYPE, "payload.message_dim" },
  { "dim/api_key/absent", WITH_DIM ("'platform':'q'"), MISSING, "payload.message_dim.api_key" },
  { "dim/api_key/null", WITH_DIM ("'api_key':null,'platform':'q'"), MISSING,
    "payload.message_dim.api_key" },
  { "dim/api_key/object", WITH_DIM ("'api_key':{},'platform':'q'"), TYPE,
    "payload.message_dim.api_key" },
  { "dim/platform/absent", WITH_DIM ("'api_key':'k'"), MISSING, "payload.message_dim.platform" },
  { "dim/platform/array", WITH_DIM ("'api_key':'k','platform':[1]"), TYPE,
    "payload.message_dim.platform" },
};

static void
test_refused (gconstpointer data)
{
  const Bad *test = data;
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (test->frame);
  g_autofree char *begin = g_strconcat (test->path, " ", NULL);
  const GError *error = wt_envelope_get_error (envelope);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (WtEnvelope) again = NULL;

  g_assert_error (error, WT_PROTOCOL_ERROR, (int) test->code);
  g_assert_true (g_str_has_prefix (error->message, begin));
  g_assert_null (wt_envelope_get_payload (envelope));
  g_assert_true (wt_envelope_wants_ack (envelope));
  g_assert_cmpstr (wt_envelope_get_msg_id (envelope), ==, "m");
  g_assert_cmpuint (strlen (wt_envelope_get_digest (envelope)), ==, 32);

  /* It can be passed on, and is refused there for the same reason. */
  output = wt_envelope_to_bytes (envelope, WT_DIALECT_GUIDE);
  again = wt_envelope_parse (output, NULL);
  g_assert_nonnull (again);
  g_assert_nonnull (wt_envelope_get_error (again));
}

static void
test_too_long (void)
{
  g_autofree char *name = g_strnfill (WT_PROTOCOL_MAX_NAME_BYTES + 1, 'x');
  g_autofree char *id = g_strdup_printf ("{'msg_id':'%s','type':'t','payload':1}", name);
  g_autofree char *type = g_strdup_printf ("{'msg_id':'m','type':'%s','payload':1}", name);
  g_autofree char *platform = g_strdup_printf (
      "{" STD ",'payload':{'message_info':{'platform':'%s','message_id':'i','time':1}," SEGMENT
      "," DIM "}}",
      name);
  g_autofree char *nickname = g_strdup_printf (
      "{" STD ",'payload':{'message_info':{'platform':'p','message_id':'i','time':1,"
      "'sender_info':{'user_info':{'user_id':'u','user_nickname':'%s'}}}," SEGMENT "," DIM "}}",
      name);
  g_autoptr (GBytes) id_frame = wt_test_bytes (id);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) bad_type = wt_test_parse_envelope (type);
  g_autoptr (WtEnvelope) bad_platform = wt_test_parse_envelope (platform);
  g_autoptr (WtEnvelope) long_name = wt_test_parse_envelope (nickname);

  g_assert_null (wt_envelope_parse (id_frame, &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_RANGE);
  g_assert_error (wt_envelope_get_error (bad_type), WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_RANGE);
  g_assert_error (wt_envelope_get_error (bad_platform), WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_RANGE);

  /* An optional one is not used, but not lost either. */
  g_assert_no_error (wt_envelope_get_error (long_name));
  g_assert_null (wt_envelope_get_payload (long_name)->info->sender->user->nickname);
  output = wt_envelope_to_bytes (long_name, WT_DIALECT_GUIDE);
  {
    g_autofree char *text = wt_test_bytes_to_text (output);

    g_assert_nonnull (strstr (text, name));
  }
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

  ADD_CASES ("/envelope/none/", no_envelopes, test_no_envelope);
  ADD_CASES ("/envelope/refused/", refused, test_refused);
  g_test_add_func ("/envelope/too-long", test_too_long);

  return g_test_run ();
}
