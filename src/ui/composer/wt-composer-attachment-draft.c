/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-attachment-private.h"

#include <string.h>

/* What was attached when the program ended, and is again. */

/* Nothing has to be read, unless the smaller picture is missing. */
void
wt_composer_attachment_resume (WtComposerAttachment *self)
{
  if (self->scaled && self->scalable && self->small == NULL)
    wt_composer_attachment_shrink (self);
  else
    wt_composer_attachment_become_ready (self);
}

/* What is made of a blob is called by the blob's name, with the ending that it needs. */
void
wt_composer_attachment_name_small (WtComposerAttachment *self)
{
  const char *dot = strrchr (self->name, '.');
  const char *ending = self->small->name != NULL ? strrchr (self->small->name, '.') : NULL;
  gsize stem = dot != NULL && dot != self->name ? (gsize) (dot - self->name) : strlen (self->name);
  char *name;

  if (!self->draft)
    return;

  name = g_strdup_printf ("%.*s%s", (int) stem, self->name, ending != NULL ? ending : "");
  g_free (self->small->name);
  self->small->name = name;
}

/**
 * wt_composer_attachment_new_draft:
 * @session: where it will be sent
 * @draft: what wt_composer_attachment_make_draft() made once
 *
 * Returns: (transfer full): the same attachment; it is there at once after wt_composer_attachment_start()
 */
WtComposerAttachment *
wt_composer_attachment_new_draft (WtSession *session, const WtDraftAttachment *draft)
{
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);
  g_return_val_if_fail (draft != NULL && (draft->plain != NULL || draft->small != NULL), NULL);

  WtComposerAttachment *self = g_object_new (WT_TYPE_COMPOSER_ATTACHMENT, NULL);
  const WtMedia *media = draft->plain != NULL ? draft->plain : draft->small;
  g_autofree char *path = wt_session_dup_media_path (session, media);

  self->session = g_object_ref (session);
  self->draft = TRUE;
  self->file = g_file_new_for_path (path != NULL ? path : "");
  self->name = g_strdup (media->name != NULL ? media->name : "?");
  self->type = media->mime_type != NULL ? g_content_type_from_mime_type (media->mime_type) : NULL;
  self->size = media->size;
  self->plain = draft->plain != NULL ? wt_media_copy (draft->plain) : NULL;
  self->small = draft->small != NULL ? wt_media_copy (draft->small) : NULL;
  self->picture = (draft->options & WT_DRAFT_PICTURE) != 0;
  self->as_file = (draft->options & WT_DRAFT_AS_FILE) != 0 && self->plain != NULL;
  self->scaled = (draft->options & WT_DRAFT_SCALED) != 0;
  self->scalable = self->picture && self->plain != NULL
                   && wt_composer_attachment_is_large (self->plain);
  return self;
}

/**
 * wt_composer_attachment_make_draft:
 * @self: an attachment
 *
 * Returns: (transfer full) (nullable): what is kept of it over a restart; %NULL while nothing of it is in the blob folder
 */
WtDraftAttachment *
wt_composer_attachment_make_draft (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), NULL);

  WtDraftAttachment *draft;

  if (self->plain == NULL && self->small == NULL)
    return NULL;

  draft = wt_draft_attachment_new ();
  draft->plain = self->plain != NULL ? wt_media_copy (self->plain) : NULL;
  draft->small = self->small != NULL ? wt_media_copy (self->small) : NULL;
  draft->options = (WtDraftOptions) ((self->picture ? WT_DRAFT_PICTURE : 0)
                                     | (self->as_file ? WT_DRAFT_AS_FILE : 0)
                                     | (self->scaled ? WT_DRAFT_SCALED : 0));
  return draft;
}
