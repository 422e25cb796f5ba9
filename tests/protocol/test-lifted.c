/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-envelope.h"

#include "wt-envelope-test.h"

/* Long strings outside of media are strings like any other. */
static void
test_lifted_elsewhere (void)
{
  g_autofree char *body = wt_test_make_base64 (50000);
  g_autofree char *text = g_strdup_printf (
      "{" STD ",'meta':{'new':'A%s','sender_user':'B%s'},'top':['C%s'],'payload':{"
      "'message_info':{'platform':'p','message_id':'i','time':1,'additional_config':{'x':'D%s'},"
      "'sender_info':{'user_info':{'user_id':'u','user_nickname':'E%s'}}},"
      "'message_segment':{'type':'seglist','data':[{'type':'text','data':'F%s'},"
      "{'type':'poke','data':'G%s'},{'type':'text','data':'x','y':'H%s'}]},"
      "'message_dim':{'api_key':'k','platform':'q','z':'I%s'},'w':{'v':'J%s'}}}",
      body, body, body, body, body, body, body, body, body, body);
  g_autoptr (GBytes) input = wt_test_bytes (text);
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (text);
  g_autoptr (GBytes) output = NULL;
  const WtPayload *payload = wt_envelope_get_payload (envelope);
  WtSegment *first;
  WtJsonValue *json;

  g_assert_no_error (wt_envelope_get_error (envelope));
  first = wt_segment_get_child (payload->segment, 0);
  g_assert_cmpuint (strlen (wt_segment_get_text (first)), ==, 50001);
  g_assert_cmpstr (wt_segment_get_text (first) + 1, ==, body);
  json = wt_segment_get_json (wt_segment_get_child (payload->segment, 1));
  g_assert_cmpstr (wt_json_value_get_string (wt_json_value_get_member (json, "data")) + 1, ==,
                   body);
  {
    g_autofree char *config = wt_message_info_dup_config (payload->info, "x");

    g_assert_cmpuint (strlen (config), ==, 50001);
  }

  /* The long nickname and sender are not used as such. */
  g_assert_null (payload->info->sender->user->nickname);
  g_assert_null (wt_envelope_get_sender_user (envelope));

  g_assert_true (wt_json_value_has_member (payload->info->sender->user->extra, "user_nickname"));
  output = wt_envelope_to_bytes (envelope, WT_DIALECT_GUIDE);
  {
    g_autoptr (GString) expected = g_string_new (text);
    g_autoptr (GBytes) bytes = NULL;

    bytes = wt_test_bytes (expected->str);
    wt_test_assert_same_json (output, bytes);
  }
  g_assert_cmpuint (g_bytes_get_size (output), >=, g_bytes_get_size (input) - 10);
}

static void
test_lifted_picture (void)
{
  g_autofree char *body = wt_test_make_base64 (3 * WT_JSON_LIFT_BYTES);
  g_autofree char *text = g_strdup_printf ("{" STD ",'meta':{},'payload':{" INFO
                                           ",'message_segment':{'type':'image','data':"
                                           "'data:image/png;base64,%s'}," DIM "}}",
                                           body);
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (text);
  const WtMedia *media = wt_segment_get_media (wt_envelope_get_payload (envelope)->segment);
  g_autoptr (GBytes) output = wt_envelope_to_bytes (envelope, WT_DIALECT_MAIBOT);
  g_autofree char *expected_text = g_strdup_printf (
      "{" STD ",'meta':{},'payload':{" INFO ",'message_segment':{'type':'image','data':'%s'}," DIM
      "}}",
      body);
  g_autoptr (GBytes) expected = wt_test_bytes (expected_text);

  g_assert_cmpstr (media->mime_type, ==, "image/png");
  g_assert_cmpuint (g_bytes_get_size (media->base64), ==, strlen (body));
  wt_test_assert_same_json (output, expected);
}

/* A segment outlives the envelope that it came in. */
static void
test_segment_outlives (void)
{
  g_autofree char *body = wt_test_make_base64 (3 * WT_JSON_LIFT_BYTES);
  g_autofree char *text = g_strdup_printf (
      "{" STD ",'payload':{" INFO ",'message_segment':{'type':'voice','data':'%s'}," DIM "}}",
      body);
  WtEnvelope *envelope = wt_test_parse_envelope (text);
  g_autoptr (WtSegment) segment = wt_segment_ref (wt_envelope_get_payload (envelope)->segment);
  g_autofree char *kept = NULL;

  wt_envelope_unref (envelope);
  kept = wt_test_bytes_to_text (wt_segment_get_media (segment)->base64);
  g_assert_cmpstr (kept, ==, body);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/envelope/lifted/elsewhere", test_lifted_elsewhere);
  g_test_add_func ("/envelope/lifted/picture", test_lifted_picture);
  g_test_add_func ("/envelope/lifted/outlives", test_segment_outlives);

  return g_test_run ();
}
