/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-test.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "wt-test.h"

/* For every test program with widgets: a display, no desktop, and an accessibility tree that can be asked. */
void
wt_chat_test_init (int *argc, char ***argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("ADW_DISABLE_PORTAL", "1", TRUE);
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      exit (0);
    }
  adw_init ();
}

/* A segment as a peer sends it. */
WtSegment *
wt_chat_test_parse_segment (const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (WtJson) document = wt_json_parse (bytes, &error);
  WtSegment *segment;

  g_assert_no_error (error);
  segment = wt_segment_from_json (document, wt_json_get_root (document), "segment", &error);
  g_assert_no_error (error);
  return segment;
}

WtMessageRecord *
wt_chat_test_make_record (const WtChatTestMessage *message)
{
  g_autoptr (WtMessageRecord) record = wt_message_record_new ();
  g_autoptr (WtSegment) segment = message->segment;

  record->id = record->seq = message->seq;
  record->direction = message->author != NULL ? WT_DIRECTION_IN : WT_DIRECTION_OUT;
  record->author_id = g_strdup (message->author != NULL ? message->author : "me");
  record->author_nickname = g_strdup (record->author_id);
  record->msg_id = g_strdup_printf ("msg-%" G_GINT64_FORMAT, message->seq);
  record->message_id = g_strdup_printf ("id-%" G_GINT64_FORMAT, message->seq);
  record->time = record->peer_time = message->time;
  record->delivery = message->delivery;
  record->failure = g_strdup (message->failure);
  record->deleted = message->deleted;
  record->rtt = -1;
  if (segment != NULL)
    {
      record->segments = wt_segment_to_storage (segment);
      record->text = wt_segment_to_plain_text (segment);
    }
  return g_steal_pointer (&record);
}

WtMessage *
wt_chat_test_make_message (const WtChatTestMessage *message)
{
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (message);
  WtMessage *made = wt_message_new (message->seq);

  wt_message_load (made, record);
  return made;
}

WtMessage *
wt_chat_test_make_text (gint64 seq, const char *author, gint64 time, const char *text)
{
  WtChatTestMessage message = {
    .seq = seq,
    .author = author,
    .time = time,
    .delivery = author != NULL ? WT_DELIVERY_RECEIVED : WT_DELIVERY_QUEUED,
    .segment = wt_segment_new_text (text),
  };

  return wt_chat_test_make_message (&message);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gboolean *ticked = data;

  *ticked = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until everything that was queued is laid out. */
void
wt_chat_test_wait_painted (GtkWidget *widget)
{
  for (guint i = 0; i < 2; i++)
    {
      gboolean ticked = FALSE;

      gtk_widget_add_tick_callback (widget, on_tick, &ticked, NULL);
      wt_test_wait_until (ticked);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

/* In a window of its own, shown and with the keyboard's focus. */
GtkWidget *
wt_chat_test_show (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 500);
  gtk_window_present (GTK_WINDOW (window));
  wt_test_wait_until (gtk_window_is_active (GTK_WINDOW (window)));
  wt_chat_test_wait_painted (window);
  return window;
}

/* Whether keys can be pressed as if by a person. */
gboolean
wt_chat_test_has_keys (void)
{
  g_autofree char *path = g_find_program_in_path ("xdotool");

  return path != NULL;
}

static void
on_pressed (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *done = data;

  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL));
  *done = TRUE;
}

/* Presses keys, by xdotool's names, separated by blanks. They arrive later: wait for what they do. */
void
wt_chat_test_press (GtkWidget *window, const char *keys)
{
  g_autofree char *line = g_strconcat ("xdotool key --delay 20 ", keys, NULL);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  gboolean done = FALSE;

  g_assert_true (gtk_window_is_active (GTK_WINDOW (window)));
  process = g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, on_pressed, &done);
  wt_test_wait_until (done);
}

/* The first widget below @root with that type and, unless NULL, CSS class. */
GtkWidget *
wt_chat_test_find (GtkWidget *root, GType type, const char *css_class)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type)
      && (css_class == NULL || gtk_widget_has_css_class (root, css_class)))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = wt_chat_test_find (child, type, css_class);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What a screen reader would call @widget. GTK tells only what it expected differs from, so expect nothing. */
char *
wt_chat_test_dup_label (GtkWidget *widget)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                             "\001");
}
