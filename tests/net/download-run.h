/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reply-server.h"
#include "wt-clock.h"
#include "wt-download.h"

G_BEGIN_DECLS

/* One download into a folder of its own, and what came of it. */
typedef struct
{
  char *folder;
  char *path;
  GCancellable *cancellable;
  WtClock *clock;          /* a manual one */
  const WtTlsOptions *tls; /* of the own server; NULL: it has no TLS */
  guint64 limit;           /* 0: the usual one */
  const char *own_host;    /* loopback at first */
  WtDownload *download;
  gboolean done;
  WtDownloadResult *result;
  GError *error;
  guint notified;
  guint ticks; /* wakes the waits: servers and threads do not */
} DownloadRun;

DownloadRun *download_run_new (void);
void download_run_free (DownloadRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DownloadRun, download_run_free)

void download_run_start (DownloadRun *self, const char *url);
void download_run_wait (DownloadRun *self);
void download_run (DownloadRun *self, const char *url);
void download_run_server (DownloadRun *self, ReplyServer *server);

void download_run_assert_sample (DownloadRun *self, guint64 size);
void download_run_assert_error (DownloadRun *self, WtDownloadError code);
gint64 download_run_get_file_size (DownloadRun *self);
gboolean download_run_has_note (DownloadRun *self);

G_END_DECLS
