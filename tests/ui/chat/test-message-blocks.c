/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "wt-block-test.h"
#include "wt-file-block.h"
#include "wt-file-opener.h"
#include "wt-file-saver.h"
#include "wt-forward-block.h"
#include "wt-message-card.h"
#include "wt-message-row.h"
#include "wt-quote-block.h"
#include "wt-test.h"
#include "wt-voice-block.h"

static const guint8 png[] = {
  0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0,   0,   13,   'I',  'H',  'D',  'R', 0,
  0,    0,    1,    0,    0,    0,    1,    8,    4,    0,   0,   0,    0xb5, 0x1c, 0x0c, 2,   0,
  0,    0,    11,   'I',  'D',  'A',  'T',  'x',  0xda, 'c', 'd', 0xf8, 0x0f, 0,    1,    5,   1,
  1,    0x27, 0x18, 0xe3, 'f',  0,    0,    0,    0,    'I', 'E', 'N',  'D',  0xae, 'B',  '`', 0x82,
};

static WtMedia *
make_media (const char *name, const char *url, const char *file_id)
{
  WtMedia *media = wt_media_new ();

  media->name = g_strdup (name);
  media->url = g_strdup (url);
  media->file_id = g_strdup (file_id);
  media->size = 2000000;
  return media;
}

static WtMessage *
add_media (WtBlockTest *fixture, WtSegmentKind kind, WtMedia *taken)
{
  g_autoptr (WtMedia) media = taken;

  return wt_block_test_add (fixture, "ann", wt_segment_new_media (kind, media));
}

static int
measure (GtkWidget *block, int width)
{
  int height;

  gtk_widget_measure (block, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static gboolean
is_shown (GtkWidget *block, GType type, const char *css_class)
{
  GtkWidget *found = wt_chat_test_find (block, type, css_class);

  return found != NULL && gtk_widget_get_visible (found);
}

static gboolean
offers (GtkWidget *block, const char *words)
{
  GtkWidget *button = wt_chat_test_find (block, GTK_TYPE_BUTTON, "circular");

  return button != NULL && gtk_widget_get_visible (button)
         && g_strcmp0 (gtk_widget_get_tooltip_text (button), words) == 0;
}

static void
test_file_stored (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = add_media (
      fixture, WT_SEGMENT_FILE,
      wt_block_test_import (fixture, WT_SEGMENT_FILE, "a\u202e\nb.pdf", "%PDF-1.4", 8));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, message, 0);

  g_assert_true (WT_IS_FILE_BLOCK (block));
  g_assert_cmpstr (wt_block_test_get_label (block, "title"), ==, "a b.pdf");
  g_assert_nonnull (strstr (wt_block_test_get_label (block, "subtitle"), "8"));
  g_assert_true (is_shown (block, GTK_TYPE_MENU_BUTTON, NULL));
  g_assert_true (gtk_widget_get_focusable (block));
  gtk_test_accessible_assert_role (block, GTK_ACCESSIBLE_ROLE_GROUP);
  g_assert_false (offers (block, "Download"));
}

static void
test_file_states (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) stored = add_media (
      fixture, WT_SEGMENT_FILE,
      wt_block_test_import (fixture, WT_SEGMENT_FILE, "x.pdf", "%PDF-1.4", 8));
  g_autoptr (WtMessage) remote = add_media (fixture, WT_SEGMENT_FILE,
                                            make_media ("x.zip", "http://127.0.0.1:9/x", NULL));
  g_autoptr (WtMessage) elsewhere = add_media (fixture, WT_SEGMENT_FILE,
                                               make_media (NULL, NULL, "id-1"));
  g_autoptr (WtMessage) broken = add_media (fixture, WT_SEGMENT_FILE, make_media ("x", NULL, NULL));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, stored, 0);
  int height = measure (block, 300);

  wt_block_test_set (fixture, block, remote, 0);
  g_assert_true (offers (block, "Download"));
  g_assert_false (is_shown (block, GTK_TYPE_MENU_BUTTON, NULL));
  g_assert_false (gtk_widget_has_css_class (block, "activatable"));
  g_assert_nonnull (strstr (wt_block_test_get_label (block, "subtitle"), "2.0"));
  g_assert_cmpint (measure (block, 300), ==, height);

  wt_block_test_set (fixture, block, elsewhere, 0);
  g_assert_cmpstr (wt_block_test_get_label (block, "title"), ==, "File without a name");
  g_assert_cmpstr (wt_block_test_get_label (block, "subtitle"), ==,
                   "Only the sender’s server has this file");
  g_assert_false (is_shown (block, GTK_TYPE_BUTTON, "circular"));
  g_assert_cmpint (measure (block, 300), ==, height);

  wt_block_test_set (fixture, block, broken, 0);
  g_assert_cmpstr (wt_block_test_get_label (block, "subtitle"), ==, "Arrived damaged");
  g_assert_cmpint (measure (block, 300), ==, height);

  wt_block_test_set (fixture, block, stored, 0);
  g_assert_true (is_shown (block, GTK_TYPE_MENU_BUTTON, NULL));
  g_assert_cmpint (measure (block, 300), ==, height);
}

/* Nobody listens there. The row may be taken for another message meanwhile, and come back. */
static void
test_file_download_fails (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) remote = add_media (fixture, WT_SEGMENT_FILE,
                                            make_media ("x.zip", "http://127.0.0.1:9/x", NULL));
  g_autoptr (WtMessage) other = add_media (fixture, WT_SEGMENT_FILE,
                                           make_media ("y", NULL, "id-1"));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, remote, 0);

  gtk_widget_activate_action (block, "file.activate", NULL);
  g_assert_true (offers (block, "Cancel"));
  wt_block_test_set (fixture, block, other, 0);
  g_assert_false (offers (block, "Cancel"));
  wt_block_test_set (fixture, block, remote, 0);
  wt_test_wait_until (offers (block, "Retry"));
  g_assert_true (is_shown (block, GTK_TYPE_LABEL, "bad"));
  wt_block_test_set (fixture, block, other, 0);
  g_assert_false (is_shown (block, GTK_TYPE_LABEL, "bad"));
  wt_block_test_set (fixture, block, remote, 0);
  g_assert_true (offers (block, "Retry"));
}

/* Whatever is asked for. */
static gboolean
on_request (GThreadedSocketService *service,
            GSocketConnection *connection,
            GObject *source,
            gpointer data)
{
  static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                              "Content-Length: 8\r\nConnection: close\r\n\r\n%PDF-1.4";
  char request[2048];

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request,
                       sizeof request, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), reply,
                             sizeof reply - 1, NULL, NULL, NULL);
  return TRUE;
}

/* From the account's own server: then the message has it, and the row shows that by itself. */
static void
test_file_download (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (2);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GtkWidget) row = g_object_ref_sink (wt_message_row_new (fixture->context));
  g_autoptr (WtMessage) message = NULL;
  g_autofree char *url = NULL;
  GtkWidget *block;

  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), any,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &address, NULL));
  g_signal_connect (service, "run", G_CALLBACK (on_request), NULL);
  url = g_strdup_printf ("http://127.0.0.1:%u/x",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  message = add_media (fixture, WT_SEGMENT_FILE, make_media ("x.pdf", url, NULL));
  wt_message_row_bind (WT_MESSAGE_ROW (row), message, NULL, FALSE, FALSE);
  block = wt_chat_test_find (row, WT_TYPE_FILE_BLOCK, NULL);
  g_assert_true (offers (block, "Download"));
  gtk_widget_activate_action (block, "file.activate", NULL);
  wt_test_wait_until (
      is_shown (wt_chat_test_find (row, WT_TYPE_FILE_BLOCK, NULL), GTK_TYPE_MENU_BUTTON, NULL));
  g_assert_nonnull (wt_segment_get_media (wt_message_get_segment (message))->blob);
  wt_message_row_unbind (WT_MESSAGE_ROW (row));
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
test_file_save (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = add_media (
      fixture, WT_SEGMENT_FILE,
      wt_block_test_import (fixture, WT_SEGMENT_FILE, "x.pdf", "%PDF-1.4", 8));
  const WtMedia *media = wt_segment_get_media (wt_message_get_segment (message));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, message, 0);
  g_autofree char *path = g_build_filename (fixture->folder, "saved.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "such", "x", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GFile) bad = g_file_new_for_path (nowhere);
  g_autofree char *contents = NULL;
  GStatBuf info;

  g_assert_false (wt_file_opener_can_show (fixture->context, media));
  wt_file_saver_save_to (block, fixture->context, media, target);
  wt_test_wait_until (fixture->troubles->len > 0);
  g_assert_cmpstr (fixture->troubles->str, ==, "Saved as “saved.pdf”\n");
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "%PDF-1.4");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0111, ==, 0);
  g_assert_true (wt_file_opener_can_show (fixture->context, media));

  g_string_truncate (fixture->troubles, 0);
  wt_file_saver_save_to (block, fixture->context, media, bad);
  wt_test_wait_until (fixture->troubles->len > 0);
  g_assert_true (g_str_has_prefix (fixture->troubles->str, "Not saved."));
}

static GtkWidget *
find_dialog (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

/* With the name proposed, and a safe one. */
static void
test_file_chooser (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = add_media (
      fixture, WT_SEGMENT_FILE,
      wt_block_test_import (fixture, WT_SEGMENT_FILE, "../../x\u202e.exe", png, sizeof png));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, message, 0);
  GtkWidget *window = wt_chat_test_show (block);
  g_autofree char *name = NULL;
  GtkWidget *dialog;

  gtk_widget_activate_action (block, "file.save", NULL);
  wt_test_wait_until (find_dialog (GTK_TYPE_FILE_CHOOSER_DIALOG) != NULL);
  dialog = find_dialog (GTK_TYPE_FILE_CHOOSER_DIALOG);
  name = gtk_file_chooser_get_current_name (GTK_FILE_CHOOSER (dialog));
  g_assert_cmpstr (name, ==, "x.exe.png");
  gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  wt_test_wait_until (find_dialog (GTK_TYPE_FILE_CHOOSER_DIALOG) == NULL);
  g_assert_cmpuint (fixture->troubles->len, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A program is never opened, a script only after a warning. */
static void
test_file_warning (WtBlockTest *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *contents;
    gboolean open;
  } cases[] = {
    { "x.desktop", "[Desktop Entry]\n", FALSE },
    { "photo.png", "\177ELF\2\1\1", FALSE },
    { "photo.exe", "MZ", FALSE },
    { "x.sh", "#!/bin/sh\n", TRUE },
    { "photo.jpg", "#!/bin/sh\n", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WtMessage) message = add_media (
          fixture, WT_SEGMENT_FILE,
          wt_block_test_import (fixture, WT_SEGMENT_FILE, cases[i].name, cases[i].contents,
                                strlen (cases[i].contents)));
      g_autoptr (GtkWidget) block = wt_block_test_make (fixture, message, 0);
      GtkWidget *window = wt_chat_test_show (block);
      AdwMessageDialog *dialog;

      gtk_widget_activate_action (block, "file.activate", NULL);
      wt_test_wait_until (find_dialog (ADW_TYPE_MESSAGE_DIALOG) != NULL);
      dialog = ADW_MESSAGE_DIALOG (find_dialog (ADW_TYPE_MESSAGE_DIALOG));
      g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "save");
      g_assert_true (adw_message_dialog_has_response (dialog, "open") == cases[i].open);
      g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), cases[i].name));
      adw_message_dialog_response (dialog, "cancel");
      gtk_window_destroy (GTK_WINDOW (dialog));
      gtk_window_destroy (GTK_WINDOW (window));
    }
  g_assert_cmpuint (fixture->troubles->len, ==, 0);
}

static void
on_path (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(char **) data = wt_file_desk_copy_finish (WT_FILE_DESK (source), result, &error);
  g_assert_no_error (error);
}

/* A copy nobody writes or runs, which goes with the desk. */
static void
test_file_copy (WtBlockTest *fixture, gconstpointer data)
{
  WtFileDesk *desk = wt_file_desk_new ();
  g_autofree char *source = g_build_filename (fixture->folder, "blob", NULL);
  g_autofree char *copies[2] = { NULL };
  GStatBuf info;

  g_assert_true (g_file_set_contents_full (source, "abc", 3, G_FILE_SET_CONTENTS_NONE, 0777, NULL));
  for (guint i = 0; i < 2; i++)
    wt_file_desk_copy_async (desk, source, "x.txt", NULL, on_path, &copies[i]);
  wt_test_wait_until (copies[0] != NULL && copies[1] != NULL);
  g_assert_cmpstr (copies[0], !=, copies[1]);
  g_assert_true (g_str_has_suffix (copies[0], "/x.txt"));
  g_assert_cmpint (g_stat (copies[0], &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0400);
  g_object_unref (desk);
  wt_test_wait_until (!g_file_test (copies[0], G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (copies[1], G_FILE_TEST_EXISTS));
  g_free (copies[1]);
  copies[1] = NULL;
}

static void
test_quote (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) quoted = wt_block_test_add (fixture, "ann",
                                                    wt_segment_new_text ("one\ntwo"));
  g_autoptr (WtMessage) mine = wt_block_test_add (fixture, NULL, wt_segment_new_text ("I said"));
  g_autoptr (WtMessage) reply = wt_block_test_add (fixture, "bob", wt_segment_new_reply ("id-1"));
  g_autoptr (WtMessage) to_me = wt_block_test_add (fixture, "bob", wt_segment_new_reply ("id-2"));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, reply, 0);
  int height = measure (block, 300);

  /* It never jumps while it is looked for. */
  g_assert_false (gtk_widget_get_focusable (block));
  gtk_widget_activate_action (block, "quote.jump", NULL);
  g_assert_cmpint (fixture->jumped, ==, 0);

  wt_test_wait_until (gtk_widget_get_focusable (block));
  g_assert_cmpstr (wt_block_test_get_label (block, "title"), ==, "ann");
  g_assert_cmpstr (wt_block_test_get_label (block, "subtitle"), ==, "one two");
  gtk_test_accessible_assert_property (block, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Reply to ann: one two");
  g_assert_cmpint (measure (block, 300), ==, height);
  gtk_widget_activate_action (block, "quote.jump", NULL);
  g_assert_cmpint (fixture->jumped, ==, 1);
  g_assert_cmpint (wt_message_context_get_highlight (fixture->context), ==, 1);
  wt_test_wait_until (wt_message_context_get_highlight (fixture->context) == 0);

  wt_block_test_set (fixture, block, to_me, 0);
  wt_test_wait_until (gtk_widget_get_focusable (block));
  g_assert_cmpstr (wt_block_test_get_label (block, "title"), ==, "You");
  g_assert_cmpint (measure (block, 300), ==, height);
}

static void
test_quote_missing (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) reply = wt_block_test_add (fixture, "bob", wt_segment_new_reply ("id-2"));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, reply, 0);
  g_autoptr (WtMessage) late = NULL;

  wt_test_wait_until (g_str_equal (wt_block_test_get_label (block, "subtitle"),
                                   "This message is not in this history"));
  g_assert_false (gtk_widget_get_focusable (block));
  gtk_widget_activate_action (block, "quote.jump", NULL);
  g_assert_cmpint (fixture->jumped, ==, 0);

  /* It comes after all, and is deleted again. */
  late = wt_block_test_add (fixture, "ann", wt_segment_new_text ("late"));
  g_signal_emit_by_name (fixture->session, "message-received", fixture->conversation, late);
  wt_test_wait_until (gtk_widget_get_focusable (block));
  g_assert_cmpstr (wt_block_test_get_label (block, "subtitle"), ==, "late");

  wt_session_delete_message (fixture->session, fixture->conversation, late);
  wt_test_wait_until (
      g_str_equal (wt_block_test_get_label (block, "subtitle"), "Message deleted here"));
}

static void
test_quote_thumbnail (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) picture = add_media (
      fixture, WT_SEGMENT_IMAGE,
      wt_block_test_import (fixture, WT_SEGMENT_IMAGE, "x.png", png, sizeof png));
  g_autoptr (WtMessage) reply = wt_block_test_add (fixture, "bob", wt_segment_new_reply ("id-1"));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, reply, 0);
  GtkImage *image = GTK_IMAGE (wt_chat_test_find (block, GTK_TYPE_IMAGE, "thumbnail"));
  int height = measure (block, 300);

  wt_test_wait_until (gtk_image_get_storage_type (image) == GTK_IMAGE_PAINTABLE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (image)));
  g_assert_cmpint (measure (block, 300), ==, height);
}

static WtSegment *
make_forward (void)
{
  return wt_chat_test_parse_segment (
      "{\"type\":\"seglist\",\"data\":[{\"type\":\"image\",\"data\":\"http://127.0.0.1:9/a\"},"
      "{\"type\":\"forward\",\"data\":["
      "{\"message_info\":{\"user_info\":{\"user_nickname\":\"Ann\"}},"
      "\"message_segment\":{\"type\":\"text\",\"data\":\"<b>one</b> http://a.b\"}},"
      "{\"message_segment\":{\"type\":\"seglist\",\"data\":[{\"type\":\"text\",\"data\":\"two\"},"
      "{\"type\":\"file\",\"data\":{\"name\":\"f.zip\",\"url\":\"http://127.0.0.1:9/f\"}}]}},"
      "{\"message_segment\":{\"type\":\"forward\",\"data\":["
      "{\"message_segment\":{\"type\":\"voice\",\"data\":\"http://127.0.0.1:9/v\"}}]}},"
      "{\"message_segment\":{\"type\":\"text\",\"data\":\"four\"}}]}]}");
}

static void
test_forward (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = wt_block_test_add (fixture, "bob", make_forward ());
  g_autoptr (WtMessage) other = wt_block_test_add (
      fixture, "bob",
      wt_chat_test_parse_segment ("{\"type\":\"seglist\",\"data\":[{\"type\":\"text\","
                                  "\"data\":\"x\"},{\"type\":\"forward\",\"data\":[]}]}"));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, message, 1);
  int folded = measure (block, 300);
  GtkWidget *file;

  g_assert_true (WT_IS_FORWARD_BLOCK (block));
  g_assert_cmpstr (wt_block_test_get_label (block, "title"), ==, "Forwarded messages · 4 messages");
  g_assert_cmpstr (wt_block_test_get_label (block, "subtitle"), ==, "Ann: <b>one</b> http://a.b");
  g_assert_null (wt_chat_test_find (block, GTK_TYPE_WIDGET, "forwarded"));

  gtk_widget_activate_action (block, "forward.toggle", NULL);
  g_assert_cmpint (measure (block, 300), >, folded);
  g_assert_cmpstr (wt_block_test_get_label (block, "text"), ==, "<b>one</b> http://a.b");
  file = wt_chat_test_find (block, WT_TYPE_FILE_BLOCK, NULL);
  g_assert_cmpstr (wt_block_test_get_label (file, "title"), ==, "f.zip");
  /* The second of the message's media: a download finds it there. */
  gtk_widget_activate_action (file, "file.activate", NULL);
  g_assert_nonnull (wt_session_lookup_fetch (fixture->session, wt_message_get_id (message), 1));

  /* Remembered while another message is shown. */
  wt_block_test_set (fixture, block, other, 1);
  g_assert_null (wt_chat_test_find (block, GTK_TYPE_WIDGET, "forwarded"));
  wt_block_test_set (fixture, block, message, 1);
  g_assert_nonnull (wt_chat_test_find (block, GTK_TYPE_WIDGET, "forwarded"));
  gtk_widget_activate_action (block, "forward.toggle", NULL);
  g_assert_null (wt_chat_test_find (block, GTK_TYPE_WIDGET, "forwarded"));
  g_assert_cmpint (measure (block, 300), ==, folded);
}

/* Forwards in forwards in forwards, unfolded as far as they go. */
static void
test_forward_deep (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (GString) json = g_string_new ("{\"type\":\"text\",\"data\":\"deep\"}");
  g_autoptr (WtMessage) message = NULL;
  g_autoptr (GtkWidget) block = NULL;
  GtkWidget *inner;
  guint depth = 1;

  for (guint i = 0; i < 6; i++)
    {
      g_string_prepend (json, "{\"type\":\"forward\",\"data\":[{\"message_segment\":");
      g_string_append (json, "}]}");
    }
  message = wt_block_test_add (fixture, "bob", wt_chat_test_parse_segment (json->str));
  block = wt_block_test_make (fixture, message, 0);
  inner = block;
  while (inner != NULL)
    {
      GtkWidget *messages;

      gtk_widget_activate_action (inner, "forward.toggle", NULL);
      messages = wt_chat_test_find (inner, GTK_TYPE_BOX, "messages");
      g_assert_nonnull (messages);
      inner = wt_chat_test_find (messages, WT_TYPE_FORWARD_BLOCK, NULL);
      depth += inner != NULL ? 1 : 0;
    }
  g_assert_cmpuint (depth, ==, 4);
  g_assert_nonnull (wt_chat_test_find (block, WT_TYPE_MESSAGE_CARD, NULL));
}

static void
test_forward_many (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (GString) json = g_string_new ("{\"type\":\"forward\",\"data\":[");
  g_autoptr (WtMessage) message = NULL;
  g_autoptr (GtkWidget) block = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (json, "%s{\"type\":\"text\",\"data\":\"x\"}", i > 0 ? "," : "");
  g_string_append (json, "]}");
  message = wt_block_test_add (fixture, "bob", wt_chat_test_parse_segment (json->str));
  block = wt_block_test_make (fixture, message, 0);
  gtk_widget_activate_action (block, "forward.toggle", NULL);
  g_assert_cmpstr (wt_block_test_get_label (
                       gtk_widget_get_last_child (gtk_widget_get_last_child (block)), "subtitle"),
                   ==, "and 400 more messages");
}

static void
test_card (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = wt_block_test_add (
      fixture, "bob",
      wt_chat_test_parse_segment ("{\"type\":\"command\",\"data\":{\"name\":\"/clear\","
                                  "\"api_key\":\"sesame\",\"x\":7}}"));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, message, 0);
  GtkWidget *window = wt_chat_test_show (block);
  GtkWidget *raw = wt_chat_test_find (block, GTK_TYPE_BUTTON, "raw");
  GtkWidget *json, *view;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  g_assert_cmpstr (wt_block_test_get_label (block, "title"), ==, "Command: /clear");
  g_signal_emit_by_name (raw, "clicked");
  json = find_dialog (ADW_TYPE_WINDOW);
  g_assert_nonnull (json);
  view = wt_chat_test_find (json, GTK_TYPE_TEXT_VIEW, NULL);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_nonnull (strstr (text, "\"x\": 7"));
  g_assert_null (strstr (text, "sesame"));
  gtk_window_destroy (GTK_WINDOW (json));
  gtk_window_destroy (GTK_WINDOW (window));
}

static WtMessage *
add_wave (WtBlockTest *fixture, guint seconds, guint32 said)
{
  g_autoptr (GBytes) bytes = wt_block_test_make_wave (seconds, said);

  return add_media (fixture, WT_SEGMENT_VOICE,
                    wt_block_test_import (fixture, WT_SEGMENT_VOICE, "v.wav",
                                          g_bytes_get_data (bytes, NULL),
                                          g_bytes_get_size (bytes)));
}

/* Known before it is played, also where the header does not say. */
static void
test_voice_duration (WtBlockTest *fixture, gconstpointer data)
{
  static const struct
  {
    guint seconds;
    guint32 said;
    const char *words;
  } cases[] = {
    { 3, 48000, "0:03" }, { 65, 0, "1:05" }, { 7, G_MAXUINT32, "0:07" }, { 1, 1600, "0:01" }
  };
  g_autoptr (GtkWidget) block = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WtMessage) message = add_wave (fixture, cases[i].seconds, cases[i].said);

      if (block == NULL)
        block = wt_block_test_make (fixture, message, 0);
      else
        wt_block_test_set (fixture, block, message, 0);
      wt_test_wait_until (
          g_str_equal (wt_block_test_get_label (block, "subtitle"), cases[i].words));
      g_assert_true (offers (block, "Play"));
    }
}

/* Without a sound card it may fail: then that is said, and saving is offered. */
static void
test_voice_play (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) first = add_wave (fixture, 30, 0);
  g_autoptr (WtMessage) second = add_wave (fixture, 20, 0);
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, first, 0);
  g_autoptr (GtkWidget) other = wt_block_test_make (fixture, second, 0);
  WtVoicePlayer *player = wt_message_context_get_voices (fixture->context);
  int height = measure (block, 300);

  g_assert_false (wt_voice_player_get_playing (player));
  gtk_widget_activate_action (block, "voice.toggle", NULL);
  g_assert_true (offers (block, "Pause") || wt_voice_player_get_error (player) != NULL);
  g_assert_true (offers (other, "Play"));

  /* Only one at a time. */
  gtk_widget_activate_action (other, "voice.toggle", NULL);
  g_assert_true (offers (block, "Play"));
  g_assert_true (offers (other, "Pause") || wt_voice_player_get_error (player) != NULL);

  /* A row that is used again finds it. */
  wt_block_test_set (fixture, block, second, 0);
  g_assert_true (offers (block, "Pause") || wt_voice_player_get_error (player) != NULL);
  g_assert_cmpint (measure (block, 300), ==, height);
  wt_test_wait_until (wt_voice_player_get_error (player) != NULL
                      || wt_voice_player_get_position (player) > 0);
  if (wt_voice_player_get_error (player) != NULL)
    {
      g_assert_true (is_shown (block, GTK_TYPE_LABEL, "bad"));
      g_assert_cmpint (measure (block, 300), ==, height);
    }

  /* It ends with the conversation. */
  wt_message_context_set_conversation (fixture->context, NULL, NULL);
  g_assert_false (wt_voice_player_get_playing (player));
  g_assert_true (offers (block, "Play"));
}

static void
test_voice_states (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) remote = add_media (fixture, WT_SEGMENT_VOICE,
                                            make_media (NULL, "http://127.0.0.1:9/x", NULL));
  g_autoptr (WtMessage) broken = add_media (fixture, WT_SEGMENT_VOICE,
                                            make_media (NULL, NULL, NULL));
  g_autoptr (GtkWidget) block = wt_block_test_make (fixture, remote, 0);

  g_assert_true (offers (block, "Download"));
  gtk_widget_activate_action (block, "voice.toggle", NULL);
  wt_test_wait_until (offers (block, "Retry"));
  wt_block_test_set (fixture, block, broken, 0);
  g_assert_cmpstr (wt_block_test_get_label (block, "subtitle"), ==, "Arrived damaged");
}

static gboolean
menu_has (GMenuModel *menu, const char *action)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *found = NULL;

      if (section != NULL && menu_has (section, action))
        return TRUE;
      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &found)
          && g_str_equal (found, action))
        return TRUE;
    }
  return FALSE;
}

static GMenuModel *
open_row_menu (GtkWidget *row)
{
  gtk_widget_activate_action (row, "message.menu", NULL);
  return gtk_popover_menu_get_menu_model (
      GTK_POPOVER_MENU (wt_chat_test_find (row, GTK_TYPE_POPOVER_MENU, NULL)));
}

static void
close_row_menu (GtkWidget *row)
{
  gtk_popover_popdown (GTK_POPOVER (wt_chat_test_find (row, GTK_TYPE_POPOVER_MENU, NULL)));
  wt_chat_test_wait_painted (row);
}

/* What the row's menu offers for pictures and files, and how a row stands out after a jump. */
static void
test_row (WtBlockTest *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) picture = add_media (
      fixture, WT_SEGMENT_IMAGE,
      wt_block_test_import (fixture, WT_SEGMENT_IMAGE, "x.png", png, sizeof png));
  g_autoptr (WtMessage) remote = add_media (fixture, WT_SEGMENT_FILE,
                                            make_media ("x.zip", "http://127.0.0.1:9/x", NULL));
  GtkWidget *row = wt_message_row_new (fixture->context);
  GtkWidget *window = wt_chat_test_show (row);
  GdkContentFormats *formats;
  GMenuModel *menu;

  wt_message_row_bind (WT_MESSAGE_ROW (row), picture, NULL, FALSE, FALSE);
  wt_chat_test_wait_painted (window);
  menu = open_row_menu (row);
  g_assert_true (menu_has (menu, "message.media-save"));
  g_assert_true (menu_has (menu, "message.media-open"));
  g_assert_false (menu_has (menu, "message.media-show"));
  close_row_menu (row);
  gtk_widget_activate_action (row, "message.media-copy", NULL);
  wt_test_wait_until (gdk_clipboard_is_local (gtk_widget_get_clipboard (row)));
  formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (row));
  g_assert_true (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST));
  g_assert_true (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE));

  wt_message_context_jump (fixture->context, wt_message_get_seq (picture));
  g_assert_true (gtk_widget_has_css_class (row, "highlighted"));
  wt_message_row_bind (WT_MESSAGE_ROW (row), remote, NULL, FALSE, FALSE);
  g_assert_false (gtk_widget_has_css_class (row, "highlighted"));
  wt_message_row_bind (WT_MESSAGE_ROW (row), picture, NULL, FALSE, FALSE);
  g_assert_true (gtk_widget_has_css_class (row, "highlighted"));
  wt_test_wait_until (!gtk_widget_has_css_class (row, "highlighted"));

  wt_message_row_bind (WT_MESSAGE_ROW (row), remote, NULL, FALSE, FALSE);
  wt_chat_test_wait_painted (window);
  g_assert_false (menu_has (open_row_menu (row), "message.media-save"));
  close_row_menu (row);
  wt_message_row_unbind (WT_MESSAGE_ROW (row));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is measured here is what is seen. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/wheatear_im/Wheatear/chat.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/message-blocks/" path, WtBlockTest, NULL, wt_block_test_set_up, func,              \
              wt_block_test_tear_down)

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);
  load_style ();
  ADD ("file/stored", test_file_stored);
  ADD ("file/states", test_file_states);
  ADD ("file/download-fails", test_file_download_fails);
  ADD ("file/download", test_file_download);
  ADD ("file/save", test_file_save);
  ADD ("file/chooser", test_file_chooser);
  ADD ("file/warning", test_file_warning);
  ADD ("file/copy", test_file_copy);
  ADD ("quote/found", test_quote);
  ADD ("quote/missing", test_quote_missing);
  ADD ("quote/thumbnail", test_quote_thumbnail);
  ADD ("forward/unfold", test_forward);
  ADD ("forward/deep", test_forward_deep);
  ADD ("forward/many", test_forward_many);
  ADD ("card/raw", test_card);
  ADD ("voice/duration", test_voice_duration);
  ADD ("voice/play", test_voice_play);
  ADD ("voice/states", test_voice_states);
  ADD ("row", test_row);
  return g_test_run ();
}
