/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-composition.h"

G_BEGIN_DECLS

/**
 * WtUnsent:
 *
 * Messages that left the composer and are not on disk yet, by conversation. Until they are, their texts and what is attached belong to the draft; what
 * could not be stored goes back to the composer, or into the draft of a conversation that is not open any more, with all that was
 * attached.
 */
typedef struct _WtUnsent WtUnsent;

WtUnsent *wt_unsent_new (void);
void wt_unsent_free (WtUnsent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtUnsent, wt_unsent_free)

guint wt_unsent_hold (WtUnsent *self, gint64 conversation, WtComposition *message);
gboolean wt_unsent_holds (WtUnsent *self, gint64 conversation);
void wt_unsent_set_rest (WtUnsent *self, gint64 conversation, const char *rest);
const char *wt_unsent_get_rest (WtUnsent *self, gint64 conversation);
char *wt_unsent_dup_draft (WtUnsent *self, gint64 conversation, const char *rest);
gboolean wt_unsent_settle (WtUnsent *self,
                           gint64 conversation,
                           guint id,
                           gboolean stored,
                           GPtrArray **failed,
                           char **rest);
GPtrArray *wt_unsent_list (WtUnsent *self, gint64 conversation);
char *wt_unsent_join_texts (GPtrArray *messages);
char *wt_unsent_join (const char *above, const char *below);

G_END_DECLS
