/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-json.h"

#include <math.h>

#include "wt-json-fields.h"
#include "wt-json-string.h"
#include "wt-protocol-test.h"

typedef struct
{
  const char *name;
  const char *input;
  gssize length; /* 0: up to the NUL */
  const char *output;
} Case;

static GBytes *
case_bytes (const char *input, gssize length)
{
  /* On the heap without a NUL behind it, so that valgrind sees every byte too many. */
  return g_bytes_new (input, length > 0 ? (gsize) length : strlen (input));
}

static const Case accepted[] = {
  { "object", "{\"a\":1}", 0, "{\"a\":1}" },
  { "array", " [ 1 , 2 ] ", 0, "[1,2]" },
  { "nested", "[[],{},[{}]]", 0, "[[],{},[{}]]" },
  { "words", "[true,false,null]", 0, "[true,false,null]" },
  { "scalar", "\"x\"", 0, "\"x\"" },
  { "number", "-0.5e1", 0, "-5.0" },
  { "zero", "[0,-0,0.0,0e1,1E2,1e+2,1e-2]", 0, "[0,0,0.0,0.0,100.0,100.0,0.01]" },
  { "int64", "[9223372036854775807,-9223372036854775808]", 0,
    "[9223372036854775807,-9223372036854775808]" },
  { "tenth", "[0.1,1703123456.789]", 0, "[0.1,1703123456.789]" },
  { "large-double", "[1e22,1e300]", 0, "[1e+22,1e+300]" },
  { "escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", 0, "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
  { "unicode", "\"\\u4f60\\u597d\"", 0, "\"你好\"" },
  { "pair", "\"\\ud83d\\ude00\"", 0, "\"😀\"" },
  { "escaped-control", "\"\\u0001\\u001f\"", 0, "\"\\u0001\\u001f\"" },
  { "escaped-quote", "\"\\u0022\\u005c\\u002f\"", 0, "\"\\\"\\\\/\"" },
  { "utf-8", "\"麦穗\"", 0, "\"麦穗\"" },
  { "byte-order-mark", "\357\273\277{}", 0, "{}" },
  { "duplicates", "{\"a\":1,\"b\":2,\"a\":3}", 0, "{\"a\":3,\"b\":2}" },
  { "empty-name", "{\"\":1}", 0, "{\"\":1}" },
  { "white-space", "\t\r\n {\t\"a\"\r:\n1 }\n", 0, "{\"a\":1}" },
  { "delete", "\"\177\"", 0, "\"\177\"" },
  { "noncharacter", "\"\\uffff\"", 0, "\"\357\277\277\"" },
};

static const Case repaired[] = {
  { "lone-high", "\"a\\ud83db\"", 0, "\"a\357\277\275b\"" },
  { "lone-low", "\"\\ude00\"", 0, "\"\357\277\275\"" },
  { "two-high", "\"\\ud83d\\ud83d\\ude00\"", 0, "\"\357\277\275😀\"" },
  { "high-then-other", "\"\\ud83d\\uffff\"", 0, "\"\357\277\275\357\277\277\"" },
  { "reversed", "\"\\ude00\\ud83d\"", 0, "\"\357\277\275\357\277\275\"" },
  { "high-then-escape", "\"\\ud83d\\n\"", 0, "\"\357\277\275\\n\"" },
  { "escaped-nul", "\"a\\u0000b\"", 0, "\"a\357\277\275b\"" },
  { "raw-nul", "\"a\0b\"", 5, "\"a\357\277\275b\"" },
  { "raw-line", "\"a\nb\tc\001\"", 0, "\"a\\nb\\tc\\u0001\"" },
  { "latin-1", "\"caf\351\"", 0, "\"caf\357\277\275\"" },
  { "overlong", "\"\300\200\"", 0, "\"\357\277\275\357\277\275\"" },
  { "utf-8-surrogate", "\"\355\240\275\"", 0, "\"\357\277\275\357\277\275\357\277\275\"" },
  { "cut", "\"\344\275\"", 0, "\"\357\277\275\357\277\275\"" },
  { "beyond-unicode", "\"\364\220\200\200\"", 0,
    "\"\357\277\275\357\277\275\357\277\275\357\277\275\"" },
  { "broken-name", "{\"\\ud800\":1,\"\377\":2}", 0, "{\"\357\277\275\":2}" },
  { "nul-in-name", "{\"a\\u0000b\":1}", 0, "{\"a\357\277\275b\":1}" },
  { "beyond-64-bits", "[9223372036854775808,-9223372036854775809,18446744073709551616]", 0,
    "[9.223372036854776e+18,-9.223372036854776e+18,1.8446744073709552e+19]" },
  { "infinite", "[1e400,-1e400]", 0, "[1.7976931348623157e+308,-1.7976931348623157e+308]" },
  { "tiny", "1e-400", 0, "0.0" },
};

typedef struct
{
  const char *name;
  const char *input;
  gssize length;
  WtProtocolError code;
} Refusal;

static const Refusal refused[] = {
  { "empty", "", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "blank", " \n", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "only-mark", "\357\273\277", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "words", "hello", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "nul", "\0", 1, WT_PROTOCOL_ERROR_SYNTAX },
  { "html", "<html>", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "trailing-text", "{} x", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "trailing-nul", "{}\0", 3, WT_PROTOCOL_ERROR_SYNTAX },
  { "two-documents", "{}{}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "line-comment", "{} // x", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "block-comment", "{/* x */}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "hash-comment", "{\"a\":1 # x\n}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "ellipsis", "{\"a\":{ ... }}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "nan", "[NaN]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "infinity", "[-Infinity]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "hexadecimal", "[0x10]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "octal", "[010]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "plus", "[+1]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "bare-point", "[1.]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "leading-point", "[.5]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "bare-exponent", "[1e]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "bare-minus", "[-]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "trailing-comma", "[1,]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "trailing-comma-object", "{\"a\":1,}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "no-comma", "[1 2]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "no-colon", "{\"a\" 1}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "no-value", "{\"a\":}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "bare-name", "{a:1}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "single-quotes", "{'a':1}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "wrong-bracket", "[1}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "unfinished", "[1", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "unfinished-string", "\"abc", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "unfinished-escape", "\"abc\\", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "unfinished-unicode", "\"\\u12", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "wrong-unicode", "\"\\u12g4\"", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "wrong-escape", "\"\\x41\"", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "wrong-word", "[nul]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "upper-word", "[TRUE]", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "two-marks", "\357\273\277\357\273\277{}", 0, WT_PROTOCOL_ERROR_SYNTAX },
  { "utf-16", "{\0}\0", 4, WT_PROTOCOL_ERROR_SYNTAX },
};

static void
test_accepted (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GBytes) input = case_bytes (test->input, test->length);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtJson) document = wt_json_parse (input, &error);
  g_autoptr (GBytes) output = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  output = wt_json_to_bytes (document);
  text = wt_test_bytes_to_text (output);
  g_assert_cmpstr (text, ==, test->output);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_refused (gconstpointer data)
{
  const Refusal *test = data;
  g_autoptr (GBytes) input = g_bytes_new (test->input, test->length > 0 ? (gsize) test->length
                                                                        : strlen (test->input));
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_json_parse (input, &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, (int) test->code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
assert_fails (GString *text, WtProtocolError code)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text->str, text->len);
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_json_parse (bytes, &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, (int) code);
}

static void
assert_parses (GString *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text->str, text->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtJson) document = wt_json_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
}

static void
append_many (GString *text, const char *part, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
}

static void
test_depth (void)
{
  static const guint depths[] = { WT_PROTOCOL_MAX_DEPTH, WT_PROTOCOL_MAX_DEPTH + 1, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (GString) arrays = g_string_new (NULL);
      g_autoptr (GString) open = g_string_new (NULL);
      g_autoptr (GString) objects = g_string_new (NULL);

      append_many (open, "[", depths[i]);
      append_many (arrays, "[", depths[i]);
      append_many (arrays, "]", depths[i]);
      append_many (objects, "{\"a\":", depths[i]);
      g_string_append (objects, "1");
      append_many (objects, "}", depths[i]);

      if (depths[i] <= WT_PROTOCOL_MAX_DEPTH)
        {
          assert_parses (arrays);
          assert_parses (objects);
          assert_fails (open, WT_PROTOCOL_ERROR_SYNTAX);
        }
      else
        {
          assert_fails (arrays, WT_PROTOCOL_ERROR_TOO_DEEP);
          assert_fails (objects, WT_PROTOCOL_ERROR_TOO_DEEP);
          assert_fails (open, WT_PROTOCOL_ERROR_TOO_DEEP);
        }
    }
}

static void
test_counts (void)
{
  g_autoptr (GString) values = g_string_new ("[1");
  g_autoptr (GString) members = g_string_new ("{\"a\":1");
  g_autoptr (GString) digits = g_string_new ("1");

  append_many (values, ",1", WT_PROTOCOL_MAX_VALUES - 2);
  g_string_append (values, "]");
  assert_parses (values);
  g_string_insert (values, 1, "1,");
  assert_fails (values, WT_PROTOCOL_ERROR_TOO_LARGE);

  append_many (members, ",\"a\":1", WT_PROTOCOL_MAX_MEMBERS - 1);
  g_string_append (members, "}");
  assert_parses (members);
  g_string_insert (members, 1, "\"b\":1,");
  assert_fails (members, WT_PROTOCOL_ERROR_TOO_LARGE);

  append_many (digits, "0", 1023);
  assert_parses (digits);
  g_string_append (digits, "0");
  assert_fails (digits, WT_PROTOCOL_ERROR_RANGE);
}

static void
test_size (void)
{
  g_autoptr (GString) text = g_string_new ("\"");
  gsize room = WT_PROTOCOL_MAX_BYTES - 2;

  g_string_set_size (text, 1 + room);
  memset (text->str + 1, 'A', room);
  g_string_append (text, "\"");
  assert_parses (text);
  g_string_append (text, " ");
  assert_fails (text, WT_PROTOCOL_ERROR_TOO_LARGE);

  /* What would grow beyond the cap when it is repaired is stopped, too. */
  memset (text->str + 1, 0xff, room);
  text->str[1 + room] = '"';
  g_string_truncate (text, WT_PROTOCOL_MAX_BYTES);
  assert_fails (text, WT_PROTOCOL_ERROR_TOO_LARGE);
}

typedef struct
{
  const char *name;
  const char *prefix;
  gsize length;
  gboolean lifted;
} LiftCase;

static const LiftCase lift_cases[] = {
  { "short", "", WT_JSON_LIFT_BYTES, FALSE },
  { "long", "", WT_JSON_LIFT_BYTES + 1, TRUE },
  { "slashes", "\\/\\/\\/", WT_JSON_LIFT_BYTES + 1, TRUE },
  { "escapes", "\\n", WT_JSON_LIFT_BYTES + 1, FALSE },
  { "unicode", "\\u0041", WT_JSON_LIFT_BYTES + 1, FALSE },
  { "wide", "麦", WT_JSON_LIFT_BYTES + 1, FALSE },
  { "control", "\001", WT_JSON_LIFT_BYTES + 1, FALSE },
};

static void
test_lift (gconstpointer data)
{
  const LiftCase *test = data;
  g_autofree char *body = wt_test_make_base64 (test->length);
  g_autofree char *text = g_strdup_printf ("{\"a\":[\"%s%s\"],\"b\":1}", test->prefix, body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WtJson) document = wt_json_parse (bytes, NULL);
  g_autoptr (GBytes) output = wt_json_to_bytes (document);
  WtJsonValue *root = wt_json_get_root (document);
  WtJsonValue *element = wt_json_value_get_element (wt_json_value_get_member (root, "a"), 0);
  GBytes *lifted = wt_json_get_lifted (document, wt_json_value_get_string (element));
  g_autofree char *whole = wt_json_dup_text (document, element);
  g_autoptr (WtJsonValue) settled = wt_json_copy (document, element, NULL);

  g_assert_cmpint (lifted != NULL, ==, test->lifted);
  if (test->lifted)
    g_assert_cmpuint (strlen (wt_json_value_get_string (element)), <, 100);

  wt_test_assert_same_json (output, bytes);
  g_assert_true (g_str_has_suffix (whole, body));
  g_assert_null (strchr (whole, '\\'));
  g_assert_cmpstr (wt_json_value_get_string (settled), ==, whole);
  g_assert_cmpint (wt_json_value_get_integer (wt_json_value_get_member (root, "b")), ==, 1);
}

static void
test_lift_names (void)
{
  g_autofree char *body = wt_test_make_base64 (WT_JSON_LIFT_BYTES + 1);
  g_autofree char *text = g_strdup_printf ("{\"%s\":1}", body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WtJson) document = wt_json_parse (bytes, NULL);

  g_assert_true (wt_json_value_has_member (wt_json_get_root (document), body));
}

static void
test_lift_shares_bytes (void)
{
  g_autofree char *body = wt_test_make_base64 (WT_JSON_LIFT_BYTES + 1);
  g_autofree char *text = g_strdup_printf ("\"%s\"", body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WtJson) document = wt_json_parse (bytes, NULL);
  GBytes *lifted = wt_json_get_lifted (document,
                                       wt_json_value_get_string (wt_json_get_root (document)));

  g_assert_nonnull (lifted);
  g_assert_true (g_bytes_get_data (lifted, NULL)
                 == (const char *) g_bytes_get_data (bytes, NULL) + 1);
}

static const char *
get_string_element (WtJsonValue *array, guint index)
{
  return wt_json_value_get_string (wt_json_value_get_element (array, index));
}

/* What a peer writes never stands for something else, not even its own earlier tokens. */
static void
test_tokens_cannot_be_forged (void)
{
  g_autofree char *body = wt_test_make_base64 (WT_JSON_LIFT_BYTES + 1);
  g_autofree char *text = g_strdup_printf ("[\"%s\"]", body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WtJson) first = wt_json_parse (bytes, NULL);
  const char *token = get_string_element (wt_json_get_root (first), 0);
  g_autofree char *forged = g_strdup_printf ("[\"%s\",\"%s\",\"lifted-0\"]", body, token);
  g_autoptr (GBytes) forged_bytes = g_bytes_new (forged, strlen (forged));
  g_autoptr (WtJson) second = wt_json_parse (forged_bytes, NULL);
  g_autoptr (GBytes) output = wt_json_to_bytes (second);
  WtJsonValue *array = wt_json_get_root (second);
  const char *other = get_string_element (array, 0);
  g_autofree char *out_of_range = g_strconcat (other, "99999999999999999999", NULL);

  g_assert_cmpstr (token, !=, other);
  g_assert_nonnull (wt_json_get_lifted (second, other));
  g_assert_null (wt_json_get_lifted (second, get_string_element (array, 1)));
  g_assert_null (wt_json_get_lifted (second, get_string_element (array, 2)));
  g_assert_null (wt_json_get_lifted (second, out_of_range));
  wt_test_assert_same_json (output, forged_bytes);
}

static void
test_lift_for_writing (void)
{
  static const char *const unfit[] = { "", "a\"b", "a\\b", "a\nb", "麦", "a\001" };
  WtJsonValue *root = wt_json_value_new (WT_JSON_KIND_ARRAY);
  g_autoptr (WtJson) document = wt_json_new (root);
  g_autoptr (GBytes) fit = g_bytes_new_static ("QUJD", 4);
  g_autofree char *token = wt_json_lift (document, fit);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) expected = wt_test_bytes ("['QUJD']");

  g_assert_true (wt_json_get_lifted (document, token) == fit);
  wt_json_value_append (root, wt_json_value_new_string (token));
  output = wt_json_to_bytes (document);
  g_assert_true (g_bytes_equal (output, expected));

  for (guint i = 0; i < G_N_ELEMENTS (unfit); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (unfit[i], strlen (unfit[i]));

      g_assert_null (wt_json_lift (document, bytes));
    }
}

static void
test_make_valid (void)
{
  static const Case cases[] = {
    { "ascii", "abc", -1, "abc" },
    { "utf-8", "麦", -1, "麦" },
    { "latin-1", "\351", -1, "\357\277\275" },
    { "nul", "a\0b", 3, "a\357\277\275b" },
    { "part", "abc", 2, "ab" },
    { "cut", "麦", 2, "\357\277\275\357\277\275" },
  };
  g_autofree char *nothing = wt_json_make_valid (NULL, -1);

  g_assert_cmpstr (nothing, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *valid = wt_json_make_valid (cases[i].input, cases[i].length);

      g_assert_cmpstr (valid, ==, cases[i].output);
    }
}

/* The fast path looks at 32 bytes at once: a special byte is found at every place. */
static void
test_plain_at_every_place (void)
{
  static const guint8 special[] = { 0, 1, 0x1f, '"', '\\', 0x80, 0xff };
  static const guint8 plain[] = { ' ', '!', '#', '[', ']', '~', 0x7f };

  for (gsize length = 0; length < 100; length++)
    {
      guint8 text[100];

      for (gsize at = 0; at < length; at++)
        {
          memset (text, 'A', sizeof text);
          for (guint i = 0; i < G_N_ELEMENTS (special); i++)
            {
              text[at] = special[i];
              g_assert_false (wt_json_string_is_plain (text, length));
            }
          for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
            {
              text[at] = plain[i];
              g_assert_true (wt_json_string_is_plain (text, length));
            }
        }
    }
}

static void
test_styles (void)
{
  g_autoptr (WtJson) document = wt_test_parse ("{'b':[1,2.0,{}],'a':{'x':[]}}");
  WtJsonValue *root = wt_json_get_root (document);
  g_autofree char *compact = wt_json_write_text (document, root, WT_JSON_COMPACT);
  g_autofree char *canonical = wt_json_write_text (document, root, WT_JSON_CANONICAL);
  g_autofree char *pretty = wt_json_write_text (document, root, WT_JSON_PRETTY);
  g_autofree char *nothing = wt_json_write_text (NULL, NULL, WT_JSON_COMPACT);

  g_assert_cmpstr (compact, ==, "{\"b\":[1,2.0,{}],\"a\":{\"x\":[]}}");
  g_assert_cmpstr (canonical, ==, "{\"a\":{\"x\":[]},\"b\":[1,2,{}]}");
  g_assert_cmpstr (pretty, ==,
                   "{\n  \"b\": [\n    1,\n    2.0,\n    {}\n  ],\n"
                   "  \"a\": {\n    \"x\": []\n  }\n}");
  g_assert_cmpstr (nothing, ==, "null");
}

static void
test_no_infinity_is_written (void)
{
  g_autoptr (WtJsonValue) number = wt_json_value_new_double (G_MAXDOUBLE * 10);
  g_autofree char *text = wt_json_value_to_text (number);

  g_assert_cmpstr (text, ==, "null");
}

/* However it is written, it is the shortest of these that reads back as the same. */
static char *
find_shortest (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (int precision = 15; precision <= 17; precision++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", precision);

      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  return strpbrk (buffer, ".e") == NULL ? g_strconcat (buffer, ".0", NULL) : g_strdup (buffer);
}

static double
make_double (void)
{
  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return (double) g_test_rand_int_range (0, G_MAXINT32)
             + g_test_rand_int_range (0, 1000000) / 1e6;
    case 1:
      return g_test_rand_double_range (-1e10, 2e10);
    case 2:
      return floor (g_test_rand_double_range (0, 1e4)) / 1000;
    default:
      return ldexp (g_test_rand_double_range (-1, 1), g_test_rand_int_range (-40, 60));
    }
}

static void
test_doubles (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      double value = make_double ();
      g_autoptr (WtJsonValue) number = wt_json_value_new_double (value);
      g_autofree char *text = wt_json_value_to_text (number);
      g_autofree char *shortest = find_shortest (value);

      g_assert_cmpstr (text, ==, shortest);
    }
}

static void
test_new_unref (void)
{
  g_autoptr (WtJson) empty = wt_json_new (NULL);
  WtJson *again = wt_json_ref (empty);

  g_assert_true (wt_json_value_is (wt_json_get_root (again), WT_JSON_KIND_NULL));
  wt_json_unref (again);
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

  ADD_CASES ("/json/accepted/", accepted, test_accepted);
  ADD_CASES ("/json/repaired/", repaired, test_accepted);
  ADD_CASES ("/json/refused/", refused, test_refused);
  ADD_CASES ("/json/lift/", lift_cases, test_lift);
  g_test_add_func ("/json/bounds/depth", test_depth);
  g_test_add_func ("/json/bounds/counts", test_counts);
  g_test_add_func ("/json/bounds/size", test_size);
  g_test_add_func ("/json/lift/names", test_lift_names);
  g_test_add_func ("/json/lift/shares-bytes", test_lift_shares_bytes);
  g_test_add_func ("/json/lift/cannot-be-forged", test_tokens_cannot_be_forged);
  g_test_add_func ("/json/lift/for-writing", test_lift_for_writing);
  g_test_add_func ("/json/make-valid", test_make_valid);
  g_test_add_func ("/json/plain", test_plain_at_every_place);
  g_test_add_func ("/json/styles", test_styles);
  g_test_add_func ("/json/doubles", test_doubles);
  g_test_add_func ("/json/no-infinity", test_no_infinity_is_written);
  g_test_add_func ("/json/new-unref", test_new_unref);

  return g_test_run ();
}
