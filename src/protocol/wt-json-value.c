/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-json-value.h"

#include <string.h>

/* Most objects have no more members. */
#define FIRST_ROOM 4
/* Longer names are in memory of their own. */
#define SHORT_NAME 24

typedef struct
{
  WtJsonValue *value;
  char *long_name;
  char name[SHORT_NAME];
} Member;

struct _WtJsonValue
{
  gatomicrefcount ref_count;
  WtJsonKind kind;
  guint length; /* of an array or object */
  guint room;
  union
  {
    gboolean boolean;
    gint64 integer;
    double number;
    WtJsonValue **elements; /* of an array */
    Member *members;        /* of an object */
    char *string;           /* in the same block of memory */
  };
};

static WtJsonValue *
value_new (WtJsonKind kind, gsize more)
{
  WtJsonValue *self = g_malloc (sizeof *self + more);

  memset (self, 0, sizeof *self);
  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;

  return self;
}

/**
 * wt_json_value_new:
 * @kind: %WT_JSON_KIND_NULL, %WT_JSON_KIND_ARRAY or %WT_JSON_KIND_OBJECT
 *
 * Returns: (transfer full): a null, or an empty array or object
 */
WtJsonValue *
wt_json_value_new (WtJsonKind kind)
{
  g_return_val_if_fail (kind == WT_JSON_KIND_NULL || kind >= WT_JSON_KIND_ARRAY, NULL);

  return value_new (kind, 0);
}

/**
 * wt_json_value_new_boolean:
 * @boolean: its value
 *
 * Returns: (transfer full): a boolean
 */
WtJsonValue *
wt_json_value_new_boolean (gboolean boolean)
{
  WtJsonValue *self = value_new (WT_JSON_KIND_BOOLEAN, 0);

  self->boolean = boolean;
  return self;
}

/**
 * wt_json_value_new_integer:
 * @integer: its value
 *
 * Returns: (transfer full): an integer
 */
WtJsonValue *
wt_json_value_new_integer (gint64 integer)
{
  WtJsonValue *self = value_new (WT_JSON_KIND_INTEGER, 0);

  self->integer = integer;
  return self;
}

/**
 * wt_json_value_new_double:
 * @number: its value; what is not finite is written as `null`
 *
 * Returns: (transfer full): a number
 */
WtJsonValue *
wt_json_value_new_double (double number)
{
  WtJsonValue *self = value_new (WT_JSON_KIND_DOUBLE, 0);

  self->number = number;
  return self;
}

/**
 * wt_json_value_new_string:
 * @string: valid UTF-8
 *
 * Returns: (transfer full): a string
 */
WtJsonValue *
wt_json_value_new_string (const char *string)
{
  g_return_val_if_fail (string != NULL, NULL);

  return wt_json_value_new_string_len (string, strlen (string));
}

/**
 * wt_json_value_new_string_len:
 * @string: (array length=length): valid UTF-8 without NULs
 * @length: its bytes
 *
 * Returns: (transfer full): a string
 */
WtJsonValue *
wt_json_value_new_string_len (const char *string, gsize length)
{
  WtJsonValue *self = value_new (WT_JSON_KIND_STRING, length + 1);

  self->string = (char *) (self + 1);
  memcpy (self->string, string, length);
  self->string[length] = '\0';

  return self;
}

/**
 * wt_json_value_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
WtJsonValue *
wt_json_value_ref (WtJsonValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static const char *
get_name (const Member *member)
{
  return member->long_name != NULL ? member->long_name : member->name;
}

static void
clear_member (Member *member)
{
  g_free (member->long_name);
  wt_json_value_unref (member->value);
}

static void
clear (WtJsonValue *self)
{
  if (self->kind == WT_JSON_KIND_ARRAY)
    {
      for (guint i = 0; i < self->length; i++)
        wt_json_value_unref (self->elements[i]);
      g_free (self->elements);
    }
  else if (self->kind == WT_JSON_KIND_OBJECT)
    {
      for (guint i = 0; i < self->length; i++)
        clear_member (&self->members[i]);
      g_free (self->members);
    }
}

/**
 * wt_json_value_unref:
 * @self: (transfer full): a value
 *
 * Gives up a reference. As deep as the value is nested.
 */
void
wt_json_value_unref (WtJsonValue *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  clear (self);
  g_free (self);
}

/**
 * wt_json_value_is:
 * @self: (nullable): a value
 * @kind: a kind
 *
 * Returns: whether there is a value, and it is of that kind
 */
gboolean
wt_json_value_is (const WtJsonValue *self, WtJsonKind kind)
{
  return self != NULL && self->kind == kind;
}

/**
 * wt_json_value_is_number:
 * @self: (nullable): a value
 *
 * Returns: whether it is an integer or a double
 */
gboolean
wt_json_value_is_number (const WtJsonValue *self)
{
  return wt_json_value_is (self, WT_JSON_KIND_INTEGER)
         || wt_json_value_is (self, WT_JSON_KIND_DOUBLE);
}

/**
 * wt_json_value_get_kind:
 * @self: a value
 *
 * Returns: what it is
 */
WtJsonKind
wt_json_value_get_kind (const WtJsonValue *self)
{
  g_return_val_if_fail (self != NULL, WT_JSON_KIND_NULL);

  return self->kind;
}

/**
 * wt_json_value_get_boolean:
 * @self: (nullable): a value
 *
 * Returns: its value; %FALSE where it is no boolean
 */
gboolean
wt_json_value_get_boolean (const WtJsonValue *self)
{
  return wt_json_value_is (self, WT_JSON_KIND_BOOLEAN) && self->boolean;
}

/**
 * wt_json_value_get_integer:
 * @self: (nullable): a value
 *
 * Returns: its value; 0 where it is no integer
 */
gint64
wt_json_value_get_integer (const WtJsonValue *self)
{
  return wt_json_value_is (self, WT_JSON_KIND_INTEGER) ? self->integer : 0;
}

/**
 * wt_json_value_get_double:
 * @self: (nullable): a value
 *
 * Returns: its value, that of an integer too; 0 where it is no number
 */
double
wt_json_value_get_double (const WtJsonValue *self)
{
  if (wt_json_value_is (self, WT_JSON_KIND_INTEGER))
    return (double) self->integer;

  return wt_json_value_is (self, WT_JSON_KIND_DOUBLE) ? self->number : 0;
}

/**
 * wt_json_value_get_string:
 * @self: (nullable): a value
 *
 * Returns: (transfer none) (nullable): its value; %NULL where it is no string
 */
const char *
wt_json_value_get_string (const WtJsonValue *self)
{
  return wt_json_value_is (self, WT_JSON_KIND_STRING) ? self->string : NULL;
}

/**
 * wt_json_value_get_length:
 * @self: (nullable): a value
 *
 * Returns: how many elements or members it has; 0 where it is neither array nor object
 */
guint
wt_json_value_get_length (const WtJsonValue *self)
{
  return self != NULL ? self->length : 0;
}

/**
 * wt_json_value_get_element:
 * @self: an array or object
 * @index: less than its length
 *
 * Returns: (transfer none): the element, or the value of the member, that is there
 */
WtJsonValue *
wt_json_value_get_element (const WtJsonValue *self, guint index)
{
  g_return_val_if_fail (index < wt_json_value_get_length (self), NULL);

  return self->kind == WT_JSON_KIND_ARRAY ? self->elements[index] : self->members[index].value;
}

/* Makes room for one more. */
static void
grow (WtJsonValue *self)
{
  if (self->length < self->room)
    return;

  self->room = MAX (FIRST_ROOM, self->room * 2);
  if (self->kind == WT_JSON_KIND_ARRAY)
    self->elements = g_renew (WtJsonValue *, self->elements, self->room);
  else
    self->members = g_renew (Member, self->members, self->room);
}

/**
 * wt_json_value_append:
 * @self: an array
 * @element: (transfer full): a value
 *
 * Adds an element.
 */
void
wt_json_value_append (WtJsonValue *self, WtJsonValue *element)
{
  g_return_if_fail (wt_json_value_is (self, WT_JSON_KIND_ARRAY));
  g_return_if_fail (element != NULL);

  grow (self);
  self->elements[self->length++] = element;
}

/**
 * wt_json_value_get_name:
 * @self: an object
 * @index: less than its length
 *
 * Returns: (transfer none): the name of the member that is there; members are in the order in which they came
 */
const char *
wt_json_value_get_name (const WtJsonValue *self, guint index)
{
  g_return_val_if_fail (wt_json_value_is (self, WT_JSON_KIND_OBJECT), NULL);
  g_return_val_if_fail (index < self->length, NULL);

  return get_name (&self->members[index]);
}

/* One by one: an object that is read has at most WT_PROTOCOL_MAX_MEMBERS of them, and as a rule less than ten. */
static Member *
find_member (const WtJsonValue *self, const char *name)
{
  if (!wt_json_value_is (self, WT_JSON_KIND_OBJECT))
    return NULL;

  for (guint i = 0; i < self->length; i++)
    {
      if (strcmp (get_name (&self->members[i]), name) == 0)
        return &self->members[i];
    }

  return NULL;
}

/**
 * wt_json_value_get_member:
 * @self: (nullable): a value
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the member's value; %NULL where there is none, or @self is no object
 */
WtJsonValue *
wt_json_value_get_member (const WtJsonValue *self, const char *name)
{
  Member *member = find_member (self, name);

  return member != NULL ? member->value : NULL;
}

/**
 * wt_json_value_has_member:
 * @self: (nullable): a value
 * @name: a name
 *
 * Returns: whether it is an object with that member, be it null
 */
gboolean
wt_json_value_has_member (const WtJsonValue *self, const char *name)
{
  return find_member (self, name) != NULL;
}

static void
add_member (WtJsonValue *self, const char *name, WtJsonValue *value)
{
  gsize length = strlen (name);
  Member *member;

  grow (self);
  member = &self->members[self->length++];
  member->value = value;
  member->long_name = length < SHORT_NAME ? NULL : g_strdup (name);
  if (length < SHORT_NAME)
    memcpy (member->name, name, length + 1);
}

/**
 * wt_json_value_set_member:
 * @self: an object
 * @name: valid UTF-8
 * @member: (transfer full): its value
 *
 * Adds a member, or puts another value in its place.
 */
void
wt_json_value_set_member (WtJsonValue *self, const char *name, WtJsonValue *member)
{
  Member *found;

  g_return_if_fail (wt_json_value_is (self, WT_JSON_KIND_OBJECT));
  g_return_if_fail (name != NULL);
  g_return_if_fail (member != NULL);

  found = find_member (self, name);
  if (found == NULL)
    {
      add_member (self, name, member);
      return;
    }
  wt_json_value_unref (found->value);
  found->value = member;
}

/**
 * wt_json_value_set_boolean:
 * @self: an object
 * @name: a name
 * @boolean: a value
 *
 * As wt_json_value_set_member().
 */
void
wt_json_value_set_boolean (WtJsonValue *self, const char *name, gboolean boolean)
{
  wt_json_value_set_member (self, name, wt_json_value_new_boolean (boolean));
}

/**
 * wt_json_value_set_integer:
 * @self: an object
 * @name: a name
 * @integer: a value
 *
 * As wt_json_value_set_member().
 */
void
wt_json_value_set_integer (WtJsonValue *self, const char *name, gint64 integer)
{
  wt_json_value_set_member (self, name, wt_json_value_new_integer (integer));
}

/**
 * wt_json_value_set_double:
 * @self: an object
 * @name: a name
 * @number: a value
 *
 * As wt_json_value_set_member().
 */
void
wt_json_value_set_double (WtJsonValue *self, const char *name, double number)
{
  wt_json_value_set_member (self, name, wt_json_value_new_double (number));
}

/**
 * wt_json_value_set_string:
 * @self: an object
 * @name: a name
 * @string: (nullable): valid UTF-8; %NULL is written as `null`
 *
 * As wt_json_value_set_member().
 */
void
wt_json_value_set_string (WtJsonValue *self, const char *name, const char *string)
{
  wt_json_value_set_member (self, name,
                            string != NULL ? wt_json_value_new_string (string)
                                           : wt_json_value_new (WT_JSON_KIND_NULL));
}

/**
 * wt_json_value_remove_member:
 * @self: an object
 * @name: a name
 *
 * Takes a member away, where there is one.
 */
void
wt_json_value_remove_member (WtJsonValue *self, const char *name)
{
  Member *member = find_member (self, name);

  if (member == NULL)
    return;

  clear_member (member);
  self->length--;
  memmove (member, member + 1, sizeof *member * (gsize) (self->members + self->length - member));
}
