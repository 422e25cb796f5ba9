/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-voice-player.h"

#include <gtk/gtk.h>

#include "wt-wave.h"

/* Durations that are remembered; then all are forgotten. */
#define MOST_REMEMBERED 500

#define UNKNOWN (-1)

struct _WtVoicePlayer
{
  GObject parent_instance;

  /* owned */
  GtkMediaStream *stream; /* nullable */
  char *key;              /* whose @stream is */
  char *path;
  GHashTable *durations; /* path to gint64, microseconds */
  GCancellable *cancellable;

  gint64 wanted; /* position to start from once that is possible, or UNKNOWN */
};

G_DEFINE_FINAL_TYPE (WtVoicePlayer, wt_voice_player, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
emit_changed (WtVoicePlayer *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remember (WtVoicePlayer *self, const char *path, gint64 duration)
{
  if (g_hash_table_size (self->durations) >= MOST_REMEMBERED)
    g_hash_table_remove_all (self->durations);
  g_hash_table_insert (self->durations, g_strdup (path), g_memdup2 (&duration, sizeof duration));
}

static void
inspect (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WtWave wave;

  g_task_return_int (task, wt_wave_read_file (data, &wave, NULL) ? wave.duration : UNKNOWN);
}

static void
on_inspected (GObject *source, GAsyncResult *result, gpointer data)
{
  WtVoicePlayer *self = WT_VOICE_PLAYER (source);
  gint64 duration = g_task_propagate_int (G_TASK (result), NULL);

  if (duration < 0)
    return;
  remember (self, g_task_get_task_data (G_TASK (result)), duration);
  emit_changed (self);
}

static void
on_stream_notify (WtVoicePlayer *self)
{
  gint64 duration = gtk_media_stream_get_duration (self->stream);
  const gint64 *known = g_hash_table_lookup (self->durations, self->path);

  /* A header that says nothing makes the player guess: what we counted is better. */
  if (duration > 0 && (known == NULL || *known <= 0))
    remember (self, self->path, duration);
  if (self->wanted >= 0 && gtk_media_stream_is_prepared (self->stream)
      && gtk_media_stream_is_seekable (self->stream))
    {
      gint64 wanted = self->wanted;

      self->wanted = UNKNOWN;
      gtk_media_stream_seek (self->stream, wanted);
    }
  emit_changed (self);
}

static void
clear_stream (WtVoicePlayer *self)
{
  if (self->stream == NULL)
    return;

  g_signal_handlers_disconnect_by_func (self->stream, on_stream_notify, self);
  gtk_media_stream_pause (self->stream);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->path, g_free);
  self->wanted = UNKNOWN;
}

static void
wt_voice_player_dispose (GObject *object)
{
  WtVoicePlayer *self = WT_VOICE_PLAYER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  clear_stream (self);
  g_clear_pointer (&self->durations, g_hash_table_unref);

  G_OBJECT_CLASS (wt_voice_player_parent_class)->dispose (object);
}

static void
wt_voice_player_class_init (WtVoicePlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_voice_player_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_VOICE_PLAYER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_voice_player_init (WtVoicePlayer *self)
{
  self->wanted = UNKNOWN;
  self->cancellable = g_cancellable_new ();
  self->durations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

WtVoicePlayer *
wt_voice_player_new (void)
{
  return g_object_new (WT_TYPE_VOICE_PLAYER, NULL);
}

/**
 * wt_voice_player_play:
 * @self: a player
 * @key: names the recording among all of a conversation
 * @path: the file it is in
 *
 * Plays it on from where it is, or from its start once it has ended; another that was playing is stopped.
 */
void
wt_voice_player_play (WtVoicePlayer *self, const char *key, const char *path)
{
  g_return_if_fail (WT_IS_VOICE_PLAYER (self));
  g_return_if_fail (key != NULL && path != NULL);

  /* One that failed is tried anew. */
  if (!wt_voice_player_is_current (self, key) || gtk_media_stream_get_error (self->stream) != NULL)
    {
      clear_stream (self);
      self->stream = gtk_media_file_new_for_filename (path);
      self->key = g_strdup (key);
      self->path = g_strdup (path);
      g_signal_connect_object (self->stream, "notify", G_CALLBACK (on_stream_notify), self,
                               G_CONNECT_SWAPPED);
    }
  else if (gtk_media_stream_get_ended (self->stream))
    gtk_media_stream_seek (self->stream, 0);

  gtk_media_stream_play (self->stream);
  emit_changed (self);
}

/**
 * wt_voice_player_pause:
 * @self: a player
 *
 * Stops what plays where it is.
 */
void
wt_voice_player_pause (WtVoicePlayer *self)
{
  g_return_if_fail (WT_IS_VOICE_PLAYER (self));

  if (self->stream != NULL)
    gtk_media_stream_pause (self->stream);
}

/**
 * wt_voice_player_seek:
 * @self: a player
 * @position: microseconds from the start
 *
 * Goes on from there, now or once that can be done.
 */
void
wt_voice_player_seek (WtVoicePlayer *self, gint64 position)
{
  g_return_if_fail (WT_IS_VOICE_PLAYER (self));

  if (self->stream == NULL)
    return;

  self->wanted = MAX (position, 0);
  on_stream_notify (self);
}

/**
 * wt_voice_player_stop:
 * @self: a player
 *
 * Ends what plays, and frees what it takes.
 */
void
wt_voice_player_stop (WtVoicePlayer *self)
{
  g_return_if_fail (WT_IS_VOICE_PLAYER (self));

  if (self->stream == NULL)
    return;

  clear_stream (self);
  emit_changed (self);
}

/**
 * wt_voice_player_is_current:
 * @self: a player
 * @key: (nullable): a recording
 *
 * Returns: whether it was played last
 */
gboolean
wt_voice_player_is_current (WtVoicePlayer *self, const char *key)
{
  g_return_val_if_fail (WT_IS_VOICE_PLAYER (self), FALSE);

  return self->stream != NULL && key != NULL && g_strcmp0 (self->key, key) == 0;
}

/**
 * wt_voice_player_get_playing:
 * @self: a player
 *
 * Returns: whether something plays
 */
gboolean
wt_voice_player_get_playing (WtVoicePlayer *self)
{
  g_return_val_if_fail (WT_IS_VOICE_PLAYER (self), FALSE);

  return self->stream != NULL && gtk_media_stream_get_playing (self->stream)
         && gtk_media_stream_get_error (self->stream) == NULL;
}

/**
 * wt_voice_player_get_position:
 * @self: a player
 *
 * Returns: how far what was played last is, in microseconds
 */
gint64
wt_voice_player_get_position (WtVoicePlayer *self)
{
  g_return_val_if_fail (WT_IS_VOICE_PLAYER (self), 0);

  if (self->stream == NULL)
    return 0;
  return self->wanted >= 0 ? self->wanted : gtk_media_stream_get_timestamp (self->stream);
}

/**
 * wt_voice_player_get_error:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): why what was played last cannot be
 */
const GError *
wt_voice_player_get_error (WtVoicePlayer *self)
{
  g_return_val_if_fail (WT_IS_VOICE_PLAYER (self), NULL);

  return self->stream != NULL ? gtk_media_stream_get_error (self->stream) : NULL;
}

/**
 * wt_voice_player_get_duration:
 * @self: a player
 * @path: a recording's file
 *
 * Returns: how long it is in microseconds, or -1 while that is not known; it is found out for WAV files, for
 *   others only by playing them
 */
gint64
wt_voice_player_get_duration (WtVoicePlayer *self, const char *path)
{
  const gint64 *known;
  g_autoptr (GTask) task = NULL;

  g_return_val_if_fail (WT_IS_VOICE_PLAYER (self), UNKNOWN);
  g_return_val_if_fail (path != NULL, UNKNOWN);

  known = g_hash_table_lookup (self->durations, path);
  if (known != NULL)
    return *known;

  remember (self, path, UNKNOWN); /* asked once */
  task = g_task_new (self, self->cancellable, on_inspected, NULL);
  g_task_set_source_tag (task, wt_voice_player_get_duration);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, inspect);
  return UNKNOWN;
}
