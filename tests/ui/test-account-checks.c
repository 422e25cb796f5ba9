/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-account-checks.h"

typedef struct
{
  const char *text;
  WtCheck expected;
} Case;

static const Case urls[] = {
  { "", WT_CHECK_MISSING },
  { NULL, WT_CHECK_MISSING },
  { "ws://127.0.0.1:18040/ws", WT_CHECK_GOOD },
  { "ws://localhost:18040/ws", WT_CHECK_GOOD },
  { "ws://[::1]:18040/ws", WT_CHECK_GOOD },
  { "wss://example.org/ws", WT_CHECK_GOOD },
  { "ws://example.org:18040/ws", WT_CHECK_WARNING },
  { "ws://192.168.1.4:18040/ws", WT_CHECK_WARNING },
  { "http://example.org/ws", WT_CHECK_BAD },
  { "example.org", WT_CHECK_BAD },
  { "ws://", WT_CHECK_BAD },
  { "ws://example.org:99999/ws", WT_CHECK_BAD },
  { "麦穗", WT_CHECK_BAD },
};

static const Case maibot_platforms[] = {
  { "", WT_CHECK_MISSING }, { "wheatear", WT_CHECK_GOOD }, { "qq", WT_CHECK_BAD },
  { "QQ", WT_CHECK_BAD },   { "webui", WT_CHECK_BAD },     { "Wheatear", WT_CHECK_WARNING },
  { "a\nb", WT_CHECK_BAD },
};

static const Case guide_platforms[] = {
  { "", WT_CHECK_MISSING },
  { "qq", WT_CHECK_GOOD },
  { "Wheatear", WT_CHECK_GOOD },
  { "a\nb", WT_CHECK_BAD },
};

static const Case user_ids[] = {
  { "", WT_CHECK_MISSING },   { "me", WT_CHECK_GOOD }, { "我", WT_CHECK_GOOD },
  { "10001", WT_CHECK_GOOD }, { "a b", WT_CHECK_BAD }, { "a\tb", WT_CHECK_BAD },
};

/* What cannot be saved for another reason than being empty must say why, and so must a warning. */
static void
assert_check (const Case *item, WtCheck check, const char *words)
{
  if (check != item->expected)
    g_error ("“%s”: %d instead of %d", item->text, check, item->expected);
  g_assert_true ((check == WT_CHECK_BAD || check == WT_CHECK_WARNING) == (words != NULL));
  g_assert_true (wt_check_allows (check) == (check == WT_CHECK_GOOD || check == WT_CHECK_WARNING));
}

static void
test_url (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *words = NULL;

      WtCheck check = wt_account_checks_url (urls[i].text, &words);

      assert_check (&urls[i], check, words);
    }
}

static void
test_platform (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (maibot_platforms); i++)
    {
      g_autofree char *words = NULL;
      const Case *item = &maibot_platforms[i];

      WtCheck check = wt_account_checks_platform (item->text, WT_DIALECT_MAIBOT, &words);

      assert_check (item, check, words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (guide_platforms); i++)
    {
      g_autofree char *words = NULL;
      const Case *item = &guide_platforms[i];

      WtCheck check = wt_account_checks_platform (item->text, WT_DIALECT_GUIDE, &words);

      assert_check (item, check, words);
    }
}

static void
test_user_id (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (user_ids); i++)
    {
      g_autofree char *words = NULL;

      WtCheck check = wt_account_checks_user_id (user_ids[i].text, &words);

      assert_check (&user_ids[i], check, words);
    }
}

static void
test_key (void)
{
  g_autofree char *words = NULL;

  g_assert_cmpint (wt_account_checks_key ("", FALSE, &words), ==, WT_CHECK_MISSING);
  g_assert_cmpint (wt_account_checks_key ("", TRUE, &words), ==, WT_CHECK_GOOD);
  g_assert_cmpint (wt_account_checks_key ("secret", FALSE, &words), ==, WT_CHECK_GOOD);
  g_assert_null (words);
  g_assert_cmpint (wt_account_checks_key ("a\r\nx-injected: 1", FALSE, &words), ==, WT_CHECK_BAD);
  g_assert_nonnull (words);
}

static void
test_file (void)
{
  g_autofree char *words = NULL;

  g_assert_cmpint (wt_account_checks_file ("", &words), ==, WT_CHECK_GOOD);
  g_assert_cmpint (wt_account_checks_file ("/", &words), ==, WT_CHECK_BAD);
  g_assert_nonnull (words);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/account-checks/url", test_url);
  g_test_add_func ("/ui/account-checks/platform", test_platform);
  g_test_add_func ("/ui/account-checks/user-id", test_user_id);
  g_test_add_func ("/ui/account-checks/key", test_key);
  g_test_add_func ("/ui/account-checks/file", test_file);
  return g_test_run ();
}
