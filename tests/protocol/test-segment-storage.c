/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-segment.h"

#include "wt-segment-cases.h"

/* To disk and back: the same on the wire and to the eye. */
static void
test_storage (gconstpointer data)
{
  const WtSegmentCase *test = data;
  g_autoptr (WtSegment) segment = wt_test_read_segment (test->wire);
  g_autofree char *storage = wt_segment_to_storage (segment);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSegment) again = wt_segment_from_storage (storage, &error);
  g_autofree char *before = wt_test_description (segment);
  g_autofree char *after = NULL;
  g_autofree char *storage_again = NULL;

  g_assert_no_error (error);
  after = wt_test_description (again);
  storage_again = wt_segment_to_storage (again);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (storage, ==, storage_again);
  for (int dialect = WT_DIALECT_GUIDE; dialect <= WT_DIALECT_MAIBOT; dialect++)
    {
      g_autoptr (GBytes) first = wt_test_write_segment (segment, (WtDialect) dialect);
      g_autoptr (GBytes) second = wt_test_write_segment (again, (WtDialect) dialect);

      g_assert_true (g_bytes_equal (first, second));
    }
}

static WtMedia *
to_blob (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  guint *n = data;
  WtMedia *copy = wt_media_copy (media);

  g_clear_pointer (&copy->base64, g_bytes_unref);
  copy->blob = g_strdup_printf ("%064u", ++*n);

  return copy;
}

static WtMedia *
fail_second (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  guint *n = data;

  if (++*n < 2)
    return wt_media_copy (media);

  g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_RANGE, "no");
  return NULL;
}

static const char *const mixed = SEG (
    "seglist",
    "[" SEG ("image", "'QUJD'") "," SEG ("text", "'x'") "," SEG (
        "forward",
        "[{'message_info':{'user_info':{'user_nickname':'n'}},'message_segment':" SEG (
            "file",
            "{'name':'f','base64':'QUJD','size':3,'new':1}") "}]") "," DICT ("imageurl",
                                                                             "'http://h/i'") "]");

static void
test_map_media (void)
{
  g_autoptr (WtSegment) segment = wt_test_read_segment (mixed);
  g_autoptr (WtSegment) text = wt_segment_new_text ("x");
  guint n = 0;
  g_autoptr (WtSegment) mapped = wt_segment_map_media (segment, to_blob, &n, NULL);
  g_autoptr (WtSegment) same = wt_segment_map_media (text, to_blob, &n, NULL);
  g_autofree char *meaning = wt_test_description (mapped);
  g_autofree char *storage = wt_segment_to_storage (mapped);
  g_autoptr (WtSegment) restored = wt_segment_from_storage (storage, NULL);
  g_autofree char *restored_meaning = wt_test_description (restored);

  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (wt_segment_count_media (segment), ==, 3);
  g_assert_cmpuint (wt_segment_count_media (text), ==, 0);
  g_assert_true (same == text);
  g_assert_true (wt_segment_has_base64 (segment));
  g_assert_false (wt_segment_has_base64 (mapped));
  g_assert_false (wt_segment_has_base64 (text));
  g_assert_cmpstr (
      meaning, ==,
      "seglist (image blob=0000000000000000000000000000000000000000000000000000000000000001, "
      "text text=x, forward (n: file "
      "blob=0000000000000000000000000000000000000000000000000000000000000002 name=f size=3), "
      "image url=http://h/i "
      "blob=0000000000000000000000000000000000000000000000000000000000000003)");
  g_assert_cmpstr (meaning, ==, restored_meaning);
  wt_test_assert_written (wt_segment_get_child (mapped, 3), WT_DIALECT_MAIBOT,
                          DICT ("imageurl", "'http://h/i'"));
  {
    g_autofree char *again = wt_segment_to_storage (restored);

    g_assert_cmpstr (storage, ==, again);
  }
}

static void
test_map_media_fails (void)
{
  g_autoptr (WtSegment) segment = wt_test_read_segment (mixed);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_null (wt_segment_map_media (segment, fail_second, &n, &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_RANGE);
  g_assert_cmpuint (n, ==, 2);
}

/* Neither contents nor keys are on disk. */
static void
test_storage_is_lean (void)
{
  g_autofree char *body = wt_test_make_base64 (100000);
  g_autofree char *medium = wt_test_make_base64 (300);
  g_autofree char *words = g_strnfill (20000, ' ');
  g_autofree char *wire = g_strdup_printf (
      SEG ("seglist",
           "[" SEG ("image", "'%s'") "," SEG ("video", "'%s'") "," SEG (
               "dict",
               "{'a':'%s','b':'%s'"
               ",'api_key':'"
               "SECRET1','c':{'x-"
               "apikey':'SECRET2'}"
               "}") "," SEG ("file",
                             "{'url':'http://h/"
                             "f','token':'SECRET3','blob':'%s'"
                             "}") "," SEG ("text", "'%s'") ","
                                                           "{'type':'"
                                                           "text','"
                                                           "data'"
                                                           ":'x','"
                                                           "apikey':'"
                                                           "SECRET4'}"
                                                           "," SEG ("forwar"
                                                                    "d",
                                                                    "[{'"
                                                                    "message"
                                                                    "_"
                                                                    "dim':{'"
                                                                    "api_"
                                                                    "key'"
                                                                    ":'"
                                                                    "SECRET5"
                                                                    "'"
                                                                    "},'"
                                                                    "message"
                                                                    "_"
                                                                    "segment"
                                                                    "'"
                                                                    ":" SEG ("voi"
                                                                             "c"
                                                                             "e",
                                                                             "'%"
                                                                             "s'") "}]") "]"),
      body, body, medium, words, body, words, medium);
  g_autoptr (WtSegment) segment = wt_test_read_segment (wire);
  g_autofree char *storage = wt_segment_to_storage (segment);
  g_autoptr (WtSegment) again = wt_segment_from_storage (storage, NULL);

  g_assert_cmpuint (strlen (storage), <, strlen (words) + 2000);
  g_assert_null (strstr (storage, "SECRET"));
  g_assert_null (strstr (storage, "•••"));
  g_assert_nonnull (strstr (storage, "<100000 bytes>"));
  g_assert_nonnull (strstr (storage, "<300 bytes>"));
  g_assert_nonnull (again);
  g_assert_cmpstr (wt_segment_get_text (wt_segment_get_child (again, 4)), ==, words);
}

static void
test_storage_refused (void)
{
  static const struct
  {
    const char *text;
    WtProtocolError code;
  } bad[] = {
    { "", WT_PROTOCOL_ERROR_SYNTAX },
    { "[]", WT_PROTOCOL_ERROR_TYPE },
    { "null", WT_PROTOCOL_ERROR_MISSING },
    { "{}", WT_PROTOCOL_ERROR_RANGE },
    { "{'v':2,'segment':{'type':'text','text':'x'}}", WT_PROTOCOL_ERROR_RANGE },
    { "{'v':0,'segment':{'type':'text','text':'x'}}", WT_PROTOCOL_ERROR_RANGE },
    { "{'v':1}", WT_PROTOCOL_ERROR_MISSING },
    { "{'v':1,'segment':'x'}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'new'}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'text'}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'image'}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'image','media':1}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'at'}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'other'}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'seglist'}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'seglist','children':[1]}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'seglist','children':[{}]}}", WT_PROTOCOL_ERROR_TYPE },
    { "{'v':1,'segment':{'type':'seglist','children':[null]}}", WT_PROTOCOL_ERROR_MISSING },
    { "{'v':1,'segment':{'type':'forward','children':[{'author':'x'}]}}",
      WT_PROTOCOL_ERROR_MISSING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = wt_test_quote (bad[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (wt_segment_from_storage (text, &error));
      g_assert_error (error, WT_PROTOCOL_ERROR, (int) bad[i].code);
    }
}

static void
test_storage_nested (void)
{
  static const guint depths[] = { WT_PROTOCOL_MAX_SEGMENT_DEPTH,
                                  WT_PROTOCOL_MAX_SEGMENT_DEPTH + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (GString) text = g_string_new ("{'v':1,'segment':");
      g_autofree char *quoted = NULL;
      g_autoptr (WtSegment) segment = NULL;

      for (guint n = 0; n < depths[i]; n++)
        g_string_append (text, "{'type':'seglist','children':[");
      g_string_append (text, "{'type':'text','text':'x'}");
      for (guint n = 0; n < depths[i]; n++)
        g_string_append (text, "]}");
      g_string_append (text, "}");

      quoted = wt_test_quote (text->str);
      segment = wt_segment_from_storage (quoted, NULL);
      g_assert_cmpint (segment != NULL, ==, depths[i] <= WT_PROTOCOL_MAX_SEGMENT_DEPTH);
    }
}

/* A row that version 1 wrote: it must be readable for ever. */
static void
test_storage_version_1 (void)
{
  g_autofree char *text = wt_test_quote (
      "{'v':1,'segment':{'type':'seglist','children':[{'type':'text','text':'hi'},"
      "{'type':'image','media':{'blob':'ab','mime_type':'image/png','size':3}},"
      "{'type':'at','user_id':'1','nickname':'n'},"
      "{'type':'face','text':'14'},{'type':'reply','text':'m'},"
      "{'type':'other','name':'poke','json':{'type':'poke','data':1}},"
      "{'type':'forward','children':[{'author':'a','message':{},"
      "'segment':{'type':'text','text':'f'}}]},"
      "{'type':'file','media':{'url':'http://h/v'},'wrapper':'videourl'}]}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSegment) segment = wt_segment_from_storage (text, &error);
  g_autofree char *meaning = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  meaning = wt_test_description (segment);
  again = wt_segment_to_storage (segment);
  g_assert_cmpstr (meaning, ==,
                   "seglist (text text=hi, image blob=ab mime=image/png size=3, at user=1 nick=n, "
                   "face text=14, reply text=m, other:poke, forward (a: text text=f), "
                   "file url=http://h/v)");
  g_assert_cmpstr (again, ==, text);
}

/* A picture's extent is stored, never sent; one side alone, or what is no extent, says nothing. */
static void
test_storage_extent (void)
{
  static const struct
  {
    const char *media;
    int width;
    int height;
  } cases[] = {
    { "{'blob':'ab','width':640,'height':480}", 640, 480 },
    { "{'blob':'ab','width':1,'height':2147483647}", 1, G_MAXINT },
    { "{'blob':'ab'}", 0, 0 },
    { "{'blob':'ab','width':640}", 0, 0 },
    { "{'blob':'ab','width':0,'height':480}", 0, 0 },
    { "{'blob':'ab','width':-1,'height':480}", 0, 0 },
    { "{'blob':'ab','width':2147483648,'height':1}", 0, 0 },
    { "{'blob':'ab','width':'wide','height':[]}", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *whole = g_strdup_printf ("{'v':1,'segment':{'type':'image','media':%s}}",
                                                cases[i].media);
      g_autofree char *text = wt_test_quote (whole);
      g_autoptr (GError) error = NULL;
      g_autoptr (WtSegment) segment = wt_segment_from_storage (text, &error);

      g_assert_no_error (error);
      g_assert_cmpint (wt_segment_get_media (segment)->width, ==, cases[i].width);
      g_assert_cmpint (wt_segment_get_media (segment)->height, ==, cases[i].height);
    }
  {
    g_autofree char *text = wt_test_quote ("{'v':1,'segment':{'type':'image','media':"
                                           "{'url':'http://h/i','width':3,'height':4}}}");
    g_autoptr (WtSegment) segment = wt_segment_from_storage (text, NULL);
    g_autofree char *again = wt_segment_to_storage (segment);

    g_assert_cmpstr (again, ==, text);
    wt_test_assert_written (segment, WT_DIALECT_GUIDE, SEG ("image", "'http://h/i'"));
  }
}

/* The deepest that a frame may hold still fits in the stored form. */
static void
test_storage_depth (void)
{
  g_autoptr (GString) wire = g_string_new ("{'type':'new','data':");
  g_autoptr (WtSegment) segment = NULL;
  g_autoptr (WtSegment) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *storage = NULL;

  /* Three levels are the envelope, the payload and the segment. */
  for (guint i = 0; i < WT_PROTOCOL_MAX_DEPTH - 3; i++)
    g_string_append_c (wire, '[');
  for (guint i = 0; i < WT_PROTOCOL_MAX_DEPTH - 3; i++)
    g_string_append_c (wire, ']');
  g_string_append_c (wire, '}');

  segment = wt_test_read_segment (wire->str);
  storage = wt_segment_to_storage (segment);
  again = wt_segment_from_storage (storage, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
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

  add_cases ("/segment/storage/", test_storage);
  g_test_add_func ("/segment/map-media/all", test_map_media);
  g_test_add_func ("/segment/map-media/error", test_map_media_fails);
  g_test_add_func ("/segment/stored/lean", test_storage_is_lean);
  g_test_add_func ("/segment/stored/refused", test_storage_refused);
  g_test_add_func ("/segment/stored/nested", test_storage_nested);
  g_test_add_func ("/segment/stored/version-1", test_storage_version_1);
  g_test_add_func ("/segment/stored/extent", test_storage_extent);
  g_test_add_func ("/segment/stored/depth", test_storage_depth);

  return g_test_run ();
}
