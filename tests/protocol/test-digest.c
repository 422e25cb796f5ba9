/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-envelope.h"

#include "wt-envelope-test.h"

/* Digests. */

static char *
digest (const char *payload)
{
  g_autofree char *text = g_strdup_printf ("{'msg_id':'m','type':'custom_x','payload':%s}",
                                           payload);
  g_autoptr (WtEnvelope) envelope = wt_test_parse_envelope (text);

  return g_strdup (wt_envelope_get_digest (envelope));
}

static void
test_digest (void)
{
  static const char *const equal[][2] = {
    { "{'a':1,'b':2}", "{ 'b' : 2 ,\n 'a' : 1 }" },
    { "'你好'", "'\\u4f60\\u597d'" },
    { "'a/b'", "'a\\/b'" },
    { "'\\t'", "'\\u0009'" },
    { "[1]", "[1.0]" },
    { "[100]", "[1e2]" },
    { "{'a':1,'a':2}", "{'a':2}" },
  };
  static const char *const different[][2] = {
    { "{'a':1}", "{'a':2}" }, { "{'a':1}", "{'a':'1'}" },
    { "[1,2]", "[2,1]" },     { "['a','b']", "['a\\',\\'b']" },
    { "[]", "{}" },           { "[null]", "[]" },
    { "['']", "[null]" },     { "{'a':'b'}", "{'a\\':\\'b':''}" },
    { "[1.5]", "[1.25]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (equal); i++)
    {
      g_autofree char *first = digest (equal[i][0]);
      g_autofree char *second = digest (equal[i][1]);

      g_assert_cmpstr (first, ==, second);
    }

  for (guint i = 0; i < G_N_ELEMENTS (different); i++)
    {
      g_autofree char *first = digest (different[i][0]);
      g_autofree char *second = digest (different[i][1]);

      g_assert_cmpstr (first, !=, second);
    }
}

/* One copy lifted, one not for its escape: still the same string. */
static void
test_digest_of_lifted (void)
{
  g_autofree char *body = wt_test_make_base64 (2 * WT_JSON_LIFT_BYTES);
  g_autofree char *plain = g_strdup_printf ("{'data':'A%s'}", body);
  g_autofree char *escaped = g_strdup_printf ("{'data':'\\u0041%s'}", body);
  g_autofree char *other = g_strdup_printf ("{'data':'B%s'}", body);
  g_autofree char *first = digest (plain);
  g_autofree char *second = digest (escaped);
  g_autofree char *third = digest (other);
  g_autofree char *again = digest (plain);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, third);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/envelope/digest/values", test_digest);
  g_test_add_func ("/envelope/digest/lifted", test_digest_of_lifted);

  return g_test_run ();
}
