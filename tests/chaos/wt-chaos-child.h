/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*WtChaosLineFunc) (const char *line, gpointer data);

/* A program that the test talks to line by line, and kills. */
typedef struct
{
  const char *name;
  WtChaosLineFunc func;
  gpointer data;
  GPid pid;
  int in;
  int out;
  int err;
  guint source;
  guint err_source;
  GString *text;
  GString *complaints; /* the newest of what it wrote to its standard error */
  gboolean running;
  gboolean doomed; /* it may end now */
  int status;      /* as waitpid() gave it */
} WtChaosChild;

void wt_chaos_child_start (WtChaosChild *self, char **argv);
void wt_chaos_child_tell (WtChaosChild *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void wt_chaos_child_kill (WtChaosChild *self);
void wt_chaos_child_wait (WtChaosChild *self);
void wt_chaos_child_clear (WtChaosChild *self);

void wt_chaos_run_for (guint milliseconds);

G_END_DECLS
