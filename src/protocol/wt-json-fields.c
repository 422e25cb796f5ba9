/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-json-fields.h"

#include <math.h>
#include <string.h>

static WtJsonValue *
copy_lifted (GBytes *lifted, WtJson *target)
{
  gsize length;
  const char *data = g_bytes_get_data (lifted, &length);
  g_autofree char *token = target != NULL ? wt_json_lift (target, lifted) : NULL;

  return token != NULL ? wt_json_value_new_string (token)
                       : wt_json_value_new_string_len (data, length);
}

static void
copy_into (WtJson *document, WtJsonValue *from, WtJson *target, WtJsonValue *into)
{
  for (guint i = 0; i < wt_json_value_get_length (from); i++)
    {
      WtJsonValue *copy = wt_json_copy (document, wt_json_value_get_element (from, i), target);

      if (wt_json_value_is (into, WT_JSON_KIND_ARRAY))
        wt_json_value_append (into, copy);
      else
        wt_json_value_set_member (into, wt_json_value_get_name (from, i), copy);
    }
}

/**
 * wt_json_copy:
 * @document: (nullable): the document that knows the tokens in @node
 * @node: a tree
 * @target: (nullable): the document that the copy is for
 *
 * Copies a tree so that nothing is shared that could be changed. Lifted strings become strings of @target's, or ordinary
 * ones where there is no @target.
 *
 * Returns: (transfer full): the copy
 */
WtJsonValue *
wt_json_copy (WtJson *document, WtJsonValue *node, WtJson *target)
{
  const char *text = wt_json_value_get_string (node);
  GBytes *lifted = document != NULL && text != NULL ? wt_json_get_lifted (document, text) : NULL;
  WtJsonKind kind = wt_json_value_get_kind (node);
  WtJsonValue *copy;

  if (lifted != NULL)
    return copy_lifted (lifted, target);
  if (kind != WT_JSON_KIND_ARRAY && kind != WT_JSON_KIND_OBJECT)
    return wt_json_value_ref (node);

  copy = wt_json_value_new (kind);
  copy_into (document, node, target, copy);

  return copy;
}

/**
 * wt_json_copy_object:
 * @object: (nullable): an object without tokens
 *
 * Returns: (transfer full) (nullable): a copy that shares nothing with it
 */
WtJsonValue *
wt_json_copy_object (WtJsonValue *object)
{
  return object != NULL ? wt_json_copy (NULL, object, NULL) : NULL;
}

static char *
number_to_text (WtJsonValue *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  if (!wt_json_value_is (node, WT_JSON_KIND_DOUBLE))
    return g_strdup_printf ("%" G_GINT64_FORMAT, wt_json_value_get_integer (node));

  value = wt_json_value_get_double (node);
  if (value == floor (value) && fabs (value) < 9007199254740992.0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) value);

  return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, value));
}

/**
 * wt_json_dup_text:
 * @document: (nullable): the document that knows the tokens
 * @node: (nullable): a value
 *
 * Text where text is due: a string, or a number as peers write ids (`wire.md` section 2), integers
 * digit by digit.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL where @node is anything else
 */
char *
wt_json_dup_text (WtJson *document, WtJsonValue *node)
{
  const char *text = wt_json_value_get_string (node);
  GBytes *lifted = document != NULL && text != NULL ? wt_json_get_lifted (document, text) : NULL;

  if (lifted != NULL)
    {
      gsize length;
      const char *data = g_bytes_get_data (lifted, &length);

      return g_strndup (data, length);
    }
  if (text != NULL)
    return g_strdup (text);

  return wt_json_value_is_number (node) ? number_to_text (node) : NULL;
}

/* g_ascii_strtod() also takes hexadecimal, infinities and leading white space. */
static gboolean
text_to_number (const char *text, double *value)
{
  char *end = NULL;

  if (*text == '\0' || strspn (text, "0123456789+-.eE") != strlen (text))
    return FALSE;

  *value = g_ascii_strtod (text, &end);
  return *end == '\0';
}

/**
 * wt_json_get_number:
 * @node: (nullable): a value
 * @value: (out): the number; perhaps infinite where it came in a string
 *
 * A number, or a string that is one.
 *
 * Returns: whether @node is either
 */
gboolean
wt_json_get_number (WtJsonValue *node, double *value)
{
  if (wt_json_value_is (node, WT_JSON_KIND_STRING))
    return text_to_number (wt_json_value_get_string (node), value);
  if (!wt_json_value_is_number (node))
    return FALSE;

  *value = wt_json_value_get_double (node);
  return TRUE;
}

/**
 * wt_json_check_object:
 * @node: (nullable): a member
 * @path: its path
 * @error: return location for `MISSING` (absent or null) or `TYPE`
 *
 * Returns: whether @node is an object
 */
gboolean
wt_json_check_object (WtJsonValue *node, const char *path, GError **error)
{
  if (node == NULL || wt_json_value_is (node, WT_JSON_KIND_NULL))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING, "%s is missing", path);
      return FALSE;
    }

  if (!wt_json_value_is (node, WT_JSON_KIND_OBJECT))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_TYPE, "%s is not an object", path);
      return FALSE;
    }

  return TRUE;
}

/**
 * wt_json_get_required_object:
 * @object: an object
 * @path: its path
 * @name: a member
 * @error: return location for `MISSING` or `TYPE`
 *
 * Returns: (transfer none) (nullable): the member
 */
WtJsonValue *
wt_json_get_required_object (WtJsonValue *object,
                             const char *path,
                             const char *name,
                             GError **error)
{
  g_autofree char *member_path = g_strdup_printf ("%s.%s", path, name);
  WtJsonValue *member = wt_json_value_get_member (object, name);

  return wt_json_check_object (member, member_path, error) ? member : NULL;
}

static gboolean
is_taken (const WtJsonRest *rest, const char *name)
{
  for (guint i = 0; i < rest->n_taken; i++)
    {
      if (strcmp (rest->taken[i], name) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * wt_json_rest_get:
 * @rest: what is left of an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the member, %NULL where there is none or it was taken
 */
WtJsonValue *
wt_json_rest_get (const WtJsonRest *rest, const char *name)
{
  return is_taken (rest, name) ? NULL : wt_json_value_get_member (rest->object, name);
}

/**
 * wt_json_rest_take:
 * @rest: what is left of an object
 * @name: (transfer none): a member, which need not be there; must live as long as @rest
 *
 * Takes a member.
 */
void
wt_json_rest_take (WtJsonRest *rest, const char *name)
{
  if (wt_json_rest_get (rest, name) == NULL)
    return;

  g_assert (rest->n_taken < WT_JSON_REST_MOST);
  rest->taken[rest->n_taken++] = name;
}

/**
 * wt_json_rest_copy:
 * @rest: what is left of an object
 * @document: (nullable): the document that knows the tokens in @rest
 *
 * Returns: (transfer full) (nullable): a copy of what nobody took, sharing nothing with the document,
 *   or %NULL where nothing is left
 */
WtJsonValue *
wt_json_rest_copy (const WtJsonRest *rest, WtJson *document)
{
  g_autoptr (WtJsonValue) copy = NULL;

  if (wt_json_value_get_length (rest->object) == rest->n_taken)
    return NULL;

  copy = wt_json_value_new (WT_JSON_KIND_OBJECT);
  for (guint i = 0; i < wt_json_value_get_length (rest->object); i++)
    {
      const char *name = wt_json_value_get_name (rest->object, i);

      if (!is_taken (rest, name))
        wt_json_value_set_member (
            copy, name, wt_json_copy (document, wt_json_value_get_element (rest->object, i), NULL));
    }

  return g_steal_pointer (&copy);
}

/**
 * wt_json_take_text:
 * @document: (nullable): the document that knows the tokens in @rest
 * @rest: what is left of an object
 * @name: an optional member
 *
 * Takes a member that is text (or a number). What is neither, or is longer than
 * %WT_PROTOCOL_MAX_NAME_BYTES, stays where it is; null is taken and means absent.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
wt_json_take_text (WtJson *document, WtJsonRest *rest, const char *name)
{
  WtJsonValue *member = wt_json_rest_get (rest, name);
  g_autofree char *text = NULL;

  if (member == NULL)
    return NULL;

  text = wt_json_dup_text (document, member);
  if (text != NULL ? strlen (text) <= WT_PROTOCOL_MAX_NAME_BYTES
                   : wt_json_value_is (member, WT_JSON_KIND_NULL))
    {
      wt_json_rest_take (rest, name);
      return g_steal_pointer (&text);
    }

  return NULL;
}

/**
 * wt_json_take_first_text:
 * @document: (nullable): the document that knows the tokens in @rest
 * @rest: what is left of an object
 * @names: (array zero-terminated=1): names of one member, the best first
 *
 * Takes the first that is there, usable and not empty.
 *
 * Returns: (transfer full) (nullable): its text
 */
char *
wt_json_take_first_text (WtJson *document, WtJsonRest *rest, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *text = wt_json_take_text (document, rest, names[i]);

      if (text != NULL && *text != '\0')
        return g_steal_pointer (&text);
    }

  return NULL;
}

/**
 * wt_json_take_required_text:
 * @document: (nullable): the document that knows the tokens in @rest
 * @rest: what is left of an object
 * @path: the object's path
 * @name: a member
 * @may_be_empty: whether an empty string will do
 * @error: return location for `MISSING` (absent, null, or empty), `TYPE`, or `RANGE` (longer than
 *   %WT_PROTOCOL_MAX_NAME_BYTES)
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
wt_json_take_required_text (WtJson *document,
                            WtJsonRest *rest,
                            const char *path,
                            const char *name,
                            gboolean may_be_empty,
                            GError **error)
{
  WtJsonValue *member = wt_json_rest_get (rest, name);
  g_autofree char *text = wt_json_dup_text (document, member);
  const char *dot = *path != '\0' ? "." : "";

  if (member == NULL || wt_json_value_is (member, WT_JSON_KIND_NULL)
      || (text != NULL && *text == '\0' && !may_be_empty))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING, "%s%s%s is missing", path,
                   dot, name);
      return NULL;
    }

  if (text == NULL)
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_TYPE, "%s%s%s is not a string", path,
                   dot, name);
      return NULL;
    }

  if (strlen (text) > WT_PROTOCOL_MAX_NAME_BYTES)
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_RANGE, "%s%s%s is too long", path,
                   dot, name);
      return NULL;
    }

  wt_json_rest_take (rest, name);
  return g_steal_pointer (&text);
}

/**
 * wt_json_put_text:
 * @object: an object
 * @name: a member
 * @value: (nullable): its value; %NULL leaves it out
 *
 * Adds a string.
 */
void
wt_json_put_text (WtJsonValue *object, const char *name, const char *value)
{
  if (value != NULL)
    wt_json_value_set_string (object, name, value);
}

/**
 * wt_json_put_object:
 * @object: an object
 * @name: a member
 * @value: (transfer full) (nullable): its value; %NULL leaves it out
 *
 * Adds an object.
 */
void
wt_json_put_object (WtJsonValue *object, const char *name, WtJsonValue *value)
{
  if (value != NULL)
    wt_json_value_set_member (object, name, value);
}

/**
 * wt_json_put_rest:
 * @object: an object
 * @rest: (nullable): members that were not known when it was read
 *
 * Adds copies of those that @object does not have.
 */
void
wt_json_put_rest (WtJsonValue *object, WtJsonValue *rest)
{
  for (guint i = 0; i < wt_json_value_get_length (rest); i++)
    {
      const char *name = wt_json_value_get_name (rest, i);

      if (!wt_json_value_has_member (object, name))
        wt_json_value_set_member (object, name,
                                  wt_json_copy (NULL, wt_json_value_get_element (rest, i), NULL));
    }
}
