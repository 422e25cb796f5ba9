/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-card-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-display-text.h"
#include "wt-linkify.h"

/* Of each line. */
#define MOST_CHARACTERS 120
#define MOST_TYPE 40

/* What a peer's type is called; @labelled: its own words come after that, in the same line. */
static const struct
{
  const char *type;
  const char *words;
  gboolean labelled;
} known[] = {
  { "command", N_ ("Command"), TRUE },
  { "notify", N_ ("Notice"), TRUE },
  { "music", N_ ("Music"), FALSE },
  { "music_card", N_ ("Music"), FALSE },
  { "video", N_ ("Video"), FALSE },
  { "videourl", N_ ("Video"), FALSE },
  { "video_card", N_ ("Video"), FALSE },
  { "voiceurl", N_ ("Recording"), FALSE },
  { "imageurl", N_ ("Picture"), FALSE },
  { "miniapp_card", N_ ("Mini app"), FALSE },
  { "seglist", N_ ("Nested too deeply to be shown"), FALSE },
  { "forward", N_ ("Forwarded messages that cannot be read"), FALSE },
};

static const char *const title_names[] = {
  "title", "command", "text", "content", "message", "prompt", "name", NULL,
};
static const char *const author_names[] = { "artist", "singer", "author", "source", NULL };
static const char *const description_names[] = {
  "description", "desc", "summary", "digest", "subtitle", NULL,
};
static const char *const event_names[] = { "sub_type", "notice_type", "event", "action", NULL };
static const char *const url_names[] = {
  "url", "jump_url", "jumpUrl", "link", "href", "music_url", "video_url", "qqdocurl", NULL,
};

/* What was sent as `data`; that of the object within a `dict`. */
static WtJsonValue *
get_data (WtSegment *segment)
{
  WtJsonValue *node = wt_segment_get_json (segment);

  for (guint i = 0; i < 2 && wt_json_value_is (node, WT_JSON_KIND_OBJECT); i++)
    {
      if (!wt_json_value_has_member (node, "type") || !wt_json_value_has_member (node, "data"))
        break;
      node = wt_json_value_get_member (node, "data");
    }
  return node;
}

/* A string in one line; empty ones are none. */
static char *
dup_line (WtJsonValue *node)
{
  g_autofree char *line = NULL;

  if (!wt_json_value_is (node, WT_JSON_KIND_STRING))
    return NULL;

  line = wt_display_text_line (wt_json_value_get_string (node), MOST_CHARACTERS);
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

static char *
dup_first (WtJsonValue *data, const char *const *names)
{
  if (!wt_json_value_is (data, WT_JSON_KIND_OBJECT))
    return NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      char *line = dup_line (wt_json_value_get_member (data, names[i]));

      if (line != NULL)
        return line;
    }
  return NULL;
}

/* Whole, or not at all. */
static char *
dup_url (WtJsonValue *data)
{
  WtJsonValue *candidates[G_N_ELEMENTS (url_names)] = { NULL };

  if (data == NULL)
    return NULL;
  if (!wt_json_value_is (data, WT_JSON_KIND_OBJECT))
    candidates[0] = data;
  for (guint i = 0; wt_json_value_is (data, WT_JSON_KIND_OBJECT) && url_names[i] != NULL; i++)
    candidates[i] = wt_json_value_get_member (data, url_names[i]);

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      WtJsonValue *node = candidates[i];

      if (wt_json_value_is (node, WT_JSON_KIND_STRING)
          && wt_linkify_is_allowed (wt_json_value_get_string (node)))
        return g_strdup (wt_json_value_get_string (node));
    }
  return NULL;
}

static char *
join (const char *first, const char *second)
{
  if (first == NULL || second == NULL)
    return g_strdup (first != NULL ? first : second);

  return g_strdup_printf ("%s · %s", first, second);
}

static const char *
find_words (const char *type, gboolean *labelled)
{
  *labelled = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (type, known[i].type) == 0)
      {
        *labelled = known[i].labelled;
        return _ (known[i].words);
      }
  return NULL;
}

/* What a peer's type that we do not know is called by itself. */
static char *
make_foreign (const char *type)
{
  g_autofree char *line = wt_display_text_line (type != NULL ? type : "", MOST_TYPE);

  if (*line == '\0')
    return g_strdup (_ ("Unknown content"));
  /* Translators: a part of a message of a type that is not known: its technical name */
  return g_strdup_printf (_ ("Unknown content “%s”"), line);
}

/**
 * wt_card_words_new:
 * @segment: of kind %WT_SEGMENT_OTHER, or any other that is shown as a card
 *
 * Makes a command, a notice, a card and what is not known readable (wire.md, section 3). All of it is plain
 * text, bounded, in one line each.
 *
 * Returns: (transfer full): the words
 */
WtCardWords *
wt_card_words_new (WtSegment *segment)
{
  WtCardWords *self = g_new0 (WtCardWords, 1);
  WtJsonValue *data = get_data (segment);
  gboolean labelled;
  const char *words = find_words (wt_segment_get_type_name (segment), &labelled);
  g_autofree char *name = words != NULL ? g_strdup (words)
                                        : make_foreign (wt_segment_get_type_name (segment));
  g_autofree char *title = data != NULL ? dup_line (data) : NULL;
  g_autofree char *about = NULL;

  if (title == NULL)
    title = dup_first (data, title_names);
  if (title == NULL && labelled)
    title = dup_first (data, event_names);
  self->url = dup_url (data);

  if (title != NULL && labelled)
    {
      /* Translators: what kind of thing it is, and what it says: “Command: /clear” */
      self->title = g_strdup_printf (_ ("%s: %s"), name, title);
      self->subtitle = dup_first (data, description_names);
      return self;
    }

  about = dup_first (data, author_names);
  if (about == NULL)
    about = dup_first (data, description_names);
  if (title != NULL && words != NULL && self->url != NULL
      && !wt_json_value_is (data, WT_JSON_KIND_OBJECT))
    {
      /* An address alone: it is what stands below. */
      self->title = g_steal_pointer (&name);
      self->subtitle = g_steal_pointer (&title);
      return self;
    }
  self->title = title != NULL ? g_strdup (title) : g_strdup (name);
  self->subtitle = join (title != NULL ? name : NULL, about);
  return self;
}

void
wt_card_words_free (WtCardWords *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->url);
  g_free (self);
}
