/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-cli-loop.h"
#include "wt-connection.h"

G_BEGIN_DECLS

/* From resolving to the ping, each by the connection's state in which it goes on. */
#define WT_CLI_FIRST_STEP WT_CONNECTION_RESOLVING
#define WT_CLI_LAST_STEP WT_CONNECTION_ONLINE

typedef enum
{
  WT_CLI_STEP_NOT_REACHED,
  WT_CLI_STEP_NOT_NEEDED,
  WT_CLI_STEP_PASSED,
  WT_CLI_STEP_FAILED,
} WtCliOutcome;

/**
 * WtCliExamination:
 * @outcomes: what became of each step, by #WtConnectionState
 * @spans: how long each took, microseconds
 * @diagnosis: (nullable): why one failed
 * @answers_pings: whether a server that acknowledged nothing answered a WebSocket ping at least
 *
 * One connection, step by step.
 */
typedef struct
{
  WtCliOutcome outcomes[WT_CLI_LAST_STEP + 1];
  gint64 spans[WT_CLI_LAST_STEP + 1];
  WtDiagnosis *diagnosis;
  gboolean answers_pings;
} WtCliExamination;

WtCliExamination *wt_cli_examination_run (WtCliLoop *loop, WtEndpoint *endpoint, double timeout);
void wt_cli_examination_free (WtCliExamination *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliExamination, wt_cli_examination_free)

gboolean wt_cli_examination_is_passed (const WtCliExamination *self);

G_END_DECLS
