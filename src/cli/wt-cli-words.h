/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-diagnosis.h"
#include "wt-transport.h"

G_BEGIN_DECLS

char *wt_cli_words_error (const GError *error);
const char *wt_cli_words_failure (const char *failure);
const char *wt_cli_words_state (WtConnectionState state);
void wt_cli_words_note_remedy (WtDiagnosis *diagnosis);
void wt_cli_words_warn (WtEndpoint *endpoint);

char *wt_cli_words_milliseconds (gint64 microseconds);

G_END_DECLS
