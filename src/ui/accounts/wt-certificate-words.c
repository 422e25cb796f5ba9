/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-certificate-words.h"

#include <glib/gi18n-lib.h>

#define MAX_CHARACTERS 200
#define BYTES_A_LINE 8

/* Faults that no comparison of fingerprints makes good. */
#define HOPELESS (G_TLS_CERTIFICATE_REVOKED | G_TLS_CERTIFICATE_INSECURE)

/**
 * wt_certificate_words_may_trust:
 * @diagnosis: (nullable): why there is no connection
 *
 * Returns: whether it is a certificate that a user may trust after comparing its fingerprint
 */
gboolean
wt_certificate_words_may_trust (WtDiagnosis *diagnosis)
{
  if (diagnosis == NULL || wt_diagnosis_get_certificate (diagnosis) == NULL
      || wt_diagnosis_get_fingerprint (diagnosis) == NULL
      || wt_diagnosis_get_code (diagnosis) & HOPELESS)
    return FALSE;

  switch (wt_diagnosis_get_kind (diagnosis))
    {
    case WT_DIAGNOSIS_TLS_EXPIRED:
    case WT_DIAGNOSIS_TLS_WRONG_HOST:
    case WT_DIAGNOSIS_TLS_SELF_SIGNED:
    case WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER:
      return TRUE;
    default:
      return FALSE;
    }
}

/* One line of bounded length without anything invisible: it is a stranger's. */
static char *
tidy (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) line = g_string_new (NULL);
  guint count = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (count++ == MAX_CHARACTERS)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, g_unichar_isprint (c) ? c : ' ');
    }
  g_strstrip (line->str);
  return g_strdup (line->str);
}

static char *
dup_name (GTlsCertificate *certificate, const char *property)
{
  g_autofree char *name = NULL;
  g_autofree char *tidied = NULL;

  g_object_get (certificate, property, &name, NULL);
  tidied = tidy (name != NULL ? name : "");
  return *tidied != '\0' ? g_steal_pointer (&tidied) : g_strdup (_ ("Not told"));
}

static gboolean
is_self_signed (GTlsCertificate *certificate)
{
  g_autofree char *subject = NULL;
  g_autofree char *issuer = NULL;

  g_object_get (certificate, "subject-name", &subject, "issuer-name", &issuer, NULL);
  return g_strcmp0 (subject, issuer) == 0;
}

/**
 * wt_certificate_words_reasons:
 * @diagnosis: of a certificate
 * @host: the host in the account's address
 *
 * Returns: (transfer full): why the certificate is not trusted, all reasons, one a line
 */
char *
wt_certificate_words_reasons (WtDiagnosis *diagnosis, const char *host)
{
  guint errors = wt_diagnosis_get_code (diagnosis);
  g_autoptr (GString) lines = g_string_new (NULL);

  if (errors & G_TLS_CERTIFICATE_EXPIRED)
    g_string_append_printf (lines, "%s\n", _ ("It has expired."));
  if (errors & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    g_string_append_printf (lines, "%s\n", _ ("It is not valid yet."));
  if (errors & G_TLS_CERTIFICATE_BAD_IDENTITY)
    {
      g_string_append_printf (lines, _ ("It is for another host than “%s”."), host);
      g_string_append_c (lines, '\n');
    }
  if (errors & G_TLS_CERTIFICATE_UNKNOWN_CA)
    g_string_append_printf (lines, "%s\n",
                            is_self_signed (wt_diagnosis_get_certificate (diagnosis))
                                ? _ ("It is signed by nobody but itself.")
                                : _ ("It was issued by an authority that this computer does not "
                                     "know."));
  if (errors & G_TLS_CERTIFICATE_REVOKED)
    g_string_append_printf (lines, "%s\n", _ ("It was revoked by its issuer."));
  if (errors & G_TLS_CERTIFICATE_INSECURE)
    g_string_append_printf (lines, "%s\n", _ ("It uses a method that is no longer secure."));
  if (lines->len == 0)
    g_string_append_printf (lines, "%s\n", _ ("It could not be verified."));
  g_string_truncate (lines, lines->len - 1);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/**
 * wt_certificate_words_subject:
 * @certificate: a certificate
 *
 * Returns: (transfer full): whom it is for, on one line
 */
char *
wt_certificate_words_subject (GTlsCertificate *certificate)
{
  return dup_name (certificate, "subject-name");
}

/**
 * wt_certificate_words_issuer:
 * @certificate: a certificate
 *
 * Returns: (transfer full): who made it, on one line
 */
char *
wt_certificate_words_issuer (GTlsCertificate *certificate)
{
  return dup_name (certificate, "issuer-name");
}

/* With all of the year: some are valid for a hundred. */
static char *
format_date (GDateTime *date)
{
  g_autoptr (GDateTime) local = date != NULL ? g_date_time_to_local (date) : NULL;
  char *words = local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;

  return words != NULL ? words : g_strdup ("?");
}

/**
 * wt_certificate_words_validity:
 * @certificate: a certificate
 *
 * Returns: (transfer full): from when to when it is valid
 */
char *
wt_certificate_words_validity (GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) before = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) after = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *from = format_date (before);
  g_autofree char *to = format_date (after);

  /* TRANSLATORS: two dates */
  return g_strdup_printf (_ ("From %s to %s"), from, to);
}

/**
 * wt_certificate_words_fingerprint:
 * @fingerprint: a sha256, in hexadecimal digits with or without colons
 *
 * Returns: (transfer full): it as operators get it from openssl, `AA:BB:…`, on lines that can be compared
 */
char *
wt_certificate_words_fingerprint (const char *fingerprint)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint digits = 0;

  for (const char *at = fingerprint; *at != '\0'; at++)
    {
      if (!g_ascii_isxdigit (*at))
        continue;
      if (digits > 0 && digits % (2 * BYTES_A_LINE) == 0)
        g_string_append_c (lines, '\n');
      else if (digits > 0 && digits % 2 == 0)
        g_string_append_c (lines, ':');
      g_string_append_c (lines, g_ascii_toupper (*at));
      digits++;
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
