/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-frame-queue.h"
#include "wt-test.h"

typedef struct
{
  WtFrameQueue *queue;
  GString *taken;   /* the frames, one after another */
  GString *crowded; /* 'c' and 'f', as told */
  guint hold_after; /* so many are taken; 0: all */
  gboolean other;   /* something else had its turn */
} Fixture;

static void
on_take (GBytes *frame, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_len (fixture->taken, g_bytes_get_data (frame, NULL),
                       (gssize) g_bytes_get_size (frame));
  if (fixture->hold_after > 0 && --fixture->hold_after == 0)
    wt_frame_queue_set_held (fixture->queue, TRUE);
}

static void
on_crowded (gboolean crowded, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_c (fixture->crowded, crowded ? 'c' : 'f');
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const WtFrameQueueFuncs funcs = { on_take, on_crowded };

  fixture->queue = wt_frame_queue_new (&funcs, fixture);
  fixture->taken = g_string_new (NULL);
  fixture->crowded = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wt_frame_queue_free (fixture->queue);
  g_string_free (fixture->taken, TRUE);
  g_string_free (fixture->crowded, TRUE);
}

static void
push (Fixture *fixture, const char *text)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  wt_frame_queue_push (fixture->queue, frame);
}

/* Nothing is taken while it is pushed, and all of it in order. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u ", i);

      push (fixture, text);
      g_string_append (all, text);
    }
  g_assert_cmpstr (fixture->taken->str, ==, "");
  wt_test_wait_until (fixture->taken->len == all->len);
  g_assert_cmpstr (fixture->taken->str, ==, all->str);

  /* Empty, it begins again. */
  push (fixture, "end");
  wt_test_wait_until (g_str_has_suffix (fixture->taken->str, "end"));
  g_assert_cmpstr (fixture->crowded->str, ==, "");
}

static gboolean
on_other (gpointer data)
{
  Fixture *fixture = data;

  fixture->other = TRUE;
  return G_SOURCE_REMOVE;
}

/* However much waits: what came later than all of it has its turn. */
static void
test_turns (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 1000; i++)
    push (fixture, "x");
  g_idle_add_full (G_PRIORITY_DEFAULT, on_other, fixture, NULL);
  wt_test_wait_until (fixture->other);
  g_assert_cmpuint (fixture->taken->len, <, 100);
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  fixture->hold_after = 3;
  for (guint i = 0; i < 10; i++)
    push (fixture, "x");
  wt_test_wait_until (fixture->taken->len == 3);
  push (fixture, "y");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (fixture->taken->str, ==, "xxx");

  wt_frame_queue_set_held (fixture->queue, FALSE);
  wt_test_wait_until (fixture->taken->len == 11);
  g_assert_cmpstr (fixture->taken->str, ==, "xxxxxxxxxxy");
}

static void
test_crowded (Fixture *fixture, gconstpointer data)
{
  const guint *limits = data;

  wt_frame_queue_set_limits (fixture->queue, limits[0], limits[1]);
  wt_frame_queue_set_held (fixture->queue, TRUE);
  for (guint i = 0; i < 4; i++)
    push (fixture, "12345");
  g_assert_cmpstr (fixture->crowded->str, ==, "");
  push (fixture, "12345");
  g_assert_cmpstr (fixture->crowded->str, ==, "c");
  g_assert_true (wt_frame_queue_is_crowded (fixture->queue));
  push (fixture, "12345");
  g_assert_cmpstr (fixture->crowded->str, ==, "c");

  /* Nothing is lost of what came nevertheless. */
  fixture->hold_after = 3;
  wt_frame_queue_set_held (fixture->queue, FALSE);
  wt_test_wait_until (fixture->taken->len == 15);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (wt_frame_queue_is_crowded (fixture->queue));
  wt_frame_queue_set_held (fixture->queue, FALSE);
  wt_test_wait_until (fixture->taken->len == 30);
  g_assert_cmpstr (fixture->crowded->str, ==, "cf");
  g_assert_false (wt_frame_queue_is_crowded (fixture->queue));
}

/* What waits is forgotten with it, and no turn comes. */
static void
test_freed (Fixture *fixture, gconstpointer data)
{
  const WtFrameQueueFuncs funcs = { on_take, on_crowded };
  WtFrameQueue *other = wt_frame_queue_new (&funcs, fixture);
  g_autoptr (GBytes) frame = g_bytes_new_static ("z", 1);

  wt_frame_queue_push (other, frame);
  wt_frame_queue_free (other);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (fixture->taken->str, ==, "");
}

int
main (int argc, char *argv[])
{
  static const guint by_number[] = { 4, 1000 }, by_bytes[] = { 1000, 20 };

  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func)                                                                      \
  g_test_add ("/frame-queue/" path, Fixture, data, set_up, func, tear_down)
  ADD ("order", NULL, test_order);
  ADD ("turns", NULL, test_turns);
  ADD ("held", NULL, test_held);
  ADD ("crowded/number", by_number, test_crowded);
  ADD ("crowded/bytes", by_bytes, test_crowded);
  ADD ("freed", NULL, test_freed);
  return g_test_run ();
}
