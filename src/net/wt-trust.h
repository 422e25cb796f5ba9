/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-diagnosis.h"
#include "wt-endpoint.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Private to the layer. */
#define WT_TYPE_TRUST (wt_trust_get_type ())
G_DECLARE_FINAL_TYPE (WtTrust, wt_trust, WT, TRUST, GObject)

WtTrust *wt_trust_new (WtEndpoint *endpoint, WtDiagnosis **problem);
void wt_trust_guard (WtTrust *self, SoupMessage *message);
void wt_trust_guard_anonymously (WtTrust *self, SoupMessage *message);
WtDiagnosis *wt_trust_diagnose (WtTrust *self, const GError *error);

G_END_DECLS
