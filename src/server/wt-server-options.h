/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "wt-faults.h"

G_BEGIN_DECLS

/**
 * WtServerOptions:
 * @host: where to listen
 * @port: on which port; 0: a free one
 * @path: the WebSocket's path
 * @keys: (element-type utf8): key, user, key, user …
 * @certificate: (nullable): PEM file
 * @certificate_key: (nullable): PEM file
 * @client_ca: (nullable): PEM file
 * @faults: (nullable): what to do wrong
 * @demo_user_id: (nullable): the demo user's id
 * @demo_user_name: (nullable): the demo user's name
 * @echo: whether the echo bot lives here
 * @demo: whether the demo is played
 * @version: whether only the version is asked for
 *
 * What wheatear-server was asked to do.
 */
typedef struct
{
  char *host;
  guint16 port;
  char *path;
  GPtrArray *keys;
  char *certificate;
  char *certificate_key;
  char *client_ca;
  WtFaults *faults;
  char *demo_user_id;
  char *demo_user_name;
  gboolean echo;
  gboolean demo;
  gboolean version;
} WtServerOptions;

WtServerOptions *wt_server_options_parse (char **arguments, GError **error);
void wt_server_options_free (WtServerOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtServerOptions, wt_server_options_free)

G_END_DECLS
