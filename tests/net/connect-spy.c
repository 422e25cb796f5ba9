/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect-spy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static GMutex mutex;
static const char *const *at_home;
static GPtrArray *seen;

static void
note (const char *text)
{
  g_mutex_lock (&mutex);
  if (seen == NULL)
    seen = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (seen, g_strdup (text));
  g_mutex_unlock (&mutex);
}

static int
really_connect (int fd, const void *address, socklen_t length)
{
  return (int) syscall (SYS_connect, fd, address, length);
}

/* GIO finds this one instead of the C library's. */
int
connect (int fd, const struct sockaddr *address, socklen_t length)
{
  char text[INET6_ADDRSTRLEN] = "";
  struct sockaddr_in home;

  if (address->sa_family == AF_INET)
    {
      memcpy (&home, address, sizeof home);
      inet_ntop (AF_INET, &home.sin_addr, text, sizeof text);
      note (text);
      if (at_home != NULL && g_strv_contains (at_home, text))
        home.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
      else if (!g_str_has_prefix (text, "127."))
        {
          errno = ENETUNREACH;
          return -1;
        }
      return really_connect (fd, &home, sizeof home);
    }
  if (address->sa_family == AF_INET6)
    {
      struct sockaddr_in6 there;

      memcpy (&there, address, sizeof there);
      inet_ntop (AF_INET6, &there.sin6_addr, text, sizeof text);
      note (text);
      errno = ENETUNREACH;
      return -1;
    }
  return really_connect (fd, address, length);
}

void
connect_spy_lead_home (const char *const *addresses)
{
  at_home = addresses;
}

guint
connect_spy_count (const char *address)
{
  guint count = 0;

  g_mutex_lock (&mutex);
  for (guint i = 0; seen != NULL && i < seen->len; i++)
    if (strcmp (g_ptr_array_index (seen, i), address) == 0)
      count++;
  g_mutex_unlock (&mutex);
  return count;
}

guint
connect_spy_count_all (void)
{
  guint count;

  g_mutex_lock (&mutex);
  count = seen != NULL ? seen->len : 0;
  g_mutex_unlock (&mutex);
  return count;
}

void
connect_spy_reset (void)
{
  g_mutex_lock (&mutex);
  g_clear_pointer (&seen, g_ptr_array_unref);
  g_mutex_unlock (&mutex);
  at_home = NULL;
}
