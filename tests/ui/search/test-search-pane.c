/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-test.h"

#include "wt-deletion.h"
#include "wt-search-author.h"
#include "wt-search-pane.h"
#include "wt-search-row.h"

typedef struct
{
  WtSearchPane *pane;
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *stack;
  WtSearchHit *chosen;
} Parts;

static void
on_chosen (WtSearchPane *pane, WtSearchHit *hit, Parts *parts)
{
  g_set_object (&parts->chosen, hit);
}

static void
show (WtSearchFixture *fixture, Parts *parts)
{
  parts->pane = WT_SEARCH_PANE (wt_search_pane_new (fixture->profile));
  fixture->window = wt_chat_test_show (GTK_WIDGET (parts->pane));
  parts->entry = wt_chat_test_find (GTK_WIDGET (parts->pane), GTK_TYPE_SEARCH_ENTRY, NULL);
  parts->list = wt_chat_test_find (GTK_WIDGET (parts->pane), GTK_TYPE_LIST_VIEW, NULL);
  parts->stack = gtk_widget_get_ancestor (parts->list, GTK_TYPE_STACK);
  g_signal_connect (parts->pane, "chosen", G_CALLBACK (on_chosen), parts);
}

static guint
count (Parts *parts)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (parts->list))));
}

static gboolean
is_page (Parts *parts, const char *name)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (parts->stack)), name);
}

static void
ask (Parts *parts, const char *text)
{
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();

  filter->text = g_strdup (text);
  wt_search_pane_open (parts->pane, filter, NULL);
}

static void
test_pages (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts = { 0 };
  g_autofree char *label = NULL;
  GtkWidget *row;

  wt_search_test_add (fixture, fixture->chat, "Bob", "今天天气不错");
  wt_search_test_add (fixture, fixture->group, NULL, "天气 <b>bold</b> & more");
  show (fixture, &parts);
  g_assert_true (is_page (&parts, "hint"));

  ask (&parts, "天气");
  wt_test_wait_until (is_page (&parts, "list"));
  g_assert_cmpuint (count (&parts), ==, 2);
  wt_chat_test_wait_painted (fixture->window);
  row = wt_chat_test_find (parts.list, WT_TYPE_SEARCH_ROW, NULL);
  label = wt_chat_test_dup_label (gtk_widget_get_parent (row));
  g_assert_nonnull (strstr (label, "You: 天气 <b>bold</b> & more, "));
  g_assert_nonnull (strstr (label, ", in Field"));

  g_signal_emit_by_name (parts.entry, "activate");
  g_assert_true (wt_search_hit_get_conversation (parts.chosen) == fixture->group);
  g_signal_emit_by_name (parts.list, "activate", 1);
  g_assert_true (wt_search_hit_get_conversation (parts.chosen) == fixture->chat);
  g_assert_cmpint (wt_search_hit_get_seq (parts.chosen), ==, 1);
  g_assert_cmpstr (wt_search_hit_get_author (parts.chosen), ==, "Bob");
  g_assert_cmpstr (wt_search_hit_get_typed (parts.chosen), ==, "天气");

  ask (&parts, "zzz");
  wt_test_wait_until (is_page (&parts, "nothing"));
  ask (&parts, "");
  g_assert_true (is_page (&parts, "hint"));
  g_clear_object (&parts.chosen);
}

/* As far as there is something to be seen. */
static gboolean
go_down (GtkAdjustment *adjustment)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return TRUE;
}

/* Only what is looked at is loaded. */
static void
test_grows (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts = { 0 };
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();
  GtkAdjustment *adjustment;
  guint before;

  wt_search_test_fill (fixture, fixture->group, 2000);
  show (fixture, &parts);
  filter->author = g_strdup ("carol");
  wt_search_pane_open (parts.pane, filter, fixture->group);
  wt_test_wait_until (count (&parts) > 0);
  wt_chat_test_wait_painted (fixture->window);
  before = count (&parts);

  /* The view is full and some more, far from all that was found. */
  adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (parts.list, GTK_TYPE_SCROLLED_WINDOW)));
  wt_test_wait_until (gtk_adjustment_get_upper (adjustment)
                      >= 2 * gtk_adjustment_get_page_size (adjustment));
  g_assert_cmpuint (before, <, 50);

  /* Whoever goes on comes to the next pages of them. */
  wt_test_wait_until (go_down (adjustment) && count (&parts) > 60);
}

/* The place is said, and left by one click. */
static void
test_scope (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts = { 0 };
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();
  GtkWidget *scope;

  wt_search_test_add (fixture, fixture->chat, "Bob", "wheat");
  wt_search_test_add (fixture, fixture->group, "Bob", "wheat");
  show (fixture, &parts);
  scope = wt_chat_test_find (GTK_WIDGET (parts.pane), GTK_TYPE_BUTTON, "search-scope");
  filter->text = g_strdup ("wheat");
  wt_search_pane_open (parts.pane, filter, fixture->chat);
  wt_test_wait_until (count (&parts) == 1);
  g_assert_true (gtk_widget_get_visible (scope));
  g_signal_emit_by_name (scope, "clicked");
  wt_test_wait_until (count (&parts) == 2);
  g_assert_false (gtk_widget_get_visible (scope));
}

static GtkWidget *
find_row (GtkWidget *list)
{
  return gtk_widget_get_visible (list) ? gtk_widget_get_first_child (list) : NULL;
}

/* Who has written is offered, and one press is enough. */
static void
test_author (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts = { 0 };
  GtkWidget *author, *button, *entry, *list;
  g_autofree char *label = NULL;

  wt_search_test_add (fixture, fixture->chat, "Bob", "wheat");
  wt_search_test_add (fixture, fixture->group, "Anna", "wheat");
  wt_search_test_add (fixture, fixture->group, "Boris", "wheat");
  show (fixture, &parts);
  ask (&parts, "wheat");
  wt_test_wait_until (count (&parts) == 3);
  author = wt_chat_test_find (GTK_WIDGET (parts.pane), WT_TYPE_SEARCH_AUTHOR, NULL);
  button = gtk_widget_get_ancestor (author, GTK_TYPE_MENU_BUTTON);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  list = wt_chat_test_find (author, GTK_TYPE_LIST_BOX, NULL);
  entry = wt_chat_test_find (author, GTK_TYPE_ENTRY, NULL);
  wt_test_wait_until (find_row (list) != NULL);
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 2));

  gtk_editable_set_text (GTK_EDITABLE (entry), "bo");
  wt_test_wait_until (count (&parts) == 2);
  wt_test_wait_until (find_row (list) != NULL
                      && gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 2) == NULL);
  label = wt_chat_test_dup_label (GTK_WIDGET (find_row (list)));
  g_assert_true (g_str_has_prefix (label, "Written by Bo"));
  g_signal_emit_by_name (list, "row-activated", find_row (list));
  g_assert_false (gtk_widget_get_visible (list));
  wt_test_wait_until (count (&parts) == 1);
  g_assert_cmpuint (strlen (gtk_editable_get_text (GTK_EDITABLE (entry))), >, 2);
}

/* About to be deleted is as good as deleted. */
static void
test_veiled (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts = { 0 };
  gint64 seq = 1;

  wt_search_test_add (fixture, fixture->chat, "Bob", "wheat");
  wt_search_test_add (fixture, fixture->group, "Anna", "wheat");
  wt_veil_set (wt_conversation_get_veil (fixture->chat), &seq, 1, TRUE);
  show (fixture, &parts);
  ask (&parts, "wheat");
  wt_test_wait_until (is_page (&parts, "list"));
  g_assert_cmpuint (count (&parts), ==, 1);
  wt_conversation_set_hidden (fixture->group, TRUE);
  ask (&parts, "wh");
  wt_test_wait_until (is_page (&parts, "nothing"));

  /* What comes back is there again, without a question asked anew. */
  wt_conversation_set_hidden (fixture->group, FALSE);
  wt_test_wait_until (count (&parts) == 1);
  wt_veil_set (wt_conversation_get_veil (fixture->chat), &seq, 1, FALSE);
  wt_test_wait_until (count (&parts) == 2);
  wt_test_wait_until (is_page (&parts, "list"));
}

typedef struct
{
  guint first; /* that changed */
  guint removed;
  guint added;
} Changes;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Changes *changes)
{
  changes->first = MIN (changes->first, position);
  changes->removed += removed;
  changes->added += added;
}

/* What is being looked for again is "so far" until it is found. */
static gboolean
has_ended (Parts *parts)
{
  GtkWidget *summary = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (parts->pane), WT_TYPE_SEARCH_PANE, "summary"));

  return strstr (gtk_label_get_text (GTK_LABEL (summary)), "so far") == NULL;
}

/* One of many goes, comes back, and is gone in the end; the others stay where they are. */
static void
test_deleted (WtSearchFixture *fixture, gconstpointer data)
{
  Parts parts = { 0 };
  Changes changes = { .first = G_MAXUINT };
  g_autoptr (WtDeletion) deletion = NULL;
  GListModel *model;
  gint64 seq = 10;

  for (guint i = 0; i < 12; i++)
    wt_search_test_add (fixture, fixture->chat, "Bob", "straw");
  show (fixture, &parts);
  ask (&parts, "straw");
  wt_test_wait_until (count (&parts) == 12);
  model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (parts.list)));
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), &changes);

  deletion = wt_deletion_new_for_messages (fixture->session, fixture->chat, &seq, 1);
  g_assert_cmpuint (changes.removed, ==, 1);
  g_assert_cmpuint (changes.first, ==, 12 - seq);
  wt_deletion_undo (deletion);
  wt_test_wait_until (changes.added == 1);
  g_assert_cmpuint (changes.removed, ==, 1);
  g_assert_cmpuint (changes.first, ==, 12 - seq);

  g_set_object (&deletion, NULL);
  deletion = wt_deletion_new_for_messages (fixture->session, fixture->chat, &seq, 1);
  g_assert_cmpuint (count (&parts), ==, 11);
  wt_deletion_commit (deletion);
  wt_test_wait_until (!wt_veil_hides (wt_conversation_get_veil (fixture->chat), seq));
  wt_test_wait_until (has_ended (&parts));
  g_assert_cmpuint (count (&parts), ==, 11);
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);
#define ADD(name, func)                                                                            \
  g_test_add ("/search-pane/" name, WtSearchFixture, NULL, wt_search_test_set_up, func,            \
              wt_search_test_tear_down)
  ADD ("deleted", test_deleted);
  ADD ("pages", test_pages);
  ADD ("grows", test_grows);
  ADD ("scope", test_scope);
  ADD ("author", test_author);
  ADD ("veiled", test_veiled);
  return g_test_run ();
}
