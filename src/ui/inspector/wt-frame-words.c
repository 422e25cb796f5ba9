/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-frame-words.h"

#include <glib/gi18n-lib.h>

#include "wt-session-words.h"

/**
 * wt_frame_words_kind:
 * @frame: a frame
 *
 * Returns: (transfer none): what it is, in a word or two
 */
const char *
wt_frame_words_kind (WtFrame *frame)
{
  switch (wt_frame_get_kind (frame))
    {
    case WT_FRAME_MESSAGE:
      return _ ("Message");
    case WT_FRAME_ACK:
      return _ ("Acknowledgement");
    case WT_FRAME_OTHER:
      return _ ("Other Envelope");
    case WT_FRAME_PONG:
      return _ ("Ping");
    case WT_FRAME_STATE:
      return _ ("Connection");
    case WT_FRAME_PAUSE:
      /* Translators: a time in which nothing was recorded */
      return C_ ("frame", "Pause");
    case WT_FRAME_BAD:
    default:
      return _ ("Broken Frame");
    }
}

static char *
describe_state (WtFrame *frame)
{
  const char *state = wt_session_words_state (wt_frame_get_state (frame));
  WtDiagnosis *diagnosis = wt_frame_get_diagnosis (frame);
  g_autofree char *sentence = diagnosis != NULL ? wt_diagnosis_get_sentence (diagnosis) : NULL;

  /* Translators: the connection's state, then why */
  return sentence != NULL ? g_strdup_printf (_ ("%s. %s"), state, sentence) : g_strdup (state);
}

/**
 * wt_frame_words_title:
 * @frame: a frame
 *
 * Returns: (transfer full): what it says, in one line; not empty
 */
char *
wt_frame_words_title (WtFrame *frame)
{
  const char *summary = wt_frame_get_summary (frame);

  switch (wt_frame_get_kind (frame))
    {
    case WT_FRAME_MESSAGE:
      return g_strdup (summary != NULL && *summary != '\0' ? summary
                                                           : _ ("A message that says nothing"));
    case WT_FRAME_ACK:
      return g_strdup (wt_frame_get_outgoing (frame) ? _ ("Received here") : _ ("Received there"));
    case WT_FRAME_OTHER:
      return g_strdup (wt_frame_get_type_name (frame));
    case WT_FRAME_PONG:
      return g_strdup (_ ("The server answered a ping"));
    case WT_FRAME_STATE:
      return describe_state (frame);
    case WT_FRAME_PAUSE:
      return g_strdup (_ ("Nothing was recorded for a while"));
    case WT_FRAME_BAD:
    default:
      return g_strdup (_ ("Not a message"));
    }
}

/**
 * wt_frame_words_icon_name:
 * @frame: a frame
 *
 * Returns: (transfer none): an icon: up for what was sent, down for what was received
 */
const char *
wt_frame_words_icon_name (WtFrame *frame)
{
  if (wt_frame_get_kind (frame) == WT_FRAME_STATE)
    return "network-server-symbolic";
  if (wt_frame_get_kind (frame) == WT_FRAME_PAUSE)
    return "media-playback-pause-symbolic";
  return wt_frame_get_outgoing (frame) ? "go-up-symbolic" : "go-down-symbolic";
}

/**
 * wt_frame_words_time:
 * @time_us: microseconds since the epoch
 *
 * Returns: (transfer full): the time of day to the millisecond
 */
char *
wt_frame_words_time (gint64 time_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *seconds = local != NULL ? g_date_time_format (local, "%H:%M:%S") : NULL;

  return g_strdup_printf ("%s.%03d", seconds != NULL ? seconds : "",
                          (int) (time_us % G_USEC_PER_SEC / 1000));
}

/**
 * wt_frame_words_round_trip:
 * @round_trip_us: microseconds
 *
 * Returns: (transfer full): as milliseconds or seconds
 */
char *
wt_frame_words_round_trip (gint64 round_trip_us)
{
  if (round_trip_us < G_USEC_PER_SEC)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%.1f ms"), (double) round_trip_us / 1000);
  /* Translators: seconds */
  return g_strdup_printf (_ ("%.1f s"), (double) round_trip_us / G_USEC_PER_SEC);
}

/**
 * wt_frame_words_ack:
 * @frame: a frame
 *
 * Returns: (transfer full) (nullable): what became of its acknowledgement; %NULL where there is none to be expected
 */
char *
wt_frame_words_ack (WtFrame *frame)
{
  g_autofree char *round_trip = NULL;

  switch (wt_frame_get_ack (frame))
    {
    case WT_FRAME_ACK_DONE:
      round_trip = wt_frame_words_round_trip (wt_frame_get_round_trip (frame));
      return g_strdup_printf (_ ("Acknowledged in %s"), round_trip);
    case WT_FRAME_ACK_PENDING:
      return g_strdup (_ ("Not acknowledged yet"));
    case WT_FRAME_ACK_LOST:
      return g_strdup (_ ("Not acknowledged"));
    case WT_FRAME_ACK_NONE:
    default:
      return NULL;
    }
}

static const char *
get_spoken_kind (WtFrame *frame)
{
  gboolean outgoing = wt_frame_get_outgoing (frame);

  switch (wt_frame_get_kind (frame))
    {
    case WT_FRAME_MESSAGE:
      return outgoing ? _ ("Sent message") : _ ("Received message");
    case WT_FRAME_ACK:
      return outgoing ? _ ("Sent acknowledgement") : _ ("Received acknowledgement");
    case WT_FRAME_OTHER:
      return outgoing ? _ ("Sent envelope") : _ ("Received envelope");
    case WT_FRAME_BAD:
      return outgoing ? _ ("Sent broken frame") : _ ("Received broken frame");
    case WT_FRAME_PONG:
    case WT_FRAME_STATE:
    case WT_FRAME_PAUSE:
    default:
      return wt_frame_words_kind (frame);
    }
}

/**
 * wt_frame_words_spoken:
 * @frame: a frame
 *
 * Returns: (transfer full): all that its row shows, for a screen reader
 */
char *
wt_frame_words_spoken (WtFrame *frame)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *lints = wt_frame_get_lints (frame);
  char *ack = wt_frame_words_ack (frame);

  g_ptr_array_add (parts, g_strdup (get_spoken_kind (frame)));
  g_ptr_array_add (parts, wt_frame_words_title (frame));
  if (wt_frame_get_msg_id (frame) != NULL)
    g_ptr_array_add (parts, g_strdup (wt_frame_get_msg_id (frame)));
  g_ptr_array_add (parts, wt_frame_words_time (wt_frame_get_time (frame)));
  if (ack != NULL)
    g_ptr_array_add (parts, ack);
  if (lints != NULL && lints->len > 0)
    g_ptr_array_add (
        parts, g_strdup_printf (ngettext ("%u warning", "%u warnings", lints->len), lints->len));
  g_ptr_array_add (parts, NULL);
  /* Translators: between the parts of what a screen reader says */
  return g_strjoinv (_ (", "), (char **) parts->pdata);
}
