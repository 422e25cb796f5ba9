/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

typedef struct
{
  const char *network;
  guint bits;
} Block;

/* IANA's special-purpose registry: what is not globally reachable. */
static const Block closed_v4[] = {
  { "0.0.0.0", 8 },      { "10.0.0.0", 8 },     { "100.64.0.0", 10 }, { "127.0.0.0", 8 },
  { "169.254.0.0", 16 }, { "172.16.0.0", 12 },  { "192.0.0.0", 24 },  { "192.0.2.0", 24 },
  { "192.88.99.0", 24 }, { "192.168.0.0", 16 }, { "198.18.0.0", 15 }, { "198.51.100.0", 24 },
  { "203.0.113.0", 24 }, { "224.0.0.0", 4 },    { "240.0.0.0", 4 },
};

/* Within 2000::/3, which is all that is given out. Teredo (2001::/32) hides its IPv4 address in the first. */
static const Block closed_v6[] = {
  { "2001::", 23 },
  { "2001:db8::", 32 },
  { "3fff::", 20 },
};

/* Where an IPv6 address carries an IPv4 address, and at which byte. */
static const struct
{
  Block block;
  guint at;
} embedding[] = {
  { { "::ffff:0:0", 96 }, 12 }, /* mapped */
  { { "64:ff9b::", 96 }, 12 },  /* NAT64 */
  { { "2002::", 16 }, 2 },      /* 6to4 */
};

static gboolean
is_in (const guint8 *bytes, int family, const Block *block)
{
  guint8 network[16];
  guint whole = block->bits / 8;
  guint rest = block->bits % 8;

  if (inet_pton (family, block->network, network) != 1)
    return FALSE;
  if (memcmp (bytes, network, whole) != 0)
    return FALSE;
  return rest == 0 || ((bytes[whole] ^ network[whole]) >> (8 - rest)) == 0;
}

static gboolean
is_public_v4 (const guint8 *bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (closed_v4); i++)
    if (is_in (bytes, AF_INET, &closed_v4[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_public_v6 (const guint8 *bytes)
{
  static const Block given_out = { "2000::", 3 };
  static const guint8 isatap[] = { 0x00, 0x00, 0x5e, 0xfe };

  for (guint i = 0; i < G_N_ELEMENTS (embedding); i++)
    if (is_in (bytes, AF_INET6, &embedding[i].block))
      return is_public_v4 (bytes + embedding[i].at);

  if (!is_in (bytes, AF_INET6, &given_out))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (closed_v6); i++)
    if (is_in (bytes, AF_INET6, &closed_v6[i]))
      return FALSE;
  /* The bit that says "globally unique" may be set or not. */
  if ((bytes[8] & ~0x02) == isatap[0] && memcmp (bytes + 9, isatap + 1, 3) == 0)
    return is_public_v4 (bytes + 12);
  return TRUE;
}

/**
 * wt_address_is_public:
 * @address: an IPv4 or IPv6 address
 *
 * Whether @address is one of the public Internet: not loopback, private, link-local, shared, multicast, reserved or
 * for documentation, and not an IPv6 address that leads to such an IPv4 one (mapped, NAT64, 6to4, ISATAP; Teredo
 * is no public address at all).
 *
 * Returns: whether it is
 */
gboolean
wt_address_is_public (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return is_public_v4 (bytes);
  return is_public_v6 (bytes);
}

/* "localhost" and what is below it are loopback by definition, whoever is asked. */
static gboolean
is_localhost (const char *name)
{
  static const char localhost[] = "localhost";
  gsize length = strlen (name);
  gsize tail = strlen (localhost);

  return length >= tail && g_ascii_strcasecmp (name + length - tail, localhost) == 0
         && (length == tail || name[length - tail - 1] == '.');
}

/**
 * wt_address_new_from_host:
 * @host: the host of a URL, without brackets
 *
 * Reads a host that needs no look-up: an IPv6 address with or without zone, an IPv4 address in any form that the
 * system's resolver takes (`127.1`, `0x7f000001`, `2130706433`, `0177.0.0.1`), or a name of this machine
 * (`localhost`).
 *
 * Returns: (transfer full) (nullable): the address, or %NULL if @host is a name
 */
GInetAddress *
wt_address_new_from_host (const char *host)
{
  gsize length = strcspn (host, "%");
  g_autofree char *name = NULL;
  struct in_addr v4;

  if (length > 0 && host[length] == '\0' && host[length - 1] == '.')
    length--;
  name = g_strndup (host, length);
  if (strchr (name, ':') != NULL)
    return g_inet_address_new_from_string (name);
  if (is_localhost (name))
    return g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  if (inet_aton (name, &v4) != 0)
    return g_inet_address_new_from_bytes ((const guint8 *) &v4, G_SOCKET_FAMILY_IPV4);
  return NULL;
}
