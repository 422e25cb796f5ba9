/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <gio/gio.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* sender FRAMES [any]: a server for one client. Prints its port; at a line on standard input it sends what is left of
 * the lines of the file as text frames, or only so many as the line says, as fast as they are taken, and prints how
 * long it took until the last was answered. Frames are made beforehand and answers are hardly read, so that the client
 * is what is measured.
 *
 * Ids of messages are “NNNNNNNN-b0b0-4000-8000-…”, numbered from 0; an answer names the one it is for. With “any”, each
 * text frame that comes is an answer. */

#define MARK "-b0b0-4000-8000-"
#define DIGITS 8
#define MAGIC "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define CHUNK 65536
/* Between two answers. */
#define PATIENCE_MS 60000

enum
{
  OPCODE_TEXT = 1,
  OPCODE_CLOSE = 8,
  OPCODE_PING = 9,
  OPCODE_PONG = 10,
};

typedef struct
{
  GByteArray *frames;
  GArray *ends; /* of each frame, in bytes */
  gsize sent;
  gboolean any;
  guint8 *answered; /* by number */
  guint n_answered;
  int fd;
  GByteArray *received;
} Sender;

static void
append_frame (GByteArray *bytes, guint8 opcode, const char *text, gsize length)
{
  guint8 head[10] = { 0x80 | opcode };
  guint n = 2;

  if (length < 126)
    head[1] = (guint8) length;
  else if (length <= G_MAXUINT16)
    {
      head[1] = 126;
      head[2] = (guint8) (length >> 8);
      head[3] = (guint8) length;
      n = 4;
    }
  else
    {
      head[1] = 127;
      for (guint i = 0; i < 8; i++)
        head[2 + i] = (guint8) (length >> (56 - 8 * i));
      n = 10;
    }
  g_byte_array_append (bytes, head, n);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
}

static gboolean
load (Sender *self, const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &contents, &length, error))
    return FALSE;
  self->frames = g_byte_array_sized_new ((guint) length);
  self->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (char *line = contents, *end; (end = strchr (line, '\n')) != NULL; line = end + 1)
    {
      gsize size = 0;

      append_frame (self->frames, OPCODE_TEXT, line, (gsize) (end - line));
      size = self->frames->len;
      g_array_append_val (self->ends, size);
    }
  self->answered = g_new0 (guint8, self->ends->len);
  self->received = g_byte_array_new ();
  return TRUE;
}

static gboolean
listen_for_one (Sender *self, GSocketConnection **connection, GError **error)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  if (!g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;
  printf ("listening %u\n", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  fflush (stdout);
  *connection = g_socket_listener_accept (listener, NULL, NULL, error);
  if (*connection == NULL)
    return FALSE;
  self->fd = g_socket_get_fd (g_socket_connection_get_socket (*connection));
  return TRUE;
}

/* It is ours, and sends a whole request. */
static gboolean
shake_hands (Sender *self, GSocketConnection *connection, GError **error)
{
  static const char field[] = "\r\nsec-websocket-key:";
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) request = g_string_new (NULL);
  g_autofree char *lower = NULL;
  g_autofree char *key = NULL;
  g_autofree char *answer = NULL;
  guint8 digest[20];
  gsize size = sizeof digest;

  while (strstr (request->str, "\r\n\r\n") == NULL)
    {
      char part[4096];
      gssize n = g_input_stream_read (input, part, sizeof part, NULL, error);

      if (n <= 0)
        return FALSE;
      g_string_append_len (request, part, n);
    }
  lower = g_ascii_strdown (request->str, -1);
  if (strstr (lower, field) == NULL)
    return g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no WebSocket"), FALSE;
  key = g_strdup (request->str + (strstr (lower, field) - lower) + strlen (field));
  *strchr (key, '\r') = '\0';

  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *accept = NULL;

  g_checksum_update (checksum, (const guchar *) g_strstrip (key), -1);
  g_checksum_update (checksum, (const guchar *) MAGIC, -1);
  g_checksum_get_digest (checksum, digest, &size);
  accept = g_base64_encode (digest, size);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                            accept);
  return g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, error);
}

static void
take_answer (Sender *self, const char *text)
{
  const char *mark = strstr (text, MARK);
  guint64 number = 0;

  if (self->any)
    {
      self->n_answered++;
      return;
    }
  if (mark == NULL || mark - text < DIGITS)
    return;
  number = g_ascii_strtoull (mark - DIGITS, NULL, 16);
  if (number < self->ends->len && !self->answered[number])
    {
      self->answered[number] = 1;
      self->n_answered++;
    }
}

static void
write_small (Sender *self, guint8 opcode, const char *text, gsize length)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  gssize n = 0;

  append_frame (frame, opcode, text, length);
  /* Where there is no room for a pong, frames are on their way: they say the same. */
  n = write (self->fd, frame->data, frame->len);
  (void) n;
}

/* Returns the size of the frame there, 0 if it is not whole, or -1 at the end. Clients' are masked. */
static gssize
take_frame (Sender *self, const guint8 *data, gsize have)
{
  gsize head = 6;
  guint64 length = have >= 2 ? data[1] & 0x7f : 0;

  if (length == 126)
    head = 8;
  else if (length == 127)
    head = 14;
  if (have < head)
    return 0;
  if (length == 126)
    length = (guint64) data[2] << 8 | data[3];
  else if (length == 127)
    for (guint i = length = 0; i < 8; i++)
      length = length << 8 | data[2 + i];
  if (have < head + length)
    return 0;

  g_autofree char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = (char) (data[head + i] ^ data[head - 4 + i % 4]);
  text[length] = '\0';
  if ((data[0] & 0x0f) == OPCODE_TEXT)
    take_answer (self, text);
  else if ((data[0] & 0x0f) == OPCODE_PING)
    write_small (self, OPCODE_PONG, text, length);
  return (data[0] & 0x0f) == OPCODE_CLOSE ? -1 : (gssize) (head + length);
}

static gboolean
read_answers (Sender *self)
{
  guint8 part[CHUNK];
  gssize n = read (self->fd, part, sizeof part);
  gssize size = 0;
  gsize used = 0;

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return TRUE;
  if (n <= 0)
    return FALSE;
  g_byte_array_append (self->received, part, (guint) n);
  do
    {
      size = take_frame (self, self->received->data + used, self->received->len - used);
      used += (gsize) MAX (size, 0);
    }
  while (size > 0);
  g_byte_array_remove_range (self->received, 0, (guint) used);
  return size == 0;
}

/* Until somebody says go, the client may ping. Returns up to which frame, or 0 at the end. */
static guint
wait_for_go (Sender *self)
{
  for (;;)
    {
      struct pollfd fds[] = { { self->fd, POLLIN, 0 }, { STDIN_FILENO, POLLIN, 0 } };
      char line[32];

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0)
        continue;
      if (fds[1].revents != 0)
        {
          guint64 number = 0;

          if (fgets (line, sizeof line, stdin) == NULL)
            return 0;
          number = g_ascii_strtoull (line, NULL, 10);
          return number > 0 ? (guint) MIN (number, self->ends->len) : self->ends->len;
        }
      if (!read_answers (self))
        return 0;
    }
}

static gboolean
flood (Sender *self, guint until)
{
  gsize end = g_array_index (self->ends, gsize, until - 1);

  while (self->n_answered < until)
    {
      gboolean left = self->sent < end;
      struct pollfd fd = { self->fd, (short) (POLLIN | (left ? POLLOUT : 0)), 0 };

      if (poll (&fd, 1, PATIENCE_MS) <= 0)
        return FALSE;
      if ((fd.revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !read_answers (self))
        return FALSE;
      if ((fd.revents & POLLOUT) != 0)
        {
          gsize chunk = MIN (CHUNK, end - self->sent);
          gssize n = write (self->fd, self->frames->data + self->sent, chunk);

          if (n > 0)
            self->sent += (gsize) n;
        }
    }
  return TRUE;
}

static gboolean
flood_and_tell (Sender *self, guint until)
{
  guint before = self->n_answered;
  gint64 start = g_get_monotonic_time ();
  gboolean done = flood (self, until);

  printf ("{\"frames\": %u, \"answered\": %u, \"seconds\": %.6f}\n", until - before,
          self->n_answered - before, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  fflush (stdout);
  return done;
}

int
main (int argc, char *argv[])
{
  Sender self = { .any = argc > 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  gboolean done = TRUE;
  guint until = 0;

  if (argc < 2 || !load (&self, argv[1], &error) || !listen_for_one (&self, &connection, &error)
      || !shake_hands (&self, connection, &error))
    {
      fprintf (stderr, "sender: %s\n", error != NULL ? error->message : "no frames");
      return 1;
    }
  setvbuf (stdin, NULL, _IONBF, 0);
  g_socket_set_blocking (g_socket_connection_get_socket (connection), FALSE);
  while (done && (until = wait_for_go (&self)) > 0)
    done = flood_and_tell (&self, until);
  g_clear_pointer (&self.frames, g_byte_array_unref);
  g_clear_pointer (&self.ends, g_array_unref);
  g_clear_pointer (&self.received, g_byte_array_unref);
  g_clear_pointer (&self.answered, g_free);
  return done ? 0 : 1;
}
