/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>

#include "wt-profile.h"
#include "wt-search-find.h"

/* headless receive PROFILE: all that the program does with what comes, but for the window: goes online with the
 * profile's accounts and holds their conversations and a timeline, until it is told to end.
 * headless send PROFILE COUNT GAP: sends so many messages, each GAP milliseconds after the one before was acknowledged;
 * prints a line for each: how long until it was known to be written, and acknowledged, in microseconds since it was
 * handed over.
 * headless search PROFILE WORD…: prints how long each word's first results take, in microseconds. */

#define PAGE 50
#define CJK_TEXT                                                                                   \
  "麦田里的风 %u: the wheat is ripe, and the weather holds until the end of the week, they say."

typedef struct
{
  GMainLoop *loop;
  WtProfile *profile;
  WtSession *session;
  WtConversation *conversation;
  WtTimeline *timeline;
  guint count; /* still to be sent */
  guint gap;
  GHashTable *starts;  /* message id → when it was handed over */
  GHashTable *written; /* message id → when it was written */
  GStrv words;
  gint64 start;
} Headless;

typedef struct
{
  Headless *headless;
  gint64 start;
} Sending;

static void
die_of (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/* --- Sending --- */

static void send_next (Headless *self);

static gboolean
send_cb (gpointer data)
{
  send_next (data);
  return G_SOURCE_REMOVE;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Sending *sending = data;
  Headless *self = sending->headless;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMessageRecord) record = wt_session_send_finish_record (WT_SESSION (source), result,
                                                                      &error);

  die_of (error);
  g_hash_table_insert (self->starts, g_memdup2 (&record->id, sizeof record->id),
                       g_memdup2 (&sending->start, sizeof sending->start));
}

static void
send_next (Headless *self)
{
  g_autofree char *text = g_strdup_printf (CJK_TEXT, self->count);
  g_autoptr (WtSegment) segment = wt_segment_new_text (text);
  Sending *sending = g_new (Sending, 1);

  *sending = (Sending){ self, g_get_monotonic_time () };
  self->count--;
  wt_session_send_async (self->session, self->conversation, segment, NULL, sent_cb, sending);
}

static void
delivery_cb (WtSession *session, WtMessageRecord *record, Headless *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 *start = g_hash_table_lookup (self->starts, &record->id);
  gint64 *written = g_hash_table_lookup (self->written, &record->id);

  if (record->delivery == WT_DELIVERY_SENT)
    g_hash_table_insert (self->written, g_memdup2 (&record->id, sizeof record->id),
                         g_memdup2 (&now, sizeof now));
  if (record->delivery != WT_DELIVERY_ACKED || start == NULL)
    return;
  /* What came in one go was written and acknowledged before anybody could look. */
  printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
          (written != NULL ? *written : now) - *start, now - *start);
  if (self->count > 0)
    g_timeout_add (self->gap, send_cb, self);
  else
    g_main_loop_quit (self->loop);
}

static void
ensured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Headless *self = data;
  g_autoptr (GError) error = NULL;

  self->conversation = wt_session_ensure_conversation_finish (WT_SESSION (source), result, &error);
  die_of (error);
  self->timeline = wt_session_open_timeline (self->session, self->conversation);
  g_signal_connect (self->session, "delivery-changed", G_CALLBACK (delivery_cb), self);
  send_next (self);
}

/* --- Receiving --- */

static void
state_cb (WtSession *session, GParamSpec *pspec, Headless *self)
{
  if (wt_session_get_state (session) != WT_CONNECTION_ONLINE || self->session != NULL)
    return;
  self->session = g_object_ref (session);
  puts ("online");
  fflush (stdout);
  if (self->count > 0)
    wt_session_ensure_conversation_async (session, WT_CONVERSATION_DIRECT, "bench", "peer", "Peer",
                                          "k2", NULL, NULL, ensured_cb, self);
}

/* As a window does that is at the end of it. */
static void
read_newest_cb (GListModel *timeline, guint position, guint removed, guint added, gpointer data)
{
  guint n = g_list_model_get_n_items (timeline);
  g_autoptr (GObject) newest = n > 0 ? g_list_model_get_item (timeline, n - 1) : NULL;
}

static void
conversations_cb (GListModel *conversations,
                  guint position,
                  guint removed,
                  guint added,
                  Headless *self)
{
  g_autoptr (WtConversation) first = g_list_model_get_item (conversations, 0);

  if (first == NULL || self->timeline != NULL || self->session == NULL)
    return;
  self->timeline = wt_session_open_timeline (self->session, first);
  g_signal_connect (self->timeline, "items-changed", G_CALLBACK (read_newest_cb), NULL);
}

static void
go_online (Headless *self)
{
  GListModel *sessions = wt_profile_get_sessions (self->profile);
  GListModel *conversations = G_LIST_MODEL (wt_profile_get_conversations (self->profile));

  g_signal_connect (conversations, "items-changed", G_CALLBACK (conversations_cb), self);

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (sessions, i);

      g_signal_connect (session, "notify::state", G_CALLBACK (state_cb), self);
    }
  wt_profile_start (self->profile);
}

/* --- Searching --- */

static void search_next (Headless *self);

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Headless *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtSearchPage) page = wt_search_store_find_finish (WT_DATABASE (source), result,
                                                               &error);

  die_of (error);
  printf ("%" G_GINT64_FORMAT " %u\n", g_get_monotonic_time () - self->start, page->messages->len);
  self->words++;
  search_next (self);
}

static void
search_next (Headless *self)
{
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();

  if (*self->words == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  filter->text = g_strdup (*self->words);
  self->start = g_get_monotonic_time ();
  wt_search_store_find_async (wt_profile_get_database (self->profile), filter, 0, PAGE, NULL,
                              found_cb, self);
}

/* --- The program --- */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Headless *self = data;
  g_autoptr (GError) error = NULL;

  wt_profile_open_finish (WT_PROFILE (source), result, &error);
  die_of (error);
  if (self->words != NULL)
    search_next (self);
  else
    go_online (self);
}

static gboolean
end_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
clear (Headless *self)
{
  g_signal_handlers_disconnect_by_data (wt_profile_get_conversations (self->profile), self);
  g_clear_object (&self->timeline);
  g_clear_object (&self->conversation);
  g_clear_object (&self->session);
  wt_profile_close (self->profile);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->starts, g_hash_table_unref);
  g_clear_pointer (&self->written, g_hash_table_unref);
  g_main_loop_unref (self->loop);
}

int
main (int argc, char *argv[])
{
  Headless self = { .loop = g_main_loop_new (NULL, FALSE) };

  if (argc < 3)
    return 1;
  if (g_str_equal (argv[1], "send") && argc == 5)
    {
      self.count = (guint) g_ascii_strtoull (argv[3], NULL, 10);
      self.gap = (guint) g_ascii_strtoull (argv[4], NULL, 10);
    }
  else if (g_str_equal (argv[1], "search"))
    self.words = argv + 3;
  self.starts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self.written = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self.profile = wt_profile_new (argv[2]);
  g_unix_signal_add (SIGTERM, end_cb, self.loop);
  wt_profile_open_async (self.profile, NULL, opened_cb, &self);
  g_main_loop_run (self.loop);
  clear (&self);
  return 0;
}
