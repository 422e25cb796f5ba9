/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-connection.h"

G_BEGIN_DECLS

/**
 * WtParting:
 *
 * A connection that is closed for good, until what was sent and the close frame have left: the last to hold it.
 */
typedef struct _WtParting WtParting;

WtParting *wt_parting_new (void);
WtParting *wt_parting_ref (WtParting *self);
void wt_parting_unref (WtParting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtParting, wt_parting_unref)

void wt_parting_begin (WtParting *self,
                       WtConnection *connection,
                       WtTransport *transport,
                       WtClock *clock,
                       GMainContext *context);
gboolean wt_parting_wait (WtParting *self, gint64 deadline);

G_END_DECLS
