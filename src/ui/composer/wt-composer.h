/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtComposer:
 *
 * Where a message is written: a text that grows to some lines, emoji, and the button that sends.
 *
 * Properties: `text` (never %NULL), `enter-sends` (whether Enter sends; if not, Ctrl+Enter does).
 * Signals: `send` (char *text): the user wants to send @text, which is not blank. The text stays until
 * wt_composer_clear_sent() is called, which the handler does once it holds the text. `page` (int): the history is to be
 * scrolled by a page, up (-1) or down (1).
 */
#define WT_TYPE_COMPOSER (wt_composer_get_type ())
G_DECLARE_FINAL_TYPE (WtComposer, wt_composer, WT, COMPOSER, GtkWidget)

GtkWidget *wt_composer_new (void);
char *wt_composer_dup_text (WtComposer *self);
void wt_composer_set_text (WtComposer *self, const char *text);
void wt_composer_restore (WtComposer *self, const char *text);
void wt_composer_clear_sent (WtComposer *self);
void wt_composer_set_last_sent (WtComposer *self, const char *text);
void wt_composer_set_enter_sends (WtComposer *self, gboolean enter_sends);
gboolean wt_composer_get_enter_sends (WtComposer *self);
void wt_composer_send (WtComposer *self);
GtkTextView *wt_composer_get_text_view (WtComposer *self);

G_END_DECLS
