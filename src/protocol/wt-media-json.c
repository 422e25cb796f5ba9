/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms that pictures, stickers, recordings and files have on the wire (`wire.md` section 3). */

#include "wt-segment-private.h"

#include <string.h>

#include "wt-json-fields.h"

#define MAX_URL_BYTES WT_JSON_LIFT_BYTES
/* A data: URI has its MIME type and parameters before the comma. */
#define MAX_DATA_HEAD_BYTES 1024
/* Shorter contents are not worth a token. */
#define MIN_LIFT_BYTES 1024

/* Text from a document that may be lifted: never copied unless it has to be. */
typedef struct
{
  const char *text;
  gsize length;
  GBytes *lifted;
  gsize offset;
} Source;

static gboolean
source_init (Source *self, WtJson *document, WtJsonValue *node)
{
  const char *text;

  if (!wt_json_value_is (node, WT_JSON_KIND_STRING))
    return FALSE;

  text = wt_json_value_get_string (node);
  *self = (Source){ .text = text };
  self->lifted = document != NULL ? wt_json_get_lifted (document, text) : NULL;
  if (self->lifted != NULL)
    self->text = g_bytes_get_data (self->lifted, &self->length);
  else
    self->length = strlen (text);

  while (self->length > 0 && g_ascii_isspace (self->text[self->length - 1]))
    self->length--;
  while (self->length > 0 && g_ascii_isspace (*self->text))
    {
      self->text++;
      self->length--;
      self->offset++;
    }

  return TRUE;
}

static gboolean
source_has_prefix (const Source *self, const char *prefix)
{
  gsize length = strlen (prefix);

  return self->length >= length && g_ascii_strncasecmp (self->text, prefix, length) == 0;
}

static GBytes *
source_slice (const Source *self, gsize from)
{
  if (self->lifted != NULL)
    return g_bytes_new_from_bytes (self->lifted, self->offset + from, self->length - from);

  return g_bytes_new (self->text + from, self->length - from);
}

/* Only http and https may ever be fetched; `file:` and the rest are nobody's business. */
static gboolean
source_is_url (const Source *self)
{
  if (!source_has_prefix (self, "http://") && !source_has_prefix (self, "https://"))
    return FALSE;
  if (self->length > MAX_URL_BYTES)
    return FALSE;

  for (gsize i = 0; i < self->length; i++)
    {
      if (g_ascii_iscntrl (self->text[i]))
        return FALSE;
    }

  return TRUE;
}

/* base64 has no colon, so whatever begins like a URI is none. */
static gboolean
source_has_scheme (const Source *self)
{
  for (gsize i = 0; i < self->length; i++)
    {
      char c = self->text[i];

      if (c == ':')
        return i > 0;
      if (!g_ascii_isalnum (c) && c != '+' && c != '-' && c != '.')
        return FALSE;
    }

  return FALSE;
}

static gboolean
source_is_ascii (const Source *self)
{
  if (self->lifted != NULL)
    return TRUE;

  for (gsize i = 0; i < self->length; i++)
    {
      if ((guchar) self->text[i] >= 0x80)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_data_uri (WtMedia *self, const Source *source)
{
  gsize head_length = MIN (source->length, MAX_DATA_HEAD_BYTES);
  const char *comma = memchr (source->text, ',', head_length);
  g_autofree char *head = NULL;
  char *parameters;

  if (comma == NULL)
    return FALSE;

  head = g_ascii_strdown (source->text + strlen ("data:"),
                          comma - source->text - (gssize) strlen ("data:"));
  if (!g_str_has_suffix (head, ";base64"))
    return FALSE;

  parameters = strchr (head, ';');
  *parameters = '\0';
  if (self->mime_type == NULL && *head != '\0')
    self->mime_type = wt_json_make_valid (head, -1);
  self->base64 = source_slice (source, (gsize) (comma + 1 - source->text));

  return TRUE;
}

/* Sets the URL or the base64, where @node is either. */
static gboolean
read_source (WtMedia *self, WtJson *document, WtJsonValue *node, gboolean only_explicit)
{
  Source source;

  if (!source_init (&source, document, node) || source.length == 0)
    return FALSE;

  if (source_is_url (&source))
    {
      g_clear_pointer (&self->url, g_free);
      self->url = g_strndup (source.text, source.length);
      return TRUE;
    }

  if (self->base64 != NULL || !source_is_ascii (&source))
    return FALSE;
  if (source_has_prefix (&source, "data:"))
    return read_data_uri (self, &source);
  if (source_has_prefix (&source, "base64://"))
    {
      self->base64 = source_slice (&source, strlen ("base64://"));
      return TRUE;
    }
  if (only_explicit || source_has_scheme (&source))
    return FALSE;

  self->base64 = source_slice (&source, 0);
  return TRUE;
}

static void
take_source (WtMedia *self, WtJson *document, WtJsonRest *rest, const char *name, gboolean explicit)
{
  WtJsonValue *member = wt_json_rest_get (rest, name);

  if (member != NULL
      && (read_source (self, document, member, explicit)
          || wt_json_value_is (member, WT_JSON_KIND_NULL)))
    wt_json_rest_take (rest, name);
}

static void
take_size (WtMedia *self, WtJsonRest *rest, const char *name)
{
  WtJsonValue *member = wt_json_rest_get (rest, name);
  double size;

  if (member == NULL)
    return;

  if (wt_json_value_is (member, WT_JSON_KIND_NULL))
    {
      wt_json_rest_take (rest, name);
    }
  else if (self->size < 0 && wt_json_get_number (member, &size) && size >= 0
           && size < 9007199254740992.0)
    {
      self->size = (gint64) size;
      wt_json_rest_take (rest, name);
    }
}

static WtJsonValue *
read_object (WtMedia *self, WtJson *document, WtJsonValue *object)
{
  static const char *const names[] = { "name", "file", "file_name", "filename", NULL };
  static const char *const ids[] = { "file_id", "id", NULL };
  static const char *const types[] = { "mime_type", "mimeType", NULL };
  WtJsonRest rest = { object };

  take_source (self, document, &rest, "url", TRUE);
  if (self->url == NULL)
    take_source (self, document, &rest, "file_url", TRUE);
  take_source (self, document, &rest, "base64", FALSE);
  /* Some bridges put the contents where others put the name. */
  if (self->url == NULL && self->base64 == NULL)
    take_source (self, document, &rest, "file", TRUE);

  self->name = wt_json_take_first_text (document, &rest, names);
  self->file_id = wt_json_take_first_text (document, &rest, ids);
  if (self->mime_type == NULL)
    self->mime_type = wt_json_take_first_text (document, &rest, types);
  take_size (self, &rest, "size");
  take_size (self, &rest, "file_size");

  return wt_json_rest_copy (&rest, document);
}

/**
 * wt_media_read:
 * @self: empty media
 * @document: (nullable): the document that knows the lifted strings in @data
 * @data: the `data` of a picture, sticker, recording or file
 * @extra: (out) (transfer full): unknown members where @data is an object, else %NULL
 *
 * Reads an http(s) URL, a `data:` URI, bare base64, or an object with any of the names that
 * `wire.md` lists. A string that is none of them leaves the media without a source.
 *
 * Returns: whether @data is a string or an object
 */
gboolean
wt_media_read (WtMedia *self, WtJson *document, WtJsonValue *data, WtJsonValue **extra)
{
  *extra = NULL;

  if (wt_json_value_is (data, WT_JSON_KIND_OBJECT))
    {
      *extra = read_object (self, document, data);
      return TRUE;
    }

  if (!wt_json_value_is (data, WT_JSON_KIND_STRING))
    return FALSE;

  read_source (self, document, data, FALSE);
  return TRUE;
}

static WtJsonValue *
write_base64 (GBytes *base64, WtJson *document)
{
  g_autofree char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (base64, &length);

  if (document != NULL && length >= MIN_LIFT_BYTES)
    text = wt_json_lift (document, base64);
  if (text == NULL)
    text = wt_json_make_valid (data, (gssize) length);

  return wt_json_value_new_string (text);
}

static WtJsonValue *
write_string (const WtMedia *self, WtJson *document)
{
  if (self->base64 != NULL)
    return write_base64 (self->base64, document);

  return wt_json_value_new_string (self->url != NULL ? self->url : "");
}

/* MaiBot's bridge takes all of these; empty ones are left out, the size is a string. */
static WtJsonValue *
write_object (const WtMedia *self, WtJsonValue *extra, WtJson *document)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  wt_json_put_text (object, "name", self->name);
  if (self->size >= 0)
    {
      g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, self->size);

      wt_json_value_set_string (object, "size", size);
    }
  wt_json_put_text (object, "url", self->url);
  wt_json_put_text (object, "file_id", self->file_id);
  wt_json_put_text (object, "mime_type", self->mime_type);
  if (self->base64 != NULL)
    wt_json_value_set_member (object, "base64", write_base64 (self->base64, document));
  wt_json_put_rest (object, extra);

  return g_steal_pointer (&object);
}

/**
 * wt_media_write:
 * @self: some media
 * @kind: what it is
 * @dialect: how it is written
 * @extra: (nullable): unknown members, which need an object
 * @document: (nullable): the document that large contents are lifted into
 *
 * Writes the `data` of a segment: base64 when there is any, else the URL; as an object where the
 * dialect wants one for files, or a string cannot say it.
 *
 * Returns: (transfer full): a string or an object
 */
WtJsonValue *
wt_media_write (const WtMedia *self,
                WtSegmentKind kind,
                WtDialect dialect,
                WtJsonValue *extra,
                WtJson *document)
{
  gboolean has_string = self->url != NULL || self->base64 != NULL;

  if (kind == WT_SEGMENT_FILE && dialect == WT_DIALECT_MAIBOT)
    return write_object (self, extra, document);
  if (extra != NULL || (!has_string && (kind == WT_SEGMENT_FILE || self->file_id != NULL)))
    return write_object (self, extra, document);

  return write_string (self, document);
}
