#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtApiServer: the guide's API-Server: authentication, ACKs, routing by `message_dim`. Lives in the thread-default main context of the thread
 * that made it.
 */
#define WT_TYPE_API_SERVER (wt_api_server_get_type ())
G_DECLARE_FINAL_TYPE (WtApiServer, wt_api_server, WT, API_SERVER, GObject)

WtApiServer *wt_api_server_new (void);
void wt_api_server_set_path (WtApiServer *self, const char *path);
void wt_api_server_add_key (WtApiServer *self, const char *key, const char *user);
void wt_api_server_set_allow_all (WtApiServer *self, gboolean allow_all);
gboolean wt_api_server_set_tls (WtApiServer *self,
                                const char *certificate_file,
                                const char *key_file,
                                const char *client_ca_file,
                                GError **error);
gboolean wt_api_server_listen (WtApiServer *self, const char *host, guint16 port, GError **error);
char *wt_api_server_get_url (WtApiServer *self);
guint16 wt_api_server_get_port (WtApiServer *self);
void wt_api_server_stop (WtApiServer *self);
void wt_api_server_disconnect_all (WtApiServer *self, guint16 code, const char *reason);
guint wt_api_server_get_n_connections (WtApiServer *self);

/* Sends @text (an envelope) to every connection of @user on @platform. Returns: (transfer full) (element-type utf8 gboolean): connection uuid → sent */
GHashTable *wt_api_server_send (WtApiServer *self, const char *user, const char *platform, GBytes *text);

G_END_DECLS
