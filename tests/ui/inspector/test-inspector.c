/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "wt-frame-row.h"
#include "wt-frame-test.h"
#include "wt-frame-view.h"
#include "wt-inspector-window.h"
#include "wt-ui-test.h"

#define TEXT(text) "{\"type\":\"text\",\"data\":\"" text "\"}"

typedef struct
{
  GListStore *sessions;
  GtkWidget *window;
  WtFrameLog *log;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("wheatear-test-XXXXXX", NULL);
  fixture->sessions = g_list_store_new (WT_TYPE_SESSION);
  fixture->window = wt_inspector_window_new (G_LIST_MODEL (fixture->sessions));
  fixture->log = wt_inspector_window_get_log (WT_INSPECTOR_WINDOW (fixture->window));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer window = fixture->window;
  gpointer log = fixture->log;

  g_object_add_weak_pointer (G_OBJECT (window), &window);
  g_object_add_weak_pointer (G_OBJECT (log), &log);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wt_test_wait_until (window == NULL && log == NULL);
  g_assert_finalize_object (fixture->sessions);
  wt_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* The first widget of a type that is mapped, below @root. */
static gpointer
find (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
count (GtkWidget *root, GType type)
{
  guint n_found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_mapped (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_found += count (child, type);
  return n_found;
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  wt_test_wait_until (find (fixture->window, ADW_TYPE_STATUS_PAGE) != NULL);
  g_assert_null (find (fixture->window, WT_TYPE_FRAME_ROW));
  g_assert_true (wt_frame_log_get_recording (fixture->log));
}

static void
test_pair (Fixture *fixture, gconstpointer data)
{
  WtFrame *sent = wt_frame_test_add (fixture->log,
                                     wt_frame_test_make_message (TRUE, "m", TEXT ("hello")));
  WtFrameView *view;
  GtkWidget *list;

  wt_test_wait_until (find (fixture->window, WT_TYPE_FRAME_ROW) != NULL);
  list = find (fixture->window, GTK_TYPE_LIST_VIEW);
  gtk_widget_activate_action (list, "list.activate-item", "u", 0);
  wt_test_wait_until ((view = find (fixture->window, WT_TYPE_FRAME_VIEW)) != NULL);
  g_assert_true (wt_frame_view_get_frame (view) == sent);

  /* The ACK comes while it is looked at. */
  wt_frame_test_add (fixture->log, wt_frame_test_make_ack (FALSE, "m"));
  wt_test_wait_until (count (fixture->window, WT_TYPE_FRAME_ROW) == 2);
  g_signal_emit_by_name (view, "pair", wt_frame_get_pair (sent));
  g_assert_cmpstr (wt_frame_get_acked_msg_id (wt_frame_view_get_frame (view)), ==, "m");
  g_signal_emit_by_name (view, "pair", (guint64) 99);
  g_assert_cmpstr (wt_frame_get_acked_msg_id (wt_frame_view_get_frame (view)), ==, "m");
}

/* Rows are all of one height: the list is fast with ten thousand of them. */
static void
test_heights (Fixture *fixture, gconstpointer data)
{
  int height = 0;
  GtkWidget *list;

  wt_frame_test_add (fixture->log, wt_frame_test_make_message (TRUE, "m", TEXT ("麦田\\nline")));
  wt_frame_test_add (fixture->log, wt_frame_test_make (FALSE, "nonsense"));
  wt_frame_test_add (fixture->log, wt_frame_new_event (WT_FRAME_PONG, 1));
  wt_frame_test_add (fixture->log, wt_frame_new_state (WT_CONNECTION_REFUSED, NULL, 1));
  wt_test_wait_until (count (fixture->window, WT_TYPE_FRAME_ROW) == 4);
  list = find (fixture->window, GTK_TYPE_LIST_VIEW);
  wt_test_wait_until (gtk_widget_get_height (gtk_widget_get_first_child (list)) > 0);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      int wanted;

      if (!gtk_widget_get_mapped (row))
        continue;
      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, &wanted, NULL, NULL, NULL);
      g_assert_true (height == 0 || height == wanted);
      height = wanted;
    }
  g_assert_cmpint (height, >, 20);
}

static void
on_tick (GdkFrameClock *clock, gint64 *longest)
{
  static gint64 before;
  gint64 now = g_get_monotonic_time ();

  if (before != 0)
    *longest = MAX (*longest, now - before);
  before = now;
}

/* A second's flood of ten thousand frames, as it comes from the session: a hundred at once. The window goes on painting. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 longest = 0;
  gint64 busy = 0;
  GdkFrameClock *clock;

  for (guint i = 0; i < 12000; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i / 2);

      g_ptr_array_add (frames, i % 2 == 0 ? wt_frame_test_make_message (FALSE, id, TEXT ("flood"))
                                          : wt_frame_test_make_ack (TRUE, id));
    }
  wt_test_wait_until (gtk_widget_get_mapped (fixture->window));
  clock = gtk_widget_get_frame_clock (fixture->window);
  g_signal_connect (clock, "update", G_CALLBACK (on_tick), &longest);
  gdk_frame_clock_begin_updating (clock);
  for (guint i = 0; i < frames->len; i++)
    {
      gint64 start = g_get_monotonic_time ();

      wt_frame_log_add (fixture->log, 1, "Work", g_ptr_array_index (frames, i));
      busy += g_get_monotonic_time () - start;
      if (i % 100 == 99)
        while (g_main_context_iteration (NULL, FALSE))
          ;
    }
  /* What was added last is told of a moment later. */
  wt_test_wait_until (wt_frame_log_get_dropped (fixture->log) == 2000
                      && g_list_model_get_n_items (G_LIST_MODEL (fixture->log)) == 10000);
  gdk_frame_clock_end_updating (clock);
  g_signal_handlers_disconnect_by_func (clock, on_tick, &longest);
  g_test_message ("%.1f µs a frame, longest wait %.1f ms", (double) busy / frames->len,
                  (double) longest / 1000);
  /* Not a measurement, on whatever machine this is: it does not hang. */
  g_assert_cmpint (longest, <, 5 * G_USEC_PER_SEC);
}

static char *export(Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "frames.ndjson", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *text = NULL;

  wt_inspector_window_export_to (WT_INSPECTOR_WINDOW (fixture->window), file);
  wt_test_wait_until (g_file_get_contents (path, &text, NULL, NULL)
                      && g_str_has_suffix (text, "}\n"));
  return text;
}

static JsonObject *
parse (const char *line, JsonNode **node)
{
  g_autoptr (GError) error = NULL;

  *node = json_from_string (line, &error);
  g_assert_no_error (error);
  return json_node_get_object (*node);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new_for_close (1000, "认证失败", TRUE);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) bad = NULL;
  g_autoptr (JsonNode) state = NULL;
  JsonObject *object;

  wt_frame_test_add (fixture->log,
                     wt_frame_test_make_message (TRUE, "m", "{\"type\":\"face\",\"data\":\"1\"}"));
  wt_frame_test_add (fixture->log, wt_frame_test_make_ack (FALSE, "m"));
  wt_frame_test_add (fixture->log, wt_frame_test_make (FALSE, "SECRET-3 \"\\\n"));
  wt_frame_test_add (fixture->log, wt_frame_new_state (WT_CONNECTION_REFUSED, diagnosis, 2500000));
  wt_test_wait_until (count (fixture->window, WT_TYPE_FRAME_ROW) == 4);
  text = export(fixture);
  g_assert_null (strstr (text, "SECRET"));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);

  object = parse (lines[0], &node);
  g_assert_cmpint (json_object_get_int_member (object, "serial"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "time"), ==,
                   "2023-11-14T22:13:20.120456Z");
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "message");
  g_assert_cmpstr (json_object_get_string_member (object, "direction"), ==, "sent");
  g_assert_cmpstr (json_object_get_string_member (object, "account"), ==, "Work");
  g_assert_cmpstr (json_object_get_string_member (object, "ack"), ==, "done");
  g_assert_cmpint (json_object_get_int_member (object, "pair"), ==, 2);
  g_assert_true (json_object_has_member (object, "round_trip_us"));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "frame"), "msg_id"), ==,
      "m");
  object = json_array_get_object_element (json_object_get_array_member (object, "warnings"), 0);
  g_assert_cmpstr (json_object_get_string_member (object, "rule"), ==, "segment-kind");
  g_assert_cmpstr (json_object_get_string_member (object, "detail"), ==, "face");

  object = parse (lines[2], &bad);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "bad");
  g_assert_true (json_object_has_member (object, "frame_text"));

  object = parse (lines[3], &state);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "connection");
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "refused");
  g_assert_cmpint (json_object_get_int_member (object, "code"), ==, 1000);
  g_assert_true (json_object_has_member (object, "reason"));
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  AdwLeaflet *leaflet;
  GtkWidget *list;

  wt_frame_test_add (fixture->log, wt_frame_test_make_message (FALSE, "m", TEXT ("hello")));
  wt_test_wait_until (count (fixture->window, WT_TYPE_FRAME_ROW) == 1);
  leaflet = find (fixture->window, ADW_TYPE_LEAFLET);
  list = find (fixture->window, GTK_TYPE_LIST_VIEW);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  wt_test_wait_until (adw_leaflet_get_folded (leaflet));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (leaflet)), <=, 360);
  gtk_widget_activate_action (list, "list.activate-item", "u", 0);
  wt_test_wait_until (find (adw_leaflet_get_visible_child (leaflet), WT_TYPE_FRAME_VIEW) != NULL);
  gtk_widget_activate_action (fixture->window, "inspector.back", NULL);
  g_assert_true (gtk_widget_is_ancestor (list, adw_leaflet_get_visible_child (leaflet)));
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  wt_frame_test_add (fixture->log, wt_frame_test_make_message (FALSE, "m", TEXT ("hello")));
  wt_test_wait_until (count (fixture->window, WT_TYPE_FRAME_ROW) == 1);
  gtk_widget_activate_action (fixture->window, "inspector.record", NULL);
  g_assert_false (wt_frame_log_get_recording (fixture->log));
  gtk_widget_activate_action (fixture->window, "inspector.find", NULL);
  g_assert_true (GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (fixture->window))));
  gtk_widget_activate_action (fixture->window, "inspector.clear", NULL);
  wt_test_wait_until (find (fixture->window, WT_TYPE_FRAME_ROW) == NULL);
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
#define ADD(path, func) g_test_add ("/ui/inspector/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_empty);
  ADD ("pair", test_pair);
  ADD ("heights", test_heights);
  ADD ("flood", test_flood);
  ADD ("export", test_export);
  ADD ("narrow", test_narrow);
  ADD ("actions", test_actions);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  ADD ("right-to-left", test_narrow);
  return g_test_run ();
}
