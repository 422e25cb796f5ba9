/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-transport.h"

G_BEGIN_DECLS

/**
 * WtStepOutcome:
 * @WT_STEP_PENDING: not reached, or not yet
 * @WT_STEP_RUNNING: goes on right now
 * @WT_STEP_PASSED: succeeded
 * @WT_STEP_FAILED: failed; nothing comes after it
 * @WT_STEP_SKIPPED: not needed: TLS, where the server speaks plainly
 *
 * What became of one step of a #WtConnectionCheck.
 */
typedef enum
{
  WT_STEP_PENDING,
  WT_STEP_RUNNING,
  WT_STEP_PASSED,
  WT_STEP_FAILED,
  WT_STEP_SKIPPED,
} WtStepOutcome;

/**
 * WtConnectionStep: one step of a #WtConnectionCheck.
 *
 * Properties (read-only, notifying): `outcome` (#WtStepOutcome, as an int).
 */
#define WT_TYPE_CONNECTION_STEP (wt_connection_step_get_type ())
G_DECLARE_FINAL_TYPE (WtConnectionStep, wt_connection_step, WT, CONNECTION_STEP, GObject)

WtConnectionStep *wt_connection_step_new (WtConnectionState state);
WtConnectionState wt_connection_step_get_state (WtConnectionStep *self);
WtStepOutcome wt_connection_step_get_outcome (WtConnectionStep *self);
gint64 wt_connection_step_get_span (WtConnectionStep *self);
void wt_connection_step_set (WtConnectionStep *self, WtStepOutcome outcome, gint64 span);

G_END_DECLS
