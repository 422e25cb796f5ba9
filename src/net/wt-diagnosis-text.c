/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-diagnosis.h"

#include <glib/gi18n-lib.h>

/* A failure's words, in one place: what happened, and what a person can do about it. */

static const char *const nicks[] = {
  [WT_DIAGNOSIS_NONE] = "none",
  [WT_DIAGNOSIS_BAD_URL] = "bad-url",
  [WT_DIAGNOSIS_DNS] = "dns",
  [WT_DIAGNOSIS_REFUSED] = "refused",
  [WT_DIAGNOSIS_UNREACHABLE] = "unreachable",
  [WT_DIAGNOSIS_TIMEOUT] = "timeout",
  [WT_DIAGNOSIS_TLS_EXPIRED] = "tls-expired",
  [WT_DIAGNOSIS_TLS_WRONG_HOST] = "tls-wrong-host",
  [WT_DIAGNOSIS_TLS_SELF_SIGNED] = "tls-self-signed",
  [WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER] = "tls-unknown-issuer",
  [WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE] = "tls-client-certificate",
  [WT_DIAGNOSIS_TLS_OTHER] = "tls-other",
  [WT_DIAGNOSIS_PROXY] = "proxy",
  [WT_DIAGNOSIS_HTTP_STATUS] = "http-status",
  [WT_DIAGNOSIS_NOT_API_SERVER] = "not-api-server",
  [WT_DIAGNOSIS_SOCKET_IO] = "socket-io",
  [WT_DIAGNOSIS_AUTHENTICATION] = "authentication",
  [WT_DIAGNOSIS_MESSAGE_TOO_BIG] = "message-too-big",
  [WT_DIAGNOSIS_REPLACED] = "replaced",
  [WT_DIAGNOSIS_GOING_AWAY] = "going-away",
  [WT_DIAGNOSIS_PROTOCOL] = "protocol",
  [WT_DIAGNOSIS_NO_PONG] = "no-pong",
  [WT_DIAGNOSIS_NO_ACK] = "no-ack",
  [WT_DIAGNOSIS_CLOSED] = "closed",
  [WT_DIAGNOSIS_NO_KEY] = "no-key",
  [WT_DIAGNOSIS_OTHER] = "other",
};

static const char *
get_tls_other_sentence (GTlsCertificateFlags errors)
{
  if (errors & G_TLS_CERTIFICATE_REVOKED)
    return _ ("The server's certificate has been revoked by its issuer.");
  if (errors & G_TLS_CERTIFICATE_INSECURE)
    return _ ("The server's certificate uses a method that is no longer secure.");
  if (errors != 0)
    return _ ("The server's certificate could not be verified.");
  return _ ("No encrypted connection could be agreed on with the server.");
}

static const char *
get_tls_sentence (WtDiagnosisKind kind, guint code)
{
  switch (kind)
    {
    case WT_DIAGNOSIS_TLS_EXPIRED:
      return code & G_TLS_CERTIFICATE_NOT_ACTIVATED
                 ? _ ("The server's certificate is not valid yet.")
                 : _ ("The server's certificate has expired.");
    case WT_DIAGNOSIS_TLS_WRONG_HOST:
      return _ ("The server's certificate is for another host.");
    case WT_DIAGNOSIS_TLS_SELF_SIGNED:
      return _ ("The server's certificate is signed by nobody but itself.");
    case WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER:
      return _ ("The server's certificate was issued by an authority that this computer does not "
                "know.");
    case WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE:
      return _ ("The server asks for a client certificate and got none that it accepts.");
    default:
      return get_tls_other_sentence (code);
    }
}

static char *
get_status_sentence (guint status)
{
  switch (status)
    {
    case 404:
      return g_strdup (_ ("The server has nothing at this path (HTTP 404)."));
    case 426:
      return g_strdup (_ ("The server asks for another protocol at this address (HTTP 426)."));
    case 429:
      return g_strdup (_ ("The server gets too many connections right now (HTTP 429)."));
    default:
      if (status >= 500)
        return g_strdup_printf (
            _ ("The server, or a proxy in front of it, has a problem of its own "
               "(HTTP %u)."),
            status);
      if (status >= 300 && status < 400)
        return g_strdup_printf (_ ("The server refers to another address (HTTP %u)."), status);
      return g_strdup_printf (_ ("The server refused the connection (HTTP %u)."), status);
    }
}

static char *
get_closed_sentence (guint code, const char *detail)
{
  /* Below 1000 it is no close code, and the detail a library's. */
  if (code >= 1000 && detail != NULL)
    return g_strdup_printf (_ ("The server closed the connection: “%s”."), detail);
  if (code >= 1000 && code != 1005 && code != 1006)
    return g_strdup_printf (_ ("The server closed the connection (code %u)."), code);
  return g_strdup (_ ("The connection was lost."));
}

static const char *
get_fixed_sentence (WtDiagnosisKind kind)
{
  switch (kind)
    {
    case WT_DIAGNOSIS_NONE:
      return _ ("Nothing is wrong.");
    case WT_DIAGNOSIS_DNS:
      return _ ("The server's name could not be found.");
    case WT_DIAGNOSIS_REFUSED:
      return _ ("The computer answers, but no server is listening on this port.");
    case WT_DIAGNOSIS_UNREACHABLE:
      return _ ("There is no way to the server from this network.");
    case WT_DIAGNOSIS_TIMEOUT:
      return _ ("The server did not answer in time.");
    case WT_DIAGNOSIS_PROXY:
      return _ ("The network's proxy did not let the connection through.");
    case WT_DIAGNOSIS_NOT_API_SERVER:
      return _ ("Something answers at this address, but it is no API server.");
    case WT_DIAGNOSIS_SOCKET_IO:
      return _ ("The server speaks Socket.IO (maim_message 0.7), not plain WebSocket.");
    case WT_DIAGNOSIS_MESSAGE_TOO_BIG:
      return _ ("A message was too large, and the connection was closed.");
    case WT_DIAGNOSIS_REPLACED:
      return _ ("The server closed the connection without a reason, perhaps for a newer one.");
    case WT_DIAGNOSIS_GOING_AWAY:
      return _ ("The server is shutting down or restarting.");
    case WT_DIAGNOSIS_PROTOCOL:
      return _ ("The server and this program do not understand each other.");
    case WT_DIAGNOSIS_NO_PONG:
      return _ ("The server has gone silent.");
    case WT_DIAGNOSIS_NO_ACK:
      return _ ("The server answers pings, but does not acknowledge messages.");
    case WT_DIAGNOSIS_NO_KEY:
      return _ ("The API key of this account is not available.");
    default:
      return _ ("The connection failed.");
    }
}

/**
 * wt_diagnosis_get_sentence:
 * @self: a diagnosis
 *
 * Returns: (transfer full): what happened, in a translated sentence; with the server's own words where it gave a
 *   reason
 */
char *
wt_diagnosis_get_sentence (WtDiagnosis *self)
{
  WtDiagnosisKind kind = wt_diagnosis_get_kind (self);
  guint code = wt_diagnosis_get_code (self);
  const char *detail = wt_diagnosis_get_detail (self);

  switch (kind)
    {
    case WT_DIAGNOSIS_BAD_URL:
      return g_strdup (detail != NULL ? detail : _ ("The server's address cannot be used."));
    case WT_DIAGNOSIS_TLS_EXPIRED:
    case WT_DIAGNOSIS_TLS_WRONG_HOST:
    case WT_DIAGNOSIS_TLS_SELF_SIGNED:
    case WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER:
    case WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE:
    case WT_DIAGNOSIS_TLS_OTHER:
      return g_strdup (get_tls_sentence (kind, code));
    case WT_DIAGNOSIS_HTTP_STATUS:
      return get_status_sentence (code);
    case WT_DIAGNOSIS_AUTHENTICATION:
      if (code >= 400 && code < 600)
        return g_strdup_printf (_ ("The server does not accept the API key (HTTP %u)."), code);
      if (detail != NULL)
        return g_strdup_printf (_ ("The server does not accept the API key: “%s”."), detail);
      return g_strdup (_ ("The server does not accept the API key."));
    case WT_DIAGNOSIS_CLOSED:
      return get_closed_sentence (code, detail);
    default:
      return g_strdup (get_fixed_sentence (kind));
    }
}

static const char *
get_network_remedy (WtDiagnosisKind kind)
{
  switch (kind)
    {
    case WT_DIAGNOSIS_DNS:
      return _ ("Check the spelling of the host in the address, and that this computer is online.");
    case WT_DIAGNOSIS_REFUSED:
      return _ (
          "Check the port: common ones are 18040 and 18044 (TLS), 18000, and 8090 for MaiBot. "
          "On the server, MaiBot's [maim_message] section needs enable_api_server = true, and "
          "a host that is reachable from outside, not 127.0.0.1.");
    case WT_DIAGNOSIS_UNREACHABLE:
      return _ ("Check this computer's network connection, and a VPN if the server needs one.");
    case WT_DIAGNOSIS_TIMEOUT:
      return _ (
          "Check host and port (common ones are 18040, 18044, 18000 and 8090), that the server "
          "is running, and that no firewall is in the way.");
    case WT_DIAGNOSIS_PROXY:
      return _ ("Check the proxy in the system's network settings, or let it make an exception for "
                "this host.");
    default:
      return NULL;
    }
}

static const char *
get_tls_remedy (WtDiagnosisKind kind)
{
  switch (kind)
    {
    case WT_DIAGNOSIS_TLS_EXPIRED:
      return _ (
          "Check this computer's clock. If it is right, ask the server's operator to renew the "
          "certificate.");
    case WT_DIAGNOSIS_TLS_WRONG_HOST:
      return _ (
          "Use in the address the name that the certificate is for. If you are sure that this "
          "is your server, compare the fingerprint with its operator and trust exactly this "
          "certificate.");
    case WT_DIAGNOSIS_TLS_SELF_SIGNED:
      return _ (
          "Compare the fingerprint with the server's operator; if it is the same, trust exactly "
          "this certificate for this account.");
    case WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER:
      return _ ("Choose the authority's certificate file in the account's settings, or compare the "
                "fingerprint with the server's operator and trust exactly this certificate.");
    case WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE:
      return _ ("Choose the client certificate and its key in the account's settings; the server's "
                "operator issues them.");
    case WT_DIAGNOSIS_TLS_OTHER:
      return _ (
          "Check that the port is the encrypted one (often 18044) and that wss:// is right for "
          "it; a server without encryption wants ws://. Otherwise ask the server's operator.");
    default:
      return NULL;
    }
}

static const char *
get_http_remedy (WtDiagnosisKind kind, guint code)
{
  if (kind == WT_DIAGNOSIS_SOCKET_IO)
    return _ (
        "Ask the operator for a server with maim_message 0.6.8, which MaiBot 1.2 uses, or for "
        "the port of one that speaks plain WebSocket.");
  if (kind == WT_DIAGNOSIS_NOT_API_SERVER)
    return _ (
        "Check port and path: the path is usually /ws, the port 18040, 18044 (TLS), 18000, or "
        "8090 for MaiBot with enable_api_server = true. MaiBot's web pages are on another port.");
  if (kind != WT_DIAGNOSIS_HTTP_STATUS)
    return NULL;
  if (code == 404)
    return _ ("Check the path at the end of the address: it is usually /ws.");
  if (code >= 500 || code == 408 || code == 429)
    return _ (
        "It is tried again by itself. If it stays so, ask the server's operator whether the API "
        "server behind the proxy is running.");
  return _ ("Check scheme, port and path of the address: the path is usually /ws, and an encrypted "
            "port wants wss://. A proxy in front of the server must pass WebSocket upgrades on.");
}

static const char *
get_close_remedy (WtDiagnosisKind kind)
{
  switch (kind)
    {
    case WT_DIAGNOSIS_AUTHENTICATION:
      return _ (
          "Check the API key and the platform. The server's operator finds the allowed keys in "
          "MaiBot's [maim_message] section; an empty list lets anyone in. If the key is right, "
          "check that the address ends in /ws.");
    case WT_DIAGNOSIS_MESSAGE_TOO_BIG:
      return _ (
          "Connecting again happens by itself. One message may have at most 100 MiB: send large "
          "files in another way.");
    case WT_DIAGNOSIS_REPLACED:
      return _ (
          "Connecting again happens by itself. If it repeats, check whether the same account is "
          "in use in another program.");
    case WT_DIAGNOSIS_GOING_AWAY:
      return _ ("Connecting again happens by itself as soon as the server is back.");
    case WT_DIAGNOSIS_PROTOCOL:
      return _ (
          "Connecting again happens by itself. If it repeats, the server or a proxy in between "
          "garbles messages: ask its operator to look into the server's log.");
    case WT_DIAGNOSIS_NO_ACK:
      return _ ("It is no API server of this protocol, or one that is in trouble: check port and "
                "path of the address, and the server's log.");
    case WT_DIAGNOSIS_NO_PONG:
    case WT_DIAGNOSIS_CLOSED:
      return _ (
          "Connecting again happens by itself. If it repeats, check the network, and whether the "
          "server is running.");
    default:
      return NULL;
    }
}

/**
 * wt_diagnosis_get_remedy:
 * @self: a diagnosis
 *
 * Returns: (transfer full): what to do about it, translated; never empty
 */
char *
wt_diagnosis_get_remedy (WtDiagnosis *self)
{
  WtDiagnosisKind kind = wt_diagnosis_get_kind (self);
  const char *remedy = get_network_remedy (kind);

  if (remedy == NULL)
    remedy = get_tls_remedy (kind);
  if (remedy == NULL)
    remedy = get_http_remedy (kind, wt_diagnosis_get_code (self));
  if (remedy == NULL)
    remedy = get_close_remedy (kind);
  if (remedy == NULL && kind == WT_DIAGNOSIS_NONE)
    remedy = _ ("There is nothing to do.");
  if (remedy == NULL && kind == WT_DIAGNOSIS_BAD_URL)
    remedy = _ ("Correct the address in the account's settings; it looks like "
                "ws://192.168.1.5:18040/ws.");
  if (remedy == NULL && kind == WT_DIAGNOSIS_NO_KEY)
    remedy = _ ("Unlock the keyring, or type the key again in the account's settings.");
  if (remedy == NULL)
    remedy = _ ("Connecting again happens by itself. If it repeats, check address, network and "
                "server.");
  return g_strdup (remedy);
}

/**
 * wt_diagnosis_kind_to_nick:
 * @kind: a kind
 *
 * Returns: its name for machines, such as `tls-expired`; never translated, never changed
 */
const char *
wt_diagnosis_kind_to_nick (WtDiagnosisKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (nicks), nicks[WT_DIAGNOSIS_OTHER]);

  return nicks[kind];
}
