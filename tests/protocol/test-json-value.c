/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-json.h"

#define READERS 4
#define READINGS 20000

static void
test_members (void)
{
  static const char *const names[] = {
    "",
    "a",
    "just-twenty-three-bytes",
    "twenty-four-bytes-exact!",
    "麦",
    "a-much-longer-name-than-fits",
  };
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    wt_json_value_set_integer (object, names[i], i);
  g_assert_cmpuint (wt_json_value_get_length (object), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (wt_json_value_get_name (object, i), ==, names[i]);
      g_assert_cmpint (wt_json_value_get_integer (wt_json_value_get_member (object, names[i])), ==,
                       i);
    }

  /* In its old place. */
  wt_json_value_set_string (object, names[3], "new");
  g_assert_cmpuint (wt_json_value_get_length (object), ==, G_N_ELEMENTS (names));
  g_assert_cmpstr (wt_json_value_get_string (wt_json_value_get_element (object, 3)), ==, "new");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      wt_json_value_remove_member (object, names[i]);
      wt_json_value_remove_member (object, names[i]);
      g_assert_false (wt_json_value_has_member (object, names[i]));
      g_assert_cmpuint (wt_json_value_get_length (object), ==, G_N_ELEMENTS (names) - i - 1);
      if (i + 1 < G_N_ELEMENTS (names))
        g_assert_cmpstr (wt_json_value_get_name (object, 0), ==, names[i + 1]);
    }
  wt_json_value_set_boolean (object, "again", TRUE);
  g_assert_true (wt_json_value_get_boolean (wt_json_value_get_member (object, "again")));
}

/* What peers write may be anything: to ask it for something else is no mistake. */
static void
test_other_kinds (void)
{
  static const WtJsonKind kinds[] = { WT_JSON_KIND_NULL, WT_JSON_KIND_ARRAY, WT_JSON_KIND_OBJECT };
  g_autoptr (WtJsonValue) string = wt_json_value_new_string ("1");
  g_autoptr (WtJsonValue) integer = wt_json_value_new_integer (G_MAXINT64);
  g_autoptr (WtJsonValue) number = wt_json_value_new_double (1.5);

  g_assert_false (wt_json_value_is (NULL, WT_JSON_KIND_NULL));
  g_assert_null (wt_json_value_get_string (NULL));
  g_assert_null (wt_json_value_get_member (NULL, "a"));
  g_assert_cmpuint (wt_json_value_get_length (NULL), ==, 0);
  g_assert_null (wt_json_value_get_member (string, "1"));
  g_assert_cmpuint (wt_json_value_get_length (string), ==, 0);
  g_assert_cmpint (wt_json_value_get_integer (string), ==, 0);
  g_assert_cmpint (wt_json_value_get_integer (number), ==, 0);
  g_assert_cmpfloat (wt_json_value_get_double (integer), ==, (double) G_MAXINT64);
  g_assert_cmpfloat (wt_json_value_get_double (number), ==, 1.5);
  g_assert_true (wt_json_value_is_number (integer) && wt_json_value_is_number (number));
  g_assert_false (wt_json_value_is_number (string));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (WtJsonValue) value = wt_json_value_new (kinds[i]);

      g_assert_null (wt_json_value_get_string (value));
      g_assert_null (wt_json_value_get_member (value, ""));
      g_assert_false (wt_json_value_get_boolean (value));
      g_assert_false (wt_json_value_is_number (value));
    }
}

/* A long string, which is lifted while a frame is read, is a string like others here. */
static void
test_text (void)
{
  g_autofree char *body = g_strnfill (WT_JSON_LIFT_BYTES + 1, 'A');
  g_autofree char *text = g_strdup_printf ("{\"long\":\"%s\",\"list\":[1,null,true]}", body);
  g_autoptr (WtJsonValue) value = wt_json_value_from_text (text, NULL);
  g_autofree char *again = wt_json_value_to_text (value);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (wt_json_value_get_string (wt_json_value_get_member (value, "long")), ==, body);
  g_assert_cmpstr (again, ==, text);
  g_assert_null (wt_json_value_from_text ("{", &error));
  g_assert_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_SYNTAX);
}

static gpointer
read_often (gpointer data)
{
  for (guint i = 0; i < READINGS; i++)
    {
      g_autoptr (WtJsonValue) value = wt_json_value_ref (data);
      g_autoptr (WtJsonValue) element = wt_json_value_ref (wt_json_value_get_element (value, 0));

      g_assert_cmpstr (wt_json_value_get_string (element), ==, "shared");
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (WtJsonValue) array = wt_json_value_new (WT_JSON_KIND_ARRAY);
  GThread *threads[READERS];

  wt_json_value_append (array, wt_json_value_new_string ("shared"));
  for (guint i = 0; i < READERS; i++)
    threads[i] = g_thread_new ("reader", read_often, array);
  for (guint i = 0; i < READERS; i++)
    g_thread_join (threads[i]);
  read_often (array);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-value/members", test_members);
  g_test_add_func ("/json-value/other-kinds", test_other_kinds);
  g_test_add_func ("/json-value/text", test_text);
  g_test_add_func ("/json-value/threads", test_threads);
  return g_test_run ();
}
