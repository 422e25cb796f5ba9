/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtPartialFile: a file that is being downloaded, and what is needed to go on with it another day. Its functions
 * block; one thread at a time. Private to the layer.
 */
typedef struct _WtPartialFile WtPartialFile;

WtPartialFile *wt_partial_file_open (const char *path, const char *url, GError **error);
void wt_partial_file_free (WtPartialFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtPartialFile, wt_partial_file_free)

guint64 wt_partial_file_get_size (WtPartialFile *self);
const char *wt_partial_file_get_validator (WtPartialFile *self);
gint64 wt_partial_file_get_total (WtPartialFile *self);

gboolean
wt_partial_file_restart (WtPartialFile *self, const char *validator, gint64 total, GError **error);
gboolean
wt_partial_file_append (WtPartialFile *self, gconstpointer data, gsize length, GError **error);
gboolean wt_partial_file_complete (WtPartialFile *self, GError **error);
void wt_partial_file_keep (WtPartialFile *self);
void wt_partial_file_discard (WtPartialFile *self);

G_END_DECLS
