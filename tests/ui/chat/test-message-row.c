/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <time.h>

#include "wt-avatar.h"
#include "wt-chat-test.h"
#include "wt-message-bubble.h"
#include "wt-message-card.h"
#include "wt-message-row.h"
#include "wt-test.h"

#define NOW WT_CHAT_TEST_NOW
#define MINUTE WT_CHAT_TEST_MINUTE
#define DAY WT_CHAT_TEST_DAY

typedef struct
{
  WtMessageRow *row;
  WtMessage *message;
  WtMessage *previous;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->row = WT_MESSAGE_ROW (g_object_ref_sink (wt_message_row_new (NULL)));
}

/* Nothing of the messages is held, and no handler is left, once a row is unbound. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  WtMessage *messages[] = { fixture->message, fixture->previous };

  wt_message_row_unbind (fixture->row);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (messages[i] != NULL)
      {
        g_assert_cmpuint (g_signal_handler_find (messages[i], G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                                 fixture->row),
                          ==, 0);
        g_assert_cmpuint (G_OBJECT (messages[i])->ref_count, ==, 1);
      }
  g_clear_object (&fixture->message);
  g_clear_object (&fixture->previous);
  g_assert_cmpuint (G_OBJECT (fixture->row)->ref_count, ==, 1);
  g_clear_object (&fixture->row);
}

static void
bind (Fixture *fixture, gboolean group)
{
  wt_message_row_bind (fixture->row, fixture->message, fixture->previous, group, FALSE);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *css_class)
{
  GtkWidget *found = wt_chat_test_find (GTK_WIDGET (fixture->row), type, css_class);

  return found != NULL && gtk_widget_get_visible (found) ? found : NULL;
}

static gboolean
bubble_has (Fixture *fixture, const char *css_class)
{
  return find (fixture, WT_TYPE_MESSAGE_BUBBLE, css_class) != NULL;
}

static const char *
get_label (Fixture *fixture, const char *css_class)
{
  GtkWidget *label = find (fixture, GTK_TYPE_LABEL, css_class);

  return label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

static void
assert_says (Fixture *fixture, const char *words)
{
  gtk_test_accessible_assert_property (fixture->row, GTK_ACCESSIBLE_PROPERTY_LABEL, words);
}

/* Measures and allocates it, as a view would. */
static int
lay_out (Fixture *fixture, int width)
{
  int minimum, height;

  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_VERTICAL, MAX (width, minimum),
                      NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (fixture->row),
                            &(GtkAllocation){ 0, 0, MAX (width, minimum), height }, -1);
  return height;
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  fixture->message = wt_chat_test_make_text (2, "ann", NOW, "hello");
  fixture->previous = wt_chat_test_make_text (1, "bob", NOW - MINUTE, "before");
  bind (fixture, TRUE);

  g_assert_cmpstr (get_label (fixture, "text"), ==, "hello");
  g_assert_cmpstr (get_label (fixture, "author"), ==, "ann");
  g_assert_cmpstr (get_label (fixture, "numeric"), ==, "14:05");
  g_assert_null (get_label (fixture, "day"));
  g_assert_nonnull (find (fixture, WT_TYPE_AVATAR, NULL));
  g_assert_false (bubble_has (fixture, "outgoing"));
  gtk_test_accessible_assert_role (fixture->row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  assert_says (fixture, "ann: hello, 14:05");
  g_assert_cmpint (lay_out (fixture, 600), >, 20);
}

static void
test_direct (Fixture *fixture, gconstpointer data)
{
  fixture->message = wt_chat_test_make_text (1, "ann", NOW, "hello");
  bind (fixture, FALSE);
  g_assert_null (get_label (fixture, "author"));
  g_assert_null (find (fixture, WT_TYPE_AVATAR, NULL));
}

static void
test_joined (Fixture *fixture, gconstpointer data)
{
  int apart, joined;

  fixture->message = wt_chat_test_make_text (2, "ann", NOW, "hello");
  fixture->previous = wt_chat_test_make_text (1, "ann", NOW - 6 * MINUTE, "before");
  bind (fixture, TRUE);
  g_assert_false (bubble_has (fixture, "joined"));
  apart = lay_out (fixture, 600);

  g_clear_object (&fixture->previous);
  fixture->previous = wt_chat_test_make_text (1, "ann", NOW - 4 * MINUTE, "before");
  bind (fixture, TRUE);
  g_assert_true (bubble_has (fixture, "joined"));
  g_assert_null (get_label (fixture, "author"));
  g_assert_null (find (fixture, WT_TYPE_AVATAR, NULL));
  joined = lay_out (fixture, 600);
  g_assert_cmpint (joined, <, apart);

  wt_message_row_set_unread_divider (fixture->row, TRUE);
  g_assert_false (bubble_has (fixture, "joined"));
  g_assert_cmpstr (get_label (fixture, "unread"), ==, "Unread messages");
  wt_message_row_set_unread_divider (fixture->row, FALSE);
  g_assert_true (bubble_has (fixture, "joined"));
  g_assert_null (get_label (fixture, "unread"));
}

static void
test_not_joined (Fixture *fixture, gconstpointer data)
{
  /* Mine, but the same id: another direction. */
  fixture->message = wt_chat_test_make_text (2, NULL, NOW, "hello");
  fixture->previous = wt_chat_test_make_text (1, "me", NOW - MINUTE, "before");
  bind (fixture, TRUE);
  g_assert_false (bubble_has (fixture, "joined"));
  g_assert_true (bubble_has (fixture, "outgoing"));
  g_assert_null (get_label (fixture, "author"));
}

static void
test_day (Fixture *fixture, gconstpointer data)
{
  fixture->message = wt_chat_test_make_text (2, "ann", NOW, "hello");
  bind (fixture, TRUE);
  g_assert_nonnull (strstr (get_label (fixture, "day"), "Monday 3 March"));

  fixture->previous = wt_chat_test_make_text (1, "ann", NOW - DAY, "before");
  bind (fixture, TRUE);
  g_assert_nonnull (get_label (fixture, "day"));
  wt_message_row_refresh_time (fixture->row);
  g_assert_nonnull (get_label (fixture, "day"));
}

/* A clock that was set back begins no day. */
static void
test_day_never_back (Fixture *fixture, gconstpointer data)
{
  fixture->message = wt_chat_test_make_text (2, "ann", NOW, "hello");
  fixture->previous = wt_chat_test_make_text (1, "ann", NOW + 2 * DAY, "before");
  bind (fixture, TRUE);
  g_assert_null (get_label (fixture, "day"));
}

/* Times of clocks that were never set, or set to nonsense: nothing empty stands there, and nothing is joined that is years apart. */
static void
test_absurd_clocks (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 time;
    const char *day; /* after a message of now */
    const char *clock;
  } cases[] = {
    { 0, NULL, "00:00" },
    { -1, NULL, "23:59" },
    { G_MININT64, NULL, "" },
    { NOW + DAY, "Tuesday 4 March", "14:05" },
    { G_GINT64_CONSTANT (253402300799) * G_USEC_PER_SEC, "Friday 31 December 9999", "23:59" },
    { G_GINT64_CONSTANT (253402300800) * G_USEC_PER_SEC, NULL, "" },
    { G_MAXINT64, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *day;

      g_clear_object (&fixture->message);
      g_clear_object (&fixture->previous);
      fixture->message = wt_chat_test_make_text (2, "ann", cases[i].time, "hello");
      fixture->previous = wt_chat_test_make_text (1, "ann", NOW, "before");
      bind (fixture, TRUE);
      day = get_label (fixture, "day");
      if (cases[i].day == NULL)
        g_assert_null (day);
      else
        g_assert_true (g_str_has_prefix (day, cases[i].day));
      g_assert_cmpstr (get_label (fixture, "numeric"), ==, cases[i].clock);
      g_assert_false (bubble_has (fixture, "joined"));
      wt_message_row_refresh_time (fixture->row);
      lay_out (fixture, 600);

      /* The first of all says its day, where it has one. */
      g_clear_object (&fixture->previous);
      bind (fixture, TRUE);
      day = get_label (fixture, "day");
      g_assert_true (day == NULL ? *cases[i].clock == '\0' : *day != '\0');
    }
}

/* The message above may load after this one. */
static void
test_previous_loads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (&(WtChatTestMessage){
      .seq = 1, .author = "ann", .time = NOW - MINUTE, .segment = wt_segment_new_text ("x") });

  fixture->message = wt_chat_test_make_text (2, "ann", NOW, "hello");
  fixture->previous = wt_message_new (1);
  bind (fixture, TRUE);
  g_assert_false (bubble_has (fixture, "joined"));
  g_assert_null (get_label (fixture, "day"));
  wt_message_load (fixture->previous, record);
  g_assert_true (bubble_has (fixture, "joined"));
}

static void
test_loads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (&(WtChatTestMessage){
      .seq = 1, .author = "ann", .time = NOW, .segment = wt_segment_new_text ("hello") });

  fixture->message = wt_message_new (1);
  bind (fixture, TRUE);
  g_assert_true (bubble_has (fixture, "skeleton"));
  g_assert_null (find (fixture, WT_TYPE_AVATAR, NULL));
  assert_says (fixture, "Message is being loaded");
  g_assert_cmpint (lay_out (fixture, 600), >, 20);

  wt_message_load (fixture->message, record);
  g_assert_false (bubble_has (fixture, "skeleton"));
  g_assert_cmpstr (get_label (fixture, "text"), ==, "hello");
  g_assert_cmpstr (get_label (fixture, "author"), ==, "ann");
  assert_says (fixture, "ann: hello, 14:05");
}

static void
set_delivery (Fixture *fixture, WtDelivery delivery, const char *failure)
{
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (
      &(WtChatTestMessage){ .seq = 1, .time = NOW, .delivery = delivery, .failure = failure });

  wt_message_set_delivery (fixture->message, record);
}

static void
on_signal (guint *count)
{
  (*count)++;
}

static void
test_delivery (Fixture *fixture, gconstpointer data)
{
  guint retried = 0;

  fixture->message = wt_chat_test_make_text (1, NULL, NOW, "hello");
  bind (fixture, FALSE);
  g_signal_connect_swapped (fixture->row, "retry", G_CALLBACK (on_signal), &retried);
  assert_says (fixture, "You: hello, 14:05, Waiting to be sent");

  set_delivery (fixture, WT_DELIVERY_SENT, NULL);
  assert_says (fixture, "You: hello, 14:05, Sent, not confirmed yet");
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "retry"));

  set_delivery (fixture, WT_DELIVERY_FAILED, "no-ack");
  assert_says (fixture, "You: hello, 14:05, Not sent: the server did not confirm it");
  g_assert_cmpstr (get_label (fixture, "failure"), ==, "Not sent: the server did not confirm it");
  g_assert_true (bubble_has (fixture, "failed"));
  lay_out (fixture, 600);
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "retry"), "clicked");
  g_assert_cmpuint (retried, ==, 1);

  set_delivery (fixture, WT_DELIVERY_ACKED, NULL);
  assert_says (fixture, "You: hello, 14:05, Received by the server");
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "retry"));
  g_assert_null (get_label (fixture, "failure"));
  g_assert_false (bubble_has (fixture, "failed"));
}

static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (
      &(WtChatTestMessage){ .seq = 1, .author = "ann", .time = NOW, .deleted = TRUE });

  fixture->message = wt_chat_test_make_text (1, "ann", NOW, "secret");
  bind (fixture, TRUE);
  wt_message_load (fixture->message, record);
  g_assert_cmpstr (get_label (fixture, "text"), ==, "Message deleted here");
  g_assert_true (bubble_has (fixture, "tombstone"));
  assert_says (fixture, "ann: Message deleted here, 14:05");
}

static WtSegment *
make_segment (WtSegmentKind kind)
{
  g_autoptr (WtMedia) media = wt_media_new ();

  media->name = g_strdup ("name.bin");
  media->size = 1000;
  switch (kind)
    {
    case WT_SEGMENT_TEXT:
      return wt_segment_new_text ("words");
    case WT_SEGMENT_AT:
      return wt_segment_new_mention ("1", "nick", NULL);
    case WT_SEGMENT_FACE:
      return wt_segment_new_face ("14");
    case WT_SEGMENT_REPLY:
      return wt_segment_new_reply ("id");
    case WT_SEGMENT_OTHER:
      return wt_chat_test_parse_segment ("{\"type\":\"odd\",\"data\":{}}");
    case WT_SEGMENT_FORWARD:
      return wt_chat_test_parse_segment ("{\"type\":\"forward\",\"data\":[]}");
    case WT_SEGMENT_SEGLIST:
      return wt_segment_new_list (NULL, 0);
    case WT_SEGMENT_IMAGE:
    case WT_SEGMENT_EMOJI:
    case WT_SEGMENT_VOICE:
    case WT_SEGMENT_FILE:
    default:
      return wt_segment_new_media (kind, media);
    }
}

/* One row for every kind after another, as recycling does. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  for (int kind = WT_SEGMENT_TEXT; kind <= WT_SEGMENT_OTHER; kind++)
    for (int other = WT_SEGMENT_TEXT; other <= WT_SEGMENT_OTHER; other++)
      {
        WtSegment *first = make_segment ((WtSegmentKind) kind);
        g_autoptr (WtSegment) second = make_segment ((WtSegmentKind) other);
        g_autoptr (WtSegment) owned = first;
        g_autoptr (WtMessage) message = wt_chat_test_make_message (&(WtChatTestMessage){
            .seq = 1,
            .author = "ann",
            .time = NOW,
            .segment = wt_segment_new_list ((WtSegment *const[]){ first, second }, 2) });

        wt_message_row_unbind (fixture->row);
        wt_message_row_bind (fixture->row, message, NULL, TRUE, FALSE);
        g_assert_cmpint (lay_out (fixture, 600), >, 20);
        g_assert_cmpint (lay_out (fixture, 300), >, 20);
      }
}

/* In the order in which they are seen, for Tab and screen readers. */
static void
test_child_order (Fixture *fixture, gconstpointer data)
{
  static const WtSegmentKind kinds[] = { WT_SEGMENT_REPLY, WT_SEGMENT_TEXT, WT_SEGMENT_FILE,
                                         WT_SEGMENT_AT };
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_segment_unref);
  GtkWidget *bubble;
  int last = -1;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_add (children, make_segment (kinds[i]));
  fixture->message = wt_chat_test_make_message (&(WtChatTestMessage){
      .seq = 1,
      .author = "ann",
      .time = NOW,
      .segment = wt_segment_new_list ((WtSegment *const *) children->pdata, children->len) });
  bind (fixture, TRUE);
  lay_out (fixture, 600);
  bubble = find (fixture, WT_TYPE_MESSAGE_BUBBLE, NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (bubble); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (child, bubble, &bounds));
      g_assert_cmpint ((int) bounds.origin.y, >=, last);
      last = (int) bounds.origin.y;
    }
  g_assert_cmpint (last, >, 0);
}

static void
test_emoji (Fixture *fixture, gconstpointer data)
{
  fixture->message = wt_chat_test_make_text (1, "ann", NOW, "🎉👍");
  bind (fixture, FALSE);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "emoji"));
  wt_message_row_unbind (fixture->row);
  g_clear_object (&fixture->message);
  fixture->message = wt_chat_test_make_text (1, "ann", NOW, "🎉👍 words");
  bind (fixture, FALSE);
  g_assert_null (find (fixture, GTK_TYPE_LABEL, "emoji"));
}

static void
test_markup (Fixture *fixture, gconstpointer data)
{
  const char *text = "<b>x</b> <a href=\"file:///etc/passwd\">y</a> &lt; %s %n";

  fixture->message = wt_chat_test_make_text (1, "<i>ann</i>", NOW, text);
  bind (fixture, TRUE);
  g_assert_cmpstr (get_label (fixture, "text"), ==, text);
  g_assert_cmpstr (get_label (fixture, "author"), ==, "<i>ann</i>");
  g_assert_null (gtk_label_get_current_uri (GTK_LABEL (find (fixture, GTK_TYPE_LABEL, "text"))));
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *spaces = g_strnfill (1000000, ' ');
  g_autofree char *letters = g_strnfill (1000000, 'W');
  g_autofree char *lines = g_strnfill (1000000, '\n');
  g_autoptr (GString) marks = g_string_new ("a");
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) odd = g_string_new (NULL);
  const char *texts[6];

  for (guint i = 0; i < 300000; i++)
    g_string_append (marks, "\u0301");
  for (guint i = 0; i < 100000; i++)
    g_string_append (words, "word \u202e\u2066 http://a.b ");
  for (gunichar c = 1; c < 0x3000; c++)
    g_string_append_unichar (odd, c);
  texts[0] = spaces;
  texts[1] = letters;
  texts[2] = lines;
  texts[3] = marks->str;
  texts[4] = words->str;
  texts[5] = odd->str;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WtMessage) message = wt_chat_test_make_text (1, texts[i], NOW, texts[i]);
      gint64 start = g_get_monotonic_time ();

      wt_message_row_bind (fixture->row, message, NULL, TRUE, FALSE);
      g_assert_cmpint (lay_out (fixture, 600), <, 5000);
      g_test_message ("hostile text %u: %.1f ms", i,
                      (double) (g_get_monotonic_time () - start) / 1000.0);
      wt_message_row_unbind (fixture->row);
    }
}

static void
test_folded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1000000, 'x');
  GtkWidget *more;
  int before, after;

  for (guint i = 59; i < 1000000; i += 60)
    text[i] = ' ';
  fixture->message = wt_chat_test_make_text (1, "ann", NOW, text);
  bind (fixture, TRUE);
  more = find (fixture, GTK_TYPE_BUTTON, "more");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (more)), ==, "Show more");
  before = lay_out (fixture, 600);
  g_signal_emit_by_name (more, "clicked");
  after = lay_out (fixture, 600);
  g_assert_cmpint (after, >, before);
  for (guint i = 0; i < 3; i++)
    g_signal_emit_by_name (more, "clicked");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (more)), ==, "Copy the whole text");

  /* Another message in the same row is folded again. */
  wt_message_row_unbind (fixture->row);
  bind (fixture, TRUE);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (more)), ==, "Show more");
  g_assert_cmpint (lay_out (fixture, 600), ==, before);
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  int minimum;

  fixture->message = wt_chat_test_make_text (
      1, "ann", NOW, "A text that is long enough to be wrapped, and averyveryverylongword");
  bind (fixture, TRUE);
  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
on_link (WtMessageRow *row, const char *uri, GString *opened)
{
  g_string_append_printf (opened, "[%s]", uri);
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) opened = g_string_new (NULL);
  GtkWidget *label;
  gboolean handled = FALSE;

  fixture->message = wt_chat_test_make_text (1, "ann", NOW, "http://a.b file:///etc/passwd");
  bind (fixture, TRUE);
  g_signal_connect (fixture->row, "link", G_CALLBACK (on_link), opened);
  label = find (fixture, GTK_TYPE_LABEL, "text");
  g_signal_emit_by_name (label, "activate-link", "http://a.b", &handled);
  g_assert_true (handled);
  g_signal_emit_by_name (label, "activate-link", "file:///etc/passwd", &handled);
  g_assert_true (handled);
  g_assert_cmpstr (opened->str, ==, "[http://a.b]");
}

static char *
read_clipboard (Fixture *fixture)
{
  GdkContentProvider *content = gdk_clipboard_get_content (
      gtk_widget_get_clipboard (GTK_WIDGET (fixture->row)));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  return g_value_dup_string (&value);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  g_autofree char *none = NULL;

  fixture->message = wt_chat_test_make_text (1, "ann", NOW, "hello <world>");
  bind (fixture, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "message.copy", NULL);
  all = read_clipboard (fixture);
  g_assert_cmpstr (all, ==, "hello <world>");

  gtk_label_select_region (GTK_LABEL (find (fixture, GTK_TYPE_LABEL, "text")), 6, 9);
  g_assert_true (wt_message_row_get_busy (fixture->row));
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "message.copy-selection", NULL);
  some = read_clipboard (fixture);
  g_assert_cmpstr (some, ==, "<wo");

  gtk_label_select_region (GTK_LABEL (find (fixture, GTK_TYPE_LABEL, "text")), 0, 0);
  g_assert_false (wt_message_row_get_busy (fixture->row));
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "message.copy-selection", NULL);
  none = read_clipboard (fixture);
  g_assert_cmpstr (none, ==, "hello <world>");
}

static void
test_menu (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = wt_chat_test_show (GTK_WIDGET (fixture->row));
  guint deleted = 0;
  GtkWidget *menu;

  fixture->message = wt_chat_test_make_text (1, NULL, NOW, "hello");
  bind (fixture, TRUE);
  wt_chat_test_wait_painted (window);
  g_signal_connect_swapped (fixture->row, "delete", G_CALLBACK (on_signal), &deleted);
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "message.menu", NULL);
  menu = find (fixture, GTK_TYPE_POPOVER_MENU, NULL);
  g_assert_nonnull (menu);
  g_assert_true (wt_message_row_get_busy (fixture->row));
  g_assert_cmpint (
      g_menu_model_get_n_items (gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menu))), ==, 2);
  gtk_widget_activate_action (menu, "message.delete", NULL);
  g_assert_cmpuint (deleted, ==, 1);

  wt_message_row_unbind (fixture->row);
  g_assert_null (find (fixture, GTK_TYPE_POPOVER_MENU, NULL));
  gtk_window_set_child (GTK_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gint64
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* How long one row takes, of this thread's time. Said, not asserted: machines differ. */
static void
test_benchmark (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N_ROWS = 500
  };
  gint64 bound = 0, measured = 0;

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf (
          "%u A message of usual length, 有一些中文字, wraps into two lines or three.", i);
      g_autoptr (WtMessage) message = wt_chat_test_make_text (1, "ann", NOW, text);
      gint64 start = get_cpu_time ();

      wt_message_row_bind (fixture->row, message, NULL, TRUE, FALSE);
      bound += get_cpu_time () - start;
      start = get_cpu_time ();
      lay_out (fixture, 500 + (int) i % 100);
      measured += get_cpu_time () - start;
      wt_message_row_unbind (fixture->row);
    }
  g_test_message ("a row: bind %.3f ms, measure and allocate %.3f ms",
                  (double) bound / 1000.0 / N_ROWS, (double) measured / 1000.0 / N_ROWS);
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/message-row/" name, Fixture, NULL, set_up, func, tear_down)

  ADD ("text", test_text);
  ADD ("direct", test_direct);
  ADD ("joined", test_joined);
  ADD ("not-joined", test_not_joined);
  ADD ("day", test_day);
  ADD ("day-never-back", test_day_never_back);
  ADD ("absurd-clocks", test_absurd_clocks);
  ADD ("previous-loads", test_previous_loads);
  ADD ("loads", test_loads);
  ADD ("delivery", test_delivery);
  ADD ("deleted", test_deleted);
  ADD ("kinds", test_kinds);
  ADD ("child-order", test_child_order);
  ADD ("emoji", test_emoji);
  ADD ("markup", test_markup);
  ADD ("hostile", test_hostile);
  ADD ("folded", test_folded);
  ADD ("narrow", test_narrow);
  ADD ("links", test_links);
  ADD ("copy", test_copy);
  ADD ("menu", test_menu);
  ADD ("benchmark", test_benchmark);
  return g_test_run ();
}
