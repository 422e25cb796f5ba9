/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-sniff.h"

#include <glib/gstdio.h>

#include "wt-file-io.h"

/* Enough for every signature below, and for telling text from data. */
#define HEAD_LENGTH 4096

#define TYPE_TEXT "text/plain"
#define TYPE_UNKNOWN "application/octet-stream"

typedef struct
{
  gsize offset;
  gsize length;
  const char *bytes;
  const char *mime_type;
} WtSignature;

#define SIGNATURE(offset, bytes, type)                                                             \
  {                                                                                                \
    offset, sizeof (bytes) - 1, bytes, type                                                        \
  }

/* The first that fits wins. The two of text are the byte order marks of UTF-16. */
static const WtSignature signatures[] = {
  SIGNATURE (0, "\x89PNG\r\n\x1a\n", "image/png"),
  SIGNATURE (0, "\xff\xd8\xff", "image/jpeg"),
  SIGNATURE (0, "GIF87a", "image/gif"),
  SIGNATURE (0, "GIF89a", "image/gif"),
  SIGNATURE (0, "II*\0", "image/tiff"),
  SIGNATURE (0, "MM\0*", "image/tiff"),
  SIGNATURE (0, "\0\0\1\0", "image/vnd.microsoft.icon"),
  SIGNATURE (0, "\xff\x0a", "image/jxl"),
  SIGNATURE (0, "\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
  SIGNATURE (0, "\xff\xfe", TYPE_TEXT),
  SIGNATURE (0, "\xfe\xff", TYPE_TEXT),
  SIGNATURE (0, "ID3", "audio/mpeg"),
  SIGNATURE (0, "fLaC", "audio/flac"),
  SIGNATURE (0, "#!AMR", "audio/amr"),
  SIGNATURE (0, "#!SILK", "audio/x-silk"),
  SIGNATURE (0, "\2#!SILK", "audio/x-silk"),
  SIGNATURE (28, "OpusHead", "audio/ogg"),
  SIGNATURE (28, "\1vorbis", "audio/ogg"),
  SIGNATURE (28, "Speex   ", "audio/ogg"),
  SIGNATURE (28,
             "\x7f"
             "FLAC",
             "audio/ogg"),
  SIGNATURE (28, "\x80theora", "video/ogg"),
  SIGNATURE (0, "OggS", "audio/ogg"),
  SIGNATURE (0, "%PDF-", "application/pdf"),
  SIGNATURE (0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
  SIGNATURE (0, "Rar!\x1a\x07", "application/vnd.rar"),
  SIGNATURE (0, "\x1f\x8b", "application/gzip"),
  SIGNATURE (0, "BZh", "application/x-bzip2"),
  SIGNATURE (0,
             "\xfd"
             "7zXZ\0",
             "application/x-xz"),
  SIGNATURE (0, "\x28\xb5\x2f\xfd", "application/zstd"),
  SIGNATURE (257, "ustar", "application/x-tar"),
  SIGNATURE (0, "SQLite format 3\0", "application/vnd.sqlite3"),
  SIGNATURE (0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
  SIGNATURE (0, "{\\rtf", "application/rtf"),
  SIGNATURE (0,
             "\x7f"
             "ELF",
             "application/x-executable"),
  SIGNATURE (0, "#!", "application/x-shellscript"),
  SIGNATURE (0, "[Desktop Entry]", "application/x-desktop"),
};

/* ISO media files say what they are in the brand after "ftyp". */
static const struct
{
  const char *brand;
  const char *mime_type;
} brands[] = {
  { "avif", "image/avif" }, { "avis", "image/avif" }, { "heic", "image/heic" },
  { "heix", "image/heic" }, { "heim", "image/heic" }, { "heis", "image/heic" },
  { "hevc", "image/heic" }, { "mif1", "image/heif" }, { "msf1", "image/heif" },
  { "M4A ", "audio/mp4" },  { "M4B ", "audio/mp4" },  { "qt  ", "video/quicktime" },
  { "3gp", "video/3gpp" },  { "3g2", "video/3gpp" },
};

/* Files in ZIP whose first entry, stored as it is, names their type. */
static const char *const packed_types[] = {
  "application/epub+zip",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.spreadsheet",
  "application/vnd.oasis.opendocument.presentation",
  "application/vnd.oasis.opendocument.graphics",
};

static const struct
{
  const char *mime_type;
  const char *extension;
} extensions[] = {
  { "image/png", "png" },
  { "image/jpeg", "jpg" },
  { "image/gif", "gif" },
  { "image/webp", "webp" },
  { "image/svg+xml", "svg" },
  { "image/bmp", "bmp" },
  { "image/tiff", "tiff" },
  { "image/avif", "avif" },
  { "image/heic", "heic" },
  { "image/heif", "heif" },
  { "image/jxl", "jxl" },
  { "image/vnd.microsoft.icon", "ico" },
  { "audio/x-wav", "wav" },
  { "audio/wav", "wav" },
  { "audio/mpeg", "mp3" },
  { "audio/ogg", "ogg" },
  { "audio/flac", "flac" },
  { "audio/mp4", "m4a" },
  { "audio/aac", "aac" },
  { "audio/amr", "amr" },
  { "audio/x-silk", "silk" },
  { "video/mp4", "mp4" },
  { "video/quicktime", "mov" },
  { "video/3gpp", "3gp" },
  { "video/ogg", "ogv" },
  { "video/webm", "webm" },
  { "video/x-matroska", "mkv" },
  { "video/x-msvideo", "avi" },
  { "application/pdf", "pdf" },
  { "application/zip", "zip" },
  { "application/epub+zip", "epub" },
  { "application/vnd.oasis.opendocument.text", "odt" },
  { "application/vnd.oasis.opendocument.spreadsheet", "ods" },
  { "application/vnd.oasis.opendocument.presentation", "odp" },
  { "application/vnd.oasis.opendocument.graphics", "odg" },
  { "application/x-7z-compressed", "7z" },
  { "application/vnd.rar", "rar" },
  { "application/gzip", "gz" },
  { "application/x-bzip2", "bz2" },
  { "application/x-xz", "xz" },
  { "application/zstd", "zst" },
  { "application/x-tar", "tar" },
  { "application/vnd.sqlite3", "sqlite" },
  { "application/rtf", "rtf" },
  { "application/json", "json" },
  { "application/xml", "xml" },
  { "application/vnd.microsoft.portable-executable", "exe" },
  { "application/x-shellscript", "sh" },
  { "application/x-desktop", "desktop" },
  { "text/html", "html" },
  { TYPE_TEXT, "txt" },
};

static gboolean
has_bytes (const guint8 *data, gsize length, gsize offset, const char *bytes, gsize count)
{
  return length >= offset + count && memcmp (data + offset, bytes, count) == 0;
}

static const char *
sniff_riff (const guint8 *data, gsize length)
{
  if (has_bytes (data, length, 8, "WEBP", 4))
    return "image/webp";
  if (has_bytes (data, length, 8, "WAVE", 4))
    return "audio/x-wav";
  if (has_bytes (data, length, 8, "AVI ", 4))
    return "video/x-msvideo";
  return NULL;
}

static const char *
sniff_iso_media (const guint8 *data, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (has_bytes (data, length, 8, brands[i].brand, strlen (brands[i].brand)))
      return brands[i].mime_type;

  return "video/mp4";
}

static const char *
sniff_matroska (const guint8 *data, gsize length)
{
  /* The document type stands within the first few elements. */
  for (gsize at = 4; at < MIN (length, 64); at++)
    if (has_bytes (data, length, at, "webm", 4))
      return "video/webm";

  return "video/x-matroska";
}

static const char *
sniff_zip (const guint8 *data, gsize length)
{
  if (!has_bytes (data, length, 30, "mimetype", 8))
    return "application/zip";

  for (gsize i = 0; i < G_N_ELEMENTS (packed_types); i++)
    {
      gsize count = strlen (packed_types[i]);

      /* Whatever follows is the next entry, or nothing. */
      if (has_bytes (data, length, 38, packed_types[i], count)
          && (length == 38 + count || data[38 + count] == 'P'))
        return packed_types[i];
    }

  return "application/zip";
}

/* The first bytes of an MPEG audio frame, with no impossible value in its header. */
static const char *
sniff_mpeg_frame (const guint8 *data, gsize length)
{
  if (length < 4 || data[0] != 0xff || (data[1] & 0xe0) != 0xe0)
    return NULL;
  if ((data[1] & 0xf6) == 0xf0)
    return "audio/aac";
  if ((data[1] & 0x18) == 0x08 || (data[1] & 0x06) == 0 || (data[2] & 0xf0) == 0xf0
      || (data[2] & 0x0c) == 0x0c)
    return NULL;
  return "audio/mpeg";
}

/* Containers that need more than one look. */
static const char *
sniff_container (const guint8 *data, gsize length)
{
  if (has_bytes (data, length, 0, "RIFF", 4))
    return sniff_riff (data, length);
  if (has_bytes (data, length, 4, "ftyp", 4))
    return sniff_iso_media (data, length);
  if (has_bytes (data, length, 0, "\x1a\x45\xdf\xa3", 4))
    return sniff_matroska (data, length);
  if (has_bytes (data, length, 0, "PK\3\4", 4))
    return sniff_zip (data, length);
  if (has_bytes (data, length, 0, "PK\5\6", 4))
    return "application/zip";
  /* Two letters alone are too common in text: both have zeros where these formats want them. */
  if (has_bytes (data, length, 0, "BM", 2) && has_bytes (data, length, 6, "\0\0\0\0", 4))
    return "image/bmp";
  if (has_bytes (data, length, 0, "MZ", 2) && memchr (data, 0, MIN (length, 64)) != NULL)
    return "application/vnd.microsoft.portable-executable";
  return sniff_mpeg_frame (data, length);
}

/* Whether it reads as UTF-8 text; the last character may be cut off. */
static gboolean
is_text (const guint8 *data, gsize length)
{
  const char *end = NULL;

  for (gsize i = 0; i < length; i++)
    if ((data[i] < 0x20 && strchr ("\t\n\r\f\v\b\x1b", data[i]) == NULL) || data[i] == 0
        || data[i] == 0x7f)
      return FALSE;

  if (g_utf8_validate_len ((const char *) data, length, &end))
    return TRUE;

  return g_utf8_get_char_validated (end, (const char *) data + length - end) == (gunichar) -2;
}

/* Skips one thing that may stand before an XML root: space, declaration, comment, document type. */
static gboolean
skip_prolog (const char **text)
{
  static const char *const items[][2] = { { "<?", "?>" }, { "<!--", "-->" }, { "<!", ">" } };

  while (g_ascii_isspace (**text))
    (*text)++;

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_str_has_prefix (*text, items[i][0]))
      {
        const char *end = strstr (*text + strlen (items[i][0]), items[i][1]);

        if (end == NULL)
          return FALSE;
        *text = end + strlen (items[i][1]);
        return TRUE;
      }

  return FALSE;
}

static const char *
sniff_text (const guint8 *data, gsize length)
{
  g_autofree char *copy = g_strndup ((const char *) data, length);
  const char *text = copy;
  gboolean is_xml;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  while (g_ascii_isspace (*text))
    text++;

  is_xml = g_str_has_prefix (text, "<?xml");
  if (g_ascii_strncasecmp (text, "<!doctype html", 14) == 0)
    return "text/html";

  while (skip_prolog (&text))
    ;

  if (g_str_has_prefix (text, "<svg") || g_str_has_prefix (text, "<svg:svg"))
    return "image/svg+xml";
  if (g_ascii_strncasecmp (text, "<html", 5) == 0)
    return "text/html";
  return is_xml ? "application/xml" : TYPE_TEXT;
}

/**
 * wt_sniff_mime_type:
 * @data: (nullable): the first bytes of something; 4 KiB are enough
 * @length: their number
 *
 * Says what bytes are by looking at them only: pictures arrive without a type (wire.md, section 3), and
 * the type that a peer claims proves nothing.
 *
 * Returns: a MIME type, never %NULL: "text/plain" for UTF-8 text of no known kind,
 *   "application/octet-stream" for anything else
 */
const char *
wt_sniff_mime_type (const guint8 *data, gsize length)
{
  const char *found;

  if (data == NULL || length == 0)
    return TYPE_UNKNOWN;

  length = MIN (length, HEAD_LENGTH);
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (has_bytes (data, length, signatures[i].offset, signatures[i].bytes, signatures[i].length))
      return signatures[i].mime_type;

  found = sniff_container (data, length);
  if (found != NULL)
    return found;

  return is_text (data, length) ? sniff_text (data, length) : TYPE_UNKNOWN;
}

/**
 * wt_sniff_file:
 * @path: a regular file
 *
 * Sniffs the first 4 KiB of a file. Blocks.
 *
 * Returns: (transfer full): as wt_sniff_mime_type(), or %NULL with %WT_MEDIA_ERROR_NOT_FOUND,
 *   %WT_MEDIA_ERROR_UNSUPPORTED (not a regular file) or a #GIOErrorEnum
 */
char *
wt_sniff_file (const char *path, GError **error)
{
  guint8 head[HEAD_LENGTH];
  gsize size = 0;
  gssize got;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = wt_file_io_open_regular (path, &size, error);
  if (fd < 0)
    return NULL;

  got = wt_file_io_read_full (fd, head, sizeof head, error);
  g_close (fd, NULL);

  return got < 0 ? NULL : g_strdup (wt_sniff_mime_type (head, (gsize) got));
}

/**
 * wt_sniff_is_picture:
 * @mime_type: (nullable): a MIME type as sniffed
 *
 * Whether it is shown as a picture: PNG, JPEG, GIF and WebP. Others, SVG among them, are offered as files.
 */
gboolean
wt_sniff_is_picture (const char *mime_type)
{
  static const char *const pictures[] = {
    "image/png", "image/jpeg", "image/gif", "image/webp", NULL,
  };

  return mime_type != NULL && g_strv_contains (pictures, mime_type);
}

/**
 * wt_sniff_get_extension:
 * @mime_type: (nullable): a MIME type
 *
 * Returns: the usual extension of its files without the dot ("png"), "bin" for what is not known; never
 *   %NULL
 */
const char *
wt_sniff_get_extension (const char *mime_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_strcmp0 (extensions[i].mime_type, mime_type) == 0)
      return extensions[i].extension;

  return "bin";
}
