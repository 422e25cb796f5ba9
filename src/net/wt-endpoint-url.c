/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-endpoint-url.h"

#include "wt-digits.h"
#include "wt-endpoint.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* The guide's ports, for an address that names none. */
#define DEFAULT_PORT 18040
#define DEFAULT_PORT_TLS 18044
#define DEFAULT_PATH "/ws"
#define MAX_LENGTH 2048

/* None of the messages of this file repeats what was typed beyond host, port and path: a key or a password
 * may be among it. */

/* What is wrong with a character, in any part of an address. */
static const char *
find_problem (gunichar c)
{
  if (g_unichar_isspace (c) || g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
    return _ ("The address contains a space or an invisible character: remove it.");
  /* What a Chinese input method puts where : / . is meant. */
  if (c == 0xff1a || c == 0xff0f || c == 0xff0e || c == 0x3002)
    return _ ("The address contains full-width punctuation: type :, / and . with the input method "
              "switched to English.");
  if (c == '\\')
    return _ ("The address contains a backslash: write / instead.");
  return NULL;
}

static gboolean
check_characters (const char *text, GError **error)
{
  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_SYNTAX,
                           _ ("This is not an address. Type one like ws://192.168.1.5:18040/ws."));
      return FALSE;
    }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *problem = find_problem (g_utf8_get_char (p));

      if (problem == NULL)
        continue;
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_SYNTAX, problem);
      return FALSE;
    }
  return TRUE;
}

static gboolean
query_holds_key (const char *query)
{
  static const char *const names[] = {
    "api_key", "apikey", "api-key", "x-apikey", "key", "token", "access_token",
  };
  g_auto (GStrv) pairs = g_strsplit (query, "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (pairs[i], strcspn (pairs[i], "="));

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          if (g_ascii_strcasecmp (name, names[j]) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* What does not belong into the part after the scheme. */
static gboolean
check_extras (const char *rest, GError **error)
{
  g_autofree char *authority = g_strndup (rest, strcspn (rest, "/?#"));
  const char *query = strchr (rest, '?');

  if (strchr (authority, '@') != NULL)
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_CREDENTIALS,
                           _ ("Leave user name and password out of the address: the server knows "
                              "you by the API key, which has a field of its own."));
      return FALSE;
    }
  if (query != NULL && query_holds_key (query + 1))
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_CREDENTIALS,
                           _ ("Take the API key out of the address and put it into its own field: "
                              "only there is it kept secret. The address ends before the “?”."));
      return FALSE;
    }
  if (query != NULL)
    {
      g_set_error_literal (
          error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_SYNTAX,
          _ ("The address must end before the “?”: key and platform have fields of "
             "their own."));
      return FALSE;
    }
  if (strchr (rest, '#') != NULL)
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_SYNTAX,
                           _ ("The address must not contain “#”: remove it and what follows."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* Letters, digits, hyphens and (as container networks name hosts) underscores, in labels of up to 63. */
static gboolean
is_host_name (const char *host)
{
  g_auto (GStrv) labels = g_strsplit (host, ".", -1);
  const char *last = NULL;

  if (*host == '\0' || strlen (host) > 253)
    return FALSE;
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-')
        return FALSE;
      for (const char *p = labels[i]; *p != '\0'; p++)
        {
          if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
            return FALSE;
        }
      last = labels[i];
    }
  /* No top-level domain is a number: this wants to be an IP address. */
  return !is_digits (last) || g_hostname_is_ip_address (host);
}

/* The text between [ and ], perhaps with the interface of a link-local address, as %eth0 or %25eth0. */
static char *
parse_ipv6 (const char *text)
{
  g_autofree char *typed = g_strndup (text, strcspn (text, "%"));
  g_autofree char *address = g_ascii_strdown (typed, -1);
  const char *zone = strchr (text, '%');

  if (strchr (address, ':') == NULL || !g_hostname_is_ip_address (address))
    return NULL;
  if (zone == NULL)
    return g_steal_pointer (&address);

  zone += g_str_has_prefix (zone, "%25") ? 3 : 1;
  for (const char *p = zone; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
        return NULL;
    }
  return *zone == '\0' ? NULL : g_strdup_printf ("%s%%%s", address, zone);
}

static char *
parse_host (const char *text)
{
  g_autofree char *ascii = NULL;

  if (text[0] == '[')
    {
      g_autofree char *inner = g_strndup (text + 1, strlen (text) - 2);

      return parse_ipv6 (inner);
    }
  ascii = g_hostname_is_non_ascii (text) ? g_hostname_to_ascii (text) : g_ascii_strdown (text, -1);
  if (ascii == NULL)
    return NULL;
  if (g_str_has_suffix (ascii, "."))
    ascii[strlen (ascii) - 1] = '\0';
  return is_host_name (ascii) ? g_steal_pointer (&ascii) : NULL;
}

static gboolean
parse_port (const char *text, guint16 *port, GError **error)
{
  guint64 value = 0;

  if (!wt_digits_parse (text, 65535, &value) || value == 0)
    {
      g_set_error_literal (
          error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_PORT,
          _ ("The port is not a number from 1 to 65535: type one like :18040 after "
             "the host."));
      return FALSE;
    }
  *port = (guint16) value;
  return TRUE;
}

static gboolean
parse_authority (const char *authority, WtEndpointUrl *self, GError **error)
{
  const char *end = authority[0] == '[' ? strchr (authority, ']') : NULL;
  const char *colon = end != NULL ? (end[1] == ':' ? end + 1 : NULL) : strchr (authority, ':');
  g_autofree char *host = NULL;

  if (end == NULL && g_hostname_is_ip_address (authority) && strchr (authority, ':') != NULL)
    {
      g_set_error (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_HOST,
                   _ ("An IPv6 address needs square brackets: [%s]."), authority);
      return FALSE;
    }
  host = colon != NULL ? g_strndup (authority, (gsize) (colon - authority)) : g_strdup (authority);
  if (*host == '\0')
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_HOST,
                           _ ("The address names no host: type the server's name or IP address "
                              "after the two slashes, as in ws://192.168.1.5:18040/ws."));
      return FALSE;
    }
  if ((host[0] == '[') == (end != NULL && g_str_has_suffix (host, "]")))
    self->host = parse_host (host);
  if (self->host == NULL)
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_HOST,
                           _ ("The host in the address is neither a valid name nor a valid IP "
                              "address: check its spelling."));
      return FALSE;
    }
  return colon == NULL || parse_port (colon + 1, &self->port, error);
}

static gboolean
parse_path (const char *path, WtEndpointUrl *self, GError **error)
{
  for (const char *p = strchr (path, '%'); p != NULL; p = strchr (p + 1, '%'))
    {
      if (g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        continue;

      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_PATH,
                           _ ("The path in the address has a “%” that is not followed by two "
                              "hexadecimal digits. The usual path is /ws."));
      return FALSE;
    }
  self->path = *path == '\0' ? g_strdup (DEFAULT_PATH)
                             : g_uri_escape_string (path, "/%:@!$&'()*+,;=", FALSE);
  return TRUE;
}

/* What follows the scheme: host, port and path. */
static WtEndpointUrl *
parse_rest (const char *rest, gboolean tls, GError **error)
{
  g_autoptr (WtEndpointUrl) self = g_new0 (WtEndpointUrl, 1);
  gsize length = strcspn (rest, "/?#");
  g_autofree char *authority = g_strndup (rest, length);

  self->tls = tls;
  self->port = tls ? DEFAULT_PORT_TLS : DEFAULT_PORT;
  if (!check_extras (rest, error) || !parse_authority (authority, self, error)
      || !parse_path (rest + length, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What should be typed instead of an address without a scheme, or with a web page's. */
static char *
suggest (const char *rest, gboolean tls, GError **error)
{
  g_autoptr (WtEndpointUrl) guess = parse_rest (rest, tls, error);

  if (guess == NULL)
    return NULL;
  if (strcmp (guess->path, "/") == 0)
    {
      g_clear_pointer (&guess->path, g_free);
      guess->path = g_strdup (DEFAULT_PATH);
    }
  return wt_endpoint_url_to_string (guess);
}

static void
refuse_without_scheme (const char *text, GError **error)
{
  g_autofree char *suggestion = NULL;

  if (g_ascii_strncasecmp (text, "ws:", 3) == 0 || g_ascii_strncasecmp (text, "wss:", 4) == 0)
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_SYNTAX,
                           _ ("After ws: or wss: there must be two slashes, as in "
                              "ws://192.168.1.5:18040/ws."));
      return;
    }
  suggestion = suggest (text, FALSE, error);
  if (suggestion != NULL)
    g_set_error (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_SCHEME,
                 _ ("The address needs ws:// or wss:// in front: try %s (MaiBot's API server often "
                    "listens on port 8090)."),
                 suggestion);
}

static void
refuse_scheme (const char *scheme, const char *rest, GError **error)
{
  gboolean tls = strcmp (scheme, "https") == 0;
  g_autofree char *suggestion = NULL;

  if (!tls && strcmp (scheme, "http") != 0)
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_SCHEME,
                           _ ("The address must begin with ws://, or wss:// for an encrypted "
                              "connection."));
      return;
    }
  suggestion = suggest (rest, tls, error);
  if (suggestion != NULL)
    g_set_error (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_SCHEME,
                 _ ("This is the address of a web page; a chat server's begins with ws:// or "
                    "wss://: try %s."),
                 suggestion);
}

/**
 * wt_endpoint_url_parse:
 * @text: (nullable): what was typed
 * @error: return location for a #GError of the domain %WT_ENDPOINT_ERROR, translated, with what to do
 *
 * Reads an address `ws[s]://host[:port][/path]` strictly. Without a port it is 18040, or 18044 with TLS (the
 * guide's ports, not the URL scheme's 80 and 443); without a path it is `/ws`.
 *
 * Returns: (transfer full) (nullable): its parts, or %NULL with @error set
 */
WtEndpointUrl *
wt_endpoint_url_parse (const char *text, GError **error)
{
  const char *separator;
  g_autofree char *scheme = NULL;

  if (text == NULL || *text == '\0')
    {
      g_set_error_literal (error, WT_ENDPOINT_ERROR, WT_ENDPOINT_ERROR_EMPTY,
                           _ ("Type the server's address, such as ws://192.168.1.5:18040/ws."));
      return NULL;
    }
  if (!check_characters (text, error))
    return NULL;

  separator = strstr (text, "://");
  if (separator == NULL)
    {
      refuse_without_scheme (text, error);
      return NULL;
    }
  scheme = g_ascii_strdown (text, separator - text);
  if (strcmp (scheme, "ws") == 0 || strcmp (scheme, "wss") == 0)
    return parse_rest (separator + 3, strcmp (scheme, "wss") == 0, error);
  refuse_scheme (scheme, separator + 3, error);
  return NULL;
}

/**
 * wt_endpoint_url_to_string:
 * @self: the parts of an address
 *
 * Returns: (transfer full): the address in its one normal form, the port always in it
 */
char *
wt_endpoint_url_to_string (const WtEndpointUrl *self)
{
  gboolean is_ipv6 = strchr (self->host, ':') != NULL;
  g_autoptr (GString) host = g_string_new (self->host);

  /* RFC 6874: the % before an interface is itself encoded. */
  if (is_ipv6)
    g_string_replace (host, "%", "%25", 1);
  return g_strdup_printf ("%s://%s%s%s:%u%s", self->tls ? "wss" : "ws", is_ipv6 ? "[" : "",
                          host->str, is_ipv6 ? "]" : "", self->port, self->path);
}

/**
 * wt_endpoint_url_free:
 * @self: (transfer full): the parts of an address
 */
void
wt_endpoint_url_free (WtEndpointUrl *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}
