/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-segment-test.h"

G_BEGIN_DECLS

/* Every type, each way, in each dialect. NULL: written as it came. */

typedef struct
{
  const char *name;
  const char *wire;
  const char *meaning;
  const char *guide;
  const char *maibot;
  const char *plain;
} WtSegmentCase;

static const WtSegmentCase wt_segment_cases[] = {
  { "text", SEG ("text", "'hi'"), "text text=hi", NULL, NULL, "hi" },
  { "text-lines", SEG ("text", "'a\\nb'"), "text text=a\nb", NULL, NULL, "a\nb" },
  { "text-empty", SEG ("text", "''"), "text text=", NULL, NULL, "" },
  { "text-number", SEG ("text", "5"), "text text=5", SEG ("text", "'5'"), SEG ("text", "'5'"),
    "5" },
  { "text-extra", "{'type':'text','data':'x','a':[1]}", "text text=x", NULL, NULL, "x" },

  { "image-url", SEG ("image", "'https://h/i.jpg?a=b'"), "image url=https://h/i.jpg?a=b", NULL,
    NULL, "[Picture]" },
  { "image-url-case", SEG ("image", "'HTTP://h/i'"), "image url=HTTP://h/i", NULL, NULL,
    "[Picture]" },
  { "image-url-space", SEG ("image", "' http://h/i\\n'"), "image url=http://h/i",
    SEG ("image", "'http://h/i'"), SEG ("image", "'http://h/i'"), "[Picture]" },
  { "image-base64", SEG ("image", "'QUJD'"), "image base64=QUJD", NULL, NULL, "[Picture]" },
  { "image-base64-lines", SEG ("image", "'QU\\nJD'"), "image base64=QU\nJD", NULL, NULL,
    "[Picture]" },
  { "image-base64-url", SEG ("image", "'Q_-D'"), "image base64=Q_-D", NULL, NULL, "[Picture]" },
  { "image-data-uri", SEG ("image", "'data:image/png;base64,QUJD'"),
    "image base64=QUJD mime=image/png", SEG ("image", "'QUJD'"), SEG ("image", "'QUJD'"),
    "[Picture]" },
  { "image-data-uri-parameters", SEG ("image", "'DATA:image/PNG;charset=utf-8;Base64,QUJD'"),
    "image base64=QUJD mime=image/png", SEG ("image", "'QUJD'"), SEG ("image", "'QUJD'"),
    "[Picture]" },
  { "image-data-uri-bare", SEG ("image", "'data:;base64,QUJD'"), "image base64=QUJD",
    SEG ("image", "'QUJD'"), SEG ("image", "'QUJD'"), "[Picture]" },
  { "image-data-uri-text", SEG ("image", "'data:image/svg+xml,<svg>'"), "image", NULL, NULL,
    "[Picture]" },
  { "image-data-uri-broken", SEG ("image", "'data:image/png'"), "image", NULL, NULL, "[Picture]" },
  { "image-data-uri-no-comma", SEG ("image", "'data:image/png;base64'"), "image", NULL, NULL,
    "[Picture]" },
  { "image-onebot", SEG ("image", "'base64://QUJD'"), "image base64=QUJD", SEG ("image", "'QUJD'"),
    SEG ("image", "'QUJD'"), "[Picture]" },
  { "image-file-scheme", SEG ("image", "'file:///etc/passwd'"), "image", NULL, NULL, "[Picture]" },
  { "image-script", SEG ("image", "'javascript:alert(1)'"), "image", NULL, NULL, "[Picture]" },
  { "image-ftp", SEG ("image", "'ftp://h/i'"), "image", NULL, NULL, "[Picture]" },
  { "image-url-control", SEG ("image", "'http://h/\\u0001'"), "image", NULL, NULL, "[Picture]" },
  { "image-words", SEG ("image", "'图片'"), "image", NULL, NULL, "[Picture]" },
  { "image-empty", SEG ("image", "''"), "image", NULL, NULL, "[Picture]" },
  { "image-object", SEG ("image", "{'url':'http://h/i'}"), "image url=http://h/i",
    SEG ("image", "'http://h/i'"), SEG ("image", "'http://h/i'"), "[Picture]" },

  { "emoji", SEG ("emoji", "'QUJD'"), "emoji base64=QUJD", NULL, NULL, "[Sticker]" },
  { "emoji-url", SEG ("emoji", "'http://h/e'"), "emoji url=http://h/e", NULL, NULL, "[Sticker]" },
  { "voice", SEG ("voice", "'UklG'"), "voice base64=UklG", NULL, NULL, "[Voice message]" },
  { "voice-url", SEG ("voice", "'http://h/v'"), "voice url=http://h/v", NULL, NULL,
    "[Voice message]" },

  { "file-url", SEG ("file", "'http://h/f'"), "file url=http://h/f", NULL,
    SEG ("file", "{'url':'http://h/f'}"), "[File]" },
  { "file-base64", SEG ("file", "'QUJD'"), "file base64=QUJD", NULL,
    SEG ("file", "{'base64':'QUJD'}"), "[File]" },
  { "file-data-uri", SEG ("file", "'data:text/plain;base64,QUJD'"),
    "file base64=QUJD mime=text/plain", SEG ("file", "'QUJD'"),
    SEG ("file", "{'mime_type':'text/plain','base64':'QUJD'}"), "[File]" },
  { "file-maibot",
    SEG ("file",
         "{'name':'a.txt','size':'3','url':'http://h/f','file_id':'x','mime_type':'t/p',"
         "'base64':'QUJD'}"),
    "file url=http://h/f base64=QUJD name=a.txt mime=t/p id=x size=3", SEG ("file", "'QUJD'"), NULL,
    "[File: a.txt]" },
  { "file-aliases-1",
    SEG ("file", "{'file':'a.txt','file_size':3,'file_url':'http://h/f','id':7,'mimeType':'t/p'}"),
    "file url=http://h/f name=a.txt mime=t/p id=7 size=3", SEG ("file", "'http://h/f'"),
    SEG ("file", "{'name':'a.txt','size':'3','url':'http://h/f','file_id':'7','mime_type':'t/p'}"),
    "[File: a.txt]" },
  { "file-aliases-2", SEG ("file", "{'file_name':'a.txt','base64':'data:t/p;base64,QUJD'}"),
    "file base64=QUJD name=a.txt mime=t/p", SEG ("file", "'QUJD'"),
    SEG ("file", "{'name':'a.txt','mime_type':'t/p','base64':'QUJD'}"), "[File: a.txt]" },
  { "file-aliases-3", SEG ("file", "{'filename':'a.txt','url':null,'size':'many'}"),
    "file name=a.txt", NULL, NULL, "[File: a.txt]" },
  { "file-onebot", SEG ("file", "{'file':'base64://QUJD','name':'a'}"), "file base64=QUJD name=a",
    SEG ("file", "'QUJD'"), SEG ("file", "{'name':'a','base64':'QUJD'}"), "[File: a]" },
  { "file-local", SEG ("file", "{'name':'a','url':'file:///etc/passwd'}"), "file name=a", NULL,
    NULL, "[File: a]" },
  { "file-id-only", SEG ("file", "{'name':'a','file_id':'x'}"), "file name=a id=x", NULL, NULL,
    "[File: a]" },
  { "file-extra", SEG ("file", "{'name':'a','url':'http://h/f','new':{'x':1}}"),
    "file url=http://h/f name=a", NULL, NULL, "[File: a]" },
  { "file-size-negative", SEG ("file", "{'url':'http://h/f','size':-5}"), "file url=http://h/f",
    NULL, NULL, "[File]" },
  { "file-size-huge", SEG ("file", "{'url':'http://h/f','size':1e+300}"), "file url=http://h/f",
    NULL, NULL, "[File]" },

  { "at-string", SEG ("at", "'12'"), "at user=12", SEG ("at", "{'user_id':'12'}"), NULL, "@12" },
  { "at-number", SEG ("at", "12"), "at user=12", SEG ("at", "{'user_id':'12'}"), SEG ("at", "'12'"),
    "@12" },
  { "at-all", SEG ("at", "'all'"), "at user=all", SEG ("at", "{'user_id':'all'}"), NULL, "@all" },
  { "at-maibot",
    SEG ("at", "{'target_user_id':'1','target_user_nickname':'n','target_user_cardname':'c'}"),
    "at user=1 nick=n card=c", SEG ("at", "{'user_id':'1','nickname':'n','cardname':'c'}"), NULL,
    "@c" },
  { "at-guide", SEG ("at", "{'user_id':'1','nickname':'n','cardname':'c'}"),
    "at user=1 nick=n card=c", NULL,
    SEG ("at", "{'target_user_id':'1','target_user_nickname':'n','target_user_cardname':'c'}"),
    "@c" },
  { "at-qq", SEG ("at", "{'qq':123,'name':'n'}"), "at user=123 nick=n",
    SEG ("at", "{'user_id':'123','nickname':'n'}"),
    SEG ("at", "{'target_user_id':'123','target_user_nickname':'n'}"), "@n" },
  { "at-id", SEG ("at", "{'id':'1','card':'c'}"), "at user=1 card=c",
    SEG ("at", "{'user_id':'1','cardname':'c'}"),
    SEG ("at", "{'target_user_id':'1','target_user_cardname':'c'}"), "@c" },
  { "at-inner", SEG ("at", "' {\\'user_id\\': \\'1\\', \\'nickname\\': \\'n\\'}'"),
    "at user=1 nick=n", SEG ("at", "{'user_id':'1','nickname':'n'}"),
    SEG ("at", "{'target_user_id':'1','target_user_nickname':'n'}"), "@n" },
  { "at-inner-broken", SEG ("at", "'{\\'user_id\\':'"), "other:at", NULL, NULL, "[at]" },
  { "at-nobody", SEG ("at", "{'nickname':'n'}"), "other:at", NULL, NULL, "[at]" },
  { "at-empty", SEG ("at", "''"), "other:at", NULL, NULL, "[at]" },
  { "at-list", SEG ("at", "['1']"), "other:at", NULL, NULL, "[at]" },
  { "at-extra", SEG ("at", "{'user_id':'1','new':true}"), "at user=1", NULL,
    SEG ("at", "{'target_user_id':'1','new':true}"), "@1" },

  { "face", SEG ("face", "'14'"), "face text=14", NULL, DICT ("face", "'14'"), "[Face: 14]" },
  { "face-number", SEG ("face", "14"), "face text=14", SEG ("face", "'14'"), DICT ("face", "'14'"),
    "[Face: 14]" },
  { "face-wrapped", DICT ("face", "14"), "face text=14", SEG ("face", "'14'"),
    DICT ("face", "'14'"), "[Face: 14]" },
  { "face-object", SEG ("face", "{'id':'14','raw':1}"), "face text=14", NULL,
    DICT ("face", "{'id':'14','raw':1}"), "[Face: 14]" },
  { "face-strange", SEG ("face", "[]"), "other:face", NULL, NULL, "[face]" },

  { "reply", SEG ("reply", "'m1'"), "reply text=m1", NULL, NULL, "[Reply]" },
  { "reply-number", SEG ("reply", "7"), "reply text=7", SEG ("reply", "'7'"), SEG ("reply", "'7'"),
    "[Reply]" },
  { "reply-empty", SEG ("reply", "''"), "other:reply", NULL, NULL, "[reply]" },

  { "seglist",
    SEG ("seglist",
         "[" SEG ("reply", "'m'") "," SEG ("text", "'a'") "," SEG ("text", "'b'") "," SEG (
             "image",
             "'QUJD'") "," SEG ("text", "'c '") "," SEG ("face", "'1'") "]"),
    "seglist (reply text=m, text text=a, text text=b, image base64=QUJD, text text=c , face "
    "text=1)",
    NULL,
    SEG ("seglist",
         "[" SEG ("reply", "'m'") "," SEG ("text", "'a'") "," SEG ("text", "'b'") "," SEG (
             "image",
             "'QUJD'") "," SEG ("text", "'c '") "," DICT ("face", "'1'") "]"),
    "ab [Picture] c [Face: 1]" },
  { "seglist-empty", SEG ("seglist", "[]"), "seglist ()", NULL, NULL, "" },
  { "seglist-nulls", SEG ("seglist", "[null," SEG ("text", "'a'") ",null]"),
    "seglist (text text=a)", SEG ("seglist", "[" SEG ("text", "'a'") "]"),
    SEG ("seglist", "[" SEG ("text", "'a'") "]"), "a" },
  { "seglist-broken-parts",
    SEG ("seglist", "[1,'x',{},{'type':'text'},{'type':'text','data':{}}," SEG ("text", "'a'") "]"),
    "seglist (other:, other:, other:, other:text, other:text, text text=a)", NULL, NULL,
    "[Unknown] [Unknown] [Unknown] [text] [text] a" },
  { "seglist-nested",
    SEG ("seglist", "[" SEG ("seglist", "[" SEG ("text", "'a'") "]") "," SEG ("text", "'b'") "]"),
    "seglist (seglist (text text=a), text text=b)", NULL,
    SEG ("seglist", "[" SEG ("text", "'a'") "," SEG ("text", "'b'") "]"), "a b" },

  { "forward",
    SEG ("forward",
         "[{'message_info':{'platform':null,'user_info':{'user_id':'1',"
         "'user_nickname':'n','user_cardname':null}},'message_segment':" SEG (
             "text",
             "'a'") ",'raw_message':null}]"),
    "forward (n: text text=a)",
    SEG ("forward",
         "[{'message_info':{'platform':null,'user_info':{'user_id':'1',"
         "'user_nickname':'n','user_cardname':null}},'raw_message':null,"
         "'message_segment':" SEG ("text", "'a'") "}]"),
    SEG ("forward",
         "[{'message_info':{'platform':null,'user_info':{'user_id':'1',"
         "'user_nickname':'n','user_cardname':null}},'raw_message':null,"
         "'message_segment':" SEG ("text", "'a'") "}]"),
    "[Forwarded messages]" },
  { "forward-sender",
    SEG ("forward",
         "[{'message_info':{'sender_info':{'user_info':{'user_id':5}}},"
         "'message_segment':" SEG ("text", "'a'") "}]"),
    "forward (5: text text=a)", NULL, NULL, "[Forwarded messages]" },
  { "forward-cardname",
    SEG ("forward",
         "[{'message_info':{'user_info':{'user_id':'1','user_nickname':'n',"
         "'user_cardname':'c'}},'message_segment':" SEG ("text", "'a'") "}]"),
    "forward (c: text text=a)", NULL, NULL, "[Forwarded messages]" },
  { "forward-odd",
    SEG ("forward",
         "[null,{'message_segment':null}," SEG ("text",
                                                "'a'") ",5,{'message_info':7,"
                                                       "'message_segment':" SEG ("text",
                                                                                 "'b'") "}]"),
    "forward (?: other:, ?: text text=a, ?: other:, ?: text text=b)",
    SEG ("forward",
         "[{'message_segment':null}," SEG ("text", "'a'") ",5,{'message_info':7,"
                                                          "'message_segment':" SEG ("text",
                                                                                    "'b'") "}]"),
    SEG ("forward",
         "[{'message_segment':null}," SEG ("text", "'a'") ",5,{'message_info':7,"
                                                          "'message_segment':" SEG ("text",
                                                                                    "'b'") "}]"),
    "[Forwarded messages]" },
  { "forward-id", SEG ("forward", "'123'"), "other:forward", NULL, NULL, "[forward]" },

  { "dict-imageurl", DICT ("imageurl", "'http://h/i'"), "image url=http://h/i", NULL, NULL,
    "[Picture]" },
  { "dict-voiceurl", DICT ("voiceurl", "'http://h/v'"), "voice url=http://h/v", NULL, NULL,
    "[Voice message]" },
  { "dict-videourl", DICT ("videourl", "'http://h/v'"), "file url=http://h/v", NULL, NULL,
    "[File]" },
  { "dict-imageurl-strange", DICT ("imageurl", "'QUJD'"), "other:imageurl", NULL, NULL,
    "[imageurl]" },
  { "dict-file", DICT ("file", "{'name':'a','url':'http://h/f'}"), "file url=http://h/f name=a",
    DICT ("file", "'http://h/f'"), NULL, "[File: a]" },
  { "dict-command", DICT ("command", "{'name':'x'}"), "other:command", NULL, NULL, "[command]" },
  { "dict-music", DICT ("music", "'s'"), "other:music", NULL, NULL, "[music]" },
  { "dict-more", SEG ("dict", "{'type':'face','data':'1','more':2}"), "other:face", NULL, NULL,
    "[face]" },
  { "dict-plain", SEG ("dict", "{'a':1}"), "other:dict", NULL, NULL, "[dict]" },
  { "dict-string", SEG ("dict", "'x'"), "other:dict", NULL, NULL, "[dict]" },

  { "notify", SEG ("notify", "{'sub_type':'poke'}"), "other:notify", NULL, NULL, "[notify]" },
  { "command", SEG ("command", "null"), "other:command", NULL, NULL, "[command]" },
  { "video", SEG ("video", "'QUJD'"), "other:video", NULL, NULL, "[video]" },
  { "imageurl", SEG ("imageurl", "'http://h/i'"), "other:imageurl", NULL, NULL, "[imageurl]" },
  { "music_card", SEG ("music_card", "{}"), "other:music_card", NULL, NULL, "[music_card]" },
  { "unknown-number", SEG ("new", "1.5"), "other:new", NULL, NULL, "[new]" },
  { "unknown-control", SEG ("a\\nb", "1"), "other:a\nb", NULL, NULL, "[a b]" },
};

G_END_DECLS
