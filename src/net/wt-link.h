/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "wt-dialect.h"

G_BEGIN_DECLS

#define WT_LINK_SCHEME "wheatear"

/**
 * WtLinkError: what is wrong with a link; each has a message for the user that repeats nothing of the link's values.
 */
typedef enum
{
  WT_LINK_ERROR_SYNTAX = 1,
  WT_LINK_ERROR_LENGTH,
  WT_LINK_ERROR_ACTION,
  WT_LINK_ERROR_REPEATED,
  WT_LINK_ERROR_VALUE,
} WtLinkError;
#define WT_LINK_ERROR (wt_link_error_quark ())
GQuark wt_link_error_quark (void);

/**
 * WtLink:
 * @url: the server's address, good as wt_endpoint_check_url() has it
 * @key: (nullable): the API key
 * @has_kind: whether the link says what kind of server it is
 * @kind: which
 * @platform: (nullable): one's own platform
 * @user_id: (nullable): one's own id
 * @nickname: (nullable): one's own name
 * @label: (nullable): what to call the account here
 * @target_key: (nullable): the key messages are routed to by default
 * @target_platform: (nullable): the platform they are routed to
 *
 * What a `wheatear://add?…` link says of an account. Texts are never empty.
 */
typedef struct
{
  char *url;
  char *key;
  gboolean has_kind;
  WtDialect kind;
  char *platform;
  char *user_id;
  char *nickname;
  char *label;
  char *target_key;
  char *target_platform;
} WtLink;

WtLink *wt_link_parse (const char *text, GError **error);
void wt_link_free (WtLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtLink, wt_link_free)

G_END_DECLS
