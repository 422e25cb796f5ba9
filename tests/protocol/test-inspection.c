/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-inspection.h"

#include "wt-envelope-test.h"
#include "wt-log.h"

static WtInspection *
inspect (const char *text, gboolean outgoing)
{
  g_autoptr (GBytes) frame = wt_test_bytes (text);

  return wt_inspection_new (frame, outgoing, "p", 1024);
}

static void
test_message (void)
{
  g_autoptr (WtInspection) inspection = inspect ("{" STD "," PAYLOAD "}", FALSE);

  g_assert_cmpint (inspection->kind, ==, WT_INSPECTION_MESSAGE);
  g_assert_cmpstr (inspection->type_name, ==, "sys_std");
  g_assert_cmpstr (inspection->msg_id, ==, "m");
  g_assert_cmpstr (inspection->summary, ==, "hi");
  g_assert_null (inspection->acked_msg_id);
  g_assert_nonnull (strstr (inspection->json, "\"api_key\":\"•••\""));
  g_assert_cmpuint (inspection->cut, ==, 0);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *frame;
    WtInspectionKind kind;
    const char *msg_id;
    const char *acked;
  } samples[] = {
    { "{'msg_id':'a','type':'sys_ack','meta':{'acked_msg_id':'m'},'payload':{}}", WT_INSPECTION_ACK,
      "a", "m" },
    { "{'msg_id':7,'type':'sys_ack','meta':{'acked_msg_id':8}}", WT_INSPECTION_ACK, "7", "8" },
    { "{'msg_id':'a','type':'sys_ack','meta':[]}", WT_INSPECTION_ACK, "a", NULL },
    { "{'msg_id':'a','type':'custom_x','payload':1}", WT_INSPECTION_OTHER, "a", NULL },
    { "{'type':'sys_std'}", WT_INSPECTION_BAD, NULL, NULL },
    { "{'msg_id':{},'type':[]}", WT_INSPECTION_BAD, NULL, NULL },
    { "[]", WT_INSPECTION_BAD, NULL, NULL },
    { "", WT_INSPECTION_BAD, NULL, NULL },
    { "nonsense", WT_INSPECTION_BAD, NULL, NULL },
    { "{'msg_id':'m','type':'sys_std','payload':{'message_segment':[]}}", WT_INSPECTION_MESSAGE,
      "m", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      for (guint outgoing = 0; outgoing < 2; outgoing++)
        {
          g_autoptr (WtInspection) inspection = inspect (samples[i].frame, outgoing);

          g_assert_cmpint (inspection->kind, ==, samples[i].kind);
          g_assert_cmpstr (inspection->msg_id, ==, samples[i].msg_id);
          g_assert_cmpstr (inspection->acked_msg_id, ==, samples[i].acked);
          g_assert_nonnull (inspection->json);
        }
    }
}

/* A key in all places that it can be in, under every name and under none. */
static void
test_keys (void)
{
  g_autofree char *text = g_strdup (
      "{'msg_id':'PLANTED-KEY','type':'sys_std','PLANTED-KEY':1,'meta':{'sender_user':'PLANTED-KEY'"
      ","
      "'target_user':'PLANTED-KEY','uuid':'PLANTED-KEY','headers':{'x-apikey':'PLANTED-KEY'}},"
      "'payload':{'message_info':{'platform':'PLANTED-KEY','message_id':'PLANTED-KEY','time':1,"
      "'additional_config':{'url':'ws://h/ws?api_key=PLANTED-KEY&x=1','other':'PLANTED-KEY',"
      "'account_id':'PLANTED-KEY'},'sender_info':{'user_info':{'user_nickname':'PLANTED-KEY'}}},"
      "'message_segment':{'type':'seglist','data':[{'type':'text','data':'it is PLANTED-KEY!'},"
      "{'type':'PLANTED-KEY','data':'PLANTED-KEY'}]},"
      "'message_dim':{'api_key':'PLANTED-KEY','platform':'PLANTED-KEY'}}}");

  for (guint outgoing = 0; outgoing < 2; outgoing++)
    {
      g_autoptr (WtInspection) inspection = inspect (text, outgoing);

      g_assert_null (strstr (inspection->json, "PLANTED"));
      g_assert_null (strstr (inspection->msg_id, "PLANTED"));
      g_assert_null (strstr (inspection->summary, "PLANTED"));
      g_assert_nonnull (strstr (inspection->summary, "it is •••!"));
      for (guint i = 0; i < inspection->lints->len; i++)
        {
          const WtLint *lint = g_ptr_array_index (inspection->lints, i);

          g_assert_true (lint->detail == NULL || strstr (lint->detail, "PLANTED") == NULL);
        }
    }
}

/* One's own key is nowhere named in the frame. */
static void
test_known_key (void)
{
  g_autoptr (WtInspection) inspection = NULL;

  wt_log_add_secret ("my-\"own\"-key");
  inspection = inspect ("{" STD ",'payload':{" INFO "," DIM
                        ",'message_segment':{'type':'text','data':'my-\\u0022own\\u0022-key'}}}",
                        FALSE);
  wt_log_remove_secret ("my-\"own\"-key");
  g_assert_null (strstr (inspection->json, "own"));
  g_assert_null (strstr (inspection->summary, "own"));
}

static void
test_cut (void)
{
  g_autoptr (GString) text = g_string_new ("{'msg_id':'m','type':'custom_x','payload':[");
  g_autoptr (WtInspection) inspection = NULL;
  g_autoptr (WtInspection) whole = NULL;
  g_autoptr (GBytes) frame = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, i == 0 ? "'穗'" : ",'穗'");
  g_string_append (text, "]}");
  frame = wt_test_bytes (text->str);
  inspection = wt_inspection_new (frame, FALSE, NULL, 1024);
  whole = wt_inspection_new (frame, FALSE, NULL, G_MAXSIZE);
  g_assert_cmpuint (strlen (inspection->json), <=, 128 * 1024);
  g_assert_true (g_utf8_validate (inspection->json, -1, NULL));
  g_assert_cmpuint (inspection->cut, ==, strlen (whole->json) - strlen (inspection->json));
  g_assert_cmpuint (whole->cut, ==, 0);
}

/* One line, and not the whole of a long one. */
static void
test_summary (void)
{
  g_autofree char *words = g_strnfill (900, '.');
  g_autofree char *text = g_strdup_printf ("{" STD ",'payload':{" INFO "," DIM
                                           ",'message_segment':{'type':'text','data':'a\\nb%s'}}}",
                                           words);
  g_autoptr (WtInspection) inspection = inspect (text, TRUE);

  g_assert_true (g_str_has_prefix (inspection->summary, "a b..."));
  g_assert_true (g_str_has_suffix (inspection->summary, ".…"));
  g_assert_cmpint (g_utf8_strlen (inspection->summary, -1), ==, 201);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/inspection/message", test_message);
  g_test_add_func ("/inspection/kinds", test_kinds);
  g_test_add_func ("/inspection/keys", test_keys);
  g_test_add_func ("/inspection/known-key", test_known_key);
  g_test_add_func ("/inspection/cut", test_cut);
  g_test_add_func ("/inspection/summary", test_summary);

  return g_test_run ();
}
