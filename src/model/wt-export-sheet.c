/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-export-sheet.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "wt-export-json.h"
#include "wt-export-markdown.h"
#include "wt-export-file.h"
#include "wt-escape.h"
#include "wt-export-words.h"
#include "wt-file-io.h"
#include "wt-segment.h"
#include "wt-sniff.h"

/* A longer "extension" is a part of the name. */
#define MOST_EXTENSION_BYTES 16

struct _WtExportSheet
{
  /* owned */
  char *path;
  char *attachments; /* (nullable): their folder, made with the first of them */
  char *day;         /* (nullable): of the last message */

  /* borrowed */
  WtBlobs *blobs;
  const WtAccountRecord *account;
  const WtConversationRecord *conversation;

  WtExportFormat format;
  int fd;
  guint missing;
};

/* One picture or file of a message. */
typedef struct
{
  const char *kind;
  WtMedia *media;
  char *file; /* (nullable): relative to the sheet */
} Attachment;

static void
attachment_free (gpointer data)
{
  Attachment *attachment = data;

  wt_media_free (attachment->media);
  g_free (attachment->file);
  g_free (attachment);
}

static gboolean
write_text (WtExportSheet *self, const char *text, GError **error)
{
  if (wt_file_io_write_all (self->fd, text, strlen (text), error))
    return TRUE;
  g_prefix_error (error, "%s: ", self->path);
  return FALSE;
}

/* Attachments */

static WtMedia *
collect (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  static const char *const names[] = {
    [WT_SEGMENT_IMAGE] = "image",
    [WT_SEGMENT_EMOJI] = "emoji",
    [WT_SEGMENT_VOICE] = "voice",
    [WT_SEGMENT_FILE] = "file",
  };
  GPtrArray *attachments = data;
  Attachment *attachment = g_new0 (Attachment, 1);

  attachment->kind = (gsize) kind < G_N_ELEMENTS (names) && names[kind] != NULL ? names[kind]
                                                                                : "file";
  attachment->media = wt_media_copy (media);
  g_ptr_array_add (attachments, attachment);
  return wt_media_copy (media);
}

static GPtrArray *
list_attachments (const WtMessageRecord *message)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func (attachment_free);
  g_autoptr (WtSegment) segment = wt_message_record_dup_segment (message, NULL);
  g_autoptr (WtSegment) same = NULL;

  if (segment != NULL)
    same = wt_segment_map_media (segment, collect, attachments, NULL);
  return attachments;
}

static gboolean
ensure_folder (WtExportSheet *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *attachments = NULL;

  if (self->attachments != NULL)
    return TRUE;
  *strrchr (name, '.') = '\0';
  attachments = g_strconcat (name, "-files", NULL);
  self->attachments = wt_export_file_make_folder (folder, attachments, error);
  return self->attachments != NULL;
}

static char *
split_name (const Attachment *attachment, const char *source, char **ending)
{
  const char *name = attachment->media->name;
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  if (dot != NULL && dot != name && strlen (dot) <= MOST_EXTENSION_BYTES
      && strpbrk (dot, "/\\") == NULL)
    {
      g_autofree char *safe = wt_escape_text (dot + 1);

      *ending = g_str_equal (safe, dot + 1) ? g_strdup (dot) : g_strdup ("");
      return g_strndup (name, (gsize) (dot - name));
    }

  g_autofree char *type = wt_sniff_file (source, NULL);
  const char *extension = type != NULL ? wt_sniff_get_extension (type) : NULL;

  *ending = extension != NULL ? g_strconcat (".", extension, NULL) : g_strdup ("");
  return g_strdup (name != NULL && *name != '\0' ? name : attachment->kind);
}

static gboolean
copy_contents (int from, int to, const char *blob, const char *path, GError **error)
{
  gint64 size = 0;
  g_autofree char *digest = wt_file_io_copy (from, to, &size, NULL, error);

  if (digest == NULL)
    return FALSE;
  if (g_str_equal (digest, blob))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s is damaged"), path);
  return FALSE;
}

/* One that is not there any more, or damaged, is counted; one that cannot be written ends the export. */
static gboolean
copy_attachment (WtExportSheet *self, Attachment *attachment, GError **error)
{
  g_autofree char *source = wt_blobs_get_path (self->blobs, attachment->media->blob);
  g_autofree char *ending = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) problem = NULL;
  gsize size = 0;
  int from = source != NULL ? wt_file_io_open_regular (source, &size, NULL) : -1;
  int to = -1;
  gboolean copied = FALSE;

  if (from < 0)
    {
      self->missing++;
      return TRUE;
    }
  name = split_name (attachment, source, &ending);
  if (ensure_folder (self, error))
    to = wt_export_file_open (self->attachments, name, ending, &path, error);
  if (to >= 0)
    copied = copy_contents (from, to, attachment->media->blob, source, &problem);
  g_close (from, NULL);
  if (to < 0)
    return FALSE;

  g_close (to, NULL);
  if (copied)
    {
      g_autofree char *folder = g_path_get_basename (self->attachments);
      g_autofree char *file = g_path_get_basename (path);

      attachment->file = g_build_filename (folder, file, NULL);
      return TRUE;
    }
  g_unlink (path);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      self->missing++;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* JSON lines */

static void
add_text (WtJsonValue *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    wt_json_value_set_string (object, name, text);
  else
    wt_json_value_set_string (object, name, NULL);
}

static WtJsonValue *
make_attachments (GPtrArray *attachments)
{
  WtJsonValue *array = wt_json_value_new (WT_JSON_KIND_ARRAY);

  for (guint i = 0; i < attachments->len; i++)
    {
      const Attachment *attachment = g_ptr_array_index (attachments, i);
      WtJsonValue *object = wt_json_value_new (WT_JSON_KIND_OBJECT);

      wt_json_value_set_string (object, "kind", attachment->kind);
      add_text (object, "name", attachment->media->name);
      add_text (object, "mime_type", attachment->media->mime_type);
      add_text (object, "sha256", attachment->media->blob);
      add_text (object, "url", attachment->media->url);
      add_text (object, "file", attachment->file);
      wt_json_value_append (array, object);
    }
  return array;
}

static gboolean
add_json (WtExportSheet *self,
          const WtMessageRecord *message,
          GPtrArray *attachments,
          GError **error)
{
  g_autoptr (WtJsonValue) node = wt_export_json_new (self->account, self->conversation, message);
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;
  g_autofree char *line = NULL;

  wt_json_value_set_member (node, "attachments", make_attachments (attachments));
  text = wt_json_value_to_text (node);
  safe = wt_escape_json (text);
  line = g_strconcat (safe, "\n", NULL);
  return write_text (self, line, error);
}

/* Markdown */

static gboolean
add_heading (WtExportSheet *self, GError **error)
{
  g_autofree char *title = wt_export_markdown_escape_line (
      wt_export_words_title (self->conversation));
  g_autofree char *heading = g_strdup_printf ("# %s\n", title);

  return write_text (self, heading, error);
}

static void
append_attachments (GString *out, GPtrArray *attachments)
{
  for (guint i = 0; i < attachments->len; i++)
    {
      const Attachment *attachment = g_ptr_array_index (attachments, i);
      gboolean is_picture = g_str_equal (attachment->kind, "image")
                            || g_str_equal (attachment->kind, "emoji");
      g_autofree char *name = attachment->file != NULL ? g_path_get_basename (attachment->file)
                                                       : NULL;
      g_autofree char *link = attachment->file != NULL
                                  ? wt_export_markdown_link (name, attachment->file, is_picture)
                                  : NULL;

      if (link != NULL)
        g_string_append_printf (out, "\n%s\n", link);
    }
}

static gboolean
add_markdown (WtExportSheet *self,
              const WtMessageRecord *message,
              GPtrArray *attachments,
              GError **error)
{
  g_autofree char *time = wt_export_words_time (message->time);
  const char *clock = strchr (time, ' ');
  g_autofree char *day = clock != NULL ? g_strndup (time, (gsize) (clock - time)) : g_strdup (time);
  g_autofree char *author = wt_export_markdown_escape_line (wt_export_words_author (message));
  g_autofree char *text = wt_export_markdown_escape (message->deleted ? wt_export_words_deleted ()
                                                                      : message->text);
  const char *delivery = message->direction == WT_DIRECTION_OUT
                             ? wt_export_words_delivery (message->delivery)
                             : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (g_strcmp0 (day, self->day) != 0)
    g_string_append_printf (out, "\n## %s\n", day);
  g_free (self->day);
  self->day = g_steal_pointer (&day);
  g_string_append_printf (out, "\n**%s** %s", author, clock != NULL ? clock + 1 : "");
  if (delivery != NULL)
    g_string_append_printf (out, " (%s)", delivery);
  g_string_append_printf (out, "\n\n%s\n", text);
  append_attachments (out, attachments);
  return write_text (self, out->str, error);
}

/**
 * wt_export_sheet_new:
 * @folder: (type filename): where to put it; exists
 * @format: how to write it
 * @blobs: where the pictures and files are
 * @account: (nullable): whose conversation it is; lives longer
 * @conversation: the conversation; lives longer
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): a new file, named by the conversation's title
 */
WtExportSheet *
wt_export_sheet_new (const char *folder,
                     WtExportFormat format,
                     WtBlobs *blobs,
                     const WtAccountRecord *account,
                     const WtConversationRecord *conversation,
                     GError **error)
{
  g_autoptr (WtExportSheet) self = g_new0 (WtExportSheet, 1);
  g_autofree char *name = g_strdup (wt_export_words_title (conversation));

  /* A title is no path: all of it is the name. */
  g_strdelimit (name, "/\\", '_');
  self->format = format;
  self->blobs = blobs;
  self->account = account;
  self->conversation = conversation;
  self->fd = wt_export_file_open (folder, name, format == WT_EXPORT_FORMAT_JSONL ? ".jsonl" : ".md",
                                  &self->path, error);
  if (self->fd < 0 || (format == WT_EXPORT_FORMAT_MARKDOWN && !add_heading (self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/* It was made for this sheet: all that is in it is ours. */
static void
remove_attachments (WtExportSheet *self)
{
  g_autoptr (GDir) folder = self->attachments != NULL ? g_dir_open (self->attachments, 0, NULL)
                                                      : NULL;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->attachments, name, NULL);

      g_unlink (path);
    }
  if (folder != NULL)
    g_rmdir (self->attachments);
}

/**
 * wt_export_sheet_free:
 * @self: (transfer full): a sheet; where it was not closed, its files go: half a conversation must not look like a whole one
 */
void
wt_export_sheet_free (WtExportSheet *self)
{
  if (self->path != NULL && self->fd >= 0)
    {
      g_close (self->fd, NULL);
      g_unlink (self->path);
      remove_attachments (self);
    }
  g_free (self->path);
  g_free (self->attachments);
  g_free (self->day);
  g_free (self);
}

/**
 * wt_export_sheet_add:
 * @self: a sheet
 * @message: the conversation's next message
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether it was written, with its attachments
 */
gboolean
wt_export_sheet_add (WtExportSheet *self, const WtMessageRecord *message, GError **error)
{
  g_autoptr (GPtrArray) attachments = list_attachments (message);

  for (guint i = 0; i < attachments->len; i++)
    {
      Attachment *attachment = g_ptr_array_index (attachments, i);

      if (attachment->media->blob != NULL && !copy_attachment (self, attachment, error))
        return FALSE;
    }
  return self->format == WT_EXPORT_FORMAT_JSONL ? add_json (self, message, attachments, error)
                                                : add_markdown (self, message, attachments, error);
}

/**
 * wt_export_sheet_close:
 * @self: a sheet
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether all of it is on disk
 */
gboolean
wt_export_sheet_close (WtExportSheet *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  int fd = self->fd;

  self->fd = -1;
  fsync (fd);
  if (g_close (fd, &problem))
    return TRUE;
  g_unlink (self->path);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * wt_export_sheet_get_path:
 * @self: a sheet
 *
 * Returns: (type filename): its file
 */
const char *
wt_export_sheet_get_path (WtExportSheet *self)
{
  return self->path;
}

/**
 * wt_export_sheet_get_missing:
 * @self: a sheet
 *
 * Returns: how many attachments were not there to be copied
 */
guint
wt_export_sheet_get_missing (WtExportSheet *self)
{
  return self->missing;
}
