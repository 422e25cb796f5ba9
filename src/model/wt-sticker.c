/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-sticker.h"

struct _WtSticker
{
  GObject parent_instance;

  WtStickerRecord *record;
  char *path;
};

G_DEFINE_FINAL_TYPE (WtSticker, wt_sticker, G_TYPE_OBJECT)

typedef enum
{
  PROP_BLOB = 1,
  PROP_PATH,
  PROP_MIME_TYPE,
  PROP_WIDTH,
  PROP_HEIGHT,
} WtStickerProperty;

static GParamSpec *properties[PROP_HEIGHT + 1];

static void
wt_sticker_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtSticker *self = WT_STICKER (object);

  switch ((WtStickerProperty) id)
    {
    case PROP_BLOB:
      g_value_set_string (value, self->record->blob);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_MIME_TYPE:
      g_value_set_string (value, self->record->mime_type);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->record->width);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, self->record->height);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_sticker_finalize (GObject *object)
{
  WtSticker *self = WT_STICKER (object);

  g_clear_pointer (&self->record, wt_sticker_record_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (wt_sticker_parent_class)->finalize (object);
}

static void
wt_sticker_class_init (WtStickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_sticker_get_property;
  object_class->finalize = wt_sticker_finalize;

  properties[PROP_BLOB] = g_param_spec_string ("blob", NULL, NULL, NULL, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_MIME_TYPE] = g_param_spec_string ("mime-type", NULL, NULL, NULL, flags);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_sticker_init (WtSticker *self)
{
}

/**
 * wt_sticker_new:
 * @record: the sticker as stored
 * @path: (nullable) (type filename): where its blob is
 *
 * Returns: (transfer full): a sticker
 */
WtSticker *
wt_sticker_new (const WtStickerRecord *record, const char *path)
{
  WtSticker *self = g_object_new (WT_TYPE_STICKER, NULL);

  self->record = wt_sticker_record_copy (record);
  self->record->width = MAX (record->width, 0);
  self->record->height = MAX (record->height, 0);
  self->path = g_strdup (path);
  return self;
}

/**
 * wt_sticker_get_record:
 * @self: a sticker
 *
 * Returns: (transfer none): the sticker as stored
 */
const WtStickerRecord *
wt_sticker_get_record (WtSticker *self)
{
  g_return_val_if_fail (WT_IS_STICKER (self), NULL);

  return self->record;
}

/**
 * wt_sticker_get_blob:
 * @self: a sticker
 *
 * Returns: its name in the blob folder
 */
const char *
wt_sticker_get_blob (WtSticker *self)
{
  g_return_val_if_fail (WT_IS_STICKER (self), NULL);

  return self->record->blob;
}

/**
 * wt_sticker_get_path:
 * @self: a sticker
 *
 * Returns: (nullable) (type filename): where its picture is
 */
const char *
wt_sticker_get_path (WtSticker *self)
{
  g_return_val_if_fail (WT_IS_STICKER (self), NULL);

  return self->path;
}

/**
 * wt_sticker_get_mime_type:
 * @self: a sticker
 *
 * Returns: (nullable): its type as sniffed
 */
const char *
wt_sticker_get_mime_type (WtSticker *self)
{
  g_return_val_if_fail (WT_IS_STICKER (self), NULL);

  return self->record->mime_type;
}

/**
 * wt_sticker_get_width:
 * @self: a sticker
 *
 * Returns: pixels, 0 where unknown
 */
int
wt_sticker_get_width (WtSticker *self)
{
  g_return_val_if_fail (WT_IS_STICKER (self), 0);

  return self->record->width;
}

/**
 * wt_sticker_get_height:
 * @self: a sticker
 *
 * Returns: pixels, 0 where unknown
 */
int
wt_sticker_get_height (WtSticker *self)
{
  g_return_val_if_fail (WT_IS_STICKER (self), 0);

  return self->record->height;
}

/**
 * wt_sticker_dup_media:
 * @self: a sticker
 *
 * Returns: (transfer full): media for wt_segment_new_media() with %WT_SEGMENT_EMOJI
 */
WtMedia *
wt_sticker_dup_media (WtSticker *self)
{
  g_return_val_if_fail (WT_IS_STICKER (self), NULL);

  WtMedia *media = wt_media_new ();

  media->blob = g_strdup (self->record->blob);
  media->mime_type = g_strdup (self->record->mime_type);
  media->width = self->record->width;
  media->height = self->record->height;
  return media;
}
