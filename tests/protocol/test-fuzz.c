/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mutations of the golden frames. The seed is printed; --seed repeats a run. */

#include "wt-golden.h"
#include "wt-protocol-fuzz.h"
#include "wt-segment.h"

#include <string.h>

#define N_MUTANTS 4000
/* Under valgrind everything takes forty times as long. */
#define N_MUTANTS_VALGRIND 100
#define MAX_LENGTH 20000

static const char *const pieces[] = {
  "null",
  "true",
  "{}",
  "[]",
  "\"\"",
  "0",
  "-1",
  "1e400",
  "-1e400",
  "99999999999999999999",
  "1.5",
  "\\ud83d",
  "\\ude00",
  "\\u0000",
  "\\\"",
  "\377",
  "\355\240\275",
  "\300\200",
  "\n",
  "\001",
  ",",
  ":",
  "{",
  "}",
  "[",
  "]",
  "\"",
  "\"type\":\"seglist\",\"data\":[",
  "\"type\":\"forward\",\"data\":[",
  "{\"type\":\"dict\",\"data\":",
  "\"data\":null",
  "\"type\":\"file\"",
  "\"type\":\"at\"",
  "\"type\":\"image\"",
  "\"type\":\"other\"",
  "data:image/png;base64,",
  "http://h/",
  "file:///",
  "base64://",
  "\"msg_id\":1",
  "\"message_segment\":{",
  "\"url\":",
  "\"base64\":",
  "\"size\":",
  "\"user_info\":",
  "\"json\":",
};

static guint
count_mutants (void)
{
  return g_getenv ("WHEATEAR_TEST_VALGRIND") != NULL ? N_MUTANTS_VALGRIND : N_MUTANTS;
}

static GPtrArray *
load_corpus (void)
{
  static const char *const folders[] = { "accepted", "repaired", "refused" };
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GPtrArray) paths = wt_golden_list (folders[i]);

      for (guint n = 0; n < paths->len; n++)
        g_ptr_array_add (corpus, wt_golden_load (g_ptr_array_index (paths, n)));
    }

  return g_steal_pointer (&corpus);
}

static guint
random_below (gsize end)
{
  return end > 0 ? (guint) g_test_rand_int_range (0, (gint32) end) : 0;
}

static void
insert (GByteArray *text, guint at, const guint8 *bytes, guint length)
{
  guint old = text->len;

  if (length == 0)
    return;

  g_byte_array_set_size (text, old + length);
  memmove (text->data + at + length, text->data + at, old - at);
  memcpy (text->data + at, bytes, length);
}

static void
mutate (GByteArray *text, GPtrArray *corpus)
{
  guint at = random_below (text->len + 1);
  guint length = random_below (MIN (text->len - at, 200) + 1);

  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
      if (at < text->len)
        text->data[at] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
      break;
    case 1:
      if (at < text->len)
        text->data[at] = (guint8) g_test_rand_int ();
      break;
    case 2:
      g_byte_array_remove_range (text, at, length);
      break;
    case 3:
      {
        g_autofree guint8 *copy = g_memdup2 (text->data + at, length);

        insert (text, random_below (text->len + 1), copy, length);
        break;
      }
    case 4:
      {
        GBytes *other = g_ptr_array_index (corpus, random_below (corpus->len));
        gsize other_length;
        const guint8 *data = g_bytes_get_data (other, &other_length);
        guint from = random_below (other_length);

        insert (text, at, data + from, (guint) MIN (other_length - from, 300));
        break;
      }
    default:
      {
        const char *piece = pieces[random_below (G_N_ELEMENTS (pieces))];

        g_byte_array_remove_range (text, at, MIN (length, (guint) strlen (piece)));
        insert (text, at, (const guint8 *) piece, (guint) strlen (piece));
        break;
      }
    }
}

typedef void (*Target) (const guint8 *data, gsize length);

static void
run_mutants (GPtrArray *corpus, Target target)
{
  for (guint i = 0; i < count_mutants (); i++)
    {
      GBytes *base = g_ptr_array_index (corpus, random_below (corpus->len));
      g_autoptr (GByteArray) text = g_byte_array_new ();
      guint n = (guint) g_test_rand_int_range (1, 6);

      g_byte_array_append (text, g_bytes_get_data (base, NULL), (guint) g_bytes_get_size (base));
      for (guint m = 0; m < n && text->len < MAX_LENGTH; m++)
        mutate (text, corpus);
      target (text->data, text->len);
    }
}

/* Other values in a document that stays JSON, so that they get past the first reader. */

static const char *const values[] = {
  "null",
  "true",
  "0",
  "-1",
  "1.5",
  "1e308",
  "12345678901234567890",
  "\"\"",
  "\"x\"",
  "\"12\"",
  "\"http://h/\"",
  "\"file:///etc/passwd\"",
  "\"data:image/png;base64,QUJD\"",
  "\"QUJD\"",
  "[]",
  "{}",
  "[null]",
  "[[]]",
  "{\"a\":1}",
  "\"{\\\"user_id\\\":1}\"",
  "\"seglist\"",
  "\"forward\"",
  "\"dict\"",
  "\"file\"",
  "\"at\"",
  "\"face\"",
  "\"image\"",
  "\"reply\"",
  "\"text\"",
  "\"sys_ack\"",
  "\"custom_x\"",
  "{\"type\":\"text\",\"data\":\"x\"}",
  "{\"type\":\"seglist\",\"data\":[]}",
  "[{\"type\":\"seglist\",\"data\":[{\"type\":\"face\",\"data\":1}]}]",
  "{\"type\":\"dict\",\"data\":{\"type\":\"file\",\"data\":{\"name\":\"n\",\"id\":1}}}",
  "{\"type\":\"forward\",\"data\":[{\"message_segment\":{\"type\":\"at\",\"data\":\"1\"}}]}",
  "{\"user_id\":1,\"user_nickname\":[],\"new\":2}",
  "{\"url\":1,\"base64\":[],\"size\":\"x\"}",
};

static WtJsonValue *
make_value (void)
{
  return wt_json_value_from_text (values[random_below (G_N_ELEMENTS (values))], NULL);
}

static void
mutate_tree (WtJsonValue *node)
{
  if (wt_json_value_is (node, WT_JSON_KIND_OBJECT) && wt_json_value_get_length (node) > 0)
    {
      guint place = random_below (wt_json_value_get_length (node));
      g_autofree char *name = g_strdup (wt_json_value_get_name (node, place));
      WtJsonValue *member = wt_json_value_get_element (node, place);
      gboolean is_leaf = wt_json_value_get_kind (member) < WT_JSON_KIND_ARRAY;

      if (!is_leaf && g_test_rand_int_range (0, 6) > 0)
        mutate_tree (member);
      else if (g_test_rand_int_range (0, 8) == 0)
        wt_json_value_remove_member (node, name);
      else
        wt_json_value_set_member (node, name, make_value ());
    }
  else if (wt_json_value_is (node, WT_JSON_KIND_ARRAY))
    {
      guint n = wt_json_value_get_length (node);

      if (n > 0 && g_test_rand_bit ())
        mutate_tree (wt_json_value_get_element (node, random_below (n)));
      else
        wt_json_value_append (node, make_value ());
    }
}

static void
test_trees (void)
{
  g_autoptr (GPtrArray) paths = wt_golden_list ("accepted");

  for (guint i = 0; i < count_mutants (); i++)
    {
      g_autoptr (GBytes) base = wt_golden_load (
          g_ptr_array_index (paths, random_below (paths->len)));
      g_autoptr (WtJson) document = wt_json_parse (base, NULL);
      g_autoptr (GBytes) text = NULL;
      guint n = (guint) g_test_rand_int_range (1, 8);

      for (guint m = 0; m < n; m++)
        mutate_tree (wt_json_get_root (document));
      text = wt_json_to_bytes (document);
      wt_protocol_fuzz_envelope (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
    }
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();

  for (guint i = 0; i < corpus->len; i++)
    {
      GBytes *frame = g_ptr_array_index (corpus, i);

      wt_protocol_fuzz_envelope (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame));
      wt_protocol_fuzz_storage (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame));
    }
}

static void
test_envelope (void)
{
  g_autoptr (GPtrArray) corpus = load_corpus ();

  run_mutants (corpus, wt_protocol_fuzz_envelope);
}

static void
test_storage (void)
{
  static const char *const stored[] = {
    "{\"v\":1,\"segment\":{\"type\":\"seglist\",\"children\":[{\"type\":\"text\",\"text\":\"hi\"},"
    "{\"type\":\"image\",\"media\":{\"blob\":\"ab\",\"mime_type\":\"image/png\",\"size\":3}},"
    "{\"type\":\"at\",\"user_id\":\"1\",\"nickname\":\"n\"},{\"type\":\"face\",\"text\":\"14\"}]}}",
    "{\"v\":1,\"segment\":{\"type\":\"other\",\"name\":\"poke\",\"json\":{\"type\":\"poke\","
    "\"data\":{\"a\":[1,null]}},\"extra\":{\"x\":1}}}",
    "{\"v\":1,\"segment\":{\"type\":\"forward\",\"children\":[{\"author\":\"a\",\"message\":{},"
    "\"segment\":{\"type\":\"file\",\"media\":{\"url\":\"http://h/"
    "v\"},\"wrapper\":\"videourl\"}}]}}",
  };
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    g_ptr_array_add (corpus, g_bytes_new_static (stored[i], strlen (stored[i])));

  run_mutants (corpus, wt_protocol_fuzz_storage);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fuzz/corpus", test_corpus);
  g_test_add_func ("/fuzz/envelope", test_envelope);
  g_test_add_func ("/fuzz/trees", test_trees);
  g_test_add_func ("/fuzz/storage", test_storage);

  return g_test_run ();
}
