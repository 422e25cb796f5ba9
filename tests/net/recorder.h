/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-transport.h"
#include "wt-websocket.h"

G_BEGIN_DECLS

/* What a transport said. */
typedef struct
{
  WtTransport *transport;
  GString *steps; /* nicks, "opened", "closed", each with a blank after it */
  GPtrArray *frames;
  guint opened;
  guint closed;
  guint ignored;
  guint alive;
  WtDiagnosis *diagnosis;
} Recorder;

Recorder *recorder_new (WtTransport *transport);
void recorder_free (Recorder *self);
WtDiagnosisKind recorder_get_kind (Recorder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recorder, recorder_free)

void recorder_drain (void);

#define recorder_assert_kind(self, expected)                                                       \
  g_assert_cmpstr (wt_diagnosis_kind_to_nick (recorder_get_kind (self)), ==,                       \
                   wt_diagnosis_kind_to_nick (expected))

G_END_DECLS
