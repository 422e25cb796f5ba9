/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-log.h"

#include "wt-envelope.h"
#include "wt-model-test.h"
#include "wt-test.h"

/* By itself */

typedef struct
{
  GListStore *sessions;
  WtFrameLog *log;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->sessions = g_list_store_new (WT_TYPE_SESSION);
  fixture->log = wt_frame_log_new (G_LIST_MODEL (fixture->sessions));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->log);
  g_assert_finalize_object (fixture->sessions);
}

static WtFrame *make (gboolean outgoing, const char *format, ...) G_GNUC_PRINTF (2, 3);

static WtFrame *
make (gboolean outgoing, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  bytes = g_bytes_new (text, strlen (text));
  return wt_frame_new (bytes, outgoing, "desk", 1024, g_get_real_time ());
}

/* Returns a frame that the log owns. */
static WtFrame *
add (Fixture *fixture, WtFrame *made)
{
  g_autoptr (WtFrame) frame = made;

  wt_frame_log_add (fixture->log, 1, "Work", frame);
  return frame;
}

static WtFrame *
add_message (Fixture *fixture, gboolean outgoing, const char *msg_id)
{
  return add (fixture,
              make (outgoing, "{\"msg_id\":\"%s\",\"type\":\"sys_std\",\"payload\":{}}", msg_id));
}

static WtFrame *
add_ack (Fixture *fixture, gboolean outgoing, const char *msg_id)
{
  return add (fixture, make (outgoing,
                             "{\"msg_id\":\"ack\",\"type\":\"sys_ack\",\"payload\":{},"
                             "\"meta\":{\"acked_msg_id\":\"%s\"}}",
                             msg_id));
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->log));
}

static void
test_pairs (Fixture *fixture, gconstpointer data)
{
  WtFrame *sent = add_message (fixture, TRUE, "1");
  WtFrame *received = add_message (fixture, FALSE, "1");
  WtFrame *our_ack, *their_ack;

  g_assert_cmpint (wt_frame_get_ack (sent), ==, WT_FRAME_ACK_PENDING);
  g_assert_cmpint (wt_frame_get_round_trip (sent), ==, -1);

  /* The same id in both directions are two messages. */
  our_ack = add_ack (fixture, TRUE, "1");
  g_assert_cmpint (wt_frame_get_ack (sent), ==, WT_FRAME_ACK_PENDING);
  g_assert_cmpint (wt_frame_get_ack (received), ==, WT_FRAME_ACK_DONE);
  g_assert_cmpuint (wt_frame_get_pair (received), ==, wt_frame_get_serial (our_ack));
  g_assert_cmpuint (wt_frame_get_pair (our_ack), ==, wt_frame_get_serial (received));

  their_ack = add_ack (fixture, FALSE, "1");
  g_assert_cmpint (wt_frame_get_ack (sent), ==, WT_FRAME_ACK_DONE);
  g_assert_cmpint (wt_frame_get_round_trip (sent), >=, 0);
  g_assert_cmpint (wt_frame_get_round_trip (their_ack), ==, wt_frame_get_round_trip (sent));
  g_assert_cmpint (wt_frame_get_ack (their_ack), ==, WT_FRAME_ACK_NONE);

  /* A second ACK is nobody's. */
  g_assert_cmpuint (wt_frame_get_pair (add_ack (fixture, FALSE, "1")), ==, 0);
  wt_test_wait_until (count (fixture) == 5);
  g_assert_true (wt_frame_log_lookup (fixture->log, wt_frame_get_pair (sent)) == their_ack);
}

/* Another account's ACK is not this one's. */
static void
test_accounts (Fixture *fixture, gconstpointer data)
{
  WtFrame *sent = add_message (fixture, TRUE, "1");
  g_autoptr (WtFrame) other = make (FALSE, "{\"msg_id\":\"a\",\"type\":\"sys_ack\",\"meta\":"
                                           "{\"acked_msg_id\":\"1\"}}");

  wt_frame_log_add (fixture->log, 2, "Home", other);
  g_assert_cmpint (wt_frame_get_ack (sent), ==, WT_FRAME_ACK_PENDING);
  g_assert_cmpstr (wt_frame_get_account_name (other), ==, "Home");
}

static void
test_lost (Fixture *fixture, gconstpointer data)
{
  WtFrame *first = add_message (fixture, TRUE, "1");
  WtFrame *again = add_message (fixture, TRUE, "1");
  WtFrame *cut_off = add_message (fixture, TRUE, "2");

  g_assert_cmpint (wt_frame_get_ack (first), ==, WT_FRAME_ACK_LOST);
  add_ack (fixture, FALSE, "1");
  g_assert_cmpint (wt_frame_get_ack (again), ==, WT_FRAME_ACK_DONE);
  g_assert_cmpint (wt_frame_get_ack (cut_off), ==, WT_FRAME_ACK_PENDING);
  add (fixture, wt_frame_new_state (WT_CONNECTION_WAITING, NULL, 1));
  g_assert_cmpint (wt_frame_get_ack (cut_off), ==, WT_FRAME_ACK_LOST);
}

/* A burst changes the list once; nothing is in it that it has not told of. */
typedef struct
{
  guint calls;
  guint n_items;
} Changes;

static void
on_changed (GListModel *model, guint position, guint removed, guint added, Changes *changes)
{
  changes->calls++;
  changes->n_items += added - removed;
  g_assert_cmpuint (changes->n_items, ==, g_list_model_get_n_items (model));
}

static void
test_batches (Fixture *fixture, gconstpointer data)
{
  Changes changes = { 0 };

  g_signal_connect (fixture->log, "items-changed", G_CALLBACK (on_changed), &changes);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      add_message (fixture, FALSE, id);
    }
  g_assert_cmpuint (count (fixture), ==, 0);
  wt_test_wait_until (count (fixture) == 5000);
  g_assert_cmpuint (changes.calls, ==, 1);
}

static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  Changes changes = { 0 };
  g_autoptr (WtFrame) oldest = NULL;

  g_signal_connect (fixture->log, "items-changed", G_CALLBACK (on_changed), &changes);
  wt_frame_log_set_limits (fixture->log, 100, 1024 * 1024);
  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 70; i++)
        {
          g_autofree char *id = g_strdup_printf ("%u-%u", round, i);

          add_message (fixture, TRUE, id);
        }
      wt_test_wait_until (count (fixture) == (round == 0 ? 70 : 100));
    }
  wt_test_wait_until (wt_frame_log_get_dropped (fixture->log) == 110);
  oldest = g_list_model_get_item (G_LIST_MODEL (fixture->log), 0);
  g_assert_cmpuint (wt_frame_get_serial (oldest), ==, 111);
  g_assert_true (wt_frame_log_lookup (fixture->log, 111) == oldest);
  g_assert_null (wt_frame_log_lookup (fixture->log, 110));
  g_assert_null (wt_frame_log_lookup (fixture->log, 0));
  g_assert_null (wt_frame_log_lookup (fixture->log, G_MAXUINT64));

  /* An ACK to what is no longer there. */
  g_assert_cmpuint (wt_frame_get_pair (add_ack (fixture, FALSE, "0-1")), ==, 0);

  wt_frame_log_set_limits (fixture->log, 100, 20000);
  g_assert_cmpuint (count (fixture), <, 40);
  wt_frame_log_clear (fixture->log);
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_cmpuint (wt_frame_log_get_dropped (fixture->log), ==, 0);
}

/* More than is kept, before any of it is shown: the memory for it is bounded. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  wt_frame_log_set_limits (fixture->log, 100, 1024 * 1024);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      add_message (fixture, TRUE, id);
    }
  g_assert_cmpuint (wt_frame_log_get_dropped (fixture->log), >=, 4800);
  wt_test_wait_until (count (fixture) == 100);
  g_assert_cmpuint (wt_frame_log_get_dropped (fixture->log), ==, 4900);
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtFrame) gap = NULL;
  WtFrame *sent;

  wt_frame_log_set_recording (fixture->log, TRUE);
  sent = add_message (fixture, TRUE, "1");
  wt_test_wait_until (count (fixture) == 1);
  wt_frame_log_set_recording (fixture->log, FALSE);
  g_assert_false (wt_frame_log_get_recording (fixture->log));
  wt_frame_log_set_recording (fixture->log, TRUE);
  wt_test_wait_until (count (fixture) == 2);
  gap = g_list_model_get_item (G_LIST_MODEL (fixture->log), 1);
  g_assert_cmpint (wt_frame_get_kind (gap), ==, WT_FRAME_PAUSE);
  g_assert_cmpint (wt_frame_get_ack (sent), ==, WT_FRAME_ACK_LOST);
}

/* With sessions */

static WtFrame *
find (WtFrameLog *self, WtFrameKind kind, gboolean outgoing)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (WtFrame) frame = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (wt_frame_get_kind (frame) == kind && wt_frame_get_outgoing (frame) == outgoing)
        return frame;
    }
  return NULL;
}

static gboolean
has_state (WtFrameLog *self, WtConnectionState state)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (WtFrame) frame = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (wt_frame_get_kind (frame) == WT_FRAME_STATE && wt_frame_get_state (frame) == state)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_acked (WtFrame *frame)
{
  return frame != NULL && wt_frame_get_ack (frame) == WT_FRAME_ACK_DONE;
}

static void
test_session (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (WtFrameLog) self = wt_frame_log_new (wt_profile_get_sessions (fixture->profile));
  GListModel *frames = G_LIST_MODEL (self);
  g_autoptr (WtSegment) keys = wt_segment_new_text ("my-secret-key or peer-secret-key");
  g_autoptr (WtSegment) unseen = wt_segment_new_text ("unseen");
  guint before;

  wt_frame_log_set_recording (self, TRUE);
  wt_model_test_go_online (fixture);
  wt_test_wait_until (has_state (self, WT_CONNECTION_ONLINE));
  wt_model_test_send (fixture, keys);
  wt_test_wait_until (is_acked (find (self, WT_FRAME_MESSAGE, TRUE)));
  wt_model_test_peer_says (fixture, "from-peer", "bob", "Bob",
                           "{\"type\":\"text\",\"data\":\"peer-secret-key\"}");
  wt_test_wait_until (is_acked (find (self, WT_FRAME_MESSAGE, FALSE)));
  g_assert_cmpstr (wt_frame_get_msg_id (find (self, WT_FRAME_MESSAGE, FALSE)), ==, "from-peer");
  for (guint i = 0; i < g_list_model_get_n_items (frames); i++)
    {
      g_autoptr (WtFrame) frame = g_list_model_get_item (frames, i);

      if (wt_frame_get_json (frame) != NULL)
        g_assert_null (strstr (wt_frame_get_json (frame), "secret-key"));
      if (wt_frame_get_summary (frame) != NULL)
        g_assert_null (strstr (wt_frame_get_summary (frame), "secret-key"));
    }

  /* Paused, it sees nothing. */
  wt_frame_log_set_recording (self, FALSE);
  before = g_list_model_get_n_items (frames);
  wt_model_test_send (fixture, unseen);
  wt_test_wait_until (
      fixture->received->len > 0
      && wt_envelope_get_payload (g_ptr_array_index (fixture->received, fixture->received->len - 1))
             != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (frames), ==, before);

  /* It goes before, or after, the profile. */
  wt_frame_log_set_recording (self, TRUE);
  wt_session_stop (fixture->session);
  wt_test_wait_until (has_state (self, WT_CONNECTION_OFFLINE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/frame-log/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("pairs", test_pairs);
  ADD ("accounts", test_accounts);
  ADD ("lost", test_lost);
  ADD ("batches", test_batches);
  ADD ("bounds", test_bounds);
  ADD ("flood", test_flood);
  ADD ("pause", test_pause);
  g_test_add ("/frame-log/session", WtModelFixture, NULL, wt_model_test_set_up, test_session,
              wt_model_test_tear_down);
  return g_test_run ();
}
