/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A resolver that knows a few names, and may answer otherwise the next time. */
#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

FakeResolver *fake_resolver_new (void);
void fake_resolver_add (FakeResolver *self, const char *name, const char *answers);
guint fake_resolver_get_asked (FakeResolver *self, const char *name);

G_END_DECLS
