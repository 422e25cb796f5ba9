/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-composer-attachment.h"

G_BEGIN_DECLS

/**
 * WtComposition:
 *
 * What is being written in one conversation besides the text that shows: what goes with it, what it replies to, and, once it leaves the
 * composer, the text itself.
 *
 * Properties (read-only, notifying): `busy` (something is still being read), `waiting` (it is to be sent as soon as it is not busy).
 * Signals: `changed`: attachments, their state, or the reply.
 */
#define WT_TYPE_COMPOSITION (wt_composition_get_type ())
G_DECLARE_FINAL_TYPE (WtComposition, wt_composition, WT, COMPOSITION, GObject)

WtComposition *wt_composition_new (WtSession *session);

void wt_composition_add_file (WtComposition *self, GFile *file, gboolean scaled);
void wt_composition_add_texture (WtComposition *self, GdkTexture *texture, gboolean scaled);
void wt_composition_add_drafts (WtComposition *self, GPtrArray *drafts);
void wt_composition_list_drafts (WtComposition *self, GPtrArray *drafts);
void wt_composition_remove (WtComposition *self, WtComposerAttachment *attachment);
void wt_composition_move (WtComposition *self, WtComposerAttachment *attachment, guint position);
guint wt_composition_find (WtComposition *self, WtComposerAttachment *attachment);
GListModel *wt_composition_get_attachments (WtComposition *self);

void wt_composition_set_reply (WtComposition *self, const WtMessageRecord *message);
const WtMessageRecord *wt_composition_get_reply (WtComposition *self);

void wt_composition_set_text (WtComposition *self, const char *text, GPtrArray *pieces);
const char *wt_composition_get_text (WtComposition *self);

gboolean wt_composition_is_empty (WtComposition *self);
gboolean wt_composition_get_busy (WtComposition *self);
gboolean wt_composition_get_waiting (WtComposition *self);
void wt_composition_set_waiting (WtComposition *self, gboolean waiting);
char *wt_composition_dup_problem (WtComposition *self);

WtComposition *wt_composition_take (WtComposition *self);
void wt_composition_put_back (WtComposition *self, WtComposition *taken);
WtSegment *wt_composition_make_segment (WtComposition *self);

G_END_DECLS
