/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-composition.h"
#include "wt-member.h"
#include "wt-picture-loader.h"
#include "wt-spell-adapter.h"
#include "wt-sticker-list.h"

G_BEGIN_DECLS

/**
 * WtComposer:
 *
 * Where a message is written: a text that grows to some lines, with mentions and faces in it, what it replies to and what is attached above,
 * and the buttons that attach, choose and send.
 *
 * Properties: `text` (never %NULL), `enter-sends` (whether Enter sends; if not, Ctrl+Enter does), `scale-pictures` (whether large pictures
 * are made smaller, unless the user says otherwise for one).
 * Signals: `send`: the user wants to send what is there, and it can be sent. It stays until wt_composer_take() is called, which the handler
 * does. `sticker` (#WtSticker): to be sent at once. `page` (int): the history is to be scrolled by a page, up (-1) or down (1).
 * `reply` (int): to an older (-1) or newer (1) message than now. `trouble` (char *words): something the user should be told.
 */
#define WT_TYPE_COMPOSER (wt_composer_get_type ())
G_DECLARE_FINAL_TYPE (WtComposer, wt_composer, WT, COMPOSER, GtkWidget)

GtkWidget *wt_composer_new (void);
char *wt_composer_dup_text (WtComposer *self);
void wt_composer_set_text (WtComposer *self, const char *text);
void wt_composer_restore (WtComposer *self, const char *text);
void wt_composer_set_sent (WtComposer *self, const char *const *texts);
void wt_composer_set_enter_sends (WtComposer *self, gboolean enter_sends);
gboolean wt_composer_get_enter_sends (WtComposer *self);

void wt_composer_set_recipient (WtComposer *self, const char *name);
void wt_composer_finish_composing (WtComposer *self);

void wt_composer_set_composition (WtComposer *self, WtComposition *composition);
WtComposition *wt_composer_get_composition (WtComposer *self);
void wt_composer_set_members (WtComposer *self, GListModel *members, gboolean everybody);
void wt_composer_mention (WtComposer *self, WtMember *member);
void wt_composer_set_stickers (WtComposer *self, WtStickerList *stickers);
void wt_composer_set_loader (WtComposer *self, WtPictureLoader *loader);
void wt_composer_follow_spelling (WtComposer *self, GSettings *settings);
void wt_composer_set_spell_checker (WtComposer *self, WtSpellChecker *checker);
WtSpellAdapter *wt_composer_get_spelling (WtComposer *self);

gboolean wt_composer_take_value (WtComposer *self, const GValue *value);
void wt_composer_send (WtComposer *self);
WtComposition *wt_composer_take (WtComposer *self);
GtkTextView *wt_composer_get_text_view (WtComposer *self);

G_END_DECLS
