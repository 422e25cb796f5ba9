/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-engine.h"

#include "wt-frame-queue.h"
#include "wt-inbox.h"
#include "wt-mailbox.h"
#include "wt-outbox.h"
#include "wt-parting.h"
#include "wt-send-progress.h"

G_BEGIN_DECLS

/**
 * WtEngine:
 *
 * One account's connection, inbox and outbox, on a worker thread. The owner calls and is called on its own thread.
 */
struct _WtEngine
{
  GObject parent_instance;

  /* owned; immutable after construction */
  WtWorker *worker;
  WtDatabase *database;
  WtBlobs *blobs;
  char *my_user_id;
  char *salt;
  WtMailbox *mailbox;
  WtParting *parting;
  gint64 account_id;

  /* owned; the worker's thread only */
  WtClock *clock;
  WtTransport *transport;
  WtConnection *connection;
  WtFrameQueue *frames; /* received, not looked at */
  WtInbox *inbox;
  WtOutbox *outbox;
  WtSendProgress *progress;
  gsize frame_size; /* of the frame written last, as it was compressed */
  gsize longest;    /* string in a frame that is shown; 0: frames are not shown */
  gboolean started; /* connected, unless too many frames wait */
};

G_END_DECLS
