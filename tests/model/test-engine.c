/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "wt-account.h"
#include "wt-api-server.h"
#include "wt-engine.h"
#include "wt-test.h"

/* An engine online at a server that will answer nothing any more, its goodbye included. */
typedef struct
{
  char *folder;
  WtApiServer *server;
  WtWorker *worker;
  WtDatabase *database;
  WtBlobs *blobs;
  WtEngine *engine;
  gboolean online;
} Fixture;

static void
on_events (GPtrArray *events, gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < events->len; i++)
    {
      WtEngineEvent *event = g_ptr_array_index (events, i);

      if (event->kind == WT_ENGINE_STATE)
        fixture->online = event->state == WT_CONNECTION_ONLINE;
    }
}

static WtEndpoint *
make_endpoint (Fixture *fixture)
{
  g_autofree char *url = wt_api_server_get_url (fixture->server);
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autoptr (WtAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  WtEndpoint *endpoint;

  record->url = g_strdup (url);
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me");
  account = wt_account_new (record);
  endpoint = wt_account_make_endpoint (account, "key", &error);
  g_assert_no_error (error);
  return endpoint;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtEndpoint) endpoint = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("wt-engine-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "wheatear.db", NULL);
  fixture->server = wt_api_server_new ();
  wt_api_server_set_allow_all (fixture->server, TRUE);
  g_assert_true (wt_api_server_listen (fixture->server, "127.0.0.1", 0, NULL));
  fixture->worker = wt_worker_new ("engine");
  fixture->database = wt_database_new (path);
  fixture->blobs = wt_blobs_new (fixture->folder);
  fixture->engine = wt_engine_new (fixture->worker, fixture->database, fixture->blobs, 1, "me",
                                   "salt", on_events, fixture);
  endpoint = make_endpoint (fixture);
  wt_engine_start (fixture->engine, endpoint);
  wt_test_wait_until (fixture->online);
  wt_api_server_stall_all (fixture->server);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->engine);
  g_assert_finalize_object (fixture->worker);
  wt_database_close (fixture->database);
  g_object_unref (fixture->database);
  g_object_unref (fixture->blobs);
  wt_api_server_stop (fixture->server);
  g_object_unref (fixture->server);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
test_waited_for (Fixture *fixture, gconstpointer data)
{
  wt_engine_close (fixture->engine);
  g_assert_true (
      wt_engine_wait_closed (fixture->engine, g_get_monotonic_time () + 10 * G_USEC_PER_SEC));
  wt_worker_stop (fixture->worker);
}

/* Nobody has the time: what it waits for is given up before the thread ends. */
static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  wt_engine_close (fixture->engine);
  wt_engine_wait_closed (fixture->engine, g_get_monotonic_time ());
  wt_worker_stop (fixture->worker);
  g_assert_true (wt_engine_wait_closed (fixture->engine, g_get_monotonic_time ()));
}

/* The thread ends first: what waits goes with the thread's main context, which nothing of it holds. */
static void
test_thread_ends_first (Fixture *fixture, gconstpointer data)
{
  wt_engine_close (fixture->engine);
  wt_worker_stop (fixture->worker);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/engine/waited-for", test_waited_for);
  ADD ("/engine/deadline", test_deadline);
  ADD ("/engine/thread-ends-first", test_thread_ends_first);
  return g_test_run ();
}
