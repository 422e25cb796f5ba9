/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  REPLY_CLOSE,
  REPLY_HOLD, /* says no more, until the client hangs up */
  REPLY_RESET,
} ReplyEnd;

/**
 * Reply:
 * @head: sent first, as it is; an "@" in it becomes the server's address
 * @from: where in the sample file the body begins
 * @count: how many bytes of it are sent
 * @end: what then
 */
typedef struct
{
  const char *head;
  guint64 from;
  guint64 count;
  ReplyEnd end;
} Reply;

/* A web server that answers the n-th connection with the n-th reply, and further ones with the last. */
typedef struct _ReplyServer ReplyServer;

ReplyServer *reply_server_new (const Reply *replies, guint n_replies);
void reply_server_free (ReplyServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReplyServer, reply_server_free)

char *reply_server_get_url (ReplyServer *self, const char *host, const char *path);
guint16 reply_server_get_port (ReplyServer *self);
guint reply_server_get_connections (ReplyServer *self);
char *reply_server_dup_request (ReplyServer *self, guint index);

guint8 reply_server_get_sample (guint64 at);

G_END_DECLS
