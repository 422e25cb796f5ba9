/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-composer-attachment.h"

G_BEGIN_DECLS

struct _WtComposerAttachment
{
  GObject parent_instance;

  /* owned */
  WtSession *session;
  GFile *file;         /* nullable: a texture has none; of a draft, the blob */
  GdkTexture *texture; /* nullable */
  GBytes *bytes;       /* nullable: the texture's, once encoded */
  char *name;
  char *type; /* (nullable): what the file's name says it is */
  char *words;
  WtMedia *plain;            /* nullable: as it is */
  WtMedia *small;            /* nullable: made smaller */
  GCancellable *cancellable; /* nullable: of what runs */

  gint64 size; /* of the file, or -1 */
  WtComposerAttachmentState state;
  gboolean draft;   /* it was in the blob folder from the beginning */
  gboolean refused; /* failed only because the others are so large */
  gboolean picture;
  gboolean scalable;
  gboolean as_file;
  gboolean scaled;
  guint keep_source;
};

void wt_composer_attachment_set_name (WtComposerAttachment *self, const char *name);
void wt_composer_attachment_set_state (WtComposerAttachment *self, WtComposerAttachmentState state);
void wt_composer_attachment_fail (WtComposerAttachment *self, const GError *error);
void wt_composer_attachment_tell_size (WtComposerAttachment *self);

/* wt-composer-attachment-load.c */
gboolean wt_composer_attachment_looks_like_picture (WtComposerAttachment *self);
void wt_composer_attachment_load (WtComposerAttachment *self);
void wt_composer_attachment_shrink (WtComposerAttachment *self);
void wt_composer_attachment_become_ready (WtComposerAttachment *self);
gboolean wt_composer_attachment_is_large (const WtMedia *media);

/* wt-composer-attachment-draft.c */
void wt_composer_attachment_resume (WtComposerAttachment *self);
void wt_composer_attachment_name_small (WtComposerAttachment *self);

/* wt-composer-attachment-media.c */
gboolean wt_composer_attachment_uses_small (WtComposerAttachment *self);

G_END_DECLS
