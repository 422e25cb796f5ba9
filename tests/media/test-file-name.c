/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "wt-file-name.h"

typedef struct
{
  const char *name;
  const char *expected;
} WtNameCase;

static const WtNameCase cases[] = {
  /* Left alone. */
  { "picture.png", "picture.png" },
  { "麦穗 的照片.jpg", "麦穗 的照片.jpg" },
  { "a b.tar.gz", "a b.tar.gz" },
  { "no-extension", "no-extension" },
  { "~backup", "~backup" },
  { "👨\u200d👩\u200d👧.png", "👨\u200d👩\u200d👧.png" },
  { "نامه\u200cای.txt", "نامه\u200cای.txt" },
  { "中文\u3000空格.txt", "中文\u3000空格.txt" },
  { "console.txt", "console.txt" },
  { "com10.txt", "com10.txt" },
  /* Paths. */
  { "/etc/passwd", "passwd" },
  { "../../../etc/passwd", "passwd" },
  { "..\\..\\windows\\system.ini", "system.ini" },
  { "C:\\evil.exe", "evil.exe" },
  { "a/b/", "b" },
  { "a/..", "fallback.bin" },
  { "..", "fallback.bin" },
  { ".", "fallback.bin" },
  { "/", "fallback.bin" },
  { "////\\\\", "fallback.bin" },
  { "file:///tmp/x.txt", "x.txt" },
  /* Control characters. */
  { "a\nb\tc.txt", "a b c.txt" },
  { "a\x01\x1b[31m.txt", "a[31m.txt" },
  { "a\177\302\205b.txt", "ab.txt" },
  { "a\u2028b\u2029c.txt", "a b c.txt" },
  /* Bidirectional and invisible characters. */
  { "photo_\u202egnp.exe", "photo_gnp.exe" },
  { "a\u200e\u200f\u061c\u2066\u2069\u202a\u202d.txt", "a.txt" },
  { "a\ufeff\u200b\u2060\u00ad.txt", "a.txt" },
  { "invoice.pdf\u200d.exe", "invoice.pdf.exe" },
  { "\u200d.txt", "txt" },
  { "a\u200d\u200d\u200d.txt", "a.txt" },
  { "图\u200d", "图" },
  { "图\u200d\302\200a.txt", "图a.txt" },
  { "a\u3164\u2800\u115f.txt", "a .txt" },
  { "photo.jpg                                     .exe", "photo.jpg .exe" },
  { "\U000e0041x.txt", "x.txt" },
  { "a\ufffe\uffff\ufdd0.txt", "a.txt" },
  /* Characters that mean something elsewhere. */
  { "a<b>c:d\"e|f?g*h.txt", "a_b_c_d_e_f_g_h.txt" },
  /* Hidden, cut or taken for an option. */
  { ".bashrc", "bashrc" },
  { "...x", "x" },
  { ". .x", "x" },
  { "x.", "x" },
  { "x. . ", "x" },
  { "  x  ", "x" },
  { "-rf", "_rf" },
  { "--help.txt", "_-help.txt" },
  /* Reserved. */
  { "CON", "_CON" },
  { "nul.txt", "_nul.txt" },
  { "Aux.tar.gz", "_Aux.tar.gz" },
  { "com1 .txt", "_com1 .txt" },
  { "LPT9", "_LPT9" },
  { "COM¹.txt", "_COM¹.txt" },
  /* Composed. */
  { "e\u0301.txt", "é.txt" },
  /* Not UTF-8. */
  { "a\377b.txt", "a\357\277\275b.txt" },
  { "\xed\xa0\x80.txt", "\ufffd\ufffd\ufffd.txt" },
  /* Nothing. */
  { "", "fallback.bin" },
  { NULL, "fallback.bin" },
  { "\u202e\u200b", "fallback.bin" },
  { "   ", "fallback.bin" },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = wt_file_name_make_safe (cases[i].name, "fallback.bin");
      g_autofree char *again = wt_file_name_make_safe (safe, NULL);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (safe, ==, cases[i].expected);
      g_assert_cmpstr (again, ==, safe);
    }
}

static void
test_fallback (void)
{
  g_autofree char *none = wt_file_name_make_safe (NULL, NULL);
  g_autofree char *hostile = wt_file_name_make_safe ("", "../../.profile");
  g_autofree char *both = wt_file_name_make_safe ("..", "/");

  g_assert_cmpstr (none, ==, "file");
  g_assert_cmpstr (hostile, ==, "profile");
  g_assert_cmpstr (both, ==, "file");
}

static char *
repeat (const char *piece, guint times, const char *end)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (text, piece);
  g_string_append (text, end);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_shortened (const char *piece, const char *end, gsize length)
{
  g_autofree char *name = repeat (piece, 500, end);
  g_autofree char *safe = wt_file_name_make_safe (name, NULL);

  g_assert_cmpuint (strlen (safe), ==, length);
  g_assert_true (g_utf8_validate (safe, -1, NULL));
  g_assert_true (g_str_has_suffix (safe, end));
  g_assert_true (g_str_has_prefix (safe, piece));
}

static void
test_length (void)
{
  g_autofree char *exact = repeat ("a", 251, ".txt");
  g_autofree char *kept = wt_file_name_make_safe (exact, NULL);
  g_autofree char *huge = repeat ("麦", 2000000, ".png");
  g_autofree char *cut = wt_file_name_make_safe (huge, NULL);
  g_autofree char *long_extension = repeat ("b", 300, ".txt");
  g_autofree char *cut_extension = NULL;

  memcpy (long_extension + 100, ".", 1);
  memcpy (long_extension + 300, "bbbb", 4);
  cut_extension = wt_file_name_make_safe (long_extension, NULL);
  g_assert_cmpstr (kept, ==, exact);
  check_shortened ("a", ".txt", 255);
  check_shortened ("a", ".tar.gz", 255);
  check_shortened ("a", "", 255);
  check_shortened ("麦", ".jpeg", 3 * 83 + 5);
  check_shortened ("😀", ".gif", 4 * 62 + 4);
  /* Too long to be an extension. */
  g_assert_cmpuint (strlen (cut_extension), ==, 255);
  g_assert_cmpint (cut_extension[254], ==, 'b');
  g_assert_true (g_str_has_suffix (cut, "麦.png"));
  g_assert_cmpuint (strlen (cut), <=, 255);
}

/* Whatever comes, what goes out keeps its promises. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "/",      "\\",     ".",      "..", " ",    "-",       "CON",    "nul", "\u202e",
    "\u200d", "\xff",   "\xe2",   "麦", "é",    "e\u0301", "\n",     "a",   "txt",
    ":",      "\u3000", "\u3164", "👨",  "\x01", "~",       "\ufeff", "tar", "\u0f73",
  };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      g_autofree char *safe = NULL;
      g_autofree char *again = NULL;
      gint32 count = g_rand_int_range (random, 0, round % 100 == 0 ? 400 : 12);

      for (gint32 i = 0; i < count; i++)
        g_string_append (name, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      safe = wt_file_name_make_safe (name->str, NULL);
      again = wt_file_name_make_safe (safe, NULL);

      g_assert_cmpstr (again, ==, safe);
      g_assert_true (g_utf8_validate (safe, -1, NULL));
      g_assert_cmpuint (strlen (safe), >, 0);
      g_assert_cmpuint (strlen (safe), <=, 255);
      g_assert_null (strpbrk (safe, "/\\\n\x01:"));
      g_assert_null (strstr (safe, "\u202e"));
      g_assert_cmpint (safe[0], !=, '.');
      g_assert_cmpint (safe[0], !=, '-');
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-name/table", test_table);
  g_test_add_func ("/file-name/fallback", test_fallback);
  g_test_add_func ("/file-name/length", test_length);
  g_test_add_func ("/file-name/random", test_random);

  return g_test_run ();
}
