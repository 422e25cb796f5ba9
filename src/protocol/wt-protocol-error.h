/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtProtocolError:
 * @WT_PROTOCOL_ERROR_TOO_LARGE: longer than %WT_PROTOCOL_MAX_BYTES
 * @WT_PROTOCOL_ERROR_TOO_DEEP: nested deeper than %WT_PROTOCOL_MAX_DEPTH
 * @WT_PROTOCOL_ERROR_SYNTAX: not one JSON value
 * @WT_PROTOCOL_ERROR_MISSING: a required member is absent; the message names its path
 * @WT_PROTOCOL_ERROR_TYPE: a member has a type that cannot be used; the message names its path
 * @WT_PROTOCOL_ERROR_RANGE: a member is out of range; the message names its path
 *
 * What is wrong with a frame.
 */
typedef enum
{
  WT_PROTOCOL_ERROR_TOO_LARGE = 1,
  WT_PROTOCOL_ERROR_TOO_DEEP,
  WT_PROTOCOL_ERROR_SYNTAX,
  WT_PROTOCOL_ERROR_MISSING,
  WT_PROTOCOL_ERROR_TYPE,
  WT_PROTOCOL_ERROR_RANGE,
} WtProtocolError;

#define WT_PROTOCOL_ERROR (wt_protocol_error_quark ())
GQuark wt_protocol_error_quark (void);

/* The protocol's cap on one message, in bytes. */
#define WT_PROTOCOL_MAX_BYTES (100 * 1024 * 1024)
/* The deepest nesting of arrays and objects that is read. */
#define WT_PROTOCOL_MAX_DEPTH 64
/* The deepest nesting of segment lists and forwarded messages that is read. */
#define WT_PROTOCOL_MAX_SEGMENT_DEPTH 8
/* The most values (of any type, at any depth) that are read from one message: each costs far more
 * memory than the byte or two that a peer spends on it. */
#define WT_PROTOCOL_MAX_VALUES (128 * 1024)
/* The most members of one object: they are looked through one by one. */
#define WT_PROTOCOL_MAX_MEMBERS 512
/* The longest id, name, key or type that is used, in bytes. */
#define WT_PROTOCOL_MAX_NAME_BYTES 4096

G_END_DECLS
