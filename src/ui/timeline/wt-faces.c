/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-faces.h"

#include <stdlib.h>
#include <string.h>

/* Longer ones are no numbers of ours. */
#define MOST_DIGITS 4

typedef struct
{
  int id;
  const char *emoji;
  const char *chinese;
  const char *english;
} Face;

/* The identifiers that QQ and the adapters for it use, sorted. The emoji are the nearest there are. */
static const Face faces[] = {
  { 0, "😲", "惊讶", "surprised" },
  { 1, "😖", "撇嘴", "grimace" },
  { 2, "😍", "色", "drooling" },
  { 3, "😳", "发呆", "dazed" },
  { 4, "😎", "得意", "smug" },
  { 5, "😢", "流泪", "tears" },
  { 6, "😊", "害羞", "shy" },
  { 7, "🤐", "闭嘴", "silent" },
  { 8, "😴", "睡", "asleep" },
  { 9, "😭", "大哭", "crying" },
  { 10, "😅", "尴尬", "awkward" },
  { 11, "😡", "发怒", "angry" },
  { 12, "😜", "调皮", "tongue" },
  { 13, "😁", "呲牙", "grin" },
  { 14, "🙂", "微笑", "smile" },
  { 15, "🙁", "难过", "sad" },
  { 16, "😎", "酷", "cool" },
  { 18, "😫", "抓狂", "frantic" },
  { 19, "🤮", "吐", "vomiting" },
  { 20, "🤭", "偷笑", "chuckle" },
  { 21, "🥰", "可爱", "lovely" },
  { 22, "🙄", "白眼", "eye roll" },
  { 23, "😏", "傲慢", "arrogant" },
  { 24, "😋", "饥饿", "hungry" },
  { 25, "🥱", "困", "sleepy" },
  { 26, "😱", "惊恐", "scared" },
  { 27, "😓", "流汗", "sweat" },
  { 28, "😄", "憨笑", "laugh" },
  { 29, "😌", "悠闲", "relaxed" },
  { 30, "💪", "奋斗", "go for it" },
  { 31, "🤬", "咒骂", "cursing" },
  { 32, "❓", "疑问", "question" },
  { 33, "🤫", "嘘", "shush" },
  { 34, "😵", "晕", "dizzy" },
  { 35, "😣", "折磨", "tormented" },
  { 36, "😩", "衰", "toast" },
  { 37, "💀", "骷髅", "skull" },
  { 38, "🔨", "敲打", "hammer" },
  { 39, "👋", "再见", "bye" },
  { 41, "🥶", "发抖", "shiver" },
  { 42, "💕", "爱情", "in love" },
  { 43, "🕺", "跳跳", "jumping" },
  { 46, "🐷", "猪头", "pig" },
  { 49, "🤗", "拥抱", "hug" },
  { 53, "🎂", "蛋糕", "cake" },
  { 54, "⚡", "闪电", "lightning" },
  { 55, "💣", "炸弹", "bomb" },
  { 56, "🔪", "刀", "knife" },
  { 57, "⚽", "足球", "football" },
  { 59, "💩", "便便", "poop" },
  { 60, "☕", "咖啡", "coffee" },
  { 61, "🍚", "饭", "rice" },
  { 63, "🌹", "玫瑰", "rose" },
  { 64, "🥀", "凋谢", "wilted" },
  { 66, "❤️", "爱心", "heart" },
  { 67, "💔", "心碎", "broken heart" },
  { 69, "🎁", "礼物", "gift" },
  { 74, "☀️", "太阳", "sun" },
  { 75, "🌙", "月亮", "moon" },
  { 76, "👍", "赞", "thumbs up" },
  { 77, "👎", "踩", "thumbs down" },
  { 78, "🤝", "握手", "handshake" },
  { 79, "✌️", "胜利", "victory" },
  { 85, "😘", "飞吻", "blow a kiss" },
  { 86, "😤", "怄火", "fuming" },
  { 89, "🍉", "西瓜", "watermelon" },
  { 96, "😰", "冷汗", "cold sweat" },
  { 97, "😥", "擦汗", "wiping sweat" },
  { 98, "👃", "抠鼻", "nose pick" },
  { 99, "👏", "鼓掌", "applause" },
  { 100, "😳", "糗大了", "embarrassed" },
  { 101, "😏", "坏笑", "smirk" },
  { 102, "😤", "左哼哼", "hmph left" },
  { 103, "😤", "右哼哼", "hmph right" },
  { 104, "🥱", "哈欠", "yawn" },
  { 105, "😒", "鄙视", "contempt" },
  { 106, "🥺", "委屈", "wronged" },
  { 107, "😿", "快哭了", "about to cry" },
  { 108, "😈", "阴险", "sly" },
  { 109, "😚", "左亲亲", "kiss left" },
  { 110, "😨", "吓", "frightened" },
  { 111, "🥺", "可怜", "pitiful" },
  { 112, "🔪", "菜刀", "cleaver" },
  { 113, "🍺", "啤酒", "beer" },
  { 114, "🏀", "篮球", "basketball" },
  { 115, "🏓", "乒乓", "ping-pong" },
  { 116, "💋", "示爱", "kiss" },
  { 117, "🐞", "瓢虫", "ladybird" },
  { 118, "🙏", "抱拳", "salute" },
  { 119, "👉", "勾引", "beckon" },
  { 120, "✊", "拳头", "fist" },
  { 121, "👎", "差劲", "pinky" },
  { 122, "🤟", "爱你", "love you" },
  { 123, "🙅", "NO", "no" },
  { 124, "👌", "OK", "OK" },
  { 125, "💃", "转圈", "twirl" },
  { 126, "🙇", "磕头", "kowtow" },
  { 127, "🔙", "回头", "looking back" },
  { 128, "🤸", "跳绳", "rope skipping" },
  { 129, "👋", "挥手", "waving" },
  { 130, "🤩", "激动", "excited" },
  { 131, "🕺", "街舞", "street dance" },
  { 132, "😘", "献吻", "kiss" },
  { 133, "☯️", "左太极", "tai chi left" },
  { 134, "☯️", "右太极", "tai chi right" },
  { 136, "🎊", "双喜", "double happiness" },
  { 137, "🧨", "鞭炮", "firecrackers" },
  { 138, "🏮", "灯笼", "lantern" },
  { 140, "🎤", "K歌", "karaoke" },
  { 144, "🎉", "喝彩", "cheers" },
  { 145, "🙏", "祈祷", "pray" },
  { 146, "💢", "爆筋", "furious" },
  { 147, "🍭", "棒棒糖", "lollipop" },
  { 148, "🍼", "喝奶", "baby bottle" },
  { 151, "✈️", "飞机", "aeroplane" },
  { 158, "💵", "钞票", "banknotes" },
  { 168, "💊", "药", "pill" },
  { 169, "🔫", "手枪", "pistol" },
  { 171, "🍵", "茶", "tea" },
  { 172, "😉", "眨眼睛", "wink" },
  { 173, "😭", "泪奔", "sobbing" },
  { 174, "🤷", "无奈", "helpless" },
  { 175, "😇", "卖萌", "acting cute" },
  { 176, "😟", "小纠结", "torn" },
  { 177, "🤯", "喷血", "blood spurt" },
  { 178, "😏", "斜眼笑", "side-eye smile" },
  { 179, "🐶", "doge", "doge" },
  { 180, "🤩", "惊喜", "delighted" },
  { 181, "👈", "戳一戳", "poke" },
  { 182, "😂", "笑哭", "tears of joy" },
  { 183, "💅", "我最美", "gorgeous" },
  { 184, "🦀", "河蟹", "river crab" },
  { 185, "🦙", "羊驼", "alpaca" },
  { 187, "👻", "幽灵", "ghost" },
  { 188, "🥚", "蛋", "egg" },
  { 190, "🌼", "菊花", "chrysanthemum" },
  { 192, "🧧", "红包", "red envelope" },
  { 193, "😆", "大笑", "big laugh" },
  { 194, "😞", "不开心", "unhappy" },
  { 197, "😑", "冷漠", "indifferent" },
  { 198, "😶", "呃", "er" },
  { 199, "👍", "好棒", "great" },
  { 200, "🙏", "拜托", "please" },
  { 201, "👍", "点赞", "like" },
  { 202, "😐", "无聊", "bored" },
  { 203, "🤔", "托脸", "chin in hands" },
  { 204, "😋", "吃", "eating" },
  { 205, "💐", "送花", "flowers" },
  { 206, "😨", "害怕", "afraid" },
  { 207, "😍", "花痴", "smitten" },
  { 208, "😼", "小样儿", "you little…" },
  { 210, "😭", "飙泪", "bursting into tears" },
  { 211, "🙈", "我不看", "not looking" },
  { 212, "🤔", "托腮", "pondering" },
  { 214, "😗", "啵啵", "smooch" },
  { 215, "🫣", "糊脸", "smeared face" },
  { 216, "🤚", "拍头", "pat on the head" },
  { 217, "🫱", "扯一扯", "tug" },
  { 218, "👅", "舔一舔", "lick" },
  { 219, "🤗", "蹭一蹭", "nuzzle" },
  { 220, "😎", "拽炸天", "swagger" },
  { 221, "👍", "顶呱呱", "first-rate" },
  { 222, "🫂", "抱抱", "hugs" },
  { 223, "💥", "暴击", "critical hit" },
  { 224, "🔫", "开枪", "shoot" },
  { 225, "😏", "撩一撩", "flirt" },
  { 226, "👋", "拍桌", "table slap" },
  { 227, "👏", "拍手", "clapping" },
  { 228, "🎊", "恭喜", "congratulations" },
  { 229, "🥂", "干杯", "cheers" },
  { 230, "😝", "嘲讽", "mocking" },
  { 231, "😤", "哼", "humph" },
  { 232, "🧘", "佛系", "easy-going" },
  { 233, "🤏", "掐一掐", "pinch" },
  { 234, "😮", "惊呆", "stunned" },
  { 235, "🥶", "颤抖", "trembling" },
  { 236, "🦷", "啃头", "biting a head" },
  { 237, "👀", "偷看", "peeking" },
  { 238, "🤚", "扇脸", "slap" },
  { 239, "🤗", "原谅", "forgive" },
  { 240, "💦", "喷脸", "spray" },
  { 241, "🎂", "生日快乐", "happy birthday" },
  { 242, "🤕", "头撞击", "head bump" },
  { 243, "😵‍💫", "甩头", "head shake" },
  { 244, "🐕", "扔狗", "throwing a dog" },
  { 245, "💪", "加油必胜", "you will win" },
  { 246, "🤗", "加油抱抱", "cheering hug" },
  { 247, "😷", "口罩护体", "mask on" },
  { 260, "🧱", "搬砖中", "hauling bricks" },
  { 261, "🏃", "忙到飞起", "rushed off my feet" },
  { 262, "🤕", "脑阔疼", "headache" },
  { 263, "🚬", "沧桑", "world-weary" },
  { 264, "🤦", "捂脸", "facepalm" },
  { 265, "😖", "辣眼睛", "my eyes" },
  { 266, "😯", "哦哟", "oh my" },
  { 267, "👨‍🦲", "头秃", "going bald" },
  { 268, "🤨", "问号脸", "puzzled" },
  { 269, "🫥", "暗中观察", "watching in secret" },
  { 270, "😑", "emm", "hmm" },
  { 271, "🍉", "吃瓜", "onlooker" },
  { 272, "🙃", "呵呵哒", "ha ha" },
  { 273, "🍋", "我酸了", "sour grapes" },
  { 274, "😩", "太南了", "too hard" },
  { 276, "🌶️", "辣椒酱", "chilli sauce" },
  { 277, "🐶", "汪汪", "woof" },
  { 278, "😅", "汗", "sweating" },
  { 279, "🤛", "打脸", "slapped by facts" },
  { 280, "🙌", "击掌", "high five" },
  { 281, "😆", "无眼笑", "eyes shut laugh" },
  { 282, "🫡", "敬礼", "salute" },
  { 283, "🤣", "狂笑", "roaring laugh" },
  { 284, "😐", "面无表情", "expressionless" },
  { 285, "🐟", "摸鱼", "slacking off" },
  { 286, "😈", "魔鬼笑", "devil laugh" },
  { 287, "😯", "哦", "oh" },
  { 288, "👉", "请", "after you" },
  { 289, "👁️", "睁眼", "eye open" },
  { 290, "💖", "敲开心", "so happy" },
  { 291, "😱", "震惊", "shocked" },
  { 292, "👀", "让我康康", "let me see" },
  { 293, "🎏", "摸锦鲤", "lucky koi" },
  { 294, "🤩", "期待", "looking forward" },
  { 295, "🧧", "拿到红包", "got a red envelope" },
  { 296, "👍", "真好", "really good" },
  { 297, "🙇", "拜谢", "many thanks" },
  { 298, "🪙", "元宝", "gold ingot" },
  { 299, "🐮", "牛啊", "awesome" },
  { 300, "🐽", "胖三斤", "three pounds fatter" },
  { 301, "✨", "好闪", "dazzling" },
  { 302, "🙏", "左拜年", "new year wish left" },
  { 303, "🙏", "右拜年", "new year wish right" },
  { 304, "🧧", "红包包", "red envelopes" },
  { 305, "😘", "右亲亲", "kiss right" },
  { 306, "🐂", "牛气冲天", "bullish" },
  { 307, "🐱", "喵喵", "meow" },
  { 308, "🧧", "求红包", "red envelope, please" },
  { 309, "🧧", "谢红包", "thanks for the red envelope" },
  { 310, "🎆", "新年烟花", "new year fireworks" },
  { 311, "📣", "打call", "cheering on" },
  { 312, "🤖", "变形", "transforming" },
  { 313, "🥰", "嗑到了", "shipping it" },
  { 314, "🧐", "仔细分析", "analysing" },
  { 315, "💪", "加油", "come on" },
  { 316, "🙂", "我没事", "I am fine" },
  { 317, "🐶", "菜狗", "noob dog" },
  { 318, "🤩", "崇拜", "admiring" },
  { 319, "🫶", "比心", "finger heart" },
  { 320, "🎉", "庆祝", "celebrating" },
  { 321, "🤓", "老色痞", "old rascal" },
  { 322, "🙅", "拒绝", "refuse" },
  { 323, "😒", "嫌弃", "disgusted" },
  { 324, "🍬", "吃糖", "candy" },
  { 325, "😱", "惊吓", "startled" },
  { 326, "😠", "生气", "cross" },
  { 327, "➕", "加一", "plus one" },
  { 328, "❌", "错号", "cross mark" },
  { 329, "✅", "对号", "check mark" },
  { 330, "☑️", "完成", "done" },
  { 331, "💡", "明白", "understood" },
  { 332, "🪧", "举牌牌", "holding a sign" },
  { 333, "🎆", "烟花", "fireworks" },
  { 334, "🐯", "虎虎生威", "tiger spirit" },
  { 336, "🐆", "豹富", "getting rich" },
  { 337, "🌸", "花朵脸", "flower face" },
  { 338, "😇", "我想开了", "I see it now" },
  { 339, "😛", "舔屏", "licking the screen" },
  { 341, "👋", "打招呼", "hello" },
  { 342, "🍋", "酸Q", "sour" },
  { 343, "😶", "我方了", "panicking" },
  { 344, "😒", "大怨种", "fool" },
  { 345, "🧧", "红包多多", "many red envelopes" },
  { 346, "👍", "你真棒棒", "you are great" },
  { 347, "🐇", "大展宏兔", "rabbit luck" },
  { 348, "🍀", "福萝卜", "lucky radish" },
  { 349, "💪", "坚强", "be strong" },
  { 350, "🤗", "贴贴", "cuddle" },
  { 351, "🥁", "敲敲", "knock knock" },
  { 352, "😪", "咦", "eh" },
  { 353, "🙏", "拜托", "please" },
  { 354, "😆", "尊嘟假嘟", "really?" },
  { 355, "😤", "耶", "yeah" },
  { 356, "😂", "666", "well played" },
  { 357, "💔", "裂开", "cracked" },
};

static int
compare (const void *key, const void *member)
{
  return *(const int *) key - ((const Face *) member)->id;
}

/* By number, or by the Chinese name, which some adapters send, with or without a slash. */
static const Face *
look_up (const char *id)
{
  gsize length = strlen (id);

  if (length > 0 && length <= MOST_DIGITS && strspn (id, "0123456789") == length)
    {
      int number = atoi (id);

      return bsearch (&number, faces, G_N_ELEMENTS (faces), sizeof faces[0], compare);
    }

  if (*id == '/')
    id++;
  for (gsize i = 0; i < G_N_ELEMENTS (faces); i++)
    if (strcmp (faces[i].chinese, id) == 0)
      return &faces[i];
  return NULL;
}

/**
 * wt_faces_get_emoji:
 * @id: a face's identifier as a peer wrote it
 *
 * Returns: (nullable): the emoji nearest to it, or %NULL if it is not known (wire.md, section 3)
 */
const char *
wt_faces_get_emoji (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  const Face *face = look_up (id);

  return face != NULL ? face->emoji : NULL;
}

/**
 * wt_faces_get_name:
 * @id: a face's identifier as a peer wrote it
 *
 * Returns: (nullable): what it is called, in Chinese where that is the language, else in English
 */
const char *
wt_faces_get_name (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  const Face *face = look_up (id);

  if (face == NULL)
    return NULL;
  return g_str_has_prefix (g_get_language_names ()[0], "zh") ? face->chinese : face->english;
}
