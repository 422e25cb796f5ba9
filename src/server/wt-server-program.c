/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-server-program.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "wt-api-server.h"
#include "wt-demo-cast.h"
#include "wt-echo-bot.h"
#include "wt-log.h"

/* How long clients have to answer a close, in milliseconds. */
#define STOP_WAIT_MS 2000
#define STOP_LOOK_MS 20

typedef struct
{
  WtApiServer *server;
  GMainLoop *loop;
  guint waited;
  gboolean stopping;
} Program;

static void
on_log (WtApiServer *server, const char *line, gpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H:%M:%S.%f");
  g_autofree char *redacted = wt_log_redact (line);

  fprintf (stderr, "%s %s\n", time, redacted);
}

static void
on_complete (WtDemoCast *cast, const char *user, gpointer data)
{
  puts ("demo complete");
  fflush (stdout);
}

static gboolean
on_stopping (gpointer data)
{
  Program *program = data;

  program->waited += STOP_LOOK_MS;
  if (wt_api_server_get_n_connections (program->server) > 0 && program->waited < STOP_WAIT_MS)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (program->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_signal (gpointer data)
{
  Program *program = data;

  if (program->stopping)
    {
      g_main_loop_quit (program->loop);
      return G_SOURCE_CONTINUE;
    }
  program->stopping = TRUE;
  wt_api_server_stop (program->server);
  g_timeout_add (STOP_LOOK_MS, on_stopping, program);
  return G_SOURCE_CONTINUE;
}

static void
add_bots (WtApiServer *server, const WtServerOptions *options)
{
  g_autoptr (WtClock) clock = wt_clock_new ();
  WtDemoCast *cast;

  if (options->echo)
    wt_api_server_add_bot (server, wt_echo_bot_new ());
  if (!options->demo)
    return;
  cast = wt_demo_cast_new (clock, options->demo_user_id, options->demo_user_name);
  g_signal_connect (cast, "complete", G_CALLBACK (on_complete), NULL);
  wt_api_server_add_bot (server, WT_BOT (cast));
}

static gboolean
set_up (WtApiServer *server, const WtServerOptions *options, GError **error)
{
  g_signal_connect (server, "log", G_CALLBACK (on_log), NULL);
  wt_api_server_set_path (server, options->path);
  wt_api_server_set_allow_all (server, options->keys->len == 0);
  for (guint i = 0; i + 1 < options->keys->len; i += 2)
    {
      wt_log_add_secret (g_ptr_array_index (options->keys, i));
      wt_api_server_add_key (server, g_ptr_array_index (options->keys, i),
                             g_ptr_array_index (options->keys, i + 1));
    }
  if (options->faults != NULL)
    wt_api_server_set_faults (server, options->faults);
  add_bots (server, options);
  return options->certificate == NULL
         || wt_api_server_set_tls (server, options->certificate, options->certificate_key,
                                   options->client_ca, error);
}

static void
complain (const char *what, const char *why)
{
  fprintf (stderr, "wheatear-server: %s: %s\n", what, why);
}

/**
 * wt_server_program_run:
 * @options: what to do
 *
 * Serves until SIGINT or SIGTERM; a second one does not wait for the clients.
 *
 * Returns: the program's exit status: 0, 1 where it could not listen, 2 for a bad option
 */
int
wt_server_program_run (const WtServerOptions *options)
{
  g_autoptr (WtApiServer) server = wt_api_server_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  g_autofree char *place = NULL;
  Program program = { server, loop, 0, FALSE };

  if (!set_up (server, options, &error))
    {
      complain (_ ("cannot use the certificate"), error->message);
      return 2;
    }
  if (!wt_api_server_listen (server, options->host, options->port, &error))
    {
      place = g_strdup_printf (_ ("cannot listen on port %u of %s"), options->port, options->host);
      complain (place, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)
                           ? _ ("another program uses it")
                           : error->message);
      return 1;
    }

  url = wt_api_server_get_url (server);
  printf ("listening %s\n", url);
  fflush (stdout);
  g_unix_signal_add (SIGINT, on_signal, &program);
  g_unix_signal_add (SIGTERM, on_signal, &program);
  g_main_loop_run (loop);
  return 0;
}
