/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-endpoint.h"

#include "wt-endpoint-url.h"
#include "wt-log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Proxies and servers cut or refuse longer header lines. */
#define MAX_VALUE_LENGTH 4096
/* As wt_log_redact(): shorter ones are parts of ordinary words. */
#define SHORTEST_SECRET 4
#define MASK "•••"

struct _WtEndpoint
{
  char *url;
  WtEndpointUrl *parts;
  WtAuthMode auth;
  char *api_key;
  char *platform;
  WtTlsOptions tls;
};

G_DEFINE_BOXED_TYPE (WtEndpoint, wt_endpoint, wt_endpoint_ref, wt_endpoint_unref)
G_DEFINE_QUARK (wt_endpoint_error_quark, wt_endpoint_error)

static void
endpoint_clear (gpointer data)
{
  WtEndpoint *self = data;

  wt_log_remove_secret (self->api_key);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->parts, wt_endpoint_url_free);
  g_clear_pointer (&self->api_key, g_free);
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->tls.ca_file, g_free);
  g_clear_pointer (&self->tls.certificate_file, g_free);
  g_clear_pointer (&self->tls.key_file, g_free);
  g_clear_pointer (&self->tls.trusted_fingerprint, g_free);
}

static gboolean
holds_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
holds_space (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
begins_or_ends_with_space (const char *text)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return last != NULL
         && (g_unichar_isspace (g_utf8_get_char (text))
             || g_unichar_isspace (g_utf8_get_char (last)));
}

/* HTTP headers carry ASCII only. */
static gboolean
check_header_values (const char *api_key, const char *platform, GError **error)
{
  if (!g_str_is_ascii (api_key))
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_KEY,
                           _ ("The API key contains characters that cannot travel in a header: let "
                              "it be sent in the address instead, or ask for another key."));
      return FALSE;
    }
  if (!g_str_is_ascii (platform))
    {
      g_set_error_literal (
          error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_PLATFORM,
          _ ("The platform contains characters that cannot travel in a header: use "
             "letters and digits, such as wheatear."));
      return FALSE;
    }
  return TRUE;
}

/* Lower case without colons and spaces, or %NULL if it is no sha256. */
static char *
normalize_fingerprint (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isxdigit (*p))
        g_string_append_c (digits, g_ascii_tolower (*p));
      else if (*p != ':' && *p != ' ')
        return NULL;
    }
  return digits->len == 64 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static char *
dup_non_empty (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
copy_tls (WtEndpoint *self, const WtTlsOptions *tls, GError **error)
{
  if (tls == NULL)
    return TRUE;

  self->tls.ca_file = dup_non_empty (tls->ca_file);
  self->tls.certificate_file = dup_non_empty (tls->certificate_file);
  self->tls.key_file = dup_non_empty (tls->key_file);
  self->tls.insecure = tls->insecure;
  if (tls->trusted_fingerprint == NULL || *tls->trusted_fingerprint == '\0')
    return TRUE;

  self->tls.trusted_fingerprint = normalize_fingerprint (tls->trusted_fingerprint);
  if (self->tls.trusted_fingerprint != NULL)
    return TRUE;
  g_set_error_literal (
      error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_FINGERPRINT,
      _ ("The certificate's fingerprint must be a SHA-256: 64 hexadecimal digits."));
  return FALSE;
}

/**
 * wt_endpoint_new:
 * @url: `ws[s]://host[:port][/path]`; without a port 18040 (18044 with TLS), the guide's, without a path `/ws`
 * @auth: how key and platform travel: as the headers `x-apikey` and `x-platform`, or percent-encoded in the
 *   query as `api_key` and `platform` (the guide, "connection")
 * @api_key: (nullable): the key; empty or %NULL where the server lets anyone in
 * @platform: one's own platform
 * @tls: (nullable): exceptions from the system's trust, and the client's certificate; copied
 * @error: return location for a #GError of the domain %WT_ENDPOINT_ERROR, translated
 *
 * While it lives, its key is known to wt_log_redact().
 *
 * Returns: (transfer full) (nullable): a checked endpoint, or %NULL with @error set
 */
WtEndpoint *
wt_endpoint_new (const char *url,
                 WtAuthMode auth,
                 const char *api_key,
                 const char *platform,
                 const WtTlsOptions *tls,
                 GError **error)
{
  g_autoptr (WtEndpointUrl) parts = wt_endpoint_url_parse (url, error);
  g_autoptr (WtEndpoint) self = NULL;

  if (api_key == NULL)
    api_key = "";
  if (parts == NULL || !wt_endpoint_check_key (api_key, error)
      || !wt_endpoint_check_platform (platform, error))
    return NULL;
  if (auth == WT_AUTH_HEADER && !check_header_values (api_key, platform, error))
    return NULL;

  self = g_atomic_rc_box_new0 (WtEndpoint);
  self->url = wt_endpoint_url_to_string (parts);
  self->parts = g_steal_pointer (&parts);
  self->auth = auth;
  self->api_key = g_strdup (api_key);
  self->platform = g_strdup (platform);
  wt_log_add_secret (self->api_key);
  return copy_tls (self, tls, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * wt_endpoint_ref:
 * @self: an endpoint
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
WtEndpoint *
wt_endpoint_ref (WtEndpoint *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wt_endpoint_unref:
 * @self: (transfer full): an endpoint. Thread-safe.
 */
void
wt_endpoint_unref (WtEndpoint *self)
{
  g_atomic_rc_box_release_full (self, endpoint_clear);
}

/**
 * wt_endpoint_check_url:
 * @url: (nullable): what was typed
 * @error: return location for a #GError of the domain %WT_ENDPOINT_ERROR: a translated sentence that says what
 *   to type instead, and that never repeats a password or key
 *
 * Returns: whether wt_endpoint_new() would take it
 */
gboolean
wt_endpoint_check_url (const char *url, GError **error)
{
  g_autoptr (WtEndpointUrl) parts = wt_endpoint_url_parse (url, error);

  return parts != NULL;
}

/**
 * wt_endpoint_check_platform:
 * @platform: (nullable): what was typed
 * @error: return location for a #GError: %WT_ENDPOINT_ERROR_PLATFORM
 *
 * A platform names the kind of client to the server; MaiBot's operator lists it (wire.md, section 3).
 *
 * Returns: whether it can be used; sent in a header it must be ASCII besides
 */
gboolean
wt_endpoint_check_platform (const char *platform, GError **error)
{
  const char *problem = NULL;

  if (platform == NULL || *platform == '\0')
    problem = _ (
        "Type a platform: the name under which the server knows this kind of client, such as "
        "wheatear.");
  else if (strlen (platform) > MAX_VALUE_LENGTH || !g_utf8_validate (platform, -1, NULL)
           || holds_space (platform) || holds_control (platform))
    problem = _ ("The platform must be a single word without spaces, such as wheatear.");

  if (problem != NULL)
    g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_PLATFORM, problem);
  return problem == NULL;
}

/**
 * wt_endpoint_check_key:
 * @api_key: (nullable): what was typed; empty is allowed: a server with an empty key list lets anyone in
 * @error: return location for a #GError: %WT_ENDPOINT_ERROR_KEY; it does not repeat the key
 *
 * Returns: whether it can be used; sent in a header it must be ASCII besides
 */
gboolean
wt_endpoint_check_key (const char *api_key, GError **error)
{
  const char *problem = NULL;

  if (api_key == NULL || *api_key == '\0')
    return TRUE;

  if (strlen (api_key) > MAX_VALUE_LENGTH || !g_utf8_validate (api_key, -1, NULL))
    problem = _ ("This is not an API key: it is too long, or not text.");
  else if (holds_control (api_key))
    problem = _ ("The API key contains a line break or another invisible character: remove it.");
  else if (begins_or_ends_with_space (api_key))
    problem = _ ("The API key begins or ends with a space: remove it.");

  if (problem != NULL)
    g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_KEY, problem);
  return problem == NULL;
}

/**
 * wt_endpoint_get_url:
 * @self: an endpoint
 *
 * Returns: the address in normal form: lower case, IDN host encoded, port and path always in it; never the key
 */
const char *
wt_endpoint_get_url (WtEndpoint *self)
{
  return self->url;
}

/**
 * wt_endpoint_get_host:
 * @self: an endpoint
 *
 * Returns: the host: a name in ASCII, or an IP address without brackets
 */
const char *
wt_endpoint_get_host (WtEndpoint *self)
{
  return self->parts->host;
}

/**
 * wt_endpoint_get_port:
 * @self: an endpoint
 *
 * Returns: the port, 1 to 65535
 */
guint16
wt_endpoint_get_port (WtEndpoint *self)
{
  return self->parts->port;
}

/**
 * wt_endpoint_get_path:
 * @self: an endpoint
 *
 * Returns: the path, percent-encoded, with its leading slash
 */
const char *
wt_endpoint_get_path (WtEndpoint *self)
{
  return self->parts->path;
}

/**
 * wt_endpoint_get_is_tls:
 * @self: an endpoint
 *
 * Returns: whether the connection is encrypted (`wss`)
 */
gboolean
wt_endpoint_get_is_tls (WtEndpoint *self)
{
  return self->parts->tls;
}

/**
 * wt_endpoint_get_is_loopback:
 * @self: an endpoint
 *
 * Returns: whether the server is on this machine by its address: a key in the clear stays here
 */
gboolean
wt_endpoint_get_is_loopback (WtEndpoint *self)
{
  const char *host = self->parts->host;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address) || g_str_has_prefix (host, "::ffff:127.");
  return strcmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

/**
 * wt_endpoint_get_auth:
 * @self: an endpoint
 *
 * Returns: how key and platform travel
 */
WtAuthMode
wt_endpoint_get_auth (WtEndpoint *self)
{
  return self->auth;
}

/**
 * wt_endpoint_get_api_key:
 * @self: an endpoint
 *
 * Returns: the key, perhaps empty; a secret
 */
const char *
wt_endpoint_get_api_key (WtEndpoint *self)
{
  return self->api_key;
}

/**
 * wt_endpoint_get_platform:
 * @self: an endpoint
 *
 * Returns: one's own platform
 */
const char *
wt_endpoint_get_platform (WtEndpoint *self)
{
  return self->platform;
}

/**
 * wt_endpoint_get_tls:
 * @self: an endpoint
 *
 * Returns: the TLS options; the fingerprint in lower case without colons, empty file names as %NULL
 */
const WtTlsOptions *
wt_endpoint_get_tls (WtEndpoint *self)
{
  return &self->tls;
}

/**
 * wt_endpoint_equal:
 * @a: (nullable): an endpoint
 * @b: (nullable): another
 *
 * Returns: whether a connection to one would do for the other
 */
gboolean
wt_endpoint_equal (WtEndpoint *a, WtEndpoint *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return strcmp (a->url, b->url) == 0 && a->auth == b->auth && strcmp (a->api_key, b->api_key) == 0
         && strcmp (a->platform, b->platform) == 0 && a->tls.insecure == b->tls.insecure
         && g_strcmp0 (a->tls.ca_file, b->tls.ca_file) == 0
         && g_strcmp0 (a->tls.certificate_file, b->tls.certificate_file) == 0
         && g_strcmp0 (a->tls.key_file, b->tls.key_file) == 0
         && g_strcmp0 (a->tls.trusted_fingerprint, b->tls.trusted_fingerprint) == 0;
}

/**
 * wt_endpoint_build_uri:
 * @self: an endpoint
 *
 * Returns: (transfer full): the address as it is asked for; in query mode it holds the key: a secret, never to be
 *   printed
 */
GUri *
wt_endpoint_build_uri (WtEndpoint *self)
{
  g_autofree char *query = NULL;

  if (self->auth == WT_AUTH_QUERY)
    {
      g_autofree char *key = g_uri_escape_string (self->api_key, NULL, FALSE);
      g_autofree char *platform = g_uri_escape_string (self->platform, NULL, FALSE);

      query = g_strdup_printf ("api_key=%s&platform=%s", key, platform);
    }
  return g_uri_build (G_URI_FLAGS_ENCODED, self->parts->tls ? "wss" : "ws", NULL, self->parts->host,
                      self->parts->port, self->parts->path, query, NULL);
}

/**
 * wt_endpoint_redact:
 * @self: an endpoint
 * @text: (nullable): text from a server or a library
 *
 * Returns: (transfer full): @text without this endpoint's key, plain or percent-encoded, and without any other key
 *   known to wt_log_redact()
 */
char *
wt_endpoint_redact (WtEndpoint *self, const char *text)
{
  g_autoptr (GString) result = g_string_new (text);

  if (strlen (self->api_key) >= SHORTEST_SECRET)
    {
      g_autofree char *escaped = g_uri_escape_string (self->api_key, NULL, FALSE);

      g_string_replace (result, self->api_key, MASK, 0);
      g_string_replace (result, escaped, MASK, 0);
    }
  return wt_log_redact (result->str);
}
