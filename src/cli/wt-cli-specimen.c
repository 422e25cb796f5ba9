/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-specimen.h"

#include <math.h>

/* Longer than any chat, so that a few of the messages fill the window. */
#define MOST_WORDS 320
#define WORDS_ON_AVERAGE 8

static const char *const english[] = {
  "the",      "a",       "I",        "you",       "we",       "they",    "it",       "is",
  "was",      "not",     "and",      "but",       "so",       "if",      "when",     "today",
  "tomorrow", "morning", "evening",  "train",     "ticket",   "coffee",  "dinner",   "garden",
  "weather",  "rain",    "wheat",    "harvest",   "bread",    "music",   "picture",  "message",
  "server",   "build",   "release",  "bug",       "fix",      "test",    "patch",    "review",
  "really",   "maybe",   "probably", "thanks",    "please",   "sorry",   "okay",     "good",
  "great",    "slow",    "fast",     "later",     "again",    "already", "still",    "never",
  "found",    "lost",    "wrote",    "read",      "saw",      "heard",   "send",     "wait",
  "meeting",  "office",  "library",  "mountain",  "river",    "cat",     "dog",      "sparrow",
  "station",  "airport", "keyboard", "notebook",  "window",   "door",    "question", "answer",
  "idea",     "plan",    "week",     "month",     "birthday", "holiday", "photo",    "file",
  "version",  "update",  "install",  "configure", "network",  "account", "password", "backup",
};

static const char *const chinese[] = {
  "今天", "明天", "昨天", "早上", "晚上", "中午", "我们", "你们", "他们", "大家", "自己", "朋友",
  "老师", "同学", "同事", "妈妈", "爸爸", "孩子", "小麦", "麦田", "麦穗", "机器", "服务", "消息",
  "图片", "文件", "代码", "测试", "版本", "更新", "问题", "答案", "时间", "地方", "城市", "北京",
  "上海", "广州", "成都", "天气", "下雨", "太阳", "月亮", "吃饭", "喝茶", "咖啡", "面包", "米饭",
  "火锅", "学习", "工作", "休息", "睡觉", "起床", "回家", "出门", "坐车", "火车", "飞机", "地铁",
  "电脑", "手机", "键盘", "窗口", "网络", "账号", "密码", "备份", "可以", "不行", "知道", "觉得",
  "喜欢", "讨厌", "希望", "可能", "应该", "已经", "还是", "但是", "因为", "所以", "如果", "虽然",
  "一起", "马上", "刚才", "终于", "真的", "有点", "非常", "特别", "好的", "谢谢", "抱歉", "加油",
  "哈哈", "没有", "看到", "听说", "找到", "发送", "收到", "等等", "开会", "下班", "周末", "生日",
};

static const char *const japanese[] = {
  "今日は",     "明日は",     "昨日は", "私は",       "みんなで",     "一緒に",     "とても",
  "ちょっと",   "たぶん",     "また",   "電車で",     "駅前で",       "学校で",     "会社で",
  "コーヒーを", "ラーメンを", "パンを", "写真を",     "メッセージを", "本を",       "音楽を",
  "飲みました", "食べました", "見た",   "送りました", "読んでいます", "聞いた",     "行きます",
  "楽しい",     "寒いですね", "ですか", "でした",     "ありがとう",   "すみません", "了解です",
};

static const char *const emoji[] = {
  "😀", "😂", "🥲", "👍", "🙏", "🎉", "❤️", "🌾", "🐦", "☕", "👨‍👩‍👧", "🇨🇳"
};

static const char *const links[] = { "https://example.org/wheat", "https://example.com/a?page=2",
                                     "https://例え.example/麦" };

static const char *const persons[] = {
  "Alice",  "Bob",  "Chen Wei", "李明", "王芳",   "张伟", "佐藤",      "鈴木 花子", "Émilie",
  "Nadia",  "小麦", "Tomás",    "陈静", "刘洋",   "Yuki", "Aleksandr", "赵敏",      "Fatima",
  "Jürgen", "周杰", "Priya",    "孙悦", "김민준", "Olga", "יעל",       "محمد",      "麦麦"
};

static const char *const groups[] = { "麦田技术交流群", "Weekend Hikers", "家人们",
                                      "Release Team",   "读书会",         "写真部",
                                      "Book Club",      "吃货联盟",       "MaiBot 调试",
                                      "Neighbours",     "羽毛球",         "夜更かし" };

static const char *
pick (GRand *rand, const char *const *words, gsize n)
{
  return words[g_rand_int_range (rand, 0, (gint32) n)];
}

/* Most are short, a few are very long. */
static guint
pick_length (GRand *rand)
{
  double spread = g_rand_double (rand) < 0.02 ? 10 : 1;
  double words = 1 - log (1 - g_rand_double (rand)) * (WORDS_ON_AVERAGE - 1) * spread;

  return (guint) CLAMP (words, 1, MOST_WORDS);
}

static void
append_spaced (GRand *rand, GString *text, guint words)
{
  for (guint i = 0; i < words; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, pick (rand, english, G_N_ELEMENTS (english)));
    }
  g_string_append (text, g_rand_boolean (rand) ? "." : "");
}

static void
append_unspaced (GRand *rand, GString *text, guint words, const char *const *from, gsize n)
{
  for (guint i = 0; i < words; i++)
    {
      if (i > 0 && i % 5 == 0)
        g_string_append (text, i % 15 == 0 ? "。\n" : "，");
      g_string_append (text, pick (rand, from, n));
    }
  g_string_append (text, g_rand_boolean (rand) ? "。" : "");
}

/**
 * wt_cli_specimen_mix:
 * @number: any number
 *
 * Returns: another one, spread over all there are
 */
guint64
wt_cli_specimen_mix (guint64 number)
{
  number += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  number = (number ^ (number >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  number = (number ^ (number >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return number ^ (number >> 31);
}

/**
 * wt_cli_specimen_text:
 * @rand: where chance comes from
 *
 * Returns: (transfer full): a message in Chinese, English or Japanese, perhaps with a link or an emoji
 */
char *
wt_cli_specimen_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  guint language = (guint) g_rand_int_range (rand, 0, 100);
  guint words = pick_length (rand);

  if (language < 55)
    append_unspaced (rand, text, words, chinese, G_N_ELEMENTS (chinese));
  else if (language < 85)
    append_spaced (rand, text, words);
  else if (language < 95)
    append_unspaced (rand, text, words, japanese, G_N_ELEMENTS (japanese));
  if (language % 20 == 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            pick (rand, links, G_N_ELEMENTS (links)));
  if (text->len == 0 || language % 10 == 1)
    g_string_append (text, pick (rand, emoji, G_N_ELEMENTS (emoji)));

  return g_string_free (text, FALSE);
}

/**
 * wt_cli_specimen_person:
 * @number: whose name
 *
 * Returns: (transfer full): a name; many have the same
 */
char *
wt_cli_specimen_person (guint64 number)
{
  guint64 mixed = wt_cli_specimen_mix (number);
  const char *name = persons[mixed % G_N_ELEMENTS (persons)];
  guint more = (guint) (mixed >> 32) % 400;

  return more < 100 ? g_strdup (name) : g_strdup_printf ("%s %u", name, more);
}

/**
 * wt_cli_specimen_group:
 * @number: which group's name
 *
 * Returns: (transfer full): a name
 */
char *
wt_cli_specimen_group (guint64 number)
{
  return g_strdup_printf ("%s %u", groups[wt_cli_specimen_mix (number) % G_N_ELEMENTS (groups)],
                          (guint) (number % 10000));
}

/**
 * wt_cli_specimen_picture:
 * @number: which one
 *
 * Returns: (transfer full): a picture of a field under a sky, in a size and colours of its own
 */
WtPixels *
wt_cli_specimen_picture (guint64 number)
{
  static const int sizes[][2] = { { 640, 480 }, { 480, 640 }, { 1280, 720 }, { 96, 96 } };
  guint64 mixed = wt_cli_specimen_mix (number);
  int width = sizes[number % G_N_ELEMENTS (sizes)][0];
  int height = sizes[number % G_N_ELEMENTS (sizes)][1];
  int horizon = height / 3 + (int) (mixed % (guint64) (height / 3));
  guint8 *rows = g_malloc ((gsize) width * (gsize) height * 3);
  g_autoptr (GBytes) bytes = NULL;

  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          guint8 *pixel = rows + ((gsize) y * (gsize) width + (gsize) x) * 3;

          pixel[0] = y < horizon ? (guint8) (90 + 100 * y / height) : (guint8) (150 + x % 32);
          pixel[1] = y < horizon ? (guint8) (140 + 100 * y / height) : (guint8) (110 + y % 32);
          pixel[2] = (guint8) (y < horizon ? 200 : (mixed >> 40) % 96);
        }
    }
  bytes = g_bytes_new_take (rows, (gsize) width * (gsize) height * 3);

  return wt_pixels_new (bytes, width, height, (gsize) width * 3, FALSE);
}
