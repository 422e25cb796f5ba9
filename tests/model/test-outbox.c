/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-outbox.h"

#include <glib/gstdio.h>

#include "wt-test.h"

typedef struct
{
  WtClock *clock;
  WtBlobs *blobs;
  char *folder;
  WtOutbox *outbox;
  GString *written; /* "1 2 3 ": message ids in the order they were written */
  GString *changes; /* "1q 1s 1a ": id and delivery */
  WtMessageRecord *last;
  gboolean broken;
} Fixture;

static gboolean
on_write (GBytes *frame, gpointer data, GError **error)
{
  Fixture *fixture = data;
  g_autoptr (WtEnvelope) envelope = NULL;

  if (fixture->broken)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "broken");
      return FALSE;
    }
  envelope = wt_envelope_parse (frame, error);
  g_assert_nonnull (envelope);
  g_string_append_printf (fixture->written, "%s ", wt_envelope_get_msg_id (envelope));
  return TRUE;
}

static void
on_changed (const WtMessageRecord *message, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->changes, "%" G_GINT64_FORMAT "%c ", message->id,
                          "rqsaf"[message->delivery]);
  g_clear_pointer (&fixture->last, wt_message_record_free);
  fixture->last = wt_message_record_copy (message);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const WtOutboxFuncs funcs = { on_write, on_changed };

  fixture->clock = wt_clock_new_manual (1000000, 50000000);
  fixture->folder = g_dir_make_tmp ("wt-outbox-XXXXXX", NULL);
  fixture->blobs = wt_blobs_new (fixture->folder);
  fixture->outbox = wt_outbox_new (fixture->clock, fixture->blobs, &funcs, fixture);
  fixture->written = g_string_new (NULL);
  fixture->changes = g_string_new (NULL);
  wt_outbox_set_limits (fixture->outbox, 1000, 3, 4);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
is_gone (GWeakRef *reference)
{
  g_autoptr (GObject) object = g_weak_ref_get (reference);

  return object == NULL;
}

/* The thread that made a frame may hold it for another moment, and does not tell when it no longer does. */
static void
assert_finalized (gpointer object)
{
  guint tick = g_timeout_add (5, on_tick, NULL);
  GWeakRef reference;

  g_weak_ref_init (&reference, object);
  g_object_unref (object);
  wt_test_wait_until (is_gone (&reference));
  g_weak_ref_clear (&reference);
  g_source_remove (tick);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wt_outbox_close (fixture->outbox);
  assert_finalized (fixture->outbox);
  assert_finalized (fixture->clock);
  g_object_unref (fixture->blobs);
  g_string_free (fixture->written, TRUE);
  g_string_free (fixture->changes, TRUE);
  g_clear_pointer (&fixture->last, wt_message_record_free);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
add_with (Fixture *fixture, gint64 id, gint64 conversation, const char *segments)
{
  g_autoptr (WtMessageRecord) message = wt_message_record_new ();
  WtOutgoing *outgoing;

  message->id = id;
  message->conversation_id = conversation;
  message->seq = id;
  message->direction = WT_DIRECTION_OUT;
  message->delivery = WT_DELIVERY_QUEUED;
  message->msg_id = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  message->message_id = g_strdup (message->msg_id);
  message->author_id = g_strdup ("me");
  message->peer_time = 1;
  message->rtt = -1;
  message->segments = g_strdup (segments);
  outgoing = wt_outgoing_new (message);
  outgoing->platform = g_strdup ("p");
  outgoing->api_key = g_strdup ("key");
  outgoing->target_key = g_strdup ("target");
  outgoing->target_platform = g_strdup ("p");
  wt_outbox_add (fixture->outbox, outgoing);
}

static void
add (Fixture *fixture, gint64 id, gint64 conversation)
{
  g_autoptr (WtSegment) segment = wt_segment_new_text ("hello");
  g_autofree char *segments = wt_segment_to_storage (segment);

  add_with (fixture, id, conversation, segments);
}

static void
test_happy (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 1);
  g_assert_cmpstr (fixture->written->str, ==, "");
  wt_outbox_set_online (fixture->outbox, TRUE);
  g_assert_cmpstr (fixture->written->str, ==, "1 ");
  g_assert_cmpuint (fixture->last->attempts, ==, 1);
  wt_clock_advance (fixture->clock, 250);
  g_assert_true (wt_outbox_ack (fixture->outbox, "1"));
  g_assert_cmpstr (fixture->changes->str, ==, "1s 1a ");
  g_assert_cmpint (fixture->last->rtt, ==, 250000);
  g_assert_cmpint (fixture->last->acked_time, ==, 50250000);
  g_assert_cmpuint (wt_outbox_get_n_waiting (fixture->outbox), ==, 0);
}

static void
test_unknown_ack (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 1);
  g_assert_false (wt_outbox_ack (fixture->outbox, "1"));
  wt_outbox_set_online (fixture->outbox, TRUE);
  g_assert_false (wt_outbox_ack (fixture->outbox, "other"));
  g_assert_false (wt_outbox_ack (fixture->outbox, NULL));
  g_assert_true (wt_outbox_ack (fixture->outbox, "1"));
  g_assert_false (wt_outbox_ack (fixture->outbox, "1"));
  g_assert_cmpuint (wt_outbox_get_unknown_acks (fixture->outbox), ==, 4);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  wt_outbox_set_online (fixture->outbox, TRUE);
  for (gint64 id = 1; id <= 7; id++)
    add (fixture, id, id % 2);
  g_assert_cmpstr (fixture->written->str, ==, "1 2 3 4 ");
  wt_outbox_ack (fixture->outbox, "2");
  g_assert_cmpstr (fixture->written->str, ==, "1 2 3 4 5 ");
  wt_outbox_ack (fixture->outbox, "1");
  wt_outbox_ack (fixture->outbox, "3");
  g_assert_cmpstr (fixture->written->str, ==, "1 2 3 4 5 6 7 ");
}

static void
test_added_out_of_order (Fixture *fixture, gconstpointer data)
{
  add (fixture, 3, 1);
  add (fixture, 1, 1);
  add (fixture, 2, 1);
  add (fixture, 2, 1);
  wt_outbox_set_online (fixture->outbox, TRUE);
  g_assert_cmpstr (fixture->written->str, ==, "1 2 3 ");
}

static void
test_lost_connection (Fixture *fixture, gconstpointer data)
{
  wt_outbox_set_online (fixture->outbox, TRUE);
  add (fixture, 1, 1);
  add (fixture, 2, 1);
  add (fixture, 3, 2);
  wt_outbox_ack (fixture->outbox, "2");
  for (guint i = 0; i < 10; i++)
    {
      wt_outbox_set_online (fixture->outbox, FALSE);
      wt_clock_advance (fixture->clock, 5000);
      wt_outbox_set_online (fixture->outbox, TRUE);
    }
  /* However often: a lost connection is no missed ACK. */
  g_assert_true (g_str_has_suffix (fixture->written->str, "1 3 1 3 "));
  g_assert_cmpuint (fixture->last->attempts, ==, 11);
  wt_outbox_ack (fixture->outbox, "1");
  wt_outbox_ack (fixture->outbox, "3");
  g_assert_cmpuint (wt_outbox_get_n_waiting (fixture->outbox), ==, 0);
}

static void
test_missed_acks (Fixture *fixture, gconstpointer data)
{
  wt_outbox_set_online (fixture->outbox, TRUE);
  add (fixture, 1, 1);
  wt_clock_advance (fixture->clock, 600);
  add (fixture, 2, 1);
  wt_clock_advance (fixture->clock, 500);
  g_assert_cmpstr (fixture->written->str, ==, "1 2 1 ");
  wt_outbox_ack (fixture->outbox, "2");
  wt_clock_advance (fixture->clock, 3000);
  g_assert_cmpstr (fixture->written->str, ==, "1 2 1 1 ");
  g_assert_cmpint (fixture->last->delivery, ==, WT_DELIVERY_FAILED);
  g_assert_cmpstr (fixture->last->failure, ==, WT_FAILURE_NO_ACK);
  g_assert_cmpuint (wt_outbox_get_n_waiting (fixture->outbox), ==, 0);

  /* What failed does not hold back what comes later. */
  add (fixture, 3, 1);
  g_assert_true (g_str_has_suffix (fixture->written->str, "3 "));
}

static void
test_clock_jump (Fixture *fixture, gconstpointer data)
{
  wt_outbox_set_online (fixture->outbox, TRUE);
  add (fixture, 1, 1);
  wt_clock_set_real (fixture->clock, 5);
  wt_clock_advance (fixture->clock, 100);
  wt_clock_set_real (fixture->clock, G_GINT64_CONSTANT (9000000000000000));
  wt_clock_advance (fixture->clock, 100);
  g_assert_cmpstr (fixture->written->str, ==, "1 ");
  wt_outbox_ack (fixture->outbox, "1");
  g_assert_cmpint (fixture->last->rtt, ==, 200000);
}

static void
test_write_fails (Fixture *fixture, gconstpointer data)
{
  fixture->broken = TRUE;
  wt_outbox_set_online (fixture->outbox, TRUE);
  add (fixture, 1, 1);
  g_assert_cmpstr (fixture->changes->str, ==, "");
  fixture->broken = FALSE;
  wt_outbox_set_online (fixture->outbox, FALSE);
  wt_outbox_set_online (fixture->outbox, TRUE);
  g_assert_cmpstr (fixture->written->str, ==, "1 ");
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 1);
  add (fixture, 2, 1);
  wt_outbox_remove (fixture->outbox, 1);
  wt_outbox_remove (fixture->outbox, 77);
  wt_outbox_set_online (fixture->outbox, TRUE);
  g_assert_cmpstr (fixture->written->str, ==, "2 ");
}

static char *
picture (WtBlobs *blobs, const char *blob)
{
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (WtSegment) segment = NULL;

  media->blob = g_strdup (blob);
  media->mime_type = g_strdup ("image/png");
  segment = wt_segment_new_media (WT_SEGMENT_IMAGE, media);
  return wt_segment_to_storage (segment);
}

static void
test_blobs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autofree char *blob = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  g_autofree char *segments = picture (fixture->blobs, blob);
  g_autofree char *gone = picture (
      fixture->blobs, "00000000000000000000000000000000000000000000000000000000000000ff");

  wt_outbox_set_online (fixture->outbox, TRUE);
  add_with (fixture, 1, 1, segments);
  add (fixture, 2, 1);
  add (fixture, 3, 2);
  /* While the picture is read, its own conversation waits behind it, another one does not. */
  g_assert_cmpstr (fixture->written->str, ==, "3 ");
  wt_test_wait_until (g_str_equal (fixture->written->str, "3 1 2 "));

  add_with (fixture, 4, 1, gone);
  wt_test_wait_until (fixture->last->delivery == WT_DELIVERY_FAILED);
  g_assert_cmpstr (fixture->last->failure, ==, WT_FAILURE_UNREADABLE);
  wt_blobs_remove (fixture->blobs, blob, NULL);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/outbox/happy", test_happy);
  ADD ("/outbox/unknown-ack", test_unknown_ack);
  ADD ("/outbox/window", test_window);
  ADD ("/outbox/added-out-of-order", test_added_out_of_order);
  ADD ("/outbox/lost-connection", test_lost_connection);
  ADD ("/outbox/missed-acks", test_missed_acks);
  ADD ("/outbox/clock-jump", test_clock_jump);
  ADD ("/outbox/write-fails", test_write_fails);
  ADD ("/outbox/removed", test_removed);
  ADD ("/outbox/blobs", test_blobs);
  return g_test_run ();
}
