/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

/* bare-loop URL: answers each frame that comes with one as long as an ACK, and does nothing else: the least that
 * receiving can cost with libsoup.
 * bare-loop URL FRAMES GAP: sends each line of a file, waits for the frame that names its id, and rests for GAP
 * milliseconds; prints the round trips, in microseconds: the least that sending can take. */

#define MARK "-b0b0-4000-8000-"
#define DIGITS 8

static const char answer[] = "{\"ver\":1,\"msg_id\":\"8d1c1a5e-0b52-4f0c-9e57-2c1f0a4d7b11\","
                             "\"type\":\"sys_ack\",\"meta\":{\"uuid\":"
                             "\"0f0e0d0c-0b0a-4908-8706-050403020100\",\"acked_msg_id\":\"00000000-"
                             "b0b0-4000-8000-000000000000\","
                             "\"timestamp\":1767225600.123456},\"payload\":{\"status\":"
                             "\"received\",\"client_timestamp\":1767225600.123456}}";

typedef struct
{
  GMainLoop *loop;
  SoupWebsocketConnection *connection;
  GStrv frames; /* (nullable): what to send */
  guint next;
  guint gap;
  char *id;
  gint64 start;
} Bare;

static gboolean
send_next (gpointer data)
{
  Bare *self = data;
  const char *frame = self->frames[self->next];
  const char *mark = frame != NULL ? strstr (frame, MARK) : NULL;

  if (mark == NULL || mark - frame < DIGITS)
    {
      puts ("]");
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  g_free (self->id);
  self->id = g_strndup (mark - DIGITS, DIGITS + strlen (MARK));
  self->start = g_get_monotonic_time ();
  soup_websocket_connection_send_text (self->connection, frame);
  return G_SOURCE_REMOVE;
}

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType type,
            GBytes *bytes,
            Bare *self)
{
  if (self->frames == NULL)
    {
      soup_websocket_connection_send_text (connection, answer);
      return;
    }
  if (strstr (g_bytes_get_data (bytes, NULL), self->id) == NULL)
    return;
  printf ("%s%" G_GINT64_FORMAT, self->next > 0 ? ", " : "[",
          g_get_monotonic_time () - self->start);
  self->next++;
  g_timeout_add (self->gap, send_next, self);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bare *self = data;
  g_autoptr (GError) error = NULL;

  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (self->connection == NULL)
    g_error ("%s", error->message);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect_swapped (self->connection, "closed", G_CALLBACK (g_main_loop_quit), self->loop);
  if (self->frames != NULL)
    g_idle_add (send_next, self);
  else
    puts ("online");
  fflush (stdout);
}

int
main (int argc, char *argv[])
{
  Bare self = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = argc > 1 ? soup_message_new ("GET", argv[1]) : NULL;
  g_autofree char *contents = NULL;

  if (message == NULL || (argc > 3 && !g_file_get_contents (argv[2], &contents, NULL, NULL)))
    return 1;
  if (contents != NULL)
    {
      self.frames = g_strsplit (contents, "\n", -1);
      self.gap = (guint) g_ascii_strtoull (argv[3], NULL, 10);
    }
  soup_message_headers_append (soup_message_get_request_headers (message), "x-apikey", "k");
  soup_message_headers_append (soup_message_get_request_headers (message), "x-platform", "bench");
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        connected_cb, &self);
  g_main_loop_run (self.loop);
  g_clear_object (&self.connection);
  g_clear_pointer (&self.frames, g_strfreev);
  g_clear_pointer (&self.id, g_free);
  g_main_loop_unref (self.loop);
  return 0;
}
