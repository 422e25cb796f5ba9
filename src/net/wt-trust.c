/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-trust.h"

#include "wt-certificate.h"

/**
 * WtTrust:
 *
 * Decides on one endpoint's server certificates, shows the client's own, and remembers why it said no. The
 * system's store is asked first, by GIO; only what that refuses comes here.
 */
struct _WtTrust
{
  GObject parent_instance;

  WtEndpoint *endpoint;
  GTlsDatabase *authorities; /* of the CA file */
  GTlsCertificate *own;      /* the client's */
  GTlsCertificate *refused;  /* the server's */
  GTlsCertificateFlags refused_errors;
  gboolean asked_for_own;
};

G_DEFINE_FINAL_TYPE (WtTrust, wt_trust, G_TYPE_OBJECT)

static gboolean
matches_fingerprint (WtTrust *self, GTlsCertificate *certificate)
{
  const char *trusted = wt_endpoint_get_tls (self->endpoint)->trusted_fingerprint;
  g_autofree char *fingerprint = NULL;

  if (trusted == NULL)
    return FALSE;
  fingerprint = wt_certificate_compute_digest (certificate);
  return g_strcmp0 (fingerprint, trusted) == 0;
}

/* What the CA file's authorities say of it. */
static GTlsCertificateFlags
verify_with_authorities (WtTrust *self, GTlsCertificate *certificate)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (
      wt_endpoint_get_host (self->endpoint), wt_endpoint_get_port (self->endpoint));
  g_autoptr (GError) error = NULL;
  GTlsCertificateFlags errors = g_tls_database_verify_chain (
      self->authorities, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
      G_TLS_DATABASE_VERIFY_NONE, NULL, &error);

  return error != NULL ? G_TLS_CERTIFICATE_GENERIC_ERROR : errors;
}

static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer data)
{
  WtTrust *self = data;

  if (wt_endpoint_get_tls (self->endpoint)->insecure || matches_fingerprint (self, certificate))
    return TRUE;
  if (self->authorities != NULL)
    {
      GTlsCertificateFlags other = verify_with_authorities (self, certificate);

      if (other == G_TLS_CERTIFICATE_NO_FLAGS)
        return TRUE;
      /* An authority of the file's issued it: then what else is wrong is the better answer. */
      if (!(other & G_TLS_CERTIFICATE_UNKNOWN_CA))
        errors = other;
    }
  g_set_object (&self->refused, certificate);
  self->refused_errors = errors;
  return FALSE;
}

static gboolean
on_request_certificate (SoupMessage *message, GTlsClientConnection *connection, gpointer data)
{
  WtTrust *self = data;

  self->asked_for_own = TRUE;
  if (self->own == NULL)
    return FALSE;
  soup_message_set_tls_client_certificate (message, self->own);
  return TRUE;
}

static gboolean
load_authorities (WtTrust *self, const char *file, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (file, NULL);
  g_autolist (GTlsCertificate) certificates = g_tls_certificate_list_new_from_file (path, error);

  if (certificates == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                     "There is no PEM certificate in %s", path);
      return FALSE;
    }
  self->authorities = g_tls_file_database_new (path, error);
  return self->authorities != NULL;
}

static void
wt_trust_dispose (GObject *object)
{
  WtTrust *self = WT_TRUST (object);

  g_clear_pointer (&self->endpoint, wt_endpoint_unref);
  g_clear_object (&self->authorities);
  g_clear_object (&self->own);
  g_clear_object (&self->refused);

  G_OBJECT_CLASS (wt_trust_parent_class)->dispose (object);
}

static void
wt_trust_class_init (WtTrustClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_trust_dispose;
}

static void
wt_trust_init (WtTrust *self)
{
}

/**
 * wt_trust_new:
 * @endpoint: whose TLS options count
 * @problem: (out) (transfer full): what is wrong with its files
 *
 * Reads the CA file and the client's certificate, where the endpoint names them and is encrypted.
 *
 * Returns: (transfer full) (nullable): a policy, or %NULL with @problem set
 */
WtTrust *
wt_trust_new (WtEndpoint *endpoint, WtDiagnosis **problem)
{
  const WtTlsOptions *tls = wt_endpoint_get_tls (endpoint);
  g_autoptr (WtTrust) self = g_object_new (WT_TYPE_TRUST, NULL);
  g_autoptr (GError) error = NULL;

  self->endpoint = wt_endpoint_ref (endpoint);
  if (!wt_endpoint_get_is_tls (endpoint))
    return g_steal_pointer (&self);

  if (tls->ca_file != NULL && !load_authorities (self, tls->ca_file, &error))
    {
      *problem = wt_diagnosis_new (WT_DIAGNOSIS_TLS_OTHER, G_TLS_CERTIFICATE_GENERIC_ERROR,
                                   error->message);
      return NULL;
    }
  if (tls->certificate_file == NULL)
    return g_steal_pointer (&self);

  self->own = g_tls_certificate_new_from_files (
      tls->certificate_file, tls->key_file != NULL ? tls->key_file : tls->certificate_file, &error);
  if (self->own != NULL)
    return g_steal_pointer (&self);
  *problem = wt_diagnosis_new (WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE, 0, error->message);
  return NULL;
}

/**
 * wt_trust_guard:
 * @self: a policy
 * @message: a message that is not sent yet
 *
 * Lets @self decide on the certificates of @message's connection.
 */
void
wt_trust_guard (WtTrust *self, SoupMessage *message)
{
  wt_trust_guard_anonymously (self, message);
  g_signal_connect_object (message, "request-certificate", G_CALLBACK (on_request_certificate),
                           self, 0);
}

/**
 * wt_trust_guard_anonymously:
 * @self: a policy
 * @message: a message that is not sent yet
 *
 * As wt_trust_guard(), but the client's own certificate is not shown.
 */
void
wt_trust_guard_anonymously (WtTrust *self, SoupMessage *message)
{
  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (on_accept_certificate), self,
                           0);
}

/**
 * wt_trust_diagnose:
 * @self: a policy
 * @error: why the connection failed
 *
 * Returns: (transfer full) (nullable): the certificate's fault in it: the server's that was refused, or the
 *   client's that the server did not get or take; %NULL if it was neither
 */
WtDiagnosis *
wt_trust_diagnose (WtTrust *self, const GError *error)
{
  gboolean is_refusal = error->domain == G_TLS_ERROR;
  gboolean may_be_refusal = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
                            || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);

  if (self->refused != NULL)
    return wt_diagnosis_new_for_tls (self->refused, self->refused_errors);

  /* TLS 1.3 servers check the client's certificate after the client thinks that all is well: the refusal is an
   * alert, or just an end, where the answer should be. An end may be an accident. */
  if (self->asked_for_own && (is_refusal || may_be_refusal))
    return wt_diagnosis_new (WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE, is_refusal ? 0 : 1,
                             error->message);
  return NULL;
}
