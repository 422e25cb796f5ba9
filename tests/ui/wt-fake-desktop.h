/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtFakeDesktop:
 * @calls: (element-type utf8): each call's name and arguments as text, in order
 * @refuse: the portal says no
 *
 * A bus of its own with somebody on it who shows notifications, and the portals.
 */
typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *bus;
  GPtrArray *calls;
  guint last_id;
  gboolean refuse;
} WtFakeDesktop;

WtFakeDesktop *wt_fake_desktop_new (void);
void wt_fake_desktop_free (WtFakeDesktop *self);
const char *wt_fake_desktop_find (WtFakeDesktop *self, const char *part);
guint wt_fake_desktop_count (WtFakeDesktop *self, const char *part);
void wt_fake_desktop_invoke (WtFakeDesktop *self, guint id, const char *action);

G_END_DECLS
