/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-error-words.h"

#include "wt-database.h"
#include "wt-demo.h"
#include "wt-endpoint.h"

#include <gio/gio.h>

static void
test_every_code (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = WT_DATABASE_ERROR_NEWER; code <= WT_DATABASE_ERROR_FAILED; code++)
    {
      g_autoptr (GError) error = g_error_new (WT_DATABASE_ERROR, code, "code %d", code);
      g_autofree char *advice = wt_error_words_advice (error, "/folder");
      char *title = wt_error_words_title (error);

      /* Each its own, none the fallback, the technical words last. */
      g_assert_cmpstr (title, !=, "Something Went Wrong");
      g_assert_true (g_hash_table_add (titles, title));
      g_assert_nonnull (strstr (advice, "/folder"));
      g_assert_true (g_str_has_suffix (advice, error->message));
    }
}

/* What stands in the window says what it means for the messages, and for a full disk what to do. */
static void
test_standing (void)
{
  static const struct
  {
    int code;
    const char *part;
  } rows[] = {
    { WT_DATABASE_ERROR_CORRUPT, "safe place" },    { WT_DATABASE_ERROR_FULL, "Free some space" },
    { WT_DATABASE_ERROR_READ_ONLY, "permissions" }, { WT_DATABASE_ERROR_BUSY, "Close it" },
    { WT_DATABASE_ERROR_FAILED, "Check the disk" },
  };
  g_autoptr (GError) other = g_error_new_literal (G_MARKUP_ERROR, 0, "x");
  g_autofree char *fallback = wt_error_words_standing (other);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (WT_DATABASE_ERROR, rows[i].code, "x");
      g_autofree char *words = wt_error_words_standing (error);

      g_assert_nonnull (strstr (words, rows[i].part));
      g_assert_cmpstr (words, !=, fallback);
    }
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_MARKUP_ERROR, 0, "\xff <b>");
  g_autofree char *title = wt_error_words_title (error);
  g_autofree char *advice = wt_error_words_advice (error, NULL);
  g_autofree char *sentence = wt_error_words_sentence (error);

  g_assert_cmpstr (title, ==, "Something Went Wrong");
  g_assert_true (g_utf8_validate (advice, -1, NULL));
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
}

/* Messages that are meant for the user already come as they are. */
static void
test_endpoint (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  g_assert_false (wt_endpoint_check_url ("http://example.org", &error));
  sentence = wt_error_words_sentence (error);
  g_assert_cmpstr (sentence, ==, error->message);
}

static void
test_demo (void)
{
  g_autoptr (GError) error = g_error_new_literal (WT_DEMO_ERROR, WT_DEMO_ERROR_ENDED, "It ended.");
  g_autofree char *title = wt_error_words_title (error);
  g_autofree char *sentence = wt_error_words_sentence (error);

  g_assert_cmpstr (title, ==, "The Demo Cannot Be Shown");
  g_assert_cmpstr (sentence, ==, "It ended.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/error-words/every-code", test_every_code);
  g_test_add_func ("/ui/error-words/standing", test_standing);
  g_test_add_func ("/ui/error-words/unknown", test_unknown);
  g_test_add_func ("/ui/error-words/endpoint", test_endpoint);
  g_test_add_func ("/ui/error-words/demo", test_demo);
  return g_test_run ();
}
