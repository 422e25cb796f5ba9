/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-test.h"

#include "wt-chat-view.h"
#include "wt-composer.h"
#include "wt-message-row.h"
#include "wt-timeline-view.h"

typedef struct
{
  WtChatView *view;
  WtTimelineView *timeline;
  WtSearchBar *bar;
  GtkWidget *entry;
} Parts;

static Parts
show (WtSearchFixture *fixture)
{
  Parts parts;

  parts.view = WT_CHAT_VIEW (wt_chat_view_new (fixture->profile, NULL));
  wt_chat_view_set_conversation (parts.view, fixture->chat);
  fixture->window = wt_chat_test_show (GTK_WIDGET (parts.view));
  parts.timeline = WT_TIMELINE_VIEW (
      wt_chat_test_find (GTK_WIDGET (parts.view), WT_TYPE_TIMELINE_VIEW, NULL));
  parts.bar = wt_chat_view_get_search (parts.view);
  parts.entry = wt_chat_test_find (GTK_WIDGET (parts.bar), GTK_TYPE_SEARCH_ENTRY, NULL);
  wt_test_wait_until (wt_timeline_view_get_model (parts.timeline) != NULL);
  return parts;
}

/* What the bar says of where it is: the first label. */
static gboolean
says (Parts *parts, const char *words)
{
  GtkWidget *label = wt_chat_test_find (GTK_WIDGET (parts->bar), GTK_TYPE_LABEL, "numeric");

  return g_str_equal (gtk_label_get_text (GTK_LABEL (label)), words);
}

static gboolean
is_shown (Parts *parts, guint position)
{
  GtkWidget *row = wt_timeline_view_get_row (parts->timeline, position);

  return row != NULL && gtk_widget_has_css_class (row, "highlighted");
}

static void
type (Parts *parts, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (parts->entry), text);
}

static void
test_steps (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts;

  wt_search_test_add (fixture, fixture->chat, "Bob", "麦田 one");
  wt_search_test_add (fixture, fixture->chat, NULL, "nothing here");
  wt_search_test_add (fixture, fixture->chat, "Bob", "the 麦田 two");
  wt_search_test_add (fixture, fixture->group, "Bob", "麦田 elsewhere");
  parts = show (fixture);
  wt_search_bar_open (parts.bar);
  g_assert_true (says (&parts, ""));

  type (&parts, "麦田");
  wt_test_wait_until (says (&parts, "1 of 2"));
  wt_test_wait_until (is_shown (&parts, 2));
  g_signal_emit_by_name (parts.entry, "activate");
  g_assert_true (says (&parts, "2 of 2"));
  wt_test_wait_until (is_shown (&parts, 0));
  g_signal_emit_by_name (parts.entry, "next-match");
  g_assert_true (says (&parts, "2 of 2"));
  g_signal_emit_by_name (parts.entry, "previous-match");
  g_assert_true (says (&parts, "1 of 2"));
  g_signal_emit_by_name (parts.entry, "previous-match");
  g_assert_true (says (&parts, "1 of 2"));
  wt_test_wait_until (is_shown (&parts, 2));
}

/* The words stand out in the bubble, and no longer once the bar is closed. */
static void
test_marks (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts;
  GtkWidget *text;

  wt_search_test_add (fixture, fixture->chat, "Bob", "the wheat field");
  parts = show (fixture);
  wt_test_wait_until (wt_timeline_view_get_row (parts.timeline, 0) != NULL);
  text = wt_chat_test_find (GTK_WIDGET (parts.timeline), GTK_TYPE_LABEL, "text");
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (text)));
  wt_search_bar_open (parts.bar);
  type (&parts, "whe");
  g_assert_nonnull (gtk_label_get_attributes (GTK_LABEL (text)));
  type (&parts, "zzz");
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (text)));
  type (&parts, "whe");
  wt_search_bar_close (parts.bar);
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (text)));
}

/* However fast one types, what is shown at the end is of what stands there at the end. */
static void
test_typing (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts;

  for (guint i = 0; i < 9; i++)
    wt_search_test_add (fixture, fixture->chat, "Bob", i % 3 == 0 ? "wheat" : "whale");
  parts = show (fixture);
  wt_search_bar_open (parts.bar);
  for (guint i = 0; i < 50; i++)
    {
      type (&parts, "w");
      type (&parts, "wh");
      type (&parts, "wha");
      type (&parts, "whe");
    }
  wt_test_wait_until (says (&parts, "1 of 3"));
  wt_chat_test_wait_painted (fixture->window);
  g_assert_true (says (&parts, "1 of 3"));
}

static void
test_nothing (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts;
  GtkWidget *nothing;

  wt_search_test_add (fixture, fixture->chat, "Bob", "hello");
  parts = show (fixture);
  nothing = wt_chat_test_find (GTK_WIDGET (parts.bar), GTK_TYPE_LABEL, "caption");
  wt_search_bar_open (parts.bar);
  type (&parts, "天气 zzz");
  wt_test_wait_until (says (&parts, "None"));
  g_assert_true (gtk_widget_get_visible (nothing));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (nothing)), "“Bob” for “天气 zzz”"));
  type (&parts, "hello");
  wt_test_wait_until (says (&parts, "1 of 1"));
  g_assert_false (gtk_widget_get_visible (nothing));
}

static void
test_focus (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts = show (fixture);
  GtkWidget *composer = wt_chat_test_find (GTK_WIDGET (parts.view), WT_TYPE_COMPOSER, NULL);
  GtkWidget *focus;

  wt_chat_view_focus_composer (parts.view);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (focus, composer));
  wt_search_bar_open (parts.bar);
  g_assert_true (
      gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), parts.entry));
  g_signal_emit_by_name (parts.entry, "stop-search");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (parts.bar)));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == focus);

  /* Another conversation is another search. */
  wt_search_bar_open (parts.bar);
  wt_chat_view_set_conversation (parts.view, fixture->group);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (parts.bar)));
}

/* In a long history, by a hit far away, by its day, and when the conversation is not open yet. */
static void
test_far (WtSearchFixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  Parts parts;

  wt_search_test_add (fixture, fixture->chat, "Bob", "the needle");
  wt_search_test_fill (fixture, fixture->chat, n);
  wt_search_test_add (fixture, fixture->group, "Bob", "hello");
  parts = show (fixture);
  wt_search_bar_open (parts.bar);
  type (&parts, "needle");
  wt_test_wait_until (says (&parts, "1 of 1"));
  wt_test_wait_until (is_shown (&parts, 0));

  g_signal_emit_by_name (parts.bar, "day", WT_CHAT_TEST_NOW + n / 2 * WT_CHAT_TEST_MINUTE);
  wt_test_wait_until (is_shown (&parts, n / 2));
  g_signal_emit_by_name (parts.bar, "day", G_MAXINT64);
  wt_test_wait_until (wt_timeline_view_get_at_bottom (parts.timeline));

  wt_chat_view_set_conversation (parts.view, fixture->group);
  wt_chat_view_show_message (parts.view, fixture->chat, n / 3, NULL);
  wt_test_wait_until (is_shown (&parts, n / 3 - 1));
  /* Where one goes is not forgotten on the way. */
  wt_chat_view_show_message (parts.view, fixture->group, 1, NULL);
  wt_chat_view_show_message (parts.view, fixture->chat, 5, NULL);
  wt_test_wait_until (is_shown (&parts, 4));
}

/* The hit that is shown stays the one that is shown while others go and come back. */
static void
test_deleted (WtSearchFixture *fixture, gconstpointer data)
{
  WtVeil *veil = wt_conversation_get_veil (fixture->chat);
  const gint64 newest = 3, shown = 2;
  Parts parts;

  for (guint i = 0; i < 3; i++)
    wt_search_test_add (fixture, fixture->chat, "Bob", "麦田");
  parts = show (fixture);
  wt_search_bar_open (parts.bar);
  type (&parts, "麦田");
  wt_test_wait_until (says (&parts, "1 of 3"));
  wt_search_bar_step (parts.bar, 1);
  wt_test_wait_until (says (&parts, "2 of 3"));

  wt_veil_set (veil, &newest, 1, TRUE);
  wt_test_wait_until (says (&parts, "1 of 2"));
  wt_veil_set (veil, &newest, 1, FALSE);
  wt_test_wait_until (says (&parts, "2 of 3"));
  wt_veil_set (veil, &shown, 1, TRUE);
  wt_test_wait_until (says (&parts, "2 of 2"));
  wt_veil_set (veil, &shown, 1, FALSE);
  wt_test_wait_until (says (&parts, "3 of 3"));
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);
#define ADD(name, data, func)                                                                      \
  g_test_add ("/search-bar/" name, WtSearchFixture, data, wt_search_test_set_up, func,             \
              wt_search_test_tear_down)
  ADD ("steps", NULL, test_steps);
  ADD ("marks", NULL, test_marks);
  ADD ("typing", NULL, test_typing);
  ADD ("nothing", NULL, test_nothing);
  ADD ("focus", NULL, test_focus);
  ADD ("deleted", NULL, test_deleted);
  ADD ("far", GUINT_TO_POINTER (3000), test_far);
  if (g_test_slow ())
    ADD ("far-million", GUINT_TO_POINTER (1000000), test_far);
  return g_test_run ();
}
