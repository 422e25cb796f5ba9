/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-inspection.h"

#include <string.h>

#include "wt-envelope.h"
#include "wt-json-write.h"
#include "wt-log.h"
#include "wt-redact.h"

/* More of one frame is not looked at. */
#define MOST_JSON_BYTES (128 * 1024)
#define MOST_SUMMARY_CHARACTERS 200
/* What is shorter is a word rather than a key. */
#define SHORTEST_KEY 8
#define MOST_KEYS 16
#define DOTS "•••"

/* The keys in a message: somebody may say them elsewhere in it, too. */
static void
collect_keys (GPtrArray *keys, WtJsonValue *node, gboolean is_secret)
{
  if (keys->len >= MOST_KEYS)
    return;

  if (wt_json_value_is (node, WT_JSON_KIND_OBJECT))
    {
      for (guint i = 0; i < wt_json_value_get_length (node); i++)
        collect_keys (keys, wt_json_value_get_element (node, i),
                      is_secret || wt_redact_is_secret (wt_json_value_get_name (node, i)));
    }
  else if (wt_json_value_is (node, WT_JSON_KIND_ARRAY))
    {
      for (guint i = 0; i < wt_json_value_get_length (node); i++)
        collect_keys (keys, wt_json_value_get_element (node, i), is_secret);
    }
  else if (is_secret && wt_json_value_is (node, WT_JSON_KIND_STRING)
           && strlen (wt_json_value_get_string (node)) >= SHORTEST_KEY)
    g_ptr_array_add (keys, g_strdup (wt_json_value_get_string (node)));
}

/* As it is written within JSON, without the quotes around it. */
static char *
escape (const char *key)
{
  g_autoptr (WtJsonValue) node = wt_json_value_new_string (key);
  g_autofree char *written = wt_json_write_text (NULL, node, WT_JSON_COMPACT);

  return g_strndup (written + 1, strlen (written) - 2);
}

/* Takes @text. */
static char *
hide_keys (char *text, GPtrArray *keys)
{
  g_autofree char *known = text != NULL ? wt_log_redact (text) : NULL;
  g_autoptr (GString) hidden = g_string_new (known);

  g_free (text);
  if (known == NULL)
    return NULL;
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *escaped = escape (g_ptr_array_index (keys, i));

      g_string_replace (hidden, g_ptr_array_index (keys, i), DOTS, 0);
      g_string_replace (hidden, escaped, DOTS, 0);
    }
  return g_string_free (g_steal_pointer (&hidden), FALSE);
}

static char *
dup_member (WtJsonValue *tree, const char *parent, const char *name)
{
  WtJsonValue *object = parent != NULL ? wt_json_value_get_member (tree, parent) : tree;
  WtJsonValue *node = wt_json_value_get_member (object, name);

  if (wt_json_value_is (node, WT_JSON_KIND_INTEGER))
    return g_strdup_printf ("%" G_GINT64_FORMAT, wt_json_value_get_integer (node));
  return g_strdup (wt_json_value_get_string (node));
}

/* Of the redacted tree: what is hidden there does not come back. */
static char *
make_summary (WtJsonValue *tree)
{
  WtJsonValue *node = wt_json_value_get_member (wt_json_value_get_member (tree, "payload"),
                                                "message_segment");
  g_autoptr (WtSegment) segment = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  guint left = MOST_SUMMARY_CHARACTERS;

  if (node != NULL)
    segment = wt_segment_from_json (NULL, node, "", NULL);
  if (segment == NULL)
    return NULL;

  text = wt_segment_to_plain_text (segment);
  for (const char *p = text; *p != '\0' && left > 0; p = g_utf8_next_char (p), left--)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (line, g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
  if (left == 0)
    g_string_append (line, "…");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static WtInspectionKind
find_kind (const char *type_name)
{
  if (type_name == NULL)
    return WT_INSPECTION_BAD;
  if (strcmp (type_name, "sys_std") == 0)
    return WT_INSPECTION_MESSAGE;
  return strcmp (type_name, "sys_ack") == 0 ? WT_INSPECTION_ACK : WT_INSPECTION_OTHER;
}

/* As the inbox judges it. */
static void
lint_received (WtInspection *self, GBytes *frame)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, &error);
  const GError *refusal = envelope != NULL ? wt_envelope_get_error (envelope) : NULL;

  if (envelope == NULL)
    wt_lint_list_add (self->lints, WT_LINT_NO_ENVELOPE, error->message);
  else if (refusal != NULL)
    wt_lint_list_add (self->lints, WT_LINT_REFUSED, refusal->message);
}

static void
read_members (WtInspection *self, WtJsonValue *tree, GPtrArray *keys)
{
  self->type_name = hide_keys (dup_member (tree, NULL, "type"), keys);
  self->msg_id = hide_keys (dup_member (tree, NULL, "msg_id"), keys);
  self->kind = self->msg_id != NULL ? find_kind (self->type_name) : WT_INSPECTION_BAD;
  if (self->kind == WT_INSPECTION_ACK)
    self->acked_msg_id = hide_keys (dup_member (tree, "meta", "acked_msg_id"), keys);
  if (self->kind == WT_INSPECTION_MESSAGE)
    self->summary = hide_keys (make_summary (tree), keys);
}

static void
cut_json (WtInspection *self)
{
  gsize length = strlen (self->json);
  gsize kept = MOST_JSON_BYTES;

  if (length <= kept)
    return;
  while ((self->json[kept] & 0xc0) == 0x80)
    kept--;
  self->cut = length - kept;
  self->json[kept] = '\0';
  self->json = g_realloc (self->json, kept + 1);
}

static void
inspect_bytes (WtInspection *self, GBytes *frame, const GError *error)
{
  self->kind = WT_INSPECTION_BAD;
  self->json = wt_envelope_redact_beyond (frame, 0, FALSE);
  wt_lint_list_add (self->lints, WT_LINT_NOT_MESSAGE,
                    error != NULL ? error->message : "the frame is not an object");
}

/**
 * wt_inspection_new:
 * @frame: any bytes, sent or received
 * @outgoing: whether they were sent
 * @platform: (nullable): the connection's platform, where it is known
 * @longest: strings of more bytes are replaced by their size; %G_MAXSIZE: none is for its length, and what comes of
 *   it is not cut
 *
 * Looks at a frame for the inspector: everything in the result is without keys: those in members whose names say so,
 * those that wt_log_add_secret() knows, wherever they are, and those of the frame itself elsewhere in it. Takes
 * as long as wt_json_parse() twice: not for the main thread.
 *
 * Returns: (transfer full): what it is
 */
WtInspection *
wt_inspection_new (GBytes *frame, gboolean outgoing, const char *platform, gsize longest)
{
  WtInspection *self = g_new0 (WtInspection, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtJson) document = wt_json_parse (frame, &error);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  self->lints = wt_lint_list_new ();
  if (outgoing && g_bytes_get_size (frame) > WT_PROTOCOL_MAX_BYTES)
    wt_lint_list_add (self->lints, WT_LINT_TOO_LARGE, NULL);
  if (document == NULL || !wt_json_value_is (wt_json_get_root (document), WT_JSON_KIND_OBJECT))
    {
      inspect_bytes (self, frame, error);
      return self;
    }

  g_autoptr (WtJsonValue) tree = wt_redact_tree (document, wt_json_get_root (document), longest,
                                                 WT_REDACT_SENDERS);

  collect_keys (keys, wt_json_get_root (document), FALSE);
  read_members (self, tree, keys);
  self->json = hide_keys (wt_json_write_text (NULL, tree, WT_JSON_COMPACT), keys);
  if (longest < G_MAXSIZE)
    cut_json (self);
  if (outgoing)
    wt_lint_message (self->lints, document, platform);
  else
    lint_received (self, frame);
  for (guint i = 0; i < self->lints->len; i++)
    {
      WtLint *lint = g_ptr_array_index (self->lints, i);

      lint->detail = hide_keys (lint->detail, keys);
    }
  return self;
}

/**
 * wt_inspection_free:
 * @self: (transfer full): what wt_inspection_new() returned
 */
void
wt_inspection_free (WtInspection *self)
{
  g_free (self->type_name);
  g_free (self->msg_id);
  g_free (self->acked_msg_id);
  g_free (self->summary);
  g_free (self->json);
  g_ptr_array_unref (self->lints);
  g_free (self);
}
