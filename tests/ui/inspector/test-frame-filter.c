/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-filter.h"

#include "wt-frame-test.h"
#include "wt-ui-test.h"

#define FACE "{\"type\":\"face\",\"data\":\"1\"}"
#define TEXT "{\"type\":\"text\",\"data\":\"Müller 麦田\"}"

typedef struct
{
  GListStore *sessions;
  WtFrameLog *log;
  WtFrameFilter *filter;
  GtkFilterListModel *shown;
} Fixture;

/* A message with a warning, its ACK, a received one, nonsense, a pong and a state. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtFrame) foreign = wt_frame_new_event (WT_FRAME_PONG, 1);

  fixture->sessions = g_list_store_new (WT_TYPE_SESSION);
  fixture->log = wt_frame_log_new (G_LIST_MODEL (fixture->sessions));
  wt_frame_test_add (fixture->log, wt_frame_test_make_message (TRUE, "m1", FACE));
  wt_frame_test_add (fixture->log, wt_frame_test_make_ack (FALSE, "m1"));
  wt_frame_test_add (fixture->log, wt_frame_test_make_message (FALSE, "m2", TEXT));
  wt_frame_test_add (fixture->log, wt_frame_test_make (FALSE, "nonsense"));
  wt_frame_log_add (fixture->log, 2, "Home", foreign);
  wt_frame_test_add (fixture->log, wt_frame_new_state (WT_CONNECTION_ONLINE, NULL, 1));
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (fixture->log)) == 6);
  fixture->filter = wt_frame_filter_new ();
  fixture->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (fixture->log)),
                                              g_object_ref (GTK_FILTER (fixture->filter)));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->shown);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->log);
  g_object_unref (fixture->sessions);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->shown));
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  static const guint by_way[] = { 6, 1, 4 };
  static const guint by_sort[] = { 6, 2, 1, 2, 1 };

  g_assert_true (wt_frame_filter_is_all (fixture->filter));
  for (guint way = 0; way < G_N_ELEMENTS (by_way); way++)
    {
      wt_frame_filter_set_way (fixture->filter, (WtFrameWay) way);
      g_assert_cmpuint (count (fixture), ==, by_way[way]);
    }
  wt_frame_filter_set_way (fixture->filter, WT_FRAME_WAY_BOTH);
  for (guint sort = 0; sort < G_N_ELEMENTS (by_sort); sort++)
    {
      wt_frame_filter_set_sort (fixture->filter, (WtFrameSort) sort);
      g_assert_cmpuint (count (fixture), ==, by_sort[sort]);
    }
  wt_frame_filter_set_sort (fixture->filter, WT_FRAME_SORT_ALL);

  wt_frame_filter_set_account (fixture->filter, 2);
  g_assert_cmpuint (count (fixture), ==, 1);
  wt_frame_filter_set_account (fixture->filter, 0);

  wt_frame_filter_set_only_warnings (fixture->filter, TRUE);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_false (wt_frame_filter_is_all (fixture->filter));
  wt_frame_filter_set_only_warnings (fixture->filter, FALSE);
  g_assert_cmpuint (count (fixture), ==, 6);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    guint n_found;
  } samples[] = {
    { "MÜLLER", 1 }, { "麦田", 1 }, { "SYS_ack", 1 }, { "m1", 2 }, { "SECRET", 0 }, { "", 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      wt_frame_filter_set_text (fixture->filter, samples[i].text);
      g_assert_cmpuint (count (fixture), ==, samples[i].n_found);
    }
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
#define ADD(path, func)                                                                            \
  g_test_add ("/ui/frame-filter/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("filter", test_filter);
  ADD ("text", test_text);
  return g_test_run ();
}
