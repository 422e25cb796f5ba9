/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"

G_BEGIN_DECLS

/* What is being written is named so until it is whole. */
#define WT_BLOBS_TEMPORARY_PREFIX ".new-"

struct _WtBlobs
{
  GObject parent_instance;

  /* Owned */
  char *folder;
  GMutex lock;

  /* Guarded by lock */
  gboolean prepared;
  GHashTable *left; /* of names that were too young to be removed */
};

char *wt_blobs_find_path (WtBlobs *self, const char *blob, GError **error);

/* wt-blobs-remove.c */
gboolean wt_blobs_is_name (const char *blob);
int wt_blobs_lock (WtBlobs *self, int operation);
void wt_blobs_unlock (int lock);

G_END_DECLS
