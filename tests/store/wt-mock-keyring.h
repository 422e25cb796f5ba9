/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As much of the Secret Service as libsecret needs, with one collection, in the test's own process.
 * Unlocking is refused without asking: after a prompt, libsecret 0.20 leaks. */
typedef struct _WtMockKeyring WtMockKeyring;

WtMockKeyring *wt_mock_keyring_new (const char *address);
void wt_mock_keyring_free (WtMockKeyring *self);
void wt_mock_keyring_set_locked (WtMockKeyring *self, gboolean locked);
guint wt_mock_keyring_count (WtMockKeyring *self);
char *wt_mock_keyring_describe (WtMockKeyring *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtMockKeyring, wt_mock_keyring_free)

G_END_DECLS
