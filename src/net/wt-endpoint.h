/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtEndpointError: what is wrong with an address; each has a message that says what to type instead.
 */
typedef enum
{
  WT_ENDPOINT_ERROR_EMPTY = 1,
  WT_ENDPOINT_ERROR_SCHEME,
  WT_ENDPOINT_ERROR_HOST,
  WT_ENDPOINT_ERROR_PORT,
  WT_ENDPOINT_ERROR_PATH,
  WT_ENDPOINT_ERROR_CREDENTIALS,
  WT_ENDPOINT_ERROR_SYNTAX,
  WT_ENDPOINT_ERROR_KEY,
  WT_ENDPOINT_ERROR_PLATFORM,
  WT_ENDPOINT_ERROR_FINGERPRINT,
} WtEndpointError;
#define WT_ENDPOINT_ERROR (wt_endpoint_error_quark ())
GQuark wt_endpoint_error_quark (void);

/* WtAuthMode: how the key travels. Stored on disk: never renumber. */
typedef enum
{
  WT_AUTH_HEADER = 0,
  WT_AUTH_QUERY = 1,
} WtAuthMode;

/**
 * WtTlsOptions:
 * @ca_file: (nullable): PEM file of authorities to trust besides the system's
 * @certificate_file: (nullable): PEM file of the client's certificate
 * @key_file: (nullable): PEM file of its key; %NULL: in @certificate_file
 * @trusted_fingerprint: (nullable): sha256 of the one server certificate (DER) trusted although it does not verify
 * @insecure: no verification at all: a developer's switch
 */
typedef struct
{
  char *ca_file;
  char *certificate_file;
  char *key_file;
  char *trusted_fingerprint;
  gboolean insecure;
} WtTlsOptions;

/**
 * WtEndpoint: where and as whom to connect: address, authentication, TLS. Immutable, atomically reference-counted.
 */
typedef struct _WtEndpoint WtEndpoint;
#define WT_TYPE_ENDPOINT (wt_endpoint_get_type ())
GType wt_endpoint_get_type (void);

WtEndpoint *wt_endpoint_new (const char *url,
                             WtAuthMode auth,
                             const char *api_key,
                             const char *platform,
                             const WtTlsOptions *tls,
                             GError **error);
WtEndpoint *wt_endpoint_ref (WtEndpoint *self);
void wt_endpoint_unref (WtEndpoint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtEndpoint, wt_endpoint_unref)

gboolean wt_endpoint_check_url (const char *url, GError **error);
gboolean wt_endpoint_check_platform (const char *platform, GError **error);
gboolean wt_endpoint_check_key (const char *api_key, GError **error);

const char *wt_endpoint_get_url (WtEndpoint *self);
const char *wt_endpoint_get_host (WtEndpoint *self);
guint16 wt_endpoint_get_port (WtEndpoint *self);
const char *wt_endpoint_get_path (WtEndpoint *self);
gboolean wt_endpoint_get_is_tls (WtEndpoint *self);
gboolean wt_endpoint_get_is_loopback (WtEndpoint *self);
WtAuthMode wt_endpoint_get_auth (WtEndpoint *self);
const char *wt_endpoint_get_api_key (WtEndpoint *self);
const char *wt_endpoint_get_platform (WtEndpoint *self);
const WtTlsOptions *wt_endpoint_get_tls (WtEndpoint *self);

gboolean wt_endpoint_equal (WtEndpoint *a, WtEndpoint *b);
GUri *wt_endpoint_build_uri (WtEndpoint *self);
char *wt_endpoint_redact (WtEndpoint *self, const char *text);

G_END_DECLS
