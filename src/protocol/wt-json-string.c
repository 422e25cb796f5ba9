/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bodies of JSON strings: measured at memory speed, repaired where they are broken. */

#include "wt-json-string.h"

#include <string.h>

#include "wt-protocol-error.h"

#define REPLACEMENT "\357\277\275"

#define EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

static inline guint64
zero_bytes (guint64 word)
{
  return (word - EACH_BYTE (0x01)) & ~word & EACH_BYTE (0x80);
}

/* Not zero when one of the eight bytes is a quote, a backslash, a control character or beyond ASCII. */
static inline guint64
special_bytes (guint64 word)
{
  return (word & EACH_BYTE (0x80)) | zero_bytes (word ^ EACH_BYTE ('"'))
         | zero_bytes (word ^ EACH_BYTE ('\\'))
         | ((word - EACH_BYTE (0x20)) & ~word & EACH_BYTE (0x80));
}

static inline gboolean
is_plain (guint8 byte)
{
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

static const guint8 *
skip_plain (const guint8 *text, const guint8 *end)
{
  while (end - text >= 32)
    {
      guint64 words[4];

      memcpy (words, text, sizeof words);
      if ((special_bytes (words[0]) | special_bytes (words[1]) | special_bytes (words[2])
           | special_bytes (words[3]))
          != 0)
        break;
      text += sizeof words;
    }

  while (text < end && is_plain (*text))
    text++;

  return text;
}

/**
 * wt_json_string_is_plain:
 * @text: some bytes
 * @length: how many
 *
 * Returns: whether @text can stand between quotes in JSON as it is, and is ASCII
 */
gboolean
wt_json_string_is_plain (const guint8 *text, gsize length)
{
  return skip_plain (text, text + length) == text + length;
}

static gboolean
read_hex4 (const guint8 *text, const guint8 *end, gunichar *value)
{
  gunichar result = 0;

  if (end - text < 4)
    return FALSE;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value ((char) text[i]);

      if (digit < 0)
        return FALSE;
      result = result * 16 + (gunichar) digit;
    }

  *value = result;
  return TRUE;
}

/* @text is at a backslash; returns the end of the escape, or NULL where it is none. */
static const guint8 *
measure_escape (const guint8 *text, const guint8 *end, WtJsonStringFlags *flags)
{
  gunichar value;

  if (end - text < 2)
    return NULL;

  switch (text[1])
    {
    case '/':
      *flags |= WT_JSON_STRING_SLASH;
      return text + 2;
    case '"':
    case '\\':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      *flags |= WT_JSON_STRING_ESCAPE;
      return text + 2;
    case 'u':
      *flags |= WT_JSON_STRING_UNICODE;
      return read_hex4 (text + 2, end, &value) ? text + 6 : NULL;
    default:
      return NULL;
    }
}

/**
 * wt_json_string_measure:
 * @text: what follows the opening quote
 * @end: the end of the document
 * @flags: (out): what the string is made of
 * @problem: (out): what is wrong, where %NULL is returned
 *
 * Finds the closing quote. Escapes must be those of RFC 8259; raw control characters and bytes that
 * are no UTF-8 are only noted.
 *
 * Returns: (nullable): the closing quote
 */
const guint8 *
wt_json_string_measure (const guint8 *text,
                        const guint8 *end,
                        WtJsonStringFlags *flags,
                        const char **problem)
{
  *flags = 0;

  while ((text = skip_plain (text, end)) < end)
    {
      if (*text == '"')
        return text;

      if (*text == '\\')
        {
          text = measure_escape (text, end, flags);
          if (text == NULL)
            {
              *problem = "an escape that JSON does not know";
              return NULL;
            }
        }
      else if (*text < 0x20)
        {
          *flags |= WT_JSON_STRING_CONTROL;
          text++;
        }
      else
        {
          *flags |= WT_JSON_STRING_WIDE;
          while (text < end && *text >= 0x80)
            text++;
        }
    }

  *problem = "a string without an end";
  return NULL;
}

/**
 * wt_json_string_is_sound:
 * @text: the body of a string
 * @end: its end
 * @flags: what it is made of
 *
 * Returns: whether it stands for itself: valid UTF-8 without escapes and control characters
 */
gboolean
wt_json_string_is_sound (const guint8 *text, const guint8 *end, WtJsonStringFlags flags)
{
  if ((flags & ~WT_JSON_STRING_WIDE) != 0)
    return FALSE;

  return flags == 0 || g_utf8_validate_len ((const char *) text, (gsize) (end - text), NULL);
}

static void
append_character (GString *out, gunichar character)
{
  if (character == 0 || (character >= 0xd800 && character < 0xe000))
    g_string_append (out, REPLACEMENT);
  else
    g_string_append_unichar (out, character);
}

/* @text is at `\u`, which has four digits; returns the end of the escape, or of the pair of them. */
static const guint8 *
decode_unicode (const guint8 *text, const guint8 *end, GString *out)
{
  gunichar high = 0;
  gunichar low = 0;

  read_hex4 (text + 2, end, &high);
  text += 6;

  if (high >= 0xd800 && high < 0xdc00 && end - text >= 6 && text[0] == '\\' && text[1] == 'u'
      && read_hex4 (text + 2, end, &low) && low >= 0xdc00 && low < 0xe000)
    {
      append_character (out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
      return text + 6;
    }

  append_character (out, high);
  return text;
}

static char
decode_letter (guint8 letter)
{
  switch (letter)
    {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return (char) letter;
    }
}

static void
decode_wide (const guint8 *text, const guint8 *end, GString *out)
{
  while (text < end && out->len <= WT_PROTOCOL_MAX_BYTES)
    {
      const char *valid_end;

      g_utf8_validate_len ((const char *) text, (gsize) (end - text), &valid_end);
      g_string_append_len (out, (const char *) text, valid_end - (const char *) text);
      text = (const guint8 *) valid_end;
      if (text < end)
        {
          g_string_append (out, REPLACEMENT);
          text++;
        }
    }
}

/**
 * wt_json_string_decode:
 * @text: the body of a string that wt_json_string_measure() accepted
 * @end: its end
 * @out: where what it says is appended
 *
 * Makes valid UTF-8 without NUL of it: escapes become the characters, lone surrogates, NULs and bytes that are no UTF-8
 * U+FFFD. Stops where @out is longer than %WT_PROTOCOL_MAX_BYTES: the document is refused then.
 */
void
wt_json_string_decode (const guint8 *text, const guint8 *end, GString *out)
{
  while (text < end && out->len <= WT_PROTOCOL_MAX_BYTES)
    {
      const guint8 *run = text;

      text = skip_plain (text, end);
      g_string_append_len (out, (const char *) run, text - run);
      if (text == end)
        break;

      run = text;
      if (*text == '\\' && text[1] == 'u')
        {
          text = decode_unicode (text, end, out);
        }
      else if (*text == '\\')
        {
          text += 2;
          g_string_append_c (out, decode_letter (run[1]));
        }
      else if (*text < 0x20)
        {
          append_character (out, *text++);
        }
      else
        {
          while (text < end && *text >= 0x80)
            text++;
          decode_wide (run, text, out);
        }
    }
}
