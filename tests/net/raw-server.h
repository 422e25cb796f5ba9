/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server without manners: for each connection it runs a function in a thread of its own, with blocking calls. */
typedef struct _RawServer RawServer;
typedef struct _RawPeer RawPeer;
typedef void (*RawScript) (RawPeer *peer, gpointer data);

RawServer *raw_server_new (RawScript script, gpointer data);
void raw_server_free (RawServer *self);
guint16 raw_server_get_port (RawServer *self);
char *raw_server_get_url (RawServer *self);
guint raw_server_get_connections (RawServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

char *raw_peer_read_request (RawPeer *self);
void raw_peer_write (RawPeer *self, gconstpointer data, gsize length);
void raw_peer_write_text (RawPeer *self, const char *text);
void raw_peer_upgrade (RawPeer *self, const char *extra_headers);
void raw_peer_write_frame (RawPeer *self, guint8 first_byte, gconstpointer data, gsize length);
void raw_peer_write_close (RawPeer *self, guint16 code, const char *reason);
gssize raw_peer_read (RawPeer *self, gpointer buffer, gsize length);
void raw_peer_wait_for_end (RawPeer *self);
void raw_peer_reset (RawPeer *self);
void raw_peer_pause (RawPeer *self, guint milliseconds);

G_END_DECLS
