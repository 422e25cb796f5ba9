/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-link.h"

#include "wt-endpoint.h"

#include <string.h>

#define ADD "wheatear://add?"
#define URL "url=wss%3A%2F%2Fh%3A8090%2Fws"

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtLink) link = wt_link_parse (
      ADD URL
      "&key=s3cr%2Bet%2F%3D&kind=maibot&platform=wheatear&user_id=42&nickname=%E9%BA%A6%E7%A9%97"
      "&label=Home+server&target_key=other&target_platform=qq",
      &error);

  g_assert_no_error (error);
  g_assert_cmpstr (link->url, ==, "wss://h:8090/ws");
  g_assert_cmpstr (link->key, ==, "s3cr+et/=");
  g_assert_true (link->has_kind);
  g_assert_cmpint (link->kind, ==, WT_DIALECT_MAIBOT);
  g_assert_cmpstr (link->platform, ==, "wheatear");
  g_assert_cmpstr (link->user_id, ==, "42");
  g_assert_cmpstr (link->nickname, ==, "麦穗");
  g_assert_cmpstr (link->label, ==, "Home server");
  g_assert_cmpstr (link->target_key, ==, "other");
  g_assert_cmpstr (link->target_platform, ==, "qq");
}

static void
test_least (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtLink) link = wt_link_parse (ADD URL "&key=&nickname", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (link->url, ==, "wss://h:8090/ws");
  g_assert_null (link->key);
  g_assert_false (link->has_kind);
  g_assert_null (link->platform);
  g_assert_null (link->user_id);
  g_assert_null (link->nickname);
  g_assert_null (link->label);
  g_assert_null (link->target_key);
  g_assert_null (link->target_platform);
}

static void
test_good (void)
{
  static const char *const rows[] = {
    "WHEATEAR://ADD?" URL,
    "wheatear://add/?" URL,
    ADD "url=ws://127.0.0.1:8090/ws",
    ADD "&&" URL "&",
    ADD URL "&kind=Guide",
    ADD URL "&colour=blue&colour=red&insecure=1",
    ADD URL "&nickname=麦穗",
    /* An emoji of three, joined by what is invisible. */
    ADD URL "&nickname=%F0%9F%91%A9%E2%80%8D%F0%9F%8C%BE",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WtLink) link = NULL;

      g_test_message ("%s", rows[i]);
      link = wt_link_parse (rows[i], &error);
      g_assert_no_error (error);
      g_assert_true (wt_endpoint_check_url (link->url, NULL));
    }
}

static void
test_bad (void)
{
  static const struct
  {
    const char *text;
    WtLinkError code;
  } rows[] = {
    { "", WT_LINK_ERROR_SYNTAX },
    { "wheatear", WT_LINK_ERROR_SYNTAX },
    { "wheatear:", WT_LINK_ERROR_SYNTAX },
    { "wheatear:add?" URL, WT_LINK_ERROR_SYNTAX },
    { "wheatears://add?" URL, WT_LINK_ERROR_SYNTAX },
    { "https://add?" URL, WT_LINK_ERROR_SYNTAX },
    { "file:///etc/passwd", WT_LINK_ERROR_SYNTAX },
    { " " ADD URL, WT_LINK_ERROR_SYNTAX },
    { ADD URL "&nickname=Old Tom", WT_LINK_ERROR_SYNTAX },
    { ADD URL "#hunter2", WT_LINK_ERROR_SYNTAX },
    { ADD URL "\n", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&key=hunter2\x01", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&key=hunter2\xff", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&key=hunter2%FF", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&key=hunter2%00", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&key=hunter2%0A", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&key=hunter2%zz", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&key=hunter2%", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&key=hunter2%4", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&unknown=%E2%80%AE", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&nickname=a%E2%80%AEb", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&nickname=a%E2%80%A8b", WT_LINK_ERROR_SYNTAX },
    { ADD URL "&nickname=a%C2%85b", WT_LINK_ERROR_SYNTAX },
    { "wheatear://", WT_LINK_ERROR_ACTION },
    { "wheatear://?" URL, WT_LINK_ERROR_ACTION },
    { "wheatear:///add?" URL, WT_LINK_ERROR_ACTION },
    { "wheatear://add//?" URL, WT_LINK_ERROR_ACTION },
    { "wheatear://remove?" URL, WT_LINK_ERROR_ACTION },
    { "wheatear://me@add?" URL, WT_LINK_ERROR_ACTION },
    { "wheatear://add:80?" URL, WT_LINK_ERROR_ACTION },
    { "wheatear://%61dd?" URL, WT_LINK_ERROR_ACTION },
    { ADD URL "&" URL, WT_LINK_ERROR_REPEATED },
    { ADD URL "&key=hunter2&key=hunter2", WT_LINK_ERROR_REPEATED },
    { ADD URL "&key=&key=hunter2", WT_LINK_ERROR_REPEATED },
    { ADD URL "&key=hunter2&%6Bey=x", WT_LINK_ERROR_REPEATED },
    { ADD URL "&kind=maibot&kind=maibot", WT_LINK_ERROR_REPEATED },
    { "wheatear://add", WT_LINK_ERROR_VALUE },
    { ADD, WT_LINK_ERROR_VALUE },
    { ADD "key=hunter2", WT_LINK_ERROR_VALUE },
    { ADD "url=&key=hunter2", WT_LINK_ERROR_VALUE },
    { ADD "URL=ws%3A%2F%2Fh", WT_LINK_ERROR_VALUE },
    { ADD "url=http%3A%2F%2Fh", WT_LINK_ERROR_VALUE },
    { ADD "url=h", WT_LINK_ERROR_VALUE },
    { ADD "url=javascript%3A%2F%2Fh", WT_LINK_ERROR_VALUE },
    { ADD "url=ws%3A%2F%2F", WT_LINK_ERROR_VALUE },
    { ADD "url=ws%3A%2F%2Fh%20x", WT_LINK_ERROR_VALUE },
    { ADD "url=ws%3A%2F%2Fgood.example%40evil.example%2Fws", WT_LINK_ERROR_VALUE },
    { ADD "url=ws%3A%2F%2Fh%3Fapi_key%3Dhunter2", WT_LINK_ERROR_VALUE },
    { ADD URL "&kind=hunter2", WT_LINK_ERROR_VALUE },
    { ADD URL "&key=hunter2+", WT_LINK_ERROR_VALUE },
    { ADD URL "&target_key=+hunter2", WT_LINK_ERROR_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_null (wt_link_parse (rows[i].text, &error));
      g_assert_error (error, WT_LINK_ERROR, (gint) rows[i].code);
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

/* What an account cannot have is refused in the words of the form. */
static void
test_bad_values (void)
{
  static const struct
  {
    const char *text;
    WtEndpointError code;
  } rows[] = {
    { ADD URL "&platform=a%20b", WT_ENDPOINT_ERROR_PLATFORM },
    { ADD URL "&target_platform=a+b", WT_ENDPOINT_ERROR_PLATFORM },
    { ADD URL "&key=%20hunter2", WT_ENDPOINT_ERROR_KEY },
    { ADD URL "&target_key=hunter2%20", WT_ENDPOINT_ERROR_KEY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_null (wt_link_parse (rows[i].text, &error));
      g_assert_error (error, WT_ENDPOINT_ERROR, (gint) rows[i].code);
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

static void
test_long (void)
{
  static const struct
  {
    const char *before;
    const char *each;
    guint fits;
  } rows[] = {
    { ADD URL "&unknown=", "x", 16384 - sizeof (ADD URL "&unknown=") + 1 },
    { ADD URL, "&x=y", 63 },
    { ADD URL "&nickname=", "%E9%BA%A6", 256 },
    { ADD URL "&user_id=", "x", 256 },
    { ADD URL "&label=", "x", 256 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (rows[i].before);
      g_autoptr (WtLink) link = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < rows[i].fits; j++)
        g_string_append (text, rows[i].each);
      g_test_message ("%s", rows[i].before);
      link = wt_link_parse (text->str, &error);
      g_assert_no_error (error);
      g_assert_nonnull (link);
      g_string_append (text, rows[i].each);
      g_assert_null (wt_link_parse (text->str, &error));
      g_assert_error (error, WT_LINK_ERROR, WT_LINK_ERROR_LENGTH);
    }
}

/* Whatever is cut, turned or put in: it is read or refused, and never with the key in what is said. */
static void
test_hostile (void)
{
  static const char whole[] = ADD URL "&key=hunter2&kind=guide&nickname=%E9%BA%A6+b&user_id=1";
  static const char nasty[] = "%&=?#+/\\ \x01\x7f\xff\xc3\xe2"
                              "A0:";
  guint read = 0;

  for (guint i = 0; i < 200000; i++)
    {
      g_autofree char *text = g_strdup (whole);
      g_autoptr (GError) error = NULL;
      g_autoptr (WtLink) link = NULL;
      guint changes = 1 + (guint) g_test_rand_int_range (0, 3);

      for (guint j = 0; j < changes; j++)
        text[g_test_rand_int_range (0, (gint32) strlen (whole))]
            = nasty[g_test_rand_int_range (0, sizeof nasty)];
      link = wt_link_parse (text, &error);
      g_assert_true ((link == NULL) == (error != NULL));
      if (link == NULL)
        {
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          g_assert_null (strstr (error->message, "hunter2"));
          continue;
        }
      read++;
      g_assert_true (wt_endpoint_check_url (link->url, NULL));
      g_assert_true (link->nickname == NULL || g_utf8_validate (link->nickname, -1, NULL));
    }
  g_assert_cmpuint (read, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/whole", test_whole);
  g_test_add_func ("/link/least", test_least);
  g_test_add_func ("/link/good", test_good);
  g_test_add_func ("/link/bad", test_bad);
  g_test_add_func ("/link/bad-values", test_bad_values);
  g_test_add_func ("/link/long", test_long);
  g_test_add_func ("/link/hostile", test_hostile);
  return g_test_run ();
}
