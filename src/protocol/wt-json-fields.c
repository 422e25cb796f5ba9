/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-json-fields.h"

#include <math.h>
#include <string.h>

static JsonNode *
copy_string (WtJson *document, const char *text, WtJson *target)
{
  GBytes *lifted = document != NULL ? wt_json_get_lifted (document, text) : NULL;
  JsonNode *copy = json_node_new (JSON_NODE_VALUE);
  g_autofree char *own = NULL;

  if (lifted != NULL && target != NULL)
    {
      own = wt_json_lift (target, lifted);
    }
  else if (lifted != NULL)
    {
      gsize length;
      const char *data = g_bytes_get_data (lifted, &length);

      own = g_strndup (data, length);
    }

  json_node_set_string (copy, own != NULL ? own : text);
  return copy;
}

static JsonNode *
copy_value (WtJson *document, JsonNode *node, WtJson *target)
{
  GType type = json_node_get_value_type (node);
  JsonNode *copy;

  if (type == G_TYPE_STRING)
    return copy_string (document, json_node_get_string (node), target);

  copy = json_node_new (JSON_NODE_VALUE);
  if (type == G_TYPE_BOOLEAN)
    json_node_set_boolean (copy, json_node_get_boolean (node));
  else if (type == G_TYPE_DOUBLE || type == G_TYPE_FLOAT)
    json_node_set_double (copy, json_node_get_double (node));
  else
    json_node_set_int (copy, json_node_get_int (node));

  return copy;
}

static JsonNode *
copy_array (WtJson *document, JsonArray *array, WtJson *target)
{
  guint n = json_array_get_length (array);
  JsonNode *copy = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) elements = json_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    json_array_add_element (elements,
                            wt_json_copy (document, json_array_get_element (array, i), target));
  json_node_set_array (copy, elements);

  return copy;
}

static void
copy_members (WtJson *document, JsonObject *object, WtJson *target, JsonObject *into)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (into, name, wt_json_copy (document, member, target));
}

/**
 * wt_json_copy:
 * @document: (nullable): the document that knows the tokens in @node
 * @node: a tree
 * @target: (nullable): the document that the copy is for
 *
 * Copies a tree so that nothing is shared, since json-glib does not count references atomically.
 * Lifted strings become strings of @target's, or ordinary ones where there is no @target.
 *
 * Returns: (transfer full): the copy
 */
JsonNode *
wt_json_copy (WtJson *document, JsonNode *node, WtJson *target)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      {
        g_autoptr (JsonObject) members = json_object_new ();

        copy_members (document, json_node_get_object (node), target, members);
        return wt_json_object_node (members);
      }
    case JSON_NODE_ARRAY:
      return copy_array (document, json_node_get_array (node), target);
    case JSON_NODE_VALUE:
      return copy_value (document, node, target);
    case JSON_NODE_NULL:
    default:
      return json_node_new (JSON_NODE_NULL);
    }
}

/**
 * wt_json_copy_object:
 * @object: (nullable): an object without tokens
 *
 * Returns: (transfer full) (nullable): a copy that shares nothing with it
 */
JsonObject *
wt_json_copy_object (JsonObject *object)
{
  g_autoptr (JsonObject) copy = NULL;

  if (object == NULL)
    return NULL;

  copy = json_object_new ();
  copy_members (NULL, object, NULL, copy);

  return g_steal_pointer (&copy);
}

/**
 * wt_json_object_node:
 * @object: (transfer none): an object
 *
 * Returns: (transfer full): a node that holds a reference to @object
 */
JsonNode *
wt_json_object_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return node;
}

static char *
number_to_text (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  value = json_node_get_double (node);
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
wt_json_dup_text (WtJson *document, JsonNode *node)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);
      GBytes *lifted = document != NULL ? wt_json_get_lifted (document, text) : NULL;
      gsize length;
      const char *data;

      if (lifted == NULL)
        return g_strdup (text);

      data = g_bytes_get_data (lifted, &length);
      return g_strndup (data, length);
    }

  return type == G_TYPE_BOOLEAN ? NULL : number_to_text (node);
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
wt_json_get_number (JsonNode *node, double *value)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return text_to_number (json_node_get_string (node), value);
  if (type == G_TYPE_BOOLEAN)
    return FALSE;

  *value = json_node_get_double (node);
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
wt_json_check_object (JsonNode *node, const char *path, GError **error)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING, "%s is missing", path);
      return FALSE;
    }

  if (!JSON_NODE_HOLDS_OBJECT (node))
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
JsonObject *
wt_json_get_required_object (JsonObject *object, const char *path, const char *name, GError **error)
{
  g_autofree char *member_path = g_strdup_printf ("%s.%s", path, name);
  JsonNode *member = json_object_get_member (object, name);

  return wt_json_check_object (member, member_path, error) ? json_node_get_object (member) : NULL;
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
JsonNode *
wt_json_rest_get (const WtJsonRest *rest, const char *name)
{
  return is_taken (rest, name) ? NULL : json_object_get_member (rest->object, name);
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
JsonObject *
wt_json_rest_copy (const WtJsonRest *rest, WtJson *document)
{
  g_autoptr (JsonObject) copy = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (json_object_get_size (rest->object) == rest->n_taken)
    return NULL;

  copy = json_object_new ();
  json_object_iter_init_ordered (&iter, rest->object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!is_taken (rest, name))
        json_object_set_member (copy, name, wt_json_copy (document, member, NULL));
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
  JsonNode *member = wt_json_rest_get (rest, name);
  g_autofree char *text = NULL;

  if (member == NULL)
    return NULL;

  text = wt_json_dup_text (document, member);
  if (text != NULL ? strlen (text) <= WT_PROTOCOL_MAX_NAME_BYTES : JSON_NODE_HOLDS_NULL (member))
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
  JsonNode *member = wt_json_rest_get (rest, name);
  g_autofree char *text = wt_json_dup_text (document, member);
  const char *dot = *path != '\0' ? "." : "";

  if (member == NULL || JSON_NODE_HOLDS_NULL (member)
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
wt_json_put_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
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
wt_json_put_object (JsonObject *object, const char *name, JsonObject *value)
{
  if (value != NULL)
    json_object_set_object_member (object, name, value);
}

/**
 * wt_json_put_rest:
 * @object: an object
 * @rest: (nullable): members that were not known when it was read
 *
 * Adds copies of those that @object does not have.
 */
void
wt_json_put_rest (JsonObject *object, JsonObject *rest)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (rest == NULL)
    return;

  json_object_iter_init_ordered (&iter, rest);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!json_object_has_member (object, name))
        json_object_set_member (object, name, wt_json_copy (NULL, member, NULL));
    }
}
