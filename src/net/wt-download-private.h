/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-clock.h"
#include "wt-download.h"
#include "wt-partial-file.h"
#include "wt-request.h"

G_BEGIN_DECLS

/* The parts of WtDownload: wt-download.c is the object, wt-download-machine.c what happens to it. */
struct _WtDownload
{
  GObject parent_instance;

  /* Construct properties */
  char *url;
  char *path;
  WtEndpoint *own; /* nullable */
  WtClock *clock;
  guint64 limit;

  /* While it runs */
  GTask *task;
  GCancellable *stop; /* the caller's wish, or a verdict */
  gulong cancelled_id;
  GError *verdict; /* why it was stopped, if not by the caller */
  GUri *uri;
  WtPace *pace;
  WtRequest *request;
  GInputStream *body;
  guint8 *buffer;
  gsize filled;
  guint64 offset;  /* asked for */
  gint64 body_end; /* where the body ends, in the whole; -1: unknown */
  char *validator;
  guint notify_timeout;
  gint64 notified_at;

  /* With a thread while it runs a step */
  WtPartialFile *partial;

  guint64 received;
  gint64 total;
  gboolean started;
};

void wt_download_set_received (WtDownload *self, guint64 received);
void wt_download_set_total (WtDownload *self, gint64 total);
void wt_download_flush_progress (WtDownload *self);

void wt_download_run (WtDownload *self);

G_END_DECLS
