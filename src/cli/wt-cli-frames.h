/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtCliFrames:
 *
 * What `listen --json` has shown: so that a repeat is not shown again, and that it is known which of it is acknowledged.
 */
typedef struct _WtCliFrames WtCliFrames;

WtCliFrames *wt_cli_frames_new (void);
void wt_cli_frames_free (WtCliFrames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliFrames, wt_cli_frames_free)

gboolean wt_cli_frames_take_received (WtCliFrames *self, const char *text);
void wt_cli_frames_take_sent (WtCliFrames *self, const char *text);
guint wt_cli_frames_get_unacked (WtCliFrames *self);

G_END_DECLS
