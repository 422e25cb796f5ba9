/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSource *
wt_metered_source_new (GObject *stream, GSource *child, int wait, GCancellable *cancellable);

G_END_DECLS
