/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wt_certificate_is_self_signed (GTlsCertificate *certificate);
GTlsCertificateFlags wt_certificate_find_validity_errors (GTlsCertificate *certificate);
char *wt_certificate_describe (GTlsCertificate *certificate);
char *wt_certificate_compute_digest (GTlsCertificate *certificate);
char *wt_certificate_compute_fingerprint (GTlsCertificate *certificate);

G_END_DECLS
