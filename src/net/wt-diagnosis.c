/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-diagnosis.h"

#include "wt-certificate.h"
#include "wt-endpoint.h"
#include "wt-log.h"

#include <libsoup/soup.h>
#include <string.h>

/* A peer's reason is shown in one line. */
#define MAX_DETAIL_CHARACTERS 300

struct _WtDiagnosis
{
  WtDiagnosisKind kind;
  guint code;
  char *detail;
  gboolean clean;
  GTlsCertificate *certificate;
  char *fingerprint;
};

G_DEFINE_BOXED_TYPE (WtDiagnosis, wt_diagnosis, wt_diagnosis_ref, wt_diagnosis_unref)

static void
diagnosis_clear (gpointer data)
{
  WtDiagnosis *self = data;

  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_object (&self->certificate);
}

/* One line of valid UTF-8 without keys, of bounded length; %NULL for nothing. */
static char *
tidy (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *redacted = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  guint count = 0;

  if (text == NULL)
    return NULL;

  /* Bounded before anything is searched in it. */
  valid = g_utf8_make_valid (text, (gssize) strnlen (text, 16 * MAX_DETAIL_CHARACTERS));
  redacted = wt_log_redact (valid);
  for (const char *p = redacted; *p != '\0' && count < MAX_DETAIL_CHARACTERS;
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean printable = !g_unichar_iscntrl (c) && g_unichar_type (c) != G_UNICODE_FORMAT
                           && g_unichar_type (c) != G_UNICODE_LINE_SEPARATOR
                           && g_unichar_type (c) != G_UNICODE_PARAGRAPH_SEPARATOR;

      g_string_append_unichar (line, printable ? c : ' ');
      count++;
    }
  g_strstrip (line->str);
  return *line->str == '\0' ? NULL : g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * wt_diagnosis_new:
 * @kind: what failed
 * @code: an HTTP status, WebSocket close code or #GTlsCertificateFlags, where @kind has one; for
 *   %WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE 1 if it is but a guess; else 0
 * @detail: (nullable): what a library or the server said about it, untranslated; shortened to one line, keys
 *   known to wt_log_redact() masked
 *
 * Returns: (transfer full): a diagnosis; not of a clean close
 */
WtDiagnosis *
wt_diagnosis_new (WtDiagnosisKind kind, guint code, const char *detail)
{
  WtDiagnosis *self = g_atomic_rc_box_new0 (WtDiagnosis);

  self->kind = kind;
  self->code = code;
  self->detail = tidy (detail);
  return self;
}

static WtDiagnosisKind
kind_for_io_error (gint code)
{
  switch (code)
    {
    case G_IO_ERROR_HOST_NOT_FOUND:
      return WT_DIAGNOSIS_DNS;
    case G_IO_ERROR_CONNECTION_REFUSED:
      return WT_DIAGNOSIS_REFUSED;
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return WT_DIAGNOSIS_UNREACHABLE;
    case G_IO_ERROR_TIMED_OUT:
      return WT_DIAGNOSIS_TIMEOUT;
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return WT_DIAGNOSIS_PROXY;
    case G_IO_ERROR_MESSAGE_TOO_LARGE:
      return WT_DIAGNOSIS_MESSAGE_TOO_BIG;
    case G_IO_ERROR_CONNECTION_CLOSED: /* the same number as G_IO_ERROR_BROKEN_PIPE */
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_CLOSED:
      return WT_DIAGNOSIS_CLOSED;
    default:
      return WT_DIAGNOSIS_OTHER;
    }
}

/* Errors of an open WebSocket have the numbers of close codes; those of a handshake are below 1000. */
static WtDiagnosisKind
kind_for_websocket_error (gint code)
{
  switch (code)
    {
    case SOUP_WEBSOCKET_CLOSE_TOO_BIG:
      return WT_DIAGNOSIS_MESSAGE_TOO_BIG;
    case SOUP_WEBSOCKET_CLOSE_GOING_AWAY:
      return WT_DIAGNOSIS_GOING_AWAY;
    case SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET:
    case SOUP_WEBSOCKET_ERROR_BAD_HANDSHAKE:
    case SOUP_WEBSOCKET_ERROR_BAD_ORIGIN:
      return WT_DIAGNOSIS_NOT_API_SERVER;
    case SOUP_WEBSOCKET_ERROR_FAILED:
      return WT_DIAGNOSIS_CLOSED;
    default:
      return WT_DIAGNOSIS_PROTOCOL;
    }
}

static WtDiagnosisKind
kind_for_tls_error (gint code)
{
  switch (code)
    {
    case G_TLS_ERROR_CERTIFICATE_REQUIRED:
      return WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE;
    case G_TLS_ERROR_EOF:
      return WT_DIAGNOSIS_CLOSED;
    default:
      return WT_DIAGNOSIS_TLS_OTHER;
    }
}

/**
 * wt_diagnosis_new_for_error:
 * @error: an error of GIO, libsoup or this layer
 *
 * The error's message becomes the detail. It says nothing about certificates: wt_diagnosis_new_for_tls() does.
 *
 * Returns: (transfer full): what @error means for a connection
 */
WtDiagnosis *
wt_diagnosis_new_for_error (const GError *error)
{
  WtDiagnosisKind kind = WT_DIAGNOSIS_OTHER;
  guint code = 0;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == WT_ENDPOINT_ERROR)
    kind = WT_DIAGNOSIS_BAD_URL;
  else if (error->domain == G_RESOLVER_ERROR)
    kind = WT_DIAGNOSIS_DNS;
  else if (error->domain == G_IO_ERROR)
    kind = kind_for_io_error (error->code);
  else if (error->domain == G_TLS_ERROR)
    kind = kind_for_tls_error (error->code);
  else if (error->domain == SOUP_WEBSOCKET_ERROR)
    {
      kind = kind_for_websocket_error (error->code);
      code = error->code >= 1000 ? (guint) error->code : 0;
    }
  else if (error->domain == SOUP_SESSION_ERROR && error->code == SOUP_SESSION_ERROR_PARSING)
    kind = WT_DIAGNOSIS_NOT_API_SERVER;

  return wt_diagnosis_new (kind, code, error->message);
}

/* Whether a server means by a close reason that it does not know the key. */
static gboolean
is_authentication_reason (const char *reason)
{
  static const char *const signs[] = {
    "authenticat", "authoriz", "authoris",    "auth failed",   "auth error", "api key",
    "api_key",     "apikey",   "invalid key", "invalid token", "forbidden",  "认证",
    "鉴权",        "授权",     "密钥",        "令牌",
  };
  g_autofree char *folded = NULL;

  if (reason == NULL || !g_utf8_validate (reason, -1, NULL))
    return FALSE;
  folded = g_utf8_strdown (reason, -1);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (strstr (folded, signs[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

static WtDiagnosisKind
kind_for_close (guint16 code, const char *reason)
{
  switch (code)
    {
    case SOUP_WEBSOCKET_CLOSE_NORMAL:
      if (reason == NULL || *reason == '\0')
        return WT_DIAGNOSIS_REPLACED;
      return is_authentication_reason (reason) ? WT_DIAGNOSIS_AUTHENTICATION : WT_DIAGNOSIS_CLOSED;
    case SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION:
    case 3000: /* registered: Unauthorized */
    case 3003: /* registered: Forbidden */
    case 4401:
    case 4403:
      return WT_DIAGNOSIS_AUTHENTICATION;
    case SOUP_WEBSOCKET_CLOSE_GOING_AWAY:
    case 1012: /* registered: Service Restart */
    case 1013: /* registered: Try Again Later */
      return WT_DIAGNOSIS_GOING_AWAY;
    case SOUP_WEBSOCKET_CLOSE_PROTOCOL_ERROR:
    case SOUP_WEBSOCKET_CLOSE_UNSUPPORTED_DATA:
    case SOUP_WEBSOCKET_CLOSE_BAD_DATA:
    case SOUP_WEBSOCKET_CLOSE_NO_EXTENSION:
      return WT_DIAGNOSIS_PROTOCOL;
    case SOUP_WEBSOCKET_CLOSE_TOO_BIG:
      return WT_DIAGNOSIS_MESSAGE_TOO_BIG;
    case SOUP_WEBSOCKET_CLOSE_TLS_HANDSHAKE:
      return WT_DIAGNOSIS_TLS_OTHER;
    default:
      return is_authentication_reason (reason) ? WT_DIAGNOSIS_AUTHENTICATION : WT_DIAGNOSIS_CLOSED;
    }
}

/**
 * wt_diagnosis_new_for_close:
 * @code: the close code the server sent; 1005 for none in its close frame, 1006 or 0 for no close frame
 * @reason: (nullable): the reason it sent, UTF-8
 * @clean: whether there was a close handshake
 *
 * Reads a close as wire.md's section 1 tells: 1000 alone is not "normal". With a reason that speaks of
 * authentication it is a bad key; with none it makes place for another connection.
 *
 * Returns: (transfer full): what the close means
 */
WtDiagnosis *
wt_diagnosis_new_for_close (guint16 code, const char *reason, gboolean clean)
{
  WtDiagnosis *self = wt_diagnosis_new (kind_for_close (code, reason), code, reason);

  self->clean = clean;
  return self;
}

/**
 * wt_diagnosis_new_closed:
 * @clean: whether the server answered the close
 *
 * Returns: (transfer full): a diagnosis of the kind %WT_DIAGNOSIS_NONE, for a connection that was closed from
 *   this side
 */
WtDiagnosis *
wt_diagnosis_new_closed (gboolean clean)
{
  WtDiagnosis *self = wt_diagnosis_new (WT_DIAGNOSIS_NONE, 0, NULL);

  self->clean = clean;
  return self;
}

static WtDiagnosisKind
kind_for_certificate (GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  if (errors & (G_TLS_CERTIFICATE_REVOKED | G_TLS_CERTIFICATE_INSECURE))
    return WT_DIAGNOSIS_TLS_OTHER;
  if (errors & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    return WT_DIAGNOSIS_TLS_EXPIRED;
  if (errors & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return wt_certificate_is_self_signed (certificate) ? WT_DIAGNOSIS_TLS_SELF_SIGNED
                                                       : WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER;
  if (errors & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return WT_DIAGNOSIS_TLS_WRONG_HOST;
  return WT_DIAGNOSIS_TLS_OTHER;
}

/**
 * wt_diagnosis_new_for_tls:
 * @certificate: the server's certificate
 * @errors: why it was refused
 *
 * Returns: (transfer full): a diagnosis of one of the TLS kinds: the most telling of @errors, all of which are
 *   its code; subject, issuer and validity are its detail
 */
WtDiagnosis *
wt_diagnosis_new_for_tls (GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  g_autofree char *detail = wt_certificate_describe (certificate);
  WtDiagnosis *self;

  errors |= wt_certificate_find_validity_errors (certificate);
  self = wt_diagnosis_new (kind_for_certificate (certificate, errors), errors, detail);
  self->certificate = g_object_ref (certificate);
  self->fingerprint = wt_certificate_compute_fingerprint (certificate);
  return self;
}

/**
 * wt_diagnosis_ref:
 * @self: a diagnosis
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
WtDiagnosis *
wt_diagnosis_ref (WtDiagnosis *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wt_diagnosis_unref:
 * @self: (transfer full): a diagnosis. Thread-safe.
 */
void
wt_diagnosis_unref (WtDiagnosis *self)
{
  g_atomic_rc_box_release_full (self, diagnosis_clear);
}

/**
 * wt_diagnosis_get_kind:
 * @self: a diagnosis
 *
 * Returns: what failed
 */
WtDiagnosisKind
wt_diagnosis_get_kind (WtDiagnosis *self)
{
  return self->kind;
}

/**
 * wt_diagnosis_get_code:
 * @self: a diagnosis
 *
 * Returns: the HTTP status, the WebSocket close code or the #GTlsCertificateFlags, where the kind has one; or 0
 */
guint
wt_diagnosis_get_code (WtDiagnosis *self)
{
  return self->code;
}

/**
 * wt_diagnosis_get_detail:
 * @self: a diagnosis
 *
 * Returns: (nullable): what a library or the server said: one line of up to 300 characters, not translated,
 *   without keys
 */
const char *
wt_diagnosis_get_detail (WtDiagnosis *self)
{
  return self->detail;
}

/**
 * wt_diagnosis_is_clean:
 * @self: a diagnosis
 *
 * Returns: whether the connection ended with a close handshake: then the server knows that it is gone, and the
 *   same `x-uuid` may be used again (wire.md, section 1)
 */
gboolean
wt_diagnosis_is_clean (WtDiagnosis *self)
{
  return self->clean;
}

/**
 * wt_diagnosis_can_retry:
 * @self: a diagnosis
 *
 * Returns: whether another attempt may succeed without anybody changing anything; if not, only a person can
 *   mend it
 */
gboolean
wt_diagnosis_can_retry (WtDiagnosis *self)
{
  switch (self->kind)
    {
    case WT_DIAGNOSIS_DNS:
    case WT_DIAGNOSIS_REFUSED:
    case WT_DIAGNOSIS_UNREACHABLE:
    case WT_DIAGNOSIS_TIMEOUT:
    case WT_DIAGNOSIS_MESSAGE_TOO_BIG:
    case WT_DIAGNOSIS_REPLACED:
    case WT_DIAGNOSIS_GOING_AWAY:
    case WT_DIAGNOSIS_PROTOCOL:
    case WT_DIAGNOSIS_NO_PONG:
    case WT_DIAGNOSIS_NO_ACK:
    case WT_DIAGNOSIS_CLOSED:
    case WT_DIAGNOSIS_OTHER:
      return TRUE;
    case WT_DIAGNOSIS_HTTP_STATUS:
      return self->code >= 500 || self->code == SOUP_STATUS_REQUEST_TIMEOUT || self->code == 429;
    case WT_DIAGNOSIS_PROXY:
      return self->code != SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED;
    case WT_DIAGNOSIS_TLS_OTHER:
      /* A handshake that broke off, as with a proxy whose server is restarting; with a code it is the certificate. */
      return self->code == 0;
    case WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE:
      return self->code != 0;
    default:
      return FALSE;
    }
}

/**
 * wt_diagnosis_get_certificate:
 * @self: a diagnosis
 *
 * Returns: (transfer none) (nullable): the server's certificate, where that is what failed
 */
GTlsCertificate *
wt_diagnosis_get_certificate (WtDiagnosis *self)
{
  return self->certificate;
}

/**
 * wt_diagnosis_get_fingerprint:
 * @self: a diagnosis
 *
 * Returns: (nullable): the sha256 of the refused certificate's DER, as `AA:BB:…`; it may be given back as
 *   #WtTlsOptions.trusted_fingerprint
 */
const char *
wt_diagnosis_get_fingerprint (WtDiagnosis *self)
{
  return self->fingerprint;
}
