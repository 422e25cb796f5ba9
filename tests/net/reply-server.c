/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-server.h"

#include "raw-server.h"

#include <string.h>

struct _ReplyServer
{
  RawServer *raw;
  const Reply *replies;
  guint n_replies;

  GMutex mutex;
  GPtrArray *requests;
};

static void
write_body (RawPeer *peer, const Reply *reply)
{
  guint8 piece[8192];
  guint64 sent = 0;

  while (sent < reply->count)
    {
      gsize length = (gsize) MIN (sizeof piece, reply->count - sent);

      for (gsize i = 0; i < length; i++)
        piece[i] = reply_server_get_sample (reply->from + sent + i);
      raw_peer_write (peer, piece, length);
      sent += length;
    }
}

static void
answer (RawPeer *peer, gpointer data)
{
  ReplyServer *self = data;
  g_autofree char *request = raw_peer_read_request (peer);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", raw_server_get_port (self->raw));
  g_auto (GStrv) pieces = NULL;
  g_autofree char *head = NULL;
  const Reply *reply;

  g_mutex_lock (&self->mutex);
  reply = &self->replies[MIN (self->requests->len, self->n_replies - 1)];
  g_ptr_array_add (self->requests, g_steal_pointer (&request));
  g_mutex_unlock (&self->mutex);

  pieces = g_strsplit (reply->head, "@", -1);
  head = g_strjoinv (address, pieces);
  raw_peer_write_text (peer, head);
  write_body (peer, reply);
  if (reply->end == REPLY_HOLD)
    raw_peer_wait_for_end (peer);
  else if (reply->end == REPLY_RESET)
    raw_peer_reset (peer);
}

ReplyServer *
reply_server_new (const Reply *replies, guint n_replies)
{
  ReplyServer *self = g_new0 (ReplyServer, 1);

  g_mutex_init (&self->mutex);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->replies = replies;
  self->n_replies = n_replies;
  self->raw = raw_server_new (answer, self);
  return self;
}

void
reply_server_free (ReplyServer *self)
{
  g_clear_pointer (&self->raw, raw_server_free);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
reply_server_get_url (ReplyServer *self, const char *host, const char *path)
{
  return g_strdup_printf ("http://%s:%u%s", host, raw_server_get_port (self->raw), path);
}

guint16
reply_server_get_port (ReplyServer *self)
{
  return raw_server_get_port (self->raw);
}

guint
reply_server_get_connections (ReplyServer *self)
{
  return raw_server_get_connections (self->raw);
}

char *
reply_server_dup_request (ReplyServer *self, guint index)
{
  char *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  request = g_strdup (g_ptr_array_index (self->requests, index));
  g_mutex_unlock (&self->mutex);
  return request;
}

/* No piece of the file looks like another one near it. */
guint8
reply_server_get_sample (guint64 at)
{
  return (guint8) (at * 31 + (at >> 8) * 17 + (at >> 16));
}
