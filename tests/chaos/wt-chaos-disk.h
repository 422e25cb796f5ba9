/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a profile folder holds, seen from outside the program that wrote it. */
typedef struct
{
  guint last_in;  /* messages 1 … last_in came, each once and in order */
  guint last_out; /* messages 1 … last_out were stored, each once and in order */
  guint acked;    /* of these, the ones with their ACK */
  guint failed;
  guint deleted; /* tombstones */
  guint unread;
} WtChaosStored;

void wt_chaos_disk_check (const char *folder, WtChaosStored *stored, guint n_conversations);
void wt_chaos_disk_remove (const char *folder);

G_END_DECLS
