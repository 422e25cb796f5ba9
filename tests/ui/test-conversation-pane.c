/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-pane.h"

#include "wt-conversation-slot.h"

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
      record->last_time = (gint64) i * G_USEC_PER_SEC;
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

static GtkAdjustment *
get_adjustment (Fixture *fixture)
{
  GObject *scroller = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                     WT_TYPE_CONVERSATION_PANE, "scroller");

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static void
on_tick (GdkFrameClock *clock, guint *frames)
{
  (*frames)++;
}

/* Until what has changed is laid out and painted. */
static void
settle (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  guint frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_tick), &frames);

  while (frames < 3)
    {
      gtk_widget_queue_draw (fixture->window);
      wt_test_wait_until (frames > 0);
      gtk_widget_queue_resize (GTK_WIDGET (fixture->pane));
      frames++;
      g_main_context_iteration (NULL, FALSE);
    }
  g_signal_handler_disconnect (clock, handler);
}

static void
touch (Fixture *fixture, guint index, guint minutes)
{
  WtConversation *conversation = g_ptr_array_index (fixture->conversations, index);
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));

  record->last_seq++;
  record->last_time = (gint64) (100000 + minutes) * G_USEC_PER_SEC;
  wt_conversation_update (conversation, record);
}

/* The row at a height of the list, by its conversation's id. */
static gint64
get_id_at (Fixture *fixture, double y)
{
  GObject *list = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                 WT_TYPE_CONVERSATION_PANE, "list");
  GtkWidget *item = gtk_widget_pick (GTK_WIDGET (list), 20, y, GTK_PICK_DEFAULT);
  GtkWidget *slot;
  WtConversationRow *row;

  while (item != NULL && gtk_widget_get_parent (item) != GTK_WIDGET (list))
    item = gtk_widget_get_parent (item);
  slot = item != NULL ? gtk_widget_get_first_child (item) : NULL;
  row = slot != NULL ? wt_conversation_slot_get_row (WT_CONVERSATION_SLOT (slot)) : NULL;
  return row != NULL && wt_conversation_row_get_conversation (row) != NULL
             ? wt_conversation_get_id (wt_conversation_row_get_conversation (row))
             : 0;
}

/* Who looks at the newest sees what comes; who has scrolled goes on to see what they see. */
static void
test_scroll (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);
  gint64 seen;

  wt_test_wait_until (gtk_adjustment_get_upper (adjustment) > 1000);
  settle (fixture);
  touch (fixture, 0, 1);
  settle (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  g_assert_cmpint (get_id_at (fixture, 10), ==, 1);

  /* Come back to the top, too; from near and from far. */
  for (guint i = 1; i <= 2; i++)
    {
      gtk_adjustment_set_value (adjustment, 3000);
      settle (fixture);
      gtk_adjustment_set_value (adjustment, 0);
      settle (fixture);
      touch (fixture, i == 1 ? 396 : 100, 1 + i);
      settle (fixture);
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
      g_assert_cmpint (get_id_at (fixture, 10), ==, i == 1 ? 397 : 101);
    }

  gtk_adjustment_set_value (adjustment, 3000);
  settle (fixture);
  seen = get_id_at (fixture, 200);
  g_assert_cmpint (seen, >, 1);
  for (guint i = 0; i < 20; i++)
    touch (fixture, 4 * i + 2, 10 + i);
  settle (fixture);
  g_assert_cmpint (get_id_at (fixture, 200), ==, seen);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 3000);
}

static WtConversationRow *
find_row (Fixture *fixture, gint64 id)
{
  GObject *list = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                 WT_TYPE_CONVERSATION_PANE, "list");

  for (GtkWidget *at = gtk_widget_get_first_child (GTK_WIDGET (list)); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    {
      GtkWidget *slot = gtk_widget_get_first_child (at);
      WtConversationRow *row = slot != NULL
                                   ? wt_conversation_slot_get_row (WT_CONVERSATION_SLOT (slot))
                                   : NULL;

      if (row != NULL && wt_conversation_row_get_conversation (row) != NULL
          && wt_conversation_get_id (wt_conversation_row_get_conversation (row)) == id)
        return row;
    }
  return NULL;
}

static void
say (WtConversation *conversation, const char *text)
{
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));

  record->last_seq++;
  g_free (record->last_text);
  record->last_text = g_strdup (text);
  wt_conversation_update (conversation, record);
}

static void
on_shown (guint *shown)
{
  ++*shown;
}

/* A row whose chat is busy changes as often as anybody can read, and shows the last that was said. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  enum
  {
    MS = 500,
    LEAST_PACE_MS = 50
  };
  WtConversation *conversation = g_ptr_array_index (fixture->conversations, 8);
  WtConversationRow *row = NULL;
  GtkLabel *preview = NULL;
  gint64 begin, elapsed;
  guint shown = 0, said = 0;

  wt_test_wait_until ((row = find_row (fixture, 9)) != NULL);
  settle (fixture);
  preview = GTK_LABEL (
      gtk_widget_get_template_child (GTK_WIDGET (row), WT_TYPE_CONVERSATION_ROW, "preview"));
  g_signal_connect_swapped (preview, "notify::label", G_CALLBACK (on_shown), &shown);

  begin = g_get_monotonic_time ();
  do
    {
      g_autofree char *text = g_strdup_printf ("message %u", ++said);

      say (conversation, text);
      g_main_context_iteration (NULL, FALSE);
      elapsed = (g_get_monotonic_time () - begin) / 1000;
    }
  while (elapsed < MS);
  g_assert_cmpuint (said, >, 100);
  g_assert_cmpuint (shown, >=, 2);
  g_assert_cmpint (shown, <=, 2 + elapsed / LEAST_PACE_MS);

  say (conversation, "the last one");
  wt_test_wait_until (g_str_has_suffix (gtk_label_get_label (preview), "the last one"));
  g_assert_true (find_row (fixture, 9) == row);
  g_signal_handlers_disconnect_by_func (preview, on_shown, &shown);
}

/* The places that have a row. */
static guint
count_filled (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *at = gtk_widget_get_first_child (list); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    {
      GtkWidget *slot = gtk_widget_get_first_child (at);

      if (slot != NULL && wt_conversation_slot_get_row (WT_CONVERSATION_SLOT (slot)) != NULL)
        n++;
    }
  return n;
}

typedef struct
{
  GtkWidget *list;
  guint filled; /* when it was first painted */
  guint listed; /* then */
} FirstFrame;

static void
on_first_frame (FirstFrame *first)
{
  if (first->filled > 0)
    return;
  first->filled = count_filled (first->list);
  first->listed = g_list_model_get_n_items (
      G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (first->list))));
}

/* Only rows that are seen are made, and nobody waits for others, nor for the places of all that is not seen. */
static void
test_first_frame (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                               WT_TYPE_CONVERSATION_PANE, "list"));
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  FirstFrame first = { .list = list };
  gulong handler;
  int row;

  /* Higher than one would think. */
  gtk_css_provider_load_from_data (style, ".title { min-height: 60px; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);

  wt_conversation_pane_set_current (fixture->pane, g_ptr_array_index (fixture->conversations, 0));
  handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_first_frame), &first);
  wt_test_wait_until (first.filled > 0);
  g_signal_handler_disconnect (clock, handler);
  row = gtk_widget_get_height (gtk_widget_get_first_child (list));
  g_assert_cmpint (row, >, 60);
  g_assert_cmpuint (first.filled, >, 2);
  g_assert_cmpuint (first.filled, <=, (guint) (gtk_widget_get_height (list) / row + 1));
  g_assert_cmpuint (first.listed, <=, 100);

  /* All others come at once, and the last of them is open. */
  wt_test_wait_until (count (fixture) == 200);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (fixture)), ==, 199);
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (),
                                                 GTK_STYLE_PROVIDER (style));
}

/* In a new window. */
static void
show (Fixture *fixture, WtConversationList *conversations)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  fixture->pane = g_object_new (WT_TYPE_CONVERSATION_PANE, "groups", FALSE, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->pane));
  wt_conversation_pane_set_model (fixture->pane, conversations);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

/* Where the newest are all of the other kind, nothing is said to be missing before all were looked at. */
static void
test_others_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationList) groups = wt_conversation_list_new ();
  guint n_groups = 0;

  for (guint i = 0; i < fixture->conversations->len; i++)
    {
      WtConversation *conversation = g_ptr_array_index (fixture->conversations, i);

      if (i > 0 && wt_conversation_get_kind (conversation) == WT_CONVERSATION_DIRECT)
        continue;
      wt_conversation_list_remove (fixture->list, conversation);
      wt_conversation_list_add (groups, conversation);
      n_groups++;
    }
  g_assert_cmpuint (n_groups, ==, 201);

  show (fixture, groups);
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_cmpstr (get_page (fixture), ==, "list");
  wt_test_wait_until (count (fixture) == 1);
  g_assert_cmpstr (get_page (fixture), ==, "list");

  wt_conversation_list_remove (groups, g_ptr_array_index (fixture->conversations, 0));
  g_assert_cmpstr (get_page (fixture), ==, "empty");

  show (fixture, groups);
  g_assert_cmpstr (get_page (fixture), ==, "list");
  wt_test_wait_until (g_str_equal (get_page (fixture), "empty"));
}

/* Of ten thousand some hundred have a place, and those in view a row; wherever one goes, there are rows. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                               WT_TYPE_CONVERSATION_PANE, "list"));
  GtkAdjustment *adjustment = get_adjustment (fixture);

  wt_test_wait_until (gtk_widget_get_height (list) > 0 && count (fixture) == MANY / 2);
  settle (fixture);
  g_assert_cmpuint (count_rows (list), <, 400);
  g_assert_cmpuint (count_filled (list), >, 5);
  g_assert_cmpuint (count_filled (list), <, 60);

  for (guint i = 1; i <= 40; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * i / 40);
      settle (fixture);
      g_assert_cmpint (get_id_at (fixture, 40), >, 0);
      g_assert_cmpint (get_id_at (fixture, 400), >, 0);
    }
  g_assert_cmpuint (count_rows (list), <, 400);
  gtk_adjustment_set_value (adjustment, 0);
  settle (fixture);
  g_assert_cmpint (get_id_at (fixture, 10), ==, MANY - 1);

  wt_conversation_pane_set_filter (fixture->pane, "Chat 4999");
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_archived (Fixture *fixture, gconstpointer data)
{
  WtConversation *away = g_ptr_array_index (fixture->conversations, 4);
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (away));
  GObject *button = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                   WT_TYPE_CONVERSATION_PANE, "archived_button");
  GObject *badge = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane),
                                                  WT_TYPE_CONVERSATION_PANE, "archived_unread");

  record->unread = 7;
  record->last_seq = 20;
  wt_conversation_update (away, record);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  record->archived = TRUE;
  wt_conversation_set_options (away, record);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (badge)));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (badge)), ==, "7");
  g_assert_cmpuint (count (fixture), ==, 4);
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "pane.archived", NULL);
  g_assert_cmpuint (count (fixture), ==, 1);
  record->last_seq = 21;
  record->read_seq = 21;
  record->unread = 0;
  wt_conversation_update (away, record);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (badge)));
  record->archived = FALSE;
  wt_conversation_set_options (away, record);
  g_assert_cmpuint (count (fixture), ==, 5);
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
  g_test_add ("/ui/conversation-pane/archived", Fixture, GUINT_TO_POINTER (10), set_up,
              test_archived, tear_down);
  g_test_add ("/ui/conversation-pane/busy", Fixture, GUINT_TO_POINTER (10), set_up, test_busy,
              tear_down);
  g_test_add ("/ui/conversation-pane/scroll", Fixture, GUINT_TO_POINTER (400), set_up, test_scroll,
              tear_down);
  g_test_add ("/ui/conversation-pane/first-frame", Fixture, GUINT_TO_POINTER (400), set_up,
              test_first_frame, tear_down);
  g_test_add ("/ui/conversation-pane/others-only", Fixture, GUINT_TO_POINTER (400), set_up,
              test_others_only, tear_down);
  g_test_add ("/ui/conversation-pane/many", Fixture, GUINT_TO_POINTER (MANY), set_up, test_many,
              tear_down);
  return g_test_run ();
}
