/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-records.h"

G_BEGIN_DECLS

typedef enum
{
  WT_DEMO_ERROR_NO_SERVER = 1,
  WT_DEMO_ERROR_FOLDER,
  WT_DEMO_ERROR_ENDED,
} WtDemoError;
#define WT_DEMO_ERROR (wt_demo_error_quark ())
GQuark wt_demo_error_quark (void);

/**
 * WtDemo:
 *
 * The demo's server as a child process, and a profile folder that is deleted afterwards.
 *
 * Signals: `complete`: the cast has said all it has to say, and all of it has arrived here; `ended` (#GError): the server
 * ended although nobody told it to.
 */
#define WT_TYPE_DEMO (wt_demo_get_type ())
G_DECLARE_FINAL_TYPE (WtDemo, wt_demo, WT, DEMO, GObject)

WtDemo *wt_demo_new (const char *server, GError **error);
const char *wt_demo_get_folder (WtDemo *self);
gboolean wt_demo_get_complete (WtDemo *self);
void wt_demo_start_async (WtDemo *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
gboolean wt_demo_start_finish (WtDemo *self, GAsyncResult *result, GError **error);
WtAccountRecord *wt_demo_make_account (WtDemo *self);
const char *wt_demo_get_key (WtDemo *self);
const char *wt_demo_get_target_key (WtDemo *self);
void wt_demo_stop (WtDemo *self);

G_END_DECLS
