/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-profile.h"

G_BEGIN_DECLS

struct _WtProfile
{
  GObject parent_instance;

  /* owned */
  char *folder;
  WtDatabase *database;
  WtSecrets *secrets;
  WtBlobs *blobs;
  WtWorker *worker;
  GListStore *sessions;
  WtConversationList *conversations;
  WtStickerList *stickers;   /* (nullable): made when it is first asked for */
  GCancellable *cancellable; /* of what goes on by itself */
  GError *problem;           /* (nullable): WtProfile:storage-problem */

  gint64 problem_time; /* when it was last met, monotonic */
  guint probe_source;
  guint sweep_source;
  guint left_source;
  gboolean probing;
  gboolean closed;
};

/* wt-profile.c */
WtSession *wt_profile_add_session (WtProfile *self, const WtAccountRecord *record);
WtSession *wt_profile_find_session (WtProfile *self, gint64 account_id);

/* wt-profile-storage.c */
void wt_profile_watch_storage (WtProfile *self);
void wt_profile_note_trouble (WtProfile *self, const GError *error);

/* wt-profile-sweep.c */
void wt_profile_sweep_soon (WtProfile *self);
void wt_profile_remove_unused_async (WtProfile *self,
                                     GStrv blobs,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);

G_END_DECLS
