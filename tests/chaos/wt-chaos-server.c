/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "wt-api-server.h"
#include "wt-chaos-pipe.h"
#include "wt-envelope.h"

/* A server for a test to drive and to kill: wt-chaos-server PORT SEED. It says `ready`, or `busy` where the port is
 * not to be had; then `connected GENERATION`, `received MSG_ID TEXT` and `acked MSG_ID`. Lines it takes:
 *
 *   say GENERATION ENVELOPE  to the client, where no newer connection has come since
 *   close CODE               closes every connection; 1006: cuts it
 *   stall                    leaves every connection half-open
 *   faults [FAULT ...]       what goes wrong from now on, as `wheatear-server --fault` takes it
 *   die                      by SIGKILL
 *   die-after N              by SIGKILL, once it has received so many messages more
 */

typedef struct
{
  WtApiServer *server;
  WtFaults *faults;
  guint generation;
  guint left; /* messages until death, or 0 */
} Server;

static void
on_connected (WtApiServer *api,
              const char *user,
              const char *platform,
              const char *uuid,
              Server *self)
{
  wt_chaos_pipe_say ("connected %u", ++self->generation);
}

static void
on_received (WtApiServer *api,
             const char *user,
             const char *platform,
             WtEnvelope *envelope,
             Server *self)
{
  const WtPayload *payload = wt_envelope_get_payload (envelope);

  wt_chaos_pipe_say ("received %s %s", wt_envelope_get_msg_id (envelope),
                     wt_segment_get_text (payload->segment));
  if (self->left > 0 && --self->left == 0)
    raise (SIGKILL);
}

static void
on_acked (WtApiServer *api,
          const char *user,
          const char *platform,
          const char *msg_id,
          Server *self)
{
  wt_chaos_pipe_say ("acked %s", msg_id);
}

static void
say (Server *self, const char *words)
{
  char *end = NULL;
  guint generation = (guint) strtoul (words, &end, 10);
  g_autoptr (GBytes) frame = g_bytes_new (end + 1, strlen (end + 1));
  g_autoptr (GHashTable) sent G_GNUC_UNUSED = NULL;

  /* The sender does not know yet that it has to begin again. */
  if (generation == self->generation)
    sent = wt_api_server_send (self->server, "me", "desk", frame);
}

static void
set_faults (Server *self, const char *words)
{
  g_auto (GStrv) faults = g_strsplit (words, " ", -1);

  wt_faults_clear (self->faults);
  for (char **fault = faults; *fault != NULL; fault++)
    {
      g_autoptr (GError) error = NULL;

      if (**fault != '\0')
        wt_faults_add (self->faults, *fault, &error);
      g_assert_no_error (error);
    }
}

static void
on_line (const char *line, gpointer data)
{
  Server *self = data;

  if (g_str_has_prefix (line, "say "))
    say (self, line + strlen ("say "));
  else if (g_str_has_prefix (line, "close "))
    wt_api_server_disconnect_all (self->server, (guint16) atoi (line + strlen ("close ")), "chaos");
  else if (g_str_equal (line, "stall"))
    wt_api_server_stall_all (self->server);
  else if (g_str_has_prefix (line, "faults"))
    set_faults (self, line + strlen ("faults"));
  else if (g_str_has_prefix (line, "die-after "))
    self->left = (guint) atoi (line + strlen ("die-after "));
  else if (g_str_equal (line, "die"))
    raise (SIGKILL);
  else
    g_error ("not understood: %s", line);
}

int
main (int argc, char **argv)
{
  g_autoptr (WtApiServer) api = wt_api_server_new ();
  Server self = { .server = api };

  g_assert_cmpint (argc, ==, 3);
  g_set_prgname ("wt-chaos-server");
  self.faults = wt_faults_new ((guint32) strtoul (argv[2], NULL, 10));
  wt_api_server_set_faults (api, self.faults);
  wt_api_server_add_key (api, "my-secret-key", "me");
  wt_api_server_add_key (api, "peer-secret-key", "peer");
  g_signal_connect (api, "connected", G_CALLBACK (on_connected), &self);
  g_signal_connect (api, "received", G_CALLBACK (on_received), &self);
  g_signal_connect (api, "acked", G_CALLBACK (on_acked), &self);
  if (!wt_api_server_listen (api, "127.0.0.1", (guint16) atoi (argv[1]), NULL))
    {
      wt_chaos_pipe_say ("busy");
      return 0;
    }
  wt_chaos_pipe_say ("ready");
  wt_chaos_pipe_listen (on_line, &self);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}
