/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trees to text, lifted strings put in without a copy of the document. */

#include "wt-json-write.h"

#include <math.h>
#include <string.h>

/* Nothing that was read is deeper; what is built here never comes near. */
#define MAX_DEPTH (2 * WT_PROTOCOL_MAX_DEPTH)
/* Bytes that are hashed together. */
#define HASH_AT_ONCE 512

typedef struct
{
  WtJson *document;
  WtJsonStyle style;
  guint depth;

  /* Where the text goes: counted always, copied or hashed where there is somewhere. */
  gsize length;
  char *buffer;
  GString *out;
  GChecksum *checksum;
  char unhashed[HASH_AT_ONCE]; /* what @checksum does not know yet */
  gsize n_unhashed;
} Writer;

static void
hash_rest (Writer *self)
{
  g_checksum_update (self->checksum, (const guchar *) self->unhashed, (gssize) self->n_unhashed);
  self->n_unhashed = 0;
}

/* Most of what is put is a few bytes long. */
static void
hash (Writer *self, const void *bytes, gsize length)
{
  if (length > sizeof self->unhashed - self->n_unhashed)
    hash_rest (self);
  if (length > sizeof self->unhashed)
    {
      g_checksum_update (self->checksum, bytes, (gssize) length);
      return;
    }
  memcpy (self->unhashed + self->n_unhashed, bytes, length);
  self->n_unhashed += length;
}

static void
put (Writer *self, const void *bytes, gsize length)
{
  if (self->buffer != NULL && length > 0)
    memcpy (self->buffer + self->length, bytes, length);
  if (self->out != NULL)
    g_string_append_len (self->out, bytes, (gssize) length);
  if (self->checksum != NULL)
    hash (self, bytes, length);
  self->length += length;
}

static void
put_text (Writer *self, const char *text)
{
  put (self, text, strlen (text));
}

static void
put_line (Writer *self)
{
  static const char line[] = "\n                                ";
  guint indent = self->depth * 2;

  if (self->style == WT_JSON_PRETTY)
    put (self, line, 1 + MIN (indent, sizeof line - 2));
}

static void
put_escape (Writer *self, guchar character)
{
  static const char letters[] = "btn\0fr";
  char escape[] = "\\u00XX";

  if (character == '"' || character == '\\')
    {
      escape[1] = (char) character;
      put (self, escape, 2);
    }
  else if (character >= '\b' && character <= '\r' && letters[character - '\b'] != '\0')
    {
      escape[1] = letters[character - '\b'];
      put (self, escape, 2);
    }
  else
    {
      escape[4] = "0123456789abcdef"[character >> 4];
      escape[5] = "0123456789abcdef"[character & 15];
      put (self, escape, 6);
    }
}

static void
put_string (Writer *self, const char *text)
{
  GBytes *lifted = self->document != NULL ? wt_json_get_lifted (self->document, text) : NULL;

  put (self, "\"", 1);
  if (lifted != NULL)
    {
      gsize length;
      const void *data = g_bytes_get_data (lifted, &length);

      put (self, data, length);
    }
  else
    {
      const char *run = text;

      for (; *text != '\0'; text++)
        {
          if ((guchar) *text >= 0x20 && *text != '"' && *text != '\\')
            continue;
          put (self, run, (gsize) (text - run));
          put_escape (self, (guchar) *text);
          run = text + 1;
        }
      put (self, run, (gsize) (text - run));
    }
  put (self, "\"", 1);
}

static void
put_integer (Writer *self, gint64 value)
{
  char buffer[32];

  g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, value);
  put_text (self, buffer);
}

/* Most numbers with a fraction are times, in seconds: what is a whole number of microseconds is written as below, without
 * a search for its precision. Doubles are close enough to each other there that no shorter text would be read as it. */
static gboolean
put_time (Writer *self, double value)
{
  double micros = nearbyint (value * G_USEC_PER_SEC);
  char buffer[32];
  int length;

  if (value < 1 || value >= 4e9 || micros / G_USEC_PER_SEC != value || value == floor (value))
    return FALSE;

  length = g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT ".%06d",
                       (gint64) micros / G_USEC_PER_SEC, (int) ((gint64) micros % G_USEC_PER_SEC));
  while (buffer[length - 1] == '0')
    length--;
  put (self, buffer, (gsize) length);
  return TRUE;
}

/* The shortest of the usual precisions that reads back as the same number. */
static void
put_double (Writer *self, double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      put_text (self, "null");
      return;
    }

  if (self->style == WT_JSON_CANONICAL && fabs (value) < 9007199254740992.0
      && value == floor (value))
    {
      put_integer (self, (gint64) value);
      return;
    }

  if (put_time (self, value))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  put_text (self, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    put_text (self, ".0");
}

static void put_node (Writer *self, WtJsonValue *node);

static int
compare_names (gconstpointer a, gconstpointer b, gpointer object)
{
  return strcmp (wt_json_value_get_name (object, *(const guint *) a),
                 wt_json_value_get_name (object, *(const guint *) b));
}

/* The members' places, in the order in which they are written. */
static guint *
sort_members (WtJsonValue *object)
{
  guint n = wt_json_value_get_length (object);
  guint *order = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_names, object);

  return order;
}

static void
put_container (Writer *self, WtJsonValue *container, gboolean is_object)
{
  guint n = wt_json_value_get_length (container);
  g_autofree guint *order = is_object && self->style == WT_JSON_CANONICAL ? sort_members (container)
                                                                          : NULL;

  put (self, is_object ? "{" : "[", 1);
  self->depth++;
  for (guint i = 0; i < n; i++)
    {
      guint place = order != NULL ? order[i] : i;

      if (i > 0)
        put (self, ",", 1);
      put_line (self);
      if (is_object)
        {
          put_string (self, wt_json_value_get_name (container, place));
          put_text (self, self->style == WT_JSON_PRETTY ? ": " : ":");
        }
      put_node (self, wt_json_value_get_element (container, place));
    }
  self->depth--;
  if (n > 0)
    put_line (self);
  put (self, is_object ? "}" : "]", 1);
}

static void
put_node (Writer *self, WtJsonValue *node)
{
  if (node == NULL || self->depth > MAX_DEPTH)
    {
      put_text (self, "null");
      return;
    }

  switch (wt_json_value_get_kind (node))
    {
    case WT_JSON_KIND_OBJECT:
      put_container (self, node, TRUE);
      break;
    case WT_JSON_KIND_ARRAY:
      put_container (self, node, FALSE);
      break;
    case WT_JSON_KIND_STRING:
      put_string (self, wt_json_value_get_string (node));
      break;
    case WT_JSON_KIND_DOUBLE:
      put_double (self, wt_json_value_get_double (node));
      break;
    case WT_JSON_KIND_INTEGER:
      put_integer (self, wt_json_value_get_integer (node));
      break;
    case WT_JSON_KIND_BOOLEAN:
      put_text (self, wt_json_value_get_boolean (node) ? "true" : "false");
      break;
    case WT_JSON_KIND_NULL:
    default:
      put_text (self, "null");
      break;
    }
}

/**
 * wt_json_append_string:
 * @out: JSON text
 * @text: UTF-8 text
 *
 * Appends a string, in quotes.
 */
void
wt_json_append_string (GString *out, const char *text)
{
  Writer writer = { .style = WT_JSON_COMPACT, .out = out };

  put_string (&writer, text);
}

/**
 * wt_json_append_double:
 * @out: JSON text
 * @value: a number; what is not finite is written as `null`
 *
 * Appends a number.
 */
void
wt_json_append_double (GString *out, double value)
{
  Writer writer = { .style = WT_JSON_COMPACT, .out = out };

  put_double (&writer, value);
}

static char *
write_buffer (WtJson *document, WtJsonValue *node, WtJsonStyle style, gsize *length)
{
  Writer counter = { .document = document, .style = style };
  Writer writer = { .document = document, .style = style };

  put_node (&counter, node);
  writer.buffer = g_malloc (counter.length + 1);
  put_node (&writer, node);
  g_assert (writer.length == counter.length);
  writer.buffer[writer.length] = '\0';
  *length = writer.length;

  return writer.buffer;
}

/**
 * wt_json_write:
 * @document: (nullable): the document that knows the tokens in @node
 * @node: (nullable): a tree; %NULL is written as `null`
 * @style: how
 *
 * Writes a tree as JSON; lifted strings are put in for their tokens. Needs no more memory than the
 * result. Thread-safe as long as nobody changes the tree.
 *
 * Returns: (transfer full): UTF-8 text
 */
GBytes *
wt_json_write (WtJson *document, WtJsonValue *node, WtJsonStyle style)
{
  gsize length;
  char *buffer = write_buffer (document, node, style, &length);

  return g_bytes_new_take (buffer, length);
}

/**
 * wt_json_write_text:
 * @document: (nullable): the document that knows the tokens in @node
 * @node: (nullable): a tree
 * @style: how
 *
 * As wt_json_write(), for text.
 *
 * Returns: (transfer full): UTF-8 text
 */
char *
wt_json_write_text (WtJson *document, WtJsonValue *node, WtJsonStyle style)
{
  gsize length;

  return write_buffer (document, node, style, &length);
}

/**
 * wt_json_digest:
 * @document: (nullable): the document that knows the tokens in @node
 * @node: (nullable): a tree
 *
 * The digest of the tree's canonical form: the same for all ways to write the same values.
 *
 * Returns: (transfer full): the SHA-256 in lower-case hexadecimal
 */
char *
wt_json_digest (WtJson *document, WtJsonValue *node)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Writer writer = { .document = document, .style = WT_JSON_CANONICAL, .checksum = checksum };

  put_node (&writer, node);
  hash_rest (&writer);

  return g_strdup (g_checksum_get_string (checksum));
}
