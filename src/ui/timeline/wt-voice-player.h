/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WtVoicePlayer:
 *
 * Plays recordings, one at a time. It keeps playing while its row is scrolled away.
 *
 * Signals: `changed`: what is played, how far it is, or how long one is.
 */
#define WT_TYPE_VOICE_PLAYER (wt_voice_player_get_type ())
G_DECLARE_FINAL_TYPE (WtVoicePlayer, wt_voice_player, WT, VOICE_PLAYER, GObject)

WtVoicePlayer *wt_voice_player_new (void);
void wt_voice_player_play (WtVoicePlayer *self, const char *key, const char *path);
void wt_voice_player_pause (WtVoicePlayer *self);
void wt_voice_player_seek (WtVoicePlayer *self, gint64 position);
void wt_voice_player_stop (WtVoicePlayer *self);

gboolean wt_voice_player_is_current (WtVoicePlayer *self, const char *key);
gboolean wt_voice_player_get_playing (WtVoicePlayer *self);
gint64 wt_voice_player_get_position (WtVoicePlayer *self);
const GError *wt_voice_player_get_error (WtVoicePlayer *self);
gint64 wt_voice_player_get_duration (WtVoicePlayer *self, const char *path);

G_END_DECLS
