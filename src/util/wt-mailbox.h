/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtMailboxFunc:
 * @letters: (element-type gpointer) (transfer none): the letters posted since the last delivery, in order
 * @data: the mailbox's data
 *
 * Receives letters in the mailbox's main context.
 */
typedef void (*WtMailboxFunc) (GPtrArray *letters, gpointer data);

typedef struct _WtMailbox WtMailbox;

WtMailbox *wt_mailbox_new (GMainContext *context,
                           guint most,
                           GDestroyNotify free_letter,
                           WtMailboxFunc func,
                           gpointer data);
WtMailbox *wt_mailbox_ref (WtMailbox *self);
void wt_mailbox_unref (WtMailbox *self);
void wt_mailbox_post (WtMailbox *self, gpointer letter);
void wt_mailbox_close (WtMailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtMailbox, wt_mailbox_unref)

G_END_DECLS
