/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtNotifierService:
 *
 * Who shows notifications here, and what that makes of them: GNotification sends the same to all, and each takes it
 * differently.
 */
#define WT_TYPE_NOTIFIER_SERVICE (wt_notifier_service_get_type ())
G_DECLARE_FINAL_TYPE (WtNotifierService, wt_notifier_service, WT, NOTIFIER_SERVICE, GObject)

WtNotifierService *wt_notifier_service_new (GApplication *application);
gboolean wt_notifier_service_get_available (WtNotifierService *self);
gboolean wt_notifier_service_get_markup (WtNotifierService *self);
gboolean wt_notifier_service_get_wants_files (WtNotifierService *self);
void
wt_notifier_service_send (WtNotifierService *self, const char *id, GNotification *notification);
void wt_notifier_service_withdraw (WtNotifierService *self, const char *id);

G_END_DECLS
