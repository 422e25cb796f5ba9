/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-chaos-child.h"

G_BEGIN_DECLS

#define WT_CHAOS_CONVERSATIONS 4

/* One conversation, as the peer knows it. Messages are numbered from 1 in each direction. */
typedef struct
{
  guint made;      /* messages to the client */
  guint next;      /* the next of them to send on this connection */
  guint unheard;   /* the first of them whose ACK was not heard */
  guint acked;     /* the last of them that the client has acknowledged */
  guint processed; /* messages from the client, in order */
  GHashTable *heard;
} WtChaosTalk;

/* What stands behind the server: like a real application it sends a message again, with the same id, until its ACK is
 * heard, and processes a message once. It outlives the server. */
typedef struct
{
  WtChaosChild *server;
  GRand *random;
  WtChaosTalk talks[WT_CHAOS_CONVERSATIONS];
  GHashTable *ids;  /* what was processed */
  double deafness;  /* how likely an ACK is not heard */
  guint picture;    /* the number of the message that is a picture, or 0 */
  guint generation; /* of the client's connection */
  guint repeats;    /* messages that came again */
  guint lost_acks;
  gboolean connected;
  gboolean silent; /* says nothing */
  gint64 progress; /* monotonic: when the last ACK was heard */
} WtChaosPeer;

void wt_chaos_peer_init (WtChaosPeer *self, WtChaosChild *server, GRand *random);
void wt_chaos_peer_clear (WtChaosPeer *self);
void wt_chaos_peer_make (WtChaosPeer *self, guint conversation);
void wt_chaos_peer_take_line (WtChaosPeer *self, const char *line);
void wt_chaos_peer_lose_server (WtChaosPeer *self);
void wt_chaos_peer_tick (WtChaosPeer *self);
gboolean wt_chaos_peer_is_settled (WtChaosPeer *self);

G_END_DECLS
