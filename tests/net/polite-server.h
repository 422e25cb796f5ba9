/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A well-behaved WebSocket server in the test's main context. */
typedef struct
{
  SoupServer *server;
  SoupWebsocketConnection *peer; /* the newest */
  guint connections;
  guint requests; /* under way */
  char *query;
  char *key; /* as headers */
  char *platform;
  char *uuid;
  char *extensions;
  GPtrArray *texts;
  gboolean echo;
  guint closed;
  gushort close_code;
  char *close_reason;
} PoliteServer;

PoliteServer *polite_server_new (GTlsCertificate *certificate);
void polite_server_free (PoliteServer *self);
char *polite_server_get_url (PoliteServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoliteServer, polite_server_free)

G_END_DECLS
