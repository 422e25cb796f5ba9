/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtNotifierIcons:
 *
 * The avatars in notifications: drawn in a thread, once.
 */
#define WT_TYPE_NOTIFIER_ICONS (wt_notifier_icons_get_type ())
G_DECLARE_FINAL_TYPE (WtNotifierIcons, wt_notifier_icons, WT, NOTIFIER_ICONS, GObject)

WtNotifierIcons *wt_notifier_icons_new (void);
void wt_notifier_icons_get_async (WtNotifierIcons *self,
                                  const char *name,
                                  gboolean as_file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GIcon *wt_notifier_icons_get_finish (WtNotifierIcons *self, GAsyncResult *result, GError **error);

G_END_DECLS
