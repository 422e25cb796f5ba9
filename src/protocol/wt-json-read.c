/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One pass over a document makes the tree of it: strict about the grammar, bounded in size, depth and number of values,
 * mending what can be mended, and lifting the big strings out. json-glib's parser takes several times as long, and would
 * need a pass before it: deep nesting ends its process, lone surrogates become invalid UTF-8, `\u0000` cuts strings. */

#include "wt-json-read.h"

#include <math.h>
#include <string.h>

#include "wt-digits.h"
#include "wt-json-string.h"
#include "wt-json.h"

/* Longer numbers are nobody's; to convert one costs time that a peer should not be able to spend. */
#define MAX_NUMBER_BYTES 1024

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_NAME,
  EXPECT_NAME_OR_END,
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expect;

typedef struct
{
  GBytes *text;
  const guint8 *start;
  const guint8 *end;
  const guint8 *at;

  WtJsonValue *root;
  GString *name;    /* of the member whose value comes next */
  GString *string;  /* the last one, decoded */
  gsize n_repaired; /* bytes of strings that had to be repaired */

  WtJson *document;

  guint depth;
  /* an array or object at each depth, borrowed from the tree */
  WtJsonValue *containers[WT_PROTOCOL_MAX_DEPTH + 1];
  guint n_members[WT_PROTOCOL_MAX_DEPTH + 1];
  guint n_values;
  Expect expect;
} Reader;

static gboolean
fail (Reader *self, WtProtocolError code, const char *problem, GError **error)
{
  g_set_error (error, WT_PROTOCOL_ERROR, code, "%s at byte %" G_GSIZE_FORMAT, problem,
               (gsize) (self->at - self->start));
  return FALSE;
}

static gboolean
is_in_object (Reader *self)
{
  return wt_json_value_is (self->containers[self->depth], WT_JSON_KIND_OBJECT);
}

/* Puts a value in its place: the document, the member of that name, or the end of the array. */
static void
add (Reader *self, WtJsonValue *value)
{
  if (self->depth == 0)
    self->root = value;
  else if (is_in_object (self))
    wt_json_value_set_member (self->containers[self->depth], self->name->str, value);
  else
    wt_json_value_append (self->containers[self->depth], value);
}

static void
lift (Reader *self, const guint8 *body, const guint8 *close, WtJsonStringFlags flags)
{
  gsize length = (gsize) (close - body);
  g_autofree char *token = NULL;
  GBytes *bytes = NULL;

  if (flags == 0)
    {
      bytes = g_bytes_new_from_bytes (self->text, (gsize) (body - self->start), length);
    }
  else
    {
      g_autofree guint8 *unescaped = g_malloc (length);
      gsize n = 0;

      for (const guint8 *p = body; p < close; p++)
        {
          if (*p != '\\')
            unescaped[n++] = *p;
        }
      bytes = g_bytes_new_take (g_steal_pointer (&unescaped), n);
    }

  token = wt_json_add_lifted (self->document, bytes);
  add (self, wt_json_value_new_string (token));
}

static gboolean
read_string (Reader *self, GString *into, GError **error)
{
  const guint8 *body = self->at + 1;
  WtJsonStringFlags flags;
  const char *problem = NULL;
  const guint8 *close = wt_json_string_measure (body, self->end, &flags, &problem);

  if (close == NULL)
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, problem, error);

  self->at = close + 1;
  if (into == self->string && close - body > WT_JSON_LIFT_BYTES
      && (flags & ~WT_JSON_STRING_SLASH) == 0)
    {
      lift (self, body, close, flags);
      return TRUE;
    }

  g_string_truncate (into, 0);
  if (wt_json_string_is_sound (body, close, flags))
    g_string_append_len (into, (const char *) body, close - body);
  else
    {
      wt_json_string_decode (body, close, into);
      self->n_repaired += into->len;
      if (self->n_repaired > WT_PROTOCOL_MAX_BYTES)
        return fail (self, WT_PROTOCOL_ERROR_TOO_LARGE,
                     "more than the protocol's cap once repaired", error);
    }

  if (into == self->string)
    add (self, wt_json_value_new_string_len (into->str, into->len));
  return TRUE;
}

static const guint8 *
skip_digits (const guint8 *text, const guint8 *end)
{
  while (text < end && g_ascii_isdigit (*text))
    text++;
  return text;
}

/* The grammar of RFC 8259, section 6; NULL where it is broken. */
static const guint8 *
measure_number (const guint8 *text, const guint8 *end, gboolean *is_integer)
{
  const guint8 *digits;

  *is_integer = TRUE;
  if (text < end && *text == '-')
    text++;

  digits = text;
  text = skip_digits (text, end);
  if (text == digits || (*digits == '0' && text - digits > 1))
    return NULL;

  if (text < end && *text == '.')
    {
      digits = text + 1;
      text = skip_digits (digits, end);
      if (text == digits)
        return NULL;
      *is_integer = FALSE;
    }

  if (text < end && (*text == 'e' || *text == 'E'))
    {
      text++;
      if (text < end && (*text == '+' || *text == '-'))
        text++;
      digits = text;
      text = skip_digits (text, end);
      if (text == digits)
        return NULL;
      *is_integer = FALSE;
    }

  return text;
}

/* Integers beyond 64 bits are doubles; doubles beyond their range the largest there is. */
static WtJsonValue *
make_number (const char *number, gboolean is_integer)
{
  gboolean is_negative = *number == '-';
  guint64 size;
  double value;

  if (is_integer
      && wt_digits_parse (number + is_negative, (guint64) G_MAXINT64 + is_negative, &size))
    return wt_json_value_new_integer ((gint64) (is_negative ? 0 - size : size));

  value = g_ascii_strtod (number, NULL);
  return wt_json_value_new_double (CLAMP (value, -G_MAXDOUBLE, G_MAXDOUBLE));
}

static gboolean
read_number (Reader *self, GError **error)
{
  gboolean is_integer;
  const guint8 *end = measure_number (self->at, self->end, &is_integer);
  char number[MAX_NUMBER_BYTES + 1];
  gsize length;

  if (end == NULL)
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "not a JSON value", error);

  length = (gsize) (end - self->at);
  if (length > MAX_NUMBER_BYTES)
    return fail (self, WT_PROTOCOL_ERROR_RANGE, "a number of too many digits", error);

  memcpy (number, self->at, length);
  number[length] = '\0';
  add (self, make_number (number, is_integer));
  self->at = end;
  return TRUE;
}

static gboolean
skip_word (Reader *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;

  self->at += length;
  return TRUE;
}

static gboolean
read_word (Reader *self, GError **error)
{
  if (skip_word (self, "null"))
    add (self, wt_json_value_new (WT_JSON_KIND_NULL));
  else if (skip_word (self, "true"))
    add (self, wt_json_value_new_boolean (TRUE));
  else if (skip_word (self, "false"))
    add (self, wt_json_value_new_boolean (FALSE));
  else
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "not a JSON value", error);

  return TRUE;
}

static void
after_value (Reader *self)
{
  self->expect = self->depth == 0 ? EXPECT_NOTHING : EXPECT_COMMA_OR_END;
}

static gboolean
open_container (Reader *self, GError **error)
{
  gboolean is_object = *self->at == '{';
  WtJsonValue *container;

  if (self->depth == WT_PROTOCOL_MAX_DEPTH)
    return fail (self, WT_PROTOCOL_ERROR_TOO_DEEP, "nested too deep", error);

  container = wt_json_value_new (is_object ? WT_JSON_KIND_OBJECT : WT_JSON_KIND_ARRAY);
  add (self, container);

  self->expect = is_object ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
  self->depth++;
  self->containers[self->depth] = container;
  self->n_members[self->depth] = 0;
  self->at++;

  return TRUE;
}

static gboolean
close_container (Reader *self, GError **error)
{
  if ((*self->at == '}') != is_in_object (self))
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "the wrong closing bracket", error);

  self->at++;
  self->depth--;
  after_value (self);

  return TRUE;
}

static gboolean
read_value (Reader *self, GError **error)
{
  if (++self->n_values > WT_PROTOCOL_MAX_VALUES)
    return fail (self, WT_PROTOCOL_ERROR_TOO_LARGE, "too many values", error);

  switch (*self->at)
    {
    case '{':
    case '[':
      return open_container (self, error);
    case '"':
      after_value (self);
      return read_string (self, self->string, error);
    case 't':
    case 'f':
    case 'n':
      after_value (self);
      return read_word (self, error);
    default:
      after_value (self);
      return read_number (self, error);
    }
}

static gboolean
read_name (Reader *self, GError **error)
{
  if (*self->at != '"')
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "no member name", error);
  if (++self->n_members[self->depth] > WT_PROTOCOL_MAX_MEMBERS)
    return fail (self, WT_PROTOCOL_ERROR_TOO_LARGE, "too many members", error);

  self->expect = EXPECT_COLON;
  return read_string (self, self->name, error);
}

static gboolean
read_punctuation (Reader *self, char sign, Expect next, GError **error)
{
  if (*self->at != (guint8) sign)
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX,
                 sign == ':' ? "no colon after a name" : "no comma or closing bracket", error);

  self->at++;
  self->expect = next;
  return TRUE;
}

static gboolean
read_token (Reader *self, GError **error)
{
  gboolean is_end = *self->at == '}' || *self->at == ']';

  switch (self->expect)
    {
    case EXPECT_VALUE_OR_END:
      return is_end ? close_container (self, error) : read_value (self, error);
    case EXPECT_VALUE:
      return read_value (self, error);
    case EXPECT_NAME_OR_END:
      return is_end ? close_container (self, error) : read_name (self, error);
    case EXPECT_NAME:
      return read_name (self, error);
    case EXPECT_COLON:
      return read_punctuation (self, ':', EXPECT_VALUE, error);
    case EXPECT_COMMA_OR_END:
      if (is_end)
        return close_container (self, error);
      return read_punctuation (self, ',', is_in_object (self) ? EXPECT_NAME : EXPECT_VALUE, error);
    case EXPECT_NOTHING:
    default:
      return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "text after the document", error);
    }
}

static void
skip_white_space (Reader *self)
{
  while (self->at < self->end
         && (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r'))
    self->at++;
}

static gboolean
read_all (Reader *self, GError **error)
{
  for (;;)
    {
      skip_white_space (self);
      if (self->at == self->end)
        break;
      if (!read_token (self, error))
        return FALSE;
    }

  if (self->expect != EXPECT_NOTHING)
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX,
                 self->n_values == 0 ? "an empty document" : "an unfinished document", error);

  return TRUE;
}

/**
 * wt_json_read:
 * @text: a document from a peer: any bytes
 * @document: where lifted strings are added
 * @error: return location for a #WtProtocolError
 *
 * Reads a document by RFC 8259 (a leading byte order mark is tolerated) within the bounds of wt-protocol-error.h, mends
 * what `wire.md` section 4 lists, and lifts strings of plain ASCII longer than %WT_JSON_LIFT_BYTES. Integers beyond 64
 * bits become doubles, doubles beyond their range the largest finite one, which no field's validation accepts.
 *
 * Returns: (transfer full) (nullable): the tree
 */
WtJsonValue *
wt_json_read (GBytes *text, WtJson *document, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (text, &length);
  const guint8 *start = data != NULL ? data : (const guint8 *) "";
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) string = g_string_new (NULL);
  g_autoptr (WtJsonValue) root = NULL;
  Reader reader = {
    .text = text,
    .start = start,
    .at = start,
    .end = start + length,
    .name = name,
    .string = string,
    .document = document,
  };
  gboolean ok;

  if (length > WT_PROTOCOL_MAX_BYTES)
    {
      fail (&reader, WT_PROTOCOL_ERROR_TOO_LARGE, "more than the protocol's cap", error);
      return NULL;
    }

  if (length >= 3 && memcmp (start, "\357\273\277", 3) == 0)
    reader.at += 3;

  ok = read_all (&reader, error);
  root = g_steal_pointer (&reader.root);

  return ok ? g_steal_pointer (&root) : NULL;
}
