/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "raw-server.h"
#include "recorder.h"

G_BEGIN_DECLS

/* A client meets a raw server, with a key that must not be seen anywhere afterwards. */
#define MEETING_SECRET "s3cret-k3y+密"
#define MEETING_SECRET_ESCAPED "s3cret-k3y%2B%E5%AF%86"
/* Milliseconds: for who answers, and for who does not. */
#define MEETING_PATIENT 15000
#define MEETING_IMPATIENT 300
#define MEETING_LIMIT (1024 * 1024)

void meeting_watch_log (void);
void meeting_check_log (void);
void meeting_check_text (const char *text);
Recorder *meeting_new_client (guint64 limit, guint connect_timeout, guint ping_interval);
void meeting_open (Recorder *client, const char *url);
Recorder *meeting_hold (RawServer *server, guint connect_timeout);

G_END_DECLS
