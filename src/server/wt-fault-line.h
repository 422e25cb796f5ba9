/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-clock.h"
#include "wt-faults.h"

G_BEGIN_DECLS

/**
 * WtFaultLine:
 *
 * What lies between a server that means well and one of its connections: loses, delays, doubles, reorders
 * and adds frames as #WtFaults says. Belongs to one thread.
 */
typedef struct _WtFaultLine WtFaultLine;

/**
 * WtFaultLineFunc:
 * @frame: what to send
 * @data: the line's data
 *
 * Returns: whether it could be sent
 */
typedef gboolean (*WtFaultLineFunc) (GBytes *frame, gpointer data);

WtFaultLine *
wt_fault_line_new (WtFaults *faults, WtClock *clock, WtFaultLineFunc func, gpointer data);
void wt_fault_line_free (WtFaultLine *self);
gboolean wt_fault_line_push (WtFaultLine *self, GBytes *frame, gboolean is_ack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtFaultLine, wt_fault_line_free)

G_END_DECLS
