/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-api-server.h"
#include "wt-profile.h"

G_BEGIN_DECLS

/* A profile in a folder of its own, one account and one conversation in it, and the guide's server. */
typedef struct
{
  char *folder;
  WtApiServer *server;
  guint16 port;
  GPtrArray *received; /* of WtEnvelope: what the server was sent */
  WtProfile *profile;
  WtSession *session;
  WtConversation *conversation;
  GAsyncResult *result;
} WtModelFixture;

void wt_model_test_set_up (WtModelFixture *fixture, gconstpointer data);
void wt_model_test_tear_down (WtModelFixture *fixture, gconstpointer data);
void wt_model_test_reopen (WtModelFixture *fixture);
void wt_model_test_go_online (WtModelFixture *fixture);

void wt_model_test_on_ready (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wt_model_test_wait (WtModelFixture *fixture);

/* Calls FUNC (arguments…, NULL, …) and waits; the result is in FIXTURE->result. */
#define wt_model_test_call(fixture, function, ...)                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_clear_object (&(fixture)->result);                                                           \
    function (__VA_ARGS__, NULL, wt_model_test_on_ready, fixture);                                 \
    wt_model_test_wait (fixture);                                                                  \
  }                                                                                                \
  G_STMT_END

gint64 wt_model_test_send (WtModelFixture *fixture, WtSegment *segment);
WtMessage *wt_model_test_get_message (WtTimeline *timeline, guint position);
void wt_model_test_peer_says (WtModelFixture *fixture,
                              const char *msg_id,
                              const char *user_id,
                              const char *nickname,
                              const char *segment);
char *wt_model_test_write (WtModelFixture *fixture, const char *name, const void *data, gsize size);
WtMedia *wt_model_test_import (WtModelFixture *fixture,
                               const char *path,
                               WtSegmentKind kind,
                               guint longest_edge,
                               GError **error);
GBytes *wt_model_test_make_picture (int width, int height, const char *type, gboolean transparent);

G_END_DECLS
