/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-composer-tray.h"
#include "wt-composer.h"
#include "wt-mention-popover.h"
#include "wt-reply-strip.h"
#include "wt-spell-menu.h"

G_BEGIN_DECLS

struct _WtComposer
{
  GtkWidget parent_instance;

  /* owned */
  GPtrArray *gone_pills; /* that undo may bring back */
  GPtrArray *sent;       /* texts for the Up key, the newest first */
  WtComposition *composition;
  WtStickerList *stickers;       /* nullable */
  WtPictureLoader *loader;       /* nullable */
  GCancellable *cancellable;     /* of what is read from the clipboard */
  GtkFileChooserNative *chooser; /* while it is open */
  WtSpellAdapter *spelling;      /* nullable */
  WtSpellMenu *spell_menu;       /* nullable */

  gboolean enter_sends;
  gboolean scale_pictures;
  gboolean composing; /* an input method shows what is not in the buffer yet */
  gboolean restoring; /* mentions in a stored text are found once the members are known */
  int cursor;         /* where it was, to see which way it goes */
  gboolean recalling; /* the text is being replaced by one of them */
  int recalled;       /* the one that shows unchanged, or -1 */
  int dismissed;      /* the offset of an “@” that nobody is to be offered for, or -1 */

  /* children */
  GtkWidget *box;
  WtReplyStrip *strip;
  WtComposerTray *tray;
  GtkWidget *scroller;
  GtkTextView *view;
  GtkTextBuffer *buffer; /* borrowed from the view */
  GtkWidget *placeholder;
  GtkWidget *attach;
  GtkWidget *sticker;
  GtkWidget *emoji;
  GtkWidget *button;
  GtkWidget *button_stack;
  WtMentionPopover *mentions;
};

gboolean wt_composer_is_empty (WtComposer *self);
gboolean wt_composer_is_blank (WtComposer *self);
void wt_composer_update_button (WtComposer *self);
void wt_composer_tell_send (WtComposer *self);
void wt_composer_report (WtComposer *self, const char *words);

/* wt-composer-layout.c: the widgets */
void wt_composer_make_widgets (WtComposer *self);
void wt_composer_show_waiting (WtComposer *self, gboolean waiting);

/* wt-composer-keys.c */
void wt_composer_init_keys (WtComposer *self);

/* wt-composer-recall.c: what was sent, to be sent again */
void wt_composer_init_recall (WtComposer *self);
void wt_composer_remember (WtComposer *self, const char *text);
gboolean wt_composer_can_recall (WtComposer *self, int direction);
void wt_composer_recall (WtComposer *self, int direction);

/* wt-composer-pills.c: what stands in the text for something else */
void wt_composer_init_pills (WtComposer *self);
void wt_composer_insert_pill (WtComposer *self,
                              GtkTextIter *start,
                              GtkTextIter *end,
                              WtSegment *segment,
                              const char *label);
void wt_composer_insert_face (WtComposer *self, const char *id);
void wt_composer_restore_pills (WtComposer *self);
void wt_composer_forget_pills (WtComposer *self);
void wt_composer_colour_pills (WtComposer *self);
GPtrArray *wt_composer_make_pieces (WtComposer *self);

/* wt-composer-mentions.c: whom an “@” may mean */
void wt_composer_init_mentions (WtComposer *self);
void wt_composer_update_mentions (WtComposer *self);
void wt_composer_handle_mention_key (WtComposer *self, guint keyval);
gboolean wt_composer_is_mention_key (WtComposer *self, guint keyval, GdkModifierType state);

/* wt-composer-intake.c: pasted, dropped and chosen files */
void wt_composer_init_intake (WtComposer *self);
void wt_composer_choose_files (WtComposer *self);
void wt_composer_paste_text (WtComposer *self);

G_END_DECLS
