/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-segment.h"

#include "wt-segment-cases.h"

static void
test_case (gconstpointer data)
{
  const WtSegmentCase *test = data;
  g_autoptr (WtSegment) segment = wt_test_read_segment (test->wire);
  g_autofree char *meaning = wt_test_description (segment);
  g_autofree char *plain = wt_segment_to_plain_text (segment);

  g_assert_cmpstr (meaning, ==, test->meaning);
  g_assert_cmpstr (plain, ==, test->plain);
  wt_test_assert_written (segment, WT_DIALECT_GUIDE,
                          test->guide != NULL ? test->guide : test->wire);
  wt_test_assert_written (segment, WT_DIALECT_MAIBOT,
                          test->maibot != NULL ? test->maibot : test->wire);
}

/* What is written is read back as the same, but for what the dialect cannot say. */
static void
test_stable (gconstpointer data)
{
  const WtSegmentCase *test = data;
  g_autoptr (WtSegment) segment = wt_test_read_segment (test->wire);

  for (int dialect = WT_DIALECT_GUIDE; dialect <= WT_DIALECT_MAIBOT; dialect++)
    {
      g_autoptr (GBytes) once = wt_test_write_segment (segment, (WtDialect) dialect);
      g_autoptr (WtJson) document = wt_json_parse (once, NULL);
      g_autoptr (WtSegment) again = wt_segment_from_json (document, wt_json_get_root (document),
                                                          "s", NULL);
      g_autoptr (GBytes) twice = wt_test_write_segment (again, (WtDialect) dialect);

      wt_test_assert_same_json (once, twice);
    }
}

/* Lists in lists, forwards in forwards. */
static void
test_depth (void)
{
  static const struct
  {
    const char *open;
    const char *close;
    guint levels;
  } nests[] = {
    { "{'type':'seglist','data':[", "]}", 28 },
    { "{'type':'forward','data':[{'message_segment':", "}]}", 20 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (nests); i++)
    {
      g_autoptr (GString) wire = g_string_new (NULL);
      g_autoptr (WtSegment) segment = NULL;
      g_autoptr (WtSegment) restored = NULL;
      g_autoptr (GBytes) output = NULL;
      g_autoptr (GBytes) input = NULL;
      g_autofree char *storage = NULL;
      WtSegment *at;
      guint depth = 0;

      for (guint n = 0; n < nests[i].levels; n++)
        g_string_append (wire, nests[i].open);
      g_string_append (wire, "{'type':'text','data':'x'}");
      for (guint n = 0; n < nests[i].levels; n++)
        g_string_append (wire, nests[i].close);

      segment = wt_test_read_segment (wire->str);
      for (at = segment; wt_segment_get_n_children (at) > 0; at = wt_segment_get_child (at, 0))
        depth++;
      g_assert_cmpuint (depth, ==, WT_PROTOCOL_MAX_SEGMENT_DEPTH);
      g_assert_cmpint (wt_segment_get_kind (at), ==, WT_SEGMENT_OTHER);
      g_assert_nonnull (wt_segment_get_json (at));

      output = wt_test_write_segment (segment, WT_DIALECT_GUIDE);
      input = wt_test_bytes (wire->str);
      wt_test_assert_same_json (output, input);

      storage = wt_segment_to_storage (segment);
      restored = wt_segment_from_storage (storage, NULL);
      g_assert_nonnull (restored);
    }
}

static void
test_constructors (void)
{
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (WtSegment) text = wt_segment_new_text ("a\377b");
  g_autoptr (WtSegment) mention = wt_segment_new_mention ("1", "n", NULL);
  g_autoptr (WtSegment) face = wt_segment_new_face ("14");
  g_autoptr (WtSegment) reply = wt_segment_new_reply ("m");
  g_autoptr (WtSegment) file = NULL;
  g_autoptr (WtSegment) list = NULL;
  g_autofree char *meaning = NULL;

  g_assert_cmpint (media->size, ==, -1);
  media->base64 = g_bytes_new_static ("QUJD", 4);
  media->name = g_strdup ("f");
  media->size = 3;
  file = wt_segment_new_media (WT_SEGMENT_FILE, media);
  {
    WtSegment *parts[] = { reply, text, mention, face, file };

    list = wt_segment_new_list (parts, G_N_ELEMENTS (parts));
  }

  meaning = wt_test_description (list);
  g_assert_cmpstr (meaning, ==,
                   "seglist (reply text=m, text text=a\357\277\275b, at user=1 nick=n, "
                   "face text=14, file base64=QUJD name=f size=3)");
  wt_test_assert_written (
      list, WT_DIALECT_GUIDE,
      SEG ("seglist",
           "[" SEG ("reply", "'m'") "," SEG ("text", "'a\357\277\275b'") "," SEG (
               "at", "{'user_id':'1','nickname':'n'}") "," SEG ("face",
                                                                "'14'") "," SEG ("file",
                                                                                 "'QUJD'") "]"));
  wt_test_assert_written (
      list, WT_DIALECT_MAIBOT,
      SEG ("seglist", "[" SEG ("reply", "'m'") "," SEG ("text", "'a\357\277\275b'") "," SEG (
                          "at", "{'target_user_id':'1','target_user_nickname':'"
                                "n'}") "," DICT ("face", "'14'") "," SEG ("file", "{'name':'f','"
                                                                                  "size':'3','"
                                                                                  "base64':'"
                                                                                  "QUJD'}") "]"));
}

/* A base64 that is none, and would not survive between quotes as it is. */
static void
test_unfit_base64 (void)
{
  g_autofree char *text = g_strnfill (5000, '"');
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (WtSegment) image = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (WtJson) document = NULL;

  text[2] = '\377';
  media->base64 = g_bytes_new (text, 5000);
  image = wt_segment_new_media (WT_SEGMENT_IMAGE, media);
  output = wt_test_write_segment (image, WT_DIALECT_GUIDE);
  document = wt_json_parse (output, NULL);
  g_assert_nonnull (document);
}

static void
test_label_length (void)
{
  g_autofree char *name = g_strnfill (4000, 'n');
  g_autofree char *wire = g_strdup_printf (SEG ("%s", "1"), name);
  g_autoptr (WtSegment) segment = wt_test_read_segment (wire);
  g_autofree char *plain = wt_segment_to_plain_text (segment);

  g_assert_cmpuint (g_utf8_strlen (plain, -1), ==, 67);
}

static void
test_new_unref (void)
{
  g_autoptr (WtSegment) segment = wt_segment_new_list (NULL, 0);
  WtSegment *again = wt_segment_ref (segment);
  g_auto (GValue) value = G_VALUE_INIT;

  wt_segment_unref (again);
  g_value_init (&value, WT_TYPE_SEGMENT);
  g_value_set_boxed (&value, segment);
  g_assert_true (g_value_get_boxed (&value) == segment);
}

static void
add_cases (const char *path, GTestDataFunc function)
{
  for (guint i = 0; i < G_N_ELEMENTS (wt_segment_cases); i++)
    {
      g_autofree char *full = g_strconcat (path, wt_segment_cases[i].name, NULL);

      g_test_add_data_func (full, &wt_segment_cases[i], function);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("/segment/wire/", test_case);
  add_cases ("/segment/stable/", test_stable);
  g_test_add_func ("/segment/depth", test_depth);
  g_test_add_func ("/segment/constructors", test_constructors);
  g_test_add_func ("/segment/unfit-base64", test_unfit_base64);
  g_test_add_func ("/segment/label-length", test_label_length);
  g_test_add_func ("/segment/new-unref", test_new_unref);

  return g_test_run ();
}
