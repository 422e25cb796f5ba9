/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* WtDiagnosisKind: why there is no connection. */
typedef enum
{
  WT_DIAGNOSIS_NONE,
  WT_DIAGNOSIS_BAD_URL,
  WT_DIAGNOSIS_DNS,
  WT_DIAGNOSIS_REFUSED,
  WT_DIAGNOSIS_UNREACHABLE,
  WT_DIAGNOSIS_TIMEOUT,
  WT_DIAGNOSIS_TLS_EXPIRED,
  WT_DIAGNOSIS_TLS_WRONG_HOST,
  WT_DIAGNOSIS_TLS_SELF_SIGNED,
  WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER,
  WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE,
  WT_DIAGNOSIS_TLS_OTHER,
  WT_DIAGNOSIS_PROXY,
  WT_DIAGNOSIS_HTTP_STATUS,
  WT_DIAGNOSIS_NOT_API_SERVER,
  WT_DIAGNOSIS_SOCKET_IO,
  WT_DIAGNOSIS_AUTHENTICATION,
  WT_DIAGNOSIS_MESSAGE_TOO_BIG,
  WT_DIAGNOSIS_REPLACED,
  WT_DIAGNOSIS_GOING_AWAY,
  WT_DIAGNOSIS_PROTOCOL,
  WT_DIAGNOSIS_NO_PONG,
  WT_DIAGNOSIS_NO_ACK,
  WT_DIAGNOSIS_CLOSED,
  WT_DIAGNOSIS_NO_KEY,
  WT_DIAGNOSIS_OTHER,
} WtDiagnosisKind;

/**
 * WtDiagnosis: a failure of a connection, in a form that a person can act on. Immutable, atomically reference-counted.
 */
typedef struct _WtDiagnosis WtDiagnosis;
#define WT_TYPE_DIAGNOSIS (wt_diagnosis_get_type ())
GType wt_diagnosis_get_type (void);

WtDiagnosis *wt_diagnosis_new (WtDiagnosisKind kind, guint code, const char *detail);
WtDiagnosis *wt_diagnosis_new_for_error (const GError *error);
WtDiagnosis *wt_diagnosis_new_for_close (guint16 code, const char *reason, gboolean clean);
WtDiagnosis *wt_diagnosis_new_for_tls (GTlsCertificate *certificate, GTlsCertificateFlags errors);
WtDiagnosis *wt_diagnosis_new_closed (gboolean clean);
WtDiagnosis *wt_diagnosis_ref (WtDiagnosis *self);
void wt_diagnosis_unref (WtDiagnosis *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtDiagnosis, wt_diagnosis_unref)

WtDiagnosisKind wt_diagnosis_get_kind (WtDiagnosis *self);
guint wt_diagnosis_get_code (WtDiagnosis *self);
const char *wt_diagnosis_get_detail (WtDiagnosis *self);
gboolean wt_diagnosis_is_clean (WtDiagnosis *self);
gboolean wt_diagnosis_can_retry (WtDiagnosis *self);
GTlsCertificate *wt_diagnosis_get_certificate (WtDiagnosis *self);
const char *wt_diagnosis_get_fingerprint (WtDiagnosis *self);
char *wt_diagnosis_get_sentence (WtDiagnosis *self);
char *wt_diagnosis_get_remedy (WtDiagnosis *self);
const char *wt_diagnosis_kind_to_nick (WtDiagnosisKind kind);

G_END_DECLS
