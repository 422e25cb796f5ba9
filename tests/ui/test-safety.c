/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-safety-words.h"

#include "wt-account-button.h"
#include "wt-account-row.h"
#include "wt-safety-bar.h"
#include "wt-session-watch.h"
#include "wt-settings.h"
#include "wt-trouble-bar.h"
#include "wt-ui-test.h"

#include <string.h>

static const struct
{
  const char *url;
  gboolean insecure;
  WtSafety expected;
} cases[] = {
  { "wss://example.org/ws", FALSE, WT_SAFETY_GOOD },
  { "wss://example.org/ws", TRUE, WT_SAFETY_UNVERIFIED },
  { "wss://127.0.0.1/ws", TRUE, WT_SAFETY_UNVERIFIED },
  { "ws://127.0.0.1:8090/ws", FALSE, WT_SAFETY_GOOD },
  { "ws://127.1.2.3/ws", FALSE, WT_SAFETY_GOOD },
  { "ws://localhost/ws", FALSE, WT_SAFETY_GOOD },
  { "ws://[::1]:8090/ws", FALSE, WT_SAFETY_GOOD },
  /* Nothing is verified there, and nothing needs to be. */
  { "ws://localhost/ws", TRUE, WT_SAFETY_GOOD },
  { "ws://192.168.1.5:8090/ws", FALSE, WT_SAFETY_CLEAR },
  { "ws://example.org/ws", TRUE, WT_SAFETY_CLEAR },
  { "ws://localhost.example.org/ws", FALSE, WT_SAFETY_CLEAR },
  /* It leads nowhere. */
  { "nonsense", TRUE, WT_SAFETY_GOOD },
};

static WtAccountRecord *
make_record (const char *url, gboolean insecure)
{
  WtAccountRecord *record = wt_ui_test_make_account ("me");

  g_clear_pointer (&record->url, g_free);
  record->url = g_strdup (url);
  record->insecure = insecure;
  return record;
}

static void
test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WtAccountRecord) record = make_record (cases[i].url, cases[i].insecure);
      WtSafety safety = wt_safety_of_account (record);
      g_autofree char *notice = wt_safety_words_notice (safety, NULL);
      g_autofree char *named = wt_safety_words_notice (safety, "Home");

      if (safety != cases[i].expected)
        g_error ("%s: %d instead of %d", cases[i].url, safety, cases[i].expected);
      g_assert_true ((notice != NULL) == (safety != WT_SAFETY_GOOD));
      g_assert_true ((wt_safety_words_short (safety) != NULL) == (safety != WT_SAFETY_GOOD));
      g_assert_true (named == NULL || g_str_has_prefix (named, "Home: "));
    }
}

typedef struct
{
  WtProfile *profile;
  char *folder;
  GSettings *settings;
  WtSessionWatch *watch;
  WtSession *session; /* borrowed */
  GtkWidget *bar;
} Fixture;

static WtSession *
save (Fixture *fixture, const WtAccountRecord *record)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WtSession *session;

  wt_profile_save_account_async (fixture->profile, record, "key", NULL, NULL, wt_ui_test_on_done,
                                 &result);
  wt_test_wait_until (result != NULL);
  session = wt_profile_save_account_finish (fixture->profile, result, &error);
  g_assert_no_error (error);
  return session;
}

static void
change (Fixture *fixture, const char *url, gboolean insecure)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_copy (
      wt_account_get_record (wt_session_get_account (fixture->session)));

  g_clear_pointer (&record->url, g_free);
  record->url = g_strdup (url);
  record->insecure = insecure;
  save (fixture, record);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->settings = wt_settings_open (NULL, &error);
  g_assert_no_error (error);
  g_settings_reset (fixture->settings, "accepted-unencrypted");
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->watch = wt_session_watch_new (wt_profile_get_sessions (fixture->profile));
  fixture->bar = g_object_ref_sink (g_object_new (WT_TYPE_SAFETY_BAR, NULL));
  wt_safety_bar_set_watch (WT_SAFETY_BAR (fixture->bar), fixture->watch, fixture->settings);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->bar);
  g_object_unref (fixture->watch);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
  g_object_unref (fixture->settings);
}

static gboolean
is_shown (Fixture *fixture, const char *name)
{
  return gtk_widget_get_visible (
      GTK_WIDGET (gtk_widget_get_template_child (fixture->bar, WT_TYPE_SAFETY_BAR, name)));
}

static void
dismiss (Fixture *fixture)
{
  g_signal_emit_by_name (
      gtk_widget_get_template_child (fixture->bar, WT_TYPE_SAFETY_BAR, "dismiss"), "clicked");
}

static void
test_bar (Fixture *fixture, gconstpointer data)
{
  /* On this computer: nothing to say. */
  g_assert_false (is_shown (fixture, "clear"));
  g_assert_false (is_shown (fixture, "unverified"));

  change (fixture, "ws://192.168.1.5/ws", FALSE);
  g_assert_true (is_shown (fixture, "clear"));
  dismiss (fixture);
  g_assert_false (is_shown (fixture, "clear"));
  /* Another server is another matter. */
  change (fixture, "ws://192.168.1.6/ws", FALSE);
  g_assert_true (is_shown (fixture, "clear"));
  change (fixture, "ws://192.168.1.5/ws", FALSE);
  g_assert_false (is_shown (fixture, "clear"));

  change (fixture, "wss://192.168.1.5/ws", TRUE);
  g_assert_true (is_shown (fixture, "unverified"));
  change (fixture, "wss://192.168.1.5/ws", FALSE);
  g_assert_false (is_shown (fixture, "unverified"));
}

static void
test_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = g_object_ref_sink (wt_account_row_new (fixture->session));
  GtkLabel *safety = GTK_LABEL (gtk_widget_get_template_child (row, WT_TYPE_ACCOUNT_ROW, "safety"));

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (safety)));
  change (fixture, "wss://example.org/ws", TRUE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (safety)));
  g_assert_cmpstr (gtk_label_get_label (safety), ==, "Certificates are not verified");
  change (fixture, "wss://example.org/ws", FALSE);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (safety)));
  g_object_unref (row);
}

static const char *
get_state (GtkListBox *list, int position)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (list, position));

  g_assert_nonnull (row);
  return gtk_label_get_label (
      GTK_LABEL (gtk_widget_get_template_child (row, WT_TYPE_ACCOUNT_ROW, "state")));
}

/* Each account with its own state, and the trouble by its name. */
static void
test_two_accounts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) record = make_record ("ws://127.0.0.1:9/ws", FALSE);
  WtSession *second = save (fixture, record);
  GtkWidget *button = g_object_ref_sink (g_object_new (WT_TYPE_ACCOUNT_BUTTON, NULL));
  GtkWidget *bar = g_object_ref_sink (g_object_new (WT_TYPE_TROUBLE_BAR, NULL));
  GtkListBox *list;

  wt_account_button_set_watch (WT_ACCOUNT_BUTTON (button), fixture->watch);
  wt_trouble_bar_set_watch (WT_TROUBLE_BAR (bar), fixture->watch);
  list = GTK_LIST_BOX (gtk_widget_get_template_child (button, WT_TYPE_ACCOUNT_BUTTON, "list"));
  g_assert_cmpstr (get_state (list, 0), ==, "Offline");
  wt_session_start (second);
  wt_test_wait_until (wt_session_get_state (second) == WT_CONNECTION_WAITING);
  g_assert_cmpstr (get_state (list, 0), ==, "Offline");
  g_assert_cmpstr (get_state (list, 1), ==, "Waiting to reconnect");
  g_assert_true (gtk_revealer_get_reveal_child (
      GTK_REVEALER (gtk_widget_get_template_child (bar, WT_TYPE_TROUBLE_BAR, "revealer"))));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (gtk_widget_get_template_child (
                                       bar, WT_TYPE_TROUBLE_BAR, "sentence"))),
                                   "me: "));
  wt_session_stop (second);
  g_object_unref (bar);
  g_object_unref (button);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
  g_test_add_func ("/ui/safety/words", test_words);
  ADD ("/ui/safety/bar", test_bar);
  ADD ("/ui/safety/row", test_row);
  ADD ("/ui/safety/two-accounts", test_two_accounts);
  return g_test_run ();
}
