/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-chat-test.h"
#include "wt-message-parts.h"

static const WtTextBudget plenty = { 2000, 30 };

/* One word per part: T(text), E(emoji), Q(quote), C(title|subtitle). Takes @segment. */
static char *
describe (WtSegment *segment, WtTextBudget budget, gboolean *folded)
{
  g_autoptr (WtSegment) owned = segment;
  gboolean ignored;
  g_autoptr (GPtrArray) parts = wt_message_parts_new (segment, "me", budget,
                                                      folded != NULL ? folded : &ignored);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const WtMessagePart *part = parts->pdata[i];

      if (part->kind == WT_MESSAGE_PART_TEXT)
        g_string_append_printf (words, "%c(%s)", part->n_emoji > 0 ? 'E' : 'T', part->markup);
      else if (part->kind == WT_MESSAGE_PART_QUOTE)
        g_string_append_printf (words, "Q(%s)", part->reference);
      else
        g_string_append_printf (words, "C(%s|%s)", part->title,
                                part->subtitle != NULL ? part->subtitle : "");
    }
  return g_strdup (words->str);
}

#define assert_parts(segment, expected)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *words_ = describe (segment, plenty, NULL);                                    \
    g_assert_cmpstr (words_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static WtSegment *
make_media (WtSegmentKind kind, const char *name, gint64 size)
{
  g_autoptr (WtMedia) media = wt_media_new ();

  media->name = g_strdup (name);
  media->size = size;
  return wt_segment_new_media (kind, media);
}

static WtSegment *
make_list (guint n_children, ...)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_segment_unref);
  va_list arguments;

  va_start (arguments, n_children);
  for (guint i = 0; i < n_children; i++)
    g_ptr_array_add (children, va_arg (arguments, WtSegment *));
  va_end (arguments);
  return wt_segment_new_list ((WtSegment *const *) children->pdata, children->len);
}

static void
test_text (void)
{
  assert_parts (wt_segment_new_text ("hello"), "T(hello)");
  assert_parts (wt_segment_new_text ("\n\nhello\n \n"), "T(hello)");
  assert_parts (wt_segment_new_text ("a\n\nb"), "T(a\n\nb)");
  assert_parts (wt_segment_new_text ("<b>"), "T(&lt;b&gt;)");
  assert_parts (wt_segment_new_text ("🎉"), "E(🎉)");
  assert_parts (wt_segment_new_text ("http://a.b"), "T(<a href=\"http://a.b\">http://a.b</a>)");
}

static void
test_empty (void)
{
  assert_parts (wt_segment_new_text (""),
                "T(<span style=\"italic\" alpha=\"75%\">Empty message</span>)");
  assert_parts (wt_segment_new_text (" \n "),
                "T(<span style=\"italic\" alpha=\"75%\">Empty message</span>)");
  assert_parts (make_list (0), "T(<span style=\"italic\" alpha=\"75%\">Empty message</span>)");
}

static void
test_kinds (void)
{
  assert_parts (make_media (WT_SEGMENT_IMAGE, NULL, -1), "C(Picture|)");
  assert_parts (make_media (WT_SEGMENT_EMOJI, NULL, -1), "C(Sticker|)");
  assert_parts (make_media (WT_SEGMENT_VOICE, NULL, 1000), "C(Voice message|1.0\u00a0kB)");
  assert_parts (make_media (WT_SEGMENT_FILE, "report.pdf", 2000000),
                "C(report.pdf|File · 2.0\u00a0MB)");
  assert_parts (make_media (WT_SEGMENT_FILE, "a\u202e\nb.exe", -1), "C(a b.exe|File)");
  assert_parts (make_media (WT_SEGMENT_FILE, "\n", -1), "C(File|)");
  assert_parts (wt_segment_new_reply ("id-1"), "Q(id-1)");
  assert_parts (wt_chat_test_parse_segment ("{\"type\":\"nonsense\",\"data\":{\"a\":1}}"),
                "C([nonsense]|)");
  assert_parts (wt_chat_test_parse_segment ("{\"type\":\"video\",\"data\":\"x\"}"), "C([video]|)");
}

static void
test_inline (void)
{
  g_autofree char *words = describe (
      make_list (4, wt_segment_new_text ("to "), wt_segment_new_mention ("1", "<nick>", NULL),
                 wt_segment_new_face ("14"), wt_segment_new_text (" end")),
      plenty, NULL);

  g_assert_true (g_str_has_prefix (words, "T(to <span "));
  g_assert_nonnull (strstr (words, "@&lt;nick&gt;"));
  g_assert_nonnull (strstr (words, "</span>🙂 end"));
  g_assert_true (g_str_has_suffix (words, " end)"));
}

static void
test_faces (void)
{
  g_autofree char *unknown = describe (wt_segment_new_face ("9999"), plenty, NULL);
  g_autofree char *hostile = describe (wt_segment_new_face ("<b>\n&"), plenty, NULL);

  assert_parts (wt_segment_new_face ("14"), "E(🙂)");
  assert_parts (wt_segment_new_face ("/微笑"), "E(🙂)");
  assert_parts (wt_segment_new_face ("🐶"), "E(🐶)");
  assert_parts (make_list (2, wt_segment_new_face ("179"), wt_segment_new_face ("66")),
                "E(🐶❤️)");
  g_assert_nonnull (strstr (unknown, "[face 9999]"));
  g_assert_nonnull (strstr (hostile, "[face &lt;b&gt; &amp;]"));
}

static void
test_mention_names (void)
{
  static const struct
  {
    const char *nick, *card, *shown;
  } cases[] = {
    { "nick", "card", "@card" }, { "nick", NULL, "@nick" }, { NULL, NULL, "@1" }, { "", " ", "@1" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = describe (wt_segment_new_mention ("1", cases[i].nick, cases[i].card),
                                         plenty, NULL);

      g_assert_nonnull (strstr (words, cases[i].shown));
    }
}

/* My own stand out, and so do those of everybody. */
static void
test_my_mention (void)
{
  g_autofree char *other = describe (wt_segment_new_mention ("1", "nick", NULL), plenty, NULL);
  g_autofree char *mine = describe (wt_segment_new_mention ("me", "nick", NULL), plenty, NULL);
  g_autofree char *all = describe (wt_segment_new_mention ("all", "nick", NULL), plenty, NULL);

  g_assert_cmpstr (mine, !=, other);
  g_assert_cmpstr (all, ==, mine);
}

/* A medium is found by its position among all of the message's, those in forwarded messages too. */
static void
test_positions (void)
{
  WtSegment *forward = wt_chat_test_parse_segment (
      "{\"type\":\"forward\",\"data\":["
      "{\"message_segment\":{\"type\":\"image\",\"data\":\"QUJD\"}},"
      "{\"message_segment\":{\"type\":\"image\",\"data\":\"QUJD\"}}]}");
  g_autoptr (WtSegment) list = make_list (
      6, make_media (WT_SEGMENT_IMAGE, NULL, -1), wt_segment_new_text ("x"),
      make_media (WT_SEGMENT_EMOJI, NULL, -1), forward, make_media (WT_SEGMENT_VOICE, NULL, -1),
      make_list (1, make_media (WT_SEGMENT_FILE, "f", -1)));
  static const struct
  {
    WtMessagePartKind kind;
    guint position;
  } expected[] = {
    { WT_MESSAGE_PART_PICTURE, 0 }, { WT_MESSAGE_PART_TEXT, 0 },  { WT_MESSAGE_PART_STICKER, 1 },
    { WT_MESSAGE_PART_FORWARD, 2 }, { WT_MESSAGE_PART_VOICE, 4 }, { WT_MESSAGE_PART_FILE, 5 },
  };
  gboolean folded;
  g_autoptr (GPtrArray) parts = wt_message_parts_new (list, NULL, plenty, &folded);

  g_assert_cmpuint (wt_segment_count_media (list), ==, 6);
  g_assert_cmpuint (parts->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < parts->len; i++)
    {
      const WtMessagePart *part = parts->pdata[i];

      g_assert_cmpint (part->kind, ==, expected[i].kind);
      g_assert_cmpuint (part->position, ==, expected[i].position);
      g_assert_true ((part->segment == NULL) == (part->kind == WT_MESSAGE_PART_TEXT));
      g_assert_true (part->media == NULL || part->media == wt_segment_get_media (part->segment));
    }
}

static void
test_list (void)
{
  assert_parts (make_list (5, wt_segment_new_reply ("x"), wt_segment_new_text ("look:\n"),
                           make_media (WT_SEGMENT_IMAGE, NULL, -1), wt_segment_new_text ("\nand"),
                           wt_segment_new_text (" more")),
                "Q(x)T(look:)C(Picture|)T(and more)");
}

static void
test_deep (void)
{
  WtSegment *segment = wt_segment_new_text ("deep");

  for (guint i = 0; i < 40; i++)
    segment = make_list (1, segment);
  assert_parts (segment, "C([seglist]|)");
}

static void
test_folded (void)
{
  gboolean folded = FALSE;
  g_autofree char *words = describe (wt_segment_new_text ("abcdef"), (WtTextBudget){ 3, 9 },
                                     &folded);

  g_assert_true (folded);
  g_assert_cmpstr (words, ==, "T(abc…)");
}

static void
test_not_folded (void)
{
  gboolean folded = TRUE;
  g_autofree char *words = describe (wt_segment_new_text ("abc"), (WtTextBudget){ 3, 9 }, &folded);

  g_assert_false (folded);
  g_assert_cmpstr (words, ==, "T(abc)");
}

/* A megabyte of text and 100 000 pictures cost what is shown of them. */
static void
test_huge (void)
{
  g_autofree char *text = g_strnfill (1000000, 'x');
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_segment_unref);
  gboolean folded = FALSE;
  g_autofree char *words = describe (wt_segment_new_text (text), plenty, &folded);

  g_assert_true (folded);
  g_assert_cmpuint (strlen (words), <, 2100);

  for (guint i = 0; i < 100000; i++)
    g_ptr_array_add (children, make_media (WT_SEGMENT_IMAGE, NULL, -1));

  g_autoptr (WtSegment) list = wt_segment_new_list ((WtSegment *const *) children->pdata,
                                                    children->len);
  g_autoptr (GPtrArray) parts = wt_message_parts_new (list, NULL, plenty, &folded);

  g_assert_true (folded);
  g_assert_cmpuint (parts->len, <=, 30);
}

/* What was sent as a picture and is something else is a file. */
static void
test_not_a_picture (void)
{
  static const struct
  {
    const char *mime_type;
    gboolean here;
    WtMessagePartKind kind;
  } cases[] = {
    { "image/png", TRUE, WT_MESSAGE_PART_PICTURE },
    { "image/webp", TRUE, WT_MESSAGE_PART_PICTURE },
    { "image/svg+xml", TRUE, WT_MESSAGE_PART_FILE },
    { "application/pdf", TRUE, WT_MESSAGE_PART_FILE },
    { NULL, TRUE, WT_MESSAGE_PART_PICTURE },
    /* What a peer says of something that is not here yet. */
    { "image/svg+xml", FALSE, WT_MESSAGE_PART_PICTURE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WtMedia) media = wt_media_new ();
      g_autoptr (WtSegment) segment = NULL;
      g_autoptr (GPtrArray) parts = NULL;
      gboolean folded;

      media->mime_type = g_strdup (cases[i].mime_type);
      if (cases[i].here)
        media->blob = g_strnfill (64, 'a');
      else
        media->url = g_strdup ("https://example.org/a");
      segment = wt_segment_new_media (WT_SEGMENT_IMAGE, media);
      parts = wt_message_parts_new (segment, "me", plenty, &folded);
      g_assert_cmpuint (parts->len, ==, 1);
      g_assert_cmpint (((WtMessagePart *) parts->pdata[0])->kind, ==, cases[i].kind);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-parts/text", test_text);
  g_test_add_func ("/message-parts/empty", test_empty);
  g_test_add_func ("/message-parts/kinds", test_kinds);
  g_test_add_func ("/message-parts/inline", test_inline);
  g_test_add_func ("/message-parts/faces", test_faces);
  g_test_add_func ("/message-parts/mention-names", test_mention_names);
  g_test_add_func ("/message-parts/my-mention", test_my_mention);
  g_test_add_func ("/message-parts/positions", test_positions);
  g_test_add_func ("/message-parts/not-a-picture", test_not_a_picture);
  g_test_add_func ("/message-parts/list", test_list);
  g_test_add_func ("/message-parts/deep", test_deep);
  g_test_add_func ("/message-parts/folded", test_folded);
  g_test_add_func ("/message-parts/not-folded", test_not_folded);
  g_test_add_func ("/message-parts/huge", test_huge);
  return g_test_run ();
}
