/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-import.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wt-file-io.h"
#include "wt-file-name.h"
#include "wt-media-probe.h"
#include "wt-picture-encode.h"
#include "wt-picture.h"
#include "wt-protocol-error.h"
#include "wt-sniff.h"

/* Left in a message of the protocol's largest size for all that is not the contents. */
#define ENVELOPE_BYTES (16 * 1024)

/* Copied at a time from a file that is not on this machine. */
#define PIECE (64 * 1024)

typedef struct
{
  GFile *file;   /* (nullable) */
  GBytes *bytes; /* (nullable): where there is no file */
  char *name;    /* (nullable) */
  WtSegmentKind kind;
  guint longest_edge;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_clear_object (&import->file);
  g_clear_pointer (&import->bytes, g_bytes_unref);
  g_free (import->name);
  g_free (import);
}

static gboolean
is_shown (const Import *import)
{
  return import->kind == WT_SEGMENT_IMAGE || import->kind == WT_SEGMENT_EMOJI;
}

static gboolean
fits (guint64 size)
{
  return size < G_MAXINT
         && wt_base64_encoded_length ((gsize) size) <= WT_PROTOCOL_MAX_BYTES - ENVELOPE_BYTES;
}

/* What will be made smaller may be as large as what can be decoded. */
static gboolean
check_size (const Import *import, guint64 size, GError **error)
{
  gboolean shrinks = is_shown (import) && import->longest_edge > 0;

  if (fits (size) || (shrinks && size <= wt_picture_get_default_limits ()->max_file))
    return TRUE;

  g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE,
               "%" G_GUINT64_FORMAT " bytes, and more in base64; a message may have %d", size,
               WT_PROTOCOL_MAX_BYTES);
  return FALSE;
}

/* GIO's words for what this layer has codes of its own for. */
static void
take_error (GError **error, GError *problem)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND, problem->message);
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, problem->message);
  else
    {
      g_propagate_error (error, problem);
      return;
    }
  g_error_free (problem);
}

/* Before a byte of it is read; @import gets its name. */
static gboolean
check_file (Import *import, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (import->file,
                                                  G_FILE_ATTRIBUTE_STANDARD_TYPE
                                                  "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                  "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, &problem);

  if (info == NULL)
    {
      take_error (error, problem);
      return FALSE;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, "%s: not a regular file",
                   g_file_info_get_display_name (info));
      return FALSE;
    }
  if (import->name == NULL)
    import->name = g_strdup (g_file_info_get_display_name (info));

  return check_size (import, (guint64) MAX (g_file_info_get_size (info), 0), error);
}

static gboolean
copy_stream (Import *import, GInputStream *from, int to, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  guint64 size = 0;
  gssize got;

  while ((got = g_input_stream_read (from, piece, PIECE, cancellable, error)) > 0)
    {
      size += (guint64) got;
      if (!check_size (import, size, error)
          || !wt_file_io_write_all (to, piece, (gsize) got, error))
        return FALSE;
    }
  return got == 0;
}

/* A file without a path, on another machine say, is copied to one that has; it may tell a wrong size. */
static char *
fetch_file (Import *import, WtBlobs *blobs, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *blob = NULL;
  g_autoptr (GFileInputStream) from = g_file_read (import->file, cancellable, error);
  int to;

  if (from == NULL)
    return NULL;
  to = g_file_open_tmp ("wheatear-XXXXXX", &path, error);
  if (to < 0)
    return NULL;

  if (copy_stream (import, G_INPUT_STREAM (from), to, cancellable, error))
    blob = wt_blobs_add_file (blobs, path, NULL, cancellable, error);
  g_close (to, NULL);
  g_unlink (path);

  return g_steal_pointer (&blob);
}

static char *
add (Import *import, WtBlobs *blobs, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = NULL;

  if (import->file == NULL)
    return check_size (import, g_bytes_get_size (import->bytes), error)
               ? wt_blobs_add_bytes (blobs, import->bytes, error)
               : NULL;

  if (!check_file (import, cancellable, error))
    return NULL;
  path = g_file_get_path (import->file);

  return path != NULL ? wt_blobs_add_file (blobs, path, NULL, cancellable, error)
                      : fetch_file (import, blobs, cancellable, error);
}

static void
rename_for (WtMedia *media, const char *mime_type)
{
  const char *extension = wt_sniff_get_extension (mime_type);
  char *dot = media->name != NULL ? strrchr (media->name, '.') : NULL;
  g_autofree char *stem = NULL;

  if (media->name == NULL)
    return;
  stem = g_strndup (media->name, dot != NULL && dot != media->name ? (gsize) (dot - media->name)
                                                                   : strlen (media->name));
  g_free (media->name);
  media->name = g_strdup_printf ("%s.%s", stem, extension);
}

/* Puts a smaller picture in the place of a large one, where that has fewer bytes. */
static gboolean
shrink (Import *import, WtBlobs *blobs, WtMedia *media, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = wt_blobs_get_path (blobs, media->blob);
  g_autoptr (WtPixels) pixels = wt_picture_decode (path, (int) import->longest_edge,
                                                   (int) import->longest_edge, cancellable, error);
  g_autoptr (GBytes) smaller = NULL;
  const char *mime_type = NULL;
  char *blob;

  if (pixels == NULL)
    return FALSE;
  smaller = wt_picture_encode (pixels, &mime_type, error);
  if (smaller == NULL)
    return FALSE;
  if ((gint64) g_bytes_get_size (smaller) >= media->size)
    return TRUE;

  blob = wt_blobs_add_bytes (blobs, smaller, error);
  if (blob == NULL)
    return FALSE;
  wt_blobs_remove (blobs, media->blob, NULL);
  g_free (media->blob);
  media->blob = blob;
  media->size = (gint64) g_bytes_get_size (smaller);
  media->width = pixels->width;
  media->height = pixels->height;
  g_free (media->mime_type);
  media->mime_type = g_strdup (mime_type);
  rename_for (media, mime_type);

  return TRUE;
}

static gboolean
is_too_wide (const Import *import, const char *path, const WtMedia *media)
{
  WtPictureInfo info = { 0 };

  return is_shown (import) && import->longest_edge > 0
         && MAX (media->width, media->height) > (int) MIN (import->longest_edge, G_MAXINT)
         && wt_picture_inspect (path, &info, NULL, NULL) && !info.animated;
}

/* What has no mark to be known by is known by its name, for the one who gets it. */
static void
guess_type (WtMedia *media)
{
  g_autofree char *type = NULL;
  g_autofree char *mime_type = NULL;
  gboolean uncertain = FALSE;

  if (media->name == NULL || g_strcmp0 (media->mime_type, "application/octet-stream") != 0)
    return;
  type = g_content_type_guess (media->name, NULL, 0, &uncertain);
  mime_type = uncertain ? NULL : g_content_type_get_mime_type (type);
  if (mime_type == NULL)
    return;
  g_free (media->mime_type);
  media->mime_type = g_steal_pointer (&mime_type);
}

static gboolean
complete (Import *import, WtBlobs *blobs, WtMedia *media, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = wt_blobs_get_path (blobs, media->blob);
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    {
      g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND, "No such blob");
      return FALSE;
    }
  media->size = info.st_size;
  if (!wt_media_probe (import->kind, path, media, cancellable, error))
    return FALSE;
  if (is_shown (import) && media->width == 0)
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED,
                   "%s is not shown as a picture", media->mime_type);
      return FALSE;
    }
  if (is_too_wide (import, path, media) && !shrink (import, blobs, media, cancellable, error))
    return FALSE;
  guess_type (media);
  if (fits ((guint64) media->size))
    return TRUE;

  g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE,
               "%" G_GINT64_FORMAT " bytes, and more in base64; a message may have %d", media->size,
               WT_PROTOCOL_MAX_BYTES);
  return FALSE;
}

static void
import_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Import *import = data;
  WtBlobs *blobs = source;
  g_autoptr (WtMedia) media = wt_media_new ();
  GError *error = NULL;

  media->blob = add (import, blobs, cancellable, &error);
  if (media->blob != NULL && import->name != NULL)
    media->name = wt_file_name_make_safe (import->name, NULL);
  if (media->blob != NULL && complete (import, blobs, media, cancellable, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&media), (GDestroyNotify) wt_media_free);
      return;
    }

  /* It is young: where a message uses it, it stays. */
  if (media->blob != NULL)
    wt_blobs_remove (blobs, media->blob, NULL);
  g_task_return_error (task, error);
}

static void
start (WtBlobs *blobs,
       Import *import,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (blobs, cancellable, callback, data);

  g_task_set_source_tag (task, wt_import_file_async);
  g_task_set_task_data (task, import, import_free);
  g_task_run_in_thread (task, import_in_thread);
}

/**
 * wt_import_file_async:
 * @blobs: where it goes
 * @file: any regular file, also one that is not on this machine
 * @kind: what it is to be sent as
 * @longest_edge: pictures with more pixels than this on a side are made smaller; 0: as it is
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * See wt_session_import_file_async().
 */
void
wt_import_file_async (WtBlobs *blobs,
                      GFile *file,
                      WtSegmentKind kind,
                      guint longest_edge,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  Import *import = g_new0 (Import, 1);

  import->file = g_object_ref (file);
  import->kind = kind;
  import->longest_edge = longest_edge;
  start (blobs, import, cancellable, callback, data);
}

/**
 * wt_import_bytes_async:
 * @blobs: where it goes
 * @bytes: the contents
 * @name: (nullable): what it is called
 * @kind: what it is to be sent as
 * @longest_edge: pictures with more pixels than this on a side are made smaller; 0: as it is
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * See wt_session_import_bytes_async().
 */
void
wt_import_bytes_async (WtBlobs *blobs,
                       GBytes *bytes,
                       const char *name,
                       WtSegmentKind kind,
                       guint longest_edge,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  Import *import = g_new0 (Import, 1);

  import->bytes = g_bytes_ref (bytes);
  import->name = g_strdup (name);
  import->kind = kind;
  import->longest_edge = longest_edge;
  start (blobs, import, cancellable, callback, data);
}

/**
 * wt_import_finish:
 * @blobs: where it went
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the media, see wt_session_import_finish()
 */
WtMedia *
wt_import_finish (WtBlobs *blobs, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, blobs), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
