/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One pass over a document before json-glib sees it: strict about the grammar, bounded in size, depth
 * and number of values, mending what can be mended, and lifting the big strings out. */

#include "wt-json-scan.h"

#include <math.h>
#include <string.h>

#include "wt-json-string.h"
#include "wt-json.h"

/* Longer numbers are nobody's; to convert one costs time that a peer should not be able to spend. */
#define MAX_NUMBER_BYTES 1024
/* More than any indentation. */
#define MAX_WHITE_SPACE_BYTES 256

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

  /* The repaired document: NULL while nothing had to change. What comes before `copied` is in it. */
  GString *out;
  const guint8 *copied;

  const char *token_prefix;
  GPtrArray *lifted;

  guint depth;
  gboolean is_object[WT_PROTOCOL_MAX_DEPTH + 1];
  guint n_members[WT_PROTOCOL_MAX_DEPTH + 1];
  guint n_values;
  Expect expect;
} Scan;

static gboolean
fail (Scan *self, WtProtocolError code, const char *problem, GError **error)
{
  g_set_error (error, WT_PROTOCOL_ERROR, code, "%s at byte %" G_GSIZE_FORMAT, problem,
               (gsize) (self->at - self->start));
  return FALSE;
}

/* What is between here and `copied` goes out as it is; the caller appends what replaces the rest. */
static GString *
replace (Scan *self, const guint8 *from, const guint8 *to)
{
  if (self->out == NULL)
    self->out = g_string_new (NULL);

  g_string_append_len (self->out, (const char *) self->copied, from - self->copied);
  self->copied = to;

  return self->out;
}

static gboolean
check_growth (Scan *self, GError **error)
{
  if (self->out != NULL && self->out->len > WT_PROTOCOL_MAX_BYTES)
    return fail (self, WT_PROTOCOL_ERROR_TOO_LARGE, "more than the protocol's cap once repaired",
                 error);

  return TRUE;
}

static void
lift (Scan *self, const guint8 *body, const guint8 *close, WtJsonStringFlags flags)
{
  gsize length = (gsize) (close - body);
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

  g_string_append_printf (replace (self, body, close), "%s%u", self->token_prefix,
                          self->lifted->len);
  g_ptr_array_add (self->lifted, bytes);
}

static gboolean
scan_string (Scan *self, gboolean is_name, GError **error)
{
  const guint8 *body = self->at + 1;
  WtJsonStringFlags flags;
  const char *problem = NULL;
  const guint8 *close = wt_json_string_measure (body, self->end, &flags, &problem);

  if (close == NULL)
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, problem, error);

  if (!is_name && close - body > WT_JSON_LIFT_BYTES && (flags & ~WT_JSON_STRING_SLASH) == 0)
    lift (self, body, close, flags);
  else if (!wt_json_string_is_sound (body, close, flags))
    wt_json_string_repair (body, close, replace (self, body, close));

  self->at = close + 1;
  return check_growth (self, error);
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

/* json-glib wraps integers beyond 64 bits around and reads 1e400 as infinity. */
static gboolean
fits (const char *number, gboolean is_integer, double *value)
{
  gint64 integer;

  if (is_integer && g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    return TRUE;

  *value = g_ascii_strtod (number, NULL);
  if (isfinite (*value))
    return !is_integer;

  *value = *value > 0 ? G_MAXDOUBLE : -G_MAXDOUBLE;
  return FALSE;
}

static gboolean
scan_number (Scan *self, GError **error)
{
  gboolean is_integer;
  const guint8 *end = measure_number (self->at, self->end, &is_integer);
  char number[MAX_NUMBER_BYTES + 1];
  gsize length;
  double value;

  if (end == NULL)
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "not a JSON value", error);

  length = (gsize) (end - self->at);
  if (length > MAX_NUMBER_BYTES)
    return fail (self, WT_PROTOCOL_ERROR_RANGE, "a number of too many digits", error);

  memcpy (number, self->at, length);
  number[length] = '\0';
  if (!fits (number, is_integer, &value))
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append (replace (self, self->at, end),
                       g_ascii_dtostr (buffer, sizeof buffer, value));
    }

  self->at = end;
  return check_growth (self, error);
}

static gboolean
scan_word (Scan *self, GError **error)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->at) < length || memcmp (self->at, words[i], length) != 0)
        continue;
      self->at += length;
      return TRUE;
    }

  return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "not a JSON value", error);
}

static void
after_value (Scan *self)
{
  self->expect = self->depth == 0 ? EXPECT_NOTHING : EXPECT_COMMA_OR_END;
}

static gboolean
open_container (Scan *self, GError **error)
{
  if (self->depth == WT_PROTOCOL_MAX_DEPTH)
    return fail (self, WT_PROTOCOL_ERROR_TOO_DEEP, "nested too deep", error);

  self->depth++;
  self->is_object[self->depth] = *self->at == '{';
  self->n_members[self->depth] = 0;
  self->expect = *self->at == '{' ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
  self->at++;

  return TRUE;
}

static gboolean
close_container (Scan *self, GError **error)
{
  if ((*self->at == '}') != self->is_object[self->depth])
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "the wrong closing bracket", error);

  self->at++;
  self->depth--;
  after_value (self);

  return TRUE;
}

static gboolean
scan_value (Scan *self, GError **error)
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
      return scan_string (self, FALSE, error);
    case 't':
    case 'f':
    case 'n':
      after_value (self);
      return scan_word (self, error);
    default:
      after_value (self);
      return scan_number (self, error);
    }
}

static gboolean
scan_name (Scan *self, GError **error)
{
  if (*self->at != '"')
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "no member name", error);
  if (++self->n_members[self->depth] > WT_PROTOCOL_MAX_MEMBERS)
    return fail (self, WT_PROTOCOL_ERROR_TOO_LARGE, "too many members", error);

  self->expect = EXPECT_COLON;
  return scan_string (self, TRUE, error);
}

static gboolean
scan_punctuation (Scan *self, char sign, Expect next, GError **error)
{
  if (*self->at != (guint8) sign)
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX,
                 sign == ':' ? "no colon after a name" : "no comma or closing bracket", error);

  self->at++;
  self->expect = next;
  return TRUE;
}

static gboolean
scan_token (Scan *self, GError **error)
{
  gboolean is_end = *self->at == '}' || *self->at == ']';

  switch (self->expect)
    {
    case EXPECT_VALUE_OR_END:
      return is_end ? close_container (self, error) : scan_value (self, error);
    case EXPECT_VALUE:
      return scan_value (self, error);
    case EXPECT_NAME_OR_END:
      return is_end ? close_container (self, error) : scan_name (self, error);
    case EXPECT_NAME:
      return scan_name (self, error);
    case EXPECT_COLON:
      return scan_punctuation (self, ':', EXPECT_VALUE, error);
    case EXPECT_COMMA_OR_END:
      if (is_end)
        return close_container (self, error);
      return scan_punctuation (self, ',', self->is_object[self->depth] ? EXPECT_NAME : EXPECT_VALUE,
                               error);
    case EXPECT_NOTHING:
    default:
      return fail (self, WT_PROTOCOL_ERROR_SYNTAX, "text after the document", error);
    }
}

static void
skip_white_space (Scan *self)
{
  const guint8 *from = self->at;

  while (self->at < self->end
         && (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r'))
    self->at++;

  /* json-glib takes longer over white space than over anything else. */
  if (self->at - from > MAX_WHITE_SPACE_BYTES)
    replace (self, from, self->at);
}

static gboolean
scan_all (Scan *self, GError **error)
{
  for (;;)
    {
      skip_white_space (self);
      if (self->at == self->end)
        break;
      if (!scan_token (self, error))
        return FALSE;
    }

  if (self->expect != EXPECT_NOTHING)
    return fail (self, WT_PROTOCOL_ERROR_SYNTAX,
                 self->n_values == 0 ? "an empty document" : "an unfinished document", error);

  return TRUE;
}

/**
 * wt_json_scan:
 * @text: a document from a peer: any bytes
 * @token_prefix: what the tokens begin with that stand for lifted strings; nothing a peer can guess
 * @lifted: (element-type GBytes): where lifted strings are added, in the order of their tokens
 * @skeleton: (out) (transfer full) (nullable): the document that json-glib is to have, or %NULL for
 *   @text as it is
 * @error: return location for a #WtProtocolError
 *
 * Checks the document against RFC 8259 (a leading byte order mark is tolerated) and the bounds of
 * wt-protocol-error.h, mends what `wire.md` section 4 lists, and lifts strings of plain ASCII longer
 * than %WT_JSON_LIFT_BYTES. Integers beyond 64 bits become doubles, doubles beyond their range the
 * largest finite one, which no field's validation accepts.
 *
 * Returns: whether json-glib may read it
 */
gboolean
wt_json_scan (GBytes *text,
              const char *token_prefix,
              GPtrArray *lifted,
              GString **skeleton,
              GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (text, &length);
  const guint8 *start = data != NULL ? data : (const guint8 *) "";
  g_autoptr (GString) out = NULL;
  Scan scan = {
    .text = text,
    .start = start,
    .at = start,
    .copied = start,
    .end = start + length,
    .token_prefix = token_prefix,
    .lifted = lifted,
  };
  gboolean ok;

  *skeleton = NULL;
  if (length > WT_PROTOCOL_MAX_BYTES)
    return fail (&scan, WT_PROTOCOL_ERROR_TOO_LARGE, "more than the protocol's cap", error);

  if (length >= 3 && memcmp (start, "\357\273\277", 3) == 0)
    {
      scan.at += 3;
      replace (&scan, start, scan.at);
    }

  ok = scan_all (&scan, error);
  if (ok && scan.out != NULL)
    replace (&scan, scan.end, scan.end);

  out = g_steal_pointer (&scan.out);
  if (!ok)
    return FALSE;

  *skeleton = g_steal_pointer (&out);
  return TRUE;
}
