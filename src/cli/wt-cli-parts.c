/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-parts.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "wt-cli-error.h"
#include "wt-cli-options.h"
#include "wt-file-name.h"
#include "wt-protocol-error.h"
#include "wt-sniff.h"

/* In the text of --count: the message's number. */
#define NUMBER "{n}"
#define MOST_READ (64 * 1024)

/**
 * wt_cli_parts_clear:
 * @self: a message's parts
 */
void
wt_cli_parts_clear (WtCliParts *self)
{
  g_clear_pointer (&self->images, g_strfreev);
  g_clear_pointer (&self->files, g_strfreev);
  g_clear_pointer (&self->text, g_free);
}

static gboolean
refuse_size (const char *what, guint64 size, GError **error)
{
  g_autofree char *shown = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *most = g_format_size_full (WT_PROTOCOL_MAX_BYTES, G_FORMAT_SIZE_IEC_UNITS);

  return wt_cli_error_set (error, WT_CLI_ERROR_FAILED,
                           _ ("%s is too large: the message would have %s, and the protocol allows "
                              "%s. Pictures and files grow by a third on their way."),
                           what, shown, most);
}

static char *
read_standard_input (GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (MOST_READ);
  gsize got;

  while (bytes->len <= WT_PROTOCOL_MAX_BYTES && (got = fread (piece, 1, MOST_READ, stdin)) > 0)
    g_byte_array_append (bytes, piece, (guint) got);
  if (ferror (stdin))
    {
      wt_cli_error_set (error, WT_CLI_ERROR_FAILED, _ ("Standard input cannot be read: %s."),
                        g_strerror (errno));
      return NULL;
    }
  if (bytes->len > WT_PROTOCOL_MAX_BYTES)
    {
      refuse_size (_ ("The text"), bytes->len, error);
      return NULL;
    }
  /* The line break that ends a file is no part of what it says. */
  if (bytes->len > 0 && bytes->data[bytes->len - 1] == '\n')
    g_byte_array_set_size (bytes, bytes->len - 1);
  if (!g_utf8_validate ((const char *) bytes->data, (gssize) bytes->len, NULL))
    {
      wt_cli_error_set (error, WT_CLI_ERROR_FAILED, "%s",
                        _ ("Standard input is not text in UTF-8."));
      return NULL;
    }
  return g_strndup ((const char *) bytes->data, bytes->len);
}

/**
 * wt_cli_parts_take_text:
 * @self: a message's parts
 * @words: (nullable): what is left on the command line: the text, or `-` for standard input
 * @error: return location for a #WtCliError
 *
 * Returns: whether the message has something in it now
 */
gboolean
wt_cli_parts_take_text (WtCliParts *self, GStrv words, GError **error)
{
  gboolean has_media = self->images != NULL || self->files != NULL;

  if (words == NULL || words[0] == NULL)
    return has_media
           || wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s",
                                _ ("There is nothing to send: give a TEXT, --image or --file."));

  g_autofree char *text = wt_cli_options_take_single (words, _ ("TEXT"), error);

  if (text == NULL)
    return FALSE;
  self->text = g_str_equal (text, "-") ? read_standard_input (error) : g_steal_pointer (&text);
  if (self->text == NULL)
    return FALSE;
  return *self->text != '\0' || has_media
         || wt_cli_error_set (error, WT_CLI_ERROR_USAGE, "%s", _ ("The text is empty."));
}

static gboolean
check_file (const char *path, gboolean is_image, guint64 *total, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return wt_cli_error_set (error, WT_CLI_ERROR_FAILED, _ ("%s cannot be read: %s."), shown,
                             g_strerror (errno));
  if (!S_ISREG (info.st_mode))
    return wt_cli_error_set (error, WT_CLI_ERROR_FAILED, _ ("%s is no file."), shown);
  if (info.st_size == 0)
    return wt_cli_error_set (error, WT_CLI_ERROR_FAILED, _ ("%s is empty."), shown);

  /* In base64. */
  *total += ((guint64) info.st_size + 2) / 3 * 4;
  if (*total > WT_PROTOCOL_MAX_BYTES)
    return refuse_size (shown, *total, error);

  g_autofree char *type = is_image ? wt_sniff_file (path, error) : NULL;

  if (is_image && type == NULL)
    return FALSE;
  if (is_image && !wt_sniff_is_picture (type))
    return wt_cli_error_set (error, WT_CLI_ERROR_FAILED,
                             _ ("%s is no picture: send it with --file."), shown);
  return TRUE;
}

/**
 * wt_cli_parts_check:
 * @self: a message's parts
 * @error: return location for %WT_CLI_ERROR_FAILED
 *
 * Looks at the files before anything else happens.
 *
 * Returns: whether the message can be sent as far as one can tell
 */
gboolean
wt_cli_parts_check (const WtCliParts *self, GError **error)
{
  guint64 total = self->text != NULL ? strlen (self->text) : 0;

  for (char **path = self->images; path != NULL && *path != NULL; path++)
    {
      if (!check_file (*path, TRUE, &total, error))
        return FALSE;
    }
  for (char **path = self->files; path != NULL && *path != NULL; path++)
    {
      if (!check_file (*path, FALSE, &total, error))
        return FALSE;
    }
  return total <= WT_PROTOCOL_MAX_BYTES || refuse_size (_ ("The text"), total, error);
}

static WtSegment *
store_file (WtBlobs *blobs,
            const char *path,
            WtSegmentKind kind,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autofree char *name = g_path_get_basename (path);

  media->blob = wt_blobs_add_file (blobs, path, &media->size, cancellable, error);
  if (media->blob == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  media->name = wt_file_name_make_safe (name, NULL);
  media->mime_type = wt_sniff_file (path, NULL);
  return wt_segment_new_media (kind, media);
}

/**
 * wt_cli_parts_store:
 * @self: a message's parts
 * @blobs: where they go
 * @cancellable: (nullable): stops it
 * @error: return location for a #WtMediaError or #GIOErrorEnum
 *
 * Returns: (transfer full) (element-type WtSegment) (nullable): the pictures and files, stored
 */
GPtrArray *
wt_cli_parts_store (const WtCliParts *self,
                    WtBlobs *blobs,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) media = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_segment_unref);
  const struct
  {
    GStrv paths;
    WtSegmentKind kind;
  } lists[] = { { self->images, WT_SEGMENT_IMAGE }, { self->files, WT_SEGMENT_FILE } };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (char **path = lists[i].paths; path != NULL && *path != NULL; path++)
        {
          WtSegment *segment = store_file (blobs, *path, lists[i].kind, cancellable, error);

          if (segment == NULL)
            return NULL;
          g_ptr_array_add (media, segment);
        }
    }
  return g_steal_pointer (&media);
}

/**
 * wt_cli_parts_make:
 * @self: a message's parts
 * @media: (element-type WtSegment): what wt_cli_parts_store() returned
 * @number: the message's number among several, from 1; 0 where there is one only
 *
 * Returns: (transfer full): the message: a list where it has several parts
 */
WtSegment *
wt_cli_parts_make (const WtCliParts *self, GPtrArray *media, guint number)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_segment_unref);

  for (guint i = 0; i < media->len; i++)
    g_ptr_array_add (parts, wt_segment_ref (g_ptr_array_index (media, i)));
  if (self->text != NULL && *self->text != '\0')
    {
      g_autoptr (GString) text = g_string_new (self->text);
      g_autofree char *digits = g_strdup_printf ("%u", number);

      if (number > 0)
        g_string_replace (text, NUMBER, digits, 0);
      g_ptr_array_add (parts, wt_segment_new_text (text->str));
    }
  if (parts->len == 1)
    return wt_segment_ref (g_ptr_array_index (parts, 0));
  return wt_segment_new_list ((WtSegment *const *) parts->pdata, parts->len);
}
