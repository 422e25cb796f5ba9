/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-shared.h"

struct _WtShared
{
  GObject parent_instance;

  WtSharedRecord *record;
  WtMedia *media;
};

G_DEFINE_FINAL_TYPE (WtShared, wt_shared, G_TYPE_OBJECT)

static void
wt_shared_finalize (GObject *object)
{
  WtShared *self = WT_SHARED (object);

  g_clear_pointer (&self->media, wt_media_free);
  g_clear_pointer (&self->record, wt_shared_record_free);

  G_OBJECT_CLASS (wt_shared_parent_class)->finalize (object);
}

static void
wt_shared_class_init (WtSharedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_shared_finalize;
}

static void
wt_shared_init (WtShared *self)
{
}

/**
 * wt_shared_new:
 * @record: (transfer full): what was sent
 *
 * Returns: (transfer full): the same as an object
 */
WtShared *
wt_shared_new (WtSharedRecord *record)
{
  g_return_val_if_fail (record != NULL && record->attachment != NULL, NULL);

  WtShared *self = g_object_new (WT_TYPE_SHARED, NULL);
  const WtAttachmentRecord *attachment = record->attachment;
  WtMedia *media = wt_media_new ();

  self->record = record;
  self->media = media;
  media->url = g_strdup (attachment->url);
  media->blob = g_strdup (attachment->blob);
  media->name = g_strdup (attachment->name);
  media->mime_type = g_strdup (attachment->mime_type);
  media->size = attachment->size;
  media->width = attachment->width;
  media->height = attachment->height;
  return self;
}

/**
 * wt_shared_get_record:
 * @self: what was sent
 *
 * Returns: (transfer none): its row, with message, place and time
 */
const WtSharedRecord *
wt_shared_get_record (WtShared *self)
{
  g_return_val_if_fail (WT_IS_SHARED (self), NULL);

  return self->record;
}

/**
 * wt_shared_get_media:
 * @self: what was sent
 *
 * Returns: (transfer none): the same as media, to be shown, saved or opened
 */
const WtMedia *
wt_shared_get_media (WtShared *self)
{
  g_return_val_if_fail (WT_IS_SHARED (self), NULL);

  return self->media;
}

/**
 * wt_shared_equal:
 * @self: what was sent
 * @record: a row
 *
 * Returns: whether the row says what @self says
 */
gboolean
wt_shared_equal (WtShared *self, const WtSharedRecord *record)
{
  g_return_val_if_fail (WT_IS_SHARED (self), FALSE);

  const WtAttachmentRecord *mine = self->record->attachment, *other = record->attachment;

  return mine->message_id == other->message_id && mine->position == other->position
         && mine->state == other->state && g_strcmp0 (mine->blob, other->blob) == 0
         && g_strcmp0 (mine->name, other->name) == 0;
}
