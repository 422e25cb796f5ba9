/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-json.h"

#include <string.h>
#include <sys/random.h>

#include "wt-digits.h"
#include "wt-json-fields.h"
#include "wt-json-read.h"
#include "wt-json-string.h"
#include "wt-json-write.h"

#define NONCE_WORDS 4

struct _WtJson
{
  WtJsonValue *root;
  char *token_prefix;
  GPtrArray *lifted;
};

/* 128 random bits for each document: a peer that could guess a token could make one of its strings
 * stand for another's bytes. */
static char *
make_token_prefix (void)
{
  guint32 nonce[NONCE_WORDS];

  if (getrandom (nonce, sizeof nonce, 0) != sizeof nonce)
    {
      for (guint i = 0; i < NONCE_WORDS; i++)
        nonce[i] = g_random_int ();
    }

  return g_strdup_printf ("lifted-%08x%08x%08x%08x-", nonce[0], nonce[1], nonce[2], nonce[3]);
}

static WtJson *
json_new (void)
{
  return g_atomic_rc_box_new0 (WtJson);
}

static void
json_clear (gpointer data)
{
  WtJson *self = data;

  g_clear_pointer (&self->root, wt_json_value_unref);
  g_clear_pointer (&self->token_prefix, g_free);
  g_clear_pointer (&self->lifted, g_ptr_array_unref);
}

/**
 * wt_json_parse:
 * @text: any bytes, as they came from a peer
 * @error: return location for a #WtProtocolError: `TOO_LARGE` (bytes, values or members), `TOO_DEEP`,
 *   `SYNTAX` (which includes an empty document) or `RANGE` (a number of more than 1024 digits)
 *
 * Reads one JSON value as RFC 8259 defines it, within the bounds of wt-protocol-error.h. Implements
 * `wire.md` section 4: all strings of the tree are valid UTF-8 and whole (U+FFFD stands for lone
 * surrogates, NUL, and bytes that are no UTF-8), integers beyond 64 bits are doubles, no number is
 * infinite, of members with the same name the last counts.
 *
 * Lifted strings keep @text alive. Takes about 0.1 s for 100 MiB of base64, and up to a few seconds
 * for the worst that fits in the bounds: not for the main thread.
 *
 * Returns: (transfer full) (nullable): the document
 */
WtJson *
wt_json_parse (GBytes *text, GError **error)
{
  g_autoptr (WtJson) self = json_new ();

  g_return_val_if_fail (text != NULL, NULL);

  self->root = wt_json_read (text, self, error);

  return self->root != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * wt_json_new:
 * @root: (transfer full) (nullable): a tree, or %NULL for `null`
 *
 * A document about to be written. Strings lifted with wt_json_lift() may be put in @root before or
 * after this call.
 *
 * Returns: (transfer full): the document
 */
WtJson *
wt_json_new (WtJsonValue *root)
{
  WtJson *self = json_new ();

  self->root = root != NULL ? root : wt_json_value_new (WT_JSON_KIND_NULL);

  return self;
}

/**
 * wt_json_ref:
 * @self: a document
 *
 * Returns: (transfer full): @self
 */
WtJson *
wt_json_ref (WtJson *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wt_json_unref:
 * @self: (transfer full): a document
 *
 * Gives up a reference.
 */
void
wt_json_unref (WtJson *self)
{
  g_atomic_rc_box_release_full (self, json_clear);
}

/**
 * wt_json_get_root:
 * @self: a document
 *
 * The tree. Of a document that was read it must not be changed.
 *
 * Returns: (transfer none): the root
 */
WtJsonValue *
wt_json_get_root (WtJson *self)
{
  return self->root;
}

/**
 * wt_json_add_lifted:
 * @self: a document that nobody else has seen yet
 * @string: (transfer full): what is kept out of the tree
 *
 * Returns: (transfer full): the token that stands for it in the tree
 */
char *
wt_json_add_lifted (WtJson *self, GBytes *string)
{
  if (self->lifted == NULL)
    {
      self->lifted = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      self->token_prefix = make_token_prefix ();
    }
  g_ptr_array_add (self->lifted, string);

  return g_strdup_printf ("%s%u", self->token_prefix, self->lifted->len - 1);
}

/**
 * wt_json_lift:
 * @self: a document about to be written
 * @string: printable ASCII without `"` and `\`: base64 is
 *
 * Keeps a string out of the tree.
 *
 * Returns: (transfer full) (nullable): the token to put in the tree as a string, or %NULL when @string
 *   would need escapes and has to go in the tree itself
 */
char *
wt_json_lift (WtJson *self, GBytes *string)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (string, &length);

  if (length == 0 || !wt_json_string_is_plain (data, length))
    return NULL;

  return wt_json_add_lifted (self, g_bytes_ref (string));
}

/**
 * wt_json_get_lifted:
 * @self: a document
 * @token: a string of its tree
 *
 * Returns: (transfer none) (nullable): the bytes that @token stands for, or %NULL when it is an
 *   ordinary string
 */
GBytes *
wt_json_get_lifted (WtJson *self, const char *token)
{
  guint64 index;
  const char *digits;

  if (self->lifted == NULL || !g_str_has_prefix (token, self->token_prefix))
    return NULL;

  digits = token + strlen (self->token_prefix);
  if (!wt_digits_parse (digits, self->lifted->len - 1, &index))
    return NULL;

  return g_ptr_array_index (self->lifted, index);
}

/**
 * wt_json_to_bytes:
 * @self: a document
 *
 * Writes the document without white space, the lifted strings put in for their tokens.
 *
 * Returns: (transfer full): JSON text in UTF-8
 */
GBytes *
wt_json_to_bytes (WtJson *self)
{
  return wt_json_write (self, self->root, WT_JSON_COMPACT);
}

/**
 * wt_json_value_from_text:
 * @text: any text
 * @error: return location for a #WtProtocolError, as of wt_json_parse()
 *
 * Reads what is no frame: nothing of it is lifted.
 *
 * Returns: (transfer full) (nullable): the value
 */
WtJsonValue *
wt_json_value_from_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WtJson) document = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  bytes = g_bytes_new_static (text, strlen (text));
  document = wt_json_parse (bytes, error);
  if (document == NULL)
    return NULL;
  if (document->lifted == NULL)
    return wt_json_value_ref (document->root);

  return wt_json_copy (document, document->root, NULL);
}

/**
 * wt_json_value_to_text:
 * @self: a value without lifted strings
 *
 * Returns: (transfer full): it as JSON text in UTF-8, without white space
 */
char *
wt_json_value_to_text (WtJsonValue *self)
{
  return wt_json_write_text (NULL, self, WT_JSON_COMPACT);
}

/**
 * wt_json_make_valid:
 * @text: (nullable): any bytes
 * @length: how many, or -1 where they end with a NUL
 *
 * Makes text of whatever came from outside; U+FFFD stands for what is no UTF-8, and for NULs.
 *
 * Returns: (transfer full): valid UTF-8; empty for %NULL
 */
char *
wt_json_make_valid (const char *text, gssize length)
{
  if (text == NULL)
    return g_strdup ("");

  return g_utf8_make_valid (text, length);
}
