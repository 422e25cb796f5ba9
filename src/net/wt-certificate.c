/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-certificate.h"

/* What can be read from a server's certificate. */

/**
 * wt_certificate_is_self_signed:
 * @certificate: a certificate
 *
 * Returns: whether it is its own issuer, as most home-made certificates are
 */
gboolean
wt_certificate_is_self_signed (GTlsCertificate *certificate)
{
  g_autofree char *subject = NULL;
  g_autofree char *issuer = NULL;

  if (g_tls_certificate_get_issuer (certificate) != NULL)
    return FALSE;
  g_object_get (certificate, "subject-name", &subject, "issuer-name", &issuer, NULL);
  return subject != NULL && g_strcmp0 (subject, issuer) == 0;
}

/**
 * wt_certificate_find_validity_errors:
 * @certificate: a certificate
 *
 * GnuTLS stops at the first fault of a chain; the validity can be read without it.
 *
 * Returns: whether it is expired or not valid yet
 */
GTlsCertificateFlags
wt_certificate_find_validity_errors (GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) before = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) after = g_tls_certificate_get_not_valid_after (certificate);

  if (after != NULL && g_date_time_compare (now, after) > 0)
    return G_TLS_CERTIFICATE_EXPIRED;
  if (before != NULL && g_date_time_compare (now, before) < 0)
    return G_TLS_CERTIFICATE_NOT_ACTIVATED;
  return G_TLS_CERTIFICATE_NO_FLAGS;
}

/**
 * wt_certificate_describe:
 * @certificate: a certificate
 *
 * Returns: (transfer full): its subject, issuer and validity, in one line
 */
char *
wt_certificate_describe (GTlsCertificate *certificate)
{
  g_autofree char *subject = NULL;
  g_autofree char *issuer = NULL;
  g_autoptr (GDateTime) before = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) after = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *from = before != NULL ? g_date_time_format_iso8601 (before) : NULL;
  g_autofree char *to = after != NULL ? g_date_time_format_iso8601 (after) : NULL;

  g_object_get (certificate, "subject-name", &subject, "issuer-name", &issuer, NULL);
  return g_strdup_printf ("subject: %s; issuer: %s; valid from %s to %s",
                          subject != NULL ? subject : "?", issuer != NULL ? issuer : "?",
                          from != NULL ? from : "?", to != NULL ? to : "?");
}

/**
 * wt_certificate_compute_digest:
 * @certificate: a certificate
 *
 * Returns: (transfer full) (nullable): its SHA-256, in lower-case hexadecimal digits
 */
char *
wt_certificate_compute_digest (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return der != NULL ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len) : NULL;
}

/**
 * wt_certificate_compute_fingerprint:
 * @certificate: a certificate
 *
 * Returns: (transfer full) (nullable): its SHA-256 as openssl and browsers print it: `AB:CD:…`
 */
char *
wt_certificate_compute_fingerprint (GTlsCertificate *certificate)
{
  g_autofree char *hex = wt_certificate_compute_digest (certificate);
  g_autoptr (GString) result = g_string_new (NULL);

  if (hex == NULL)
    return NULL;
  for (guint i = 0; hex[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (result, ':');
      g_string_append_c (result, g_ascii_toupper (hex[i]));
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}
