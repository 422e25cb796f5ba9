/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*WtChaosLineFunc) (const char *line, gpointer data);

/* A child's side: lines from the test on standard input, lines for it on standard output. */
void wt_chaos_pipe_listen (WtChaosLineFunc func, gpointer data);
void wt_chaos_pipe_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
