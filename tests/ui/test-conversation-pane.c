/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-pane.h"

#include "wt-ui-test.h"

#define MANY 10000

typedef struct
{
  WtConversationList *list;
  GPtrArray *conversations;
  GtkWidget *window;
  WtConversationPane *pane;
  guint looked_at;
} Fixture;

static void
on_looked_at (Fixture *fixture)
{
  fixture->looked_at++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (WtAccountRecord) account_record = wt_ui_test_make_account ("me");
  g_autoptr (WtAccount) account = wt_account_new (account_record);

  fixture->list = wt_conversation_list_new ();
  fixture->conversations = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Chat %u", i);
      g_autoptr (WtConversationRecord) record = wt_ui_test_make_conversation (
          i, i % 2 == 0 ? WT_CONVERSATION_GROUP : WT_CONVERSATION_DIRECT, title);

      record->last_seq = 1;
      record->last_time = i * G_USEC_PER_SEC;
      record->last_text = g_strdup ("text");
      g_ptr_array_add (fixture->conversations, wt_conversation_new (account, record));
    }
  wt_conversation_list_add_many (fixture->list, fixture->conversations);

  fixture->pane = g_object_new (WT_TYPE_CONVERSATION_PANE, "groups", FALSE, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 320, 480);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->pane));
  g_signal_connect_swapped (fixture->pane, "looked-at", G_CALLBACK (on_looked_at), fixture);
  wt_conversation_pane_set_model (fixture->pane, fixture->list);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer pane = fixture->pane;

  g_object_add_weak_pointer (G_OBJECT (pane), &pane);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (pane);
  g_object_unref (fixture->list);
  g_ptr_array_unref (fixture->conversations);
}

static GtkSingleSelection *
get_selection (Fixture *fixture)
{
  GObject *list = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                 WT_TYPE_CONVERSATION_PANE, "list");

  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static const char *
get_page (Fixture *fixture)
{
  GObject *stack = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                  WT_TYPE_CONVERSATION_PANE, "stack");

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_selection (fixture)));
}

static void
test_order_and_filter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversation) first = wt_conversation_pane_get_first (fixture->pane);

  /* Its own kind only, newest first. */
  g_assert_cmpuint (count (fixture), ==, 5);
  g_assert_cmpint (wt_conversation_get_id (first), ==, 9);
  g_assert_cmpstr (get_page (fixture), ==, "list");

  wt_conversation_pane_set_filter (fixture->pane, "CHAT 3");
  g_assert_cmpuint (count (fixture), ==, 1);
  wt_conversation_pane_set_filter (fixture->pane, "nobody");
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_cmpstr (get_page (fixture), ==, "nothing");
  wt_conversation_pane_set_filter (fixture->pane, "");
  g_assert_cmpuint (count (fixture), ==, 5);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (get_page (fixture), ==, "empty");
}

/* What is open stays selected when the list moves, and nobody is told that the user chose something. */
static void
test_selection (Fixture *fixture, gconstpointer data)
{
  WtConversation *open = g_ptr_array_index (fixture->conversations, 2);
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (open));

  wt_conversation_pane_set_current (fixture->pane, open);
  g_assert_true (gtk_single_selection_get_selected_item (get_selection (fixture)) == open);

  record->last_seq = 2;
  record->last_time = 1000 * G_USEC_PER_SEC;
  wt_conversation_update (open, record);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (fixture)), ==, 0);

  /* Out of sight and back. */
  wt_conversation_pane_set_filter (fixture->pane, "nobody");
  g_assert_null (gtk_single_selection_get_selected_item (get_selection (fixture)));
  wt_conversation_pane_set_filter (fixture->pane, "");
  g_assert_true (gtk_single_selection_get_selected_item (get_selection (fixture)) == open);
  g_assert_cmpuint (fixture->looked_at, ==, 0);

  /* The user goes on with the arrow keys. */
  gtk_single_selection_set_selected (get_selection (fixture), 1);
  g_assert_cmpuint (fixture->looked_at, ==, 1);
}

static void
test_beside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversation) next = NULL;
  g_autoptr (WtConversation) previous = NULL;

  wt_conversation_pane_set_current (fixture->pane, g_ptr_array_index (fixture->conversations, 8));
  next = wt_conversation_pane_get_beside (fixture->pane, 1);
  previous = wt_conversation_pane_get_beside (fixture->pane, -1);
  g_assert_cmpint (wt_conversation_get_id (next), ==, 7);
  g_assert_null (previous);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    n++;
  return n;
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  GObject *list = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                 WT_TYPE_CONVERSATION_PANE, "list");

  wt_test_wait_until (gtk_widget_get_height (GTK_WIDGET (list)) > 0);
  g_assert_cmpuint (count (fixture), ==, MANY / 2);
  g_assert_cmpuint (count_rows (GTK_WIDGET (list)), <, 400);
  wt_conversation_pane_set_filter (fixture->pane, "Chat 4999");
  g_assert_cmpuint (count (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
  g_test_add ("/ui/conversation-pane/order-and-filter", Fixture, GUINT_TO_POINTER (10), set_up,
              test_order_and_filter, tear_down);
  g_test_add ("/ui/conversation-pane/empty", Fixture, GUINT_TO_POINTER (0), set_up, test_empty,
              tear_down);
  g_test_add ("/ui/conversation-pane/selection", Fixture, GUINT_TO_POINTER (10), set_up,
              test_selection, tear_down);
  g_test_add ("/ui/conversation-pane/beside", Fixture, GUINT_TO_POINTER (10), set_up, test_beside,
              tear_down);
  g_test_add ("/ui/conversation-pane/many", Fixture, GUINT_TO_POINTER (MANY), set_up, test_many,
              tear_down);
  return g_test_run ();
}
