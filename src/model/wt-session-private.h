/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-engine.h"
#include "wt-fetch.h"
#include "wt-secrets.h"
#include "wt-session.h"
#include "wt-targets.h"
#include "wt-worker.h"

G_BEGIN_DECLS

struct _WtSession
{
  GObject parent_instance;

  /* owned */
  WtAccount *account;
  WtDatabase *database;
  WtSecrets *secrets;
  WtBlobs *blobs;
  WtConversationList *conversations;
  WtTargets *targets;
  WtEngine *engine;
  WtDiagnosis *diagnosis;
  GCancellable *cancellable;
  GQueue waiting;        /* of Waiting */
  GHashTable *timelines; /* conversation's row id → WtTimeline, not owned */
  GHashTable *fetches;   /* “message's row id-position” → WtFetch */
  char *api_key;

  WtConnectionState state;
  gint64 retry_at;
  guint refused_frames;
  gboolean resolving;
  gboolean started;
  gboolean pending_loaded;
};

/* For the profile. */
WtSession *wt_session_new (WtAccount *account,
                           WtDatabase *database,
                           WtSecrets *secrets,
                           WtBlobs *blobs,
                           WtWorker *worker,
                           WtConversationList *conversations);
void wt_session_forget_keys (WtSession *self);
void wt_session_close (WtSession *self);
void wt_session_wait_closed (WtSession *self, gint64 deadline);

/* wt-session.c, for the session's other files. */
void wt_session_set_connection (WtSession *self,
                                WtConnectionState state,
                                WtDiagnosis *diagnosis,
                                gint64 retry_at);
void wt_session_emit_received (WtSession *self, WtConversation *conversation, WtMessage *message);
void wt_session_emit_delivery (WtSession *self, const WtMessageRecord *message);
void wt_session_emit_media_changed (WtSession *self, gint64 conversation_id);
void wt_session_emit_frame (WtSession *self, const WtEngineEvent *event);
void wt_session_count_refused (WtSession *self);
void wt_session_report_trouble (WtSession *self, const GError *error);
WtConversation *wt_session_take_conversation (WtSession *self, const WtConversationRecord *record);
WtTimeline *wt_session_lookup_timeline (WtSession *self, gint64 conversation_id);

/* wt-session-events.c */
void wt_session_take_delivery (WtSession *self, const WtMessageRecord *record);
void wt_session_on_engine_events (GPtrArray *events, gpointer data);

/* wt-session-media.c */
void wt_session_cancel_fetches (WtSession *self);
void wt_session_forget_fetches (WtSession *self, WtMessage *message);

/* wt-session-outgoing.c */
void wt_session_load_pending (WtSession *self);
void wt_session_clear_waiting (WtSession *self);
void wt_session_queue_message (WtSession *self,
                               WtConversation *conversation,
                               const WtMessageRecord *message);

G_END_DECLS
