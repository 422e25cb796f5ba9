/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-progress.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* A peer's system takes a few pings even when its program hangs: only more than those is progress. */
#define LEAST_TAKEN 16384

/**
 * wt_progress_update:
 * @self: what the last call saw; zeros at first
 * @socket: a TCP socket
 *
 * A frame of many megabytes takes longer on a slow link than any ping may: while it flows, in either direction,
 * pongs wait behind it and libsoup tells nothing. So the kernel is asked.
 *
 * Returns: whether data of the peer's came, or a good part of ours went, since the last call
 */
gboolean
wt_progress_update (WtProgress *self, GSocket *socket)
{
  struct tcp_info info;
  socklen_t length = sizeof info;
  gboolean progress = FALSE;

  memset (&info, 0, sizeof info);
  if (getsockopt (g_socket_get_fd (socket), IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
    return FALSE;

  if (info.tcpi_bytes_received > self->received)
    {
      self->received = info.tcpi_bytes_received;
      progress = TRUE;
    }
  if (info.tcpi_bytes_acked >= self->taken + LEAST_TAKEN)
    progress = TRUE;
  self->taken = info.tcpi_bytes_acked;
  return progress;
}

/**
 * wt_progress_get_taken:
 * @socket: a TCP socket
 *
 * Returns: how many bytes of ours the peer's system has confirmed since the connection was made
 */
guint64
wt_progress_get_taken (GSocket *socket)
{
  struct tcp_info info;
  socklen_t length = sizeof info;

  memset (&info, 0, sizeof info);
  if (getsockopt (g_socket_get_fd (socket), IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
    return 0;
  return info.tcpi_bytes_acked;
}
