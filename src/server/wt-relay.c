/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-relay.h"

#include <string.h>

#include "wt-json.h"

/* A place in a frame. The frame has been read as JSON before, but by a reader that accepts more than it
 * should: everything here ends at the frame's end, and gives up rather than guess. */
typedef struct
{
  const char *text;
  gsize length;
  gsize at;
} Cursor;

/* One member of an object: `"key": value` from its quote to its value's end. */
typedef struct
{
  const char *key;
  gsize key_length;
  gsize start;
  gsize value;
  gsize end;
} Member;

typedef void (*MemberFunc) (const Cursor *cursor, const Member *member, gpointer data);

typedef struct
{
  Member meta;
  gboolean found;
  gboolean any;
} TopLevel;

typedef struct
{
  GString *kept;
  gboolean has_sender;
} Meta;

static gboolean
peek (Cursor *cursor, char *c)
{
  while (cursor->at < cursor->length && strchr (" \t\r\n", cursor->text[cursor->at]) != NULL
         && cursor->text[cursor->at] != '\0')
    cursor->at++;
  if (cursor->at >= cursor->length)
    return FALSE;
  *c = cursor->text[cursor->at];
  return TRUE;
}

static gboolean
take (Cursor *cursor, char wanted)
{
  char c;

  if (!peek (cursor, &c) || c != wanted)
    return FALSE;
  cursor->at++;
  return TRUE;
}

static gboolean
skip_string (Cursor *cursor)
{
  if (!take (cursor, '"'))
    return FALSE;
  while (cursor->at < cursor->length)
    {
      char c = cursor->text[cursor->at++];

      if (c == '"')
        return TRUE;
      if (c == '\\')
        cursor->at++;
    }
  return FALSE;
}

static gboolean
skip_scalar (Cursor *cursor)
{
  gsize start = cursor->at;

  while (cursor->at < cursor->length && strchr (",]} \t\r\n", cursor->text[cursor->at]) == NULL)
    cursor->at++;
  return cursor->at > start;
}

static gboolean
skip_value (Cursor *cursor)
{
  gsize depth = 0;
  char c;

  do
    {
      if (!peek (cursor, &c))
        return FALSE;
      if (c == '{' || c == '[')
        {
          depth++;
          cursor->at++;
        }
      else if (c == '}' || c == ']')
        {
          if (depth == 0)
            return FALSE;
          depth--;
          cursor->at++;
        }
      else if ((c == ',' || c == ':') && depth > 0)
        cursor->at++;
      else if (c == '"' ? !skip_string (cursor) : !skip_scalar (cursor))
        return FALSE;
    }
  while (depth > 0);
  return TRUE;
}

static gboolean
scan_members (Cursor *cursor, MemberFunc func, gpointer data)
{
  char c;

  if (!take (cursor, '{'))
    return FALSE;
  if (take (cursor, '}'))
    return TRUE;
  do
    {
      Member member = { 0 };

      if (!peek (cursor, &c) || c != '"')
        return FALSE;
      member.start = cursor->at;
      if (!skip_string (cursor))
        return FALSE;
      member.key = cursor->text + member.start + 1;
      member.key_length = cursor->at - member.start - 2;
      if (!take (cursor, ':') || !peek (cursor, &c))
        return FALSE;
      member.value = cursor->at;
      if (!skip_value (cursor))
        return FALSE;
      member.end = cursor->at;
      func (cursor, &member, data);
    }
  while (take (cursor, ','));
  return take (cursor, '}');
}

static gboolean
is_named (const Member *member, const char *name)
{
  return member->key_length == strlen (name) && memcmp (member->key, name, member->key_length) == 0;
}

static void
on_top_member (const Cursor *cursor, const Member *member, gpointer data)
{
  TopLevel *top = data;

  top->any = TRUE;
  if (is_named (member, "meta"))
    {
      top->meta = *member;
      top->found = TRUE;
    }
}

static void
on_meta_member (const Cursor *cursor, const Member *member, gpointer data)
{
  Meta *meta = data;
  gboolean is_null = member->end - member->value == 4
                     && memcmp (cursor->text + member->value, "null", 4) == 0;

  if (is_named (member, "target_user"))
    return;
  if (is_named (member, "sender_user"))
    {
      if (is_null)
        return;
      meta->has_sender = TRUE;
    }
  g_string_append_len (meta->kept, cursor->text + member->start,
                       (gssize) (member->end - member->start));
  g_string_append_c (meta->kept, ',');
}

static void
append_member (GString *json, const char *name, const char *value)
{
  g_autoptr (WtJsonValue) node = wt_json_value_new_string (value);
  g_autofree char *quoted = wt_json_value_to_text (node);

  g_string_append_printf (json, "\"%s\":%s", name, quoted);
}

static char *
build_meta (const char *text, gsize length, const char *sender_user, const char *target_user)
{
  Cursor cursor = { text, length, 0 };
  g_autoptr (GString) kept = g_string_new ("{");
  Meta meta = { kept, FALSE };

  if (!scan_members (&cursor, on_meta_member, &meta))
    {
      g_string_assign (kept, "{");
      meta.has_sender = FALSE;
    }
  if (!meta.has_sender && sender_user != NULL)
    {
      append_member (kept, "sender_user", sender_user);
      g_string_append_c (kept, ',');
    }
  append_member (kept, "target_user", target_user);
  g_string_append_c (kept, '}');
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

/**
 * wt_relay_address:
 * @frame: an envelope as it came
 * @sender_user: (nullable): written to `meta.sender_user` where the sender left it out
 * @target_user: written to `meta.target_user`
 *
 * Addresses an envelope to its receiver (wire.md section 2). Everything but `meta` stays as it is to the
 * byte: the payload is neither read nor written again.
 *
 * Returns: (transfer full): the envelope to send; @frame itself where it is no JSON object
 */
GBytes *
wt_relay_address (GBytes *frame, const char *sender_user, const char *target_user)
{
  gsize length;
  const char *text = g_bytes_get_data (frame, &length);
  Cursor cursor = { text, length, 0 };
  TopLevel top = { 0 };
  g_autofree char *meta = NULL;
  GByteArray *result;
  gsize from, to;

  if (text == NULL || !scan_members (&cursor, on_top_member, &top))
    return g_bytes_ref (frame);

  from = top.found ? top.meta.value
                   : (gsize) ((const char *) memchr (text, '{', length) - text) + 1;
  to = top.found ? top.meta.end : from;
  meta = build_meta (text + from, to - from, sender_user, target_user);

  result = g_byte_array_sized_new ((guint) (length + strlen (meta) + 16));
  g_byte_array_append (result, (const guint8 *) text, (guint) from);
  if (!top.found)
    g_byte_array_append (result, (const guint8 *) "\"meta\":", 7);
  g_byte_array_append (result, (const guint8 *) meta, (guint) strlen (meta));
  if (!top.found && top.any)
    g_byte_array_append (result, (const guint8 *) ",", 1);
  g_byte_array_append (result, (const guint8 *) text + to, (guint) (length - to));
  return g_byte_array_free_to_bytes (result);
}
