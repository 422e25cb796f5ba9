/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "wt-session.h"

G_BEGIN_DECLS

/* Pictures with more pixels than this on a side are made smaller, where that is wanted. */
#define WT_COMPOSER_ATTACHMENT_EDGE 2560

/**
 * WtComposerAttachmentState:
 * @WT_COMPOSER_ATTACHMENT_LOADING: is being taken into the blob folder
 * @WT_COMPOSER_ATTACHMENT_READY: can be sent
 * @WT_COMPOSER_ATTACHMENT_FAILED: cannot, and says why
 */
typedef enum
{
  WT_COMPOSER_ATTACHMENT_LOADING,
  WT_COMPOSER_ATTACHMENT_READY,
  WT_COMPOSER_ATTACHMENT_FAILED,
} WtComposerAttachmentState;

/**
 * WtComposerAttachment:
 *
 * A file or a picture that will be sent with the message being written. It is taken into the blob folder at once, in the background.
 *
 * Properties: `name`, `words` (its size, or why it cannot be sent), `state` (#WtComposerAttachmentState as int), `as-file` (a picture is
 * sent as a file), `scaled` (a large picture is made smaller). Signals: `sized`: its size is known, before it is read: it can be
 * refused now.
 */
#define WT_TYPE_COMPOSER_ATTACHMENT (wt_composer_attachment_get_type ())
G_DECLARE_FINAL_TYPE (WtComposerAttachment,
                      wt_composer_attachment,
                      WT,
                      COMPOSER_ATTACHMENT,
                      GObject)

WtComposerAttachment *
wt_composer_attachment_new_file (WtSession *session, GFile *file, gboolean scaled);
WtComposerAttachment *wt_composer_attachment_new_texture (WtSession *session,
                                                          GdkTexture *texture,
                                                          const char *name,
                                                          gboolean scaled);
WtComposerAttachment *
wt_composer_attachment_new_draft (WtSession *session, const WtDraftAttachment *draft);

void wt_composer_attachment_start (WtComposerAttachment *self);
void wt_composer_attachment_stop (WtComposerAttachment *self);
void wt_composer_attachment_refuse (WtComposerAttachment *self, const char *words);

const char *wt_composer_attachment_get_name (WtComposerAttachment *self);
const char *wt_composer_attachment_get_words (WtComposerAttachment *self);
WtComposerAttachmentState wt_composer_attachment_get_state (WtComposerAttachment *self);
gboolean wt_composer_attachment_get_refused (WtComposerAttachment *self);
gint64 wt_composer_attachment_get_size (WtComposerAttachment *self);
gboolean wt_composer_attachment_get_may_shrink (WtComposerAttachment *self);

gboolean wt_composer_attachment_get_is_picture (WtComposerAttachment *self);
gboolean wt_composer_attachment_get_can_be_file (WtComposerAttachment *self);
gboolean wt_composer_attachment_get_can_scale (WtComposerAttachment *self);
gboolean wt_composer_attachment_get_as_file (WtComposerAttachment *self);
void wt_composer_attachment_set_as_file (WtComposerAttachment *self, gboolean as_file);
gboolean wt_composer_attachment_get_scaled (WtComposerAttachment *self);
void wt_composer_attachment_set_scaled (WtComposerAttachment *self, gboolean scaled);

const WtMedia *wt_composer_attachment_get_media (WtComposerAttachment *self);
char *wt_composer_attachment_dup_path (WtComposerAttachment *self);
WtSegment *wt_composer_attachment_make_segment (WtComposerAttachment *self);
WtDraftAttachment *wt_composer_attachment_make_draft (WtComposerAttachment *self);

G_END_DECLS
