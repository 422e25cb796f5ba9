/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-account.h"

G_BEGIN_DECLS

/**
 * WtCliWho:
 * @url: (nullable): the server's address
 * @key: (nullable): one's own API key, wherever it came from; a secret
 * @platform: one's own platform
 * @user_id: one's own user id
 * @nickname: (nullable): one's name
 * @account: (nullable): a stored account's name or id, instead of all these
 * @profile: (nullable) (type filename): the folder that the account is stored in; %NULL: the window's own
 *
 * Who connects, as the command line says it. The other members are what stands there literally.
 */
typedef struct
{
  char *url;
  char *key;
  char *platform;
  char *user_id;
  char *nickname;
  char *account;
  char *profile;

  char *key_file;
  char *key_env;
  char *auth;
  char *dialect;
  char *ca_file;
  char *certificate;
  char *certificate_key;
  char *trust;
  gboolean insecure;
} WtCliWho;

void wt_cli_who_clear (WtCliWho *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WtCliWho, wt_cli_who_clear)

GOptionContext *wt_cli_options_new_context (const char *parameters, const char *summary);
void wt_cli_options_add_server (GOptionContext *context, WtCliWho *self);
void wt_cli_options_add_account (GOptionContext *context, WtCliWho *self);
gboolean wt_cli_options_parse (GOptionContext *context, GStrv *arguments, GError **error);
gboolean wt_cli_options_take_text (char **text, GError **error);
char *wt_cli_options_take_single (GStrv words, const char *name, GError **error);
char *wt_cli_options_read_secret (const char *file, const char *variable, GError **error);
gboolean wt_cli_options_check_range (double value, double least, const char *name, GError **error);

gboolean wt_cli_who_check (WtCliWho *self, GError **error);
gboolean wt_cli_who_check_server (WtCliWho *self, GError **error);
WtAccountRecord *wt_cli_who_make_record (const WtCliWho *self);

G_END_DECLS
