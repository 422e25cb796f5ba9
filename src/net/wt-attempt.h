/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-transport.h"

G_BEGIN_DECLS

/**
 * WtAttemptOptions:
 * @max_incoming_bytes: the most bytes of a message that is received
 * @ping_interval_seconds: how often to ping; 0: never
 * @connect_timeout_ms: how long connecting may take altogether
 *
 * Private to the layer.
 */
typedef struct
{
  guint64 max_incoming_bytes;
  guint ping_interval_seconds;
  guint connect_timeout_ms;
} WtAttemptOptions;

#define WT_TYPE_ATTEMPT (wt_attempt_get_type ())
G_DECLARE_FINAL_TYPE (WtAttempt, wt_attempt, WT, ATTEMPT, GObject)

WtAttempt *wt_attempt_new (WtTransport *owner,
                           WtEndpoint *endpoint,
                           const char *uuid,
                           const WtAttemptOptions *options);
void wt_attempt_start (WtAttempt *self);
gboolean wt_attempt_send (WtAttempt *self, GBytes *text, GError **error);
void wt_attempt_close (WtAttempt *self, guint16 code, const char *reason);
void wt_attempt_check (WtAttempt *self);
void wt_attempt_abandon (WtAttempt *self);
gboolean wt_attempt_is_compressing (WtAttempt *self);
guint64 wt_attempt_get_taken (WtAttempt *self);
gint64 wt_attempt_get_saved (WtAttempt *self);

G_END_DECLS
