/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-reply.h"

#include <string.h>

/* A file that changed less than this before it was sent may change again within the second. */
#define LEAST_AGE_SECONDS 60

/**
 * wt_reply_get_length:
 * @headers: a reply's
 *
 * Returns: how many bytes its body is to have; -1: unknown
 */
gint64
wt_reply_get_length (SoupMessageHeaders *headers)
{
  gint64 length;

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return -1;
  /* What does not fit becomes a negative number. */
  length = soup_message_headers_get_content_length (headers);
  return length >= 0 ? length : G_MAXINT64;
}

static gboolean
read_number (const char **text, gint64 *number)
{
  guint64 value = 0;
  char *end = NULL;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  value = g_ascii_strtoull (*text, &end, 10);
  if (value >= G_MAXINT64)
    return FALSE;
  *text = end;
  *number = (gint64) value;
  return TRUE;
}

static gboolean
skip (const char **text, char c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

/**
 * wt_reply_get_range:
 * @headers: a reply's
 * @start: (out): the first byte's place in the whole
 * @end: (out): the place after the last byte's
 * @total: (out): the bytes of the whole; -1: unknown
 *
 * Reads `Content-Range` strictly.
 *
 * Returns: whether it says which part the body is, and makes sense
 */
gboolean
wt_reply_get_range (SoupMessageHeaders *headers, gint64 *start, gint64 *end, gint64 *total)
{
  const char *text = soup_message_headers_get_one (headers, "Content-Range");

  *total = -1;
  if (text == NULL || g_ascii_strncasecmp (text, "bytes ", 6) != 0)
    return FALSE;
  text += 6;
  if (!read_number (&text, start) || !skip (&text, '-') || !read_number (&text, end)
      || !skip (&text, '/'))
    return FALSE;
  *end += 1;
  if (!skip (&text, '*') && !read_number (&text, total))
    return FALSE;
  return *text == '\0' && *start < *end && (*total < 0 || *end <= *total);
}

/* Whether the time tells two versions apart (RFC 9110, 8.8.2.2). */
static gboolean
is_strong_time (const char *modified, const char *now)
{
  g_autoptr (GDateTime) then = modified != NULL ? soup_date_time_new_from_http_string (modified)
                                                : NULL;
  g_autoptr (GDateTime) sent = now != NULL ? soup_date_time_new_from_http_string (now) : NULL;

  return then != NULL && sent != NULL
         && g_date_time_difference (sent, then) >= LEAST_AGE_SECONDS * G_TIME_SPAN_SECOND;
}

/**
 * wt_reply_get_validator:
 * @headers: a reply's
 *
 * Returns: (transfer full) (nullable): what `If-Range` may carry to name this version: a strong `ETag`, or, where
 *   there is none at all, a `Last-Modified` that is old enough
 */
char *
wt_reply_get_validator (SoupMessageHeaders *headers)
{
  const char *tag = soup_message_headers_get_one (headers, "ETag");
  const char *modified = soup_message_headers_get_one (headers, "Last-Modified");
  gsize length = tag != NULL ? strlen (tag) : 0;

  if (length > 2 && tag[0] == '"' && tag[length - 1] == '"')
    return g_strdup (tag);
  if (tag == NULL && is_strong_time (modified, soup_message_headers_get_one (headers, "Date")))
    return g_strdup (modified);
  return NULL;
}

/**
 * wt_reply_get_mime_type:
 * @headers: a reply's
 *
 * Returns: (transfer full) (nullable): what the server says the body is, in UTF-8, without parameters
 */
char *
wt_reply_get_mime_type (SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autofree char *valid = NULL;

  if (type == NULL || *type == '\0')
    return NULL;
  valid = g_utf8_make_valid (type, -1);
  return g_ascii_strdown (valid, -1);
}

static char *
get_disposition_name (SoupMessageHeaders *headers)
{
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *disposition = NULL;
  const char *name;

  if (!soup_message_headers_get_content_disposition (headers, &disposition, &parameters))
    return NULL;
  name = parameters != NULL ? g_hash_table_lookup (parameters, "filename") : NULL;
  return name != NULL && *name != '\0' ? g_utf8_make_valid (name, -1) : NULL;
}

/**
 * wt_reply_get_name:
 * @headers: a reply's
 * @uri: where it came from
 *
 * Returns: (transfer full) (nullable): the name in `Content-Disposition`, or else the last piece of @uri's path; in
 *   UTF-8, but not to be trusted in any other way
 */
char *
wt_reply_get_name (SoupMessageHeaders *headers, GUri *uri)
{
  g_autofree char *name = get_disposition_name (headers);
  const char *path = g_uri_get_path (uri);
  const char *slash = strrchr (path, '/');
  const char *piece = slash != NULL ? slash + 1 : path;
  g_autofree char *plain = NULL;

  if (name != NULL)
    return g_steal_pointer (&name);
  if (*piece == '\0')
    return NULL;
  plain = g_uri_unescape_string (piece, NULL);
  return g_utf8_make_valid (plain != NULL ? plain : piece, -1);
}
