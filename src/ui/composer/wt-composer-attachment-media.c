/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-attachment-private.h"

/* What would be sent of it: as it is, or made smaller. */

/* Rather than as it is. */
gboolean
wt_composer_attachment_uses_small (WtComposerAttachment *self)
{
  return self->picture && self->scaled && !self->as_file && self->small != NULL;
}

/**
 * wt_composer_attachment_get_size:
 * @self: an attachment
 *
 * Returns: how many bytes would be sent, or -1 while that is not known
 */
gint64
wt_composer_attachment_get_size (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), -1);

  const WtMedia *media = wt_composer_attachment_get_media (self);

  return media != NULL ? media->size : self->size;
}

/**
 * wt_composer_attachment_get_may_shrink:
 * @self: an attachment
 *
 * Returns: whether it may turn out to be smaller than it is now
 */
gboolean
wt_composer_attachment_get_may_shrink (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), FALSE);

  return self->scaled && !self->as_file && self->plain == NULL
         && wt_composer_attachment_looks_like_picture (self);
}

/**
 * wt_composer_attachment_get_media:
 * @self: an attachment
 *
 * Returns: (transfer none) (nullable): what would be sent, once it is known
 */
const WtMedia *
wt_composer_attachment_get_media (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), NULL);

  return wt_composer_attachment_uses_small (self) || self->plain == NULL ? self->small
                                                                         : self->plain;
}

/**
 * wt_composer_attachment_dup_path:
 * @self: an attachment
 *
 * Returns: (transfer full) (nullable) (type filename): where the contents are, to show them
 */
char *
wt_composer_attachment_dup_path (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), NULL);

  const WtMedia *media = wt_composer_attachment_get_media (self);

  return media != NULL ? wt_session_dup_media_path (self->session, media) : NULL;
}

/**
 * wt_composer_attachment_make_segment:
 * @self: an attachment
 *
 * Returns: (transfer full) (nullable): what is sent, %NULL unless it is ready
 */
WtSegment *
wt_composer_attachment_make_segment (WtComposerAttachment *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER_ATTACHMENT (self), NULL);

  const WtMedia *media = wt_composer_attachment_get_media (self);

  if (self->state != WT_COMPOSER_ATTACHMENT_READY || media == NULL)
    return NULL;

  return wt_segment_new_media (self->picture && !self->as_file ? WT_SEGMENT_IMAGE : WT_SEGMENT_FILE,
                               media);
}
