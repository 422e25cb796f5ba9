/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"

G_BEGIN_DECLS

/* A GTask's data. Until the task was run it is its caller's, then the database thread's, and after
 * the commit its caller's again. */
typedef struct
{
  gboolean opens;
  WtDatabaseFlags flags;
  WtDatabaseFunc func;
  gpointer data;
  GDestroyNotify free_data;
  gpointer result;
  GDestroyNotify free_result;
  GError *error;
} WtDatabaseJob;

typedef struct
{
  WtDatabaseDeferred func;
  gpointer data;
  GDestroyNotify free_data;
} WtDatabaseLater;

struct _WtDatabase
{
  GObject parent_instance;

  /* Owned; for any thread. */
  char *path;
  gboolean read_only;
  GAsyncQueue *queue;    /* of GTask, and of wt_database_stop */
  GMainContext *context; /* of who made it */
  GMutex mutex;
  GThread *thread; /* by @mutex */
  gboolean closed; /* by @mutex */
  GError *trouble; /* (nullable): to be told by the signal; by @mutex */

  /* Owned; for the database thread only. */
  sqlite3 *handle;
  GHashTable *statements; /* of sqlite3_stmt by its SQL */
  GPtrArray *used;        /* those to be reset after the task */
  GArray *later;          /* of WtDatabaseLater */
  gpointer held;          /* (nullable): taken from the queue for the next group */
  gboolean fatal;         /* an error that ends the transaction was met */
  gboolean guards_all;    /* an unguarded task has failed half-way: they are guarded, too */
};

extern char wt_database_stop;

/* wt-database-trouble.c, on any thread */
void wt_database_install_trouble (WtDatabaseClass *klass);
void wt_database_report (WtDatabase *self, const GError *error);

/* wt-database-file.c, on the database thread */
gboolean wt_database_file_open (WtDatabase *self, GError **error);
void wt_database_file_close (WtDatabase *self);

/* wt-database-compact.c, on the database thread */
void wt_database_run_alone (WtDatabase *self, WtDatabaseJob *job, GCancellable *cancellable);

/* wt-database-group.c, on the database thread */
gpointer wt_database_thread (gpointer data);

G_END_DECLS
