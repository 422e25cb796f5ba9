/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "wt-segment-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of a peer's own words in a placeholder. */
#define MAX_LABEL_CHARACTERS 64

/* One line, and not endless. */
static char *
make_label (const char *text)
{
  g_autoptr (GString) label = g_string_new (NULL);
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);

      if (++n > MAX_LABEL_CHARACTERS)
        {
          g_string_append (label, "…");
          break;
        }
      g_string_append_unichar (label, g_unichar_iscntrl (character) ? ' ' : character);
    }

  return g_string_free (g_steal_pointer (&label), FALSE);
}

static char *
describe_file (const WtMedia *media)
{
  g_autofree char *name = NULL;

  if (media->name == NULL || *media->name == '\0')
    return g_strdup (_ ("[File]"));

  name = make_label (media->name);
  return g_strdup_printf (_ ("[File: %s]"), name);
}

static char *
describe_mention (const WtMention *mention)
{
  const char *name = mention->user_id;
  g_autofree char *label = NULL;

  if (mention->cardname != NULL && *mention->cardname != '\0')
    name = mention->cardname;
  else if (mention->nickname != NULL && *mention->nickname != '\0')
    name = mention->nickname;

  label = make_label (name);
  return g_strconcat ("@", label, NULL);
}

static char *
describe_face (WtSegment *self)
{
  g_autofree char *label = make_label (self->text);

  return g_strdup_printf (_ ("[Face: %s]"), label);
}

static char *
describe_other (WtSegment *self)
{
  g_autofree char *label = make_label (self->type_name);

  return *label != '\0' ? g_strdup_printf ("[%s]", label) : g_strdup (_ ("[Unknown]"));
}

static char *
describe_list (WtSegment *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean after_text = TRUE;

  for (guint i = 0; i < self->children->len; i++)
    {
      WtSegment *child = g_ptr_array_index (self->children, i);
      g_autofree char *part = NULL;
      gboolean is_text = child->kind == WT_SEGMENT_TEXT;

      /* A reply says what is answered, nothing itself. */
      if (child->kind == WT_SEGMENT_REPLY && self->children->len > 1)
        continue;

      part = wt_segment_to_plain_text (child);
      if (*part == '\0')
        continue;

      if (text->len > 0 && !(after_text && is_text) && !g_ascii_isspace (text->str[text->len - 1])
          && !g_ascii_isspace (*part))
        g_string_append_c (text, ' ');
      g_string_append (text, part);
      after_text = is_text;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wt_segment_to_plain_text:
 * @self: a segment
 *
 * What a preview, a notification or the search index says of it: text as it is (line breaks and all:
 * callers who want one line flatten it), a translated placeholder for everything else, parts of a
 * list set apart by spaces.
 *
 * Returns: (transfer full): text; may be empty
 */
char *
wt_segment_to_plain_text (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case WT_SEGMENT_TEXT:
      return g_strdup (self->text);
    case WT_SEGMENT_IMAGE:
      return g_strdup (_ ("[Picture]"));
    case WT_SEGMENT_EMOJI:
      return g_strdup (_ ("[Sticker]"));
    case WT_SEGMENT_VOICE:
      return g_strdup (_ ("[Voice message]"));
    case WT_SEGMENT_FILE:
      return describe_file (self->media);
    case WT_SEGMENT_AT:
      return describe_mention (self->mention);
    case WT_SEGMENT_FACE:
      return describe_face (self);
    case WT_SEGMENT_REPLY:
      return g_strdup (_ ("[Reply]"));
    case WT_SEGMENT_SEGLIST:
      return describe_list (self);
    case WT_SEGMENT_FORWARD:
      return g_strdup (_ ("[Forwarded messages]"));
    case WT_SEGMENT_OTHER:
    default:
      return describe_other (self);
    }
}
