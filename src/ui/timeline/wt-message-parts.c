/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-faces.h"
#include "wt-linkify.h"
#include "wt-sniff.h"

/* The reader bounds nesting too; this is what makes sense to look at. */
#define DEEPEST 8
#define MOST_CARDS 30
#define MOST_NAME 64

/* Around a mention, so that its background does not touch the letters. */
#define HAIR_SPACE WT_MESSAGE_HAIR_SPACE
#define MENTION_ATTRIBUTES "weight=\"600\" background=\"#3584e4\" background_alpha=\"22%\""
#define MY_MENTION_ATTRIBUTES "weight=\"800\" background=\"#e66100\" background_alpha=\"35%\""
#define DIM_ATTRIBUTES "style=\"italic\" alpha=\"75%\""

typedef struct
{
  GPtrArray *parts;
  const char *my_user_id; /* nullable */
  GString *markup;
  GString *plain; /* what stands in @markup, while it is plain text only */
  gboolean only_text;
  guint n_characters;
  guint n_cards;
  guint n_links;
  guint n_media; /* gone by, shown or not */
  WtTextBudget budget;
  gboolean folded;
} Builder;

static void
wt_message_part_free (WtMessagePart *self)
{
  g_free (self->markup);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->reference);
  g_clear_pointer (&self->segment, wt_segment_unref);
  g_free (self);
}

static WtMessagePart *
add_part (Builder *builder, WtMessagePartKind kind)
{
  WtMessagePart *part = g_new0 (WtMessagePart, 1);

  part->kind = kind;
  g_ptr_array_add (builder->parts, part);
  return part;
}

/* Ends the text that is being collected. Blank lines around it would only push the blocks apart. */
static void
flush_text (Builder *builder)
{
  const char *start = builder->markup->str;

  while (*start == '\n')
    start++;
  g_strchomp (builder->markup->str);

  if (*start != '\0')
    {
      WtMessagePart *part = add_part (builder, WT_MESSAGE_PART_TEXT);

      part->markup = g_strdup (start);
      part->n_characters = builder->n_characters;
      if (builder->only_text)
        part->n_emoji = wt_display_text_count_emoji (builder->plain->str);
    }

  g_string_truncate (builder->markup, 0);
  g_string_truncate (builder->plain, 0);
  builder->only_text = TRUE;
  builder->n_characters = 0;
}

static void
append_text (Builder *builder, const char *text)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  guint before = builder->budget.characters;

  if (builder->folded)
    return;
  if (!wt_display_text_append (shown, text, &builder->budget))
    {
      builder->folded = TRUE;
      g_string_append (shown, "…");
    }
  builder->n_characters += before - builder->budget.characters;
  wt_linkify_append (builder->markup, shown->str, shown->len, &builder->n_links);
  g_string_append_len (builder->plain, shown->str, (gssize) shown->len);
}

/* Words of ours or of a peer's in one line, marked up with @attributes, which are ours. */
static void
append_span (Builder *builder,
             const char *attributes,
             const char *before,
             const char *words,
             const char *after)
{
  guint n_characters = (guint) g_utf8_strlen (words, -1);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  if (builder->folded)
    return;
  if (n_characters > builder->budget.characters)
    {
      builder->folded = TRUE;
      return;
    }

  g_string_append_printf (builder->markup, "<span %s>%s%s%s</span>", attributes, before, escaped,
                          after);
  builder->n_characters += n_characters;
  builder->budget.characters -= n_characters;
  builder->only_text = FALSE;
}

static void
append_mention (Builder *builder, const WtMention *mention)
{
  const char *const names[] = { mention->cardname, mention->nickname, mention->user_id };
  gboolean everybody = g_str_equal (mention->user_id, "all");
  gboolean mine = everybody || g_strcmp0 (mention->user_id, builder->my_user_id) == 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = names[i] != NULL ? wt_display_text_line (names[i], MOST_NAME)
                                               : g_strdup ("");

      if (*name == '\0')
        continue;
      append_span (builder, mine ? MY_MENTION_ATTRIBUTES : MENTION_ATTRIBUTES, HAIR_SPACE "@",
                   /* Translators: follows “@”: everybody in a group is mentioned */
                   i == 2 && everybody ? _ ("all") : name, HAIR_SPACE);
      return;
    }
}

/* A known one as its emoji; some send the emoji itself. */
static void
append_face (Builder *builder, const char *id)
{
  const char *emoji = wt_faces_get_emoji (id);
  const char *known = wt_faces_get_name (id);
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;

  if (emoji == NULL && wt_display_text_count_emoji (id) == 1)
    emoji = id;
  if (emoji != NULL)
    {
      append_text (builder, emoji);
      return;
    }

  name = wt_display_text_line (known != NULL ? known : id, MOST_NAME);
  /* Translators: a small picture in the text, of which only the name is known */
  words = g_strdup_printf (_ ("[face %s]"), name);
  append_span (builder, DIM_ATTRIBUTES, "", words, "");
}

static WtMessagePart *
add_card (Builder *builder,
          WtMessagePartKind kind,
          WtSegment *segment,
          const char *icon_name,
          const char *title)
{
  WtMessagePart *part;

  flush_text (builder);
  if (builder->n_cards >= MOST_CARDS)
    {
      builder->folded = TRUE;
      return NULL;
    }

  builder->n_cards++;
  part = add_part (builder, kind);
  part->segment = wt_segment_ref (segment);
  part->icon_name = icon_name;
  part->title = g_strdup (title);
  return part;
}

static void
add_media (Builder *builder,
           WtMessagePartKind kind,
           WtSegment *segment,
           const char *icon_name,
           const char *title)
{
  const WtMedia *media = wt_segment_get_media (segment);
  guint position = builder->n_media++;
  g_autofree char *name = NULL;
  g_autofree char *size = NULL;
  WtMessagePart *part;

  if (media->name != NULL)
    name = wt_display_text_line (media->name, 2 * MOST_NAME);
  if (media->size >= 0)
    size = g_format_size ((guint64) media->size);
  if (name != NULL && *name == '\0')
    g_clear_pointer (&name, g_free);

  part = add_card (builder, kind, segment, icon_name, name != NULL ? name : title);
  if (part == NULL)
    return;

  part->media = media;
  part->position = position;
  if (name != NULL && size != NULL)
    part->subtitle = g_strdup_printf ("%s · %s", title, size);
  else if (name != NULL)
    part->subtitle = g_strdup (title);
  else
    part->subtitle = g_steal_pointer (&size);
}

static void
add_quote (Builder *builder, WtSegment *segment)
{
  WtMessagePart *part = add_card (builder, WT_MESSAGE_PART_QUOTE, segment,
                                  "mail-reply-sender-symbolic", _ ("Reply to a message"));

  if (part != NULL)
    part->reference = g_strdup (wt_segment_get_text (segment));
}

static void
add_forward (Builder *builder, WtSegment *segment)
{
  guint n_messages = wt_segment_get_n_children (segment);
  guint position = builder->n_media;
  WtMessagePart *part = add_card (builder, WT_MESSAGE_PART_FORWARD, segment,
                                  "mail-forward-symbolic", _ ("Forwarded messages"));

  builder->n_media += wt_segment_count_media (segment);

  if (part == NULL)
    return;

  part->position = position;
  part->subtitle = g_strdup_printf (ngettext ("%u message", "%u messages", n_messages), n_messages);
}

static void
add_other (Builder *builder, WtSegment *segment)
{
  static const struct
  {
    const char *type;
    const char *icon_name;
  } icons[] = {
    { "video", "video-x-generic-symbolic" },      { "videourl", "video-x-generic-symbolic" },
    { "music", "audio-x-generic-symbolic" },      { "music_card", "audio-x-generic-symbolic" },
    { "voiceurl", "audio-x-generic-symbolic" },   { "imageurl", "image-x-generic-symbolic" },
    { "video_card", "video-x-generic-symbolic" }, { "command", "utilities-terminal-symbolic" },
    { "notify", "dialog-information-symbolic" },  { "miniapp_card", "view-app-grid-symbolic" },
  };
  const char *type_name = wt_segment_get_type_name (segment);
  g_autofree char *name = wt_display_text_line (type_name != NULL ? type_name : "", MOST_NAME);
  g_autofree char *title = g_strdup_printf ("[%s]", *name != '\0' ? name : "?");
  const char *icon_name = "dialog-question-symbolic";

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (name, icons[i].type))
      icon_name = icons[i].icon_name;

  add_card (builder, WT_MESSAGE_PART_CARD, segment, icon_name, title);
  builder->n_media += wt_segment_count_media (segment);
}

/* What is here and is not a picture, whatever it was called, is a file: SVG, which may ask for more, among them. */
static gboolean
is_picture (WtSegment *segment)
{
  const WtMedia *media = wt_segment_get_media (segment);

  return media->blob == NULL || media->mime_type == NULL || wt_sniff_is_picture (media->mime_type);
}

static void
add_picture (Builder *builder,
             WtMessagePartKind kind,
             WtSegment *segment,
             const char *icon_name,
             const char *title)
{
  if (is_picture (segment))
    add_media (builder, kind, segment, icon_name, title);
  else
    add_media (builder, WT_MESSAGE_PART_FILE, segment, "text-x-generic-symbolic", _ ("File"));
}

static void
add_segment (Builder *builder, WtSegment *segment, guint depth)
{
  switch (wt_segment_get_kind (segment))
    {
    case WT_SEGMENT_TEXT:
      append_text (builder, wt_segment_get_text (segment));
      break;
    case WT_SEGMENT_IMAGE:
      add_picture (builder, WT_MESSAGE_PART_PICTURE, segment, "image-x-generic-symbolic",
                   _ ("Picture"));
      break;
    case WT_SEGMENT_EMOJI:
      add_picture (builder, WT_MESSAGE_PART_STICKER, segment, "face-smile-symbolic", _ ("Sticker"));
      break;
    case WT_SEGMENT_VOICE:
      add_media (builder, WT_MESSAGE_PART_VOICE, segment, "audio-input-microphone-symbolic",
                 _ ("Voice message"));
      break;
    case WT_SEGMENT_FILE:
      add_media (builder, WT_MESSAGE_PART_FILE, segment, "text-x-generic-symbolic", _ ("File"));
      break;
    case WT_SEGMENT_AT:
      append_mention (builder, wt_segment_get_mention (segment));
      break;
    case WT_SEGMENT_FACE:
      append_face (builder, wt_segment_get_text (segment));
      break;
    case WT_SEGMENT_REPLY:
      add_quote (builder, segment);
      break;
    case WT_SEGMENT_FORWARD:
      add_forward (builder, segment);
      break;
    case WT_SEGMENT_SEGLIST:
      if (depth >= DEEPEST)
        {
          add_other (builder, segment);
          break;
        }
      for (guint i = 0; i < wt_segment_get_n_children (segment) && !builder->folded; i++)
        add_segment (builder, wt_segment_get_child (segment, i), depth + 1);
      break;
    case WT_SEGMENT_OTHER:
    default:
      add_other (builder, segment);
      break;
    }
}

/**
 * wt_message_parts_new_words:
 * @words: words of ours
 *
 * Returns: (transfer full) (element-type WtMessagePart): @words in place of a message
 */
GPtrArray *
wt_message_parts_new_words (const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_message_part_free);
  WtMessagePart *part = g_new0 (WtMessagePart, 1);

  part->kind = WT_MESSAGE_PART_TEXT;
  part->markup = g_strdup_printf ("<span %s>%s</span>", DIM_ATTRIBUTES, escaped);
  part->n_characters = (guint) g_utf8_strlen (words, -1);
  g_ptr_array_add (parts, part);
  return parts;
}

/**
 * wt_message_parts_new:
 * @segment: a message's contents
 * @my_user_id: (nullable): whose mentions stand out
 * @budget: how much text is shown
 * @folded: (out): whether there is more than is shown
 *
 * Turns a message into what its bubble shows, in order. The work is bounded by @budget, not by the message.
 *
 * Returns: (transfer full) (element-type WtMessagePart): at least one part
 */
GPtrArray *
wt_message_parts_new (WtSegment *segment,
                      const char *my_user_id,
                      WtTextBudget budget,
                      gboolean *folded)
{
  g_autoptr (GString) markup = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  Builder builder = {
    .parts = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_message_part_free),
    .markup = markup,
    .plain = plain,
    .my_user_id = my_user_id,
    .only_text = TRUE,
    .budget = budget,
  };

  add_segment (&builder, segment, 0);
  flush_text (&builder);
  if (builder.parts->len == 0)
    {
      g_ptr_array_unref (builder.parts);
      builder.parts = wt_message_parts_new_words (_ ("Empty message"));
    }

  *folded = builder.folded;
  return builder.parts;
}
