/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-attachment-private.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "wt-attachment-words.h"
#include "wt-media-error.h"
#include "wt-sniff.h"

/* Taking something into the blob folder, step by step: looked at, encoded if it has no file, stored as it is, made smaller. */

/* What no message uses yet is kept as long as it looks young (WT_BLOBS_GUARD_SECONDS). */
#define KEEP_SECONDS (WT_BLOBS_GUARD_SECONDS / 3)

static void import (WtComposerAttachment *self, WtSegmentKind kind, gboolean shrink);

static void
keep (WtComposerAttachment *self, const WtMedia *media)
{
  g_autofree char *path = media != NULL ? wt_session_dup_media_path (self->session, media) : NULL;

  if (path != NULL)
    g_utime (path, NULL);
}

static gboolean
on_keep (gpointer data)
{
  WtComposerAttachment *self = data;

  keep (self, self->plain);
  keep (self, self->small);
  return G_SOURCE_CONTINUE;
}

void
wt_composer_attachment_become_ready (WtComposerAttachment *self)
{
  if (self->keep_source == 0)
    self->keep_source = g_timeout_add_seconds (KEEP_SECONDS, on_keep, self);
  wt_composer_attachment_set_state (self, WT_COMPOSER_ATTACHMENT_READY);
}

typedef struct
{
  WtComposerAttachment *self;
  GCancellable *cancellable;
  WtSegmentKind kind;
  gboolean shrink;
} Step;

static void
step_free (Step *step)
{
  g_clear_object (&step->self);
  g_clear_object (&step->cancellable);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static Step *
step_new (WtComposerAttachment *self)
{
  Step *step = g_new0 (Step, 1);

  step->self = g_object_ref (self);
  step->cancellable = g_object_ref (self->cancellable);
  return step;
}

/* What was stopped, or started anew, has another cancellable. */
static gboolean
is_current (Step *step)
{
  return step->self->cancellable == step->cancellable;
}

/* By its name, or because it never had one. */
gboolean
wt_composer_attachment_looks_like_picture (WtComposerAttachment *self)
{
  return self->file == NULL || (self->type != NULL && g_content_type_is_a (self->type, "image/*"));
}

gboolean
wt_composer_attachment_is_large (const WtMedia *media)
{
  return MAX (media->width, media->height) > WT_COMPOSER_ATTACHMENT_EDGE;
}

static void
take_plain (WtComposerAttachment *self, WtMedia *media, WtSegmentKind kind)
{
  g_clear_pointer (&self->plain, wt_media_free);
  self->plain = media;
  self->picture = kind == WT_SEGMENT_IMAGE;
  self->scalable = self->picture && wt_composer_attachment_is_large (media);
  /* A picture whose name does not say so is found by its contents. */
  if (kind == WT_SEGMENT_FILE && !wt_composer_attachment_looks_like_picture (self)
      && wt_sniff_is_picture (media->mime_type))
    import (self, WT_SEGMENT_IMAGE, FALSE);
  else if (self->scalable && self->scaled)
    import (self, WT_SEGMENT_IMAGE, TRUE);
  else
    wt_composer_attachment_become_ready (self);
}

/* An animation, or one that has no fewer bytes when smaller, comes as it was. */
static void
take_small (WtComposerAttachment *self, WtMedia *media)
{
  self->picture = TRUE;
  g_clear_pointer (&self->small, wt_media_free);
  if (self->plain != NULL && g_strcmp0 (self->plain->blob, media->blob) == 0)
    {
      self->scalable = FALSE;
      wt_media_free (media);
    }
  else
    {
      self->small = media;
      wt_composer_attachment_name_small (self);
    }

  wt_composer_attachment_become_ready (self);
}

static void
on_import_failed (Step *step, const GError *error)
{
  WtComposerAttachment *self = step->self;

  /* Damaged, or something else than its name says: a file all the same. */
  if (step->kind == WT_SEGMENT_IMAGE && !step->shrink && self->plain == NULL
      && (g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED)
          || g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN)))
    import (self, WT_SEGMENT_FILE, FALSE);
  /* Too large as it is, but perhaps not as a picture that is made smaller. */
  else if (step->kind == WT_SEGMENT_IMAGE && !step->shrink && self->scaled
           && wt_composer_attachment_get_may_shrink (self)
           && g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE))
    import (self, WT_SEGMENT_IMAGE, TRUE);
  else if (self->plain != NULL)
    {
      self->scalable = FALSE;
      wt_composer_attachment_become_ready (self);
    }
  else
    wt_composer_attachment_fail (self, error);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;
  WtMedia *media = wt_session_import_finish (WT_SESSION (source), result, &error);

  if (!is_current (step))
    g_clear_pointer (&media, wt_media_free);
  else if (media == NULL)
    on_import_failed (step, error);
  else if (step->shrink)
    take_small (step->self, media);
  else
    take_plain (step->self, media, step->kind);
}

static void
import (WtComposerAttachment *self, WtSegmentKind kind, gboolean shrink)
{
  Step *step = step_new (self);
  guint edge = shrink ? WT_COMPOSER_ATTACHMENT_EDGE : 0;

  step->kind = kind;
  step->shrink = shrink;
  if (self->bytes != NULL)
    wt_session_import_bytes_async (self->session, self->bytes, self->name, kind, edge,
                                   self->cancellable, on_imported, step);
  else
    wt_session_import_file_async (self->session, self->file, kind, edge, self->cancellable,
                                  on_imported, step);
}

static void
begin_import (WtComposerAttachment *self)
{
  wt_composer_attachment_tell_size (self);
  if (self->state == WT_COMPOSER_ATTACHMENT_LOADING)
    import (self,
            wt_composer_attachment_looks_like_picture (self) ? WT_SEGMENT_IMAGE : WT_SEGMENT_FILE,
            FALSE);
}

static gboolean
check_info (WtComposerAttachment *self, GFileInfo *info, GError **error)
{
  GFileType type = g_file_info_get_file_type (info);

  if (type == G_FILE_TYPE_DIRECTORY)
    return g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "A folder"), FALSE;
  if (type != G_FILE_TYPE_REGULAR)
    return g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, "No file"),
           FALSE;

  self->size = g_file_info_get_size (info);
  if (self->size == 0)
    return g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY, "No bytes"), FALSE;
  if (wt_attachment_words_get_encoded (self->size) > wt_attachment_words_get_most ()
      && !(self->scaled && wt_composer_attachment_get_may_shrink (self)))
    return g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE, "Too large"),
           FALSE;

  return TRUE;
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  WtComposerAttachment *self = step->self;

  if (!is_current (step))
    return;
  if (info != NULL)
    {
      wt_composer_attachment_set_name (self, g_file_info_get_display_name (info));
      g_free (self->type);
      self->type = g_strdup (
          g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE));
    }

  if (info == NULL || !check_info (self, info, &error))
    wt_composer_attachment_fail (self, error);
  else
    begin_import (self);
}

static void
encode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GBytes *bytes = gdk_texture_save_to_png_bytes (GDK_TEXTURE (data));

  g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

static void
on_encoded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);
  WtComposerAttachment *self = step->self;

  if (!is_current (step))
    return;
  if (bytes == NULL)
    {
      wt_composer_attachment_fail (self, error);
      return;
    }

  self->bytes = g_steal_pointer (&bytes);
  self->size = (gint64) g_bytes_get_size (self->bytes);
  begin_import (self);
}

/* From the beginning, with a new cancellable. */
void
wt_composer_attachment_load (WtComposerAttachment *self)
{
  if (self->draft)
    {
      wt_composer_attachment_resume (self);
    }
  else if (self->bytes != NULL)
    {
      begin_import (self);
    }
  else if (self->texture != NULL)
    {
      g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_encoded, step_new (self));

      g_task_set_source_tag (task, wt_composer_attachment_start);
      g_task_set_task_data (task, g_object_ref (self->texture), g_object_unref);
      g_task_run_in_thread (task, encode_in_thread);
    }
  else
    g_file_query_info_async (
        self->file,
        G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                       "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME
                                       "," G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE,
        G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, on_info, step_new (self));
}

/* What is stored as it is already. */
void
wt_composer_attachment_shrink (WtComposerAttachment *self)
{
  import (self, WT_SEGMENT_IMAGE, TRUE);
}
