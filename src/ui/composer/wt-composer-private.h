/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-composer.h"

G_BEGIN_DECLS

struct _WtComposer
{
  GtkWidget parent_instance;

  /* owned */
  char *last_sent;

  gboolean enter_sends;
  gboolean composing; /* an input method shows what is not in the buffer yet */

  /* children */
  GtkWidget *box;
  GtkWidget *scroller;
  GtkTextView *view;
  GtkTextBuffer *buffer; /* borrowed from the view */
  GtkWidget *placeholder;
  GtkWidget *emoji;
  GtkWidget *button;
};

gboolean wt_composer_is_empty (WtComposer *self);
void wt_composer_init_keys (WtComposer *self);

G_END_DECLS
