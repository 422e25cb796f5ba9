/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-diagnosis.h"

G_BEGIN_DECLS

gboolean wt_certificate_words_may_trust (WtDiagnosis *diagnosis);
char *wt_certificate_words_reasons (WtDiagnosis *diagnosis, const char *host);
char *wt_certificate_words_subject (GTlsCertificate *certificate);
char *wt_certificate_words_issuer (GTlsCertificate *certificate);
char *wt_certificate_words_validity (GTlsCertificate *certificate);
char *wt_certificate_words_fingerprint (const char *fingerprint);

G_END_DECLS
