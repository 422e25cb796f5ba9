/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtKeyTable:
 *
 * Whose API keys are whose, and what a log may call their owners. Belongs to one thread.
 */
typedef struct _WtKeyTable WtKeyTable;

WtKeyTable *wt_key_table_new (void);
void wt_key_table_free (WtKeyTable *self);
void wt_key_table_add (WtKeyTable *self, const char *key, const char *user);
void wt_key_table_set_allow_all (WtKeyTable *self, gboolean allow_all);
char *wt_key_table_dup_user (WtKeyTable *self, const char *key);
gboolean wt_key_table_get_allow_all (WtKeyTable *self);
char *wt_key_table_dup_label (WtKeyTable *self, const char *user);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtKeyTable, wt_key_table_free)

G_END_DECLS
