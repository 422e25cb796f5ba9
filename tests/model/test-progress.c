/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-envelope.h"
#include "wt-message-store.h"
#include "wt-model-test.h"
#include "wt-outbox.h"
#include "wt-test.h"

#define SIZE (20 * 1024 * 1024)

typedef struct
{
  GArray *told; /* of double */
} Watch;

static void
on_progress (WtMessage *message, GParamSpec *pspec, Watch *watch)
{
  double progress = wt_message_get_progress (message);

  g_array_append_val (watch->told, progress);
}

/* A file of noise, which does not become small by being compressed. */
static WtMessage *
send_large (WtModelFixture *fixture, WtTimeline *timeline, gsize size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint32 *noise = g_new (guint32, size / 4);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WtMedia) media = NULL;
  g_autoptr (WtSegment) segment = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size / 4; i++)
    noise[i] = g_rand_int (rand);
  bytes = g_bytes_new_take (noise, size);
  wt_model_test_call (fixture, wt_session_import_bytes_async, fixture->session, bytes, "noise.bin",
                      WT_SEGMENT_FILE, 0);
  media = wt_session_import_finish (fixture->session, fixture->result, &error);
  g_assert_no_error (error);
  segment = wt_segment_new_media (WT_SEGMENT_FILE, media);
  wt_model_test_send (fixture, segment);
  return wt_model_test_get_message (timeline,
                                    g_list_model_get_n_items (G_LIST_MODEL (timeline)) - 1);
}

static double
get_told (Watch *watch, guint index)
{
  return g_array_index (watch->told, double, index);
}

/* From nothing to something, never back, and then nothing to show any more. */
static void
assert_one_way (Watch *watch)
{
  guint length = watch->told->len;

  g_assert_cmpuint (length, >=, 2);
  g_assert_cmpfloat (get_told (watch, 0), ==, 0);
  for (guint i = 1; i + 1 < length; i++)
    {
      g_assert_cmpfloat (get_told (watch, i), >=, get_told (watch, i - 1));
      g_assert_cmpfloat (get_told (watch, i), <=, 1);
    }
  g_assert_cmpfloat (get_told (watch, length - 1), ==, -1);
}

static void
test_large (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (WtMessage) message = send_large (fixture, timeline, SIZE);
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (double));
  Watch watch = { .told = told };

  g_assert_cmpfloat (wt_message_get_progress (message), ==, -1);
  g_signal_connect (message, "notify::progress", G_CALLBACK (on_progress), &watch);
  wt_model_test_go_online (fixture);
  wt_test_wait_until (wt_message_get_delivery (message) == WT_DELIVERY_ACKED);
  wt_test_wait_until (wt_message_get_progress (message) < 0);
  assert_one_way (&watch);
  g_assert_cmpuint (fixture->received->len, ==, 1);
}

/* A server that takes nothing: it stays where it is, and begins anew on the next connection. */
static void
test_stalled (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (WtMessage) message = NULL;
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (double));
  Watch watch = { .told = told };

  wt_model_test_go_online (fixture);
  wt_api_server_stall_all (fixture->server);
  message = send_large (fixture, timeline, SIZE);
  g_signal_connect (message, "notify::progress", G_CALLBACK (on_progress), &watch);
  wt_test_wait_until (wt_message_get_progress (message) > 0);
  g_assert_cmpfloat (wt_message_get_progress (message), <, 0.9);
  wt_api_server_disconnect_all (fixture->server, 1011, "cut");
  wt_test_wait_until (wt_message_get_progress (message) < 0);
  assert_one_way (&watch);
  g_array_set_size (told, 0);
  wt_test_wait_until (wt_message_get_delivery (message) == WT_DELIVERY_ACKED);
  wt_test_wait_until (wt_message_get_progress (message) < 0);
  assert_one_way (&watch);
}

static void
test_small (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (WtMessage) message = send_large (fixture, timeline, 300 * 1024);
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (double));
  Watch watch = { .told = told };

  g_signal_connect (message, "notify::progress", G_CALLBACK (on_progress), &watch);
  wt_model_test_go_online (fixture);
  wt_test_wait_until (wt_message_get_delivery (message) == WT_DELIVERY_ACKED);
  g_assert_cmpuint (told->len, ==, 0);
}

/* Deleted while it is put together: nothing of it is written. */
static void
test_cancelled (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (WtSegment) text = wt_segment_new_text ("after");
  g_autoptr (WtMessage) message = send_large (fixture, timeline, SIZE);
  const WtPayload *payload;

  wt_profile_start (fixture->profile);
  wt_test_wait_until (wt_message_get_progress (message) >= 0);
  if (wt_message_get_delivery (message) != WT_DELIVERY_QUEUED)
    {
      g_test_skip ("it was written before it could be deleted");
      return;
    }
  wt_session_delete_message (fixture->session, fixture->conversation, message);
  wt_test_wait_until (wt_message_get_deleted (message));
  wt_test_wait_until (wt_message_get_progress (message) < 0);
  wt_model_test_send (fixture, text);
  wt_test_wait_until (fixture->received->len > 0);
  payload = wt_envelope_get_payload (g_ptr_array_index (fixture->received, 0));
  g_assert_cmpstr (wt_segment_get_text (payload->segment), ==, "after");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/progress/" name, WtModelFixture, NULL, wt_model_test_set_up, func,                 \
              wt_model_test_tear_down)
  ADD ("large", test_large);
  ADD ("stalled", test_stalled);
  ADD ("small", test_small);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
