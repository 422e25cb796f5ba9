/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "meeting.h"

#include "wt-test.h"

#include <string.h>

#define UUID "0b1ae4ea-6f56-4d3c-9d9c-4f2f4d5c8a11"

static GMutex log_mutex;
static GString *logged;
static GLogFunc print_log;

/* Everything that is logged, at any level, is searched for the key. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  g_mutex_lock (&log_mutex);
  for (gsize i = 0; i < n_fields; i++)
    {
      if (fields[i].length < 0)
        g_string_append (logged, fields[i].value);
      else
        g_string_append_len (logged, fields[i].value, fields[i].length);
    }
  g_mutex_unlock (&log_mutex);
  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) != 0)
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

/* What is not structured comes here, and with a newer GLib not to the writer. */
static void
take_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_mutex_lock (&log_mutex);
  g_string_append (logged, message);
  g_mutex_unlock (&log_mutex);
  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) == 0)
    print_log (domain, level, message, data);
}

void
meeting_check_text (const char *text)
{
  if (text == NULL)
    return;
  g_assert_null (strstr (text, "s3cret"));
}

Recorder *
meeting_new_client (guint64 limit, guint connect_timeout, guint ping_interval)
{
  return recorder_new (g_object_new (WT_TYPE_WEBSOCKET, "max-incoming-bytes", limit,
                                     "connect-timeout", connect_timeout, "ping-interval",
                                     ping_interval, NULL));
}

void
meeting_open (Recorder *client, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEndpoint) endpoint = wt_endpoint_new (url, WT_AUTH_QUERY, MEETING_SECRET, "wheatear",
                                                     NULL, &error);

  g_assert_no_error (error);
  wt_transport_open (client->transport, endpoint, UUID);
}

/* Opens, waits for the end, and looks for the key wherever it must not be. */
Recorder *
meeting_hold (RawServer *server, guint connect_timeout)
{
  g_autofree char *url = raw_server_get_url (server);
  Recorder *client = meeting_new_client (MEETING_LIMIT, connect_timeout, 0);
  g_autofree char *sentence = NULL;

  meeting_open (client, url);
  wt_test_wait_until (client->closed == 1);
  recorder_drain ();
  g_assert_cmpuint (client->closed, ==, 1);
  sentence = wt_diagnosis_get_sentence (client->diagnosis);
  meeting_check_text (sentence);
  meeting_check_text (wt_diagnosis_get_detail (client->diagnosis));
  return client;
}

/* Once, after g_test_init(), which sets a handler, too. */
void
meeting_watch_log (void)
{
  logged = g_string_new (NULL);
  /* Else a newer GLib drops what nobody wants to see before anybody is asked. */
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_log_set_writer_func (write_log, NULL, NULL);
  print_log = g_log_set_default_handler (take_log, NULL);
}

/* Runs last: what all the others logged. */
void
meeting_check_log (void)
{
  g_mutex_lock (&log_mutex);
  g_test_message ("%" G_GSIZE_FORMAT " bytes of log", logged->len);
  g_assert_cmpuint (logged->len, >, 1000);
  meeting_check_text (logged->str);
  g_mutex_unlock (&log_mutex);
}
