/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-demo-script.h"

#include <gio/gio.h>
#include <string.h>

#include "wt-server-resources.h"

#define RESOURCE_PREFIX "/io/github/wheatear_im/Wheatear/demo/"
#define LONGEST_QUOTE 400

enum
{
  MAIMAI,
  XIAOHE,
  ALICE,
  LAOMAI,
};

static const WtDemoRole roles[] = {
  [MAIMAI] = { "demo-maimai", "maimai", "麦麦 Maimai", NULL },
  [XIAOHE] = { "demo-xiaohe", "xiaohe", "小禾", "小禾 · 摄影" },
  [ALICE] = { "demo-alice", "alice", "Alice", NULL },
  [LAOMAI] = { "demo-laomai", "laomai", "老麦", "老麦 · 群主" },
};

typedef WtSegment *(*Make) (const WtDemoScene *scene, const char *text);

typedef struct
{
  guint role;
  gboolean group;
  Make make;
  const char *text;
} Step;

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX, name, NULL);

  return g_resource_lookup_data (wt_server_get_resource (), path, 0, NULL);
}

static WtSegment *
make_list (WtSegment *first, WtSegment *second)
{
  g_autoptr (WtSegment) a = first;
  g_autoptr (WtSegment) b = second;
  WtSegment *children[] = { a, b };

  return wt_segment_new_list (children, G_N_ELEMENTS (children));
}

static WtSegment *
make_media (WtSegmentKind kind, const char *name, const char *mime_type)
{
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (GBytes) contents = load (name);
  gsize size;
  gconstpointer data = g_bytes_get_data (contents, &size);
  char *base64 = g_base64_encode (data, size);

  media->base64 = g_bytes_new_take (base64, strlen (base64));
  if (kind == WT_SEGMENT_FILE)
    {
      media->name = g_strdup (name);
      media->mime_type = g_strdup (mime_type);
      media->size = (gint64) size;
    }
  return wt_segment_new_media (kind, media);
}

static WtSegment *
make_text (const WtDemoScene *scene, const char *text)
{
  return wt_segment_new_text (text);
}

static WtSegment *
make_picture (const WtDemoScene *scene, const char *text)
{
  return make_media (WT_SEGMENT_IMAGE, text, "image/png");
}

static WtSegment *
make_file (const WtDemoScene *scene, const char *text)
{
  return make_media (WT_SEGMENT_FILE, text, "text/plain");
}

static WtSegment *
make_sticker (const WtDemoScene *scene, const char *text)
{
  return make_media (WT_SEGMENT_EMOJI, text, "image/gif");
}

static WtSegment *
make_voice (const WtDemoScene *scene, const char *text)
{
  return make_media (WT_SEGMENT_VOICE, text, "audio/wav");
}

/* As it is written on the wire. */
static WtSegment *
make_from_wire (const WtDemoScene *scene, const char *text)
{
  g_autoptr (GBytes) bytes = load (text);
  g_autoptr (WtJson) document = wt_json_parse (bytes, NULL);

  return wt_segment_from_json (document, wt_json_get_root (document), "demo", NULL);
}

static WtSegment *
make_face (const WtDemoScene *scene, const char *text)
{
  return wt_segment_new_face (text);
}

static WtSegment *
make_mention (const WtDemoScene *scene, const char *text)
{
  return make_list (wt_segment_new_mention (scene->user_id, scene->user_name, NULL),
                    wt_segment_new_text (text));
}

static guint find_step (Make make);

static WtSegment *
make_reply_to_picture (const WtDemoScene *scene, const char *text)
{
  guint picture = find_step (make_picture);

  return make_list (wt_segment_new_reply (scene->message_ids[picture]), wt_segment_new_text (text));
}

static const Step steps[] = {
  { MAIMAI, FALSE, make_text,
    "你好，我是麦麦！欢迎来到麦穗。\nHello, I am Maimai. Welcome to Wheatear!" },
  { XIAOHE, TRUE, make_text, "大家早上好！今天的麦田特别美 🌾" },
  { ALICE, TRUE, make_text, "Good morning! Did anybody take a picture?" },
  { XIAOHE, TRUE, make_picture, "wheat-field.png" },
  { LAOMAI, TRUE, make_reply_to_picture, "拍得真好！东边那几垄可以收了。" },
  { XIAOHE, TRUE, make_sticker, "wheat-wave.gif" },
  { ALICE, TRUE, make_file, "field-notes.txt" },
  { ALICE, TRUE, make_voice, "lark.wav" },
  { LAOMAI, TRUE, make_face, "76" },
  { LAOMAI, TRUE, make_from_wire, "forward.json" },
  { ALICE, TRUE, make_mention, " what do you think? 你觉得呢？" },
  { MAIMAI, FALSE, make_text,
    "随便写点什么吧，我会回答你。\nWrite me something and I will answer. "
    "In 麦田 Wheat Field somebody always answers, too." },
};

static guint
find_step (Make make)
{
  guint step = 0;

  while (steps[step].make != make)
    step++;
  return step;
}

/**
 * wt_demo_script_get_roles:
 * @n_roles: (out): how many
 *
 * Returns: (transfer none) (array length=n_roles): who plays
 */
const WtDemoRole *
wt_demo_script_get_roles (guint *n_roles)
{
  *n_roles = G_N_ELEMENTS (roles);
  return roles;
}

/**
 * wt_demo_script_find_role:
 * @user: a user
 *
 * Returns: (transfer none) (nullable): whom they play
 */
const WtDemoRole *
wt_demo_script_find_role (const char *user)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (strcmp (roles[i].user, user) == 0)
        return &roles[i];
    }
  return NULL;
}

/**
 * wt_demo_script_get_n_steps:
 *
 * Returns: how many messages are told by themselves
 */
guint
wt_demo_script_get_n_steps (void)
{
  return G_N_ELEMENTS (steps);
}

/**
 * wt_demo_script_get_role:
 * @step: which message
 *
 * Returns: (transfer none): who writes it
 */
const WtDemoRole *
wt_demo_script_get_role (guint step)
{
  g_return_val_if_fail (step < G_N_ELEMENTS (steps), NULL);

  return &roles[steps[step].role];
}

/**
 * wt_demo_script_is_group:
 * @step: which message
 *
 * Returns: whether it is written in the group
 */
gboolean
wt_demo_script_is_group (guint step)
{
  g_return_val_if_fail (step < G_N_ELEMENTS (steps), FALSE);

  return steps[step].group;
}

/**
 * wt_demo_script_make_segment:
 * @step: which message
 * @scene: what it refers to
 *
 * Returns: (transfer full): what is said
 */
WtSegment *
wt_demo_script_make_segment (guint step, const WtDemoScene *scene)
{
  g_return_val_if_fail (step < G_N_ELEMENTS (steps), NULL);
  g_return_val_if_fail (scene->n_message_ids == G_N_ELEMENTS (steps), NULL);

  return steps[step].make (scene, steps[step].text);
}

/* A long text's beginning, whole characters of it. */
static char *
shorten (const char *text)
{
  if (g_utf8_strlen (text, -1) <= LONGEST_QUOTE)
    return g_strdup (text);

  g_autofree char *beginning = g_utf8_substring (text, 0, LONGEST_QUOTE);

  return g_strconcat (beginning, "…", NULL);
}

/**
 * wt_demo_script_make_direct_answer:
 * @turn: how many answers went before
 * @message_id: the message that is answered
 * @segment: what it said
 *
 * Returns: (transfer full): what the bot answers
 */
WtSegment *
wt_demo_script_make_direct_answer (guint turn, const char *message_id, WtSegment *segment)
{
  static const char *const answers[] = {
    "收到！你说：“%s”",
    "You wrote: “%s” Nice!",
    "嗯嗯，“%s”，我记住啦～",
    "“%s” Tell me more!",
  };
  g_autoptr (GString) text = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *quote = NULL;

  if (wt_segment_get_kind (segment) != WT_SEGMENT_TEXT
      && wt_segment_get_kind (segment) != WT_SEGMENT_SEGLIST)
    return wt_segment_ref (segment);

  plain = wt_segment_to_plain_text (segment);
  quote = shorten (plain);
  text = g_string_new (answers[turn % G_N_ELEMENTS (answers)]);
  g_string_replace (text, "%s", quote, 1);
  return make_list (wt_segment_new_reply (message_id), wt_segment_new_text (text->str));
}

/**
 * wt_demo_script_make_group_answer:
 * @turn: how many answers went before
 * @message_id: the message that is answered
 *
 * Returns: (transfer full): what a member answers
 */
WtSegment *
wt_demo_script_make_group_answer (guint turn, const char *message_id)
{
  static const char *const answers[] = {
    "说得对！",
    "I think so too.",
    "哈哈，好主意 🌾",
    "Let's talk about it over tea.",
    "收到，明天一早就去看看。",
    "Thank you for telling us!",
  };

  return make_list (wt_segment_new_reply (message_id),
                    wt_segment_new_text (answers[turn % G_N_ELEMENTS (answers)]));
}
